import type { ComponentChildren } from 'preact'
import { JOURNAL_KINDS } from '#kit/journal.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { Inline } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'
import type { TimelineFilter } from './read-rows.ts'
import type { TimelineRow } from './rows.ts'
import { Timeline } from './timeline.tsx'

export interface TimelineView {
  readonly rows: readonly TimelineRow[]
  readonly filter: TimelineFilter
  readonly systems: readonly { readonly name: string; readonly label: string }[]
  /** Labels of the systems that could not be asked. */
  readonly unreachable: readonly string[]
  readonly isNewest: boolean
  readonly olderHref: string | undefined
  readonly newestHref: string
  /** The same entries as a sequence diagram. */
  readonly xrayHref: string
}

/** The whole timeline, filtered and in pages. The newest page follows what happens. */
export function TimelinePage({ visit, view }: { readonly visit: Visit; readonly view: TimelineView }) {
  return (
    <HomePage
      visit={visit}
      section="/timeline"
      title="Timeline"
      lead="Who called whom, with request and answer. Secrets are masked before anything is kept."
      actions={
        <>
          <LinkButton href={view.xrayHref}>X-ray of these</LinkButton>
          <LinkButton href="/story">Stories</LinkButton>
        </>
      }
    >
      <TimelineFilters action="/timeline" filter={view.filter} systems={view.systems} />
      {view.unreachable.length > 0 && (
        <Notice tone="warning">What {view.unreachable.join(' and ')} saw is missing: not reachable.</Notice>
      )}
      <Live id="timeline" everySeconds={view.isNewest ? 3 : undefined} summary={summaryOf(view)}>
        <Timeline rows={view.rows} />
        <nav class="home-pages" aria-label="Pages of the timeline">
          <Inline>
            {!view.isNewest && <LinkButton href={view.newestHref}>Newest</LinkButton>}
            {view.olderHref !== undefined && <LinkButton href={view.olderHref}>Older</LinkButton>}
          </Inline>
        </nav>
      </Live>
    </HomePage>
  )
}

function summaryOf({ rows, isNewest }: TimelineView): string {
  const [first] = rows
  if (first === undefined) return 'Nothing matches.'
  return isNewest ? `Newest: ${first.wayWords}, ${first.title}` : 'Older entries'
}

/** Which entries; `children` are further fields of the same form. */
export function TimelineFilters(props: {
  readonly action: '/timeline' | '/xray'
  readonly filter: TimelineFilter
  readonly systems: TimelineView['systems']
  readonly children?: ComponentChildren
}) {
  const { filter } = props
  return (
    <form method="get" action={props.action} class="k-form k-form--inline" aria-label="Filter">
      <SelectField
        label="System"
        name="system"
        value={filter.system}
        emptyLabel="All systems"
        options={props.systems.map(({ name, label }) => ({ value: name, label }))}
      />
      <SelectField
        label="Kind"
        name="kind"
        value={filter.kind}
        emptyLabel="All kinds"
        options={JOURNAL_KINDS.map((kind) => ({ value: kind, label: kind }))}
      />
      <SelectField
        label="Page views"
        name="views"
        value={filter.views}
        emptyLabel="Left out"
        options={[{ value: 'shown', label: 'Shown' }]}
      />
      <TextField label="Subject or title contains" name="subject" value={filter.subject} autocomplete="off" />
      <TextField
        label="Since (virtual time)"
        name="since"
        type="datetime-local"
        value={filter.since?.slice(0, 16)}
        autocomplete="off"
      />
      {props.children}
      <Button kind="primary">Filter</Button>
      <LinkButton href={props.action} kind="subtle">
        Clear
      </LinkButton>
    </form>
  )
}
