import { type Request, type Response, Router } from 'express'
import type { VNode } from 'preact'
import { z } from 'zod'
import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type { Application, DirectoryUser } from '#idp/core/directory/records.ts'
import type { PendingInteraction } from '#idp/protocols/oidc/service.ts'
import { csrf } from '#kit/http/csrf.ts'
import { parseForm } from '#kit/http/forms.ts'
import { nameSubject } from '#kit/http/record.ts'
import { hashSecret } from '#kit/secrets.ts'
import { renderPage } from '#kit/ui/render.ts'
import { consentToApp } from '../commands/consent.ts'
import { type AadstsCode, aadsts, descriptionOf } from './aadsts.ts'
import { belongsTo, judgeAccess } from './access.ts'
import { accountByName, liveAccount } from './accounts.ts'
import { sendErrorPage } from './authorize.tsx'
import { checkPassword } from './check-password.ts'
import { consentChoice } from './consent-rules.ts'
import type { SignInDeps } from './deps.ts'
import { frameOf } from './frame.ts'
import { ApprovalNeededStep, ConsentStep } from './pages/consent-step.tsx'
import { RefusalStep } from './pages/refusal-step.tsx'
import { PasswordStep, PickAccountStep, SignInStep, StaySignedInStep } from './pages/steps.tsx'
import { type Realm, readRealm } from './tenancy.ts'

/**
 * The pages between an authorization request and its answer. Every step is a form, a POST and a redirect; what a step has
 * learnt is kept with the interaction, on the server.
 */

const EmailForm = z.object({ email: z.string().trim().min(1).max(320) })
const PasswordForm = z.object({ password: z.string().min(1).max(256), username: z.string().optional() })
const StayForm = z.object({ stay: z.enum(['yes', 'no']) })
const AccountForm = z.object({ choice: z.enum(['current', 'other']) })
const ConsentForm = z.object({ decision: z.enum(['accept', 'cancel']), organization: z.literal('true').optional() })

/** Words beside the field for each reason a name or password is refused. */
const FIELD_PROBLEMS: Readonly<Record<50034 | 50053 | 50057 | 50126, string>> = {
  50034: "We couldn't find an account with that username. Try another account. (AADSTS50034)",
  50053:
    'Your account is temporarily locked to prevent unauthorized use. Try again later, and if you still have trouble, contact your admin. (AADSTS50053)',
  50057: 'Your account has been locked. Contact your support person to unlock it, then try again. (AADSTS50057)',
  50126:
    "Your account or password is incorrect. If you don't remember your password, ask an administrator to reset it. (AADSTS50126)",
}

/** One request of one interaction. */
interface Step {
  readonly pending: PendingInteraction
  readonly realm: Realm
  readonly application: Application
  /** Address of the interaction. */
  readonly action: string
  readonly scopes: readonly string[]
  /** Who is signed in, if anybody is. */
  readonly current: DirectoryUser | undefined
}

type StepHandler = (step: Step, req: Request, res: Response) => Promise<void>

export function interactionRoutes(deps: SignInDeps): Router {
  const { system, oidc, sessions } = deps
  const { store } = system
  const router = Router()
  const guard = csrf(sessions)

  const readStep = async (req: Request<{ realm: string; uid: string }>, res: Response): Promise<Step | undefined> => {
    const { realm: segment, uid } = req.params
    const pending = await oidc.interaction(req, res, uid)
    const application = applicationByAppId(store, pending?.params['client_id'] ?? '')
    if (pending === undefined || application === undefined) return undefined
    return {
      pending,
      application,
      realm: readRealm(store, segment),
      action: `/${segment}/login/${uid}`,
      scopes: (pending.params['scope'] ?? '').split(' ').filter(Boolean),
      current: pending.accountId === undefined ? undefined : liveAccount(store, pending.accountId),
    }
  }

  const handle =
    (handler: StepHandler) =>
    async (req: Request<{ realm: string; uid: string }>, res: Response): Promise<void> => {
      const step = await readStep(req, res)
      if (step === undefined) {
        sendErrorPage(system, req, res, aadsts(system.clock, 81010))
        return
      }
      res.setHeader('cache-control', 'no-store')
      await handler(step, req, res)
    }

  const show = async (
    req: Request,
    res: Response,
    page: (frame: ReturnType<typeof frameOf>) => VNode,
    status = 200,
  ) => {
    const session = await sessions.anonymous(req, res)
    res.status(status).send(renderPage(page(frameOf(system, req.originalUrl, session.csrfToken))))
  }

  const showEmail = (step: Step, req: Request, res: Response, problem?: string, email?: string) =>
    show(
      req,
      res,
      (frame) => (
        <SignInStep
          frame={frame}
          action={step.action}
          email={email ?? step.pending.notes['email'] ?? step.pending.params['login_hint']}
          appName={step.application.firstParty ? undefined : step.application.displayName}
          problem={problem}
        />
      ),
      problem === undefined ? 200 : 422,
    )

  const showPassword = (step: Step, req: Request, res: Response, email: string, problem?: string) =>
    show(
      req,
      res,
      (frame) => <PasswordStep frame={frame} action={step.action} email={email} problem={problem} />,
      problem === undefined ? 200 : 422,
    )

  const showRefusal = (step: Step, req: Request, res: Response, user: DirectoryUser, code: AadstsCode) => {
    const error = aadsts(system.clock, code, {
      clientId: step.application.appId,
      app: step.application.displayName,
      user: user.userPrincipalName,
      tenant: step.realm.kind === 'tenant' ? step.realm.tenant.displayName : step.realm.segment,
    })
    return show(
      req,
      res,
      (frame) => <RefusalStep frame={frame} action={step.action} error={error} user={user.userPrincipalName} />,
      403,
    )
  }

  const showConsent = (step: Step, req: Request, res: Response, user: DirectoryUser) => {
    const choice = consentChoice(store, user, step.application.appId, step.scopes)
    const about = {
      action: step.action,
      email: user.userPrincipalName,
      appName: step.application.displayName,
      publisher: step.application.publisherName,
      permissions: choice.permissions,
    }
    if (choice.kind === 'may-consent') {
      return show(req, res, (frame) => (
        <ConsentStep frame={frame} {...about} forOrganization={choice.forOrganization} />
      ))
    }
    const error = aadsts(system.clock, 90094, { app: step.application.displayName })
    return show(req, res, (frame) => <ApprovalNeededStep frame={frame} {...about} errorText={error.text} />, 403)
  }

  const showPicker = (step: Step, req: Request, res: Response, user: DirectoryUser, notice?: string) =>
    show(req, res, (frame) => (
      <PickAccountStep
        frame={frame}
        action={step.action}
        account={{ name: user.displayName, email: user.userPrincipalName }}
        appName={step.application.firstParty ? undefined : step.application.displayName}
        notice={notice}
      />
    ))

  /** Which session of this browser the forms belong to: the interaction's own cookie stands in its address as well. */
  const browserOf = (req: Request): string => hashSecret(sessions.of(req)?.csrfToken ?? '')

  /** Who has given the password in this browser session. */
  const authenticatedIn = ({ pending }: Step, req: Request): DirectoryUser | undefined => {
    const accountId = pending.notes['accountId']
    const browser = pending.notes['browser']
    return accountId === undefined || browser !== browserOf(req) ? undefined : liveAccount(store, accountId)
  }

  const showSignIn: StepHandler = async (step, req, res) => {
    const { notes } = step.pending
    const authenticated = authenticatedIn(step, req)
    if (authenticated !== undefined) {
      await show(req, res, (frame) => (
        <StaySignedInStep frame={frame} action={step.action} email={authenticated.userPrincipalName} />
      ))
      return
    }
    const email = notes['email']
    if (email !== undefined && req.query['step'] !== 'email') {
      await showPassword(step, req, res, email)
      return
    }
    await showEmail(step, req, res)
  }

  router.get(
    '/:realm/login/:uid',
    handle(async (step, req, res) => {
      const { pending, current } = step
      const isOnTheWay = pending.notes['switching'] !== undefined || pending.notes['email'] !== undefined
      if (isOnTheWay || current === undefined) return showSignIn(step, req, res)
      switch (pending.prompt) {
        case 'select_account':
          return showPicker(step, req, res, current)
        case 'login':
          if (!pending.reasons.includes('other_account_needed'))
            return showPassword(step, req, res, current.userPrincipalName)
          return showPicker(
            step,
            req,
            res,
            current,
            `You are signed in as ${current.userPrincipalName}. This sign-in needs another account.`,
          )
        case 'refusal': {
          const rule = judgeAccess(store, current, step.application.appId, step.realm)
          return showRefusal(step, req, res, current, rule.kind === 'refused' ? rule.code : 50020)
        }
        default:
          return showConsent(step, req, res, current)
      }
    }),
  )

  router.post(
    '/:realm/login/:uid/email',
    guard,
    handle(async (step, req, res) => {
      const form = parseForm(EmailForm, req.body)
      if (!form.ok) return showEmail(step, req, res, 'Enter a valid email address, phone number, or Skype name.', '')
      const { email } = form.value
      const user = accountByName(store, email)
      if (user === undefined) return showEmail(step, req, res, FIELD_PROBLEMS[50034], email)
      await oidc.note(step.pending.uid, { email: user.userPrincipalName })
      res.redirect(303, step.action)
    }),
  )

  router.post(
    '/:realm/login/:uid/password',
    guard,
    handle(async (step, req, res) => {
      const email = step.pending.notes['email'] ?? step.current?.userPrincipalName
      if (email === undefined) return res.redirect(303, step.action)
      nameSubject(email)
      const form = parseForm(PasswordForm, req.body)
      if (!form.ok) return showPassword(step, req, res, email, 'Please enter your password.')
      const outcome = await checkPassword(system, email, form.value.password)
      if (outcome.kind === 'refused') {
        recordSignIn(step, email, `AADSTS${outcome.code}`)
        return showPassword(step, req, res, email, FIELD_PROBLEMS[outcome.code])
      }
      if (!belongsTo(outcome.user, step.realm)) return showRefusal(step, req, res, outcome.user, 50020)
      await oidc.note(step.pending.uid, { email, accountId: outcome.user.id, browser: browserOf(req) })
      res.redirect(303, step.action)
    }),
  )

  router.post(
    '/:realm/login/:uid/stay',
    guard,
    handle(async (step, req, res) => {
      const form = parseForm(StayForm, req.body)
      const accountId = authenticatedIn(step, req)?.id
      if (!form.ok || accountId === undefined) return res.redirect(303, step.action)
      recordSignIn(step, step.pending.notes['email'] ?? '', 'success')
      const remember = form.value.stay === 'yes'
      res.redirect(
        303,
        await oidc.finish(step.pending.uid, { kind: 'signed-in', accountId, remember, methods: ['pwd'] }),
      )
    }),
  )

  router.post(
    '/:realm/login/:uid/account',
    guard,
    handle(async (step, req, res) => {
      const form = parseForm(AccountForm, req.body)
      if (!form.ok) return res.redirect(303, step.action)
      if (form.value.choice === 'other') return startOver(step, res)
      res.redirect(303, await oidc.finish(step.pending.uid, { kind: 'account-chosen' }))
    }),
  )

  router.post(
    '/:realm/login/:uid/switch',
    guard,
    handle((step, _req, res) => startOver(step, res)),
  )

  const startOver = async (step: Step, res: Response): Promise<void> => {
    await oidc.note(step.pending.uid, { switching: 'yes', email: undefined, accountId: undefined, browser: undefined })
    res.redirect(303, step.action)
  }

  router.post(
    '/:realm/login/:uid/consent',
    guard,
    handle(async (step, req, res) => {
      const form = parseForm(ConsentForm, req.body)
      if (!form.ok || step.current === undefined || step.pending.prompt !== 'consent')
        return res.redirect(303, step.action)
      const { decision, organization } = form.value
      if (decision === 'cancel') {
        const error = aadsts(system.clock, 65004)
        const outcome = { kind: 'refused', error: error.error, description: descriptionOf(error) } as const
        return res.redirect(303, await oidc.finish(step.pending.uid, outcome))
      }
      await consentToApp(system, step.current.id, {
        clientId: step.application.appId,
        requested: step.scopes,
        forOrganization: organization === 'true',
      })
      res.redirect(303, await oidc.finish(step.pending.uid, { kind: 'consented' }))
    }),
  )

  /** A reloaded or bookmarked step leads back to the interaction. */
  router.get(
    '/:realm/login/:uid/:step',
    handle(async (step, _req, res) => res.redirect(303, step.action)),
  )

  const recordSignIn = (step: Step, email: string, outcome: string): void => {
    system.journal.record({
      kind: 'oidc',
      title: `Sign-in of ${email} to ${step.application.displayName}: ${outcome}`,
      subject: email,
    })
  }

  return router
}
