import { createHash, X509Certificate } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import type { Application, KeyCredential } from '#idp/core/directory/records.ts'
import type { EntraSystem } from '../../collections.ts'
import type { AadstsCode } from '../aadsts.ts'
import { readRealm } from '../tenancy.ts'

/** The one type there is (RFC 7523 §2.2). */
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Seconds two clocks may differ. */
const CLOCK_SKEW_SECONDS = 5 * 60

const ALGORITHMS = ['RS256', 'PS256']

export type AssertionReading =
  | { readonly kind: 'proven' }
  | {
      readonly kind: 'refused'
      readonly code: AadstsCode
      readonly values: Readonly<Record<string, string>>
    }

/**
 * Whether a signed assertion proves that the client holds the private key of one of its certificates (certificate credentials of the
 * platform; RFC 7523 §3). The header names the certificate by thumbprint, `x5t` or `x5t#S256`. The assertion's times are wall time; whether
 * the certificate has expired is judged in virtual time, as the pages show it.
 */
export async function readClientAssertion(
  { store, clock, origin }: Pick<EntraSystem, 'store' | 'clock' | 'origin'>,
  application: Application,
  assertion: string,
  wallNowMs: number,
): Promise<AssertionReading> {
  const parts = partsOf(assertion)
  if (parts === undefined) return refused(50027, { reason: 'It has no readable header and claims.' })
  const { header, claims } = parts
  if (!ALGORITHMS.includes(String(header['alg']))) {
    return refused(50027, { reason: `The algorithm '${String(header['alg'])}' is not accepted.` })
  }
  if (claims.iss !== application.appId || claims.sub !== application.appId) return refused(700021)
  const audiences = [claims.aud ?? []].flat()
  const isOurs = (audience: string): boolean => {
    const [segment, ...rest] = audience.startsWith(`${origin}/`) ? audience.slice(origin.length + 1).split('/') : []
    if (segment === undefined || !AUDIENCE_ENDS.includes(rest.join('/'))) return false
    const { kind } = readRealm(store, segment)
    return kind === 'tenant' || kind === 'any'
  }
  if (!audiences.some(isOurs)) return refused(700023, { audience: audiences.join(' ') })
  const { exp, nbf } = claims
  const nowSeconds = wallNowMs / 1000
  const isInTime =
    exp !== undefined && exp + CLOCK_SKEW_SECONDS > nowSeconds && (nbf ?? 0) - CLOCK_SKEW_SECONDS <= nowSeconds
  if (!isInTime) {
    return refused(700024, { now: isoOf(nowSeconds), from: isoOf(nbf ?? 0), to: isoOf(exp ?? 0) })
  }

  const named = thumbprintIn(header)
  const credential = (application.keyCredentials ?? []).find((each) => named.matches(each))
  const wrongKey = (reason: string, found = ''): AssertionReading =>
    refused(700027, { reason, thumbprint: named.shown, found })
  if (credential === undefined) return wrongKey('The key was not found.')
  const span = `, Found key 'Start=${credential.startDateTime}, End=${credential.endDateTime}'`
  if (credential.endDateTime <= clock.iso()) return wrongKey('The key used is expired.', span)
  if (!(await isSignedBy(credential, assertion, wallNowMs))) {
    return wrongKey('Key was found, but use of the key to verify the signature failed.', span)
  }
  return { kind: 'proven' }
}

/** What an audience may end with, behind the tenant: the token endpoints and the issuer. */
const AUDIENCE_ENDS = ['oauth2/v2.0/token', 'oauth2/token', 'v2.0', '']

interface Thumbprint {
  /** Upper-case hex, as the pages show it; empty when none is named. */
  readonly shown: string
  matches(credential: KeyCredential): boolean
}

function thumbprintIn(header: Readonly<Record<string, unknown>>): Thumbprint {
  const [sha256, sha1] = [header['x5t#S256'], header['x5t']].map(hexOf)
  if (sha256 !== undefined) {
    return { shown: sha256, matches: ({ certificate }) => digestOf(certificate) === sha256 }
  }
  if (sha1 === undefined) return { shown: '', matches: () => false }
  return { shown: sha1, matches: ({ thumbprint }) => thumbprint.toUpperCase() === sha1 }
}

function hexOf(value: unknown): string | undefined {
  return typeof value === 'string' ? Buffer.from(value, 'base64url').toString('hex').toUpperCase() : undefined
}

function digestOf(certificate: string): string {
  return createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex').toUpperCase()
}

async function isSignedBy({ certificate }: KeyCredential, assertion: string, wallNowMs: number): Promise<boolean> {
  try {
    await jwtVerify(assertion, new X509Certificate(certificate).publicKey, {
      algorithms: ALGORITHMS,
      currentDate: new Date(wallNowMs),
      clockTolerance: CLOCK_SKEW_SECONDS,
    })
    return true
  } catch (problem) {
    if (problem instanceof errors.JOSEError) return false
    throw problem
  }
}

function partsOf(
  assertion: string,
): { readonly header: Readonly<Record<string, unknown>>; readonly claims: JWTPayload } | undefined {
  try {
    return { header: { ...decodeProtectedHeader(assertion) }, claims: decodeJwt(assertion) }
  } catch (problem) {
    // A part that is no JSON is a TypeError of the decoder.
    if (problem instanceof errors.JOSEError || problem instanceof TypeError) return undefined
    throw problem
  }
}

function isoOf(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString()
}

function refused(code: AadstsCode, values: Readonly<Record<string, string>> = {}): AssertionReading {
  return { kind: 'refused', code, values }
}
