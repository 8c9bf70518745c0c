import { Button } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { OktaTask, TaskKind } from '../../provisioning/records.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'

/** Headings of the kinds of tasks (reference sheet 2.9). */
const HEADINGS: Readonly<Record<TaskKind, string>> = {
  assignment: 'Application assignments encountered errors',
  update: 'Application updates encountered errors',
  'deprovision-failed': 'Application deprovisioning encountered errors',
  deprovision: 'Deprovision from these apps',
  group: 'Group Push encountered errors',
}
const KINDS = Object.keys(HEADINGS) as readonly TaskKind[]

export interface TaskRow {
  readonly task: OktaTask
  readonly appLabel: string
}

/** Dashboard > Tasks: what failed and is not tried again by itself, and what has to be done by hand. */
export function TasksPage({
  context,
  tasks,
}: {
  readonly context: ConsoleContext
  readonly tasks: readonly TaskRow[]
}) {
  return (
    <ConsolePage context={context} section="Tasks" title="Tasks">
      {tasks.length === 0 ? (
        <EmptyState title="You have no tasks" icon="check">
          Provisioning errors and apps to be deprovisioned by hand appear here.
        </EmptyState>
      ) : (
        KINDS.map((kind) => {
          const rows = tasks.filter(({ task }) => task.kind === kind)
          return rows.length === 0 ? null : <TaskCard key={kind} kind={kind} rows={rows} mayAct={context.may.apps} />
        })
      )}
    </ConsolePage>
  )
}

function TaskCard(props: { readonly kind: TaskKind; readonly rows: readonly TaskRow[]; readonly mayAct: boolean }) {
  const { kind, rows } = props
  const heading = HEADINGS[kind]
  const canRetry = rows.some(({ task }) => task.work !== undefined)
  const table = (
    <DataTable
      caption={heading}
      columns={[
        { key: 'message', header: 'Task' },
        { key: 'app', header: 'Application' },
        { key: 'created', header: 'Created' },
      ]}
      rows={rows.map(({ task, appLabel }) => ({
        key: task.id,
        label: task.message,
        cells: { message: task.message, app: appLabel, created: <TimeText iso={task.created} /> },
      }))}
      select={props.mayAct ? { name: 'taskId' } : undefined}
    />
  )
  return (
    <Card title={heading}>
      {props.mayAct ? (
        <Form action="/admin/tasks" fields={{ kind }} label={heading}>
          <FormActions>
            {canRetry && (
              <Button name="do" value="retry" kind="primary">
                Retry Selected
              </Button>
            )}
            <Button name="do" value="complete">
              Mark Selected Complete
            </Button>
            <Button name="do" value="complete-all">
              Mark All Complete
            </Button>
          </FormActions>
          {table}
        </Form>
      ) : (
        table
      )}
    </Card>
  )
}
