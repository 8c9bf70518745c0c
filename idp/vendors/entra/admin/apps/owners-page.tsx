import type { DirectoryUser, ServicePrincipal } from '#idp/core/directory/records.ts'
import { Person } from '#kit/ui/avatar.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import type { AdminContext } from '../context.ts'
import { greyed } from '../greyed.ts'
import { PickerPanel } from '../picker-panel.tsx'
import type { PickerView } from '../read-picker.ts'
import { AppPage, appHref } from './app-page.tsx'

export interface OwnersView {
  readonly app: ServicePrincipal
  readonly owners: readonly DirectoryUser[]
  readonly readOnly: string | undefined
  /** The pane to select owners from, when it is open. */
  readonly picker?: PickerView | undefined
  readonly problem?: string | undefined
}

/** Owners of an app: people who may manage it without a role. */
export function OwnersPage({ context, view }: { readonly context: AdminContext; readonly view: OwnersView }) {
  const { app, readOnly } = view
  const unavailable = greyed(readOnly)
  return (
    <AppPage
      context={context}
      app={app}
      page="Owners"
      commands={[{ kind: 'link', label: 'Add', icon: 'add', href: appHref(app.id, 'owners/add'), ...unavailable }]}
      overlay={
        view.picker && (
          <PickerPanel
            title="Select owners"
            view={view.picker}
            action={appHref(app.id, 'owners/add')}
            closeHref={appHref(app.id, 'owners')}
            problem={view.problem}
          />
        )
      }
    >
      <p>Owners manage this app without holding an administrator role: assignments, provisioning and properties.</p>
      <DataTable
        caption={`Owners of ${app.displayName}`}
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'upn', header: 'User principal name' },
          { key: 'remove', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={view.owners.map((owner) => ({
          key: owner.id,
          href: `/admin/users/${owner.id}`,
          cells: {
            name: <Person name={owner.displayName} />,
            upn: owner.userPrincipalName,
            remove: readOnly === undefined && (
              <LinkButton
                kind="subtle"
                href={appHref(app.id, `owners/${owner.id}/remove`)}
                label={`Remove ${owner.displayName}`}
              >
                Remove
              </LinkButton>
            ),
          },
        }))}
        empty={
          <EmptyState title="No owners" icon="user">
            Administrators manage this app by their role.
          </EmptyState>
        }
      />
    </AppPage>
  )
}

/** Asks before somebody stops being an owner. */
export function RemoveOwnerPage(props: {
  readonly context: AdminContext
  readonly app: ServicePrincipal
  readonly owner: { readonly id: string; readonly displayName: string }
}) {
  const { app, owner } = props
  return (
    <AppPage context={props.context} app={app} page="Owners" step="Remove owner">
      <ConfirmForm
        title={`Remove this owner of ${app.displayName}?`}
        subject={owner.displayName}
        action={appHref(app.id, `owners/${owner.id}/remove`)}
        confirmLabel="Remove"
        cancelHref={appHref(app.id, 'owners')}
        headingLevel={2}
      >
        They can no longer manage the app, unless they hold an administrator role.
      </ConfirmForm>
    </AppPage>
  )
}
