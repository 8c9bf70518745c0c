import type { Application } from '#idp/core/directory/records.ts'
import { Person } from '#kit/ui/avatar.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import type { AdminContext } from '../context.ts'
import { greyed } from '../greyed.ts'
import { PickerPanel } from '../picker-panel.tsx'
import type { PickerView } from '../read-picker.ts'
import { RegistrationPage, registrationHref } from './registration-page.tsx'

/** Somebody who owns a registration: a person, or an application. */
export interface Owner {
  readonly id: string
  readonly name: string
  /** User principal name, or that it is an application. */
  readonly detail: string
  readonly href: string
}

export interface RegistrationOwnersView {
  readonly registration: Application
  readonly owners: readonly Owner[]
  readonly readOnly: string | undefined
  readonly picker?: PickerView | undefined
  readonly problem?: string | undefined
}

/** Owners of a registration: those who may view and edit it without a role. */
export function RegistrationOwnersPage(props: {
  readonly context: AdminContext
  readonly view: RegistrationOwnersView
}) {
  const { registration, owners, readOnly, picker, problem } = props.view
  const page = registrationHref(registration.id, 'owners')
  return (
    <RegistrationPage
      context={props.context}
      registration={registration}
      page="Owners"
      commands={[{ kind: 'link', label: 'Add owners', icon: 'add', href: `${page}/add`, ...greyed(readOnly) }]}
      overlay={
        picker && <PickerPanel title="Owners" view={picker} action={`${page}/add`} closeHref={page} problem={problem} />
      }
    >
      <p>
        Besides those whose role lets them manage every application, the users listed here can view and edit this app
        registration.
      </p>
      <DataTable
        caption={`Owners of ${registration.displayName}`}
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'detail', header: 'User principal name' },
          { key: 'remove', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={owners.map(({ id, name, detail, href }) => ({
          key: id,
          href,
          cells: {
            name: <Person name={name} />,
            detail,
            remove: readOnly === undefined && (
              <LinkButton kind="subtle" href={`${page}/${id}/remove`} label={`Remove owner ${name}`}>
                Remove
              </LinkButton>
            ),
          },
        }))}
        empty={
          <EmptyState title="No owners" icon="user">
            Administrators manage this registration by their role. Two owners or more keep it from being orphaned.
          </EmptyState>
        }
      />
    </RegistrationPage>
  )
}

/** Asks before somebody stops being an owner. */
export function RemoveRegistrationOwnerPage(props: {
  readonly context: AdminContext
  readonly registration: Application
  readonly owner: { readonly id: string; readonly name: string }
}) {
  const { registration, owner } = props
  const page = registrationHref(registration.id, 'owners')
  return (
    <RegistrationPage context={props.context} registration={registration} page="Owners" step="Remove owner">
      <ConfirmForm
        title={`Remove this owner of ${registration.displayName}?`}
        subject={owner.name}
        action={`${page}/${owner.id}/remove`}
        confirmLabel="Remove"
        cancelHref={page}
        headingLevel={2}
      >
        They can no longer edit the registration, unless they hold an administrator role.
      </ConfirmForm>
    </RegistrationPage>
  )
}
