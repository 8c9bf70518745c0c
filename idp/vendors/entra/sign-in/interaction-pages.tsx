import type { Request, Response } from 'express'
import type { VNode } from 'preact'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { withholdAnswer } from '#kit/http/record.ts'
import type { Frame } from '#kit/ui/look.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { AadstsError } from './aadsts.ts'
import { type RefusedRequest, showConsent } from './consent/consent-steps.tsx'
import type { SignInDeps } from './deps.ts'
import { frameOf } from './frame.ts'
import type { Step } from './interaction-step.ts'
import { CodeNeededStep, MoreInformationStep, RegisterAppStep } from './pages/mfa-steps.tsx'
import { RefusalStep } from './pages/refusal-step.tsx'
import { PasswordStep, PickAccountStep, SignInStep, StaySignedInStep } from './pages/steps.tsx'
import { type PasswordField, UpdatePasswordStep } from './pages/update-password-step.tsx'
import { nameInHint } from './tokens/optional-claims.ts'

/** What is told beside a field of the page for a new password. */
export interface PasswordProblem {
  readonly field: PasswordField
  readonly problem: string
}

/** What is told beside the field of a step; `error` where it is in the sign-in logs. */
export interface StepProblem {
  readonly problem: string
  readonly error?: AadstsError | undefined
}

/** Answers with the pages of one interaction. A page with a problem beside its field is a 422, a refusal a 403. */
export interface InteractionPages {
  email(step: Step, about?: Partial<StepProblem> & { readonly typed?: string; readonly notice?: string }): Promise<void>
  password(step: Step, email: string, told?: StepProblem): Promise<void>
  stay(step: Step, user: DirectoryUser): Promise<void>
  /** @param current Who is signed in; @param others whom the browser remembers beside them. */
  picker(
    step: Step,
    current: DirectoryUser | undefined,
    others: readonly DirectoryUser[],
    notice?: string,
  ): Promise<void>
  updatePassword(step: Step, user: DirectoryUser, problem?: PasswordProblem): Promise<void>
  code(step: Step, user: DirectoryUser, told?: StepProblem): Promise<void>
  moreInformation(step: Step, user: DirectoryUser): Promise<void>
  registerApp(step: Step, user: DirectoryUser, secretKey: string, told?: StepProblem): Promise<void>
  /** @param error As it stands in the sign-in logs; @param refused a request for approval that lacks something. */
  consent(step: Step, user: DirectoryUser, error: AadstsError, refused?: RefusedRequest): Promise<void>
  refusal(step: Step, user: DirectoryUser, error: AadstsError): Promise<void>
}

/** The pages for one request. */
export function interactionPages({ system, sessions }: SignInDeps, req: Request, res: Response): InteractionPages {
  const show = async (status: number, page: (frame: Frame) => VNode): Promise<void> => {
    const session = await sessions.anonymous(req, res)
    res.status(status).send(renderPage(page(frameOf(system, req.originalUrl, session.csrfToken))))
  }
  /** The platform's own apps are not named: one signs in to the platform. */
  const appNameOf = ({ application }: Step): string | undefined =>
    application.firstParty ? undefined : application.displayName

  return {
    email: (step, { problem, error, typed, notice } = {}) =>
      show(problem === undefined ? 200 : 422, (frame) => (
        <SignInStep
          frame={frame}
          action={step.action}
          email={typed ?? step.pending.notes['email'] ?? nameInHint(step.pending.params['login_hint'] ?? '')}
          appName={appNameOf(step)}
          problem={problem}
          error={error}
          notice={notice}
        />
      )),

    password: (step, email, told) =>
      show(told === undefined ? 200 : 422, (frame) => (
        <PasswordStep frame={frame} action={step.action} email={email} {...told} />
      )),

    stay: (step, user) =>
      show(200, (frame) => <StaySignedInStep frame={frame} action={step.action} email={user.userPrincipalName} />),

    picker(step, current, others, notice) {
      // Who is signed in is offered only where they will do.
      const offered = [...(current === undefined || notice !== undefined ? [] : [current]), ...others]
      const accounts = offered.map(({ id, displayName, userPrincipalName }) => ({
        id,
        name: displayName,
        email: userPrincipalName,
        isSignedIn: id === current?.id,
      }))
      return show(200, (frame) => (
        <PickAccountStep
          frame={frame}
          action={step.action}
          accounts={accounts}
          appName={appNameOf(step)}
          notice={notice}
        />
      ))
    },

    updatePassword: (step, user, problem) =>
      show(problem === undefined ? 200 : 422, (frame) => (
        <UpdatePasswordStep
          frame={frame}
          action={step.action}
          email={user.userPrincipalName}
          problems={problem && { [problem.field]: problem.problem }}
        />
      )),

    code: (step, user, told) =>
      show(told === undefined ? 200 : 422, (frame) => (
        <CodeNeededStep frame={frame} action={step.action} email={user.userPrincipalName} {...told} />
      )),

    moreInformation: (step, user) =>
      show(200, (frame) => <MoreInformationStep frame={frame} action={step.action} email={user.userPrincipalName} />),

    registerApp(step, user, secretKey, told) {
      withholdAnswer()
      return show(told === undefined ? 200 : 422, (frame) => (
        <RegisterAppStep
          frame={frame}
          action={step.action}
          email={user.userPrincipalName}
          secretKey={secretKey}
          {...told}
        />
      ))
    },

    consent: (step, user, error, refused) => showConsent(system, show, step, user, error, refused),

    refusal: (step, user, error) =>
      show(403, (frame) => (
        <RefusalStep frame={frame} action={step.action} error={error} user={user.userPrincipalName} />
      )),
  }
}
