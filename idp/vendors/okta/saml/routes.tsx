import { type Request, type Response, Router } from 'express'
import { acsAddress } from '#idp/protocols/saml/acs-address.ts'
import { answerPassively, responseValues } from '#idp/protocols/saml/answer-login.ts'
import { judgeAuthnRequest, readAuthnRequest } from '#idp/protocols/saml/authn-request.ts'
import { createLoginAnswers } from '#idp/protocols/saml/flawed-answers.ts'
import {
  type AskedLogin,
  demandSignIn,
  findRequest,
  forgetRequest,
  keepRequest,
} from '#idp/protocols/saml/kept-requests.ts'
import { nameSubject, recordAs } from '#kit/http/record.ts'
import { METADATA_TYPE } from '#kit/saml/names.ts'
import type { OktaApp } from '../apps/records.ts'
import { appPersonKey } from '../apps/records.ts'
import type { OktaSystem } from '../collections.ts'
import { logActorOf } from '../commands/actor.ts'
import type { CurrentUser, OktaSession } from '../sign-in/session.ts'
import { appTarget, appUserTarget, recordEvent, userTarget } from '../system-log/record-event.ts'
import { resumePath, ssoPath } from './addresses.ts'
import { answerNowMs } from './answer-clock.ts'
import { type AssertedAccount, assertedPerson, FailedStatement, responsePolicyOf } from './assertion.ts'
import { certificateFor, isKeyReadable } from './certificates.ts'
import { createSamlDoor, type Fields, noteSamlRequest, relayStateOf, signsIn } from './door.tsx'
import { samlLogoutRoutes } from './logout-routes.tsx'
import { appMetadata } from './metadata.ts'
import type { SsoProblem } from './pages.tsx'
import {
  BAD_RELAY_STATE,
  badRequest,
  elsewhere,
  failedStatement,
  KEY_UNREADABLE,
  NO_ADDRESS,
  NO_REQUEST,
  NO_SUCH_APP,
  notAssigned,
  REQUEST_OVER,
} from './problems.ts'

export interface SamlDeps {
  readonly system: OktaSystem
  readonly session: OktaSession
}

/** Longest entity id a request may come from (SAML core §8.3.6). */
const LONGEST_ISSUER = 1024

/** One sign-on under way: what was asked, if anything was, and where the browser comes back to after signing in. */
interface Attempt {
  readonly app: OktaApp
  /** Absent: the org began. */
  readonly asked?: AskedLogin
  readonly relayState: string | undefined
  /** Of a kept request. */
  readonly token?: string
  readonly signedInSince?: string
}

/**
 * Single sign-on by SAML (reference sheet 5.3): the SSO address by redirect and by form, the embed link, metadata; Single Logout. Service
 * providers post here by protocol, so none of these routes asks for a token of ours.
 */
export function samlRoutes({ system, session }: SamlDeps): Router {
  const { store, clock } = system
  const router = Router()
  const answers = createLoginAnswers(system, Date.now)

  const { refuse, appOf, deliver } = createSamlDoor(system)

  function statedPerson(account: AssertedAccount): ReturnType<typeof assertedPerson> | FailedStatement {
    try {
      return assertedPerson(store, clock, account)
    } catch (error) {
      if (error instanceof FailedStatement) return error
      throw error
    }
  }

  /** Answer somebody who is signed in, or refuse. */
  async function answer(
    req: Request,
    res: Response,
    attempt: Attempt,
    { user, signedInAt }: CurrentUser,
  ): Promise<void> {
    const { app, asked, relayState, token } = attempt
    nameSubject(user.profile.login)
    const appUser = store.find('appUsers', 'person', appPersonKey(app.id, user.id))[0]
    if (appUser === undefined) {
      await store.transact((tx) => {
        recordEvent(tx, clock, {
          eventType: 'app.generic.unauth_app_access_attempt',
          actor: logActorOf(tx, user.id),
          target: [appTarget(app), userTarget(user)],
          failure: 'User is not assigned to this application',
        })
      })
      const errorPage = app.general?.errorRedirectUrl ?? ''
      return errorPage === '' ? refuse(req, res, notAssigned(app.label)) : res.redirect(303, errorPage)
    }
    const address = acsAddress(system, app.signOn.acsUrl)
    if (address.kind === 'elsewhere') return refuse(req, res, elsewhere(address.host))
    if (address.kind === 'none' || app.signOn.spEntityId === '') return refuse(req, res, NO_ADDRESS)
    if (!isKeyReadable(system, await certificateFor(system, app))) return refuse(req, res, KEY_UNREADABLE)
    const person = statedPerson({ app, user, account: appUser })
    if (person instanceof FailedStatement) return refuse(req, res, failedStatement(person.statement, person.message))
    const now = answerNowMs(system.switches)
    const sessionAgeMs = Math.max(0, clock.now() - Date.parse(signedInAt))
    const values = responseValues(
      responsePolicyOf(app),
      { ...person, authenticatedAtMs: now - sessionAgeMs },
      asked?.request,
      now,
    )
    const form = await answers.answer(responsePolicyOf(app), values, relayState)
    await store.transact((tx) => {
      recordEvent(tx, clock, {
        eventType: 'user.authentication.sso',
        actor: logActorOf(tx, user.id),
        target: [appTarget(app), appUserTarget(appUser, `${user.profile.firstName} ${user.profile.lastName}`)],
        debugData: { initiationType: asked === undefined ? 'IDP_INITIATED' : 'SP_INITIATED', signOnMode: 'SAML 2.0' },
      })
    })
    if (token !== undefined) await forgetRequest(system, token)
    return deliver(req, res, 'in', app, address.action, form)
  }

  /** Somebody asked that nobody be asked, and somebody has to be. */
  async function answerNoPassive(
    req: Request,
    res: Response,
    { app, asked, relayState, token }: Attempt,
  ): Promise<void> {
    const address = acsAddress(system, app.signOn.acsUrl)
    if (asked === undefined || address.kind !== 'here') return refuse(req, res, NO_ADDRESS)
    if (!isKeyReadable(system, await certificateFor(system, app))) return refuse(req, res, KEY_UNREADABLE)
    const now = answerNowMs(system.switches)
    const form = answerPassively(system, responsePolicyOf(app), asked.request, relayState, now)
    if (token !== undefined) await forgetRequest(system, token)
    return deliver(req, res, 'in', app, address.action, form)
  }

  /** Decide between answering, signing in first, and saying that this would be needed. */
  async function proceed(req: Request, res: Response, attempt: Attempt): Promise<void> {
    const { app, asked, signedInSince } = attempt
    const current = session.currentUser(req)
    const isForced = asked?.request.forceAuthn === true && !app.signOn.disableForceAuthn
    const isFresh = !isForced || (signedInSince !== undefined && (current?.signedInAt ?? '') >= signedInSince)
    if (current !== undefined && isFresh) return answer(req, res, attempt, current)
    if (asked === undefined) return session.begin(res, req.originalUrl)
    if (asked.request.isPassive) return answerNoPassive(req, res, attempt)
    const token = attempt.token ?? (await keepRequest(system, app.id, asked, Date.now()))
    if (isForced && signedInSince === undefined) await demandSignIn(system, token, clock.iso())
    if (current !== undefined) await session.sessions.close(req, res)
    return session.begin(res, resumePath(app, token))
  }

  /** Read a request and hold it against the app's settings. */
  function readRequest(app: OktaApp, binding: 'redirect' | 'post', fields: Fields): AskedLogin | SsoProblem {
    const relayState = relayStateOf(fields)
    if (relayState === null) return BAD_RELAY_STATE
    const message = fields['SAMLRequest']
    if (typeof message !== 'string' || message === '') return NO_REQUEST
    const reading = readAuthnRequest(binding, message)
    if (!reading.ok) return badRequest(reading.problem)
    // Whoever asks: an app may name itself otherwise than its audience is called, and the answer goes to the registered address.
    const problem = judgeAuthnRequest(reading.request, {
      acsUrl: app.signOn.acsUrl,
      ssoUrls: [system.origin + ssoPath(app)],
    })
    if (problem !== undefined) return badRequest(problem)
    const { id, issuer, forceAuthn, isPassive } = reading.request
    if (issuer.length > LONGEST_ISSUER) return badRequest('issuer')
    noteSamlRequest(system, { title: `SAML request for ${app.label}`, subject: issuer }, binding, message)
    // What it names besides has been held against the settings; what is kept has a size.
    return { request: { id, issuer, forceAuthn, isPassive }, relayState }
  }

  router.get('/app/:samlKey/sso/saml/metadata', recordAs('saml'), async (req, res) => {
    const app = store.find('apps', 'samlKey', String(req.params['samlKey']))[0]
    const kid = req.query['kid']
    const metadata = app && (await appMetadata(system, app, typeof kid === 'string' ? kid : undefined))
    if (metadata === undefined) return refuse(req, res, NO_SUCH_APP)
    return void res.type(METADATA_TYPE).send(metadata)
  })

  router.get('/app/:appName/:samlKey/sso/saml', recordAs('saml'), async (req, res) => {
    const app = appOf(req)
    if (app === undefined) return refuse(req, res, NO_SUCH_APP)
    if (req.query['SAMLRequest'] === undefined) return begin(req, res, app)
    const asked = readRequest(app, 'redirect', req.query)
    if ('status' in asked) return refuse(req, res, asked)
    return proceed(req, res, { app, asked, relayState: asked.relayState })
  })

  router.post('/app/:appName/:samlKey/sso/saml', recordAs('saml'), async (req, res) => {
    const app = appOf(req)
    if (app === undefined) return refuse(req, res, NO_SUCH_APP)
    const asked = readRequest(app, 'post', (req.body ?? {}) as Fields)
    if ('status' in asked) return refuse(req, res, asked)
    // A browser sends no cookies of ours with another site's form: only the next request tells who is signed in.
    const token = await keepRequest(system, app.id, asked, Date.now())
    return res.redirect(303, resumePath(app, token))
  })

  router.get('/app/:appName/:samlKey/sso/saml/resume/:token', recordAs('saml'), async (req, res) => {
    const app = appOf(req)
    if (app === undefined) return refuse(req, res, NO_SUCH_APP)
    const token = String(req.params['token'])
    const found = findRequest(system, app.id, token, Date.now())
    if (found === undefined) return refuse(req, res, REQUEST_OVER)
    const { request, relayState, signedInSince } = found
    const since = signedInSince === undefined ? {} : { signedInSince }
    return proceed(req, res, { app, asked: { request, relayState }, relayState, token, ...since })
  })

  router.get('/home/:appName/:appId/:embedKey', recordAs('saml'), async (req, res) => {
    const app = store.get('apps', String(req.params['appId']))
    const { appName, embedKey } = req.params
    const isRight = app !== undefined && app.name === appName && app.embedKey === embedKey
    if (!isRight || !signsIn(app)) return refuse(req, res, NO_SUCH_APP)
    return begin(req, res, app)
  })

  /** The org begins: nothing was asked, and what is to be sent along is typed on the Sign On tab or in the address. */
  async function begin(req: Request, res: Response, app: OktaApp): Promise<void> {
    const given = relayStateOf(req.query)
    if (given === null) return refuse(req, res, BAD_RELAY_STATE)
    return proceed(req, res, { app, relayState: given ?? app.signOn.defaultRelayState })
  }

  router.use(samlLogoutRoutes({ system, session }))
  return router
}
