import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { RadioGroup } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { OktaApp } from '../../../apps/records.ts'
import type { GroupPushMapping } from '../../../provisioning/records.ts'
import type { ConsoleContext } from '../../context.ts'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'
import { PUSH_STATUS } from './push-page.tsx'

interface BulkProps {
  readonly context: ConsoleContext
  readonly app: OktaApp
  readonly rows: readonly { readonly mapping: GroupPushMapping; readonly groupName: string }[]
}

/** Bulk Edit: tick pushed groups, then what is done to all of them. */
export function BulkEditPage({ context, app, rows }: BulkProps) {
  return (
    <AppPage context={context} app={app} tab="Push Groups">
      <Form action={appHref(app, 'push/bulk')} label="Bulk Edit">
        <FormActions>
          {rows.length > 0 && (
            <>
              <Button kind="danger" name="do" value="delete">
                Delete
              </Button>
              <Button name="do" value="deactivate">
                Deactivate
              </Button>
              <Button name="do" value="activate">
                Activate
              </Button>
            </>
          )}
          <LinkButton href={appHref(app, 'push')}>Cancel</LinkButton>
        </FormActions>
        <DataTable
          caption="Pushed groups to edit"
          select={{ name: 'mappingId' }}
          columns={[
            { key: 'group', header: 'Group in Okta' },
            { key: 'target', header: `Group in ${app.label}` },
            { key: 'status', header: 'Push Status' },
          ]}
          rows={rows.map(({ mapping, groupName }) => ({
            key: mapping.id,
            label: groupName,
            cells: { group: groupName, target: mapping.targetName, status: PUSH_STATUS[mapping.status].label },
          }))}
          empty={<EmptyState title="No pushed groups">There is nothing to edit.</EmptyState>}
        />
      </Form>
    </AppPage>
  )
}

/** Delete of Bulk Edit: what happens to the groups in the app. */
export function BulkDeletePage({ context, app, rows }: BulkProps) {
  const words = `${rows.length} ${rows.length === 1 ? 'group push' : 'group pushes'}`
  return (
    <AppPage context={context} app={app} tab="Push Groups">
      <Card title={`Delete ${words}?`}>
        <ul>
          {rows.map(({ mapping, groupName }) => (
            <li key={mapping.id}>{groupName}</li>
          ))}
        </ul>
        <Form action={appHref(app, 'push/bulk')} label="Delete group pushes">
          {rows.map(({ mapping }) => (
            <input key={mapping.id} type="hidden" name="mappingId" value={mapping.id} />
          ))}
          <RadioGroup
            label="Groups in the target app"
            name="target"
            value="delete"
            options={[
              { value: 'delete', label: 'Delete the group in the target app (recommended)' },
              { value: 'leave', label: 'Leave the group in the target app' },
            ]}
          />
          <FormActions>
            <Button kind="danger" name="do" value="confirm-delete" label={`Delete ${words}`}>
              Delete
            </Button>
            <LinkButton href={appHref(app, 'push/bulk')}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AppPage>
  )
}
