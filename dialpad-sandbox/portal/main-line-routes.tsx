import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import { numbersOfTarget } from '../commands/numbers.ts'
import { operatorsOf } from '../commands/operators.ts'
import { displayName, primaryEmail } from '../domain/user-states.ts'
import { type LineSettings, WEEKDAYS } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { officePath, userPath } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { ownOffice } from './own-records.ts'
import type { AdminRoutes } from './visit.ts'

interface MainLineView {
  readonly office: { readonly id: string; readonly name: string }
  readonly numbers: readonly string[]
  readonly line: LineSettings
  readonly operators: readonly { readonly id: string; readonly name: string; readonly email: string }[]
}

/** Office > Main Line (reference sheet 3.1): the number everybody knows, its hours, who answers it. Changed by the API. */
export function mountMainLine({ system }: PageDeps, routes: AdminRoutes): void {
  const { store } = system

  routes.get(officePath(':id', 'main-line'), async (visit) => {
    const { id, name, line = {} } = ownOffice(store, visit)
    const view: MainLineView = {
      office: { id, name },
      numbers: numbersOfTarget(store, { type: 'office', id }).map(({ number }) => number),
      line,
      operators: operatorsOf(store, id).map((user) => ({
        id: user.id,
        name: displayName(user),
        email: primaryEmail(user),
      })),
    }
    await visit.show((chrome) => <MainLinePage chrome={chrome} view={view} />)
  })
}

function MainLinePage({ chrome, view }: { readonly chrome: Chrome; readonly view: MainLineView }) {
  const { office, line } = view
  return (
    <AdminPage
      chrome={chrome}
      office={office}
      current={officePath(office.id, 'main-line')}
      title="Main Line"
      lead="Hours and operators are set by the API; nobody makes calls here."
    >
      <Stack gap="loose">
        <Card title="Line">
          <DefinitionList
            items={[
              { term: 'Numbers', value: <span class="k-mono">{view.numbers.join(', ') || 'None'}</span> },
              { term: 'Hours', value: hoursInWords(line) },
              { term: 'Rings for', value: line.ringSeconds === undefined ? undefined : `${line.ringSeconds} seconds` },
            ]}
          />
        </Card>
        <Card title="Operators" flush={view.operators.length > 0}>
          <DataTable
            caption="Operators"
            columns={[
              { key: 'name', header: 'Name' },
              { key: 'email', header: 'Email' },
            ]}
            rows={view.operators.map(({ id, name, email }) => ({
              key: id,
              href: userPath(id),
              cells: { name, email },
            }))}
            empty={
              <EmptyState title="No operators" icon="user">
                Calls of the main line reach nobody.
              </EmptyState>
            }
          />
        </Card>
      </Stack>
    </AdminPage>
  )
}

function hoursInWords({ hoursOn, hours }: LineSettings): string {
  if (hoursOn !== true || hours === undefined) return 'Always open'
  return WEEKDAYS.flatMap((day) => {
    const times = hours[day] ?? []
    return times.length === 0 ? [] : [`${day} ${times.join(' to ')}`]
  }).join(', ')
}
