import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { BILLING } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { type LicenceRow, orderPath, type RemovalRow } from './licences-page.tsx'

/** Company Settings > Billing: what is billed and when; the second place of Purchase Licenses (reference sheet 3.6). */
export function BillingPage(props: {
  readonly chrome: Chrome
  readonly next: string
  readonly rows: readonly LicenceRow[]
  readonly removals: readonly RemovalRow[]
}) {
  const isEndless = props.rows.some(({ purchased }) => purchased === null)
  const owned = props.rows.reduce((sum, { purchased }) => sum + (purchased ?? 0), 0)
  const leaving = props.removals.map(({ quantity, licence, office }) => `${quantity} ${licence} in ${office}`)
  return (
    <AdminPage
      chrome={props.chrome}
      current={BILLING}
      title="Billing"
      lead="Licenses are billed whether somebody holds them or not."
      actions={
        <LinkButton href={orderPath('purchase')} kind="primary">
          Purchase Licenses
        </LinkButton>
      }
    >
      <Card title="Plan">
        <DefinitionList
          items={[
            { term: 'Next billing date', value: <TimeText iso={props.next} form="date" /> },
            { term: 'Licenses billed', value: isEndless ? 'Unlimited' : String(owned) },
            { term: 'Removed then', value: leaving.length === 0 ? 'Nothing' : leaving.join(', ') },
          ]}
        />
        <Quiet>The simulation has no prices and no invoices.</Quiet>
      </Card>
    </AdminPage>
  )
}
