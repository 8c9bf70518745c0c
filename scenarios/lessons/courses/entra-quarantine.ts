import { assign } from '#scenarios/walkthroughs/entra-lifecycle/assign.ts'
import { letCyclePass } from '#scenarios/walkthroughs/entra-lifecycle/cycles.ts'
import { chooseOnDemand } from '#scenarios/walkthroughs/entra-on-demand/people-on-demand.ts'
import { KEY_NAME, MAILBOX } from '#scenarios/walkthroughs/entra-quarantine/enter.ts'
import { ENTRA_QUARANTINE } from '#scenarios/walkthroughs/entra-quarantine/entra-quarantine.ts'
import { NEW_KEY } from '#scenarios/walkthroughs/entra-quarantine/leave.ts'
import { finding, missing } from '#scenarios/walkthroughs/finding.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import {
  askColleague,
  letCycleEnd,
  letPass,
  openProvisioning,
  turnTo,
} from '#scenarios/walkthroughs/provisioning-pages.ts'
import type { Desk, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { logInToDialpad } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { mailsTo } from '#scenarios/walkthroughs/witness/mails.ts'
import { oftenOf } from '#scenarios/walkthroughs/witness/pages-opened.ts'
import { tellCycle } from '#scenarios/walkthroughs/witness/tell-cycle.ts'
import type { Course, Start } from '../lesson.ts'
import { AT_KIT, asked, atProvisioning, clockMoves, demands, openingLesson, restarts } from './provisioning-lessons.ts'
import { appPage, count, formsOf, pagesOf, visits } from './visits.ts'

const { first, owner } = PEOPLE
const KEYS = '/admin/company/authentication/api-keys'
const AT_KEYS: Start = { system: 'dialpad', path: KEYS, as: owner }
const PROPERTIES = '/properties/edit'
const CONNECTIVITY = '/provisioning/connectivity'

const jobOf = async (walk: Walk) => (await pictureEntra(walk.control.entra)).job
const quarantineOf = async (walk: Walk) => (await pictureEntra(walk.control.entra)).run?.quarantine ?? undefined

const isAssigned = async (walk: Walk): Promise<boolean> =>
  (await pictureEntra(walk.control.entra)).assigned.includes(first.address)

async function assignFirst(walk: Walk): Promise<void> {
  const desk = await askColleague(walk)
  await openProvisioning(desk)
  await turnTo(desk, 'Users and groups')
  await assign(desk, first.name)
}

async function editProperties(walk: Walk): Promise<Desk> {
  const desk = await walk.desk('entra')
  await desk.press('Properties', { within: 'Overview' })
  await desk.press('Edit properties')
  return desk
}

const restartNow = async (walk: Walk): Promise<void> => {
  await (await walk.desk('entra')).press('Restart provisioning')
  await letCycleEnd(walk)
}

/** Keys that are still good and not the one that was revoked. */
const newKeys = async (walk: Walk) =>
  (await pictureDialpad(walk.control.dialpad)).keys.filter(
    ({ name, revokedAt }) => name !== KEY_NAME && revokedAt === undefined,
  )

const readKeys = (walk: Walk, below = ''): Promise<number> =>
  pagesOf(walk, 'dialpad', { url: `${KEYS}${below}`, status: 200 })

/** How often the connection was tested or saved with a form that was shown again: a test is answered, a refusal too. */
const shownAgain = (walk: Walk): Promise<number> => formsOf(walk, 'entra', { url: CONNECTIVITY, status: 200 })
const saved = (walk: Walk): Promise<number> => formsOf(walk, 'entra', { url: CONNECTIVITY, status: 303 })
const refused = (walk: Walk): Promise<number> => count(walk, 'dialpad', { kind: 'scim', status: 401 })

async function enterToken(walk: Walk, token: string, button: string): Promise<void> {
  const desk = await walk.desk('entra')
  await desk.open(await appPage(CONNECTIVITY)(walk))
  await desk.fill('Secret Token', token)
  await desk.press(button)
}

export const ENTRA_QUARANTINE_COURSE: Course = {
  id: ENTRA_QUARANTINE.id,
  walkthrough: ENTRA_QUARANTINE,
  supplies: {
    /** Another key: the value of one is shown once, to whom has made it. */
    async newKey(walk) {
      const desk = await walk.desk('dialpad', 'supplier')
      await logInToDialpad(desk, owner)
      await desk.open(KEYS)
      await desk.press('Add key')
      await desk.fill('Name', `${NEW_KEY}, again`)
      await desk.press('Save')
      return desk.read('API key')
    },
  },
  lessons: [
    openingLesson('quarantine/1'),
    {
      steps: ['quarantine/2'],
      start: atProvisioning(),
      hints: [
        'Properties is the second tab beside the Overview.',
        'It takes both: the box that enables the mails, and an address.',
        `Properties, Edit properties, Enable notification emails, Notification email address ${MAILBOX}, Apply.`,
      ],
      wrong: [
        {
          mistake: 'The address was left empty.',
          hint: 'Without one nobody can be told, so it is not taken over. Enter an address that somebody reads.',
          async attempt(walk) {
            const desk = await editProperties(walk)
            await desk.tick('Enable notification emails')
            await desk.press('Apply')
          },
          shows: async (walk) => (await formsOf(walk, 'entra', { url: PROPERTIES, status: 422 })) > 0,
        },
        {
          mistake: 'An address was entered, and the mails not enabled.',
          hint: 'Quarantine would come and no mail ever. Edit the properties again and tick Enable notification emails.',
          async attempt(walk) {
            const desk = await editProperties(walk)
            await desk.fill('Notification email address', MAILBOX)
            await desk.press('Apply')
          },
          shows: async (walk) => {
            const { enabled, email } = (await jobOf(walk))?.notification ?? {}
            return enabled === false && email !== ''
          },
        },
        {
          mistake: 'The mails go to another address.',
          hint: `They go to whoever is entered, and nobody notices. The mailbox of this course is ${MAILBOX}.`,
          async attempt(walk) {
            const desk = await editProperties(walk)
            await desk.tick('Enable notification emails')
            await desk.fill('Notification email address', owner)
            await desk.press('Apply')
          },
          shows: async (walk) => (await jobOf(walk))?.notification.enabled === true,
        },
      ],
    },
    {
      steps: ['quarantine/3'],
      start: { system: 'dialpad', path: '/' },
      hints: [
        'The key belongs to Dialpad: it is revoked there.',
        'It is under Admin settings, API Keys. The question must be answered too.',
        `Log in as ${owner}; Admin settings, API Keys; Revoke in the row of ${KEY_NAME}; Revoke.`,
      ],
      wrong: [
        {
          mistake: 'The question was not answered.',
          hint: 'The key lives until it is confirmed. Select Revoke once more.',
          async attempt(walk) {
            const desk = await walk.desk('dialpad')
            await logInToDialpad(desk, owner)
            await desk.open(KEYS)
            await desk.pressInRow(KEY_NAME, 'Revoke')
          },
          shows: async (walk) => (await pagesOf(walk, 'dialpad', { url: '/revoke', status: 200 })) > 0,
        },
        {
          mistake: 'Another key was made, and the old one left.',
          hint: 'Entra goes on with the old key: nothing is the matter. Revoke the one Entra uses.',
          async attempt(walk) {
            const desk = await walk.desk('dialpad')
            await logInToDialpad(desk, owner)
            await desk.open(KEYS)
            await desk.press('Add key')
            await desk.fill('Name', NEW_KEY)
            await desk.press('Save')
          },
          shows: async (walk) => (await newKeys(walk)).length > 0,
        },
      ],
    },
    {
      steps: ['quarantine/4'],
      start: [atProvisioning(), AT_KIT],
      hints: [
        'A dead key shows when there is something to send.',
        `Have ${first.name} assigned, and let the next cycle come.`,
        `Users and groups, Add user/group, ${first.name}, Select, Assign; on the home +40 min; Overview.`,
      ],
      wrong: [
        {
          mistake: 'Time has passed, and there was nothing to send.',
          hint: `A cycle with nothing to do calls nobody, so nobody refuses it. Assign ${first.name}, and let forty minutes pass again.`,
          attempt: letCyclePass,
          shows: async (walk) => (await clockMoves(walk)) > 0 && !(await isAssigned(walk)),
        },
        {
          mistake: 'Somebody was assigned, and no time has passed.',
          hint: 'The key is tried with the next cycle. Move the clock: +40 min on the home of the kit.',
          attempt: assignFirst,
          shows: async (walk) => (await clockMoves(walk)) === 0 && (await isAssigned(walk)),
        },
      ],
    },
    {
      steps: ['quarantine/5', 'quarantine/6', 'quarantine/7'],
      start: [atProvisioning(), AT_KIT],
      async check(walk) {
        const { audit } = await pictureEntra(walk.control.entra)
        const events = audit.filter(({ activity }) => activity === 'Quarantine')
        const sought = await asked(walk, '/audit?', 'activity')
        return finding(
          `Looked for: ${sought.join(', ') || 'no activity'}. The audit logs have ${events.length} event of quarantine: ${events[0]?.result}, ${events[0]?.reason}`,
          events.length > 0,
          sought.includes('Quarantine'),
        )
      },
      hints: [
        'Three places tell of it: the banner on the Overview, the Mail on the home of the kit, the audit logs of the app.',
        'Read the reason in each; in the audit logs filter by the activity.',
        'The banner. On the home Mail, the newest. Enterprise apps, Dialpad, Audit logs, Activity Quarantine, Apply.',
      ],
      wrong: [
        {
          mistake: 'It was looked for in the provisioning logs.',
          hint: 'These are about people and groups; that the job is in quarantine is told by the audit logs of the app.',
          attempt: async (walk) => turnTo(await walk.desk('entra'), 'Provisioning logs'),
          shows: async (walk) => (await visits(walk, '/provisioning/logs')) > 0,
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
      steps: ['quarantine/8'],
      start: [AT_KIT, atProvisioning()],
      async check(walk) {
        const quarantine = await quarantineOf(walk)
        const mails = await mailsTo(walk.control.kit, MAILBOX)
        if (quarantine === undefined) return missing('quarantine')
        return finding(
          `${quarantine.failedAttempts} attempts failed, the next is at ${quarantine.nextAttempt}. Mails so far: ${mails.length}.`,
          quarantine.failedAttempts > 1,
          mails.length === 1,
        )
      },
      hints: [
        'The banner says when the next attempt is; the clock is on the home of the kit.',
        'Six hours after the first failure, no longer forty minutes.',
        'On the home Clock, Duration PT6H, Advance.',
      ],
      wrong: [
        {
          mistake: 'Only forty minutes were let pass.',
          hint: 'In quarantine the service tries seldom: six hours after the first failure. Let more time pass.',
          attempt: letCyclePass,
          shows: async (walk) => (await clockMoves(walk)) > 0 && (await restarts(walk)) === 0,
        },
        {
          mistake: 'Provisioning was restarted instead of waiting.',
          hint: 'That is an attempt too, and it begins the counting anew. Wait for six hours now.',
          attempt: restartNow,
          shows: async (walk) => (await restarts(walk)) > 0,
        },
      ],
    },
    {
      steps: ['quarantine/9'],
      start: [atProvisioning(), AT_KIT],
      async check(walk) {
        const { run } = await pictureEntra(walk.control.entra)
        const pressed = await restarts(walk)
        return finding(
          `Restarted ${oftenOf(pressed)}; last: ${tellCycle(run?.lastExecution)}; ${run?.quarantine ? `in quarantine, ${run.quarantine.failedAttempts} attempt failed` : 'no quarantine'}.`,
          pressed > 0,
          run?.lastExecution?.kind === 'initial',
          run?.lastExecution?.state === 'Failed',
          run?.quarantine !== null,
        )
      },
      hints: [
        'The command is above the Overview.',
        'It is to be seen that a restart alone does not help.',
        'Select Restart provisioning, and wait for the banner.',
      ],
      wrong: [
        {
          mistake: 'It was waited for the next attempt.',
          hint: 'That comes after hours, and fails as well. Select Restart provisioning.',
          attempt: (walk) => letPass(walk, 'PT6H'),
          shows: async (walk) => (await clockMoves(walk)) > 0 && (await restarts(walk)) === 0,
        },
        {
          mistake: 'Provisioning was stopped.',
          hint: 'Stopping does not mend a key, and nothing is tried any more. Select Start provisioning, then Restart provisioning.',
          attempt: async (walk) => (await walk.desk('entra')).press('Stop provisioning'),
          shows: async (walk) => (await jobOf(walk))?.state === 'Paused',
        },
      ],
    },
    {
      steps: ['quarantine/10'],
      start: AT_KEYS,
      async check(walk) {
        const keys = await newKeys(walk)
        const words = keys.map(({ name, last4 }) => `"${name}" ending in ${last4}`)
        return finding(`New keys: ${words.join(', ') || 'none'}.`, keys.length > 0)
      },
      hints: [
        'Keys are made in Dialpad, under Admin settings, API Keys.',
        'A key needs a name. Copy its value at once: it is shown this one time.',
        `Add key, Name ${NEW_KEY}, Save; copy the API key.`,
      ],
      wrong: [
        {
          mistake: 'The key was given no name.',
          hint: 'It is not made without one. Write what it is for, so that somebody knows when it may be revoked.',
          async attempt(walk) {
            const desk = await walk.desk('dialpad')
            await desk.press('Add key')
            await desk.press('Save')
          },
          shows: async (walk) => (await formsOf(walk, 'dialpad', { url: KEYS, status: 422 })) > 0,
        },
        {
          mistake: 'The new key was revoked again.',
          hint: 'A revoked key cannot be brought back. Make another one.',
          async attempt(walk) {
            const desk = await walk.desk('dialpad')
            await desk.press('Add key')
            await desk.fill('Name', NEW_KEY)
            await desk.press('Save')
            await desk.open(KEYS)
            await desk.pressInRow(NEW_KEY, 'Revoke')
            await desk.press('Revoke')
          },
          shows: async (walk) => {
            const { keys } = await pictureDialpad(walk.control.dialpad)
            return keys.some(({ name, revokedAt }) => name !== KEY_NAME && revokedAt !== undefined)
          },
        },
        {
          mistake: 'The keys were only looked at.',
          hint: 'The old key stays revoked. Select Add key.',
          attempt: async (walk) => (await walk.desk('dialpad')).open(KEYS),
          shows: async (walk) => (await readKeys(walk)) > 0,
        },
      ],
    },
    {
      steps: ['quarantine/11'],
      start: atProvisioning(),
      needs: ['newKey'],
      hints: [
        'The credentials are under Connectivity.',
        'Write "Bearer " and the key into Secret Token, and test: what it says is worth knowing.',
        'Connectivity, Secret Token "Bearer " and the key, Test connection.',
      ],
      wrong: [
        {
          mistake: 'The bare key was tested.',
          hint: 'That one is right, and comes next. See first what happens with "Bearer " before it: it is the most frequent mistake.',
          attempt: (walk) => enterToken(walk, walk.keep.get('newKey'), 'Test connection'),
          shows: async (walk) => (await shownAgain(walk)) > 0,
        },
        {
          mistake: 'The page was opened and nothing tested.',
          hint: 'What is typed is tried only when you say so. Select Test connection.',
          attempt: async (walk) => turnTo(await walk.desk('entra'), 'Connectivity'),
          shows: async (walk) => (await visits(walk, CONNECTIVITY)) > 0,
        },
      ],
    },
    {
      steps: ['quarantine/12'],
      start: atProvisioning('/connectivity'),
      needs: ['newKey'],
      async check(walk) {
        const times = await saved(walk)
        const used = (await newKeys(walk)).filter(({ lastUsedAt }) => lastUsedAt !== undefined)
        return finding(
          `The credentials were saved ${oftenOf(times)}; used of the new keys: ${used.map(({ name }) => name).join(', ') || 'none'}; ${(await quarantineOf(walk)) === undefined ? 'no quarantine' : 'still in quarantine'}.`,
          times > 0,
          used.length > 0,
        )
      },
      hints: [
        'It is the same page, Connectivity.',
        'Paste the key alone, without a word before it or a blank behind it; test, then save.',
        'Secret Token, Test connection, Save.',
      ],
      wrong: [
        {
          mistake: 'The key was saved with "Bearer " before it.',
          hint: 'Entra puts that word before the key itself, so Dialpad gets it twice and answers 401. Paste the key alone.',
          attempt: (walk) => enterToken(walk, `Bearer ${walk.keep.get('newKey')}`, 'Save'),
          shows: async (walk) => (await refused(walk)) > 0,
        },
        {
          mistake: 'The Tenant URL ends in /Users.',
          hint: 'Entra puts /Users and /Groups behind it itself. Give the address that ends in /scim.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.fill('Tenant URL', `${await desk.read('Tenant URL')}/Users`)
            await desk.fill('Secret Token', walk.keep.get('newKey'))
            await desk.press('Test connection')
          },
          shows: async (walk) => (await count(walk, 'dialpad', { url: '/scim/Users/Users' })) > 0,
        },
        {
          mistake: 'The connection was tested and not saved.',
          hint: 'A test changes nothing: cycles go on with the old key. Select Save.',
          attempt: (walk) => enterToken(walk, walk.keep.get('newKey'), 'Test connection'),
          shows: async (walk) => (await shownAgain(walk)) > 0 && (await saved(walk)) === 0,
        },
      ],
    },
    {
      steps: ['quarantine/13'],
      start: [atProvisioning(), AT_KIT],
      hints: [
        'The command is above the Overview.',
        'The key is good now: begin anew, rather than wait for the next attempt.',
        'Overview, Restart provisioning.',
      ],
      wrong: [
        {
          mistake: 'Forty minutes were waited for.',
          hint: 'The next attempt of a job in quarantine is hours away. Select Restart provisioning.',
          attempt: letCyclePass,
          shows: async (walk) => (await clockMoves(walk)) > 0 && (await restarts(walk)) === 0,
        },
        {
          mistake: 'The person was provisioned on demand instead.',
          hint: 'That one has an account now, and the job is in quarantine as before. Select Restart provisioning.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await turnTo(desk, 'Provision on demand')
            await chooseOnDemand(desk, first.name)
            await desk.press('Provision')
          },
          shows: async (walk) => (await demands(walk)) > 0 && (await quarantineOf(walk)) !== undefined,
        },
      ],
    },
  ],
}
