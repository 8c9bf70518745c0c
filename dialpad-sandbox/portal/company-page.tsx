import { Card } from '#kit/ui/card.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Columns, Stack, Tile } from '#kit/ui/layout.tsx'
import { ADMINISTRATORS, COMPANY, DEPARTMENTS, DETAILS, KEYS, SAML, SCIM } from './addresses.ts'
import { AdminPage, type Chrome, Formerly } from './admin-page.tsx'

export interface CompanyView {
  readonly name: string
  readonly domains: readonly string[]
  readonly anyDomain: boolean
  readonly microsoftTenantId: string | undefined
  readonly users: number
  readonly offices: number
  readonly departments: number
  /** Main line of the primary office. */
  readonly number: string | undefined
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
          <Tile title="Administrators" detail="Company and Office Admins" href={ADMINISTRATORS} icon="role" />
          <Tile title="Departments" detail={`${view.departments} in the company`} href={DEPARTMENTS} icon="phone" />
          <Tile title="API Keys" detail={`Authentication, ${view.keys} in use`} href={KEYS} icon="key" />
          <Tile title="SAML" detail="Authentication, identity provider" href={SAML} icon="shield" />
          <Tile title="SCIM" detail="Authentication, office matching" href={SCIM} icon="swap" />
          <Tile title="Change log" detail="Who changed what" href={`${COMPANY}/change-log`} icon="list" />
        </Columns>
        <Card title="Company" action={<a href={DETAILS}>Edit</a>}>
          <DefinitionList
            items={[
              { term: 'Name', value: view.name },
              { term: 'Number', value: view.number && <span class="k-mono">{view.number}</span> },
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
