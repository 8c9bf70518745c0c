import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { type Definition, DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { LICENCES } from '../domain/licences.ts'
import { COMPANY, officePath } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { FormProblem, type Typed } from './typed.tsx'

export interface LicenceRow {
  readonly key: string
  readonly officeId: string
  readonly office: string
  readonly licence: string
  /** `null`: without end. */
  readonly purchased: number | null
  readonly used: number
}

export interface RemovalRow {
  readonly id: string
  readonly office: string
  readonly licence: string
  readonly quantity: number
  readonly at: string
}

type OfficeName = { readonly id: string; readonly name: string } | undefined

/** Company Settings > Licenses, and Office > Licenses (reference sheet 3.6). */
export function LicencesPage(props: {
  readonly chrome: Chrome
  readonly office?: OfficeName
  readonly rows: readonly LicenceRow[]
  readonly removals: readonly RemovalRow[]
}) {
  const query = props.office === undefined ? '' : `?office=${props.office.id}`
  const isCompanyAdmin = props.chrome.rights.kind === 'company'
  return (
    <AdminPage
      chrome={props.chrome}
      current={props.office ? officePath(props.office.id, 'licenses') : `${COMPANY}/licenses`}
      office={props.office}
      title="Licenses"
      lead="Licenses are owned by an office. Suspending or deleting a user frees theirs."
      actions={
        isCompanyAdmin && (
          <>
            <LinkButton href={`${orderPath('purchase')}${query}`} kind="primary">
              Purchase licenses
            </LinkButton>
            <LinkButton href={`${orderPath('move')}${query}`}>Move licenses</LinkButton>
            <LinkButton href={`${orderPath('remove')}${query}`}>Remove licenses</LinkButton>
          </>
        )
      }
    >
      <Stack gap="loose">
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
              purchased: row.purchased ?? 'Unlimited',
              used: row.used,
              unused: row.purchased === null ? 'Unlimited' : Math.max(0, row.purchased - row.used),
            },
          }))}
          empty={
            <EmptyState title="No licenses" icon="document">
              This office owns none, so nobody can be added to it. Purchase licenses, or move some here.
            </EmptyState>
          }
        />
        {props.removals.length > 0 && (
          <Card title="Scheduled removals" lead="They can be used until then; what is in use by then stays." flush>
            <DataTable
              caption="Scheduled removals"
              columns={[
                { key: 'office', header: 'Office' },
                { key: 'licence', header: 'License' },
                { key: 'quantity', header: 'Quantity', align: 'end' },
                { key: 'at', header: 'Next billing date' },
                { key: 'actions', header: 'Actions', headerHidden: true, narrow: true },
              ]}
              rows={props.removals.map((row) => ({
                key: row.id,
                cells: {
                  office: row.office,
                  licence: row.licence,
                  quantity: row.quantity,
                  at: <TimeText iso={row.at} form="date" />,
                  actions: isCompanyAdmin && (
                    <Form action={`${COMPANY}/licenses/removals/${row.id}/cancel`} layout="bare">
                      <Button label={`Cancel removal of ${row.quantity} ${row.licence} in ${row.office}`}>
                        Cancel removal
                      </Button>
                    </Form>
                  ),
                },
              }))}
            />
          </Card>
        )}
      </Stack>
    </AdminPage>
  )
}

export type OrderKind = 'purchase' | 'remove' | 'move'

export function orderPath(kind: OrderKind, step?: 'confirm'): string {
  return `${COMPANY}/licenses/${kind}${step === undefined ? '' : `/${step}`}`
}

const ORDER_WORDS: Readonly<
  Record<
    OrderKind,
    { readonly title: string; readonly summary: string; readonly confirm: string; readonly hint: string }
  >
> = {
  purchase: {
    title: 'Purchase licenses',
    summary: 'Payment summary',
    confirm: 'Confirm Purchase',
    hint: 'The office owns them at once.',
  },
  remove: {
    title: 'Remove licenses',
    summary: 'Removal summary',
    confirm: 'Confirm Removal',
    hint: 'Unused ones, at the next billing date.',
  },
  move: {
    title: 'Move licenses',
    summary: 'Move summary',
    confirm: 'Confirm Move',
    hint: 'Unused ones, at once.',
  },
}

interface OrderProps {
  readonly chrome: Chrome
  readonly kind: OrderKind
}

function frameOfOrder({ chrome, kind }: OrderProps) {
  return {
    chrome,
    current: `${COMPANY}/licenses`,
    title: ORDER_WORDS[kind].title,
    trail: [{ label: 'Licenses', href: `${COMPANY}/licenses` }],
  }
}

/** First step: which, how many. */
export function OrderPage(props: OrderProps & { readonly typed: Typed }) {
  const { kind, chrome } = props
  const { values, problems } = props.typed
  const offices = chrome.offices.map(({ id, name }) => ({ value: id, label: name }))
  const words = ORDER_WORDS[kind]
  return (
    <AdminPage {...frameOfOrder(props)}>
      <Card>
        <FormProblem typed={props.typed} />
        <Form action={orderPath(kind)} label={words.title} noValidate>
          <SelectField
            label={kind === 'move' ? 'From office' : 'Office'}
            name="officeId"
            emptyLabel="Select an office"
            value={values['officeId']}
            options={offices}
            problem={problems['officeId']}
            required
          />
          {kind === 'move' && (
            <SelectField
              label="To office"
              name="toOfficeId"
              emptyLabel="Select an office"
              value={values['toOfficeId']}
              options={offices}
              problem={problems['toOfficeId']}
              required
            />
          )}
          <SelectField
            label="License"
            name="licence"
            value={values['licence']}
            options={LICENCES.map(({ type, names }) => ({ value: type, label: names['2025'] }))}
            problem={problems['licence']}
            required
          />
          <TextField
            label="Quantity"
            name="quantity"
            type="number"
            min="1"
            value={values['quantity']}
            problem={problems['quantity']}
            hint={words.hint}
            required
          />
          <FormActions>
            <Button kind="primary">Next</Button>
            <LinkButton href={`${COMPANY}/licenses`}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AdminPage>
  )
}

/** Second step: what it comes to. */
export function OrderSummaryPage(
  props: OrderProps & {
    readonly fields: Readonly<Record<string, string>>
    readonly summary: readonly Definition[]
  },
) {
  const { kind } = props
  const words = ORDER_WORDS[kind]
  return (
    <AdminPage {...frameOfOrder(props)}>
      <Card title={words.summary}>
        <DefinitionList items={props.summary} />
        {kind === 'purchase' && <Quiet>The simulation has no prices: nothing is charged.</Quiet>}
        <Form action={orderPath(kind, 'confirm')} label={words.summary} fields={props.fields}>
          <FormActions>
            <Button kind={kind === 'remove' ? 'danger' : 'primary'}>{words.confirm}</Button>
            <LinkButton href={`${COMPANY}/licenses`}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AdminPage>
  )
}
