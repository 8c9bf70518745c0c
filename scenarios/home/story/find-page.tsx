import { Button } from '#kit/ui/button.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'
import type { FoundAnywhere } from './ask-dossiers.ts'

export interface FindView {
  readonly text: string
  readonly found: readonly FoundAnywhere[]
  /** Whom the journals spoke of last. */
  readonly recent: readonly string[]
}

export const storyHref = (subject: string): string => `/story/${encodeURIComponent(subject)}`

/** Whose story: by the beginning of a name or an address. */
export function FindPage({ visit, view }: { readonly visit: Visit; readonly view: FindView }) {
  const { text, found, recent } = view
  return (
    <HomePage
      visit={visit}
      section="/story"
      title="Stories"
      lead="One person or group over all systems: why are they as they are?"
    >
      <form method="get" action="/story" class="k-form k-form--inline" aria-label="Find a story">
        <TextField label="Name or address begins with" name="q" value={text} autocomplete="off" />
        <Button kind="primary">Find</Button>
      </form>
      {text === '' ? (
        <Recent subjects={recent} />
      ) : (
        <DataTable
          caption="People and groups found"
          columns={[
            { key: 'name', header: 'Name' },
            { key: 'subject', header: 'Address or group' },
            { key: 'kind', header: 'Kind' },
            { key: 'systems', header: 'Known to' },
          ]}
          rows={found.map(({ kind, name, subject, systems }) => ({
            key: `${kind} ${subject}`,
            href: storyHref(subject),
            cells: { name, subject, kind: kind === 'person' ? 'Person' : 'Group', systems: systems.join(', ') },
          }))}
          empty={
            <EmptyState title="Nobody found" icon="group">
              No person or group begins with "{text}". <a href={storyHref(text)}>Look in the journals all the same</a>:
              of somebody deleted for good they may still speak.
            </EmptyState>
          }
        />
      )}
    </HomePage>
  )
}

function Recent({ subjects }: { readonly subjects: readonly string[] }) {
  if (subjects.length === 0) {
    return (
      <EmptyState title="No story yet" icon="group">
        Whoever is assigned, provisioned, changed or suspended is named here.
      </EmptyState>
    )
  }
  return (
    <section aria-labelledby="recent-title">
      <h2 class="k-card__title" id="recent-title">
        Something happened to
      </h2>
      <ul class="story-recent">
        {subjects.map((subject) => (
          <li key={subject}>
            <a href={storyHref(subject)}>{subject}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
