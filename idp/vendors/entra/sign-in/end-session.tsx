import type { Request, Response } from 'express'
import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { SignInDeps } from './deps.ts'
import { frameOf } from './frame.ts'
import { SignedOutPage } from './pages/signed-out-page.tsx'
import { issuerOf } from './tenancy.ts'

/** Seconds applications are given to end their sessions before the browser goes on. */
const FRAMES_SECONDS = 1

/** A session that is over. */
export interface EndedSession {
  /** Whose it was; absent: nobody was signed in. */
  readonly user?: DirectoryUser
  /** Addresses of applications to be told in hidden frames. */
  readonly frames: readonly string[]
}

/**
 * End the session of this browser, whatever protocol asks for it: there is one for all applications. Those it was used for are told in
 * hidden frames, where they have registered a front-channel logout URL ("Single sign-out").
 */
export async function endSession(
  deps: SignInDeps,
  req: Request,
  res: Response,
  by: 'oidc' | 'saml',
): Promise<EndedSession> {
  const { system, oidc } = deps
  const { sessionId, clientIds } = await oidc.signedInClients(req, res)
  const accountId = await oidc.signOut(req, res)
  const user = accountId === undefined ? undefined : system.store.get('users', accountId)
  if (user !== undefined) {
    system.journal.record({
      kind: by,
      title: `Sign-out of ${user.userPrincipalName}`,
      subject: user.userPrincipalName,
    })
  }
  const about = { iss: issuerOf(system.origin, user?.tenantId ?? ''), sid: sessionId ?? '' }
  const frames = clientIds.flatMap((clientId) => frameAddress(deps, clientId, about))
  return { ...(user === undefined ? {} : { user }), frames }
}

/** Show that the session is over, tell the applications of `frames`, and send the browser on to `target` if there is one. */
export function leaveSignedOut(
  { system }: SignInDeps,
  req: Request,
  res: Response,
  { frames }: EndedSession,
  { target, signInHref }: { readonly target: string | undefined; readonly signInHref: string },
): void {
  if (target !== undefined && frames.length === 0) {
    res.redirect(303, target)
    return
  }
  res.setHeader('cache-control', 'no-store')
  if (frames.length > 0) letFrame(res, frames)
  if (target !== undefined) res.setHeader('refresh', `${FRAMES_SECONDS}; url=${target}`)
  const frame = frameOf(system, req.originalUrl)
  res.send(renderPage(<SignedOutPage frame={frame} signInHref={signInHref} frames={frames} target={target} />))
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
