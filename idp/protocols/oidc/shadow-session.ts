import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { OidcPlace, OidcSignedIn } from './policy.ts'

/**
 * Where the vendor's own session decides who is signed in ({@link OidcPlace.signedIn}), the provider's session is made to say the same
 * before the provider looks at it: a sign-in to the vendor counts at once, without a page, and a sign-out ends it here as well. The
 * provider's record then holds only what it has to remember itself.
 */
export function shadowSession(provider: Provider, signedInHere: () => OidcPlace['signedIn']): void {
  const { Session } = provider
  const get = Session.get

  const signIn = (session: InstanceType<typeof Session>, { accountId, atSeconds, methods }: OidcSignedIn) => {
    session.loginAccount({ accountId, loginTs: atSeconds, amr: [...methods], transient: true })
    // The library keeps, and gives the browser a cookie for, what it sees changing; this happens before it looks.
    Object.defineProperty(session, 'touched', { value: true, writable: true, configurable: true })
    return session
  }

  Session.get = async function (this: typeof Session, ctx: Parameters<typeof get>[0]) {
    const signedIn = signedInHere()
    const session = await get.call(this, ctx)
    if (signedIn === undefined) return session
    if (session.accountId === signedIn?.accountId && session.loginTs === signedIn?.atSeconds) return session
    if (signedIn !== null && (session.accountId === undefined || session.accountId === signedIn.accountId)) {
      return signIn(session, signedIn)
    }
    // Somebody else's: what it remembers is theirs. The next one begins empty, under a new identifier.
    await session.destroy()
    const empty = new Session()
    const { oidc } = ctx as Partial<KoaContextWithOIDC>
    if (oidc?.entity !== undefined) oidc.entity('Session', empty)
    return signedIn === null ? empty : signIn(empty, signedIn)
  } as typeof get
}
