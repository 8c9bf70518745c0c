import { assign } from '../entra-lifecycle/assign.ts'
import { letCyclePass } from '../entra-lifecycle/cycles.ts'
import { finding } from '../finding.ts'
import { addressOf, PEOPLE, SALES } from '../people.ts'
import { askColleague, openProvisioning, turnTo } from '../provisioning-pages.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'
import { askedSince, markDialpad } from '../witness/since.ts'
import { tellCycle } from '../witness/tell-cycle.ts'
import { chooseOnDemand, onDemandEntries } from './people-on-demand.ts'

const limits = { article: 'on-demand', section: 'Known limitations' } as const

/** Five of the group; the first three have an account in Dialpad, the others do not yet. */
export const FIVE = [PEOPLE.byHand.name, PEOPLE.seller.name, PEOPLE.joins.name, 'Farah Haddad', PEOPLE.elsewhere.name]
/** One too many. */
export const SIXTH = 'Lena Fischer'

/** A group: five members at most, and only those who have an account come along. */
export const GROUP_STEPS: readonly Step[] = [
  {
    id: 'on-demand/10',
    title: 'Take one member too many',
    say: `A colleague assigns the group ${SALES}. Select it and tick six of its members: on demand takes five.`,
    source: limits,
    at: {
      page: 'Entra, Dialpad, Provision on demand',
      labels: ['Select a user or group', 'Provision', 'Choose at most 5 members.'],
    },
    setup: markDialpad,
    async solve(walk) {
      const colleague = await askColleague(walk)
      await openProvisioning(colleague)
      await turnTo(colleague, 'Users and groups')
      await assign(colleague, SALES)
      const desk = await walk.desk('entra')
      await chooseOnDemand(desk, SALES)
      for (const name of [...FIVE, SIXTH]) await desk.tick(name)
      await desk.press('Provision')
      await desk.see('Choose at most 5 members.')
    },
    async check(walk) {
      const refused = await exchanges(walk.control.entra, { method: 'POST', url: '/on-demand', status: 422 })
      const sent = await askedSince(walk, 'POST', '/scim/Groups')
      return finding(
        `Refused ${refused.length} times; ${sent.length} groups were created.`,
        refused.length === 1,
        sent.length === 0,
      )
    },
    wrong: [{ mistake: 'More than five members were picked.', sign: 'Choose at most 5 members.' }],
  },
  {
    id: 'on-demand/11',
    title: 'Provision the group with five members',
    say: 'Leave one out and select Provision. The group is created with those who have an account in Dialpad; the others have none yet, and are told as unresolved.',
    source: { article: 'on-demand', section: 'How to use on-demand provisioning' },
    at: {
      page: 'Entra, Dialpad, Provision on demand',
      labels: ['Provision', 'Action: Create', 'Resolve references'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.tick(SIXTH, false)
      await desk.press('Provision')
      await desk.see('Action: Create')
      await desk.see('Resolve references')
    },
    async check(walk) {
      const dialpad = await pictureDialpad(walk.control.dialpad)
      const entry = (await onDemandEntries(walk, SALES)).at(-1)
      const inside = [PEOPLE.byHand, PEOPLE.seller, PEOPLE.joins].filter(({ address }) =>
        dialpad.person(address)?.groups.includes(SALES),
      )
      return finding(
        `${entry?.action} of ${SALES}; in it are ${inside.map(({ name }) => name).join(', ')}; ${PEOPLE.elsewhere.name} has ${dialpad.person(PEOPLE.elsewhere.address) === undefined ? 'no account' : 'an account'}.`,
        entry?.action === 'Create',
        dialpad.groups.includes(SALES),
        inside.length === 3,
        dialpad.person(PEOPLE.elsewhere.address) === undefined,
      )
    },
    hints: ['Members are not provisioned by provisioning their group: provision them first, one at a time.'],
  },
  {
    id: 'on-demand/12',
    title: 'Let the cycle do the rest',
    say: 'Provisioning on demand takes nothing away from the cycles: the next one finds the group assigned and creates who is missing.',
    source: { article: 'how-it-works', section: 'Incremental cycle' },
    at: { page: 'Kit home', labels: ['+40 min'] },
    setup: markDialpad,
    solve: letCyclePass,
    async check(walk) {
      const { run, membersOf } = await pictureEntra(walk.control.entra)
      const dialpad = await pictureDialpad(walk.control.dialpad)
      const members = membersOf(SALES)
      const inside = members.filter((address) => dialpad.person(address)?.groups.includes(SALES))
      const last = run?.lastExecution
      return finding(
        `Last: ${tellCycle(last)}, ${last?.counts.created ?? 0} created; ${inside.length} of ${members.length} members of ${SALES} are in its group in Dialpad.`,
        last?.kind === 'incremental',
        last?.counts.created === 4,
        inside.length === members.length,
        inside.includes(addressOf('lena.fischer')),
      )
    },
  },
]
