import type { Request, Response } from 'express'
import type { VNode } from 'preact'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import type { Frame } from '#kit/ui/look.ts'
import { renderPage } from '#kit/ui/render.ts'
import { type AadstsCode, aadsts } from './aadsts.ts'
import { type RefusedRequest, showConsent } from './consent/consent-steps.tsx'
import type { SignInDeps } from './deps.ts'
import { frameOf } from './frame.ts'
import type { Step } from './interaction-step.ts'
import { RefusalStep } from './pages/refusal-step.tsx'
import { PasswordStep, PickAccountStep, SignInStep, StaySignedInStep } from './pages/steps.tsx'

/** Answers with the pages of one interaction. A page with a problem beside its field is a 422, a refusal a 403. */
export interface InteractionPages {
  email(step: Step, problem?: string, typed?: string): Promise<void>
  password(step: Step, email: string, problem?: string): Promise<void>
  stay(step: Step, user: DirectoryUser): Promise<void>
  picker(step: Step, user: DirectoryUser, notice?: string): Promise<void>
  /** @param refused A request for approval that lacks something. */
  consent(step: Step, user: DirectoryUser, refused?: RefusedRequest): Promise<void>
  refusal(step: Step, user: DirectoryUser, code: AadstsCode): Promise<void>
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
    email: (step, problem, typed) =>
      show(problem === undefined ? 200 : 422, (frame) => (
        <SignInStep
          frame={frame}
          action={step.action}
          email={typed ?? step.pending.notes['email'] ?? step.pending.params['login_hint']}
          appName={appNameOf(step)}
          problem={problem}
        />
      )),

    password: (step, email, problem) =>
      show(problem === undefined ? 200 : 422, (frame) => (
        <PasswordStep frame={frame} action={step.action} email={email} problem={problem} />
      )),

    stay: (step, user) =>
      show(200, (frame) => <StaySignedInStep frame={frame} action={step.action} email={user.userPrincipalName} />),

    picker: (step, user, notice) =>
      show(200, (frame) => (
        <PickAccountStep
          frame={frame}
          action={step.action}
          account={{ name: user.displayName, email: user.userPrincipalName }}
          appName={appNameOf(step)}
          notice={notice}
        />
      )),

    consent: (step, user, refused) => showConsent(system, show, step, user, refused),

    refusal(step, user, code) {
      const error = aadsts(system.clock, code, {
        clientId: step.application.appId,
        app: step.application.displayName,
        user: user.userPrincipalName,
        tenant: step.realm.kind === 'tenant' ? step.realm.tenant.displayName : step.realm.segment,
      })
      return show(403, (frame) => (
        <RefusalStep frame={frame} action={step.action} error={error} user={user.userPrincipalName} />
      ))
    },
  }
}
