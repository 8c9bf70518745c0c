import { finding } from '#scenarios/walkthroughs/finding.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { oftenOf } from '#scenarios/walkthroughs/witness/pages-opened.ts'
import type { Lesson, Start } from '../lesson.ts'
import { appPage, formsOf, visits } from './visits.ts'

const USERS = '/provisioning/mapping/users'
const GROUPS = '/provisioning/mapping/groups'

const rowsOf = async (walk: Walk): Promise<readonly string[]> => {
  const { job } = await pictureEntra(walk.control.entra)
  return job?.schema.users.attributeMappings.map((row) => row.targetAttributeName) ?? []
}

/** The mapping of users is looked at and saved as it is. */
export function mappingLesson(steps: readonly string[], start: Start, clicks: string): Lesson {
  const open = async (walk: Walk, below: string) => {
    const desk = await walk.desk('entra')
    await desk.open(await appPage(below)(walk))
    return desk
  }
  return {
    steps,
    start,
    async check(walk) {
      const rows = await rowsOf(walk)
      const saved = await formsOf(walk, 'entra', { url: USERS, status: 303 })
      return finding(
        `Saved ${oftenOf(saved)} since the lesson began. ${rows.length} attributes of users flow, active ${rows.includes('active') ? 'among' : 'not among'} them.`,
        saved > 0,
        rows.includes('userName'),
        rows.includes('active'),
      )
    },
    hints: [
      'People and groups have a mapping each. It is about people.',
      'The rows tell which attribute becomes which; the one marked as Matching finds an account that is there already. Leave them as they are.',
      clicks,
    ],
    wrong: [
      {
        mistake: 'The row for active was removed.',
        hint: 'Without it leavers stay active. Restore the default mappings, then save.',
        async attempt(walk) {
          const desk = await open(walk, USERS)
          await desk.press('Delete active')
          await desk.press('Save')
          await desk.press('Yes')
        },
        shows: async (walk) => !(await rowsOf(walk)).includes('active'),
      },
      {
        mistake: 'The mapping of groups was saved.',
        hint: 'These are the groups. Go to the mapping of users, and save there.',
        attempt: async (walk) => (await open(walk, GROUPS)).press('Save'),
        shows: async (walk) => (await formsOf(walk, 'entra', { url: GROUPS })) > 0,
      },
      {
        mistake: 'The mapping was looked at, and not saved.',
        hint: 'Select Save above the rows.',
        attempt: async (walk) => void (await open(walk, USERS)),
        shows: async (walk) => (await visits(walk, USERS)) > 0,
      },
    ],
  }
}
