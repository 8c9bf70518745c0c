import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { OktaSignInCard } from '../look/shell.tsx'
import { linkPath } from './links.ts'
import type { LinkPurpose } from './records.ts'

const BACK = <a href="/login/login.htm">Back to sign in</a>

/** "Forgot password?": whose it is. */
export function ForgotPasswordPage(props: {
  readonly frame: Frame
  readonly username?: string | undefined
  readonly problem?: string | undefined
}) {
  return (
    <OktaSignInCard frame={props.frame} title="Reset your password" footer={BACK}>
      <Form action="/signin/forgot-password" noValidate>
        <TextField
          label="Email or Username"
          name="username"
          autocomplete="username"
          value={props.username}
          problem={props.problem}
          required
          autofocus
        />
        <FormActions>
          <Button kind="primary">Send me an email</Button>
        </FormActions>
      </Form>
    </OktaSignInCard>
  )
}

/** The answer to it, the same for every name. */
export function RecoverySentPage({ frame, username }: { readonly frame: Frame; readonly username: string }) {
  return (
    <OktaSignInCard frame={frame} title="Email sent!" identity={<span>{username}</span>} footer={BACK}>
      <Stack>
        <p>
          If an active account has this username, a mail with a link is on its way to its primary email. The link works
          once, within an hour.
        </p>
        <p>Training mail is kept on the kit home, under Mail.</p>
      </Stack>
    </OktaSignInCard>
  )
}

const WORDS = {
  activation: { button: 'Create My Account', newLabel: 'Enter new password', againLabel: 'Repeat new password' },
  recovery: { button: 'Reset Password', newLabel: 'New password', againLabel: 'Repeat password' },
} as const satisfies Record<LinkPurpose, unknown>

export interface ChoosePasswordView {
  readonly purpose: LinkPurpose
  readonly firstName: string
  readonly login: string
  readonly company: string
  /** Somebody else is signed in with this browser. */
  readonly signedInAs?: string | undefined
  readonly problems: Readonly<Record<string, string>>
}

/** Where a link leads: choose a password. */
export function ChoosePasswordPage({ frame, view }: { readonly frame: Frame; readonly view: ChoosePasswordView }) {
  const { purpose, problems } = view
  const { button, newLabel, againLabel } = WORDS[purpose]
  return (
    <OktaSignInCard
      frame={frame}
      title={purpose === 'activation' ? `Welcome to ${view.company}, ${view.firstName}!` : 'Reset your Okta password'}
      identity={<span>{view.login}</span>}
      notices={
        view.signedInAs !== undefined && (
          <Notice tone="warning" role="none">
            {`You are signed in as ${view.signedInAs}. Choosing a password signs you in as ${view.login} instead.`}
          </Notice>
        )
      }
      footer={BACK}
    >
      <Form action={linkPath(purpose)} noValidate>
        <input type="hidden" name="username" value={view.login} autocomplete="username" />
        <TextField
          label={newLabel}
          name="newPassword"
          type="password"
          autocomplete="new-password"
          hint="At least 8 characters, with a lower case letter, an upper case letter and a number, and no part of your username."
          problem={problems['newPassword']}
          required
          autofocus
        />
        <TextField
          label={againLabel}
          name="again"
          type="password"
          autocomplete="new-password"
          problem={problems['again']}
          required
        />
        <FormActions>
          <Button kind="primary">{button}</Button>
        </FormActions>
      </Form>
    </OktaSignInCard>
  )
}

/** The link is unknown, used, replaced or too old: not told apart. */
export function LinkExpiredPage({ frame, purpose }: { readonly frame: Frame; readonly purpose: LinkPurpose }) {
  const isActivation = purpose === 'activation'
  return (
    <OktaSignInCard
      frame={frame}
      title={isActivation ? 'Activation link no longer valid' : 'Your password reset link is no longer valid'}
      footer={BACK}
    >
      <Stack>
        <Notice tone="warning">
          {isActivation
            ? 'It was used already, replaced by a newer one, or has expired. If your account is active, sign in. Otherwise ask your administrator for another mail.'
            : 'It was used already, replaced by a newer one, or has expired.'}
        </Notice>
        {isActivation ? (
          <LinkButton href="/login/login.htm" kind="primary">
            Sign in
          </LinkButton>
        ) : (
          <LinkButton href="/signin/forgot-password" kind="primary">
            Send another email
          </LinkButton>
        )}
      </Stack>
    </OktaSignInCard>
  )
}
