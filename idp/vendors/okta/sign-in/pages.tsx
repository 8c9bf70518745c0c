import { Button } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { OktaSignInCard } from '../look/shell.tsx'

interface StepProps {
  readonly frame: Frame
  /** Where the sign-in leads; a path of this org. */
  readonly fromUri: string
  /** What is wrong with the whole. */
  readonly error?: string | undefined
}

function ErrorNotice({ error }: { readonly error: string | undefined }) {
  return error === undefined ? null : <Notice tone="danger">{error}</Notice>
}

function ForgotPassword() {
  return (
    <p>
      <a href="/signin/forgot-password">Forgot password?</a>
    </p>
  )
}

/** First step: who is it? */
export function IdentifyPage(
  props: StepProps & { readonly username?: string | undefined; readonly problem?: string | undefined },
) {
  return (
    <OktaSignInCard
      frame={props.frame}
      title="Sign In"
      notices={<ErrorNotice error={props.error} />}
      footer={
        <>
          <ForgotPassword />
          <p>Training accounts and the password of the worlds are listed on the kit home.</p>
        </>
      }
    >
      <Form action="/login/identify" fields={{ fromURI: props.fromUri }} noValidate>
        <TextField
          label="Username"
          name="username"
          autocomplete="username"
          value={props.username}
          problem={props.problem}
          required
          autofocus
        />
        <FormActions>
          <Button kind="primary">Next</Button>
        </FormActions>
      </Form>
    </OktaSignInCard>
  )
}

function Identity({ username }: { readonly username: string }) {
  return <span>{username}</span>
}

function backHref(fromUri: string): string {
  return `/login/login.htm?${new URLSearchParams({ step: 'identify', fromURI: fromUri })}`
}

/** Second step, for the account named at the top. */
export function PasswordPage(props: StepProps & { readonly username: string; readonly problem?: string | undefined }) {
  return (
    <OktaSignInCard
      frame={props.frame}
      title="Verify with your password"
      identity={<Identity username={props.username} />}
      notices={<ErrorNotice error={props.error} />}
      footer={
        <>
          <ForgotPassword />
          <p>
            <a href={backHref(props.fromUri)}>Back to sign in</a>
          </p>
        </>
      }
    >
      <Form action="/login/verify" fields={{ fromURI: props.fromUri }} noValidate>
        <input type="hidden" name="username" value={props.username} autocomplete="username" />
        <TextField
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          problem={props.problem}
          required
          autofocus
        />
        <FormActions>
          <Button kind="primary">Verify</Button>
        </FormActions>
      </Form>
    </OktaSignInCard>
  )
}

/** Between password and dashboard for somebody whose password has to be changed first. */
export function NewPasswordPage(
  props: StepProps & { readonly username: string; readonly problems: Readonly<Record<string, string>> },
) {
  return (
    <OktaSignInCard
      frame={props.frame}
      title="Your password has expired"
      identity={<Identity username={props.username} />}
      notices={<ErrorNotice error={props.error} />}
      footer={<a href={backHref(props.fromUri)}>Back to sign in</a>}
    >
      <Form action="/login/change-password" fields={{ fromURI: props.fromUri }} noValidate>
        <input type="hidden" name="username" value={props.username} autocomplete="username" />
        <TextField
          label="New password"
          name="newPassword"
          type="password"
          autocomplete="new-password"
          hint="At least 8 characters, with a lower case letter, an upper case letter and a number, and no part of your username."
          problem={props.problems['newPassword']}
          required
          autofocus
        />
        <TextField
          label="Re-enter password"
          name="again"
          type="password"
          autocomplete="new-password"
          problem={props.problems['again']}
          required
        />
        <FormActions>
          <Button kind="primary">Change Password</Button>
        </FormActions>
      </Form>
    </OktaSignInCard>
  )
}
