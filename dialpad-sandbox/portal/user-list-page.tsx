import { Person } from '#kit/ui/avatar.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, HiddenFields } from '#kit/ui/form.tsx'
import { Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Pager } from '#kit/ui/pager.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { LICENCES } from '../domain/licences.ts'
import type { LicenceType, UserState } from '../records.ts'
import { COMPANY, officePath, SCIM, userPath, withQuery } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { LicenceBadge, StateBadge } from './user-badges.tsx'

/** Provisioned people appear by themselves. */
const LOOK_AGAIN_SECONDS = 3

export interface UserRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly office: string
  readonly numbers: readonly string[]
  readonly licence: LicenceType
  readonly state: UserState
  readonly isCompanyAdmin: boolean
}

/** Whose users: an office's, or the company's when absent. */
export type ListOffice = { readonly id: string; readonly name: string } | undefined

export type UsersTab = 'users' | 'reserved-numbers' | 'deleted-users'

/** `/admin/company/users`, `/admin/offices/…/deleted-users` … */
export function listPath(office: ListOffice, tab: UsersTab): string {
  return office === undefined ? `${COMPANY}/${tab}` : officePath(office.id, tab)
}

interface ListPageProps {
  readonly chrome: Chrome
  readonly office: ListOffice
}

function tabsOf(office: ListOffice, current: UsersTab) {
  const tab = (name: UsersTab, label: string) => ({ label, href: listPath(office, name), current: name === current })
  return [
    tab('users', 'Active or Pending Users'),
    tab('reserved-numbers', 'Reserved Numbers'),
    tab('deleted-users', 'Deleted Users'),
  ]
}

function frameOfList({ chrome, office }: ListPageProps, tab: UsersTab) {
  return {
    chrome,
    office,
    current: listPath(office, 'users'),
    title: 'Users',
    lead: office === undefined ? 'Everybody in the company' : `Everybody in the office ${office.name}`,
    tabs: tabsOf(office, tab),
    actions: (
      <LinkButton href={`${listPath(office, 'users')}/add`} kind="primary" icon="add">
        Add User
      </LinkButton>
    ),
  }
}

/** Who is to be listed; an empty member asks for nothing. */
export interface UserFilter {
  /** Words of a name or an address: finds suspended users too. */
  readonly words: string
  readonly licence: string
  /** `company-admin`, `office-admin`. */
  readonly permission: string
}

export interface UserListView {
  readonly rows: readonly UserRow[]
  readonly filter: UserFilter
  readonly from: number
  readonly total?: number | undefined
  readonly previousHref?: string | undefined
  readonly nextHref?: string | undefined
  /** A search found more than it shows. */
  readonly hasMore?: boolean | undefined
}

/** Office > Users, tab Active or Pending Users. A search finds suspended users too (reference sheet 3.5). */
export function UserListPage(props: ListPageProps & { readonly view: UserListView }) {
  const { office, view } = props
  const { words, licence, permission } = view.filter
  const isSearch = words !== '' || licence !== '' || permission !== ''
  return (
    <AdminPage {...frameOfList(props, 'users')}>
      <Stack>
        <SearchField
          label="Search users"
          id="search-users"
          action={listPath(office, 'users')}
          value={words}
          fields={{ licence, permission }}
          placeholder="Search by name or email, suspended users too"
        />
        <form method="get" action={listPath(office, 'users')} class="k-form k-form--inline" aria-label="Filter users">
          <HiddenFields fields={words === '' ? {} : { q: words }} />
          <SelectField
            label="License"
            name="licence"
            emptyLabel="All licenses"
            value={licence}
            options={LICENCES.map(({ type, names }) => ({ value: type, label: names['2025'] }))}
          />
          <SelectField
            label="Permission"
            name="permission"
            emptyLabel="All permissions"
            value={permission}
            options={[
              { value: 'company-admin', label: 'Company Admin' },
              { value: 'office-admin', label: 'Office Admin' },
            ]}
          />
          <Inline>
            <Button>Filter</Button>
          </Inline>
        </form>
        {isSearch && (
          <Quiet>
            {words === '' ? 'Filtered' : `Found for “${words}”`}
            {view.hasMore ? `: the first ${view.rows.length}` : ''}.{' '}
            <a href={listPath(office, 'users')}>Show all active or pending users</a>
          </Quiet>
        )}
        {view.rows.length > 0 && <BulkBar office={office} mayMakeAdmins={props.chrome.rights.kind === 'company'} />}
        <Live id="user-list" everySeconds={LOOK_AGAIN_SECONDS} summary={`${view.total ?? view.rows.length} users`}>
          <Stack>
            <DataTable
              caption={isSearch ? 'Users found' : 'Active or pending users'}
              columns={[
                { key: 'name', header: 'Name' },
                { key: 'email', header: 'Email' },
                ...(office === undefined ? [{ key: 'office', header: 'Office' }] : []),
                { key: 'number', header: 'Number', mono: true },
                { key: 'licence', header: 'License' },
                { key: 'state', header: 'Account Details' },
                { key: 'options', header: 'Options', headerHidden: true, narrow: true },
              ]}
              select={{ name: 'user', form: BULK_FORM }}
              rows={view.rows.map((row) => ({
                key: row.id,
                href: userPath(row.id),
                label: row.name,
                cells: {
                  name: <Person name={row.name} detail={row.isCompanyAdmin ? 'Company Admin' : undefined} />,
                  email: row.email,
                  office: row.office,
                  number: row.numbers.length === 0 ? '-' : row.numbers.join(', '),
                  licence: <LicenceBadge licence={row.licence} />,
                  state: <StateBadge state={row.state} />,
                  options: (
                    <a href={userPath(row.id, 'options')} aria-label={`Options of ${row.name}`}>
                      Options
                    </a>
                  ),
                },
              }))}
              empty={
                isSearch ? (
                  <EmptyState title="Nobody found" icon="search">
                    Check the spelling. Deleted users are not found by search; they are under Deleted Users.
                  </EmptyState>
                ) : (
                  <EmptyState title="No users yet" icon="user">
                    Add somebody with Add User, or connect a directory under <a href={SCIM}>SCIM</a> and assign people
                    there. Suspended users are found by search only.
                  </EmptyState>
                )
              }
            />
            {!isSearch && view.rows.length > 0 && (
              <Pager
                from={view.from}
                to={view.from + view.rows.length - 1}
                total={view.total}
                noun="users"
                previousHref={view.previousHref}
                nextHref={view.nextHref}
              />
            )}
          </Stack>
        </Live>
      </Stack>
    </AdminPage>
  )
}

/** Id of the form that the checkboxes of the list belong to. */
const BULK_FORM = 'bulk-users'

/** What is done to several at once: the page it leads to asks. */
function BulkBar({ office, mayMakeAdmins }: { readonly office: ListOffice; readonly mayMakeAdmins: boolean }) {
  return (
    <form method="get" action={`${listPath(office, 'users')}/bulk`} id={BULK_FORM} aria-label="Selected users">
      <Inline>
        <Quiet>Selected users:</Quiet>
        {mayMakeAdmins && (
          <>
            <Button name="do" value="add-office-admin">
              Add office admin
            </Button>
            <Button name="do" value="remove-office-admin">
              Remove office admin
            </Button>
          </>
        )}
        <Button name="do" value="delete">
          Delete selected
        </Button>
      </Inline>
    </form>
  )
}

export interface ReservedRow {
  readonly number: string
  readonly lastOwner?: string | undefined
  readonly office: string
  readonly since: string
  /** On hold after its owner was deleted, until then. */
  readonly heldUntil?: string | undefined
}

/** Tab Reserved Numbers: what is given out before new numbers are. */
export function ReservedNumbersPage(props: ListPageProps & { readonly rows: readonly ReservedRow[] }) {
  const list = listPath(props.office, 'reserved-numbers')
  return (
    <AdminPage
      {...frameOfList(props, 'reserved-numbers')}
      actions={
        <LinkButton href={`${list}/add`} kind="primary" icon="add">
          Add numbers
        </LinkButton>
      }
    >
      <DataTable
        caption="Reserved numbers"
        columns={[
          { key: 'number', header: 'Number', mono: true },
          { key: 'lastOwner', header: 'Last owner' },
          { key: 'office', header: 'Office' },
          { key: 'since', header: 'Date unassigned' },
          { key: 'state', header: 'State' },
          { key: 'actions', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={props.rows.map((row) => ({
          key: row.number,
          cells: {
            number: row.number,
            lastOwner: row.lastOwner ?? '-',
            office: row.office,
            since: <TimeText iso={row.since} form="date" />,
            state:
              row.heldUntil === undefined ? (
                'Reserved'
              ) : (
                <>
                  On hold, reserved <TimeText iso={row.heldUntil} />
                </>
              ),
            actions: row.heldUntil === undefined && (
              <LinkButton href={withQuery(`${list}/delete`, { number: row.number })} label={`Delete ${row.number}`}>
                Delete
              </LinkButton>
            ),
          },
        }))}
        empty={
          <EmptyState title="No reserved numbers" icon="phone">
            New users get a new number of the office's area code. Numbers of deleted users come here after 72 hours.
          </EmptyState>
        }
      />
    </AdminPage>
  )
}

export interface DeletedRow extends UserRow {
  readonly deletedAt: string
  readonly goneAt: string
}

/** Tab Deleted Users: restorable for 72 hours. */
export function DeletedUsersPage(props: ListPageProps & { readonly rows: readonly DeletedRow[] }) {
  return (
    <AdminPage {...frameOfList(props, 'deleted-users')}>
      <DataTable
        caption="Deleted users"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'email', header: 'Email' },
          { key: 'office', header: 'Office' },
          { key: 'deleted', header: 'Deleted' },
          { key: 'gone', header: 'Restorable until' },
          { key: 'actions', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={props.rows.map((row) => ({
          key: row.id,
          href: userPath(row.id),
          cells: {
            name: <Person name={row.name} />,
            email: row.email,
            office: row.office,
            deleted: <TimeText iso={row.deletedAt} />,
            gone: <TimeText iso={row.goneAt} />,
            actions: (
              <Inline>
                <Form action={userPath(row.id, 'restore')} layout="bare">
                  <Button label={`Restore ${row.name}`}>Restore</Button>
                </Form>
                <LinkButton
                  href={userPath(row.id, 'permanently-delete')}
                  kind="danger"
                  label={`Permanently Delete ${row.name}`}
                >
                  Permanently Delete
                </LinkButton>
              </Inline>
            ),
          },
        }))}
        empty={
          <EmptyState title="No deleted users" icon="delete">
            Whoever is deleted, here or by a directory, can be restored from this list for 72 hours.
          </EmptyState>
        }
      />
    </AdminPage>
  )
}
