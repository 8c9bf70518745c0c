import { Button } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { TextField } from '#kit/ui/text-field.tsx'
import { SignInCard } from './sign-in-card.tsx'

/** Beside which field of the page something is told. */
export type PasswordField = 'current' | 'next' | 'repeated'

/** The password is right and has to be another one from now on. */
export function UpdatePasswordStep(props: {
  readonly frame: Frame
  readonly action: string
  readonly email: string
  readonly problems?: Readonly<Partial<Record<PasswordField, string>>> | undefined
}) {
  const { problems = {} } = props
  const field = (name: PasswordField, label: string, autocomplete: string, hint?: string) => (
    <TextField
      label={label}
      name={`${name}Password`}
      type="password"
      autocomplete={autocomplete}
      problem={problems[name]}
      required
      {...(hint === undefined ? {} : { hint })}
    />
  )
  return (
    <SignInCard frame={props.frame} title="Update your password" identity={props.email}>
      <p>
        You need to update your password because this is the first time you are signing in, or because your password has
        expired.
      </p>
      <Form action={`${props.action}/new-password`} noValidate>
        <input type="hidden" name="username" value={props.email} autocomplete="username" />
        {field('current', 'Current password', 'current-password')}
        {field(
          'next',
          'New password',
          'new-password',
          '8 to 256 characters of three kinds: lower case, upper case, digits, symbols.',
        )}
        {field('repeated', 'Confirm password', 'new-password')}
        <FormActions>
          <Button kind="primary">Sign in</Button>
        </FormActions>
      </Form>
    </SignInCard>
  )
}
