import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { SecretOnce } from '#kit/ui/copyable.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AdminContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-problem.tsx'
import { UserPage, userHref } from './user-page.tsx'
/** Auto-generate a password, or type one. The typed one never comes back. */
export function PasswordFields({ values, problems }: FormView) {
  return (
    <>
      <CheckboxField
        label="Auto-generate password"
        name="autoPassword"
        checked={(values['autoPassword'] ?? 'true') === 'true'}
        hint="The password is shown once, after saving. Clear the box to use the one typed below."
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autocomplete="new-password"
        hint="8 to 256 characters of three kinds: lower case, upper case, digits, symbols."
        problem={problems['password']}
      />
    </>
  )
}

/** Reset password: made here, or typed. */
export function ResetPasswordPage(props: {
  readonly context: AdminContext
  readonly user: DirectoryUser
  readonly view: FormView
}) {
  const { user, view } = props
  return (
    <UserPage
      context={props.context}
      user={user}
      page="Overview"
      step="Reset password"
      notices={<FormProblem problems={view.problems} title="The password was not reset" shown={['password']} />}
    >
      <p>{`${user.displayName} is signed out everywhere and signs in with the new password from now on.`}</p>
      <Form action={userHref(user.id, 'password')} label="Reset password" noValidate>
        <PasswordFields {...view} />
        <CheckboxField
          label="Require this user to change their password when they next sign in"
          name="mustChange"
          checked={(view.values['mustChange'] ?? 'true') === 'true'}
        />
        <FormActions>
          <Button kind="primary">Reset password</Button>
          <LinkButton href={userHref(user.id)}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </UserPage>
  )
}

/** The one answer that shows a password made here. */
export function PasswordMadePage(props: {
  readonly context: AdminContext
  readonly user: DirectoryUser
  readonly title: string
  readonly password: string
}) {
  const { user } = props
  return (
    <UserPage context={props.context} user={user} page="Overview" step={props.title}>
      <SecretOnce
        title={`${user.displayName}: ${props.title.toLowerCase()}`}
        label="Password"
        value={props.password}
        warning="Copy the password now and hand it over. It is not shown again."
      />
      <div>
        <LinkButton href={userHref(user.id)}>{`Go to ${user.displayName}`}</LinkButton>
      </div>
    </UserPage>
  )
}
