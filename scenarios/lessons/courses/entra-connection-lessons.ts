import { finding } from '#scenarios/walkthroughs/finding.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { exchanges } from '#scenarios/walkthroughs/witness/exchanges.ts'
import type { Mistake } from '../lesson.ts'

/** Mistakes with the credentials of a configuration, in the form of either layout (reference sheet 12.3). */

const TENANT_URL = 'https://dialpad.com/scim'

interface Typed {
  readonly url?: string
  readonly token?: string
}

/** Type credentials into the form, which is found by `open`, and test them. */
async function test(walk: Walk, open: (walk: Walk) => Promise<void>, { url = TENANT_URL, token }: Typed) {
  await open(walk)
  const desk = await walk.desk('entra')
  await desk.fill('Tenant URL', url)
  await desk.fill('Secret Token', token ?? walk.keep.get('apiKey'))
  await desk.press('Test Connection')
  return desk
}

const noJob = async (walk: Walk): Promise<boolean> => (await pictureEntra(walk.control.entra)).job === undefined

/** What Entra asked Dialpad last since the lesson began, and what it was answered. */
async function lastTest(
  walk: Walk,
): Promise<{ readonly url: string; readonly status: number | undefined } | undefined> {
  const last = (await exchanges(walk.control.entra, { kind: 'http-out', url: 'dialpad.com/' })).at(-1)
  return last && { url: last.request?.url ?? '', status: last.response?.status }
}

const lastUrl = async (walk: Walk): Promise<string> => (await lastTest(walk))?.url ?? ''
const lastStatus = async (walk: Walk): Promise<number | undefined> => (await lastTest(walk))?.status

/** @param open brings the form before the trainee. */
export function connectionMistakes(open: (walk: Walk) => Promise<void>): readonly [Mistake, Mistake, Mistake, Mistake] {
  return [
    {
      mistake: 'The Tenant URL names Users.',
      hint: 'Entra adds /Users by itself. Enter https://dialpad.com/scim, and nothing after it.',
      attempt: async (walk) => void (await test(walk, open, { url: `${TENANT_URL}/Users` })),
      shows: async (walk) => (await noJob(walk)) && (await lastUrl(walk)).includes('/scim/Users/Users'),
    },
    {
      mistake: 'The Tenant URL lacks /scim.',
      hint: 'What answered is no SCIM. Enter https://dialpad.com/scim.',
      attempt: async (walk) => void (await test(walk, open, { url: 'https://dialpad.com' })),
      shows: async (walk) => (await noJob(walk)) && (await lastUrl(walk)).includes('dialpad.com/Users'),
    },
    {
      mistake: 'The Secret Token is not the bare key: it has "Bearer " before it, a blank after it, or was cut.',
      hint: 'Dialpad answered 401. Paste the key alone, every character of it, and test again.',
      attempt: async (walk) => void (await test(walk, open, { token: `Bearer ${walk.keep.get('apiKey')}` })),
      shows: async (walk) => (await noJob(walk)) && (await lastStatus(walk)) === 401,
    },
    {
      mistake: 'The connection was tested, and nothing saved after it.',
      hint: 'A test keeps nothing. What saves the configuration is the other button of the form.',
      attempt: async (walk) => void (await test(walk, open, {})),
      shows: async (walk) => (await noJob(walk)) && (await lastStatus(walk)) === 200,
    },
  ]
}

/** Whether Save of the long form was refused, although the connection is good. */
export async function refusedToSave(walk: Walk): Promise<boolean> {
  const sent = await exchanges(walk.control.entra, { kind: 'http-in', method: 'POST', url: '/provisioning/classic' })
  return (await noJob(walk)) && (await lastStatus(walk)) === 200 && sent.at(-1)?.response?.status === 422
}

/** Whether there is a configuration for Dialpad, and its key works. */
export async function judgeConfiguration(walk: Walk) {
  const { job } = await pictureEntra(walk.control.entra)
  const { keys } = await pictureDialpad(walk.control.dialpad)
  const used = keys.some(({ lastUsedAt, revokedAt }) => lastUsedAt !== undefined && revokedAt === undefined)
  return finding(
    job === undefined
      ? 'There is no configuration.'
      : `Configuration for ${job.tenantUrl}, ${job.state}; Dialpad's key ${used ? 'has' : 'has not'} been used.`,
    job?.tenantUrl === TENANT_URL,
    used,
  )
}
