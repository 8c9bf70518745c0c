import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { csrf } from '#kit/http/csrf.ts'
import { parseForm } from '#kit/http/forms.ts'
import { nameSubject } from '#kit/http/record.ts'
import { consentToApp } from '../commands/consent.ts'
import { aadsts, descriptionOf } from './aadsts.ts'
import { belongsTo, judgeAccess } from './access.ts'
import { accountByName, liveAccount } from './accounts.ts'
import { sendErrorPage } from './authorize.tsx'
import { checkPassword } from './check-password.ts'
import { askApproval, asksAgain, REQUEST_SENT_NOTE } from './consent/consent-steps.tsx'
import { consentChoice } from './consent-rules.ts'
import { CORRELATION, correlateBy } from './correlation.ts'
import type { SignInDeps } from './deps.ts'
import { type InteractionPages, interactionPages } from './interaction-pages.tsx'
import {
  authenticatedIn,
  browserOf,
  readStep,
  SIGNED_OUT_NOTE,
  type Step,
  type StepRequest,
} from './interaction-step.ts'
import { beginRegistration, checkCode } from './states/authenticators.ts'
import { changeOwnPassword } from './states/change-password.ts'
import { mfaDemandOf } from './states/judge-sign-in.ts'
import { stepLog } from './states/step-log.ts'

/**
 * The steps between an authorization request and its answer. Every step is a form, a POST and a redirect; what a step has
 * learnt is kept with the interaction, on the server.
 */

const EmailForm = z.object({ email: z.string().trim().min(1).max(320) })
const PasswordForm = z.object({ password: z.string().min(1).max(256), username: z.string().optional() })
const StayForm = z.object({ stay: z.enum(['yes', 'no']), hide: z.literal('true').optional() })
const AccountForm = z.object({ choice: z.string().max(64) })
const ForgetForm = z.object({ account: z.string().max(64) })
const CodeForm = z.object({ otp: z.string().transform((text) => text.replace(/\s/g, '')) })
const NewPasswordForm = z.object({
  currentPassword: z.string().max(256),
  nextPassword: z.string().max(300),
  repeatedPassword: z.string().max(300),
})
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

/** Words beside the field for a code that is not taken. */
const CODE_PROBLEMS: Readonly<Record<500121 | 50053, string>> = {
  500121: "You didn't enter the expected verification code. Each code is good once. Please try again. (AADSTS500121)",
  50053: 'Too many wrong verification codes. Try again later. (AADSTS50053)',
}

/** One step with what it needs to answer. */
interface StepContext {
  readonly step: Step
  readonly pages: InteractionPages
  readonly req: Request
  readonly res: Response
  /** Back to the interaction's page, which shows what comes next. */
  next(): void
  /** On to wherever the provider says. */
  leave(address: string): void
}

/** Numbers of what interrupts a sign-in after the password. */
const DEMAND_CODES = { 'new-password': 50055, register: 50079, code: 50074, stay: 50140 } as const

/** Reasons for which a second factor is all that is missing. */
const STEP_UP_REASONS: readonly string[] = ['lack_50076', 'lack_50079']

/**
 * How the person has proved who they are so far (RFC 8176). The note names whose methods they are: with forms of two accounts sent at once,
 * the code of the one would count for the password of the other.
 */
function methodsOf({ notes }: Step['pending'], { id }: DirectoryUser): readonly string[] {
  const [whose, ...methods] = (notes['methods'] ?? '').split(' ')
  return whose === id ? methods : ['pwd']
}

/** As {@link methodsOf} reads it. */
const noteOf = ({ id }: DirectoryUser, methods: readonly string[]) => ({ methods: [id, ...methods].join(' ') })

type StepHandler = (context: StepContext) => Promise<void> | void

/** Pages and forms of sign-in and consent, below `/{realm}/login/{uid}`. */
export function interactionRoutes(deps: SignInDeps): Router {
  const { system, oidc, sessions, browsers } = deps
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
      correlateBy(step.pending.params[CORRELATION])
      res.setHeader('cache-control', 'no-store')
      await handler({
        step,
        req,
        res,
        pages: interactionPages(deps, req, res),
        next: () => res.redirect(303, step.action),
        leave: (address) => res.redirect(303, address),
      })
    }

  const post = (name: string, handler: StepHandler): void => {
    router.post(`/:realm/login/:uid/${name}`, guard, handle(handler))
  }

  /** What is left to do for somebody who has given the password, in the order it is asked for. */
  const nextDemand = ({ pending }: Step, user: DirectoryUser): 'new-password' | 'register' | 'code' | 'stay' => {
    if (user.forceChangePasswordNextSignIn) return 'new-password'
    if (methodsOf(pending, user).includes('mfa')) return 'stay'
    const demand = mfaDemandOf(store, user.id)
    return demand === 'none' ? 'stay' : demand === 'verify' ? 'code' : 'register'
  }

  /** The step of somebody who is not signed in yet, or not as who they want to be. */
  const showSignIn: StepHandler = async (context) => {
    const { step, pages, req } = context
    const user = authenticatedIn(deps, step, req)
    if (user !== undefined) return showDemand(context, user)
    const { notes, params } = step.pending
    const email = notes['email']
    if (req.query['step'] === 'email') return pages.email(step)
    if (email !== undefined) return pages.password(step, email)
    const remembered = browsers.accounts(req).filter((each) => each.id !== step.current?.id)
    const isOpen = notes['switching'] === undefined && params['login_hint'] === undefined
    return isOpen && remembered.length > 0 ? pages.picker(step, undefined, remembered) : pages.email(step)
  }

  const showDemand = async ({ step, pages }: StepContext, user: DirectoryUser): Promise<void> => {
    switch (nextDemand(step, user)) {
      case 'new-password':
        return pages.updatePassword(step, user)
      case 'code':
        return pages.code(step, user)
      case 'register':
        return step.pending.notes['registering'] === undefined
          ? pages.moreInformation(step, user)
          : pages.registerApp(step, user, await beginRegistration(system, user))
      case 'stay':
        return pages.stay(step, user)
    }
  }

  /** On to the next demand, which interrupts the sign-in and is logged so; or to its end, where the browser need not be asked. */
  const advance = async (context: StepContext, user: DirectoryUser, methods: readonly string[]): Promise<void> => {
    const { step, req, next } = context
    const noted = { ...step.pending, notes: { ...step.pending.notes, ...noteOf(user, methods) } }
    const demand = nextDemand({ ...step, pending: noted }, user)
    const stay = demand === 'stay' ? browsers.stay(req) : undefined
    if (stay !== undefined) return complete(context, user, methods, { stay })
    await oidc.note(step.pending.uid, noteOf(user, methods))
    await stepLog(deps, req).log(step, { code: DEMAND_CODES[demand], user, methods })
    next()
  }

  const complete = async (
    { step, req, res, leave }: StepContext,
    user: DirectoryUser,
    methods: readonly string[],
    { stay, isKept = false }: { readonly stay: 'yes' | 'no'; readonly isKept?: boolean },
  ): Promise<void> => {
    await browsers.remember(req, res, { userId: user.id, stay: isKept ? stay : undefined })
    system.journal.record({
      kind: 'oidc',
      title: `Sign-in of ${user.userPrincipalName} to ${step.application.displayName}: success`,
      subject: user.userPrincipalName,
    })
    const outcome = { kind: 'signed-in', accountId: user.id, remember: stay === 'yes', methods } as const
    leave(await oidc.finish(step.pending.uid, outcome))
  }

  /** Somebody is signed in to this browser without a second factor: the factor is all that is asked for. */
  const stepUp = async (context: StepContext, user: DirectoryUser): Promise<void> => {
    const { step, pages, req, res } = context
    const signedIn = await oidc.signedIn(req, res)
    if (signedIn?.accountId !== user.id) return pages.password(step, user.userPrincipalName)
    await sessions.anonymous(req, res)
    const found = {
      email: user.userPrincipalName,
      accountId: user.id,
      browser: browserOf(deps, req),
      ...noteOf(user, ['pwd']),
    }
    await oidc.note(step.pending.uid, found)
    await stepLog(deps, req).log(step, { code: mfaDemandOf(store, user.id) === 'verify' ? 50074 : 50079, user })
    return showDemand({ ...context, step: { ...step, pending: { ...step.pending, notes: found } } }, user)
  }

  const startOver: StepHandler = async ({ step, next }) => {
    const nobody = { email: undefined, accountId: undefined, browser: undefined, methods: undefined }
    await oidc.note(step.pending.uid, { ...nobody, registering: undefined, switching: 'yes' })
    next()
  }

  router.get(
    '/:realm/login/:uid',
    handle(async (context) => {
      const { step, pages, req } = context
      const { pending, current } = step
      const { notes } = pending
      const isSigningIn =
        notes['switching'] !== undefined || notes['email'] !== undefined || req.query['step'] === 'email'
      if (isSigningIn || current === undefined) return showSignIn(context)
      const name = current.userPrincipalName
      const others = browsers.accounts(req).filter((each) => each.id !== current.id)
      switch (pending.prompt) {
        case 'select_account':
          return pages.picker(step, current, others)
        case 'login':
          if (pending.reasons.includes('other_account_needed')) {
            const notice = `You are signed in as ${name}. This sign-in needs another account.`
            // Who is wanted stands in the field already; otherwise it is picked.
            return pending.params['login_hint'] === undefined
              ? pages.picker(step, current, others, notice)
              : pages.email(step, { notice })
          }
          return pending.reasons.every((reason) => STEP_UP_REASONS.includes(reason))
            ? stepUp(context, current)
            : pages.password(step, name)
        case 'refusal': {
          const rule = judgeAccess(store, current, step.application.appId, step.realm)
          const code = rule.kind === 'refused' ? rule.code : 50020
          const error = await stepLog(deps, req).logOnce(step, { code, user: current, methods: ['pwd'] })
          return pages.refusal(step, current, error)
        }
        default: {
          const choice = consentChoice(store, current, step.application.appId, step.scopes, asksAgain(step))
          const code = choice.kind === 'may-consent' ? 65001 : 90094
          const error = await stepLog(deps, req).logOnce(step, { code, user: current, methods: ['pwd'] })
          return pages.consent(step, current, error)
        }
      }
    }),
  )

  post('email', async ({ step, pages, req, next }) => {
    const form = parseForm(EmailForm, req.body)
    if (!form.ok) {
      return pages.email(step, { problem: 'Enter a valid email address, phone number, or Skype name.', typed: '' })
    }
    const { email } = form.value
    const user = accountByName(store, email)
    if (user === undefined) {
      const error = await stepLog(deps, req).log(step, { code: 50034, typedName: email })
      return pages.email(step, { problem: FIELD_PROBLEMS[50034], error, typed: email })
    }
    await oidc.note(step.pending.uid, { email: user.userPrincipalName })
    next()
  })

  post('password', async (context) => {
    const { step, pages, req, next } = context
    const email = step.pending.notes['email'] ?? step.current?.userPrincipalName
    if (email === undefined) return next()
    nameSubject(email)
    const form = parseForm(PasswordForm, req.body)
    if (!form.ok) return pages.password(step, email, { problem: 'Please enter your password.' })
    const outcome = await checkPassword(system, email, form.value.password)
    if (outcome.kind === 'refused') {
      const user = accountByName(store, email)
      const error = await stepLog(deps, req).log(step, { code: outcome.code, user, typedName: email })
      return pages.password(step, email, { problem: FIELD_PROBLEMS[outcome.code], error })
    }
    const { user } = outcome
    if (!belongsTo(user, step.realm)) {
      const error = await stepLog(deps, req).log(step, { code: 50020, user, methods: ['pwd'] })
      return pages.refusal(step, user, error)
    }
    await oidc.note(step.pending.uid, { email, accountId: user.id, browser: browserOf(deps, req) })
    await advance(context, user, ['pwd'])
  })

  post('new-password', async (context) => {
    const { step, pages, req, next } = context
    const user = authenticatedIn(deps, step, req)
    const form = parseForm(NewPasswordForm, req.body)
    if (!form.ok || user === undefined || nextDemand(step, user) !== 'new-password') return next()
    const { currentPassword: current, nextPassword, repeatedPassword: repeated } = form.value
    const outcome = await changeOwnPassword(system, user, { current, next: nextPassword, repeated })
    if (outcome.kind === 'refused') return pages.updatePassword(step, user, outcome)
    const changed = liveAccount(store, user.id)
    if (changed === undefined) return next()
    await advance(context, changed, ['pwd'])
  })

  post('register', async ({ step, req, next }) => {
    const user = authenticatedIn(deps, step, req)
    if (user !== undefined && nextDemand(step, user) === 'register') {
      await oidc.note(step.pending.uid, { registering: 'yes' })
    }
    next()
  })

  post('code', async (context) => {
    const { step, pages, req, next } = context
    const user = authenticatedIn(deps, step, req)
    const form = parseForm(CodeForm, req.body)
    if (!form.ok || user === undefined) return next()
    const demand = nextDemand(step, user)
    if (demand !== 'code' && demand !== 'register') return next()
    const outcome = await checkCode(system, user.id, form.value.otp, deps.wallNowMs())
    if (outcome.kind === 'right') return advance(context, user, ['pwd', 'mfa'])
    const error = await stepLog(deps, req).log(step, { code: outcome.code, user, methods: ['pwd'] })
    const told = { problem: CODE_PROBLEMS[outcome.code], error }
    if (demand === 'code') return pages.code(step, user, told)
    return pages.registerApp(step, user, await beginRegistration(system, user), told)
  })

  post('stay', async (context) => {
    const { step, req, next } = context
    const form = parseForm(StayForm, req.body)
    const user = authenticatedIn(deps, step, req)
    if (!form.ok || user === undefined || nextDemand(step, user) !== 'stay') return next()
    const { stay, hide } = form.value
    await complete(context, user, methodsOf(step.pending, user), { stay, isKept: hide === 'true' })
  })

  post('account', async (context) => {
    const { step, req, next, leave } = context
    const form = parseForm(AccountForm, req.body)
    if (!form.ok) return next()
    const { choice } = form.value
    if (choice === 'other') return startOver(context)
    if (choice === 'current') return leave(await oidc.finish(step.pending.uid, { kind: 'account-chosen' }))
    const picked = browsers.accounts(req).find(({ id }) => id === choice)
    if (picked !== undefined) await oidc.note(step.pending.uid, { email: picked.userPrincipalName })
    next()
  })

  /** Who is signed in with the browser is signed out, too ("Sign out and forget"). */
  post('forget', async ({ step, req, res, next }) => {
    const form = parseForm(ForgetForm, req.body)
    if (!form.ok) return next()
    const { account } = form.value
    await browsers.forget(req, account)
    if (account === step.current?.id) {
      await oidc.signOut(req, res)
      await oidc.note(step.pending.uid, { [SIGNED_OUT_NOTE]: 'yes' })
    }
    next()
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
    if (refused !== undefined) {
      const error = await stepLog(deps, req).logOnce(step, { code: 90094, user: current, methods: ['pwd'] })
      return pages.consent(step, current, error, refused)
    }
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
