import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { requestOf } from './interaction-policy.ts'
import type { OidcPolicy } from './policy.ts'

/**
 * Consent is the directory's: a grant of the library is its copy for one session, made anew when the directory says otherwise.
 * @returns `undefined` when nobody is signed in or nothing was consented to.
 */
export async function grantFromConsent(
  ctx: KoaContextWithOIDC,
  policy: Pick<OidcPolicy, 'grantedScopes'>,
): Promise<InstanceType<Provider['Grant']> | undefined> {
  const { provider, session, client } = ctx.oidc
  if (session?.accountId === undefined || client === undefined) return undefined
  const granted = policy.grantedScopes(session.accountId, requestOf(ctx))
  if (granted === undefined) return undefined
  const heldId = session.grantIdFor(client.clientId)
  const held = heldId === undefined ? undefined : await provider.Grant.find(heldId)
  const grant = held ?? new provider.Grant({ accountId: session.accountId, clientId: client.clientId })
  if (grant.accountId !== session.accountId) return undefined
  const before = held?.getOIDCScope().split(' ').toSorted().join(' ')
  // In the order of the request: what a code stands for is told in that order.
  const asked = requestOf(ctx).scopes.filter((scope) => granted.includes(scope))
  grant.openid = { scope: [...new Set([...asked, ...granted])].join(' ') }
  if (before !== granted.toSorted().join(' ')) await grant.save()
  return grant
}
