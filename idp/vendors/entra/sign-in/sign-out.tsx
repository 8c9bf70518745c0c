import type { Request, Response } from 'express'
import { applicationByAppId } from '#idp/core/directory/applications.ts'
import { MY_APPS_APP_ID } from '../world.ts'
import { paramsOf } from './authorize.tsx'
import type { SignInDeps } from './deps.ts'
import { endSession, leaveSignedOut } from './end-session.tsx'
import { comparableReply, isLogoutAddress } from './reply-addresses.ts'

/**
 * End the session of this browser, without asking again, and go where the application wants if it has registered the address.
 * Entra needs no `id_token_hint` for that (OpenID Connect on the platform, "Send a sign-out request").
 */
export async function signOut(deps: SignInDeps, req: Request, res: Response): Promise<void> {
  const params = paramsOf(req)
  const ended = await endSession(deps, req, res, 'oidc')
  const target = targetOf(deps, params)
  const signInHref = params.get('client_id') === MY_APPS_APP_ID ? '/myapps' : '/admin'
  leaveSignedOut(deps, req, res, ended, { target, signInHref })
}

/** Where the browser goes afterwards; `undefined` when nobody has registered it. */
function targetOf(deps: SignInDeps, params: URLSearchParams): string | undefined {
  const target = params.get('post_logout_redirect_uri')
  if (target === null || !isRegistered(deps, target, params.get('client_id'))) return undefined
  const url = new URL(target)
  const state = params.get('state')
  if (state !== null) url.searchParams.set('state', state)
  return url.href
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
