import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { COMPANY, userPath, withQuery } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { FormProblem, type Typed } from './typed.tsx'
import type { UserView } from './user-page.tsx'

export interface UserNumbersView {
  readonly user: UserView
  /** Reserved numbers that can be had, with the name of their office. */
  readonly reserved: readonly { readonly number: string; readonly office: string }[]
  readonly areaCode: string
  readonly typed: Typed
}

/** Options > Calling > Manage phone numbers, and Swap number: from the Reserved Numbers or an area code. */
export function UserNumbersPage({ chrome, view }: { readonly chrome: Chrome; readonly view: UserNumbersView }) {
  const { user, typed } = view
  const { values, problems } = typed
  return (
    <AdminPage
      chrome={chrome}
      current={`${COMPANY}/users`}
      title="Manage phone numbers"
      trail={[
        { label: 'Users', href: `${COMPANY}/users` },
        { label: user.name, href: userPath(user.id) },
      ]}
      lead={`${user.name} (${user.email})`}
    >
      <Stack gap="loose">
        <Card title="Numbers" flush>
          <DataTable
            caption={`Numbers of ${user.name}`}
            columns={[
              { key: 'number', header: 'Number', mono: true },
              { key: 'kind', header: 'Kind' },
              { key: 'actions', header: 'Actions', headerHidden: true, narrow: true },
            ]}
            rows={user.numbers.map((number, index) => ({
              key: number,
              cells: {
                number,
                kind: index === 0 ? 'Primary' : 'Additional',
                actions: (
                  <LinkButton
                    href={withQuery(userPath(user.id, 'numbers/unassign'), { number })}
                    label={`Unassign ${number}`}
                  >
                    Unassign
                  </LinkButton>
                ),
              },
            }))}
            empty={
              <EmptyState title="No number" icon="phone">
                Assign one below. Support licenses come without a number.
              </EmptyState>
            }
          />
        </Card>
        <Card
          title="Assign or swap"
          lead="A swap replaces the primary number; the old one goes to the Reserved Numbers."
        >
          <FormProblem typed={typed} />
          <Form action={userPath(user.id, 'numbers')} label="Assign or swap" noValidate>
            <RadioGroup
              label="Take it from"
              name="from"
              value={values['from']}
              options={[
                { value: 'reserved', label: 'Reserved Numbers' },
                { value: 'area-code', label: 'New number of an area code' },
              ]}
              problem={problems['from']}
            />
            <SelectField
              label="Reserved number"
              name="number"
              emptyLabel={view.reserved.length === 0 ? 'No reserved numbers' : 'Select a number'}
              value={values['number']}
              options={view.reserved.map(({ number, office }) => ({ value: number, label: `${number} (${office})` }))}
              problem={problems['number']}
            />
            <TextField
              label="Area code"
              name="areaCode"
              value={values['areaCode']}
              problem={problems['areaCode']}
              hint={`The office's is ${view.areaCode}.`}
              maxLength={4}
            />
            <FormActions>
              <Button kind="primary" name="what" value="assign">
                Assign number
              </Button>
              {user.numbers.length > 0 && (
                <Button name="what" value="swap">
                  Swap number
                </Button>
              )}
              <LinkButton href={userPath(user.id)}>Cancel</LinkButton>
            </FormActions>
          </Form>
        </Card>
      </Stack>
    </AdminPage>
  )
}
