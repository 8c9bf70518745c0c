import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { csrf } from '#kit/http/csrf.ts'
import { parseForm } from '#kit/http/forms.ts'
import { nameSubject } from '#kit/http/record.ts'
import { consentToApp } from '../commands/consent.ts'
import { aadsts, descriptionOf } from './aadsts.ts'
import { belongsTo, judgeAccess } from './access.ts'
import { accountByName } from './accounts.ts'
import { sendErrorPage } from './authorize.tsx'
import { checkPassword } from './check-password.ts'
import { askApproval, asksAgain, REQUEST_SENT_NOTE } from './consent/consent-steps.tsx'
import type { SignInDeps } from './deps.ts'
import { type InteractionPages, interactionPages } from './interaction-pages.tsx'
import { authenticatedIn, browserOf, readStep, type Step, type StepRequest } from './interaction-step.ts'

/**
 * The steps between an authorization request and its answer. Every step is a form, a POST and a redirect; what a step has
 * learnt is kept with the interaction, on the server.
 */

const EmailForm = z.object({ email: z.string().trim().min(1).max(320) })
const PasswordForm = z.object({ password: z.string().min(1).max(256), username: z.string().optional() })
const StayForm = z.object({ stay: z.enum(['yes', 'no']) })
const AccountForm = z.object({ choice: z.enum(['current', 'other']) })
const ConsentForm = z.object({ decision: z.enum(['accept', 'cancel']), organization: z.literal('true').optional() })
const RequestForm = z.object({ reason: z.string().max(4000) })

/** Words beside the field for each reason a name or password is refused. */
const FIELD_PROBLEMS: Readonly<Record<50034 | 50053 | 50057 | 50126, string>> = {
  50034: "We couldn't find an account with that username. Try another account. (AADSTS50034)",
  50053:
    'Your account is temporarily locked to prevent unauthorized use. Try again later, and if you still have trouble, contact your admin. (AADSTS50053)',
  50057: 'Your account has been locked. Contact your support person to unlock it, then try again. (AADSTS50057)',
  50126:
    "Your account or password is incorrect. If you don't remember your password, ask an administrator to reset it. (AADSTS50126)",
}

/** One step with what it needs to answer. */
interface StepContext {
  readonly step: Step
  readonly pages: InteractionPages
  readonly req: Request
  /** Back to the interaction's page, which shows what comes next. */
  next(): void
  /** On to wherever the provider says. */
  leave(address: string): void
}

type StepHandler = (context: StepContext) => Promise<void> | void

/** Pages and forms of sign-in and consent, below `/{realm}/login/{uid}`. */
export function interactionRoutes(deps: SignInDeps): Router {
  const { system, oidc, sessions } = deps
  const { store } = system
  const router = Router()
  const guard = csrf(sessions)

  const handle =
    (handler: StepHandler) =>
    async (req: StepRequest, res: Response): Promise<void> => {
      const step = await readStep(deps, req, res)
      if (step === undefined) {
        sendErrorPage(system, req, res, aadsts(system.clock, 81010))
        return
      }
      res.setHeader('cache-control', 'no-store')
      await handler({
        step,
        req,
        pages: interactionPages(deps, req, res),
        next: () => res.redirect(303, step.action),
        leave: (address) => res.redirect(303, address),
      })
    }

  const post = (name: string, handler: StepHandler): void => {
    router.post(`/:realm/login/:uid/${name}`, guard, handle(handler))
  }

  const recordSignIn = (step: Step, email: string, outcome: string): void => {
    system.journal.record({
      kind: 'oidc',
      title: `Sign-in of ${email} to ${step.application.displayName}: ${outcome}`,
      subject: email,
    })
  }

  /** The step of somebody who is not signed in yet, or not as who they want to be. */
  const showSignIn: StepHandler = ({ step, pages, req }) => {
    const user = authenticatedIn(deps, step, req)
    if (user !== undefined) return pages.stay(step, user)
    const email = step.pending.notes['email']
    return email === undefined || req.query['step'] === 'email' ? pages.email(step) : pages.password(step, email)
  }

  const startOver: StepHandler = async ({ step, next }) => {
    await oidc.note(step.pending.uid, { switching: 'yes', email: undefined, accountId: undefined, browser: undefined })
    next()
  }

  router.get(
    '/:realm/login/:uid',
    handle((context) => {
      const { step, pages, req } = context
      const { pending, current } = step
      const { notes } = pending
      const isSigningIn =
        notes['switching'] !== undefined || notes['email'] !== undefined || req.query['step'] === 'email'
      if (isSigningIn || current === undefined) return showSignIn(context)
      const name = current.userPrincipalName
      switch (pending.prompt) {
        case 'select_account':
          return pages.picker(step, current)
        case 'login':
          if (!pending.reasons.includes('other_account_needed')) return pages.password(step, name)
          return pages.picker(step, current, `You are signed in as ${name}. This sign-in needs another account.`)
        case 'refusal': {
          const rule = judgeAccess(store, current, step.application.appId, step.realm)
          return pages.refusal(step, current, rule.kind === 'refused' ? rule.code : 50020)
        }
        default:
          return pages.consent(step, current)
      }
    }),
  )

  post('email', async ({ step, pages, req, next }) => {
    const form = parseForm(EmailForm, req.body)
    if (!form.ok) return pages.email(step, 'Enter a valid email address, phone number, or Skype name.', '')
    const { email } = form.value
    const user = accountByName(store, email)
    if (user === undefined) return pages.email(step, FIELD_PROBLEMS[50034], email)
    await oidc.note(step.pending.uid, { email: user.userPrincipalName })
    next()
  })

  post('password', async ({ step, pages, req, next }) => {
    const email = step.pending.notes['email'] ?? step.current?.userPrincipalName
    if (email === undefined) return next()
    nameSubject(email)
    const form = parseForm(PasswordForm, req.body)
    if (!form.ok) return pages.password(step, email, 'Please enter your password.')
    const outcome = await checkPassword(system, email, form.value.password)
    if (outcome.kind === 'refused') {
      recordSignIn(step, email, `AADSTS${outcome.code}`)
      return pages.password(step, email, FIELD_PROBLEMS[outcome.code])
    }
    if (!belongsTo(outcome.user, step.realm)) return pages.refusal(step, outcome.user, 50020)
    await oidc.note(step.pending.uid, { email, accountId: outcome.user.id, browser: browserOf(deps, req) })
    next()
  })

  post('stay', async ({ step, req, next, leave }) => {
    const form = parseForm(StayForm, req.body)
    const user = authenticatedIn(deps, step, req)
    if (!form.ok || user === undefined) return next()
    recordSignIn(step, user.userPrincipalName, 'success')
    const remember = form.value.stay === 'yes'
    leave(await oidc.finish(step.pending.uid, { kind: 'signed-in', accountId: user.id, remember, methods: ['pwd'] }))
  })

  post('account', async (context) => {
    const form = parseForm(AccountForm, context.req.body)
    if (!form.ok) return context.next()
    if (form.value.choice === 'other') return startOver(context)
    context.leave(await oidc.finish(context.step.pending.uid, { kind: 'account-chosen' }))
  })

  post('switch', startOver)

  post('consent', async ({ step, req, next, leave }) => {
    const { pending, current, application } = step
    const form = parseForm(ConsentForm, req.body)
    if (!form.ok || current === undefined || pending.prompt !== 'consent') return next()
    const { decision, organization } = form.value
    if (decision === 'cancel') {
      const error = aadsts(system.clock, 65004)
      return leave(
        await oidc.finish(pending.uid, { kind: 'refused', error: error.error, description: descriptionOf(error) }),
      )
    }
    await consentToApp(system, current.id, {
      clientId: application.appId,
      requested: step.scopes,
      forOrganization: organization === 'true',
      again: asksAgain(step),
    })
    leave(await oidc.finish(pending.uid, { kind: 'consented' }))
  })

  post('request', async ({ step, pages, req, next }) => {
    const { pending, current } = step
    const form = parseForm(RequestForm, req.body)
    if (!form.ok || current === undefined || pending.prompt !== 'consent') return next()
    const refused = await askApproval(system, step, current, form.value.reason)
    if (refused !== undefined) return pages.consent(step, current, refused)
    await oidc.note(pending.uid, { [REQUEST_SENT_NOTE]: 'yes' })
    next()
  })

  /** A reloaded or bookmarked step leads back to the interaction. */
  router.get(
    '/:realm/login/:uid/:step',
    handle(({ next }) => next()),
  )

  return router
}
