import { Person } from '#kit/ui/avatar.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import { displayName, primaryEmail } from '../domain/user-states.ts'
import type { DialpadUser } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { ADMINISTRATORS, userPath } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { StateBadge } from './user-badges.tsx'
import type { AdminRoutes } from './visit.ts'

interface AdminRow {
  readonly user: DialpadUser
  readonly offices: readonly string[]
}

/** Company Settings > Administrators (reference sheet 3.1, 3.9). */
export function mountAdministrators({ system }: PageDeps, routes: AdminRoutes): void {
  const { store } = system

  function officeAdminsOf(companyId: string): readonly DialpadUser[] {
    const offices = store.find('offices', 'company', companyId)
    return [...new Set(offices.flatMap((office) => store.find('users', 'officeAdmin', office.id)))]
  }

  routes.get(ADMINISTRATORS, async ({ company, show }) => {
    const rowOf = (user: DialpadUser): AdminRow => ({
      user,
      offices: (user.officeAdminOf ?? []).map((id) => store.get('offices', id)?.name ?? id),
    })
    const companyAdmins = store.find('users', 'admin', company.id).map(rowOf)
    const officeAdmins = officeAdminsOf(company.id).map(rowOf)
    await show((chrome) => (
      <AdministratorsPage chrome={chrome} companyAdmins={companyAdmins} officeAdmins={officeAdmins} />
    ))
  })
}

function AdministratorsPage(props: {
  readonly chrome: Chrome
  readonly companyAdmins: readonly AdminRow[]
  readonly officeAdmins: readonly AdminRow[]
}) {
  return (
    <AdminPage
      chrome={props.chrome}
      current={ADMINISTRATORS}
      title="Administrators"
      lead="Privileges are added and removed with the user: Options > Admin."
    >
      <Stack gap="loose">
        <Card title="Company Admins" lead="The API keys they make are worth as much as they are." flush>
          <AdminTable caption="Company Admins" rows={props.companyAdmins} />
        </Card>
        <Card title="Office Admins" flush={props.officeAdmins.length > 0}>
          {props.officeAdmins.length === 0 ? (
            <p>Nobody yet: Office Administrators are added in the settings of an office.</p>
          ) : (
            <AdminTable caption="Office Admins" rows={props.officeAdmins} withOffices />
          )}
        </Card>
      </Stack>
    </AdminPage>
  )
}

function AdminTable(props: {
  readonly caption: string
  readonly rows: readonly AdminRow[]
  readonly withOffices?: boolean
}) {
  return (
    <DataTable
      caption={props.caption}
      columns={[
        { key: 'name', header: 'Name' },
        { key: 'email', header: 'Email' },
        ...(props.withOffices ? [{ key: 'offices', header: 'Offices' }] : []),
        { key: 'state', header: 'Account Details' },
      ]}
      rows={props.rows.map(({ user, offices }) => ({
        key: user.id,
        href: userPath(user.id),
        cells: {
          name: <Person name={displayName(user)} />,
          email: primaryEmail(user),
          offices: offices.join(', '),
          state: <StateBadge state={user.state} />,
        },
      }))}
    />
  )
}
