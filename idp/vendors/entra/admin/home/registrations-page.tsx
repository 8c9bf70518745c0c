import type { Application } from '#idp/core/directory/records.ts'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'

/** App registrations: applications whose home is this tenant. */
export function RegistrationsPage(props: {
  readonly context: AdminContext
  readonly applications: readonly Application[]
}) {
  return (
    <AdminPage
      context={props.context}
      section="App registrations"
      title="App registrations"
      subtitle={props.context.tenant.displayName}
      icon="document"
    >
      <p>
        Applications registered in this tenant. What this tenant uses, wherever it is registered, is under Enterprise
        apps.
      </p>
      <DataTable
        caption="App registrations"
        columns={[
          { key: 'name', header: 'Display name' },
          { key: 'clientId', header: 'Application (client) ID' },
          { key: 'redirects', header: 'Redirect URIs', align: 'end', narrow: true },
          { key: 'created', header: 'Created on', narrow: true },
        ]}
        rows={props.applications.map((application) => ({
          key: application.id,
          cells: {
            name: application.displayName,
            clientId: <Copyable label={`Application ID of ${application.displayName}`} value={application.appId} />,
            redirects:
              application.web.redirectUris.length +
              application.spa.redirectUris.length +
              application.publicClient.redirectUris.length,
            created: <TimeText iso={application.createdDateTime} form="date" />,
          },
        }))}
        empty={<EmptyState title="No applications are registered here" icon="document" />}
      />
    </AdminPage>
  )
}
