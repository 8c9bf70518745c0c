import type { Request, Response } from 'express'
import { acsAddress } from '#idp/protocols/saml/acs-address.ts'
import { answerLogoutByRedirect } from '#idp/protocols/saml/answer-logout.ts'
import type { AskedLogout } from '#idp/protocols/saml/kept-requests.ts'
import { nameSubject } from '#kit/http/record.ts'
import { STATUS_SUCCESS } from '#kit/saml/names.ts'
import { aadsts } from '../sign-in/aadsts.ts'
import { sendErrorPage } from '../sign-in/authorize.tsx'
import type { SignInDeps } from '../sign-in/deps.ts'
import { endSession, leaveSignedOut } from '../sign-in/end-session.tsx'
import { samlIssuerOf } from './addresses.ts'
import { certificateFor, isKeyReadable } from './certificates.ts'
import type { SamlSettings } from './records.ts'

/**
 * Single sign-out by SAML ("Single Sign-Out SAML protocol"): the session of this browser ends, whoever the request names, and the browser
 * goes to the app's Logout Url with the answer. Without a Logout Url it stays at the page that says so. An answer is given to an app nobody
 * was signed in for, too: what it asks for is so.
 */
export async function signOutBySaml(
  deps: SignInDeps,
  req: Request,
  res: Response,
  { settings, asked }: { readonly settings: SamlSettings; readonly asked: AskedLogout },
): Promise<void> {
  const ended = await endSession(deps, req, res, 'saml')
  if (ended.user !== undefined) nameSubject(ended.user.userPrincipalName)
  const leave = (target: string | undefined): void =>
    leaveSignedOut(deps, req, res, ended, { target, signInHref: '/admin' })

  const { system, wallNowMs } = deps
  const { principalId: owner, tenantId, logoutUrl } = settings
  if (logoutUrl === undefined) return leave(undefined)
  const address = acsAddress(system, logoutUrl)
  if (address.kind !== 'here') {
    const host = address.kind === 'elsewhere' ? address.host : logoutUrl
    const reason = `The session has ended. The Logout Url leads to ${host}, which is not on this machine: correct it, or allow the host on the kit home.`
    return sendErrorPage(system, req, res, aadsts(system.clock, 9002313, { reason }))
  }
  if (!isKeyReadable(system, await certificateFor(system, { id: owner }))) {
    const app = system.store.get('servicePrincipals', owner)?.displayName ?? owner
    return sendErrorPage(system, req, res, aadsts(system.clock, 50012, { app }))
  }
  const { logout: request, relayState } = asked
  const policy = { owner, issuer: samlIssuerOf(tenantId), logoutUrl }
  const answer = { request, relayState, status: STATUS_SUCCESS, nowMs: wallNowMs() }
  return leave(answerLogoutByRedirect(system, policy, answer, address.action))
}
