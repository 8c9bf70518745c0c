import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Columns, Figure } from '#kit/ui/layout.tsx'
import type { OktaApp } from '../../apps/records.ts'
import type { OktaGroup, OktaUser } from '../../collections.ts'
import { fullName } from '../account.ts'
import { appHref } from '../apps/app-href.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'
import { groupHref } from '../groups/group-page.tsx'
import { personHref } from '../people/person-page.tsx'

export interface HomeView {
  readonly people: number
  readonly groups: number
  readonly apps: number
  readonly tasks: number
}

/** Dashboard of the console: what there is, and what waits for an administrator. */
export function HomePage({ context, view }: { readonly context: ConsoleContext; readonly view: HomeView }) {
  return (
    <ConsolePage context={context} section="Dashboard" title="Dashboard">
      <Card title="Overview">
        <Columns min="narrow">
          <Figure label="Users" value={view.people} />
          <Figure label="Groups" value={view.groups} />
          <Figure label="SSO apps" value={view.apps} />
        </Columns>
      </Card>
      <Card title="Tasks" action={<LinkButton href="/admin/tasks">View tasks</LinkButton>}>
        {view.tasks === 0 ? (
          <p>You have no tasks to complete.</p>
        ) : (
          <p>{`${view.tasks} ${view.tasks === 1 ? 'task needs' : 'tasks need'} your attention.`}</p>
        )}
      </Card>
    </ConsolePage>
  )
}

export interface SearchView {
  readonly text: string
  readonly people: readonly OktaUser[]
  readonly apps: readonly OktaApp[]
  readonly groups: readonly OktaGroup[]
}

/** What the search at the top found. */
export function SearchPage({ context, view }: { readonly context: ConsoleContext; readonly view: SearchView }) {
  const rows = [
    ...view.people.map((person) => ({
      key: person.id,
      href: personHref(person.id),
      cells: { name: fullName(person), kind: 'Person', detail: person.profile.login },
    })),
    ...view.apps.map((app) => ({
      key: app.id,
      href: appHref(app),
      cells: { name: app.label, kind: 'App', detail: app.status === 'ACTIVE' ? 'Active' : 'Inactive' },
    })),
    ...view.groups.map((group) => ({
      key: group.id,
      href: groupHref(group.id),
      cells: { name: group.name, kind: 'Group', detail: group.description },
    })),
  ]
  return (
    <ConsolePage context={context} title="Search results" searched={view.text}>
      <DataTable
        caption="Search results"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'kind', header: 'Type' },
          { key: 'detail', header: 'Detail' },
        ]}
        rows={rows}
        empty={
          <EmptyState title="No results found" icon="search">
            Search for the beginning of a person's name, or a part of the name of an app or a group.
          </EmptyState>
        }
      />
    </ConsolePage>
  )
}
