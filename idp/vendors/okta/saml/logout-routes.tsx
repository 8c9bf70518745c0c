import { type Request, type Response, Router } from 'express'
import { acsAddress } from '#idp/protocols/saml/acs-address.ts'
import { answerLogoutByForm } from '#idp/protocols/saml/answer-logout.ts'
import { type AskedLogout, keepRequest, takeLogout } from '#idp/protocols/saml/kept-requests.ts'
import { judgeLogoutRequest, readLogoutRequest } from '#idp/protocols/saml/logout-request.ts'
import type { SamlBinding } from '#idp/protocols/saml/read-request.ts'
import { type RequestSignature, verifyPosted, verifyRedirected } from '#idp/protocols/saml/request-signature.ts'
import { nameSubject, recordAs } from '#kit/http/record.ts'
import { decodePosted } from '#kit/saml/message-encoding.ts'
import { STATUS_AUTHN_FAILED, STATUS_REQUEST_DENIED, STATUS_SUCCESS } from '#kit/saml/names.ts'
import { type AppUser, appPersonKey, type OktaApp, type SingleLogout } from '../apps/records.ts'
import type { OktaSystem, OktaUser } from '../collections.ts'
import { logActorOf } from '../commands/actor.ts'
import type { OktaSession } from '../sign-in/session.ts'
import { appTarget, appUserTarget, recordEvent } from '../system-log/record-event.ts'
import { logoutPath, logoutResumePath } from './addresses.ts'
import { answerNowMs } from './answer-clock.ts'
import { responsePolicyOf } from './assertion.ts'
import { certificateFor, isKeyReadable } from './certificates.ts'
import { createSamlDoor, type Fields, noteSamlRequest, relayStateOf } from './door.tsx'
import type { SsoProblem } from './pages.tsx'
import {
  BAD_RELAY_STATE,
  badRequest,
  elsewhereAfterLogout,
  KEY_UNREADABLE,
  NO_REQUEST,
  NO_SUCH_APP,
  REQUEST_OVER,
} from './problems.ts'
import { activeLogoutOf } from './single-logout.ts'

/** An app that may begin a Single Logout. */
interface LogoutApp {
  readonly app: OktaApp
  readonly settings: SingleLogout
}

/** A request that was read, and what is to be thought of its sender. */
interface Attempt extends LogoutApp {
  readonly asked: AskedLogout
}

/**
 * Single Logout ("Configure Single Logout in app integrations"): an app asks, by redirect or by form, and signs what it asks with the
 * certificate that was registered; the session of the org in this browser ends when it is that of the person named. The answer is posted to
 * the Single Logout URL and nowhere else. A request that is not the app's, or names somebody else, ends nothing and is answered so.
 */
export function samlLogoutRoutes({
  system,
  session,
}: {
  readonly system: OktaSystem
  readonly session: OktaSession
}): Router {
  const { store, clock } = system
  const router = Router()
  const { refuse, appOf, deliver } = createSamlDoor(system)

  function logoutAppOf(req: Request): LogoutApp | undefined {
    const app = appOf(req)
    const settings = app === undefined ? undefined : activeLogoutOf(app)
    return app === undefined || settings === undefined ? undefined : { app, settings }
  }

  async function answer(req: Request, res: Response, { app, settings, asked }: Attempt, status: string): Promise<void> {
    const address = acsAddress(system, settings.url)
    if (address.kind !== 'here') {
      return refuse(req, res, elsewhereAfterLogout(address.kind === 'elsewhere' ? address.host : settings.url))
    }
    if (!isKeyReadable(system, await certificateFor(system, app))) return refuse(req, res, KEY_UNREADABLE)
    const { logout: request, relayState } = asked
    const policy = { ...responsePolicyOf(app), logoutUrl: settings.url }
    const form = answerLogoutByForm(system, policy, {
      request,
      relayState,
      status,
      nowMs: answerNowMs(system.switches),
    })
    return deliver(req, res, 'out', app, address.action, form)
  }

  function logEvent(app: OktaApp, person: { user: OktaUser; appUser: AppUser } | undefined, failure?: string) {
    return store.transact((tx) => {
      const { user, appUser } = person ?? {}
      const name = user === undefined ? '' : `${user.profile.firstName} ${user.profile.lastName}`
      recordEvent(tx, clock, {
        eventType: 'user.authentication.slo',
        actor: logActorOf(tx, user?.id),
        target: [appTarget(app), ...(appUser === undefined ? [] : [appUserTarget(appUser, name)])],
        ...(failure === undefined ? {} : { failure }),
      })
    })
  }

  /** Read a request and hold it against its address and time. */
  function readRequest({ app }: LogoutApp, binding: SamlBinding, fields: Fields): AskedLogout | SsoProblem {
    const relayState = relayStateOf(fields)
    if (relayState === null) return BAD_RELAY_STATE
    const message = fields['SAMLRequest']
    if (typeof message !== 'string' || message === '') return NO_REQUEST
    const reading = readLogoutRequest(binding, message)
    if (!reading.ok) return badRequest(reading.problem)
    const { request } = reading
    const problem = judgeLogoutRequest(request, [system.origin + logoutPath(app)], Date.now())
    if (problem !== undefined) return badRequest(problem)
    const note = { title: `SAML sign-out request for ${app.label}`, subject: request.issuer.slice(0, 1024) }
    noteSamlRequest(system, note, binding, message)
    return { logout: request, relayState }
  }

  /** Whether the app of these settings sent it. */
  async function isSender({ app, settings, asked }: Attempt, signature: RequestSignature): Promise<boolean> {
    const isRight = signature === 'right' && asked.logout.issuer === settings.issuer
    if (!isRight) {
      const reason = signature === 'right' ? 'Invalid issuer' : 'Invalid signature'
      await logEvent(app, undefined, reason)
    }
    return isRight
  }

  /** The request is the app's: end the session of whom it names. */
  async function finish(req: Request, res: Response, attempt: Attempt): Promise<void> {
    const current = session.currentUser(req)
    if (current === undefined) return answer(req, res, attempt, STATUS_SUCCESS)
    const { app, asked } = attempt
    const { user } = current
    nameSubject(user.profile.login)
    const appUser = store.find('appUsers', 'person', appPersonKey(app.id, user.id))[0]
    if (appUser === undefined || appUser.userName !== asked.logout.nameId) {
      await logEvent(app, appUser && { user, appUser }, 'The session is of another user')
      return answer(req, res, attempt, STATUS_REQUEST_DENIED)
    }
    await session.close(req, res)
    await logEvent(app, { user, appUser })
    return answer(req, res, attempt, STATUS_SUCCESS)
  }

  router.get('/app/:appName/:samlKey/slo/saml', recordAs('saml'), async (req, res) => {
    const found = logoutAppOf(req)
    if (found === undefined) return refuse(req, res, NO_SUCH_APP)
    const asked = readRequest(found, 'redirect', req.query)
    if ('status' in asked) return refuse(req, res, asked)
    const [, rawQuery = ''] = /\?(.*)$/s.exec(req.originalUrl) ?? []
    const fields = { message: String(req.query['SAMLRequest']), relayState: asked.relayState }
    const signature = verifyRedirected(rawQuery, fields, found.settings.certificate)
    const attempt = { ...found, asked }
    if (!(await isSender(attempt, signature))) return answer(req, res, attempt, STATUS_AUTHN_FAILED)
    return finish(req, res, attempt)
  })

  router.post('/app/:appName/:samlKey/slo/saml', recordAs('saml'), async (req, res) => {
    const found = logoutAppOf(req)
    if (found === undefined) return refuse(req, res, NO_SUCH_APP)
    const fields = (req.body ?? {}) as Fields
    const asked = readRequest(found, 'post', fields)
    if ('status' in asked) return refuse(req, res, asked)
    const decoded = decodePosted(String(fields['SAMLRequest']))
    const signature = decoded.ok ? verifyPosted(decoded.xml, found.settings.certificate) : 'wrong'
    const attempt = { ...found, asked }
    if (!(await isSender(attempt, signature))) return answer(req, res, attempt, STATUS_AUTHN_FAILED)
    // A browser may send no cookies of ours with another site's form: only the next request tells who is signed in.
    const token = await keepRequest(system, found.app.id, asked, Date.now())
    return res.redirect(303, logoutResumePath(found.app, token))
  })

  router.get('/app/:appName/:samlKey/slo/saml/resume/:token', recordAs('saml'), async (req, res) => {
    const found = logoutAppOf(req)
    if (found === undefined) return refuse(req, res, NO_SUCH_APP)
    const asked = await takeLogout(system, found.app.id, String(req.params['token']), Date.now())
    if (asked === undefined) return refuse(req, res, REQUEST_OVER)
    return finish(req, res, { ...found, asked })
  })

  return router
}
