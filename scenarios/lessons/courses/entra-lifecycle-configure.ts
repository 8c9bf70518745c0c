import { letCyclePass } from '#scenarios/walkthroughs/entra-lifecycle/cycles.ts'
import { finding } from '#scenarios/walkthroughs/finding.ts'
import { GROUP, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { signInToEntra } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { tellOpened } from '#scenarios/walkthroughs/witness/pages-opened.ts'
import type { Lesson } from '../lesson.ts'
import { connectionMistakes, judgeConfiguration } from './entra-connection-lessons.ts'
import { mappingLesson } from './entra-mapping-lesson.ts'
import { AT_HOME, atProvisioning, clockMoves, demands, READER } from './provisioning-lessons.ts'
import { appPage, count, formsOf, visits } from './visits.ts'

const { first, seller } = PEOPLE
const jobOf = async (walk: Walk) => (await pictureEntra(walk.control.entra)).job

const openAt = async (walk: Walk, below: string) => {
  const desk = await walk.desk('entra')
  await desk.open(await appPage(`/provisioning${below}`)(walk))
  return desk
}

/** Open the pencil of the properties and apply what `fill` changes. */
async function editProperties(walk: Walk, ticks: readonly string[], email?: string): Promise<void> {
  const desk = await openAt(walk, '/properties/edit')
  for (const label of ticks) await desk.tick(label)
  if (email !== undefined) await desk.fill('Notification email address', email)
  await desk.press('Apply')
}

async function demand(walk: Walk, name: string, press: string): Promise<void> {
  const desk = await openAt(walk, '/on-demand')
  await desk.fill('Select a user or group', name)
  await desk.enter()
  await desk.press(name)
  await desk.press(press)
}

/** Seed 001, "Configure automatic user provisioning to Dialpad". */
export const LIFECYCLE_CONFIGURE: readonly Lesson[] = [
  {
    steps: ['001/config/1', '001/config/2', '001/config/3', '001/config/4'],
    start: AT_HOME,
    async check(walk) {
      const opened = await visits(walk, await appPage('/provisioning')(walk))
      return finding(await tellOpened(walk, 'entra', 'Provisioning of Dialpad', opened), opened > 0)
    },
    hints: [
      'It is a page of the app, in the admin center.',
      'Enterprise apps lists the apps; select Dialpad there, and look at the list at its left.',
      'Entra ID, Enterprise apps, Dialpad, Provisioning.',
    ],
    wrong: [
      {
        mistake: 'Gone there as a Global Reader.',
        hint: 'That role reads no provisioning. Sign in as a Cloud Application Administrator.',
        async attempt(walk) {
          const desk = await walk.desk('entra', 'reader')
          await desk.open('/admin')
          await signInToEntra(desk, READER)
          await desk.open(await appPage('/provisioning')(walk))
        },
        shows: async (walk) => (await visits(walk, '/provisioning', 403)) > 0,
      },
      {
        mistake: 'Users and groups was opened.',
        hint: 'There you say who. How they get their accounts is under Provisioning, further down in the list.',
        attempt: async (walk) => (await walk.desk('entra')).open(await appPage('/users')(walk)),
        shows: async (walk) => (await visits(walk, await appPage('/users')(walk))) > 0,
      },
      {
        mistake: 'Stopped at the Overview of the app.',
        hint: 'This is the app itself. Provisioning is further down in the list at the left.',
        attempt: async (walk) => (await walk.desk('entra')).open(await appPage()(walk)),
        shows: async (walk) => (await visits(walk, await appPage()(walk))) > 0,
      },
    ],
  },
  {
    steps: ['001/config/5', '001/config/6', '001/config/7'],
    start: atProvisioning(),
    needs: ['apiKey'],
    check: judgeConfiguration,
    hints: [
      'A configuration says where Dialpad is, and with which key it lets Entra in.',
      'New configuration opens the form: test the connection with both values first, then create.',
      '+ New configuration; Tenant URL: https://dialpad.com/scim; Secret Token: the key from Dialpad; Test Connection; Create.',
    ],
    wrong: connectionMistakes(async (walk) => (await walk.desk('entra')).press('+ New configuration')),
  },
  {
    steps: ['001/config/8', '001/config/9'],
    start: atProvisioning(),
    async check(walk) {
      const job = await jobOf(walk)
      return finding(
        `Mails are ${job?.notification.enabled ? 'on' : 'off'}, to ${job?.notification.email || 'nobody'}; the prevention of accidental deletions is ${job?.deletionGuard.enabled ? `on, from ${job.deletionGuard.threshold}` : 'off'}.`,
        job?.notification.enabled === true,
        job?.notification.email !== '',
        job?.deletionGuard.enabled === true,
      )
    },
    hints: [
      'The Overview of provisioning has a second tab.',
      'Properties has a pencil. Turn on the mails and the prevention of accidental deletions, and say who gets the mails.',
      'Overview, Properties, Edit properties; tick both boxes; Notification email address: it-ops@brightwave.example; Apply.',
    ],
    wrong: [
      {
        mistake: 'Mails were turned on without an address.',
        hint: 'It was refused: somebody has to receive them. Enter an address and apply again.',
        attempt: (walk) =>
          editProperties(walk, ['Enable notification emails', 'Enable accidental deletions prevention'], ''),
        shows: async (walk) => (await formsOf(walk, 'entra', { url: '/properties/edit', status: 422 })) > 0,
      },
      {
        mistake: 'Mails were turned on, and the deletions left unguarded.',
        hint: 'A wrong filter would then suspend everybody at once. Enable accidental deletions prevention too.',
        attempt: (walk) => editProperties(walk, ['Enable notification emails'], 'it-ops@brightwave.example'),
        shows: async (walk) => {
          const job = await jobOf(walk)
          return job?.notification.enabled === true && !job.deletionGuard.enabled
        },
      },
      {
        mistake: 'An address was given, and mails left off.',
        hint: 'An address alone sends nothing. Tick Enable notification emails too.',
        attempt: (walk) => editProperties(walk, [], 'it-ops@brightwave.example'),
        shows: async (walk) => {
          const job = await jobOf(walk)
          return job?.notification.enabled === false && job.notification.email !== ''
        },
      },
    ],
  },
  mappingLesson(['001/config/10', '001/config/11'], atProvisioning(), 'Attribute Mapping, Users, Save.'),
  {
    steps: ['001/config/12'],
    start: atProvisioning(),
    hints: [
      'It is a page of its own below the Overview.',
      `Choose ${first.name} there and provision: only this account is made.`,
      `Provision on demand; Select a user or group: ${first.name}; Search; the name; Provision.`,
    ],
    wrong: [
      {
        mistake: 'Preview was pressed instead of Provision.',
        hint: 'A preview tells what would be done, and sends nothing. Select Provision.',
        attempt: (walk) => demand(walk, first.name, 'Preview'),
        shows: async (walk) => (await formsOf(walk, 'entra', { url: '/on-demand', status: 200 })) > 0,
      },
      {
        mistake: 'Somebody else was provisioned.',
        hint: `Look at the name. Provision ${first.name}.`,
        attempt: (walk) => demand(walk, seller.name, 'Provision'),
        shows: async (walk) => (await demands(walk)) > 0,
      },
      {
        mistake: 'The person was chosen, and not provisioned.',
        hint: 'To choose somebody does nothing yet. Select Provision.',
        async attempt(walk) {
          const desk = await openAt(walk, '/on-demand')
          await desk.fill('Select a user or group', first.name)
          await desk.enter()
          await desk.press(first.name)
        },
        shows: async (walk) => (await visits(walk, '/on-demand?object=')) > 0,
      },
    ],
  },
  {
    steps: ['001/config/13'],
    start: atProvisioning(),
    hints: [
      'Nothing is provisioned by itself until it is started.',
      'The button is above the Overview of provisioning.',
      'Overview, Start provisioning; wait for "Initial cycle completed."',
    ],
    wrong: [
      {
        mistake: 'The clock was moved, and provisioning not started.',
        hint: 'Time alone does nothing: "Initial cycle not run." Select Start provisioning on the Overview.',
        attempt: letCyclePass,
        shows: async (walk) => (await clockMoves(walk)) > 0 && (await jobOf(walk))?.state === 'Paused',
      },
      {
        mistake: 'Provisioning was stopped again.',
        hint: 'It will not go on by itself. Select Start provisioning, and leave it so.',
        async attempt(walk) {
          const desk = await openAt(walk, '')
          await desk.press('Start provisioning')
          await desk.press('Stop provisioning')
        },
        shows: async (walk) => (await formsOf(walk, 'entra', { url: '/provisioning/stop', status: 303 })) > 0,
      },
      {
        mistake: 'One person after another was provisioned on demand.',
        hint: `That never ends: ${GROUP} has more members, and everybody changes. Select Start provisioning on the Overview.`,
        attempt: (walk) => demand(walk, seller.name, 'Provision'),
        shows: async (walk) => (await demands(walk)) > 0,
      },
    ],
  },
]

/** Seed 001, "Monitor your deployment". */
export const LIFECYCLE_MONITOR: readonly Lesson[] = [
  {
    steps: ['001/monitor/1'],
    start: atProvisioning(),
    async check(walk) {
      const opened = await visits(walk, await appPage('/provisioning/logs')(walk))
      const { log } = await pictureEntra(walk.control.entra)
      const created = log.filter(({ action, status }) => action === 'Create' && status === 'Success')
      return finding(
        `${await tellOpened(walk, 'entra', 'The provisioning logs', opened)} They have ${log.length} entries, ${created.length} of them about somebody created.`,
        opened > 0,
        created.length > 0,
      )
    },
    hints: [
      'What the service did for each person is written down.',
      'The left list of provisioning has it under Monitor.',
      'Provisioning logs; look at the columns Identity, Action and Status.',
    ],
    wrong: [
      {
        mistake: 'The audit logs were opened.',
        hint: 'They tell what administrators changed. What was done for people is in the provisioning logs.',
        attempt: async (walk) => (await walk.desk('entra')).open('/admin/audit-logs'),
        shows: async (walk) => (await visits(walk, 'audit')) > 0,
      },
      {
        mistake: 'Looked among the users assigned.',
        hint: 'That list says who should have an account. Whether it came to be is in the provisioning logs.',
        attempt: async (walk) => (await walk.desk('entra')).open(await appPage('/users')(walk)),
        shows: async (walk) => (await visits(walk, await appPage('/users')(walk))) > 0,
      },
    ],
  },
  {
    steps: ['001/monitor/2', '001/monitor/3'],
    start: atProvisioning('/logs'),
    async check(walk) {
      const { run } = await pictureEntra(walk.control.entra)
      const href = await appPage('/provisioning')(walk)
      const opened = await count(walk, 'entra', { kind: 'http-in', method: 'GET', url: href, status: 200 })
      const others = await visits(walk, `${href}/`)
      return finding(
        `${await tellOpened(walk, 'entra', 'The Overview', opened - others)} ${run?.quarantine ? 'It is in quarantine' : 'There is no quarantine'}.`,
        opened > others,
        !run?.cycle,
        !run?.quarantine,
      )
    },
    hints: [
      'The Overview of provisioning has a bar and two numbers.',
      'The bar tells how far the cycle is, the numbers how many were ever brought together. A red banner would be a quarantine.',
      'Overview in the left list; Current cycle status says 100% complete, and there is no banner.',
    ],
    wrong: [
      {
        mistake: 'The properties were opened.',
        hint: 'They say how it is set up. How it goes is on the first tab, Overview.',
        attempt: async (walk) => void (await openAt(walk, '/properties')),
        shows: async (walk) => (await visits(walk, '/provisioning/properties')) > 0,
      },
      {
        mistake: 'The Overview of the app was opened, not that of its provisioning.',
        hint: 'That one tells about sign-ins. Select Provisioning in its list, and you are there.',
        attempt: async (walk) => (await walk.desk('entra')).open(await appPage()(walk)),
        shows: async (walk) => (await visits(walk, await appPage()(walk))) > 0,
      },
    ],
  },
]
