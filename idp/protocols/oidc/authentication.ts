import { hash } from 'node:crypto'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { OidcAuthentication } from './policy.ts'

/** What the library keeps of a sign-in with a code or refresh token. */
interface SignInRecord {
  readonly authTime?: number
  readonly amr?: readonly string[]
  readonly sessionUid?: string
}

/** The sign-in a code or refresh token goes back to. */
export function authenticationOf(source: SignInRecord | undefined): OidcAuthentication {
  const { authTime, amr, sessionUid } = source ?? {}
  return {
    methods: amr ?? [],
    ...(authTime === undefined ? {} : { authTime }),
    ...(sessionUid === undefined ? {} : { sessionId: sessionNameOf(sessionUid) }),
  }
}

/** The sign-in of a browser's session. */
export function sessionAuthentication(session: {
  readonly loginTs?: number | undefined
  readonly amr?: readonly string[] | undefined
  readonly uid: string
}): OidcAuthentication {
  const { loginTs, amr, uid } = session
  return authenticationOf({
    sessionUid: uid,
    ...(amr === undefined ? {} : { amr }),
    ...(loginTs === undefined ? {} : { authTime: loginTs }),
  })
}

/** The sign-in behind what is being exchanged at this moment. */
export function authenticationIn(ctx: KoaContextWithOIDC | undefined): OidcAuthentication {
  const entities = (ctx?.oidc?.entities ?? {}) as Readonly<Record<string, SignInRecord | undefined>>
  return authenticationOf(
    entities['AuthorizationCode'] ?? entities['RefreshToken'] ?? entities['DeviceCode'] ?? entities['Assertion'],
  )
}

/**
 * The name by which tokens and sign-out requests tell sessions apart (OpenID Connect Front-Channel Logout §3): a GUID. The identifier of
 * the record itself does not leave the system.
 */
export function sessionNameOf(sessionUid: string): string {
  const hex = hash('sha256', `session/${sessionUid}`, 'hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
