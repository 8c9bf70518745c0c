import { actOnPerson, beginToAssign, editProfile, openAppTab } from '#scenarios/walkthroughs/okta-pages.ts'
import { at, type Bench, type Fields } from '../bench.ts'
import type { Lab } from '../lab.ts'

/** The app Dialpad of the org: its connection, its settings, the people it is assigned to. */

const ASSIGNMENTS = {
  system: 'okta',
  path: '/admin/apps',
  label: 'Okta, Applications > Dialpad > Assignments',
} as const
const PEOPLE = { system: 'dialpad', path: '/admin/company/users', label: 'Dialpad, Users' } as const
const TASKS = { system: 'okta', path: '/admin/tasks', label: 'Okta, Dashboard > Tasks' } as const

const NOT_ASSIGNED = { cause: 'The person is not assigned.', because: 'They are: see Assignments.' }
const TOKEN = { cause: 'The API token is refused.', because: 'There would be a task that says so.' }
const SEATS = { cause: 'Dialpad has no license left.', because: 'Then there would be a task with its answer.' }

type ToApp = Readonly<Record<'createUsers' | 'updateAttributes' | 'deactivateUsers', boolean>>

/** Provisioning > To App: what is enabled. */
export async function setToApp(bench: Bench, change: Partial<ToApp>): Promise<void> {
  await bench.edit('okta', 'apps', (app) => {
    const provisioning = app['provisioning'] as Fields
    return { ...app, provisioning: { ...provisioning, toApp: { ...(provisioning['toApp'] as Fields), ...change } } }
  })
}

async function setSignOn(bench: Bench, change: Fields): Promise<void> {
  await bench.edit('okta', 'apps', (app) => ({ ...app, signOn: { ...(app['signOn'] as Fields), ...change } }))
}

/** Assign somebody by the pages. */
async function assignPerson(bench: Bench, name: string): Promise<void> {
  const desk = await bench.console()
  await openAppTab(desk, 'Assignments')
  await beginToAssign(desk, name)
  await desk.press('Save and Go Back')
  await bench.send()
}

/** Take the app from somebody, and assign it again. */
async function assignAnew(bench: Bench, name: string): Promise<void> {
  const desk = await bench.console()
  await openAppTab(desk, 'Assignments')
  await desk.pressInRow(name, 'Unassign')
  await desk.press('OK')
  await assignPerson(bench, name)
}

async function setIntegration(bench: Bench, enabled: boolean): Promise<void> {
  await bench.edit('okta', 'apps', (app) => ({ ...app, provisioning: { ...(app['provisioning'] as Fields), enabled } }))
}

async function changeTitle(bench: Bench, name: string, title: string): Promise<void> {
  await editProfile(await bench.console(), name, { Title: title })
  await bench.send()
}

/** Assignments: the button that makes the accounts that are missing. */
async function provisionUser(bench: Bench): Promise<void> {
  const desk = await bench.console()
  await openAppTab(desk, 'Assignments')
  await desk.press('Provision User')
  if (await desk.shows('OK')) await desk.press('OK')
  await bench.send()
}

async function editMapping(bench: Bench, name: string, property: Fields | undefined): Promise<void> {
  await bench.edit('okta', 'profileMappings', (mapping) => {
    if (mapping['direction'] !== 'to-app') return undefined
    const { [name]: _old, ...rest } = mapping['properties'] as Fields
    return { ...mapping, properties: property === undefined ? rest : { ...rest, [name]: property } }
  })
}

async function addAttribute(bench: Bench, name: string, namespace: string): Promise<void> {
  await bench.edit('okta', 'profileSchemas', (schema) => ({
    ...schema,
    attributes: [
      ...(schema['attributes'] as Fields[]),
      {
        name,
        title: name,
        type: 'string',
        externalName: name,
        externalNamespace: namespace,
        required: false,
        scope: 'NONE',
        union: false,
        custom: true,
      },
    ],
  }))
}

async function changeAttribute(bench: Bench, name: string, change: Fields): Promise<void> {
  await bench.edit('okta', 'profileSchemas', (schema) => ({
    ...schema,
    attributes: (schema['attributes'] as Fields[]).map((each) =>
      each['name'] === name ? { ...each, ...change } : each,
    ),
  }))
}

/** Change assignments by hand, as the administrator's dialog does. */
async function editRow(bench: Bench, handle: string, change: Fields): Promise<void> {
  await bench.edit('okta', 'appUsers', (row) => {
    if (!String(row['userName']).startsWith(handle)) return undefined
    const profile = { ...(row['profile'] as Fields), ...(change['profile'] as Fields | undefined) }
    return { ...row, ...change, profile }
  })
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

export const OKTA_LABS: readonly Lab[] = [
  {
    id: 'okta-create-off',
    title: 'Assigned, and that is all',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-create-off',
    async breakIt(bench) {
      await setToApp(bench, { createUsers: false })
      await assignPerson(bench, 'Elif Demir')
    },
    symptom: 'Elif was assigned to Dialpad and has no account there. Her row says: Matching user not found.',
    where: ASSIGNMENTS,
    right: {
      cause: 'Create Users is not enabled.',
      because: 'Okta looks for an account, finds none, and may not make one.',
    },
    wrong: [NOT_ASSIGNED, TOKEN, SEATS],
    mend: 'Provisioning > To App > Edit: enable Create Users, Save; then retry her task, or assign her again.',
    explanation:
      'After a good test of the API all boxes of To App are still empty. Who failed meanwhile is not tried again by itself.',
    source: 'okta 8.2',
    hints: [
      'Was anything sent?',
      'What may the app do? Look at To App.',
      'To App, Edit: Create Users, Enable, Save. Tasks: Retry Selected.',
    ],
    async solve(bench) {
      await setToApp(bench, { createUsers: true })
      await assignAnew(bench, 'Elif Demir')
    },
    working: 'elif.demir',
  },
  {
    id: 'okta-assigned-before',
    title: 'The red mark',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-assigned-before-enabling',
    async breakIt(bench) {
      await setIntegration(bench, false)
      await assignPerson(bench, 'Elif Demir')
      await setIntegration(bench, true)
    },
    symptom: 'Everything is enabled. New people get accounts; Elif, assigned last week, has a red mark.',
    where: ASSIGNMENTS,
    right: {
      cause: 'She was assigned before provisioning was enabled.',
      because: 'Enabling does not look back at who is assigned already.',
    },
    wrong: [NOT_ASSIGNED, TOKEN, { cause: 'Create Users is not enabled.', because: 'It is, now.' }],
    mend: 'Press Provision User on Assignments.',
    explanation: 'Events cause requests in Okta, not states: enabling a feature is no event of Elif.',
    source: 'okta 8.1 (5), 8.2',
    hints: [
      'Point at the mark.',
      'Since when is she assigned, since when is the feature on?',
      'Assignments: Provision User.',
    ],
    solve: provisionUser,
    working: 'elif.demir',
  },
  {
    id: 'okta-update-off',
    title: 'A title from last year',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-update-off',
    async breakIt(bench) {
      await setToApp(bench, { updateAttributes: false })
      await changeTitle(bench, 'Ben Castillo', 'Support Manager')
    },
    symptom: "Ben's new title is in Okta and does not reach Dialpad.",
    where: PEOPLE,
    right: { cause: 'Update User Attributes is not enabled.', because: 'A change of the profile then sends nothing.' },
    wrong: [NOT_ASSIGNED, TOKEN, { cause: 'The title is not mapped.', because: 'It is, on create and update.' }],
    mend: 'To App: enable Update User Attributes, then Force Sync for what was missed.',
    explanation: 'What changed while the feature was off is not sent later by itself.',
    source: 'okta 8.2',
    hints: ['Was anything sent?', 'Look at To App.', 'To App, Edit: Update User Attributes, Save. Then Force Sync.'],
    async solve(bench) {
      await setToApp(bench, { updateAttributes: true })
      await changeTitle(bench, 'Ben Castillo', 'Support Manager, EMEA')
    },
    working: 'ben.castillo',
    arrives: 'title',
  },
  {
    id: 'okta-create-only-mapping',
    title: 'Once and never again',
    grade: 3,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-mapped-on-create-only',
    async breakIt(bench) {
      await editMapping(bench, 'title', { expression: 'user.title', pushStatus: 'DONT_PUSH' })
      await changeTitle(bench, 'Ben Castillo', 'Support Manager')
    },
    symptom: 'Departments change in Dialpad when they change in Okta. Titles do not.',
    where: PEOPLE,
    right: {
      cause: 'The mapping of title applies on create only.',
      because: 'Other attributes flow; this one row says Create.',
    },
    wrong: [
      { cause: 'Update User Attributes is off.', because: 'It is on: other attributes flow.' },
      TOKEN,
      { cause: 'Dialpad has no field for a title.', because: 'It has: it was filled at the start.' },
    ],
    mend: 'To App, mappings: title, Apply on Create and update; then Force Sync.',
    explanation: 'Each mapped attribute says for itself when it is written.',
    source: 'okta 8.2',
    hints: [
      'Which attributes flow, which do not?',
      'Look at the column Apply on.',
      'To App, title, Edit: Create and update, Save.',
    ],
    async solve(bench) {
      await editMapping(bench, 'title', { expression: 'user.title', pushStatus: 'PUSH' })
      await changeTitle(bench, 'Ben Castillo', 'Support Manager, EMEA')
    },
    working: 'ben.castillo',
    arrives: 'title',
  },
  {
    id: 'okta-deactivate-off',
    title: 'Gone, and still ringing',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-deactivate-off',
    async breakIt(bench) {
      await setToApp(bench, { deactivateUsers: false })
      await actOnPerson(await bench.console(), 'Chloe Nguyen', 'Deactivate')
      await bench.send()
    },
    symptom: 'Chloe was deactivated in Okta on her last day. Her phone still rings.',
    where: PEOPLE,
    right: {
      cause: 'Deactivate Users is not enabled.',
      because: 'Okta opens a task for a person to do by hand, and sends nothing.',
    },
    wrong: [
      TOKEN,
      { cause: 'She is only suspended in Okta.', because: 'She is deactivated.' },
      { cause: 'Dialpad suspends at night.', because: 'It does at once what it is asked.' },
    ],
    mend: 'To App: enable Deactivate Users for the next one. Suspend Chloe in Dialpad by hand, and close the task.',
    explanation: 'The leaver of yesterday stays: enabling a feature does not look back.',
    source: 'okta 8.2',
    hints: [
      'Look at the tasks.',
      'What may the app do? Look at To App.',
      'To App: Deactivate Users. Dialpad, Users: suspend Chloe.',
    ],
    async solve(bench) {
      await setToApp(bench, { deactivateUsers: true })
      await bench.dialpad('suspend-person', { person: at('chloe.nguyen') })
    },
    gone: 'chloe.nguyen',
  },
  {
    id: 'okta-suspended-leaver',
    title: 'Suspended is not suspended',
    grade: 2,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-suspended-leaver',
    async breakIt(bench) {
      await actOnPerson(await bench.console(), 'George Mensah', 'Suspend')
      await bench.send()
    },
    symptom: 'We suspended George when he left. He cannot sign in to Okta, and still takes calls.',
    where: PEOPLE,
    right: {
      cause: 'Suspending in Okta sends nothing to apps.',
      because: 'Only deactivating, or taking the app away, does.',
    },
    wrong: [TOKEN, { cause: 'Deactivate Users is off.', because: 'It is on.' }, NOT_ASSIGNED],
    mend: 'Unsuspend and then deactivate him (or unassign him from Dialpad).',
    explanation: 'A suspension is a pause of the sign-in. For leavers there is Deactivate.',
    source: 'okta 8.1 (4), 8.2',
    hints: [
      'Which state has he in Okta?',
      'What does that state send?',
      'People, George Mensah, More Actions: Deactivate.',
    ],
    async solve(bench) {
      const desk = await bench.console()
      await actOnPerson(desk, 'George Mensah', 'Unsuspend')
      await bench.console()
      await actOnPerson(desk, 'George Mensah', 'Deactivate')
      await bench.send()
    },
    gone: 'george.mensah',
  },
  {
    id: 'okta-user-name-prefix',
    title: 'Half an address',
    grade: 2,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-user-name-not-an-address',
    async breakIt(bench) {
      await setSignOn(bench, { usernameTemplate: { format: 'okta-username-prefix', pushStatus: 'PUSH' } })
      await assignPerson(bench, 'Elif Demir')
    },
    symptom: 'New people fail: Dialpad answers 400. People from before are fine.',
    where: TASKS,
    right: {
      cause: 'The application username is only the part before the @.',
      because: 'Dialpad wants an e-mail address as userName.',
    },
    wrong: [TOKEN, SEATS, { cause: "The domain is not the company's.", because: 'No domain is sent.' }],
    mend: 'Sign On: Application username format Email, Save, Update Now; then retry.',
    explanation: 'The format is applied when somebody is assigned; Update Now applies it to who is assigned already.',
    source: 'okta 8.2, dialpad F12',
    hints: [
      'Read the task.',
      "Compare Elif's user name with Ada's on Assignments.",
      'Sign On, Edit: Email, Save. Unassign Elif and assign her again.',
    ],
    async solve(bench) {
      await setSignOn(bench, { usernameTemplate: { format: 'email', pushStatus: 'PUSH' } })
      await assignAnew(bench, 'Elif Demir')
    },
    working: 'elif.demir',
  },
  {
    id: 'okta-licence-misspelt',
    title: 'A hyphen too many',
    grade: 2,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-licence-misspelt',
    async breakIt(bench) {
      await addAttribute(bench, 'licenseType', ENTERPRISE)
      await editMapping(bench, 'licenseType', { expression: '"dialpad-talk"', pushStatus: 'PUSH' })
      await assignPerson(bench, 'Elif Demir')
    },
    symptom: 'Since the license is given by Okta, new people fail with 400.',
    where: TASKS,
    right: {
      cause: 'The value of licenseType is misspelt.',
      because: 'Dialpad knows dialpad_talk, with an underscore.',
    },
    wrong: [
      TOKEN,
      SEATS,
      { cause: 'The attribute has no namespace.', because: 'Then it would not be sent, and nothing would fail.' },
    ],
    mend: 'Correct the value to dialpad_talk, and assign Elif again (or retry her task).',
    explanation: 'An enumerated list in the Profile Editor makes the mistake impossible.',
    source: 'okta 8.2, dialpad F9',
    hints: [
      'Read the task.',
      "Compare the value with Dialpad's list.",
      'To App, licenseType, Edit: "dialpad_talk", Save. Tasks: Retry Selected.',
    ],
    async solve(bench) {
      await editMapping(bench, 'licenseType', { expression: '"dialpad_talk"', pushStatus: 'PUSH' })
      await assignAnew(bench, 'Elif Demir')
    },
    working: 'elif.demir',
  },
  {
    id: 'okta-no-namespace',
    title: 'Said into the void',
    grade: 3,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-attribute-without-namespace',
    async breakIt(bench) {
      await addAttribute(bench, 'officeName', '')
      await editMapping(bench, 'officeName', { expression: '"London"', pushStatus: 'PUSH' })
      await assignPerson(bench, 'Elif Demir')
    },
    symptom: 'Okta says everybody is to be in London. Elif was created in Denver, and nothing failed.',
    where: PEOPLE,
    right: {
      cause: 'The custom attribute has no external namespace.',
      because: 'Okta does not send what it has no place for, and says nothing.',
    },
    wrong: [
      { cause: 'Dialpad has no office London.', because: 'It has.' },
      { cause: 'Dialpad reads another attribute.', because: 'It would read officeName too; it was never sent.' },
      TOKEN,
    ],
    mend: 'Add the attribute again with the namespace of the enterprise extension, and map it.',
    explanation: 'An external namespace cannot be changed later in the real console: the attribute is made anew.',
    source: 'okta 8.1 (9), 8.2',
    hints: [
      'Look at the request that created Elif.',
      'Which attributes of the profile have a namespace?',
      `Profile Editor, Dialpad User: officeName with ${ENTERPRISE}.`,
    ],
    async solve(bench) {
      await changeAttribute(bench, 'officeName', { externalNamespace: ENTERPRISE })
    },
    working: 'elif.demir',
  },
  {
    id: 'okta-individual-override',
    title: 'The exception',
    grade: 2,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-individual-overrides-group',
    async breakIt(bench) {
      await bench.edit('okta', 'appGroups', (group) => ({ ...group, profile: { title: 'Telephony user' } }))
      await editRow(bench, 'ben.castillo', { scope: 'USER', groupId: undefined, overrides: { title: 'Support Agent' } })
    },
    symptom: 'The group sets the same title for everybody in Dialpad. Ben keeps another.',
    where: ASSIGNMENTS,
    right: { cause: 'Ben is assigned individually.', because: 'A value set for the person wins over the group.' },
    wrong: [NOT_ASSIGNED, { cause: 'Ben is not in the group.', because: 'He is.' }, TOKEN],
    mend: 'Assignments: reset Ben to the group (Convert assignments).',
    explanation: '"Administrator (overrides group)" means what it says, and for ever.',
    source: 'okta 8.1 (10), 8.2',
    hints: [
      'Look at the column Type.',
      'Individual, or Group?',
      'Assignments, Ben, Edit: clear the value; or Convert assignments.',
    ],
    async solve(bench) {
      const [group] = await bench.records('okta', 'appGroups')
      await editRow(bench, 'ben.castillo', { scope: 'GROUP', groupId: group?.['groupId'], overrides: {} })
    },
    working: 'ben.castillo',
  },
  {
    id: 'okta-integration-off',
    title: 'Unplugged',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-integration-off',
    async breakIt(bench) {
      await setIntegration(bench, false)
    },
    symptom: 'Nothing has reached Dialpad since Tuesday: no new people, no changes, no leavers.',
    where: ASSIGNMENTS,
    right: {
      cause: 'The API integration was switched off.',
      because: 'Integration shows the box unticked; the settings of To App are kept.',
    },
    wrong: [
      TOKEN,
      { cause: 'The app is deactivated.', because: 'It is active: people sign in with it.' },
      { cause: "Dialpad's SCIM service is down.", because: 'Then there would be tasks.' },
    ],
    mend: 'Provisioning > Integration > Edit: tick Enable API integration, test, save.',
    explanation: 'What is queued while it is off is forgotten; who changed meanwhile needs Force Sync.',
    source: 'okta 1.6',
    hints: [
      'Is anything attempted?',
      'Look at Integration.',
      'Integration, Edit: Enable API integration, Test API Credentials, Save.',
    ],
    async solve(bench) {
      await setIntegration(bench, true)
    },
    working: 'ben.castillo',
  },
  {
    id: 'okta-app-deactivated',
    title: 'The tile that went',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-app-deactivated',
    async breakIt(bench) {
      await bench.edit('okta', 'apps', (app) => ({ ...app, status: 'INACTIVE' }))
    },
    symptom: "Dialpad has disappeared from everybody's dashboard.",
    where: { system: 'okta', path: '/', label: 'Okta, dashboard' },
    right: { cause: 'The app was deactivated.', because: 'The list of applications shows it under Inactive.' },
    wrong: [
      { cause: 'Everybody was unassigned.', because: 'The assignments are still there.' },
      { cause: 'The tile is hidden.', because: 'It would still be active, and changes would be sent.' },
      TOKEN,
    ],
    mend: 'Activate the app.',
    explanation: 'An app that is not active keeps its settings and its assignments.',
    source: 'okta 1.2',
    hints: [
      'Look at the list of applications.',
      'Which status has Dialpad?',
      'Applications, Inactive, Dialpad: Activate.',
    ],
    async solve(bench) {
      await bench.edit('okta', 'apps', (app) => ({ ...app, status: 'ACTIVE' }))
    },
    working: 'ben.castillo',
  },
  {
    id: 'okta-key-revoked',
    title: 'Tasks, tasks, tasks',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-key-revoked',
    async breakIt(bench) {
      await bench.dialpad('revoke-key', { name: 'Okta provisioning' })
      await changeTitle(bench, 'Ben Castillo', 'Support Manager')
    },
    symptom: 'The dashboard shows a task: the credentials used to connect to the API were invalid.',
    where: TASKS,
    right: { cause: 'The token was revoked in Dialpad.', because: "Dialpad's list of keys says so." },
    wrong: [
      { cause: 'The token was pasted wrongly.', because: 'It worked until now.' },
      { cause: 'The Base URL is wrong.', because: 'It worked until now, and the answer was 401.' },
      { cause: 'Update User Attributes is off.', because: 'Then nothing would have been tried.' },
    ],
    mend: 'Make a new key in Dialpad; Integration > Edit: paste it, test, save; then retry the task.',
    explanation: 'Okta does not retry by itself but for 429: each change that failed waits as a task.',
    source: 'okta 8.2',
    hints: [
      'Which status did Dialpad answer?',
      "Look at Dialpad's keys.",
      'Dialpad, API Keys: add. Okta, Integration: paste, save. Tasks: Retry Selected.',
    ],
    async solve(bench) {
      const { secret } = (await bench.control.dialpad.call('POST', '/api-keys', { name: 'Okta, new key' })) as {
        secret: string
      }
      const desk = await bench.console()
      await openAppTab(desk, 'Provisioning')
      await desk.press('Integration', { within: 'Settings' })
      await desk.press('Edit')
      await desk.fill('API Token', secret)
      await desk.press('Save')
      await changeTitle(bench, 'Ben Castillo', 'Support Manager, EMEA')
    },
    working: 'ben.castillo',
  },
  ...groupLabs(),
]

function groupLabs(): readonly Lab[] {
  const where = { system: 'okta', path: '/admin/apps', label: 'Okta, Applications > Dialpad > Push Groups' } as const
  const push = async (bench: Bench, group: string): Promise<void> => {
    const desk = await bench.console()
    await openAppTab(desk, 'Push Groups')
    await desk.press('Push Groups', { within: 'Group push' })
    await desk.press('Find groups by name')
    await desk.choose('Group to push', group)
    await desk.press('Save')
    await bench.send()
  }
  const forget = (bench: Bench) =>
    bench.edit('okta', 'groupPushMappings', (mapping) => ({ ...mapping, status: 'INACTIVE' }))
  return [
    {
      id: 'okta-pushed-group-deleted',
      title: 'Pushing nothing',
      grade: 2,
      product: 'Okta',
      world: 'connected-okta',
      fault: 'okta-pushed-group-deleted',
      async breakIt(bench) {
        await push(bench, 'Sales')
        await bench.dialpad('delete-group', { group: 'Sales' })
      },
      symptom: 'The group Sales is gone from Dialpad; Okta says it is pushed.',
      where,
      right: {
        cause: 'The group was deleted in Dialpad.',
        because: "Okta still has the id of a group that Dialpad does not know; Dialpad's change log names who did it.",
      },
      wrong: [
        TOKEN,
        { cause: 'The push is off.', because: 'It is active.' },
        { cause: 'Sales has no members.', because: 'A group without members is there all the same.' },
      ],
      mend: 'Unlink the pushed group and push it again.',
      explanation: 'Okta notices only with the next change of the group, and then cannot repair it by itself.',
      source: 'okta 8.2',
      hints: [
        'Is the group in Dialpad?',
        'Who deleted it?',
        'Push Groups, Sales: Unlink pushed group. Then push Sales by name.',
      ],
      async solve(bench) {
        const desk = await bench.console()
        await openAppTab(desk, 'Push Groups')
        await desk.pressInRow('Sales', 'Active')
        await desk.pressInRow('Sales', 'Unlink pushed group')
        await desk.tick('Leave the group in the target app')
        await desk.press('Unlink Sales')
        await bench.send()
        await push(bench, 'Sales')
      },
    },
    {
      id: 'okta-assigned-and-pushed',
      title: 'One group, two jobs',
      grade: 3,
      product: 'Okta',
      world: 'connected-okta',
      fault: 'okta-group-assigned-and-pushed',
      breakIt: (bench) => push(bench, 'Dialpad Users'),
      symptom: 'Members of Dialpad Users come and go in the group at Dialpad, although nobody changes anything.',
      where,
      right: {
        cause: 'The same group assigns people and is pushed.',
        because: 'The push may run before the accounts are there, and the other way round.',
      },
      wrong: [
        TOKEN,
        { cause: 'Two administrators work at once.', because: 'The System Log names nobody.' },
        { cause: 'The group was renamed.', because: 'It has the same name in both systems.' },
      ],
      mend: 'Use one group to assign and another to push: deactivate or unlink this push.',
      explanation: 'Okta advises separate groups, for the two do not wait for each other.',
      source: 'okta 8.1 (12), 8.2',
      hints: [
        'Look at Assignments > Groups and at Push Groups.',
        'Which name is on both?',
        'Push Groups, Dialpad Users: Deactivate group push.',
      ],
      solve: forget,
    },
  ]
}
