import { errors, type Provider } from 'oidc-provider'
import type { accountFinder } from './account-finder.ts'
import type { OidcPlace } from './policy.ts'

/** An access token of somebody is given in exchange for an assertion about them (RFC 7523 §2.1). */
export const ASSERTION_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

export interface AssertionGrantDeps {
  readonly place: () => OidcPlace
  readonly findAccount: ReturnType<typeof accountFinder>
}

/** What is issued, as the library's tokens have it in common. */
interface Issue {
  readonly accountId: string
  readonly grantId: string
  readonly gty: string
  readonly scope: string
  readonly expiresWithSession: false
}

/**
 * Let the token endpoint give tokens for an assertion. What the assertion says, and whether it says it to this client, is judged by the
 * vendor beforehand: the exchange names whom it stands for and what the tokens hold. Nobody has a session here, so they end by themselves.
 */
export function answerAssertions(provider: Provider, { place, findAccount }: AssertionGrantDeps): void {
  provider.registerGrantType(ASSERTION_GRANT, async (ctx) => {
    const { AccessToken, Grant, IdToken, RefreshToken } = provider
    const { subject, scopes = [] } = place().exchange ?? {}
    const account = subject === undefined ? undefined : findAccount(ctx, subject.accountId, undefined)
    if (subject === undefined || account === undefined) throw new errors.InvalidGrant('assertion not accepted')
    const { client } = ctx.oidc
    const { methods, authTime } = subject.authentication
    const signIn = { amr: [...methods], ...(authTime === undefined ? {} : { authTime }) }
    const { accountId } = account
    const scope = scopes.join(' ')
    const grant = new Grant({ accountId, clientId: client.clientId })
    grant.addOIDCScope(scope)
    const issue: Issue = {
      accountId,
      grantId: await grant.save(),
      gty: ASSERTION_GRANT,
      scope,
      expiresWithSession: false,
    }
    ctx.oidc.entity('Account', account)
    ctx.oidc.entity('Grant', grant)
    ctx.oidc.entity('Assertion', signIn)

    const accessToken = new AccessToken({ ...issue, client })
    ctx.oidc.entity('AccessToken', accessToken)
    const value = await accessToken.save()
    const refreshToken = new RefreshToken({ ...issue, ...signIn, client, rotations: 0 })
    const isRenewable = scopes.includes('offline_access') && client.grantTypeAllowed('refresh_token')
    const idToken = new IdToken({ ...account.claims('id_token', scope), ...signIn }, { ctx })
    Object.assign(idToken, { scope, mask: {}, rejected: [] })
    ctx.body = {
      access_token: value,
      expires_in: accessToken.expiration,
      ...(scopes.includes('openid') ? { id_token: await idToken.issue({ use: 'idtoken' }) } : {}),
      ...(isRenewable ? { refresh_token: await refreshToken.save() } : {}),
      scope,
      token_type: accessToken.tokenType,
    }
  })
}
