import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { RadioGroup } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { COMPANY, userPath } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { FormProblem, type Typed } from './typed.tsx'
import { USER_ACTIONS } from './user-actions.ts'
import type { UserView } from './user-page.tsx'

interface Props {
  readonly chrome: Chrome
  readonly user: Pick<UserView, 'id' | 'name' | 'email' | 'state'>
}

function trailOf({ user }: Props) {
  return [
    { label: 'Users', href: `${COMPANY}/users` },
    { label: user.name, href: userPath(user.id) },
  ]
}

/** Asks before somebody is deleted, and what becomes of their licence (reference sheet 3.5). */
export function DeleteUserPage(props: Props & { readonly licence: string }) {
  const { user } = props
  const { label, question, consequence } = USER_ACTIONS.delete
  return (
    <AdminPage chrome={props.chrome} current={`${COMPANY}/users`} title={label} trail={trailOf(props)}>
      <Card title={question}>
        <p class="k-confirm__subject">
          {user.name} ({user.email})
        </p>
        <p>
          {user.state === 'pending'
            ? 'The invitation is of no more use and the number is released at once. For 72 hours they can be restored from Deleted Users.'
            : consequence}
        </p>
        <Form action={userPath(user.id, 'delete')} label={question}>
          <RadioGroup
            label="License"
            name="licence"
            value="keep"
            options={[
              {
                value: 'keep',
                label: 'Keep license',
                hint: `The ${props.licence} license stays with the office, for the next user.`,
              },
              { value: 'remove', label: 'Remove license', hint: 'It leaves at the next billing date.' },
            ]}
          />
          <FormActions>
            <Button kind="danger" label={`${label} ${user.name} (${user.email})`}>
              {label}
            </Button>
            <LinkButton href={userPath(user.id)}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AdminPage>
  )
}

/** Permanently Delete: ends the 72 hours at once, so the address is typed. */
export function PermanentlyDeletePage(props: Props & { readonly typed: Typed }) {
  const { user, typed } = props
  return (
    <AdminPage chrome={props.chrome} current={`${COMPANY}/users`} title="Permanently Delete" trail={trailOf(props)}>
      <Card title="Delete this user for good?">
        <FormProblem typed={typed} />
        <p class="k-confirm__subject">
          {user.name} ({user.email})
        </p>
        <p>They cannot be restored any more. Numbers on hold go to the Reserved Numbers.</p>
        <Form action={userPath(user.id, 'permanently-delete')} label="Permanently Delete" noValidate>
          <TextField
            label="Type the email address to confirm"
            name="confirm"
            value={typed.values['confirm']}
            problem={typed.problems['confirm']}
            autocomplete="off"
            required
          />
          <FormActions>
            <Button kind="danger" label={`Permanently Delete ${user.name} (${user.email})`}>
              Permanently Delete
            </Button>
            <LinkButton href={`${COMPANY}/deleted-users`}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AdminPage>
  )
}
