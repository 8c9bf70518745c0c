import { X509Certificate } from 'node:crypto'
import { catalogEntry } from '../apps/catalog.ts'
import type { OktaApp, SingleLogout } from '../apps/records.ts'
import type { RefusalCause } from '../commands/refusal.ts'
import { addressProblem, entityProblem } from './address-problems.ts'

/** Single Logout of an app ("Configure Single Logout in app integrations"): the app may begin it, nobody else. */

/** Apps of the integration wizard can be set up for it; the catalog says of its apps whether they know it, and none does. */
export function mayLogOut({ catalogKey, signOnMode }: Pick<OktaApp, 'catalogKey' | 'signOnMode'>): boolean {
  return signOnMode === 'SAML_2_0' && catalogEntry(catalogKey)?.listed === false
}

/** The settings of an app that may begin a Single Logout now; `undefined` for one that may not. */
export function activeLogoutOf({ signOn }: Pick<OktaApp, 'signOn'>): SingleLogout | undefined {
  return signOn.singleLogout?.enabled === true ? signOn.singleLogout : undefined
}

/** What nobody has typed yet. */
export const NO_SINGLE_LOGOUT: SingleLogout = { enabled: false, url: '', issuer: '', certificate: '' }

const BLANK = 'This field cannot be left blank'

/** What is wrong with the settings, by field. Switched off, fields may be empty. */
export function logoutProblems(app: OktaApp, settings: SingleLogout | undefined): readonly RefusalCause[] {
  if (settings === undefined) return []
  const { enabled, url, issuer, certificate } = settings
  if (enabled && !mayLogOut(app)) return [{ field: 'enabled', summary: `${app.label} does not support Single Logout.` }]
  const blank = enabled ? BLANK : undefined
  const found: readonly (readonly [string, string | undefined])[] = [
    ['url', url === '' ? blank : addressProblem(url)],
    ['issuer', issuer === '' ? blank : entityProblem(issuer)],
    ['certificate', certificate === '' ? blank : certificateProblem(certificate)],
  ]
  return found.flatMap(([field, summary]) => (summary === undefined ? [] : [{ field, summary }]))
}

/** A certificate as it was pasted, with its BEGIN and END lines or without: base64 of DER. Other text stays as it is, to be refused. */
export function pastedCertificate(text: string): string {
  const [, body = text] = /-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----/s.exec(text) ?? []
  const plain = body.replace(/\s+/g, '')
  return /^[A-Za-z0-9+/]+={0,2}$/.test(plain) ? plain : text.trim()
}

const LONGEST_CERTIFICATE = 8192

function certificateProblem(certificate: string): string | undefined {
  const problem = 'Paste an X.509 certificate, from BEGIN CERTIFICATE to END CERTIFICATE.'
  if (certificate.length > LONGEST_CERTIFICATE || certificate.includes('PRIVATE KEY')) return problem
  try {
    const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
    return publicKey.asymmetricKeyType === 'rsa' ? undefined : 'The certificate must hold an RSA key.'
  } catch {
    return problem
  }
}
