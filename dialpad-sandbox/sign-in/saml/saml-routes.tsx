import { type Request, type Response, Router } from 'express'
import { currentContext } from '#kit/context.ts'
import { nameSubject, recordAs, withholdAnswer } from '#kit/http/record.ts'
import { METADATA_TYPE } from '#kit/saml/names.ts'
import { readableMessage } from '#kit/saml/readable-message.ts'
import { renderPage } from '#kit/ui/render.ts'
import { noteTurnedAway } from '../../commands/turned-away.ts'
import { useAssertion } from '../../commands/use-assertion.ts'
import { SAML_PROVIDERS, type SamlSettings } from '../../records.ts'
import type { PageDeps } from '../deps.ts'
import { RefusedLoginPage } from '../login-page.tsx'
import { pageFaults } from '../page-faults.ts'
import { returnAddress } from '../return-address.ts'
import { frameOf, signIn } from '../visitor.ts'
import { verdictOf } from './answer-verdict.ts'
import { BringAlongPage } from './bring-along-page.tsx'
import { chooseSamlAccount } from './choose-account.ts'
import { describeAccount, describeReason, type SamlProblem } from './describe-refusal.ts'
import type { AcceptedAssertion } from './judge-assertion.ts'
import { pendingRequests } from './pending-requests.ts'
import { REPLAYED, type ReceivedAnswer, receiveAnswer } from './receive-answer.ts'
import type { SamlRefusal } from './refusal-reasons.ts'
import { beginLogin, type ServicePlace, serviceMetadata, servicePlace } from './service-provider.ts'

/** Longest RelayState sent along: providers need not keep more (SAML bindings §3.4.3). */
const RELAY_STATE_BYTES = 80

const BACK = { label: 'Back to Log in', href: '/login' }
const AGAIN = { label: 'Login with another provider', href: '/login/provider', primary: true }

interface Place extends ServicePlace {
  readonly settings: SamlSettings
}

/**
 * `/saml/sso/{provider}/{domain}` and `/api/saml/metadata/{provider}/{domain}`. Answers are posted by the identity provider's page, so
 * these routes stand before the check that forms come from pages of ours.
 */
export function samlRoutes(deps: PageDeps): Router {
  const { system, wallNowMs } = deps
  const router = Router()
  const pending = pendingRequests(deps)

  function placeOf(req: Request): ServicePlace | undefined {
    const provider = SAML_PROVIDERS.find((each) => each === req.params['provider'])
    const domain = String(req.params['domain']).toLowerCase()
    const company = system.store.find('companies', 'domain', domain)[0]
    if (provider === undefined || company === undefined || company.domains[0] !== domain) return undefined
    return servicePlace(system.origin, company, provider)
  }

  /** Without a session of its own: the browser may hold one that it did not send with another site's form. */
  function show(req: Request, res: Response, { status, title, text }: SamlProblem): void {
    const frame = frameOf(deps, req)
    const requestId = currentContext()?.traceId ?? 'unknown'
    const page = (
      <RefusedLoginPage frame={frame} title={title} actions={[AGAIN, BACK]} requestId={requestId}>
        {text}
      </RefusedLoginPage>
    )
    res.status(status).send(renderPage(page))
  }

  /** The place, if the company's settings are of this provider: another one has other addresses, and other values. */
  function configured(req: Request, res: Response): Place | undefined {
    const place = placeOf(req)
    const settings = place?.company.saml
    if (place !== undefined && settings?.provider === place.provider) return { ...place, settings }
    const text =
      place === undefined
        ? 'No Dialpad company has this address. Check it, and the provider in it.'
        : `${place.company.name} has not set up SAML with this provider. The provider chosen in the SAML settings is part of the address.`
    show(req, res, { status: 404, title: 'No such SAML login', text })
    return undefined
  }

  /** The journal tells what was found out, beside the exchange itself. */
  function note(
    req: Request,
    received: ReceivedAnswer,
    place: Place,
    about: { readonly title: string; readonly subject?: string; readonly refusal?: SamlRefusal },
  ): void {
    const { title, subject, refusal } = about
    const body = received.xml === undefined ? undefined : readableMessage(received.xml)
    system.journal.record({
      kind: 'saml',
      title,
      ...(subject === undefined ? {} : { subject }),
      request: { method: req.method, url: req.path, ...(body === undefined ? {} : { body }) },
      ...(refusal === undefined ? {} : { response: { error: refusal.detail } }),
      verdict: verdictOf(received, place, place.settings, refusal),
    })
  }

  function refuse(req: Request, res: Response, place: Place, received: ReceivedAnswer, refusal: SamlRefusal): void {
    note(req, received, place, { title: `SAML answer refused: ${refusal.reason}`, refusal })
    show(req, res, describeReason(refusal.reason))
  }

  async function enter(
    req: Request,
    res: Response,
    place: Place,
    received: ReceivedAnswer,
    accepted: AcceptedAssertion,
  ) {
    const { company } = place
    const isFirstUse = await useAssertion(system, { ...accepted, companyId: company.id }, wallNowMs())
    if (!isFirstUse) {
      refuse(req, res, place, received, REPLAYED)
      return
    }
    const { nameId } = accepted
    nameSubject(nameId)
    const account = chooseSamlAccount(system.store, company, nameId, system.clock.now())
    if (account.kind !== 'open') {
      // The answer itself is right: there is no way in for whom it names.
      note(req, received, place, { title: `SAML answer refused: ${account.kind}`, subject: nameId })
      if (account.kind === 'suspended') noteTurnedAway(system, 'saml', account.user)
      show(req, res, describeAccount(account.kind, company.name, nameId))
      return
    }
    note(req, received, place, { title: 'SAML answer accepted', subject: nameId })
    await signIn(deps, res, account.user, 'SAML')
    res.redirect(303, returnAddress(req.body?.['RelayState'], system.origin))
  }

  router.get('/api/saml/metadata/:provider/:domain', recordAs('saml'), (req, res) => {
    const place = placeOf(req)
    if (place === undefined) {
      configured(req, res)
      return
    }
    res.type(METADATA_TYPE).send(serviceMetadata(place))
  })

  router.get('/saml/sso/:provider/:domain', recordAs('saml'), pageFaults(deps, 'portal.sign-in'), async (req, res) => {
    const place = configured(req, res)
    if (place === undefined) return
    const next = returnAddress(req.query['next'], system.origin)
    const relayState = Buffer.byteLength(next) > RELAY_STATE_BYTES ? '/app' : next
    const { url, requestId } = await beginLogin(place, place.settings, relayState)
    await pending.keep(req, res, requestId, wallNowMs())
    res.redirect(303, url)
  })

  // An answer may come to the entity id, where an administrator swapped the two: it is judged like any other, and its page says what is wrong.
  const answered = ['/saml/sso/:provider/:domain', '/api/saml/metadata/:provider/:domain']
  router.post(answered, recordAs('saml'), pageFaults(deps, 'portal.sign-in'), async (req, res) => {
    const place = configured(req, res)
    if (place === undefined) return
    if (req.headers['sec-fetch-site'] === 'cross-site' && deps.sessions.of(req) === undefined) {
      withholdAnswer()
      const frame = frameOf(deps, req)
      res.send(renderPage(<BringAlongPage frame={frame} action={req.path} fields={answerFields(req.body)} />))
      return
    }
    const wallMs = wallNowMs()
    const received = await receiveAnswer(req.body?.['SAMLResponse'], place, place.settings, {
      wallMs,
      virtualMs: system.clock.now(),
      askedIds: pending.idsOf(req, wallMs),
    })
    const { verdict } = received
    if (verdict.ok) await enter(req, res, place, received, verdict.value)
    else refuse(req, res, place, received, verdict)
  })

  return router
}

/** The two fields of an answer, as they came. */
function answerFields(body: unknown): Readonly<Record<string, string>> {
  const fields = new Map(Object.entries(typeof body === 'object' && body !== null ? body : {}))
  return Object.fromEntries(
    ['SAMLResponse', 'RelayState'].flatMap((name) => {
      const value: unknown = fields.get(name)
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}
