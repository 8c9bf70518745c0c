import type { Application } from '#idp/core/directory/records.ts'
import { hashSecret } from '#kit/secrets.ts'
import type { EntraSystem } from '../../collections.ts'
import type { AadstsCode } from '../aadsts.ts'
import { ASSERTION_TYPE, readClientAssertion } from './client-assertion.ts'

/** What a client shows to prove itself (RFC 6749 §2.3, RFC 7523 §2.2). */
export interface ClientCredentials {
  readonly clientId: string
  readonly secret: string | undefined
  readonly assertion: string | undefined
  readonly assertionType: string | undefined
}

/** Credentials of a client from the `Authorization` header or the form. */
export function clientOf(params: URLSearchParams, authorization: string | undefined): ClientCredentials {
  const assertion = params.get('client_assertion') ?? undefined
  const assertionType = params.get('client_assertion_type') ?? undefined
  const basic = /^basic (.+)$/i.exec(authorization ?? '')?.[1]
  if (basic === undefined) {
    const secret = params.get('client_secret') ?? undefined
    return { clientId: params.get('client_id') ?? '', secret, assertion, assertionType }
  }
  const [name = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return { clientId: decoded(name), secret: decoded(rest.join(':')), assertion, assertionType }
}

/** A name that is not percent-encoded after all is compared as it stands, and belongs to nobody. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

export type ClientProof =
  | { readonly kind: 'proven'; readonly by: 'none' | 'secret' | 'certificate' }
  | { readonly kind: 'refused'; readonly code: AadstsCode; readonly values: Readonly<Record<string, string>> }

/**
 * Whether a client is who it says: by a live secret, or an assertion signed with the key of one of its certificates. One that cannot keep a
 * secret shows none.
 *
 * @param need `public`: of a single-page or installed app; `confidential`: of an application that keeps secrets.
 */
export async function proveClient(
  system: Pick<EntraSystem, 'store' | 'clock' | 'origin'>,
  application: Application,
  credentials: ClientCredentials,
  need: 'public' | 'confidential',
  wallNowMs: number,
): Promise<ClientProof> {
  const { secret, assertion, assertionType } = credentials
  const refuse = (code: AadstsCode, values: Readonly<Record<string, string>> = {}): ClientProof => ({
    kind: 'refused',
    code,
    values: { clientId: application.appId, ...values },
  })
  if (need === 'public') {
    return secret === undefined && assertion === undefined ? { kind: 'proven', by: 'none' } : refuse(700025)
  }
  if (assertion !== undefined) {
    if (assertionType !== ASSERTION_TYPE) return refuse(900144, { name: 'client_assertion_type' })
    const reading = await readClientAssertion(system, application, assertion, wallNowMs)
    return reading.kind === 'proven' ? { kind: 'proven', by: 'certificate' } : refuse(reading.code, reading.values)
  }
  if (secret === undefined) return refuse(7000218)
  const code = judgeSecret(application, secret, system.clock.iso())
  return code === undefined ? { kind: 'proven', by: 'secret' } : refuse(code)
}

/** Why a secret is not the application's, not yet or not any more. Times are virtual. */
function judgeSecret({ secrets }: Application, secret: string, now: string): AadstsCode | undefined {
  const digest = hashSecret(secret)
  // FID-ENTRA-TOKENS-27: before its start there is no such secret.
  const held = secrets.filter(({ hash, startDateTime = now }) => hash === digest && startDateTime <= now)
  if (held.length === 0) return 7000215
  return held.some(({ endDateTime }) => endDateTime === undefined || endDateTime > now) ? undefined : 7000222
}
