import { letCyclePass } from '../entra-lifecycle/cycles.ts'
import { finding } from '../finding.ts'
import { GROUP } from '../people.ts'
import { letCycleEnd } from '../provisioning-pages.ts'
import type { Step } from '../walkthrough.ts'
import { markDialpad } from '../witness/since.ts'
import { tellCycle } from '../witness/tell-cycle.ts'
import { loseGroup } from './stage.ts'
import { LEAVING, pictureDeletions } from './staged.ts'

const source = { article: 'deletions', section: 'Allowing deletions' } as const

/** The same on purpose: allow. */
export const ALLOW_STEPS: readonly Step[] = [
  {
    id: 'deletions/9',
    title: 'Unassign the group on purpose',
    say: `Remove the assignment of ${GROUP} once more: the guard does not know what is on purpose, and holds back again.`,
    source: { article: 'deletions', section: 'Test deletion prevention' },
    at: {
      page: 'Entra, Dialpad, Users and groups',
      labels: ['Users and groups', 'Remove', '+40 min', 'Provisioning', 'Provisioning is in quarantine'],
    },
    setup: markDialpad,
    solve: loseGroup,
    async check(walk) {
      const { staged, quarantine, sent, found } = await pictureDeletions(walk)
      return finding(found, staged === LEAVING, quarantine?.reason === 'TooManyDeletes', sent === 0)
    },
  },
  {
    id: 'deletions/10',
    title: 'Allow the deletions',
    say: 'Select Allow deletes and answer Yes. A cycle begins at once: five people are suspended in Dialpad, and the group is deleted there.',
    source,
    at: {
      page: 'Entra, Dialpad, Provisioning, Overview',
      labels: ['Allow deletes', 'Allow deletes?', 'Yes', 'The staged deletions are allowed.'],
    },
    setup: markDialpad,
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Allow deletes')
      await desk.see('Allow deletes?')
      await desk.press('Yes')
      await desk.see('The staged deletions are allowed.')
      await letCycleEnd(walk)
    },
    async check(walk) {
      const { staged, suspended, hasGroup, sent, found } = await pictureDeletions(walk)
      return finding(found, staged === 0, suspended === 5, !hasGroup, sent === LEAVING)
    },
    hints: ['People are suspended, not deleted: Dialpad keeps the account for when they come back.'],
  },
  {
    id: 'deletions/11',
    title: 'Healthy with the next cycle',
    say: 'Provisioning is out of quarantine, and the cycle after finds nothing to do.',
    source,
    at: {
      page: 'Entra, Dialpad, Provisioning, Overview',
      labels: ['+40 min', 'Refresh', 'Incremental cycle completed.'],
    },
    setup: markDialpad,
    async solve(walk) {
      await letCyclePass(walk)
      const desk = await walk.desk('entra')
      await desk.press('Refresh')
      await desk.see('Incremental cycle completed.')
    },
    async check(walk) {
      const { quarantine, last, sent, audit, found } = await pictureDeletions(walk)
      const released = audit.filter(({ activity, result }) => activity === 'Quarantine' && result === 'success')
      return finding(
        `Last: ${tellCycle(last)}. ${found} The audit logs tell of ${released.length} release.`,
        quarantine === null,
        last?.state === 'Succeeded',
        sent === 0,
        released.length > 0,
      )
    },
  },
]
