import { Avatar } from '#kit/ui/avatar.tsx'
import { Button } from '#kit/ui/button.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AadstsError } from '../aadsts.ts'
import { SignInCard } from './sign-in-card.tsx'
import { TroubleshootingDetails } from './troubleshooting-details.tsx'

/** What the steps of one sign-in share. */
interface StepProps {
  readonly frame: Frame
  /** Address of the interaction, without a trailing slash; the steps post below it. */
  readonly action: string
}

export interface SignInStepProps extends StepProps {
  readonly email?: string | undefined
  readonly problem?: string | undefined
  /** The problem, as the sign-in logs have it. */
  readonly error?: AadstsError | undefined
  /** Of the application the person is signing in to. */
  readonly appName?: string | undefined
  /** Why the person is asked, when that is not plain. */
  readonly notice?: string | undefined
}

/** First step: who is it? */
export function SignInStep(props: SignInStepProps) {
  return (
    <SignInCard
      frame={props.frame}
      title="Sign in"
      notices={props.notice && <Notice role="status">{props.notice}</Notice>}
      footer={<p>Training accounts and the password of the worlds are listed on the kit home.</p>}
    >
      {props.appName && <p>to continue to {props.appName}</p>}
      <Form action={`${props.action}/email`} noValidate>
        <TextField
          label="Email, phone, or Skype"
          labelHidden
          placeholder="Email, phone, or Skype"
          name="email"
          type="email"
          autocomplete="username"
          value={props.email}
          problem={props.problem}
          required
          autofocus
        />
        <FormActions>
          <Button kind="primary">Next</Button>
        </FormActions>
      </Form>
      <TroubleshootingDetails error={props.error} />
    </SignInCard>
  )
}

export interface PasswordStepProps extends StepProps {
  readonly email: string
  readonly problem?: string | undefined
  /** The problem, as the sign-in logs have it. */
  readonly error?: AadstsError | undefined
}

/** Second step, for the account named at the top; the arrow leads back to the first. */
export function PasswordStep(props: PasswordStepProps) {
  return (
    <SignInCard
      frame={props.frame}
      title="Enter password"
      identity={
        <>
          <a href={`${props.action}?step=email`} aria-label="Back">
            ←
          </a>{' '}
          <span>{props.email}</span>
        </>
      }
    >
      <Form action={`${props.action}/password`} noValidate>
        <input type="hidden" name="username" value={props.email} autocomplete="username" />
        <TextField
          label="Password"
          labelHidden
          placeholder="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          problem={props.problem}
          required
          autofocus
        />
        <FormActions>
          <Button kind="primary">Sign in</Button>
        </FormActions>
      </Form>
      <TroubleshootingDetails error={props.error} />
    </SignInCard>
  )
}

/** Third step: keep the session beyond this browser window, or not. */
export function StaySignedInStep(props: StepProps & { readonly email: string }) {
  return (
    <SignInCard frame={props.frame} title="Stay signed in?" identity={props.email}>
      <p>Do this to reduce the number of times you are asked to sign in.</p>
      <Form action={`${props.action}/stay`}>
        <CheckboxField label="Don't show this again" name="hide" />
        <FormActions>
          <Button kind="primary" name="stay" value="yes">
            Yes
          </Button>
          <Button name="stay" value="no">
            No
          </Button>
        </FormActions>
      </Form>
    </SignInCard>
  )
}

/** An account to pick. */
export interface OfferedAccount {
  readonly id: string
  readonly name: string
  readonly email: string
  /** Signed in with this browser; others need their password. */
  readonly isSignedIn: boolean
}

export interface PickAccountStepProps extends StepProps {
  readonly accounts: readonly OfferedAccount[]
  /** Why the account in use will not do. */
  readonly notice?: string | undefined
  readonly appName?: string | undefined
}

/** Choose between the account in use, those that have signed in with this browser, and another one. */
export function PickAccountStep(props: PickAccountStepProps) {
  return (
    <SignInCard
      frame={props.frame}
      title="Pick an account"
      notices={props.notice && <Notice role="status">{props.notice}</Notice>}
    >
      {props.appName && <p>to continue to {props.appName}</p>}
      <Form action={`${props.action}/account`} layout="bare">
        {props.accounts.map(({ id, name, email, isSignedIn }) => (
          <button key={id} type="submit" class="entra-account" name="choice" value={isSignedIn ? 'current' : id}>
            <Avatar name={name} size="medium" />
            <span class="entra-account__words">
              <span>{name}</span>
              <span class="entra-account__detail">{email}</span>
              <span class="entra-account__detail">{isSignedIn ? 'Signed in' : 'Signed out'}</span>
            </span>
          </button>
        ))}
        <button type="submit" class="entra-account" name="choice" value="other">
          Use another account
        </button>
      </Form>
      {props.accounts.length > 0 && (
        <details class="entra-forget">
          <summary>Forget an account</summary>
          <Form action={`${props.action}/forget`} layout="bare">
            {props.accounts.map(({ id, email, isSignedIn }) => (
              <Button key={id} kind="subtle" name="account" value={id}>
                {isSignedIn ? 'Sign out and forget' : 'Forget'} {email}
              </Button>
            ))}
          </Form>
        </details>
      )}
    </SignInCard>
  )
}
