import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { CompanyState } from '../domain/company-states.ts'
import { BILLING, officePath, withQuery } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { type LicenceRow, orderPath, type RemovalRow } from './licences-page.tsx'

export interface PaymentView {
  readonly state: CompanyState
  readonly failedAt: string | undefined
  readonly suspendedFrom: string | undefined
}

/** Where a payment is made or made to fail. */
export const PAYMENT = `${BILLING}/payment`

/** Company Settings > Billing, and Office > Billing: what is billed and when; the second place of Purchase Licenses (reference sheet 3.6). */
export function BillingPage(props: {
  readonly chrome: Chrome
  readonly office?: { readonly id: string; readonly name: string } | undefined
  readonly next: string
  readonly rows: readonly LicenceRow[]
  readonly removals: readonly RemovalRow[]
  /** Of the company; absent on the page of an office. */
  readonly payment?: PaymentView | undefined
}) {
  const isEndless = props.rows.some(({ purchased }) => purchased === null)
  const owned = props.rows.reduce((sum, { purchased }) => sum + (purchased ?? 0), 0)
  const leaving = props.removals.map(({ quantity, licence, office }) => `${quantity} ${licence} in ${office}`)
  return (
    <AdminPage
      chrome={props.chrome}
      office={props.office}
      current={props.office === undefined ? BILLING : officePath(props.office.id, 'billing')}
      title="Billing"
      lead="Licenses are billed whether somebody holds them or not."
      actions={
        props.chrome.rights.kind === 'company' && (
          <LinkButton href={withQuery(orderPath('purchase'), { office: props.office?.id })} kind="primary">
            Purchase Licenses
          </LinkButton>
        )
      }
    >
      <Stack gap="loose">
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
        {props.payment && <PaymentCard payment={props.payment} />}
      </Stack>
    </AdminPage>
  )
}

/** The bill, and what the sandbox can do with it: the product shows neither button. */
function PaymentCard({ payment }: { readonly payment: PaymentView }) {
  const { state, failedAt, suspendedFrom } = payment
  return (
    <Card
      title="Payment (sandbox only)"
      lead="A company whose payment fails is on hold the same day and suspended 30 days later. Its users are not: their states stay."
    >
      <Stack>
        <DefinitionList
          items={[
            { term: 'Company', value: <CompanyStateBadge state={state} /> },
            { term: 'Payment failed', value: failedAt && <TimeText iso={failedAt} form="datetime" /> },
            { term: 'Suspended from', value: suspendedFrom && <TimeText iso={suspendedFrom} form="datetime" /> },
          ]}
        />
        {failedAt === undefined ? (
          <Inline>
            <LinkButton href={`${PAYMENT}/fail`}>Let the payment fail</LinkButton>
          </Inline>
        ) : (
          <Inline>
            <Form action={`${PAYMENT}/pay`} layout="bare">
              <Button kind="primary">Pay the bill</Button>
            </Form>
          </Inline>
        )}
      </Stack>
    </Card>
  )
}

function CompanyStateBadge({ state }: { readonly state: CompanyState }) {
  switch (state) {
    case 'active':
      return <Badge tone="success">Active</Badge>
    case 'on-hold':
      return <Badge tone="warning">On hold</Badge>
    case 'suspended':
      return <Badge tone="danger">Suspended</Badge>
  }
}
