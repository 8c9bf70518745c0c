import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { sessionAuthentication } from './authentication.ts'
import type { OidcPlace, OidcPolicy, OidcRequest } from './policy.ts'

const { base, Check, Prompt } = interactionPolicy

/** Parameters of the authorization request as the vendor's decisions need them. */
export function requestOf(ctx: KoaContextWithOIDC): OidcRequest {
  const raw = ctx.oidc.params ?? {}
  const params: Record<string, string> = {}
  for (const [name, value] of Object.entries(raw)) if (typeof value === 'string') params[name] = value
  return {
    clientId: params['client_id'] ?? '',
    redirectUri: params['redirect_uri'] ?? '',
    scopes: (params['scope'] ?? '').split(' ').filter(Boolean),
    ...(params['login_hint'] === undefined ? {} : { loginHint: params['login_hint'] }),
    params,
  }
}

/**
 * When a request stops for a page, in this order: choose an account, sign in, be refused, consent. The library's own rules
 * are kept but for one: an installed client is not asked again on every request.
 */
export function createInteractionPolicy(policy: OidcPolicy, place: () => OidcPlace): interactionPolicy.DefaultPolicy {
  const rules = base()

  rules.get('login')?.checks.add(
    new Check('other_account_needed', 'the signed-in account does not fit the request', 'login_required', (ctx) => {
      const accountId = ctx.oidc.session?.accountId
      if (accountId === undefined || ctx.oidc.result?.login !== undefined) return false
      return !policy.suits(accountId, requestOf(ctx), place())
    }),
  )
  for (const { reason, description, error, fails } of policy.signInChecks ?? []) {
    rules.get('login')?.checks.add(
      new Check(reason, description, error, (ctx) => {
        const { session, result } = ctx.oidc
        if (session?.accountId === undefined || result?.login !== undefined) return false
        return fails(session.accountId, sessionAuthentication(session), requestOf(ctx), place())
      }),
    )
  }
  rules.get('consent')?.checks.remove('native_client_prompt')

  rules.add(new Prompt({ name: 'select_account', requestable: true }), 0)
  rules.add(
    new Prompt(
      { name: 'refusal' },
      new Check('account_refused', 'the account is refused by a rule', 'interaction_required', (ctx) => {
        const accountId = ctx.oidc.session?.accountId
        return accountId !== undefined && policy.isRefused(accountId, requestOf(ctx), place())
      }),
    ),
    2,
  )
  return rules
}
