import { at, type Bench } from '../bench.ts'
import {
  assign,
  changeUser,
  editMapping,
  groupId,
  join,
  joinGroup,
  leave,
  onlyWhere,
  provisionOnDemand,
  unassign,
  userId,
} from '../entra-hands.ts'
import type { Lab } from '../lab.ts'

/** Scope, mapping, and what Entra believes of accounts. */

const OVERVIEW = {
  system: 'entra',
  path: '/admin/apps',
  label: 'Entra, Enterprise apps > Dialpad > Provisioning',
} as const
const PORTAL = { system: 'dialpad', path: '/admin/company/users', label: 'Dialpad, Users' } as const

const STOPPED = { cause: 'Provisioning is stopped.', because: 'Cycles run every 40 minutes; the Overview says so.' }
const KEY = { cause: 'The API key is refused.', because: 'Then the job would be in quarantine. It is not.' }
const UNASSIGNED = { cause: 'The person is not assigned.', because: 'Users and groups leads to them.' }

const without = (...flows: readonly string[]) =>
  ['Add', 'Update', 'Delete'].filter((each) => !flows.includes(each)).join(', ')
const ALL = 'Add, Update, Delete'

async function tickAll(bench: Bench): Promise<void> {
  await editMapping(bench, (users) => {
    users.flowTypes = ALL
  })
  await bench.cycle()
}

export const ENTRA_PEOPLE_LABS: readonly Lab[] = [
  {
    id: 'entra-filter-case',
    title: 'Sales is not sales',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-filter-case',
    async breakIt(bench) {
      await editMapping(bench, (users) => {
        users.scope = onlyWhere('department', 'sales')
      })
      await bench.cycle()
    },
    symptom: 'We wanted only Sales in Dialpad, set a scoping filter, and now even the salespeople are suspended.',
    where: OVERVIEW,
    right: {
      cause: 'The filter asks for "sales"; the directory says "Sales".',
      because: 'EQUALS compares with case: nobody passes, so everybody has left scope.',
    },
    wrong: [
      UNASSIGNED,
      {
        cause: 'Saving a filter always suspends everybody.',
        because: 'It looks at everybody anew, and suspends those who do not pass.',
      },
      { cause: 'department is not mapped.', because: 'A filter reads the directory, not the mapping.' },
    ],
    mend: 'Correct the value of the filter to "Sales" (or take the filter away), save, and let a cycle run.',
    explanation: 'EQUALS is exact. Saving a filter on an app in use re-evaluates everybody: try it on demand first.',
    source: 'entra-provisioning 12.2 (16), 12.3',
    hints: [
      'Why does the log say somebody was skipped?',
      'Compare the filter with the department of George, letter by letter.',
      'Provisioning, Scoping filters: edit the clause to Sales, Save.',
    ],
    async solve(bench) {
      await editMapping(bench, (users) => {
        users.scope = onlyWhere('department', 'Sales')
      })
      await bench.cycle()
    },
    working: 'george.mensah',
  },
  {
    id: 'entra-create-unticked',
    title: 'Nobody new',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-create-unticked',
    async breakIt(bench) {
      await editMapping(bench, (users) => {
        users.flowTypes = without('Add')
      })
      await join(bench, 'Dialpad Users', 'hana.suzuki')
      await bench.cycle()
    },
    symptom: 'Changes of people arrive at once. New people never do: Hana has been in the group for days.',
    where: OVERVIEW,
    right: {
      cause: 'Create is not ticked in the mapping.',
      because: 'Updates are sent and creations are not: only that action is missing.',
    },
    wrong: [
      STOPPED,
      UNASSIGNED,
      { cause: 'Dialpad has no license left.', because: 'Then there would be an attempt, and a failure in the log.' },
    ],
    mend: 'Tick Create under Target Object Actions, save, and let a cycle run.',
    explanation:
      'The three actions are switches of their own. Without Create, people in scope are skipped without a failure.',
    source: 'entra-provisioning 12.3',
    hints: [
      'Was anything sent for Hana?',
      'Look at what the mapping may do.',
      'Provisioning, Attribute mapping, users: tick Create, Save.',
    ],
    solve: tickAll,
    working: 'hana.suzuki',
  },
  {
    id: 'entra-update-unticked',
    title: 'Promoted in one place',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-update-unticked',
    async breakIt(bench) {
      await editMapping(bench, (users) => {
        users.flowTypes = without('Update')
      })
      await changeUser(bench, 'ben.castillo', { jobTitle: 'Support Manager' })
      await bench.cycle()
    },
    symptom: 'Ben was promoted. Entra shows the new title; Dialpad keeps the old one, and no error anywhere.',
    where: PORTAL,
    right: { cause: 'Update is not ticked in the mapping.', because: 'Differences are seen and not sent.' },
    wrong: [STOPPED, { cause: 'The title is not mapped.', because: 'jobTitle is mapped to title.' }, KEY],
    mend: 'Tick Update under Target Object Actions, save, and let a cycle run.',
    explanation: 'Saving the mapping looks at everybody anew, so what was missed is sent too.',
    source: 'entra-provisioning 5.1',
    hints: [
      'What does the log say about Ben?',
      'Is it the attribute, or the action?',
      'Provisioning, Attribute mapping, users: tick Update, Save.',
    ],
    solve: tickAll,
    working: 'ben.castillo',
    arrives: 'title',
  },
  {
    id: 'entra-delete-unticked',
    title: 'Deleted for good, almost',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-delete-unticked',
    async breakIt(bench) {
      await editMapping(bench, (users) => {
        users.flowTypes = without('Delete')
      })
      const id = await userId(bench, 'ben.castillo')
      await bench.graph('DELETE', `/users/${id}`)
      await bench.cycle()
      await bench.graph('DELETE', `/directory/deletedItems/${id}`)
      await bench.cycle()
    },
    symptom: 'Ben was deleted for good. His record is still in Dialpad, suspended, and holds his address.',
    where: PORTAL,
    right: { cause: 'Delete is not ticked in the mapping.', because: 'The suspension was sent, the deletion never.' },
    wrong: [STOPPED, KEY, { cause: 'Ben is still in the recycle bin.', because: 'He was deleted from there too.' }],
    mend: 'Tick Delete for the next one. The deletion of Ben has passed by: delete his record in Dialpad.',
    explanation:
      'A hard delete is a change like others, read once. Whoever was missed while Delete was off stays until somebody deletes the record.',
    source: 'entra-provisioning 12.3',
    hints: [
      'Which requests about Ben were sent?',
      'Look at what the mapping may do.',
      'Attribute mapping: tick Delete, Save. Dialpad, Users, Suspended: delete Ben.',
    ],
    async solve(bench) {
      await tickAll(bench)
      const ben = (await bench.records('dialpad', 'users')).find(
        ({ emails }) => (emails as string[])[0] === at('ben.castillo'),
      )
      if (ben !== undefined && ben['state'] !== 'deleted') await bench.dialpad('delete-person', { person: ben['id'] })
    },
    gone: 'ben.castillo',
  },
  {
    id: 'entra-active-unmapped',
    title: 'Leavers who stay',
    grade: 3,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-active-unmapped',
    async breakIt(bench) {
      await editMapping(bench, (users) => {
        users.attributeMappings = users.attributeMappings.filter(
          ({ targetAttributeName }) => targetAttributeName !== 'active',
        )
      })
      await changeUser(bench, 'ben.castillo', { accountEnabled: false })
      await bench.cycle()
    },
    symptom: 'Ben left, his sign-in is blocked, and he still takes calls with Dialpad.',
    where: PORTAL,
    right: {
      cause: 'The mapping of active was removed.',
      because: 'A leaver is switched off by that attribute; nothing else does it.',
    },
    wrong: [
      STOPPED,
      { cause: 'Update is not ticked.', because: 'It is; titles arrive.' },
      { cause: 'Blocking a sign-in sends nothing.', because: 'It sends active = false, where active is mapped.' },
    ],
    mend: 'Restore the default mapping (or add the row active again), save, and let a cycle run.',
    explanation:
      'active is filled by Switch([IsSoftDeleted], …). Without the row the service has nothing to disable with.',
    source: 'entra-provisioning 12.3',
    hints: [
      'What was sent when Ben was blocked?',
      'Which attribute would have told Dialpad?',
      'Attribute mapping: Restore default mappings.',
    ],
    async solve(bench) {
      await editMapping(bench, (users) => {
        const expression = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'
        users.attributeMappings.push({ targetAttributeName: 'active', source: { type: 'Function', expression } })
      })
      await bench.cycle()
    },
    gone: 'ben.castillo',
  },
  {
    id: 'entra-user-name',
    title: 'What is your name?',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-user-name-not-an-address',
    async breakIt(bench) {
      await editMapping(bench, (users) => {
        const row = users.attributeMappings.find(({ targetAttributeName }) => targetAttributeName === 'userName')
        if (row !== undefined) row.source = { type: 'Attribute', name: 'mailNickname' }
      })
      await bench.cycle()
    },
    symptom: 'Since the mapping was "simplified", every person fails with 400.',
    where: OVERVIEW,
    right: {
      cause: 'userName is filled from the nickname.',
      because: 'Dialpad knows people by an e-mail address; ada.okafor is none.',
    },
    wrong: [
      KEY,
      { cause: "The people's domain is not the company's.", because: 'No domain is sent at all.' },
      { cause: 'Dialpad has no license left.', because: 'Existing accounts fail too.' },
    ],
    mend: 'Map userName from userPrincipalName again, save, and let a cycle run.',
    explanation: 'userName is also what accounts are matched by: changed, nobody is found any more.',
    source: 'dialpad F12',
    hints: [
      'Read the answer of Dialpad in the log.',
      'What is sent as userName?',
      'Attribute mapping: edit userName, source userPrincipalName, Save.',
    ],
    async solve(bench) {
      await editMapping(bench, (users) => {
        const row = users.attributeMappings.find(({ targetAttributeName }) => targetAttributeName === 'userName')
        if (row !== undefined) row.source = { type: 'Attribute', name: 'userPrincipalName' }
      })
      await bench.cycle()
    },
    working: 'ada.okafor',
  },
  {
    id: 'entra-match-by-mail',
    title: 'No mailbox, no account',
    grade: 3,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-match-value-missing',
    async breakIt(bench) {
      await editMapping(bench, (users) => {
        for (const row of users.attributeMappings) {
          if (row.targetAttributeName === 'userName') row.matchingPriority = 0
          if (row.targetAttributeName.startsWith('emails[type eq "work"]')) row.matchingPriority = 1
        }
      })
      await bench.edit('entra', 'users', (user) => {
        if (user['userPrincipalName'] !== at('hana.suzuki')) return undefined
        const { mail: _none, ...rest } = user
        return rest
      })
      await join(bench, 'Dialpad Users', 'hana.suzuki')
      await bench.cycle()
    },
    symptom: 'Hana, who has no mailbox yet, is skipped in every cycle. Everybody else is fine.',
    where: OVERVIEW,
    right: {
      cause: 'Accounts are matched by mail, and Hana has none.',
      because: 'Without a value to match by, nobody can be looked for, and the person is skipped.',
    },
    wrong: [
      UNASSIGNED,
      { cause: 'Her sign-in is blocked.', because: 'It is not.' },
      { cause: 'A scoping filter leaves her out.', because: 'There is none.' },
    ],
    mend: 'Match by userName again, or give Hana a mail; then let a cycle run.',
    explanation: 'The matching attribute has to be there for everybody. The user principal name always is.',
    source: 'entra-provisioning 12.3',
    hints: [
      'What does the log say why she was skipped?',
      'Which attribute is matched by, and what does Hana have there?',
      'Users, Hana, Properties: fill in Mail; or Attribute mapping: match by userName.',
    ],
    async solve(bench) {
      await editMapping(bench, (users) => {
        for (const row of users.attributeMappings) {
          if (row.targetAttributeName === 'userName') row.matchingPriority = 1
          if (row.targetAttributeName.startsWith('emails[type eq "work"]')) row.matchingPriority = 0
        }
      })
      await bench.cycle()
    },
    working: 'hana.suzuki',
  },
  {
    id: 'entra-sign-in-blocked',
    title: 'Invited and locked out',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-sign-in-blocked',
    async breakIt(bench) {
      await join(bench, 'Dialpad Users', 'victor.hale')
      await bench.cycle()
    },
    symptom: 'Victor is in Dialpad Users since yesterday and gets no account. The log shows no failure.',
    where: OVERVIEW,
    right: {
      cause: "Victor's sign-in is blocked.",
      because: 'Whoever is disabled before the first sync is never created: skipped, not failed.',
    },
    wrong: [
      UNASSIGNED,
      STOPPED,
      { cause: 'Dialpad has no license left in Denver.', because: 'Then there would be a failure.' },
    ],
    mend: 'Enable his account, if he is to have one, and let a cycle run; otherwise take him out of the group.',
    explanation:
      'IsActive False in the scoping step is the sign. Blocked people with an account are disabled; those without are left alone.',
    source: 'entra-provisioning 12.2 (23), 12.3',
    hints: [
      'Filter the log for skipped people.',
      "Look at Victor's Properties.",
      'Users, Victor Hale, Properties: Account enabled, Save.',
    ],
    async solve(bench) {
      await changeUser(bench, 'victor.hale', { accountEnabled: true })
      await bench.cycle()
    },
    working: 'victor.hale',
  },
  {
    id: 'entra-nested-group',
    title: 'A group in a group',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-nested-group',
    async breakIt(bench) {
      await joinGroup(bench, await groupId(bench, 'Dialpad Users'), await groupId(bench, 'Support'))
      await bench.cycle()
    },
    symptom: 'All of Support was put into Dialpad Users. Elif and Dmitri, of Support, still have no account.',
    where: OVERVIEW,
    right: {
      cause: 'Support is inside the assigned group, not assigned itself.',
      because: 'Only direct members of an assigned group are provisioned.',
    },
    wrong: [
      STOPPED,
      { cause: 'Support is too large.', because: 'It has five members.' },
      { cause: 'Support is no security group.', because: 'It is one.' },
    ],
    mend: 'Assign Support itself (or put its members into Dialpad Users) and let a cycle run.',
    explanation: 'Assignment does not cascade to nested groups. Such people are in no log: they are never looked at.',
    source: 'entra-provisioning 12.2 (17), dialpad F17',
    hints: [
      'Is Elif in the log at all?',
      'Who are the direct members of Dialpad Users?',
      'Dialpad, Users and groups: add the group Support.',
    ],
    async solve(bench) {
      await assign(bench, await groupId(bench, 'Support'))
      await bench.cycle()
    },
    working: 'elif.demir',
  },
  {
    id: 'entra-deletions-held',
    title: 'The guard says stop',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-deletions-held',
    async breakIt(bench) {
      await bench.edit('entra', 'provisioningJobs', (job) => ({
        ...job,
        deletionGuard: { enabled: true, threshold: 2 },
      }))
      for (const handle of ['ada.okafor', 'ben.castillo', 'chloe.nguyen']) await leave(bench, 'Dialpad Users', handle)
      await bench.cycle()
    },
    symptom:
      'Somebody took three people out of the group by mistake. Provisioning is in quarantine and asks what to do.',
    where: OVERVIEW,
    right: {
      cause: 'More people left than the deletion threshold allows.',
      because: 'The departures are held back until an administrator allows or rejects them.',
    },
    wrong: [
      { ...KEY, because: 'The quarantine speaks of deletions, not of credentials.' },
      STOPPED,
      { cause: 'Dialpad refuses to suspend people.', because: 'Nothing was sent to it.' },
    ],
    mend: 'Put the three back into Dialpad Users and let a cycle run; had they really left, Allow deletes.',
    explanation: 'The guard counts disables too. As long as they are held back everybody keeps their phone.',
    source: 'entra-provisioning 6.3, dialpad F19',
    hints: [
      'What does the Overview ask?',
      'Compare the group with who was in it.',
      'Groups, Dialpad Users, Members: add Ada, Ben and Chloe. Then Restart provisioning.',
    ],
    async solve(bench) {
      for (const handle of ['ada.okafor', 'ben.castillo', 'chloe.nguyen']) await join(bench, 'Dialpad Users', handle)
      await bench.pass('P1D')
    },
    working: 'ada.okafor',
  },
  {
    id: 'entra-default-access',
    title: 'The role that does not count',
    grade: 3,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-default-access-excluded',
    async breakIt(bench) {
      await bench.control.entra.setSwitch('default-access', 'excluded')
      await assign(bench, await userId(bench, 'hana.suzuki'))
      await bench.cycle()
    },
    symptom: 'Hana is assigned with Default Access, as everybody is, and is skipped: not effectively entitled.',
    where: OVERVIEW,
    right: {
      cause: 'Default Access does not count for provisioning here.',
      because: 'The facts of the scoping step say that the required role is missing.',
    },
    wrong: [UNASSIGNED, STOPPED, { cause: 'A scoping filter leaves her out.', because: 'There is none.' }],
    mend: 'Let Default Access count again: kit home, Switches, default-access. (In the real product: since 2020 it does.)',
    explanation: 'Older tutorials say that the role is excluded. That is how it was; the switch brings it back.',
    source: 'entra-provisioning 12.1, dialpad F5',
    hints: [
      'Read the facts of the scoping step.',
      'Which role has she, and does it count?',
      'Kit home, Switches: default-access to counts.',
    ],
    async solve(bench) {
      await bench.control.entra.setSwitch('default-access', 'counts')
      await changeUser(bench, 'hana.suzuki', { jobTitle: 'Senior Account Executive' })
      await bench.cycle()
    },
    working: 'hana.suzuki',
  },
  {
    id: 'entra-deleted-in-dialpad',
    title: 'Deleted where it was not meant to be',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-account-deleted-in-dialpad',
    async breakIt(bench) {
      await bench.cycle()
      await bench.dialpad('delete-person', { person: at('ben.castillo') })
      await bench.cycle()
    },
    symptom: 'Ben vanished from Dialpad. He is assigned, enabled, and cycles are green.',
    where: PORTAL,
    right: {
      cause: 'His account was deleted in Dialpad by hand.',
      because: 'Cycles look only at what changes in Entra; the change log of Dialpad names who did it.',
    },
    wrong: [UNASSIGNED, STOPPED, { cause: 'His sign-in is blocked.', because: 'It is not.' }],
    mend: 'Provision Ben on demand: he is looked for, not found, and created.',
    explanation:
      'The service believes what it has written. On demand, a change of the person, or a restart makes it look again.',
    source: 'entra-provisioning 12.2 (11), 12.3',
    hints: [
      'Who deleted him? Not Entra: look at the change log.',
      'When will Entra look at Ben again?',
      'Provisioning, Provision on demand: Ben Castillo.',
    ],
    async solve(bench) {
      await provisionOnDemand(bench, 'ben.castillo')
    },
    working: 'ben.castillo',
  },
  {
    id: 'entra-suspended-in-dialpad',
    title: 'Suspended by a helping hand',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-account-suspended-in-dialpad',
    async breakIt(bench) {
      await bench.dialpad('suspend-person', { person: at('chloe.nguyen') })
      await bench.cycle()
    },
    symptom: 'Chloe cannot log in to Dialpad. Entra says she is provisioned.',
    where: PORTAL,
    right: {
      cause: 'She was suspended in Dialpad by hand.',
      because: 'Dialpad shows her as Suspended, and its change log names an administrator, not the key.',
    },
    wrong: [UNASSIGNED, { cause: 'Entra has suspended her.', because: 'No such request is in the log.' }, STOPPED],
    mend: 'Reactivate her in Dialpad, or provision her on demand.',
    explanation: 'What is changed in the app is not overwritten until the person changes in the directory.',
    source: 'entra-provisioning 12.2 (10)',
    hints: ['Which state has she in Dialpad?', 'Who did it?', 'Dialpad, Users, Suspended: Chloe Nguyen, Reactivate.'],
    async solve(bench) {
      await bench.dialpad('reactivate-person', { person: at('chloe.nguyen') })
    },
    working: 'chloe.nguyen',
  },
  {
    id: 'entra-guest-assigned',
    title: 'The guest',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-foreign-domain',
    async breakIt(bench) {
      const lucas = (await bench.records('entra', 'users')).find(({ userType }) => userType === 'Guest')
      await assign(bench, String(lucas?.['id']))
      await bench.cycle()
    },
    symptom: 'Lucas, a guest of ours, is assigned to Dialpad and fails in every cycle.',
    where: OVERVIEW,
    right: {
      cause: "His address is not of the company's domain.",
      because: 'Dialpad takes people of its own domains only, and says so.',
    },
    wrong: [
      KEY,
      { cause: 'Guests are never provisioned.', because: 'He was tried: Dialpad refused him.' },
      { cause: 'Dialpad has no license left.', because: 'The answer speaks of the domain.' },
    ],
    mend: 'Remove his assignment; a second domain is something for the support of Dialpad.',
    explanation:
      'A guest keeps the address of the home organization. What cannot be created is tried again with every retry.',
    source: 'dialpad F13',
    hints: [
      'Read the answer of Dialpad in the log.',
      'Compare his address with the domains of the company.',
      'Dialpad, Users and groups: select Lucas Meyer, Remove.',
    ],
    async solve(bench) {
      const lucas = (await bench.records('entra', 'users')).find(({ userType }) => userType === 'Guest')
      await unassign(bench, String(lucas?.['id']))
      await bench.cycle()
    },
  },
  {
    id: 'entra-group-renamed',
    title: 'An old name that stays',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-group-renamed',
    async breakIt(bench) {
      await bench.graph('PATCH', `/groups/${await groupId(bench, 'Dialpad Users')}`, { displayName: 'Phone Users' })
      await bench.cycle()
    },
    symptom:
      'The group is called Phone Users since last week. Dialpad still says Dialpad Users, although the log says success.',
    where: { system: 'dialpad', path: '/admin/company/groups', label: 'Dialpad, Groups' },
    right: {
      cause: 'Dialpad ignores new names of groups.',
      because: 'The request was sent and answered 200; its change log says the name was ignored.',
    },
    wrong: [STOPPED, KEY, { cause: 'Groups are not mapped.', because: 'Members of the group are in step.' }],
    mend: 'Give the group its old name back, and let a cycle run.',
    explanation: 'The name of a group is fixed when it is made. A new name needs a new group.',
    source: 'dialpad F16, entra-provisioning 12.2 (31)',
    hints: [
      'Was the new name sent?',
      "What does Dialpad's change log say?",
      'Entra, Groups, Phone Users, Properties: Dialpad Users.',
    ],
    async solve(bench) {
      await bench.graph('PATCH', `/groups/${await groupId(bench, 'Phone Users')}`, { displayName: 'Dialpad Users' })
      await bench.cycle()
    },
    working: 'ada.okafor',
  },
]
