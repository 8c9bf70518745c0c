import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Menu } from '#kit/ui/menu.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import type { OktaApp } from '../../apps/records.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'
import { appHref } from './app-href.ts'
import { ASSIGN_USERS_HREF } from './assign-users/pages.tsx'

export interface AppsView {
  readonly apps: readonly OktaApp[]
  readonly counts: Readonly<Record<OktaApp['status'], number>>
  readonly text: string
  readonly status: OktaApp['status'] | undefined
  readonly pager: PagerProps | undefined
}

/** Applications > Applications. */
export function AppsPage({ context, view }: { readonly context: ConsoleContext; readonly view: AppsView }) {
  const { counts, status } = view
  return (
    <ConsolePage
      context={context}
      section="Applications"
      title="Applications"
      actions={
        context.may.apps && (
          <>
            <LinkButton href="/admin/apps/add-app" kind="primary">
              Browse App Catalog
            </LinkButton>
            <LinkButton href="/admin/apps/create">Create App Integration</LinkButton>
            <LinkButton href={ASSIGN_USERS_HREF}>Assign Users to App</LinkButton>
            <Menu
              label="More"
              align="end"
              items={[{ kind: 'post', label: 'Refresh Application Data', action: '/admin/apps/refresh' }]}
            />
          </>
        )
      }
      rail={{
        label: 'Status',
        groups: [
          {
            title: 'Status',
            items: [
              { label: `All ${counts.ACTIVE + counts.INACTIVE}`, href: '/admin/apps/active', current: !status },
              {
                label: `Active ${counts.ACTIVE}`,
                href: '/admin/apps/active?status=ACTIVE',
                current: status === 'ACTIVE',
              },
              {
                label: `Inactive ${counts.INACTIVE}`,
                href: '/admin/apps/active?status=INACTIVE',
                current: status === 'INACTIVE',
              },
            ],
          },
        ],
      }}
    >
      <SearchField label="Search apps" action="/admin/apps/active" value={view.text} id="search-apps" />
      <DataTable
        caption="Applications"
        columns={[
          { key: 'label', header: 'Name' },
          { key: 'status', header: 'Status' },
        ]}
        rows={view.apps.map((app) => ({
          key: app.id,
          href: appHref(app),
          cells: {
            label: app.label,
            status: (
              <Badge tone={app.status === 'ACTIVE' ? 'success' : 'neutral'}>
                {app.status === 'ACTIVE' ? 'Active' : 'Inactive'}
              </Badge>
            ),
          },
        }))}
        empty={
          <EmptyState
            title="No apps found"
            icon="apps"
            action={
              context.may.apps && (
                <LinkButton href="/admin/apps/add-app?q=Dialpad">Find Dialpad in the catalog</LinkButton>
              )
            }
          >
            Add an app from the catalog to assign it to people.
          </EmptyState>
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </ConsolePage>
  )
}
