import { ENTRA_DELETIONS } from '#scenarios/walkthroughs/entra-deletions/entra-deletions.ts'
import { MAILBOX, THRESHOLD } from '#scenarios/walkthroughs/entra-deletions/stage.ts'
import { LEAVING, pictureDeletions } from '#scenarios/walkthroughs/entra-deletions/staged.ts'
import { assign } from '#scenarios/walkthroughs/entra-lifecycle/assign.ts'
import { letCyclePass } from '#scenarios/walkthroughs/entra-lifecycle/cycles.ts'
import { finding } from '#scenarios/walkthroughs/finding.ts'
import { GROUP } from '#scenarios/walkthroughs/people.ts'
import { letCycleEnd, letPass, turnTo, unassign } from '#scenarios/walkthroughs/provisioning-pages.ts'
import type { Desk, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { mailsTo } from '#scenarios/walkthroughs/witness/mails.ts'
import { markDialpad } from '#scenarios/walkthroughs/witness/since.ts'
import type { Course, Mistake } from '../lesson.ts'
import {
  AT_HOME,
  AT_KIT,
  asked,
  atProvisioning,
  clockMoves,
  cycleSince,
  openingLesson,
  rememberCycle,
  restarts,
} from './provisioning-lessons.ts'
import { appPage, formsOf, visits } from './visits.ts'

const LOGS = '/provisioning/logs'
/** What the threshold is when nobody has changed it. */
const DEFAULT_THRESHOLD = 500

const guardOf = async (walk: Walk) => (await pictureEntra(walk.control.entra)).job?.deletionGuard

const isAssigned = async (walk: Walk): Promise<boolean> =>
  (await pictureEntra(walk.control.entra)).assigned.includes(GROUP)

const allowed = (walk: Walk): Promise<number> => formsOf(walk, 'entra', { url: '/allow-deletes', status: 303 })

async function editProperties(walk: Walk): Promise<Desk> {
  const desk = await walk.desk('entra')
  await desk.press('Properties', { within: 'Overview' })
  await desk.press('Edit properties')
  return desk
}

async function allowDeletes(walk: Walk): Promise<void> {
  const desk = await walk.desk('entra')
  await desk.open(await appPage('/provisioning')(walk))
  await desk.press('Allow deletes')
  await desk.press('Yes')
  await letCycleEnd(walk)
}

async function restart(walk: Walk): Promise<void> {
  const desk = await walk.desk('entra')
  await desk.press('Restart provisioning')
  await letCycleEnd(walk)
}

/** Deletions that were to be held back were allowed. */
const ALLOWED: Mistake = {
  mistake: 'The deletions were allowed.',
  hint: 'They are sent: five people are suspended and the group is gone in Dialpad. Allow only what is meant. Begin the lesson again.',
  attempt: allowDeletes,
  shows: async (walk) => (await allowed(walk)) > 0,
}

/** How the group is lost, by mistake or on purpose, and the guard not met. */
const NOT_LOST: readonly [Mistake, Mistake] = [
  {
    mistake: 'The group was removed, and no time has passed.',
    hint: 'The guard looks at what a cycle would send, so there has to be one. Move the clock: +40 min on the home of the kit.',
    async attempt(walk) {
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Users and groups')
      await unassign(desk, GROUP)
    },
    shows: async (walk) => !(await isAssigned(walk)) && (await clockMoves(walk)) === 0,
  },
  {
    mistake: 'The removal was not confirmed.',
    hint: `${GROUP} is still assigned. Select it under Users and groups, Remove, and Remove once more.`,
    async attempt(walk) {
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Users and groups')
      await desk.tick(`Select ${GROUP}`)
      await desk.press('Remove')
    },
    shows: async (walk) => (await isAssigned(walk)) && (await visits(walk, '/users/remove')) > 0,
  },
]

const LOSING = [
  'Assignments are under Users and groups of the app; the clock is on the home of the kit.',
  'Remove the group, let the next cycle come, and look at the Overview.',
  `Users and groups, Select ${GROUP}, Remove, Remove; on the home +40 min; Provisioning.`,
] as const

export const ENTRA_DELETIONS_COURSE: Course = {
  id: ENTRA_DELETIONS.id,
  walkthrough: ENTRA_DELETIONS,
  lessons: [
    openingLesson('deletions/1'),
    {
      steps: ['deletions/2'],
      start: atProvisioning(),
      hints: [
        'Properties is the second tab beside the Overview.',
        'It takes an address to write to, the box that enables the prevention, and a number smaller than the company.',
        `Properties, Edit properties, Enable notification emails, Notification email address ${MAILBOX}, Enable accidental deletions prevention, Accidental deletion threshold ${THRESHOLD}, Apply.`,
      ],
      wrong: [
        {
          mistake: `The default of ${DEFAULT_THRESHOLD} was kept.`,
          hint: `In a company of fifty the guard never trips. Edit the properties again: ${THRESHOLD}.`,
          async attempt(walk) {
            const desk = await editProperties(walk)
            await desk.tick('Enable notification emails')
            await desk.fill('Notification email address', MAILBOX)
            await desk.tick('Enable accidental deletions prevention')
            await desk.press('Apply')
          },
          shows: async (walk) => {
            const guard = await guardOf(walk)
            return guard?.enabled === true && guard.threshold === DEFAULT_THRESHOLD
          },
        },
        {
          mistake: 'A threshold was entered, and the prevention not enabled.',
          hint: 'The number alone guards nothing. Tick Enable accidental deletions prevention.',
          async attempt(walk) {
            const desk = await editProperties(walk)
            await desk.fill('Accidental deletion threshold', String(THRESHOLD))
            await desk.press('Apply')
          },
          shows: async (walk) => {
            const guard = await guardOf(walk)
            return guard?.enabled === false && guard.threshold === THRESHOLD
          },
        },
        {
          mistake: 'No address was given.',
          hint: 'The prevention needs somebody to write to, so it is not taken over. Enter the notification email address.',
          async attempt(walk) {
            const desk = await editProperties(walk)
            await desk.tick('Enable accidental deletions prevention')
            await desk.fill('Accidental deletion threshold', String(THRESHOLD))
            await desk.press('Apply')
          },
          shows: async (walk) => (await formsOf(walk, 'entra', { url: '/properties/edit', status: 422 })) > 0,
        },
      ],
    },
    { steps: ['deletions/3'], start: [atProvisioning(), AT_KIT], hints: LOSING, wrong: NOT_LOST },
    {
      steps: ['deletions/4'],
      start: atProvisioning(),
      setup: markDialpad,
      hints: [
        'The banner is on the Overview of provisioning.',
        'Of the two ways on that it offers take the one that changes nothing.',
        'View provisioning logs.',
      ],
      wrong: [
        ALLOWED,
        {
          mistake: 'The audit logs were opened.',
          hint: 'They tell that the job is in quarantine, not who is to go. Take View provisioning logs in the banner.',
          attempt: async (walk) => (await walk.desk('entra')).open(await appPage('/audit')(walk)),
          shows: async (walk) => (await visits(walk, '/audit')) > 0,
        },
      ],
    },
    {
      steps: ['deletions/5'],
      start: atProvisioning('/logs'),
      async check(walk) {
        const { log } = await pictureEntra(walk.control.entra)
        const entries = log.filter(({ action }) => action === 'StagedDelete')
        const read: string[] = []
        for (const { key, source } of entries) {
          if ((await visits(walk, `${LOGS}/${key}`)) > 0) read.push(source.displayName)
        }
        return finding(
          `${entries.length} entries of StagedDelete; read: ${read.join(', ') || 'none'}.`,
          entries.length === LEAVING,
          read.length > 0,
        )
      },
      hints: [
        'The filters are above the list.',
        'What waits has an action of its own. One of the entries tells why.',
        'Action StagedDelete, Apply; select the line of Ben Castillo; Steps.',
      ],
      wrong: [
        {
          mistake: 'The action Delete was chosen.',
          hint: 'Nothing was deleted, so the list is empty. What is held back is StagedDelete.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.choose('Action', 'Delete')
            await desk.press('Apply')
          },
          shows: async (walk) => (await asked(walk, LOGS, 'action')).includes('Delete'),
        },
        {
          mistake: 'The action Disable was chosen.',
          hint: 'Nobody was disabled, so the list is empty. What is held back is StagedDelete.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.choose('Action', 'Disable')
            await desk.press('Apply')
          },
          shows: async (walk) => (await asked(walk, LOGS, 'action')).includes('Disable'),
        },
        {
          mistake: 'The list was filtered, and no entry opened.',
          hint: 'The list says who, an entry says why. Open one.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.choose('Action', 'StagedDelete')
            await desk.press('Apply')
          },
          shows: async (walk) => (await asked(walk, LOGS, 'action')).includes('StagedDelete'),
        },
      ],
    },
    {
      steps: ['deletions/6'],
      start: [AT_KIT, AT_HOME],
      async check(walk) {
        const mails = await mailsTo(walk.control.kit, MAILBOX)
        const { audit } = await pictureEntra(walk.control.entra)
        const events = audit.filter(({ activity }) => activity === 'Quarantine')
        const sought = await asked(walk, '/audit?', 'activity')
        return finding(
          `${mails.length} mail; ${events.length} audit event: ${events[0]?.reason} Looked for: ${sought.join(', ') || 'no activity'}.`,
          mails.some(({ text }) => text.includes('TooManyDeletes')),
          events.some(({ reason }) => reason.includes('TooManyDeletes')),
          sought.includes('Quarantine'),
        )
      },
      hints: [
        'The mail is on the home of the kit; the audit logs are among the pages of the app.',
        'Read the reason in the mail, then filter the audit logs by the activity.',
        'On the home Mail, the newest. Enterprise apps, Dialpad, Audit logs, Activity Quarantine, Apply, the line.',
      ],
      wrong: [
        {
          mistake: 'It was looked for in the provisioning logs.',
          hint: 'There are the six who are to go. That the job is in quarantine stands in the audit logs of the app.',
          attempt: async (walk) => (await walk.desk('entra')).open(await appPage(LOGS)(walk)),
          shows: async (walk) => (await visits(walk, LOGS)) > 0,
        },
        {
          mistake: 'Another activity was chosen.',
          hint: 'That tells who changed the settings. Choose the activity Quarantine, and apply.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.open(await appPage('/audit')(walk))
            await desk.choose('Activity', 'Update provisioning setting or credentials')
            await desk.press('Apply')
          },
          shows: async (walk) => (await asked(walk, '/audit?', 'activity')).length > 0,
        },
      ],
    },
    {
      steps: ['deletions/7'],
      start: [atProvisioning(), AT_KIT],
      setup: markDialpad,
      hints: [
        'The command is above the Overview.',
        'It is to be seen that a restart alone does not help.',
        'Select Restart provisioning, and wait for the banner.',
      ],
      wrong: [
        ALLOWED,
        {
          mistake: 'It was waited instead of restarting.',
          hint: 'What is held back waits for an answer, however long that takes. Select Restart provisioning.',
          attempt: letCyclePass,
          shows: async (walk) => (await clockMoves(walk)) > 0 && (await restarts(walk)) === 0,
        },
      ],
    },
    {
      steps: ['deletions/8'],
      start: atProvisioning(),
      setup: markDialpad,
      hints: [
        'The cause is that the group is not assigned any more.',
        'First assign it again, then restart; in this order.',
        `Users and groups, Add user/group, ${GROUP}, Select, Assign; Provisioning, Restart provisioning.`,
      ],
      wrong: [
        {
          mistake: 'Provisioning was restarted before the cause was undone.',
          hint: `The same six are to go, and are held back again. Assign ${GROUP} first.`,
          attempt: restart,
          shows: async (walk) => (await restarts(walk)) > 0 && !(await isAssigned(walk)),
        },
        {
          mistake: 'The group was assigned, and provisioning not restarted.',
          hint: 'The quarantine stands until the next attempt, which is hours away. Select Restart provisioning.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await turnTo(desk, 'Users and groups')
            await assign(desk, GROUP)
          },
          shows: async (walk) => (await restarts(walk)) === 0 && (await isAssigned(walk)),
        },
        ALLOWED,
      ],
    },
    { steps: ['deletions/9'], start: [atProvisioning(), AT_KIT], hints: LOSING, wrong: NOT_LOST },
    {
      steps: ['deletions/10'],
      start: [atProvisioning(), AT_KIT],
      hints: [
        'The banner on the Overview offers it.',
        'It asks once more, because there is no way back.',
        'Allow deletes, Yes.',
      ],
      wrong: [
        {
          mistake: 'The question was not answered with Yes.',
          hint: 'Nothing was sent. Select Allow deletes once more, and answer Yes.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.press('Allow deletes')
          },
          shows: async (walk) => (await visits(walk, '/allow-deletes')) > 0 && (await allowed(walk)) === 0,
        },
        {
          mistake: 'Provisioning was restarted instead.',
          hint: 'A restart looks anew, finds the same six, and holds them back again. Select Allow deletes in the banner.',
          attempt: restart,
          shows: async (walk) => (await restarts(walk)) > 0 && (await allowed(walk)) === 0,
        },
      ],
    },
    {
      steps: ['deletions/11'],
      start: [atProvisioning(), AT_KIT],
      setup: rememberCycle,
      async check(walk) {
        const { quarantine, sent, found } = await pictureDeletions(walk)
        const cycle = await cycleSince(walk)
        return finding(
          `${cycle === undefined ? 'No cycle has run since' : `${cycle.kind} cycle ${cycle.state}`}. ${found}`,
          cycle?.kind === 'incremental',
          cycle?.state === 'Succeeded',
          quarantine === null,
          sent === 0,
        )
      },
      hints: [
        'The clock is on the home of the kit.',
        'The interval is forty minutes again.',
        'On the home +40 min; on the Overview Refresh.',
      ],
      wrong: [
        {
          mistake: 'Too little time was let pass.',
          hint: 'The next cycle is due forty minutes after the last. Let the rest pass.',
          attempt: (walk) => letPass(walk, 'PT5M'),
          shows: async (walk) => (await clockMoves(walk)) > 0 && (await cycleSince(walk)) === undefined,
        },
        {
          mistake: 'Provisioning was restarted, which was not needed.',
          hint: 'It is healthy already, so that was an initial cycle for nothing. Let forty minutes pass.',
          attempt: restart,
          shows: async (walk) => (await restarts(walk)) > 0,
        },
      ],
    },
  ],
}
