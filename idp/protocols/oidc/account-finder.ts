import type { FindAccount } from 'oidc-provider'
import { accessTokenOf } from './access-tokens.ts'
import { authenticationIn, authenticationOf } from './authentication.ts'
import type { OidcPlace, OidcPolicy } from './policy.ts'
import { TOLD } from './withheld-claims.ts'

/** Accounts as the library asks for them: whoever may be given something now, with what the policy tells of them. */
export function accountFinder(policy: Pick<OidcPolicy, 'accountStamp' | 'claimsOf'>, here: () => OidcPlace) {
  return ((ctx, accountId, token) => {
    if (policy.accountStamp(accountId) === undefined) return undefined
    return {
      accountId,
      claims: (use, scope) => {
        const clientId = ctx.oidc.client?.clientId ?? ''
        const accessToken = accessTokenOf(ctx)
        const claims = policy.claimsOf(accountId, clientId, here(), {
          use: use === 'userinfo' ? 'userinfo' : 'id_token',
          place: here(),
          scopes: scope.split(' '),
          authentication:
            token === undefined
              ? authenticationIn(ctx)
              : authenticationOf(token as Parameters<typeof authenticationOf>[0]),
        })
        return {
          sub: accountId,
          ...claims,
          [TOLD]: claims,
          // The library makes the hash of it; only a policy that names the claim has it.
          ...(accessToken === undefined ? {} : { at_hash: accessToken }),
        }
      },
    }
  }) satisfies FindAccount
}
