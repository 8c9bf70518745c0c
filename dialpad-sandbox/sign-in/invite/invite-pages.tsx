import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { LoginCard } from '../../portal/look/shell.tsx'

export interface InviteView {
  readonly email: string
  readonly company: string
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
  /** Somebody else is logged in with this browser. */
  readonly loggedInAs: string | undefined
}

/** Where the link of an invitation leads: confirm the name, choose a password. */
export function InvitePage({ frame, view }: { readonly frame: Frame; readonly view: InviteView }) {
  const { values, problems } = view
  return (
    <LoginCard
      frame={frame}
      title="Get started"
      identity={<Quiet>{view.email}</Quiet>}
      notices={
        <>
          {view.loggedInAs && (
            <Notice tone="warning" role="none">
              You are logged in as {view.loggedInAs}. Accepting logs you out and in as {view.email}.
            </Notice>
          )}
          {problems[''] && <Notice tone="danger">{problems['']}</Notice>}
        </>
      }
      footer={
        <>
          Have an account? <a href="/login">Log in</a>
        </>
      }
    >
      <Stack>
        <p>Your account at {view.company} is ready. Check your name and choose a password.</p>
        <Form action="/invite/accept" noValidate>
          <TextField
            label="First name"
            name="givenName"
            autocomplete="given-name"
            value={values['givenName']}
            problem={problems['givenName']}
            required
          />
          <TextField
            label="Last name"
            name="familyName"
            autocomplete="family-name"
            value={values['familyName']}
            problem={problems['familyName']}
            required
          />
          <TextField
            label="Password"
            name="password"
            type="password"
            autocomplete="new-password"
            problem={problems['password']}
            hint="At least 8 characters."
            required
          />
          <FormActions>
            <Button kind="primary" wide>
              Set up account
            </Button>
          </FormActions>
        </Form>
      </Stack>
    </LoginCard>
  )
}

/** The link is unknown, used, replaced or too old: not told apart. */
export function InviteNotValidPage({ frame }: { readonly frame: Frame }) {
  return (
    <LoginCard frame={frame} title="This invitation is not valid" footer={<a href="/">Back to Dialpad</a>}>
      <Stack>
        <Notice tone="warning">
          It was used already, replaced by a newer one, or is too old. If you have set up your account, log in.
          Otherwise ask your Company Admin to resend the invite.
        </Notice>
        <LinkButton href="/login" kind="primary" wide>
          Log in
        </LinkButton>
      </Stack>
    </LoginCard>
  )
}
