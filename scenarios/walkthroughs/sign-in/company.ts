import { z } from 'zod'
import { COMPANY } from '#kit/world/cast.ts'
import { PEOPLE } from '../people.ts'
import type { Walk } from '../walkthrough.ts'
import { exchanges, lastNumber } from '../witness/exchanges.ts'
import { lookAt } from '../witness/records.ts'

/** Who signs in, with what, and what the systems tell of it. */

/** Has an account at Dialpad, and no role anywhere. */
export const COLLEAGUE = PEOPLE.byHand
/** The colleague's own browser, and another one in which nobody is signed in. */
export const THEIR_BROWSER = 'colleague'
export const AT_HOME = 'colleague at home'
/** One more, in which neither Dialpad nor Entra knows them. */
export const ELSEWHERE = 'colleague elsewhere'
/** A second browser of the administrator's, in which nobody is signed in to Dialpad. */
export const PRIVATE = 'administrator in private'

/** Name of the app that signs people in by SAML. */
export const SAML_APP = 'Dialpad SAML'
/** Path of the Login Url that Dialpad's SAML page shows for the provider Custom. */
export const LOGIN_PATH = `/saml/sso/custom/${COMPANY.domain}`

/** Claims Dialpad reads, and what each is made of. */
export const CLAIMS = [
  ['FirstName', 'user.givenname'],
  ['LastName', 'user.surname'],
  ['Email', 'user.mail'],
] as const

/** Keys of `walk.keep`. */
export const KEPT = {
  acs: 'acsUrl',
  entityId: 'spEntityId',
  loginUrl: 'entraLoginUrl',
  identifier: 'entraIdentifier',
  certificate: 'entraCertificate',
} as const

const since = (system: 'entra' | 'dialpad'): string => `sign-in/${system}`

/** Remember how far both journals are: for the setup of a step. */
export async function markSignIns(walk: Walk): Promise<void> {
  for (const system of ['entra', 'dialpad'] as const) {
    walk.keep.set(since(system), String(await lastNumber(walk.control[system])))
  }
}

/** What became of SAML answers at Dialpad since {@link markSignIns}: `accepted`, or `refused: signature`. */
export async function samlSince(walk: Walk, subject?: string): Promise<readonly string[]> {
  const after = Number(walk.keep.get(since('dialpad')))
  const entries = await exchanges(walk.control.dialpad, { kind: 'saml', after })
  return entries
    .filter((entry) => entry.title.startsWith(ANSWER) && (subject === undefined || entry.subject === subject))
    .map(({ title }) => title.slice(ANSWER.length))
}
const ANSWER = 'SAML answer '

/** How often Entra has refused with that number since {@link markSignIns}. */
export async function refusalsSince(walk: Walk, code: number): Promise<number> {
  const after = Number(walk.keep.get(since('entra')))
  const entries = await exchanges(walk.control.entra, { after })
  return entries.filter(({ response }) => response?.body?.includes(`AADSTS${code}`) === true).length
}

/** How often Entra has asked somebody for consent since {@link markSignIns}. */
export async function consentsAskedSince(walk: Walk): Promise<number> {
  const after = Number(walk.keep.get(since('entra')))
  const entries = await exchanges(walk.control.entra, { after, status: 200 })
  return entries.filter(({ response }) => response?.body?.includes('Permissions requested') === true).length
}

const App = z.looseObject({
  id: z.string(),
  displayName: z.string(),
  accountEnabled: z.boolean(),
  appRoleAssignmentRequired: z.boolean(),
})
const Named = z.looseObject({ id: z.string(), displayName: z.string() })
const Saml = z.looseObject({
  principalId: z.string(),
  identifiers: z.array(z.string()),
  replyUrls: z.array(z.string()),
  claims: z.array(z.looseObject({ name: z.string(), namespace: z.string().optional(), source: z.string() })),
})
const Certificate = z.looseObject({ owner: z.string(), certificate: z.string(), isActive: z.boolean() })
const Assignment = z.looseObject({ resourceId: z.string(), principalId: z.string() })

/** The app with SAML as it is now; `undefined` before it is created. */
export async function pictureSamlApp(walk: Walk) {
  const records = await lookAt(walk.control.entra)
  const app = records.of('servicePrincipals', App).find(({ displayName }) => displayName === SAML_APP)
  if (app === undefined) return undefined
  const principals = [...records.of('groups', Named), ...records.of('users', Named)]
  const certificates = records.of('samlCertificates', Certificate).filter(({ owner }) => owner === app.id)
  return {
    ...app,
    settings: records.of('samlSettings', Saml).find(({ principalId }) => principalId === app.id),
    certificates,
    active: certificates.find(({ isActive }) => isActive)?.certificate,
    /** Names of the people and groups that are assigned. */
    assigned: records
      .of('appRoleAssignments', Assignment)
      .filter(({ resourceId }) => resourceId === app.id)
      .map(({ principalId }) => principals.find(({ id }) => id === principalId)?.displayName ?? principalId),
  }
}

/** A certificate without its first and last line and without line ends, as both sides can be compared. */
export const bare = (certificate: string): string => certificate.replace(/-----[^-]+-----|\s/g, '')
