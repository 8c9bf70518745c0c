import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'
import { appHref } from './app-page.tsx'

/** Whose applications are listed. */
export const APPLICATION_TYPES = ['Enterprise applications', 'Microsoft applications', 'All applications'] as const
export type ApplicationType = (typeof APPLICATION_TYPES)[number]

export interface AppListView {
  readonly apps: readonly ServicePrincipal[]
  readonly found: number
  readonly text: string
  readonly type: ApplicationType
  readonly pager?: PagerProps | undefined
}

/** Enterprise apps | All applications. */
export function AppListPage({ context, view }: { readonly context: AdminContext; readonly view: AppListView }) {
  return (
    <AdminPage
      context={context}
      section="Enterprise apps"
      title={`${context.edition.apps} | All applications`}
      crumb={context.edition.apps}
      subtitle={context.tenant.displayName}
      icon="apps"
      resourceMenu={{
        label: `Pages of ${context.edition.apps}`,
        groups: [
          { title: 'Manage', items: [{ label: 'All applications', href: '/admin/apps', icon: 'apps', current: true }] },
          {
            title: 'Security',
            items: [{ label: 'Consent and permissions', href: '/admin/consent/users', icon: 'shield' }],
          },
          {
            title: 'Activity',
            items: [{ label: 'Admin consent requests', href: '/admin/consent/requests', icon: 'mail' }],
          },
        ],
      }}
      commands={[
        { kind: 'link', label: 'New application', icon: 'add', href: '/admin/apps/gallery' },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: context.frame.path },
      ]}
    >
      <p>
        View, filter, and search the applications in your organization that use this tenant to sign people in. An app
        from the gallery appears here once it has been added.
      </p>
      <search aria-label="All applications">
        <form method="get" action="/admin/apps" class="k-form k-form--inline">
          <TextField label="Search by application name or object ID" name="q" type="text" value={view.text} />
          <SelectField
            label="Application type"
            name="type"
            value={view.type}
            options={APPLICATION_TYPES.map((type) => ({ value: type, label: type }))}
          />
          <Button icon="filter">Apply</Button>
        </form>
      </search>
      <Inline>
        <Quiet>{view.found === 1 ? '1 application found' : `${view.found} applications found`}</Quiet>
      </Inline>
      <DataTable
        caption="All applications"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'objectId', header: 'Object ID' },
          { key: 'applicationId', header: 'Application ID' },
          { key: 'homepage', header: 'Homepage URL' },
          { key: 'created', header: 'Created on', narrow: true },
        ]}
        rows={view.apps.map((app) => ({
          key: app.id,
          href: appHref(app.id),
          cells: {
            name: app.displayName,
            objectId: <Copyable label={`Object ID of ${app.displayName}`} value={app.id} />,
            applicationId: <Copyable label={`Application ID of ${app.displayName}`} value={app.appId} />,
            homepage: app.homepage === undefined ? '-' : <span class="entra-address">{app.homepage}</span>,
            created: <TimeText iso={app.createdDateTime} form="date" />,
          },
        }))}
        empty={
          <EmptyState
            title="No applications found"
            icon="apps"
            action={<LinkButton href="/admin/apps/gallery">New application</LinkButton>}
          >
            {view.text === ''
              ? 'Add one from the gallery.'
              : 'Search for another name, choose another application type, or add the app from the gallery.'}
          </EmptyState>
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </AdminPage>
  )
}
