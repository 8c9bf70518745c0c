import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { Pager, type PagerProps } from '#kit/ui/pager.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import type { OktaUser, OktaUserStatus } from '../../collections.ts'
import { fullName } from '../account.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'
import { personHref } from './person-page.tsx'
import { STATUSES, statusWords } from './statuses.ts'

export interface PeopleView {
  readonly people: readonly OktaUser[]
  readonly counts: Readonly<Partial<Record<OktaUserStatus, number>>>
  readonly total: number
  readonly text: string
  readonly status: OktaUserStatus | undefined
  readonly pager: PagerProps | undefined
}

/** Directory > People. */
export function PeoplePage({ context, view }: { readonly context: ConsoleContext; readonly view: PeopleView }) {
  const filters = [
    { label: `Everyone ${view.total}`, href: '/admin/users', current: view.status === undefined },
    ...STATUSES.map(({ status, label }) => ({
      label: `${label} ${view.counts[status] ?? 0}`,
      href: `/admin/users?status=${status}`,
      current: view.status === status,
    })),
  ]
  return (
    <ConsolePage
      context={context}
      section="People"
      title="People"
      actions={
        context.may.people && (
          <LinkButton href="/admin/users/new" icon="add" kind="primary">
            Add person
          </LinkButton>
        )
      }
      rail={{ label: 'Status', groups: [{ title: 'Status', items: filters }] }}
    >
      <SearchField
        label="Search people"
        action="/admin/users"
        value={view.text}
        id="search-people"
        fields={view.status === undefined ? {} : { status: view.status }}
      />
      <DataTable
        caption="People"
        columns={[
          { key: 'name', header: 'Person & username' },
          { key: 'email', header: 'Primary email' },
          { key: 'status', header: 'Status' },
        ]}
        rows={view.people.map((person) => {
          const { label, tone } = statusWords(person.status)
          return {
            key: person.id,
            cells: {
              name: (
                <>
                  <a href={personHref(person.id)}>{fullName(person)}</a>
                  <br />
                  <Quiet>{person.profile.login}</Quiet>
                </>
              ),
              email: person.profile.email,
              status: <Badge tone={tone}>{label}</Badge>,
            },
          }
        })}
        empty={
          <EmptyState title="No people found" icon="user">
            {view.text === ''
              ? 'Nobody is in this state.'
              : 'Search for the beginning of a first name, a last name, a username or an email.'}
          </EmptyState>
        }
      />
      {view.pager && <Pager {...view.pager} />}
    </ConsolePage>
  )
}
