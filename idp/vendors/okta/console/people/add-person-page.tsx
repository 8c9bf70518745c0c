import { Button, LinkButton } from '#kit/ui/button.tsx'
import { CheckboxField, RadioGroup } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-view.tsx'

const SHOWN = ['firstName', 'lastName', 'login', 'email', 'secondEmail', 'groups', 'activation', 'password'] as const

export interface AddPersonView extends FormView {
  readonly groups: readonly { readonly id: string; readonly name: string }[]
  readonly chosen: readonly string[]
}

/** The dialog "Add Person" (reference sheet 1.11). */
export function AddPersonPage({ context, view }: { readonly context: ConsoleContext; readonly view: AddPersonView }) {
  const { values, problems } = view
  const field = (name: string) => ({ name, value: values[name], problem: problems[name], autocomplete: 'off' })
  return (
    <ConsolePage
      context={context}
      section="People"
      path={[{ label: 'People', href: '/admin/users' }]}
      title="Add Person"
      notices={<FormProblem problems={problems} shown={SHOWN} />}
    >
      <Form action="/admin/users/new" label="Add Person" noValidate>
        <TextField label="First name" {...field('firstName')} required />
        <TextField label="Last name" {...field('lastName')} required />
        <TextField label="Username" {...field('login')} hint="In the form of an email address." required />
        <TextField label="Primary email" {...field('email')} required />
        <TextField label="Secondary email (optional)" {...field('secondEmail')} />
        <fieldset class="k-field k-fieldset">
          <legend class="k-label">Groups (optional)</legend>
          {view.groups.map((group) => (
            <CheckboxField
              key={group.id}
              label={group.name}
              name="groups"
              id={`group-${group.id}`}
              value={group.id}
              checked={view.chosen.includes(group.id)}
            />
          ))}
        </fieldset>
        <RadioGroup
          label="Activation"
          name="activation"
          value={values['activation'] ?? 'now'}
          options={[
            { value: 'now', label: 'Activate now' },
            { value: 'later', label: 'Activate later' },
          ]}
          row
        />
        <CheckboxField
          label="I will set password"
          name="setPassword"
          checked={values['setPassword'] === 'true'}
          hint="Without it somebody who is activated gets a mail with a link to choose one, and waits as Pending user action."
        />
        <TextField
          label="Enter password"
          name="password"
          type="password"
          autocomplete="new-password"
          problem={problems['password']}
          hint="Only with I will set password."
        />
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href="/admin/users">Cancel</LinkButton>
        </FormActions>
      </Form>
    </ConsolePage>
  )
}
