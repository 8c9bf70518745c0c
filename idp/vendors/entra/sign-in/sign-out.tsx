import type { Request, Response } from 'express'
import { applicationByAppId } from '#idp/core/directory/applications.ts'
import { renderPage } from '#kit/ui/render.ts'
import { paramsOf } from './authorize.tsx'
import type { SignInDeps } from './deps.ts'
import { frameOf } from './frame.ts'
import { SignedOutPage } from './pages/signed-out-page.tsx'
import { comparableReply, isLogoutAddress } from './reply-addresses.ts'
import { issuerOf } from './tenancy.ts'

/** Seconds applications are given to end their sessions before the browser goes on. */
const FRAMES_SECONDS = 1

/**
 * End the session of this browser, without asking again, and go where the application wants if it has registered the address.
 * Entra needs no `id_token_hint` for that (OpenID Connect on the platform, "Send a sign-out request"). Applications the session was used
 * for are told in hidden frames, where they have registered a front-channel logout URL ("Single sign-out").
 */
export async function signOut(deps: SignInDeps, req: Request, res: Response): Promise<void> {
  const { system, oidc } = deps
  const { sessionId, clientIds } = await oidc.signedInClients(req, res)
  const accountId = await oidc.signOut(req, res)
  const user = accountId === undefined ? undefined : system.store.get('users', accountId)
  if (user !== undefined) {
    system.journal.record({
      kind: 'oidc',
      title: `Sign-out of ${user.userPrincipalName}`,
      subject: user.userPrincipalName,
    })
  }
  const target = targetOf(deps, paramsOf(req))
  const about = { iss: issuerOf(system.origin, user?.tenantId ?? ''), sid: sessionId ?? '' }
  const frames = clientIds.flatMap((clientId) => frameAddress(deps, clientId, about))
  if (target !== undefined && frames.length === 0) {
    res.redirect(303, target)
    return
  }
  res.setHeader('cache-control', 'no-store')
  if (frames.length > 0) letFrame(res, frames)
  if (target !== undefined) res.setHeader('refresh', `${FRAMES_SECONDS}; url=${target}`)
  const page = frameOf(system, req.originalUrl)
  res.send(renderPage(<SignedOutPage frame={page} signInHref="/admin" frames={frames} target={target} />))
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

/**
 * The front-channel logout URL of an application, telling whose session ends (OpenID Connect Front-Channel Logout §3). The pages of the kit
 * and its products end theirs by themselves.
 */
function frameAddress(
  { system }: SignInDeps,
  clientId: string,
  about: { readonly iss: string; readonly sid: string },
): readonly string[] {
  const application = applicationByAppId(system.store, clientId)
  const { logoutUrl } = application?.web ?? {}
  if (application === undefined || logoutUrl === undefined || !URL.canParse(logoutUrl)) return []
  if (application.firstParty || application.templateId !== undefined) return []
  const url = new URL(logoutUrl)
  for (const [name, value] of Object.entries(about)) url.searchParams.set(name, value)
  return [url.href]
}

/** Our pages show nobody's in a frame but these. */
function letFrame(res: Response, frames: readonly string[]): void {
  const policy = String(res.getHeader('content-security-policy') ?? "default-src 'self'")
  const origins = [...new Set(frames.map((frame) => new URL(frame).origin))]
  res.setHeader('content-security-policy', `${policy};frame-src ${origins.join(' ')}`)
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
