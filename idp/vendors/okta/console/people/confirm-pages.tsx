import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { SecretOnce } from '#kit/ui/copyable.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OktaUser } from '../../collections.ts'
import { fullName } from '../account.ts'
import type { ConsoleContext } from '../context.ts'
import { FormProblem } from '../form-view.tsx'
import { LIFECYCLE, type LifecycleAct } from './lifecycle.ts'
import { PersonPage, personHref } from './person-page.tsx'

interface PersonProps {
  readonly context: ConsoleContext
  readonly person: OktaUser
}

/** Asks before a change of state; a deactivation lists the apps that are lost. */
export function ConfirmLifecyclePage(
  props: PersonProps & { readonly act: LifecycleAct; readonly lostApps: readonly string[] },
) {
  const { act, person, lostApps } = props
  const { title, text, label, danger } = LIFECYCLE[act]
  return (
    <PersonPage context={props.context} person={person}>
      <ConfirmForm
        title={title}
        headingLevel={2}
        subject={fullName(person)}
        action={personHref(person.id, act)}
        confirmLabel={label}
        cancelHref={personHref(person.id)}
        kind={danger ? 'danger' : 'primary'}
      >
        <p>{text}</p>
        {lostApps.length > 0 && (
          <>
            <p>Apps that will be lost:</p>
            <ul>
              {lostApps.map((app) => (
                <li key={app}>{app}</li>
              ))}
            </ul>
          </>
        )}
      </ConfirmForm>
    </PersonPage>
  )
}

/** Asks before the sessions of somebody end. */
export function ClearSessionsPage({ context, person }: PersonProps) {
  return (
    <PersonPage context={context} person={person}>
      <ConfirmForm
        title="Clear User Sessions"
        headingLevel={2}
        subject={fullName(person)}
        action={personHref(person.id, 'clear-sessions')}
        confirmLabel="Clear Sessions"
        cancelHref={personHref(person.id)}
      >
        <p>Every Okta session of this person ends. Sessions they have in apps go on.</p>
      </ConfirmForm>
    </PersonPage>
  )
}

/** Asks before somebody gets a temporary password, or a mail by which they choose one. */
export function ResetPasswordPage({ context, person }: PersonProps) {
  return (
    <PersonPage context={context} person={person}>
      <ConfirmForm
        title="Reset Password"
        headingLevel={2}
        subject={fullName(person)}
        action={personHref(person.id, 'reset-password')}
        confirmLabel="Temporary Password"
        cancelHref={personHref(person.id)}
      >
        <p>
          A temporary password is made and shown once. The person's password is expired, and the next sign-in asks for a
          new one.
        </p>
      </ConfirmForm>
      <Card title="Reset by email">
        <p>
          {`A link is sent to ${person.profile.email}. It works once, within an hour. Until they have chosen a new password they cannot sign in.`}
        </p>
        <Form action={personHref(person.id, 'send-reset')} label="Reset by email">
          <FormActions>
            <Button kind="primary" label={`Reset Password ${fullName(person)}`}>
              Reset Password
            </Button>
          </FormActions>
        </Form>
      </Card>
    </PersonPage>
  )
}

/** The answer to a reset: the password, once. */
export function TemporaryPasswordPage(props: PersonProps & { readonly password: string }) {
  return (
    <PersonPage context={props.context} person={props.person}>
      <SecretOnce
        title="Temporary password created"
        label="Temporary password"
        value={props.password}
        warning="Copy it now: it is not shown again. At the next sign-in it has to be changed."
      />
      <LinkButton href={personHref(props.person.id)}>Close</LinkButton>
    </PersonPage>
  )
}

/** A password for somebody who has none yet, which activates them. */
export function SetPasswordPage(props: PersonProps & { readonly problems: Readonly<Record<string, string>> }) {
  const { person, problems } = props
  return (
    <PersonPage
      context={props.context}
      person={person}
      notices={<FormProblem problems={problems} shown={['password']} />}
    >
      <Form action={personHref(person.id, 'set-password')} label="Set Password & Activate" noValidate>
        <TextField
          label="Password"
          name="password"
          type="password"
          autocomplete="new-password"
          problem={problems['password']}
          required
        />
        <FormActions>
          <Button kind="primary">Set Password & Activate</Button>
          <LinkButton href={personHref(person.id)}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </PersonPage>
  )
}
