import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { PendingInteraction } from '#idp/protocols/oidc/interactions.ts'
import { csrf } from '#kit/http/csrf.ts'
import { parseForm } from '#kit/http/forms.ts'
import { nameSubject, recordAs } from '#kit/http/record.ts'
import { hashSecret } from '#kit/secrets.ts'
import { renderPage } from '#kit/ui/render.ts'
import { frameOf } from '../frame.ts'
import { sendProblemPage } from './authorize.tsx'
import { clientOf, type OidcApp } from './clients.ts'
import { allowScopes } from './commands/consent.ts'
import { scopesToConsent } from './consent.ts'
import { judge, REFUSALS } from './judge.ts'
import { logRefusedAuthorization } from './log.ts'
import { oauthError } from './oauth-error.ts'
import { type AskedScope, ConsentPage } from './pages.tsx'
import type { OAuthDeps } from './routes.tsx'
import { type Issuer, issuerOf, scopesOf } from './servers.ts'

const ConsentForm = z.object({ decision: z.enum(['allow', 'deny']) })

/** Words for the scopes of the protocol where the server has none of its own. */
const SCOPE_WORDS: Readonly<Record<string, string>> = {
  profile: 'View your profile information',
  email: 'View your email address',
  address: 'View your address',
  phone: 'View your phone number',
  offline_access: 'Keep you signed in to the app',
  groups: 'View your groups',
}

interface Step {
  readonly pending: PendingInteraction
  readonly issuer: Issuer
  readonly app: OidcApp
  readonly scopes: readonly string[]
}

/** Where an authorization request waits for its person, `/signin/oauth/{server}/{uid}`: to sign in to the org, to allow scopes. */
export function interactionRoutes({ system, session, services }: OAuthDeps): Router {
  const { store } = system
  const router = Router()
  const path = '/signin/oauth/:serverId/:uid'
  router.use('/signin/oauth', recordAs('oidc'))

  async function stepOf(req: Request, res: Response): Promise<Step | undefined> {
    const { serverId = '', uid = '' } = req.params as Readonly<Record<string, string>>
    const issuer = issuerOf(store, system.origin, serverId)
    if (issuer === undefined) return undefined
    const pending = await services.of(serverId).interaction(req, res, uid)
    const app = clientOf(store, pending?.params['client_id'] ?? '')
    if (pending === undefined || app === undefined) return undefined
    return { pending, issuer, app, scopes: (pending.params['scope'] ?? '').split(' ').filter(Boolean) }
  }

  function over(req: Request, res: Response): void {
    const words = 'This sign-in has been used, or has waited for too long. Start again from the app.'
    sendProblemPage(system, req, res, oauthError('invalid_request', words))
  }

  async function leave(res: Response, { pending, issuer }: Step, error: string, description: string): Promise<void> {
    const outcome = { kind: 'refused', error, description } as const
    res.redirect(303, await services.of(issuer.id).finish(pending.uid, outcome))
  }

  /** Sign in to the org and come back; where the request asks for it, whatever session there is. */
  async function signIn(req: Request, res: Response, { pending, issuer }: Step): Promise<void> {
    const service = services.of(issuer.id)
    const current = session.currentUser(req)
    const isForced = pending.reasons.some((reason) => reason === 'login_prompt' || reason === 'max_age')
    const { before } = pending.notes
    const now = current === undefined ? '' : hashSecret(current.csrfToken)
    const isFresh = !isForced || (before !== undefined && before !== now)
    if (current !== undefined && isFresh) {
      const { id: accountId, profile } = current.user
      nameSubject(profile.login)
      res.redirect(
        303,
        await service.finish(pending.uid, { kind: 'signed-in', accountId, remember: false, methods: ['pwd'] }),
      )
      return
    }
    if (isForced && before === undefined) await service.note(pending.uid, { before: now })
    await session.beginAnew(req, res, req.originalUrl, pending.params['login_hint'])
  }

  router.get(path, async (req, res) => {
    res.setHeader('cache-control', 'no-store')
    const step = await stepOf(req, res)
    if (step === undefined) return over(req, res)
    const { pending, issuer, app, scopes } = step
    if (pending.prompt === 'login') return signIn(req, res, step)
    const current = session.currentUser(req)
    if (current === undefined) return session.begin(res, req.originalUrl, pending.params['login_hint'])
    const { user } = current
    const judgement = judge(store, issuer, { app, user, scopes, grantType: 'authorization_code' })
    if (judgement.kind !== 'allowed') {
      const { redirect_uri: redirectUri = '' } = pending.params
      const refused = REFUSALS[judgement.kind]
      await logRefusedAuthorization(system, { issuer, app, user }, refused, { redirectUri, scopes })
      return leave(res, step, refused.error, refused.description)
    }
    const asked = scopesToConsent(store, { serverId: issuer.id, app, userId: user.id, scopes })
    if (asked.length === 0) {
      return res.redirect(303, await services.of(issuer.id).finish(pending.uid, { kind: 'consented' }))
    }
    const page = (
      <ConsentPage
        frame={frameOf(system, req.originalUrl, current.csrfToken)}
        action={req.path}
        app={app.label}
        login={user.profile.login}
        scopes={describeScopes(issuer, asked)}
      />
    )
    return void res.type('html').send(renderPage(page))
  })

  router.post(path, csrf(session.sessions), async (req, res) => {
    const step = await stepOf(req, res)
    const current = session.currentUser(req)
    if (step === undefined || current === undefined) return over(req, res)
    const { pending, issuer, app, scopes } = step
    const form = parseForm(ConsentForm, req.body)
    if (!form.ok || pending.prompt !== 'consent') return res.redirect(303, req.path)
    if (form.value.decision === 'deny') {
      return leave(res, step, 'access_denied', 'The resource owner or authorization server denied the request.')
    }
    const asked = scopesToConsent(store, { serverId: issuer.id, app, userId: current.user.id, scopes })
    await allowScopes(system, { serverId: issuer.id, clientId: app.id, userId: current.user.id, scopes: asked })
    return res.redirect(303, await services.of(issuer.id).finish(pending.uid, { kind: 'consented' }))
  })

  function describeScopes({ id }: Issuer, names: readonly string[]): readonly AskedScope[] {
    const own = new Map(scopesOf(store, id).map((scope) => [scope.name, scope]))
    return names.map((name) => {
      const { displayName = '', description = '' } = own.get(name) ?? {}
      return { name, title: displayName === '' ? (SCOPE_WORDS[name] ?? name) : displayName, description }
    })
  }

  return router
}
