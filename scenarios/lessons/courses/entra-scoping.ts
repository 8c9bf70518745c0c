import { ENTRA_SCOPING } from '#scenarios/walkthroughs/entra-scoping/entra-scoping.ts'
import { finding } from '#scenarios/walkthroughs/finding.ts'
import { addressOf, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { openProvisioning } from '#scenarios/walkthroughs/provisioning-pages.ts'
import { signInToEntra } from '#scenarios/walkthroughs/ways-in.ts'
import type { Course } from '../lesson.ts'
import { appPage, visits } from './visits.ts'

const READER = addressOf('oskar.lindqvist')
const SCOPING = '/provisioning/mapping/users/scoping'

export const ENTRA_SCOPING_COURSE: Course = {
  id: ENTRA_SCOPING.id,
  walkthrough: ENTRA_SCOPING,
  lessons: [
    {
      steps: ['scoping/1'],
      hints: [
        'It is in the admin center of Entra, not in Dialpad.',
        'Every enterprise app has a page Provisioning of its own.',
        'Sign in at /admin, select Enterprise apps, Dialpad, Provisioning.',
      ],
      wrong: [
        {
          mistake: 'Signed in as a Global Reader.',
          hint: 'That role reads no provisioning. Sign out, and in again as a Cloud Application Administrator.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.open('/admin')
            await signInToEntra(desk, READER)
            await desk.open(await appPage('/provisioning')(walk))
          },
          shows: async (walk) => (await visits(walk, '/provisioning', 403)) > 0,
        },
        {
          mistake: 'Stopped at the Overview of the app.',
          hint: 'This is the app itself. Provisioning is further down in the list at the left.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.open('/admin')
            await signInToEntra(desk, PEOPLE.applications)
            await desk.press('Enterprise apps', { within: 'Main' })
            await desk.press('Dialpad', { within: 'All applications' })
          },
          shows: async (walk) => (await visits(walk, await appPage()(walk))) > 0,
        },
      ],
    },
    {
      steps: ['scoping/2'],
      start: { system: 'entra', path: appPage('/provisioning'), as: PEOPLE.applications },
      async check(walk) {
        const opened = await visits(walk, SCOPING)
        return finding(`Source Object Scope was opened ${opened} times.`, opened > 0)
      },
      hints: [
        'Filters belong to a mapping.',
        'The mapping of users says which of them are in scope.',
        'Attribute Mapping, Users, and below Source Object Scope the link All records.',
      ],
      wrong: [
        {
          mistake: 'Opened the mapping of groups.',
          hint: 'These are the groups. People are filtered in the mapping of users.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.press('Attribute Mapping', { within: 'Provisioning of Dialpad' })
            await desk.press('Groups', { within: 'Attribute Mapping' })
          },
          shows: async (walk) => (await visits(walk, '/provisioning/mapping/groups')) > 0,
        },
        {
          mistake: 'Looked under Users and groups.',
          hint: 'There you choose who is assigned. A filter narrows the assigned people down, and belongs to the mapping.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await openProvisioning(desk)
            await desk.press('Users and groups', { within: 'Provisioning of Dialpad' })
          },
          shows: async (walk) => (await visits(walk, '/users')) > 0,
        },
      ],
    },
  ],
}
