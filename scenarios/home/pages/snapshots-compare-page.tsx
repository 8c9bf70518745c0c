import type { ComparedRecord } from '#kit/system/compare-states.ts'
import type { ComparedSide } from '#kit/system/system-control.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { countWords, fieldWords } from '../control/compared-words.ts'
import type { ComparedSystem, SharedComparison } from '../control/shared-snapshots.ts'
import { HomePage } from './home-page.tsx'
import { CompareForm } from './snapshots-page.tsx'
import type { Visit } from './visits.ts'

export interface CompareView {
  readonly comparison: SharedComparison
  /** Snapshots of all systems, to choose from. */
  readonly names: readonly string[]
  /** Records told of each collection, and where more are told; absent: as many as there can be. */
  readonly moreHref: string | undefined
}

/** What became different from one state to another. */
export function ComparePage({ visit, view }: { readonly visit: Visit; readonly view: CompareView }) {
  const { comparison, names, moreHref } = view
  const { from, to, systems } = comparison
  const differing = systems.filter(({ collections }) => collections.length > 0)
  const alike = systems.filter(({ collections }) => collections.length === 0).map(({ label }) => label)
  return (
    <HomePage
      visit={visit}
      section="/snapshots"
      title={`From ${from.name} to ${to.name ?? 'the present'}`}
      lead="Secrets are never shown. What is counted without being listed has no name, or is beyond the first few."
    >
      <Card title="Compared">
        <DefinitionList
          items={[
            { term: 'From', value: sideWords(from) },
            { term: 'To', value: sideWords(to) },
            ...(differing.length === 0 ? [] : [{ term: 'No difference', value: alike.join(', ') || 'nowhere' }]),
          ]}
        />
        <CompareForm names={names} from={from.name ?? undefined} with={to.name ?? ''} />
      </Card>
      {differing.length === 0 && (
        <EmptyState title="No difference" icon="check">
          All systems hold the same in both states, time and visits aside.
        </EmptyState>
      )}
      {differing.map((system) => (
        <SystemCard key={system.system} system={system} moreHref={moreHref} />
      ))}
    </HomePage>
  )
}

function sideWords({ name, world, virtualAt }: ComparedSide): string {
  return `${name ?? 'the present state'}: world ${world}, ${formatDateTime(virtualAt)}`
}

function SystemCard({ system, moreHref }: { readonly system: ComparedSystem; readonly moreHref: string | undefined }) {
  return (
    <Card title={system.label}>
      <Stack>
        {system.collections.map((collection) => (
          <section key={collection.collection} class="home-compare">
            <h3 class="home-compare__title">
              {collection.title} <Quiet>{countWords(collection)}</Quiet>
            </h3>
            {collection.records.length > 0 && (
              <DataTable
                caption={`${collection.title} of ${system.label} that differ`}
                columns={[
                  { key: 'name', header: 'Name' },
                  { key: 'change', header: 'Difference', narrow: true },
                  { key: 'fields', header: 'What differs' },
                ]}
                rows={collection.records.map((record, index) => ({
                  key: `${index}`,
                  cells: {
                    name: record.name,
                    change: <Badge tone={TONES[record.change]}>{record.change}</Badge>,
                    fields: <Fields record={record} />,
                  },
                }))}
              />
            )}
            {collection.more > 0 && moreHref !== undefined && (
              <LinkButton href={moreHref} label={`Show more of ${collection.title} of ${system.label}`}>
                Show more
              </LinkButton>
            )}
          </section>
        ))}
      </Stack>
    </Card>
  )
}

const TONES = { added: 'success', removed: 'danger', changed: 'info' } as const

function Fields({ record: { fields, moreFields } }: { readonly record: ComparedRecord }) {
  if (fields.length === 0) return null
  return (
    <ul class="home-compare__fields">
      {fields.map((field) => (
        <li key={field.field}>
          {field.title}: {fieldWords(field)}
        </li>
      ))}
      {moreFields > 0 && <li>and {moreFields} more</li>}
    </ul>
  )
}
