import { assign } from '../entra-lifecycle/assign.ts'
import { finding } from '../finding.ts'
import { GROUP } from '../people.ts'
import { letCycleEnd, openProvisioning, turnTo } from '../provisioning-pages.ts'
import type { Step } from '../walkthrough.ts'
import { LEAVING, pictureDeletions } from './staged.ts'

const source = { article: 'deletions', section: 'Rejecting deletions' } as const

/** Reject: first in the wrong order, then in the right one. */
export const REJECT_STEPS: readonly Step[] = [
  {
    id: 'deletions/7',
    title: 'Restart too early',
    say: 'Restart provisioning without having undone anything: the initial cycle finds the same six to be deleted, and is in quarantine again.',
    source,
    at: {
      page: 'Entra, Dialpad, Provisioning, Overview',
      labels: ['Provisioning', 'Restart provisioning', 'Provisioning is in quarantine'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await openProvisioning(desk)
      await desk.press('Restart provisioning')
      await letCycleEnd(walk)
      await desk.see('Provisioning is in quarantine')
    },
    async check(walk) {
      const { staged, quarantine, sent, last, found } = await pictureDeletions(walk)
      return finding(
        `After an ${last?.kind} cycle: ${found}`,
        last?.kind === 'initial',
        staged === LEAVING,
        quarantine?.reason === 'TooManyDeletes',
        sent === 0,
      )
    },
    wrong: [
      {
        mistake: 'Provisioning is restarted before the cause is undone.',
        sign: 'The same deletions are staged again; without the guard they would have been sent.',
      },
    ],
  },
  {
    id: 'deletions/8',
    title: 'Undo the cause, then restart',
    say: `Assign ${GROUP} again, then select Restart provisioning. Nobody is to go any more, and nobody has noticed.`,
    source,
    at: {
      page: 'Entra, Dialpad, Users and groups',
      labels: ['Users and groups', 'Add user/group', 'Assign', 'Provisioning', 'Restart provisioning'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Users and groups')
      await assign(desk, GROUP)
      await desk.press('Provisioning', { within: 'Pages of Dialpad' })
      await desk.press('Restart provisioning')
      await letCycleEnd(walk)
      await desk.see('Initial cycle completed.')
    },
    async check(walk) {
      const { staged, quarantine, sent, active, hasGroup, assigned, found } = await pictureDeletions(walk)
      return finding(
        found,
        assigned.includes(GROUP),
        staged === 0,
        quarantine === null,
        sent === 0,
        active === 5,
        hasGroup,
      )
    },
  },
]
