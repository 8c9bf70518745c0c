import { assign } from '#scenarios/walkthroughs/entra-lifecycle/assign.ts'
import { letCyclePass } from '#scenarios/walkthroughs/entra-lifecycle/cycles.ts'
import { chooseOnDemand } from '#scenarios/walkthroughs/entra-on-demand/people-on-demand.ts'
import { ENTRA_PROGRESS } from '#scenarios/walkthroughs/entra-progress/entra-progress.ts'
import { chooseScope } from '#scenarios/walkthroughs/entra-progress/follow.ts'
import { finding, missing } from '#scenarios/walkthroughs/finding.ts'
import { GROUP, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import {
  askColleague,
  letCycleEnd,
  letPass,
  openProvisioning,
  turnTo,
} from '#scenarios/walkthroughs/provisioning-pages.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { oftenOf } from '#scenarios/walkthroughs/witness/pages-opened.ts'
import type { Course } from '../lesson.ts'
import {
  AT_KIT,
  asked,
  atProvisioning,
  clockMoves,
  cycleSince,
  demands,
  openingLesson,
  rememberCycle,
  restarts,
} from './provisioning-lessons.ts'
import { appPage, formsOf, visits } from './visits.ts'

const { first, joins, elsewhere } = PEOPLE
/** Activity of the audit logs. */
const RESTART = 'Enable/restart provisioning configuration'
const CYCLE_MS = 40 * 60 * 1000

async function assignByColleague(walk: Walk, name: string): Promise<void> {
  const desk = await askColleague(walk)
  await openProvisioning(desk)
  await turnTo(desk, 'Users and groups')
  await assign(desk, name)
}

async function press(walk: Walk, label: string): Promise<void> {
  const desk = await walk.desk('entra')
  await desk.press(label)
}

async function restart(walk: Walk): Promise<void> {
  await press(walk, 'Restart provisioning')
  await letCycleEnd(walk)
}

const jobOf = async (walk: Walk) => (await pictureEntra(walk.control.entra)).job

/** Virtual milliseconds since the last cycle ended. */
async function sinceLastCycle(walk: Walk): Promise<number> {
  const { run } = await pictureEntra(walk.control.entra)
  const { now } = await walk.control.entra.clock()
  return Date.parse(now) - Date.parse(run?.lastExecution?.timeEnded ?? now)
}

/** Who has an account that is in use, of everybody Entra has ever brought together with one. */
async function inUse(walk: Walk): Promise<number> {
  const { log } = await pictureEntra(walk.control.entra)
  const dialpad = await pictureDialpad(walk.control.dialpad)
  const names = new Set(log.map(({ source }) => source.name ?? source.displayName))
  return [...names].filter((name) => dialpad.person(name)?.state === 'active').length
}

export const ENTRA_PROGRESS_COURSE: Course = {
  id: ENTRA_PROGRESS.id,
  walkthrough: ENTRA_PROGRESS,
  lessons: [
    openingLesson('progress/1'),
    {
      steps: ['progress/2', 'progress/3', 'progress/4'],
      start: atProvisioning(),
      hints: [
        'The Overview says what the last cycle was; who is assigned stands under Users and groups.',
        `Unfold the details, then have ${first.name} assigned, and see that the Overview stays as it is.`,
        `View provisioning details, View technical information. In another tab: Users and groups, Add user/group, ${first.name}, Select, Assign. On the Overview: Refresh.`,
      ],
      wrong: [
        {
          mistake: 'Somebody else was assigned.',
          hint: `Look at the name: it is ${first.name} whom the next lessons follow. Assign the right person.`,
          attempt: (walk) => assignByColleague(walk, joins.name),
          shows: async (walk) => {
            const { assigned } = await pictureEntra(walk.control.entra)
            return assigned.some((who) => who !== GROUP && who !== first.address)
          },
        },
        {
          mistake: 'The account was made at once, on demand.',
          hint: 'That is the way not to wait. What is to be seen here is that by itself nothing happens before the next cycle: begin the lesson again.',
          async attempt(walk) {
            await assignByColleague(walk, first.name)
            const desk = await walk.desk('entra')
            await turnTo(desk, 'Provision on demand')
            await chooseOnDemand(desk, first.name)
            await desk.press('Provision')
          },
          shows: async (walk) => (await demands(walk)) > 0,
        },
        {
          mistake: 'The clock was moved already.',
          hint: 'A cycle has run meanwhile. Looking before it is due is what this lesson is about: begin it again.',
          async attempt(walk) {
            await assignByColleague(walk, first.name)
            await letCyclePass(walk)
          },
          shows: async (walk) => (await clockMoves(walk)) > 0,
        },
      ],
    },
    {
      steps: ['progress/5'],
      start: [atProvisioning(), AT_KIT],
      setup: rememberCycle,
      async check(walk) {
        const person = (await pictureDialpad(walk.control.dialpad)).person(first.address)
        const cycle = await cycleSince(walk)
        return finding(
          `${cycle === undefined ? 'No cycle has run since' : `${cycle.kind} cycle: ${cycle.counts.created} created`}; ${first.name} is ${person?.state ?? 'not there'}.`,
          cycle?.kind === 'incremental',
          person?.state === 'active',
        )
      },
      hints: [
        'The clock of all systems is on the home of the kit.',
        'Move it as far as the fixed interval says.',
        'On the home select +40 min; on the Overview Refresh.',
      ],
      wrong: [
        {
          mistake: 'Only five minutes were let pass.',
          hint: 'The interval is forty minutes: nobody is created before. Let the rest pass.',
          attempt: (walk) => letPass(walk, 'PT5M'),
          shows: async (walk) => (await clockMoves(walk)) > 0 && (await cycleSince(walk)) === undefined,
        },
        {
          mistake: 'Provisioning was restarted to hurry it.',
          hint: 'A restart looks at everybody anew: an initial cycle, long where there are many. For one person wait for the next cycle: +40 min.',
          attempt: restart,
          shows: async (walk) => (await restarts(walk)) > 0,
        },
      ],
    },
    {
      steps: ['progress/6'],
      start: atProvisioning(),
      hints: [
        'The scope is one of the Properties, beside the Overview.',
        'Edit them, choose everybody, and apply.',
        'Properties, Edit properties, Scope: Sync all users and groups, Apply, Overview.',
      ],
      wrong: [
        {
          mistake: 'Applied without another scope.',
          hint: 'There was nothing to save. Choose Sync all users and groups before Apply.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.press('Properties', { within: 'Overview' })
            await desk.press('Edit properties')
            await desk.press('Apply')
          },
          shows: async (walk) => (await formsOf(walk, 'entra', { url: '/properties/edit' })) > 0,
        },
        {
          mistake: 'The scope was chosen and not applied.',
          hint: 'A choice counts once it is applied. Edit the properties again and select Apply.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.press('Properties', { within: 'Overview' })
            await desk.press('Edit properties')
            await desk.choose('Scope', 'Sync all users and groups')
            await desk.press('Overview', { within: 'Overview' })
          },
          shows: async (walk) => (await visits(walk, '/properties/edit')) > 0,
        },
      ],
    },
    {
      steps: ['progress/7', 'progress/8'],
      start: atProvisioning(),
      setup: rememberCycle,
      async check(walk) {
        const { run } = await pictureEntra(walk.control.entra)
        if (run?.cycle) return { ok: false, found: `The ${run.cycle.kind} cycle is under way.` }
        const cycle = await cycleSince(walk)
        if (run === undefined || cycle === undefined) return missing('cycle since the lesson began')
        const { users, groups } = run.statistics
        return finding(
          `${cycle.kind} cycle: ${cycle.counts.created} created, ${cycle.counts.failed} failed; ${users} users and ${groups} groups to date.`,
          cycle.kind === 'initial',
          users > 20,
          groups > 1,
        )
      },
      hints: [
        'The commands are above the Overview.',
        'A new scope takes effect with a restart; then wait until the cycle is complete.',
        'Restart provisioning; when the bar says 100% complete, Refresh.',
      ],
      wrong: [
        {
          mistake: 'A cycle was waited for instead of restarting.',
          hint: 'An incremental cycle looks at what has changed only: the new scope does nothing. Select Restart provisioning.',
          attempt: letCyclePass,
          shows: async (walk) => (await clockMoves(walk)) > 0 && (await restarts(walk)) === 0,
        },
        {
          mistake: 'Provisioning was stopped.',
          hint: 'Nothing runs any more. Select Start provisioning, then Restart provisioning.',
          attempt: (walk) => press(walk, 'Stop provisioning'),
          shows: async (walk) => (await jobOf(walk))?.state === 'Paused',
        },
      ],
    },
    {
      steps: ['progress/9'],
      start: atProvisioning(),
      // Dialpad was slow for the last lesson only.
      setup: (walk) => walk.control.dialpad.clearFaults(),
      async check(walk) {
        const { job, run } = await pictureEntra(walk.control.entra)
        const person = (await pictureDialpad(walk.control.dialpad)).person(elsewhere.address)
        const active = await inUse(walk)
        return finding(
          `The scope is ${job?.scope}, ${elsewhere.name} is ${person?.state}; ${run?.statistics.users} users to date, of whom ${active} are active.`,
          job?.scope === 'assigned',
          person?.state === 'suspended',
          run !== undefined && run.statistics.users > active,
        )
      },
      hints: [
        'The scope is one of the Properties, Restart is on the Overview.',
        'Choose assigned users and groups, and restart: only then everybody is looked at again.',
        'Properties, Edit properties, Scope: Sync only assigned users and groups, Apply, Overview, Restart provisioning.',
      ],
      wrong: [
        {
          mistake: 'The scope was changed and provisioning not restarted.',
          hint: 'Whoever is out of the new scope stays active until then. Select Restart provisioning on the Overview.',
          attempt: async (walk) => chooseScope(await walk.desk('entra'), 'Sync only assigned users and groups'),
          shows: async (walk) => (await jobOf(walk))?.scope === 'assigned' && (await restarts(walk)) === 0,
        },
        {
          mistake: 'Provisioning was restarted with the old scope.',
          hint: 'Everybody is still in scope. Choose Sync only assigned users and groups under Properties, then restart again.',
          attempt: restart,
          shows: async (walk) => (await jobOf(walk))?.scope === 'all' && (await restarts(walk)) > 0,
        },
      ],
    },
    {
      steps: ['progress/10'],
      start: [atProvisioning(), AT_KIT],
      async check(walk) {
        const job = await jobOf(walk)
        const minutes = Math.floor((await sinceLastCycle(walk)) / 60_000)
        return finding(
          `The configuration is ${job?.state}; the last cycle ended ${minutes} minutes ago.`,
          job?.state === 'Paused',
          minutes * 60_000 >= CYCLE_MS,
        )
      },
      hints: [
        'The command is above the Overview; the clock is on the home of the kit.',
        'Stop, then let pass what would be enough for a cycle.',
        'Stop provisioning; on the home +40 min.',
      ],
      wrong: [
        {
          mistake: 'Provisioning was stopped, and no time has passed.',
          hint: 'That nothing runs shows only when a cycle would be due. Move the clock by forty minutes.',
          attempt: (walk) => press(walk, 'Stop provisioning'),
          shows: async (walk) => (await jobOf(walk))?.state === 'Paused',
        },
        {
          mistake: 'Restart was pressed instead of Stop.',
          hint: 'That begins an initial cycle. The command that ends the cycles is Stop provisioning.',
          attempt: restart,
          shows: async (walk) => (await restarts(walk)) > 0,
        },
      ],
    },
    {
      steps: ['progress/11'],
      start: atProvisioning(),
      setup: rememberCycle,
      async check(walk) {
        const job = await jobOf(walk)
        const cycle = await cycleSince(walk)
        return finding(
          `The configuration is ${job?.state}; ${cycle === undefined ? 'no cycle has run since' : `${cycle.kind} cycle ${cycle.state}`}.`,
          job?.state === 'Active',
          cycle?.kind === 'incremental',
        )
      },
      hints: [
        'The command is above the Overview.',
        'Start goes on where it was left; Restart begins from the first page.',
        'Select Start provisioning.',
      ],
      wrong: [
        {
          mistake: 'Restart was pressed instead of Start.',
          hint: 'Everybody was looked at again, in an initial cycle. Start goes on with what has changed: begin the lesson again.',
          attempt: restart,
          shows: async (walk) => (await restarts(walk)) > 0,
        },
        {
          mistake: 'It was waited for the next cycle.',
          hint: 'While provisioning is stopped none comes, however long. Select Start provisioning.',
          attempt: letCyclePass,
          shows: async (walk) => (await jobOf(walk))?.state === 'Paused' && (await clockMoves(walk)) > 0,
        },
      ],
    },
    {
      steps: ['progress/12'],
      start: atProvisioning(),
      async check(walk) {
        const { log } = await pictureEntra(walk.control.entra)
        const actions = log.filter(({ source }) => source.displayName === elsewhere.name).map(({ action }) => action)
        const sought = (await asked(walk, '/provisioning/logs?', 'identity')).filter((text) => isAbout(text))
        return finding(
          `${elsewhere.name} was looked for ${oftenOf(sought.length)}. The log has of them: ${actions.join(', then ') || 'nothing'}.`,
          sought.length > 0,
          actions.includes('Create'),
          actions.includes('Disable'),
        )
      },
      hints: [
        'A link below the bar leads to the logs.',
        'Look for the person by Identity.',
        `View provisioning logs, Identity ${elsewhere.name}, Apply.`,
      ],
      wrong: [
        {
          mistake: 'The logs were opened and nobody looked for.',
          hint: `With many people nobody finds one by reading. Enter ${elsewhere.name} under Identity, and apply.`,
          attempt: (walk) => press(walk, 'View provisioning logs'),
          shows: async (walk) => (await visits(walk, '/provisioning/logs')) > 0,
        },
        {
          mistake: 'It was looked for under Users and groups.',
          hint: 'That tells who is assigned, not what became of them. Take View provisioning logs on the Overview.',
          attempt: async (walk) => turnTo(await walk.desk('entra'), 'Users and groups'),
          shows: async (walk) => (await visits(walk, await appPage('/users')(walk))) > 0,
        },
      ],
    },
    {
      steps: ['progress/13'],
      start: atProvisioning('/logs'),
      async check(walk) {
        const { audit } = await pictureEntra(walk.control.entra)
        const count = (activity: string): number => audit.filter((event) => event.activity === activity).length
        const sought = await asked(walk, '/audit?', 'activity')
        return finding(
          `Looked for: ${sought.join(', ') || 'no activity'}. There are ${count(RESTART)} restarts.`,
          sought.includes(RESTART),
          count(RESTART) > 0,
        )
      },
      hints: [
        'What people did to the configuration is in the audit logs of the app, not in the provisioning logs.',
        'Filter them by the activity of a restart.',
        `Users and groups, Audit logs, Activity ${RESTART}, Apply.`,
      ],
      wrong: [
        {
          mistake: 'The activity of a start was chosen.',
          hint: `Start and restart are two activities. Choose ${RESTART}.`,
          async attempt(walk) {
            const desk = await openAudit(walk)
            await desk.choose('Activity', 'Enable/start provisioning configuration')
            await desk.press('Apply')
          },
          shows: async (walk) => (await asked(walk, '/audit?', 'activity')).length > 0,
        },
        {
          mistake: 'The audit logs were opened and not filtered.',
          hint: 'Everything that was ever done to the app stands there. Choose the Activity, and apply.',
          attempt: async (walk) => void (await openAudit(walk)),
          shows: async (walk) => (await visits(walk, '/audit')) > 0,
        },
      ],
    },
  ],
}

const isAbout = (text: string): boolean => elsewhere.name.toLowerCase().includes(text.trim().toLowerCase())

async function openAudit(walk: Walk) {
  const desk = await walk.desk('entra')
  await desk.open(await appPage('/audit')(walk))
  return desk
}
