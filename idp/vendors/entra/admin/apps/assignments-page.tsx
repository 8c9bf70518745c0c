import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Icon } from '#kit/ui/icon.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import type { AdminContext } from '../context.ts'
import { greyed } from '../greyed.ts'
import { PickerPanel } from '../picker-panel.tsx'
import type { PickerEntry, PickerView } from '../read-picker.ts'
import { AppPage, appHref } from './app-page.tsx'

/** One line of Users and groups. */
export interface AssignedRow {
  readonly assignmentId: string
  readonly name: string
  /** Page of the user or group. */
  readonly href: string
  readonly type: 'User' | 'Group'
  readonly role: string
}

export interface AssignmentsView {
  readonly app: ServicePrincipal
  readonly rows: readonly AssignedRow[]
  readonly text: string
  readonly pager?: PagerProps | undefined
  readonly readOnly: string | undefined
}

/** Users and groups of an app. */
export function AssignmentsPage({ context, view }: { readonly context: AdminContext; readonly view: AssignmentsView }) {
  const { app, readOnly } = view
  const nobody = view.rows.length === 0 ? 'Nobody is assigned.' : undefined
  return (
    <AppPage
      context={context}
      app={app}
      page="Users and groups"
      commands={[
        { kind: 'link', label: 'Add user/group', icon: 'add', href: appHref(app.id, 'users/add'), ...greyed(readOnly) },
        { kind: 'submit', label: 'Remove', icon: 'delete', form: 'assignments', ...greyed(readOnly ?? nobody) },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: context.frame.path },
      ]}
    >
      <SearchField
        label="Search assigned users and groups"
        action={appHref(app.id, 'users')}
        value={view.text}
        id="search-assigned"
      />
      <form id="assignments" method="get" action={appHref(app.id, 'users/remove')} hidden />
      <DataTable
        caption={`Users and groups assigned to ${app.displayName}`}
        columns={[
          { key: 'name', header: 'Display Name' },
          { key: 'type', header: 'Object Type' },
          { key: 'role', header: 'Role assigned' },
        ]}
        rows={view.rows.map((row) => ({
          key: row.assignmentId,
          label: row.name,
          href: row.href,
          cells: { name: row.name, type: row.type, role: row.role },
        }))}
        {...(readOnly === undefined ? { select: { name: 'id', form: 'assignments' } } : {})}
        empty={
          view.text === '' ? (
            <EmptyState
              title="No application assignments found"
              icon="group"
              action={
                readOnly === undefined && (
                  <LinkButton href={appHref(app.id, 'users/add')} kind="primary">
                    Add user/group
                  </LinkButton>
                )
              }
            >
              Only assigned users and groups are provisioned and, where assignment is required, may sign in.
            </EmptyState>
          ) : (
            <EmptyState title={`Nobody assigned is called "${view.text}"`} icon="search" />
          )
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </AppPage>
  )
}

export interface AddAssignmentView {
  readonly app: ServicePrincipal
  readonly selected: readonly PickerEntry[]
  readonly roles: readonly { readonly id: string; readonly displayName: string }[]
  readonly roleId: string
  /** Why groups are not offered. */
  readonly groupsUnavailable: string | undefined
  /** The pane to select people and groups from, when it is open. */
  readonly picker?: PickerView | undefined
  readonly problems: Readonly<Record<string, string>>
}

/** Add Assignment: who, which role, Assign. */
export function AddAssignmentPage({
  context,
  view,
}: {
  readonly context: AdminContext
  readonly view: AddAssignmentView
}) {
  const { app, selected, problems } = view
  const action = appHref(app.id, 'users/add')
  const ids = selected.map((entry) => entry.id)
  const kept = new URLSearchParams([...ids.map((id) => ['id', id]), ['role', view.roleId]])
  const [only, ...others] = view.roles
  return (
    <AppPage
      context={context}
      app={app}
      page="Users and groups"
      step="Add Assignment"
      overlay={
        view.picker && (
          <PickerPanel
            title="Users and groups"
            view={view.picker}
            action={action}
            fields={{ role: view.roleId }}
            closeHref={`${action}?${kept}`}
          />
        )
      }
    >
      {(problems[''] ?? problems['principalId']) && (
        <Notice tone="danger" title="Nobody was assigned">
          {problems[''] ?? problems['principalId']}
        </Notice>
      )}
      {view.groupsUnavailable && <Notice tone="neutral">{view.groupsUnavailable}</Notice>}
      <Form action={action} id="add-assignment" label="Add Assignment" noValidate>
        {ids.map((id) => (
          <input key={id} type="hidden" name="id" value={id} />
        ))}
        <div class="k-field">
          <p class="k-label">Users and groups</p>
          <Button name="do" value="pick" label={`Users and groups: ${selectedWords(selected)}`}>
            {selectedWords(selected)}
          </Button>
          {problems['principalIds'] && <p class="k-problem">{problems['principalIds']}</p>}
          {selected.length > 0 && (
            <ul class="entra-picker entra-picker--plain">
              {selected.map((entry) => (
                <li key={entry.id} class="entra-picker__entry">
                  <Icon name={entry.type === 'Group' ? 'group' : 'user'} size={20} />
                  <span class="k-person__words">
                    <span>{entry.name}</span>
                    <span class="k-person__detail">{entry.type}</span>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </div>
        {others.length === 0 ? (
          <div class="k-field">
            <p class="k-label">Select a role</p>
            <p>{only?.displayName}</p>
            <p class="k-hint">
              {app.appRoles.length === 0
                ? 'The application declares no roles, so everybody gets Default Access.'
                : 'The application offers this role only.'}
            </p>
          </div>
        ) : (
          <SelectField
            label="Select a role"
            name="role"
            value={view.roleId}
            emptyLabel="None Selected"
            options={view.roles.map((role) => ({ value: role.id, label: role.displayName }))}
            problem={problems['appRoleId']}
          />
        )}
        <FormActions>
          <Button kind="primary" name="do" value="assign" disabled={selected.length === 0}>
            Assign
          </Button>
          <LinkButton href={appHref(app.id, 'users')}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </AppPage>
  )
}

function selectedWords(selected: readonly PickerEntry[]): string {
  if (selected.length === 0) return 'None Selected'
  const count = (type: PickerEntry['type'], noun: string): string => {
    const number = selected.filter((entry) => entry.type === type).length
    return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`
  }
  return `${[count('User', 'user'), count('Group', 'group')].filter(Boolean).join(', ')} selected`
}

export interface RemoveAssignmentsView {
  readonly app: ServicePrincipal
  readonly rows: readonly AssignedRow[]
}

/** Asks before assignments are removed. */
export function RemoveAssignmentsPage({
  context,
  view,
}: {
  readonly context: AdminContext
  readonly view: RemoveAssignmentsView
}) {
  const { app, rows } = view
  return (
    <AppPage context={context} app={app} page="Users and groups" step="Remove assignments">
      <ConfirmForm
        title={`Remove from ${app.displayName}?`}
        subject={rows.map((row) => row.name).join(', ')}
        action={appHref(app.id, 'users/remove')}
        fields={{ ids: rows.map((row) => row.assignmentId).join(',') }}
        confirmLabel="Remove"
        cancelHref={appHref(app.id, 'users')}
        headingLevel={2}
      >
        {`Their accounts in ${app.displayName} are deactivated in the next provisioning cycle, if provisioning is on.`}
      </ConfirmForm>
    </AppPage>
  )
}
