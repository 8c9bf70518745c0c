import { finding } from '#scenarios/walkthroughs/finding.ts'
import { addressOf, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { logInToDialpad, signInToEntra } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { tellOpened } from '#scenarios/walkthroughs/witness/pages-opened.ts'
import type { Lesson, Mistake, Start } from '../lesson.ts'
import { formsOf, pagesOf } from './visits.ts'

/** Lessons about the API key that Entra uses at Dialpad: each of the three tutorials has them. */

export const KEYS_PAGE = '/admin/company/authentication/api-keys'
/** Lessons move the clock by a month, and the key is used to the end. */
const SHORTEST_DAYS = 45
const DAY_MS = 86_400_000
const NO_ADMIN = addressOf('tomas.berg')

const goodKeys = async (walk: Walk) =>
  (await pictureDialpad(walk.control.dialpad)).keys.filter(({ revokedAt }) => revokedAt === undefined)

/** Whether the key works until the course is over. */
async function outlastsCourse(walk: Walk, expiresAt: string): Promise<boolean> {
  const { now } = await walk.control.dialpad.clock()
  return Date.parse(expiresAt) - Date.parse(now) > SHORTEST_DAYS * DAY_MS
}

const longKeys = async (walk: Walk) => {
  const ends = (await goodKeys(walk)).flatMap(({ expiresAt }) => expiresAt ?? [])
  const outlasts = await Promise.all(ends.map((expiresAt) => outlastsCourse(walk, expiresAt)))
  return outlasts.filter(Boolean).length
}

/** A key for who has made one and kept its value to themselves. */
export async function supplyApiKey(walk: Walk): Promise<string> {
  const made = await walk.control.dialpad.call('POST', '/api-keys', { name: 'Microsoft Entra provisioning' })
  return (made as { readonly secret: string }).secret
}

/** Somebody without the right logs in to look for the keys. */
const LOGGED_IN_WITHOUT_RIGHTS: Mistake = {
  mistake: 'Logged in as somebody who is no Company Admin.',
  hint: 'Only a Company Admin may open the settings of the company. Log out, and in again as one.',
  async attempt(walk) {
    const desk = await walk.desk('dialpad')
    await desk.open('/login/microsoft')
    await signInToEntra(desk, NO_ADMIN)
    await desk.press('Accept')
    await desk.open(KEYS_PAGE)
  },
  shows: async (walk) => (await pagesOf(walk, 'dialpad', { url: '/admin', status: 403 })) > 0,
}

/** To the keys, and a key is made whose value is copied: the form has to be open at `start`, unless `press` opens it. */
export function makeKeyLesson(steps: readonly string[], start: Lesson['start'], press?: string): Lesson {
  async function openForm(walk: Walk) {
    const desk = await walk.desk('dialpad')
    if (press !== undefined) await desk.press(press)
    return desk
  }
  return {
    steps,
    ...(start === undefined ? {} : { start }),
    async check(walk) {
      const keys = await goodKeys(walk)
      return finding(
        keys.length === 0
          ? 'The company has no key.'
          : `Keys: ${keys.map(({ name, last4, expiresAt }) => `"${name}" ending in ${last4}, ${expiresAt === undefined ? 'never expires' : `until ${expiresAt.slice(0, 10)}`}`).join('; ')}.`,
        (await longKeys(walk)) > 0,
      )
    },
    hints: [
      'Keys are made where they are listed: API Keys, under Authentication.',
      'The form wants a name and the day on which the key expires. The value is shown once, when it is saved: copy it then.',
      'Add key; Name: Microsoft Entra provisioning; Expiration date: a day of next year; Save; copy the value beside API key.',
    ],
    wrong: [
      {
        mistake: 'A day was chosen that has passed.',
        hint: 'Such a key would never work, so it is refused. Choose a day to come.',
        async attempt(walk) {
          const desk = await openForm(walk)
          await desk.fill('Name', 'Microsoft Entra provisioning')
          await desk.fill('Expiration date', '2020-01-31')
          await desk.press('Save')
        },
        shows: async (walk) => (await formsOf(walk, 'dialpad', { url: KEYS_PAGE, status: 422 })) > 0,
      },
      {
        mistake: 'No expiration date was given.',
        hint: 'That key works for ever, also for who finds it. Revoke it and make another one that expires.',
        async attempt(walk) {
          const desk = await openForm(walk)
          await desk.fill('Name', 'Microsoft Entra provisioning')
          await desk.press('Save')
        },
        shows: async (walk) => (await goodKeys(walk)).some(({ expiresAt }) => expiresAt === undefined),
      },
      {
        mistake: 'The key expires soon.',
        hint: 'Lessons to come move the clock by a month, and an expired key is refused. Revoke it, and make one that lasts two months or longer.',
        async attempt(walk) {
          const desk = await openForm(walk)
          const { now } = await walk.control.dialpad.clock()
          await desk.fill('Name', 'Microsoft Entra provisioning')
          await desk.fill('Expiration date', new Date(Date.parse(now) + DAY_MS).toISOString().slice(0, 10))
          await desk.press('Save')
        },
        shows: async (walk) => (await goodKeys(walk)).some(({ expiresAt }) => expiresAt !== undefined),
      },
      {
        mistake: 'The key was revoked again.',
        hint: 'Whoever uses a revoked key is refused. Make another one, and keep it.',
        async attempt(walk) {
          const desk = await openForm(walk)
          await desk.fill('Name', 'Trial')
          await desk.press('Save')
          const { collections } = await walk.control.dialpad.state()
          const [id] = Object.keys(collections['apiKeys'] ?? {})
          await desk.open(`${KEYS_PAGE}/${id}/revoke`)
          await desk.press('Revoke')
        },
        shows: async (walk) => (await formsOf(walk, 'dialpad', { url: '/revoke', status: 303 })) > 0,
      },
    ],
  }
}

/** Dialpad, where somebody is logged in with e-mail and password. */
export const atDialpad = (path: string, as: string): Start => ({ system: 'dialpad', path, as })

/** From the log-in to the list of keys. */
export function openKeysLesson(step: string): Lesson {
  return {
    steps: [step],
    async check(walk) {
      const opened = await pagesOf(walk, 'dialpad', { url: KEYS_PAGE })
      return finding(await tellOpened(walk, 'dialpad', 'API Keys', opened), opened > 0)
    },
    hints: [
      'It is in Dialpad, and only a Company Admin gets there.',
      'The account page has a way into the admin settings. In its list at the left look for Authentication.',
      `Log In, Use Dialpad online, ${PEOPLE.owner}; Admin settings; API Keys.`,
    ],
    wrong: [
      LOGGED_IN_WITHOUT_RIGHTS,
      stoppedAtSettings(async (walk) => {
        const desk = await walk.desk('dialpad')
        await logInToDialpad(desk, PEOPLE.owner)
        await desk.press('Admin settings')
      }),
    ],
  }
}

/** Dialpad's company admin looked for the keys, and stopped at a page of the settings. */
export const stoppedAtSettings = (enter: (walk: Walk) => Promise<void>): Mistake => ({
  mistake: 'Stopped at the settings of the company.',
  hint: 'You are in the right place. The keys are in the list at the left, under Authentication.',
  attempt: enter,
  shows: async (walk) => (await pagesOf(walk, 'dialpad', { url: '/admin/company' })) > 0,
})
