import type { Request, Response } from 'express'
import { applicationByAppId } from '#idp/core/directory/applications.ts'
import { renderPage } from '#kit/ui/render.ts'
import { paramsOf } from './authorize.tsx'
import type { SignInDeps } from './deps.ts'
import { frameOf } from './frame.ts'
import { SignedOutPage } from './pages/signed-out-page.tsx'
import { comparableReply, isLogoutAddress } from './reply-addresses.ts'

/**
 * End the session of this browser, without asking again, and go where the application wants if it has registered the address.
 * Entra needs no `id_token_hint` for that (OpenID Connect on the platform, "Send a sign-out request").
 */
export async function signOut(deps: SignInDeps, req: Request, res: Response): Promise<void> {
  const { system, oidc } = deps
  const accountId = await oidc.signOut(req, res)
  const user = accountId === undefined ? undefined : system.store.get('users', accountId)
  if (user !== undefined) {
    system.journal.record({
      kind: 'oidc',
      title: `Sign-out of ${user.userPrincipalName}`,
      subject: user.userPrincipalName,
    })
  }
  const params = paramsOf(req)
  const target = params.get('post_logout_redirect_uri')
  if (target !== null && isRegistered(deps, target, params.get('client_id'))) {
    const url = new URL(target)
    const state = params.get('state')
    if (state !== null) url.searchParams.set('state', state)
    res.redirect(303, url.href)
    return
  }
  res.setHeader('cache-control', 'no-store')
  res.send(renderPage(<SignedOutPage frame={frameOf(system, req.originalUrl)} signInHref="/admin" />))
}

function isRegistered({ system }: SignInDeps, address: string, clientId: string | null): boolean {
  const { store, urls } = system
  const named = clientId === null ? undefined : applicationByAppId(store, clientId)
  const candidates =
    clientId === null
      ? store.find('applications', 'logout', comparableReply(address))
      : named === undefined
        ? []
        : [named]
  return candidates.some((application) => isLogoutAddress(application, address, urls))
}
