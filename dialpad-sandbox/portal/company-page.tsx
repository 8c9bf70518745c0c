import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Columns, Stack, Tile } from '#kit/ui/layout.tsx'
import { COMPANY, KEYS, officePath, SCIM } from './addresses.ts'
import { AdminPage, type Chrome, Formerly } from './admin-page.tsx'

export interface CompanyView {
  readonly name: string
  readonly domains: readonly string[]
  readonly anyDomain: boolean
  readonly microsoftTenantId: string | undefined
  readonly users: number
  readonly offices: number
  readonly keys: number
}

/** Company Settings: what there is to set, and the company in short. */
export function CompanyPage({ chrome, view }: { readonly chrome: Chrome; readonly view: CompanyView }) {
  const people = `${view.users} active or pending`
  return (
    <AdminPage
      chrome={chrome}
      current={COMPANY}
      title="Company Settings"
      lead={
        <>
          Dialpad Admin Portal of {view.name} <Formerly name="Admin settings > My Company" />
        </>
      }
    >
      <Stack gap="loose">
        <Columns min="narrow">
          <Tile title="Offices" detail={`${view.offices} in the company`} href={`${COMPANY}/offices`} icon="building" />
          <Tile title="Users" detail={people} href={`${COMPANY}/users`} icon="user" />
          <Tile title="Licenses" detail="Purchased, used, unused" href={`${COMPANY}/licenses`} icon="document" />
          <Tile title="API Keys" detail={`Authentication, ${view.keys} in use`} href={KEYS} icon="key" />
          <Tile title="SCIM" detail="Authentication, office matching" href={SCIM} icon="swap" />
          <Tile title="Change log" detail="Who changed what" href={`${COMPANY}/change-log`} icon="list" />
        </Columns>
        <Card title="Company">
          <DefinitionList
            items={[
              { term: 'Name', value: view.name },
              { term: 'Domains', value: view.anyDomain ? 'Any' : view.domains.join(', ') },
              {
                term: 'Microsoft organization',
                value:
                  view.microsoftTenantId === undefined ? (
                    'Not connected: a Company Admin connects it by logging in with Microsoft'
                  ) : (
                    <span class="k-mono">{view.microsoftTenantId}</span>
                  ),
              },
            ]}
          />
        </Card>
      </Stack>
    </AdminPage>
  )
}

export interface OfficeRow {
  readonly id: string
  readonly name: string
  readonly country: string
  readonly areaCode: string
  readonly timezone: string
  readonly isPrimary: boolean
  readonly users: number
  readonly used: number
  /** `null`: without end. */
  readonly owned: number | null
}

/** Company Settings > Offices. */
export function OfficesPage({ chrome, offices }: { readonly chrome: Chrome; readonly offices: readonly OfficeRow[] }) {
  return (
    <AdminPage
      chrome={chrome}
      current={`${COMPANY}/offices`}
      title="Offices"
      lead="A directory chooses a person's office by its exact name."
    >
      <DataTable
        caption="Offices"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'country', header: 'Country' },
          { key: 'areaCode', header: 'Area code', mono: true },
          { key: 'timezone', header: 'Time zone' },
          { key: 'users', header: 'Users', align: 'end' },
          { key: 'seats', header: 'Licenses used', align: 'end' },
        ]}
        rows={offices.map((office) => ({
          key: office.id,
          href: officePath(office.id),
          cells: {
            name: office.isPrimary ? `${office.name} (primary)` : office.name,
            country: office.country,
            areaCode: office.areaCode,
            timezone: office.timezone,
            users: office.users,
            seats: `${office.used} of ${seatsInWords(office.owned)}`,
          },
        }))}
        empty={<EmptyState title="No offices">A company gets its first office when it signs up.</EmptyState>}
      />
    </AdminPage>
  )
}

/** Office > Office Settings: read only. */
export function OfficePage({ chrome, office }: { readonly chrome: Chrome; readonly office: OfficeRow }) {
  return (
    <AdminPage
      chrome={chrome}
      current={officePath(office.id)}
      office={office}
      title={office.name}
      lead={office.isPrimary ? 'Primary office' : undefined}
      actions={<LinkButton href={officePath(office.id, 'users')}>Users</LinkButton>}
    >
      <Card title="Office Info">
        <DefinitionList
          items={[
            { term: 'Name', value: office.name },
            { term: 'Country', value: office.country },
            { term: 'Area code', value: office.areaCode },
            { term: 'Time zone', value: office.timezone },
            { term: 'Users', value: String(office.users) },
            { term: 'Licenses used', value: `${office.used} of ${seatsInWords(office.owned)}` },
          ]}
        />
      </Card>
    </AdminPage>
  )
}

export interface LicenceRow {
  readonly key: string
  readonly officeId: string
  readonly office: string
  readonly licence: string
  /** `null`: without end. */
  readonly purchased: number | null
  readonly used: number
}

/** Company Settings > Licenses, and Office > Licenses. */
export function LicencesPage(props: {
  readonly chrome: Chrome
  readonly office?: { readonly id: string; readonly name: string } | undefined
  readonly rows: readonly LicenceRow[]
}) {
  return (
    <AdminPage
      chrome={props.chrome}
      current={props.office ? officePath(props.office.id, 'licenses') : `${COMPANY}/licenses`}
      office={props.office}
      title="Licenses"
      lead="Licenses are owned by an office. Suspending or deleting a user frees theirs."
    >
      <DataTable
        caption="Licenses"
        columns={[
          { key: 'office', header: 'Office' },
          { key: 'licence', header: 'License' },
          { key: 'purchased', header: 'Purchased', align: 'end' },
          { key: 'used', header: 'Used', align: 'end' },
          { key: 'unused', header: 'Unused', align: 'end' },
        ]}
        rows={props.rows.map((row) => ({
          key: row.key,
          cells: {
            office: row.office,
            licence: row.licence,
            purchased: seatsInWords(row.purchased),
            used: row.used,
            unused: row.purchased === null ? seatsInWords(null) : Math.max(0, row.purchased - row.used),
          },
        }))}
        empty={<EmptyState title="No licenses">This office owns none, so nobody can be added to it.</EmptyState>}
      />
    </AdminPage>
  )
}

function seatsInWords(owned: number | null): string {
  return owned === null ? 'Unlimited' : String(owned)
}
