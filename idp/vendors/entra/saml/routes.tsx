import { type Request, type Response, Router } from 'express'
import { servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { acsAddress, policyAllowing } from '#idp/protocols/saml/acs-address.ts'
import { answerPassively, type PostForm, responseValues } from '#idp/protocols/saml/answer-login.ts'
import { judgeAuthnRequest, readAuthnRequest } from '#idp/protocols/saml/authn-request.ts'
import { createLoginAnswers } from '#idp/protocols/saml/flawed-answers.ts'
import { type AskedLogin, findRequest, forgetRequest, keepRequest } from '#idp/protocols/saml/kept-requests.ts'
import { type LogoutRequest, readLogoutRequest } from '#idp/protocols/saml/logout-request.ts'
import { nameSubject, recordAs, withholdAnswer } from '#kit/http/record.ts'
import { decodePosted, inflateRedirected } from '#kit/saml/message-encoding.ts'
import { METADATA_TYPE } from '#kit/saml/names.ts'
import { readableMessage } from '#kit/saml/readable-message.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { Tenant } from '../collections.ts'
import { type AadstsCode, type AadstsError, aadsts } from '../sign-in/aadsts.ts'
import { judgeAccess } from '../sign-in/access.ts'
import { liveAccount } from '../sign-in/accounts.ts'
import { refuseRealm, sendErrorPage } from '../sign-in/authorize.tsx'
import { askedCorrelation, correlateBy } from '../sign-in/correlation.ts'
import type { SignInDeps } from '../sign-in/deps.ts'
import { frameOf } from '../sign-in/frame.ts'
import { FormPostPage } from '../sign-in/pages/form-post-page.tsx'
import { lackOf } from '../sign-in/states/judge-sign-in.ts'
import { logSamlSignIn } from '../sign-in/states/witness.ts'
import { readRealm } from '../sign-in/tenancy.ts'
import { ssoPath, userAccessPath } from './addresses.ts'
import { responsePolicyOf, statedPerson } from './answer.ts'
import { certificateFor, isKeyReadable } from './certificates.ts'
import { appMetadata } from './metadata.ts'
import { REQUEST_PROBLEMS } from './problems.ts'
import { identifierKey, type SamlSettings } from './records.ts'
import { askSignIn } from './sign-in-request.ts'
import { signOutBySaml } from './sign-out.ts'

/** Longest RelayState that is kept and sent back, in characters. */
const LONGEST_RELAY_STATE = 8192

const BAD_RELAY_STATE = 'The RelayState came more than once, or is too long.'

/** One sign-on under way. */
interface Attempt {
  readonly tenant: Tenant
  readonly app: ServicePrincipal
  readonly settings: SamlSettings
  /** What the app asked, or that nothing was asked: this side began. */
  readonly asked: AskedLogin | undefined
  readonly relayState: string | undefined
}

interface AskedAttempt extends Attempt {
  readonly asked: AskedLogin
}

/** An attempt that waited for its person. */
interface ResumedAttempt extends AskedAttempt {
  /** Wall milliseconds. */
  readonly keptAtMs: number
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Single sign-on by SAML 2.0 ("Single Sign-On SAML protocol"): requests by redirect and by form, the user access URL, federation
 * metadata; requests to sign out, by redirect, at the same address. Who is signed in, and whether they may use the app, is the sign-in
 * service's to say. Service providers post here by protocol, so none of these routes asks for a token of ours.
 */
export function samlRoutes(deps: SignInDeps): Router {
  const { system, oidc } = deps
  const { store } = system
  const router = Router()
  const answers = createLoginAnswers(system, Date.now)

  router.use('/:tenant/saml2', (req, _res, next) => {
    correlateBy(askedCorrelation(req))
    next()
  })

  const refuse = (req: Request, res: Response, code: AadstsCode, values: Readonly<Record<string, string>> = {}): void =>
    sendErrorPage(system, req, res, aadsts(system.clock, code, values))

  /** The tenant an address names; single sign-on is by a tenant's own address. */
  function tenantOf(req: Request): Tenant | AadstsError {
    const realm = readRealm(store, String(req.params['tenant']))
    if (realm.kind === 'tenant') return realm.tenant
    return refuseRealm(system, realm) ?? aadsts(system.clock, 50059)
  }

  /** Send the answer as a page whose form the browser posts to the app. */
  function deliver(req: Request, res: Response, action: string, { fields }: PostForm): void {
    withholdAnswer()
    const policy = res.getHeader('content-security-policy')
    if (typeof policy === 'string') res.setHeader('content-security-policy', policyAllowing(policy, action))
    res.setHeader('cache-control', 'no-store')
    const frame = frameOf(system, req.path)
    res.type('html').send(renderPage(<FormPostPage frame={frame} action={action} fields={fields} />))
  }

  /** Where the answer goes, and with whose name; `undefined` after a refusal. */
  async function readyToSign(req: Request, res: Response, { app, settings, asked }: Attempt) {
    const replyUrl = asked?.request.acsUrl ?? settings.replyUrls[0]
    const audience = asked?.request.issuer ?? settings.identifiers[0]
    if (replyUrl === undefined || audience === undefined) {
      return void refuse(req, res, 500113, { clientId: app.appId, app: app.displayName })
    }
    const address = acsAddress(system, replyUrl)
    if (address.kind !== 'here') {
      const host = address.kind === 'elsewhere' ? address.host : replyUrl
      return void refuse(req, res, 9002313, {
        reason: `The reply URL leads to ${host}, which is not on this machine: correct it, or allow the host on the kit home.`,
      })
    }
    const certificate = await certificateFor(system, app)
    if (!isKeyReadable(system, certificate)) {
      return void refuse(req, res, 50012, { app: app.displayName })
    }
    return { action: address.action, policy: responsePolicyOf(settings, replyUrl, audience) }
  }

  /** Answer somebody who is signed in and may use the app. */
  async function answer(
    req: Request,
    res: Response,
    attempt: Attempt,
    accountId: string,
    authTime: number,
  ): Promise<void> {
    const { app, settings, asked, relayState } = attempt
    const user = liveAccount(store, accountId)
    if (user === undefined) return refuse(req, res, 50034, { user: accountId, tenant: attempt.tenant.displayName })
    nameSubject(user.userPrincipalName)
    const ready = await readyToSign(req, res, attempt)
    if (ready === undefined) return
    const person = statedPerson(store, { user, app, settings }, asked?.request.nameIdFormat)
    if ('unnamed' in person) {
      return refuse(req, res, 90014, { name: `${person.unnamed} of ${user.userPrincipalName}` })
    }
    const stated = { ...person, authenticatedAtMs: authTime * 1000 }
    const values = responseValues(ready.policy, stated, asked?.request, Date.now())
    const methods = (await oidc.signedIn(req, res))?.authentication.methods ?? []
    await logSamlSignIn(deps, req, { app, user, methods })
    return deliver(req, res, ready.action, await answers.answer(ready.policy, values, relayState))
  }

  /** Somebody asked that nobody be asked, and somebody has to be. */
  async function answerNoPassive(req: Request, res: Response, attempt: ResumedAttempt): Promise<void> {
    const { asked, relayState } = attempt
    const ready = await readyToSign(req, res, attempt)
    if (ready === undefined) return
    deliver(req, res, ready.action, answerPassively(system, ready.policy, asked.request, relayState, Date.now()))
  }

  /** Answer at once where that can be, else let the sign-in service see to it and come back. */
  async function proceed(req: Request, res: Response, attempt: Attempt): Promise<void> {
    const { tenant, app, asked } = attempt
    const signedIn = asked?.request.forceAuthn === true ? undefined : await oidc.signedIn(req, res)
    const user = signedIn === undefined ? undefined : liveAccount(store, signedIn.accountId)
    const realm = readRealm(store, tenant.id)
    const isEnough =
      signedIn !== undefined &&
      user !== undefined &&
      lackOf(store, system.clock, user.id, signedIn.authentication) === undefined &&
      judgeAccess(store, user, app.appId, realm).kind === 'allowed'
    if (isEnough) {
      return answer(req, res, attempt, user.id, signedIn.authTime)
    }
    if (asked === undefined) return askSignIn(deps, req, res, { app, state: app.id })
    const token = await keepRequest(system, app.id, asked, Date.now())
    const prompt = asked.request.isPassive ? 'none' : asked.request.forceAuthn ? 'login' : undefined
    return askSignIn(deps, req, res, { app, state: `${app.id}.${token}`, prompt })
  }

  /** The journal tells what was asked in words of XML, beside the exchange itself. */
  function noteRequest(
    app: ServicePrincipal,
    binding: 'redirect' | 'post',
    message: string,
    what: 'SAML request' | 'SAML sign-out request' = 'SAML request',
  ): void {
    const decoded = binding === 'redirect' ? inflateRedirected(message) : decodePosted(message)
    const body = decoded.ok ? readableMessage(decoded.xml) : undefined
    system.journal.record({
      kind: 'saml',
      title: `${what} of ${app.displayName}`,
      subject: app.displayName,
      ...(body === undefined ? {} : { request: { body } }),
    })
  }

  /** The app a request names as its sender; `undefined` for none of this tenant. */
  function askerOf(tenant: Tenant, issuer: string) {
    const settings = store.find('samlSettings', 'identifier', identifierKey(tenant.id, issuer))[0]
    const app = settings === undefined ? undefined : store.get('servicePrincipals', settings.principalId)
    return settings === undefined || app === undefined ? undefined : { settings, app }
  }

  /** Read a request, find whose it is, and hold it against that app's settings. */
  function readRequest(tenant: Tenant, binding: 'redirect' | 'post', fields: Fields): AskedAttempt | AadstsError {
    const problem = (code: AadstsCode, values: Readonly<Record<string, string>> = {}): AadstsError =>
      aadsts(system.clock, code, values)
    const relayState = relayStateOf(fields)
    const message = fields['SAMLRequest']
    if (typeof message !== 'string' || message === '') {
      // Answers are understood as such, and nobody waits for one here.
      return problem(typeof fields['SAMLResponse'] === 'string' ? 75005 : 750054)
    }
    if (relayState === null) return problem(9002313, { reason: BAD_RELAY_STATE })
    const reading = readAuthnRequest(binding, message)
    if (!reading.ok) return problem(REQUEST_PROBLEMS[reading.problem])
    const { request } = reading
    const asker = askerOf(tenant, request.issuer)
    if (asker === undefined) return problem(700016, { clientId: request.issuer, tenant: tenant.displayName })
    const { app, settings: known } = asker
    const asked = request.acsUrl ?? known.replyUrls[0] ?? ''
    const flaw = judgeAuthnRequest(request, {
      acsUrl: known.replyUrls.includes(asked) ? asked : '',
      ssoUrls: [tenant.id, ...tenant.domains].map((name) => system.origin + ssoPath(name)),
    })
    if (flaw !== undefined) {
      return problem(REQUEST_PROBLEMS[flaw], { clientId: request.issuer, redirectUri: request.acsUrl ?? '' })
    }
    noteRequest(app, binding, message)
    return { tenant, app, settings: known, asked: { request, relayState }, relayState }
  }

  /** A request to sign out: its signature, Destination and time are of no account, and whom it names is not looked up. */
  async function signOut(req: Request, res: Response, tenant: Tenant, message: string, logout: LogoutRequest) {
    const relayState = relayStateOf(req.query)
    if (relayState === null) return refuse(req, res, 9002313, { reason: BAD_RELAY_STATE })
    const asker = askerOf(tenant, logout.issuer)
    if (asker === undefined) {
      return refuse(req, res, 700016, { clientId: logout.issuer, tenant: tenant.displayName })
    }
    noteRequest(asker.app, 'redirect', message, 'SAML sign-out request')
    return signOutBySaml(deps, req, res, { settings: asker.settings, asked: { logout, relayState } })
  }

  router.get('/:tenant/saml2', recordAs('saml'), async (req, res) => {
    const tenant = tenantOf(req)
    if ('code' in tenant) return sendErrorPage(system, req, res, tenant)
    const message = req.query['SAMLRequest']
    const logout = typeof message === 'string' ? readLogoutRequest('redirect', message) : undefined
    if (typeof message === 'string' && logout?.ok) return signOut(req, res, tenant, message, logout.request)
    const attempt = readRequest(tenant, 'redirect', req.query)
    if ('code' in attempt) return sendErrorPage(system, req, res, attempt)
    return proceed(req, res, attempt)
  })

  router.post('/:tenant/saml2', recordAs('saml'), async (req, res) => {
    const tenant = tenantOf(req)
    if ('code' in tenant) return sendErrorPage(system, req, res, tenant)
    const attempt = readRequest(tenant, 'post', (req.body ?? {}) as Fields)
    if ('code' in attempt) return sendErrorPage(system, req, res, attempt)
    const { app, asked } = attempt
    // A browser sends no cookies of ours with another site's form: only the next request tells who is signed in.
    const token = await keepRequest(system, app.id, asked, Date.now())
    return res.redirect(303, `${ssoPath(tenant.id)}/continue?${new URLSearchParams({ app: app.id, token })}`)
  })

  /** The attempt a token of ours stands for; answers with a refusal when it is over. */
  function resumed(req: Request, res: Response, appId: string, token: string): ResumedAttempt | undefined {
    const tenant = tenantOf(req)
    const app = store.get('servicePrincipals', appId)
    const settings = store.get('samlSettings', appId)
    const found = findRequest(system, appId, token, Date.now())
    if ('code' in tenant || app?.tenantId !== tenant.id || settings === undefined || found === undefined) {
      refuse(req, res, 81010)
      return undefined
    }
    const { request, relayState, keptAtMs } = found
    return { tenant, app, settings, asked: { request, relayState }, relayState, keptAtMs }
  }

  router.get('/:tenant/saml2/continue', recordAs('saml'), async (req, res) => {
    const token = String(req.query['token'])
    const attempt = resumed(req, res, String(req.query['app']), token)
    if (attempt === undefined) return
    await forgetRequest(system, token)
    await proceed(req, res, attempt)
  })

  router.get('/:tenant/saml2/resume', recordAs('saml'), async (req, res) => {
    const [appId = '', token] = String(req.query['state']).split('.')
    if (token === undefined) return resumeUnasked(req, res, appId)
    const attempt = resumed(req, res, appId, token)
    if (attempt === undefined) return
    const { tenant, app, asked } = attempt
    if (req.query['error'] !== undefined) {
      await forgetRequest(system, token)
      if (asked.request.isPassive) return answerNoPassive(req, res, attempt)
      return refuse(req, res, 65004)
    }
    const signedIn = await oidc.signedIn(req, res)
    const user = signedIn === undefined ? undefined : liveAccount(store, signedIn.accountId)
    if (signedIn === undefined || user === undefined) return refuse(req, res, 50058)
    if (lackOf(store, system.clock, user.id, signedIn.authentication) !== undefined) return proceed(req, res, attempt)
    const rule = judgeAccess(store, user, app.appId, readRealm(store, tenant.id))
    if (rule.kind === 'refused') {
      const error = aadsts(system.clock, rule.code, {
        clientId: app.appId,
        app: app.displayName,
        user: user.userPrincipalName,
        tenant: tenant.displayName,
      })
      await logSamlSignIn(deps, req, { app, user, methods: signedIn.authentication.methods, error })
      return sendErrorPage(system, req, res, error)
    }
    // Signed in after the request came; times of sign-ins are whole seconds.
    const isFresh = !asked.request.forceAuthn || signedIn.authTime >= Math.floor(attempt.keptAtMs / 1000)
    if (!isFresh) return askSignIn(deps, req, res, { app, state: `${app.id}.${token}`, prompt: 'login' })
    await forgetRequest(system, token)
    await answer(req, res, attempt, user.id, signedIn.authTime)
  })

  /** Back from a sign-in nobody had asked for: it begins again, with somebody signed in. */
  function resumeUnasked(req: Request, res: Response, appId: string): void {
    const app = store.get('servicePrincipals', appId)
    if (app === undefined || store.get('samlSettings', appId) === undefined) refuse(req, res, 81010)
    else if (req.query['error'] !== undefined) refuse(req, res, 65004)
    else res.redirect(303, userAccessPath(app))
  }

  router.get('/:tenant/federationmetadata/2007-06/federationmetadata.xml', recordAs('saml'), async (req, res) => {
    const tenant = tenantOf(req)
    if ('code' in tenant) return sendErrorPage(system, req, res, tenant)
    const clientId = String(req.query['appid'] ?? '')
    const app = servicePrincipalByAppId(store, tenant.id, clientId)
    if (app === undefined || store.get('samlSettings', app.id) === undefined)
      return refuse(req, res, 700016, { clientId, tenant: tenant.displayName })
    res.type(METADATA_TYPE).send(await appMetadata(system, app))
  })

  /** The user access URL: to the app's own beginning where it has one, else an answer nobody asked for. */
  router.get('/api/signin/:clientId', recordAs('saml'), async (req, res) => {
    const clientId = String(req.params['clientId'])
    const realm = readRealm(store, String(req.query['tenantId'] ?? ''))
    const tenant = realm.kind === 'tenant' ? realm.tenant : (refuseRealm(system, realm) ?? aadsts(system.clock, 50059))
    if ('code' in tenant) return sendErrorPage(system, req, res, tenant)
    const app = servicePrincipalByAppId(store, tenant.id, clientId)
    const settings = app === undefined ? undefined : store.get('samlSettings', app.id)
    if (app === undefined || settings === undefined) {
      return refuse(req, res, 700016, { clientId, tenant: tenant.displayName })
    }
    const begin = settings.signOnUrl === undefined ? undefined : acsAddress(system, settings.signOnUrl)
    if (begin?.kind === 'here') return res.redirect(303, begin.action)
    return proceed(req, res, { tenant, app, settings, asked: undefined, relayState: settings.relayState })
  })

  return router
}

/** `null` for one that is no text, or too long. */
function relayStateOf(fields: Fields): string | undefined | null {
  const value = fields['RelayState']
  if (value === undefined) return undefined
  return typeof value === 'string' && value.length <= LONGEST_RELAY_STATE ? value : null
}
