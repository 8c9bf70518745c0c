import type { Application, AppRole } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { CheckboxField, RadioGroup } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AdminContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-problem.tsx'
import { greyed } from '../greyed.ts'
import { StateBadge } from './expose-page.tsx'
import { RegistrationPage, registrationHref } from './registration-page.tsx'

/** Who can hold a role, as the pane offers it. */
export const MEMBER_CHOICES = [
  { value: 'users', label: 'Users/Groups', types: ['User'] },
  { value: 'applications', label: 'Applications', types: ['Application'] },
  { value: 'both', label: 'Both (Users/Groups + Applications)', types: ['User', 'Application'] },
] as const

/** The choice a role stands for. */
export function memberChoiceOf({ allowedMemberTypes }: Pick<AppRole, 'allowedMemberTypes'>) {
  const [users, applications, both] = MEMBER_CHOICES
  if (allowedMemberTypes.length > 1) return both
  return allowedMemberTypes.includes('Application') ? applications : users
}

export interface RolesView {
  readonly registration: Application
  readonly readOnly: string | undefined
  /** Where the enterprise app assigns roles; `undefined` without one. */
  readonly assignHref: string | undefined
  /** The pane, when it is open. `roleId` absent: a new role. */
  readonly pane?: (FormView & { readonly roleId?: string | undefined }) | undefined
}

/** App roles: what people, groups and applications can be given in this application. */
export function RolesPage(props: { readonly context: AdminContext; readonly view: RolesView }) {
  const { registration, readOnly, assignHref, pane } = props.view
  const page = registrationHref(registration.id, 'roles')
  return (
    <RegistrationPage
      context={props.context}
      registration={registration}
      page="App roles"
      commands={[{ kind: 'link', label: 'Create app role', icon: 'add', href: `${page}/new`, ...greyed(readOnly) }]}
      overlay={pane && <RolePanel page={page} pane={pane} />}
    >
      <p>
        App roles are given to users, groups or applications, and come as the claim roles in the tokens of this
        application.
      </p>
      {assignHref && (
        <p>
          <a href={assignHref}>Assign users and groups in the enterprise app</a>
        </p>
      )}
      <DataTable
        caption="App roles"
        columns={[
          { key: 'name', header: 'Display name' },
          { key: 'description', header: 'Description' },
          { key: 'members', header: 'Allowed member types' },
          { key: 'value', header: 'Value', mono: true },
          { key: 'id', header: 'ID' },
          { key: 'state', header: 'State', narrow: true },
        ]}
        rows={registration.appRoles.map((role) => ({
          key: role.id,
          href: readOnly === undefined ? `${page}/${role.id}` : undefined,
          cells: {
            name: role.displayName,
            description: role.description,
            members: role.allowedMemberTypes
              .map((type) => (type === 'User' ? 'Users/Groups' : 'Applications'))
              .join(', '),
            value: role.value,
            id: <Copyable label={`ID of the role ${role.displayName}`} value={role.id} />,
            state: <StateBadge isEnabled={role.isEnabled} />,
          },
        }))}
        empty={
          <EmptyState title="No app roles have been created" icon="role">
            Everybody who is assigned has Default Access until there are roles.
          </EmptyState>
        }
      />
    </RegistrationPage>
  )
}

function RolePanel({ page, pane }: { readonly page: string; readonly pane: NonNullable<RolesView['pane']> }) {
  const { values, problems, roleId } = pane
  const field = (name: string) => ({ name, value: values[name], problem: problems[name] })
  return (
    <Panel
      title={roleId === undefined ? 'Create app role' : 'Edit app role'}
      closeHref={page}
      footer={
        <>
          <Button kind="primary" form="role">
            Apply
          </Button>
          <LinkButton href={page}>Cancel</LinkButton>
          {roleId !== undefined && (
            <LinkButton kind="subtle" icon="delete" href={`${page}/${roleId}/delete`} label="Delete this app role">
              Delete
            </LinkButton>
          )}
        </>
      }
    >
      <FormProblem
        problems={problems}
        title="The app role was not saved"
        shown={['roleDisplayName', 'allowedMemberTypes', 'value', 'description']}
      />
      <Form action={`${page}/${roleId ?? 'new'}`} id="role" noValidate>
        <TextField
          label="Display name"
          required
          autocomplete="off"
          placeholder="e.g. Writers"
          {...field('roleDisplayName')}
        />
        <RadioGroup label="Allowed member types" options={MEMBER_CHOICES} {...field('allowedMemberTypes')} />
        <TextField label="Value" required autocomplete="off" mono placeholder="e.g. Task.Write" {...field('value')} />
        <TextField
          label="Description"
          required
          multiline={3}
          placeholder="e.g. Writers have the ability to create tasks."
          {...field('description')}
        />
        <CheckboxField
          label="Do you want to enable this app role?"
          name="enabled"
          checked={values['enabled'] === 'true'}
        />
      </Form>
    </Panel>
  )
}

/** Asks before a role is deleted. */
export function DeleteRolePage(props: {
  readonly context: AdminContext
  readonly registration: Application
  readonly role: AppRole
}) {
  const { registration, role } = props
  const page = registrationHref(registration.id, 'roles')
  return (
    <RegistrationPage context={props.context} registration={registration} page="App roles" step="Delete app role">
      <ConfirmForm
        title="Do you want to delete this app role?"
        subject={role.displayName}
        action={`${page}/${role.id}/delete`}
        confirmLabel="Delete"
        cancelHref={page}
        headingLevel={2}
      >
        Those who hold it keep an assignment to a role that is no longer offered; their tokens do not name it any more.
      </ConfirmForm>
    </RegistrationPage>
  )
}
