import type { Account } from '#kit/ui/account-menu.tsx'
import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Inline } from '#kit/ui/layout.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { SiteShell } from '../portal/look/shell.tsx'
import { SiteColumn } from './site-column.tsx'

export interface AccountView {
  readonly account: Account
  readonly company: string
  readonly office: string
  readonly licence: string
  readonly numbers: readonly string[]
  readonly isCompanyAdmin: boolean
  /** Offices they administer. */
  readonly officeAdminOf: readonly string[]
  readonly linkedToMicrosoft: boolean
  readonly done: string | undefined
}

/** Where a sign-in lands: who is signed in, and for admins the way into the portal. */
export function AccountPage({ frame, view }: { readonly frame: Frame; readonly view: AccountView }) {
  const { account } = view
  return (
    <SiteShell frame={frame} title="Your account" user={account}>
      <SiteColumn
        title={`Signed in as ${account.name}`}
        notices={view.done && <Notice tone="success">{view.done}</Notice>}
      >
        <Card title="Your account" action={<RoleBadge view={view} />}>
          <DefinitionList
            items={[
              { term: 'Name', value: account.name },
              { term: 'Email', value: account.detail },
              { term: 'Company', value: view.company },
              { term: 'Office', value: view.office },
              { term: 'License', value: view.licence },
              {
                term: 'Number',
                value: view.numbers.length > 0 && <span class="k-mono">{view.numbers.join(', ')}</span>,
              },
              { term: 'Microsoft account', value: view.linkedToMicrosoft ? 'Linked' : 'Not linked' },
            ]}
          />
        </Card>
        {view.isCompanyAdmin || view.officeAdminOf.length > 0 ? (
          <Card
            title="Dialpad Admin Portal"
            lead={
              view.isCompanyAdmin
                ? `Users, offices, licenses, API keys and SCIM of ${view.company}.`
                : `Users, numbers and departments of ${view.officeAdminOf.join(', ')}.`
            }
          >
            <Inline>
              <LinkButton href="/admin" kind="primary" icon="gear">
                Admin settings
              </LinkButton>
            </Inline>
          </Card>
        ) : (
          <Card title="Dialpad Admin Portal">Only a Company Admin of {view.company} can open the admin settings.</Card>
        )}
      </SiteColumn>
    </SiteShell>
  )
}

function RoleBadge({ view }: { readonly view: AccountView }) {
  if (view.isCompanyAdmin) return <Badge tone="info">Company Admin</Badge>
  return view.officeAdminOf.length > 0 ? <Badge tone="info">Office Admin</Badge> : <Badge>User</Badge>
}
