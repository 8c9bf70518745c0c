import { letCyclePass } from '#scenarios/walkthroughs/entra-lifecycle/cycles.ts'
import { finding } from '#scenarios/walkthroughs/finding.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Desk, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { tellOpened } from '#scenarios/walkthroughs/witness/pages-opened.ts'
import type { Lesson, Start } from '../lesson.ts'
import { connectionMistakes, judgeConfiguration, refusedToSave } from './entra-connection-lessons.ts'
import { mappingLesson } from './entra-mapping-lesson.ts'
import { clockMoves } from './provisioning-lessons.ts'
import { appPage, formsOf, visits } from './visits.ts'

/** Which edition of the chapter is followed, and by whom. */
export interface ClassicLessons {
  /** Ids of the steps, in order: 13. */
  readonly steps: readonly string[]
  readonly as: string
  /** What the link of the mapping of users is called. */
  readonly mapping: string
}

const MAILBOX = 'it-ops@brightwave.example'
const jobOf = async (walk: Walk) => (await pictureEntra(walk.control.entra)).job

async function openForm(walk: Walk): Promise<Desk> {
  const desk = await walk.desk('entra')
  await desk.open(await appPage('/provisioning')(walk))
  return desk
}

/** Settings of the form: status and scope, and saved unless told. */
async function setAndSave(walk: Walk, { status, scope }: { readonly status: 'On' | 'Off'; readonly scope: string }) {
  const desk = await openForm(walk)
  await desk.tick(status, true, { within: 'Provisioning Status' })
  await desk.choose('Scope', scope)
  await desk.press('Save', { within: 'Provisioning' })
}

const chooseAutomatic = async (walk: Walk): Promise<void> =>
  void (await (await walk.desk('entra')).choose('Provisioning Mode', 'Automatic'))

/** Test the right values in the form, and save with this address for mail and the box as it is. */
async function testAndSave(walk: Walk, mailbox: string): Promise<void> {
  await chooseAutomatic(walk)
  const desk = await walk.desk('entra')
  await desk.fill('Tenant URL', 'https://dialpad.com/scim')
  await desk.fill('Secret Token', walk.keep.get('apiKey'))
  await desk.press('Test Connection')
  await desk.fill('Notification Email', mailbox)
  await desk.press('Save', { within: 'Provisioning' })
}

/** The chapter that configures provisioning in one long form, of 2019 to 2025 (reference sheet 10.2). */
export function classicConfigLessons({ steps, as, mapping }: ClassicLessons): readonly Lesson[] {
  const at = (below: string): Start => ({ system: 'entra', path: appPage(below), as })
  const [usersInUrl, noScim, noBareKey, notSaved] = connectionMistakes(chooseAutomatic)
  return [
    {
      steps: steps.slice(0, 3),
      start: { system: 'entra', path: '/admin', as },
      async check(walk) {
        const opened = await visits(walk, await appPage('/provisioning')(walk))
        return finding(await tellOpened(walk, 'entra', 'Provisioning of Dialpad', opened), opened > 0)
      },
      hints: [
        'It is a page of the app.',
        'Enterprise applications lists the apps; select Dialpad there, and look at the list at its left.',
        'Enterprise applications, All applications, Dialpad, Provisioning.',
      ],
      wrong: [
        {
          mistake: 'Users and groups was opened.',
          hint: 'There you say who. How they get their accounts is under Provisioning.',
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
      steps: steps.slice(3, 7),
      start: at('/provisioning'),
      needs: ['apiKey'],
      async check(walk) {
        const job = await jobOf(walk)
        const { ok, found } = await judgeConfiguration(walk)
        return finding(
          `${found} Mails go to ${job?.notification.enabled ? job.notification.email : 'nobody'}.`,
          ok,
          job?.notification.enabled === true,
        )
      },
      hints: [
        'It is one form: Provisioning Mode decides how much of it there is.',
        'With Automatic it asks for the credentials, which are to be tested, and for who gets mail. Save comes last.',
        `Automatic; Tenant URL: https://dialpad.com/scim; Secret Token: the key; Test Connection; Notification Email: ${MAILBOX}; tick Send an email notification; Save.`,
      ],
      wrong: [
        usersInUrl,
        noScim,
        noBareKey,
        {
          mistake: 'Saved without an address for notifications.',
          hint: 'Save was refused: this form needs one. Enter Notification Email, and save again.',
          attempt: (walk) => testAndSave(walk, ''),
          shows: refusedToSave,
        },
        {
          mistake: 'Saved, and the mail notifications left off.',
          hint: 'A failure would then stay unnoticed. Tick Send an email notification when a failure occurs, and save again.',
          attempt: (walk) => testAndSave(walk, MAILBOX),
          shows: async (walk) => (await jobOf(walk))?.notification.enabled === false,
        },
        notSaved,
      ],
    },
    mappingLesson(steps.slice(7, 9), at('/provisioning'), `Mappings, ${mapping}, Save.`),
    {
      steps: steps.slice(9, 13),
      start: at('/provisioning/mapping/users'),
      hints: [
        'The mapping says where filters would be set; Settings of the form say whether it runs, and for whom.',
        'Leave Source Object Scope as it is. Back in the form turn the status on, keep the scope to who is assigned, and save.',
        'Provisioning; Provisioning Status: On; Scope: Sync only assigned users and groups; Save.',
      ],
      wrong: [
        {
          mistake: 'The scope was set to all users and groups.',
          hint: 'Everybody would get an account and take a license. Choose Sync only assigned users and groups, and save.',
          attempt: (walk) => setAndSave(walk, { status: 'Off', scope: 'Sync all users and groups' }),
          shows: async (walk) => (await jobOf(walk))?.scope === 'all',
        },
        {
          mistake: 'Saved while the status was Off.',
          hint: 'Nothing runs. Set Provisioning Status to On, and save again.',
          attempt: (walk) => setAndSave(walk, { status: 'Off', scope: 'Sync only assigned users and groups' }),
          shows: async (walk) =>
            (await jobOf(walk))?.state === 'Paused' &&
            (await formsOf(walk, 'entra', { url: '/classic', status: 303 })) > 0,
        },
        {
          mistake: 'One waited for the first cycle, and nothing was turned on.',
          hint: 'Time alone does nothing. Set Provisioning Status to On, and save.',
          attempt: letCyclePass,
          shows: async (walk) => (await clockMoves(walk)) > 0 && (await jobOf(walk))?.state === 'Paused',
        },
        {
          mistake: 'One person was provisioned on demand, and nothing turned on.',
          hint: 'That is one person, once. Set Provisioning Status to On, and save.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.open(await appPage('/provisioning/on-demand')(walk))
            await desk.fill('Select a user or group', PEOPLE.first.name)
            await desk.enter()
            await desk.press(PEOPLE.first.name)
            await desk.press('Provision')
          },
          shows: async (walk) => (await formsOf(walk, 'entra', { url: '/on-demand', status: 303 })) > 0,
        },
      ],
    },
  ]
}
