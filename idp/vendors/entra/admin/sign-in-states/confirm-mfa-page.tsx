import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { MfaState } from '../../commands/sign-in-states.ts'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { PER_USER_MFA, usersMenu } from '../users/users-menu.ts'

const QUESTIONS = {
  enabled: {
    title: 'Enable multifactor authentication?',
    button: 'Enable',
    text: 'They register an authenticator app at their next sign-in. Applications that renew tokens silently are sent back to sign in.',
  },
  enforced: {
    title: 'Enforce multifactor authentication?',
    button: 'Enforce',
    text: 'They are asked for a code at every sign-in; who has no authenticator app registers one first.',
  },
  disabled: {
    title: 'Disable multifactor authentication?',
    button: 'Disable',
    text: 'A password is enough from now on. What they have registered stays.',
  },
} as const satisfies Readonly<Record<MfaState, object>>

/** Asks before the second factor of people is switched, naming them. */
export function ConfirmMfaPage(props: {
  readonly context: AdminContext
  readonly users: readonly DirectoryUser[]
  readonly state: MfaState
}) {
  const { users, state } = props
  const { title, button, text } = QUESTIONS[state]
  return (
    <AdminPage
      context={props.context}
      section="Users"
      path={[
        { label: 'Users', href: '/admin/users' },
        { label: 'Per-user MFA', href: PER_USER_MFA },
      ]}
      title={title}
      crumb={button}
      icon="user"
      resourceMenu={usersMenu('Per-user MFA')}
    >
      <Card title={users.length === 1 ? 'One user' : `${users.length} users`}>
        <ul>
          {users.map((user) => (
            <li key={user.id}>{`${user.displayName} (${user.userPrincipalName})`}</li>
          ))}
        </ul>
        <p>{text}</p>
        <Form action={PER_USER_MFA}>
          <input type="hidden" name="state" value={state} />
          {users.map(({ id }) => (
            <input key={id} type="hidden" name="id" value={id} />
          ))}
          <FormActions>
            <Button kind={state === 'disabled' ? 'danger' : 'primary'}>{button}</Button>
            <LinkButton href={PER_USER_MFA}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AdminPage>
  )
}
