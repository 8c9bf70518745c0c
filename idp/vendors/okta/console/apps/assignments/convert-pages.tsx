import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import type { OktaApp } from '../../../apps/records.ts'
import { CONVERTED_AT_ONCE, type Convertible } from '../../../commands/convert-assignments.ts'
import { fullName } from '../../account.ts'
import type { ConsoleContext } from '../../context.ts'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'

interface ConvertProps {
  readonly context: ConsoleContext
  readonly app: OktaApp
  readonly rows: readonly Convertible[]
}

const HERE = 'assignments/convert'

/** Convert Assignments: individual assignments that a group could hold. */
export function ConvertPage({ context, app, rows }: ConvertProps) {
  return (
    <AppPage context={context} app={app} tab="Assignments">
      <Card title="Convert individual assignments to group assignments">
        <p>
          {`These people are assigned ${app.label} individually and are in a group that is assigned too. Converted, their values come from the group.`}
        </p>
        {rows.length === 0 ? (
          <EmptyState title="No assignments to convert" icon="user">
            Nobody who is assigned individually is in an assigned group.
          </EmptyState>
        ) : (
          <Form action={appHref(app, HERE)} label="Assignments to convert">
            <FormActions>
              <Button kind="primary" name="do" value="review">
                Convert Selected
              </Button>
              <Button name="do" value="review-all">
                Convert All
              </Button>
              <LinkButton href={appHref(app, 'assignments')}>Cancel</LinkButton>
            </FormActions>
            <ConvertTable app={app} rows={rows} selects />
            {rows.length === CONVERTED_AT_ONCE && <p>There may be more. They follow once these are converted.</p>}
          </Form>
        )}
      </Card>
    </AppPage>
  )
}

function ConvertTable(props: {
  readonly app: OktaApp
  readonly rows: readonly Convertible[]
  readonly selects: boolean
}) {
  return (
    <DataTable
      caption="Individual assignments"
      columns={[
        { key: 'person', header: 'Person' },
        { key: 'group', header: 'Group' },
        { key: 'effect', header: 'Effect' },
      ]}
      select={props.selects ? { name: 'appUserId' } : undefined}
      rows={props.rows.map(({ appUser, user, group, changesValues }) => ({
        key: appUser.id,
        label: fullName(user),
        cells: {
          person: (
            <>
              {fullName(user)}
              <br />
              <Quiet>{appUser.userName}</Quiet>
            </>
          ),
          group: group.name,
          effect: changesValues ? 'Values change and are pushed' : 'Values stay as they are',
        },
      }))}
    />
  )
}

/** Asks before they are converted. */
export function ConfirmConvertPage({ context, app, rows }: ConvertProps) {
  const words = `${rows.length} ${rows.length === 1 ? 'assignment' : 'assignments'}`
  return (
    <AppPage context={context} app={app} tab="Assignments">
      <Card title="Convert Assignments">
        <p>
          {`${words} of ${app.label} will be held by the group. Values an administrator has set for these people are lost; where the API integration is enabled, what changes is pushed.`}
        </p>
        <ConvertTable app={app} rows={rows} selects={false} />
        <Form action={appHref(app, HERE)} label="Convert Assignments">
          {rows.map(({ appUser }) => (
            <input key={appUser.id} type="hidden" name="appUserId" value={appUser.id} />
          ))}
          <FormActions>
            <Button kind="primary" name="do" value="convert" label={`Convert ${words}`}>
              Convert
            </Button>
            <LinkButton href={appHref(app, HERE)}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AppPage>
  )
}
