import type { ComponentChildren } from 'preact'
import type { AppStanding, Dossier } from '#kit/control/dossier.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { type Definition, DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Columns, Quiet, Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import type { Tone } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { labelOf } from '../neighbours.ts'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'
import { differencesOf } from '../timeline/differences.ts'
import type { MergedEntry } from '../timeline/join-ends.ts'
import type { Known } from './ask-dossiers.ts'
import type { StoryChange } from './changes.ts'
import { type ClosedDoors, durationText } from './doors.ts'
import type { Story } from './gather-story.ts'

const TONES: Readonly<Record<Dossier['standing'], Tone>> = {
  working: 'success',
  pending: 'warning',
  stopped: 'warning',
  deleted: 'danger',
}

/** One person's or group's whole story: why, where each system stands, and every change with its cause. */
export function StoryPage({ visit, story }: { readonly visit: Visit; readonly story: Story }) {
  const { headline } = story
  return (
    <HomePage
      visit={visit}
      section="/story"
      title={`Story of ${story.name}`}
      lead="What all systems know, and how it came about."
      actions={
        <>
          <LinkButton href={`/xray?${new URLSearchParams({ subject: story.subject })}`}>X-ray</LinkButton>
          <LinkButton href="/story">Another story</LinkButton>
        </>
      }
    >
      {story.unreachable.length > 0 && (
        <Notice tone="warning" role="none">
          What {story.unreachable.map(labelOf).join(' and ')} saw is missing: not reachable.
        </Notice>
      )}
      <Live id="story" everySeconds={5} summary={headline.text}>
        <Stack gap="loose">
          <section class="story-head" aria-label="In one sentence">
            <p class="story-head__text">{headline.text}</p>
            {headline.rules.map((rule) => (
              <p class="story-rule" key={rule.words}>
                <strong>Rule</strong> {rule.words}{' '}
                <Quiet>
                  Source: {rule.source}
                  {rule.id === undefined ? '' : ` (${rule.id})`}
                </Quiet>
              </p>
            ))}
            {headline.evidence.length > 0 && (
              <p class="story-rule">
                <strong>Evidence</strong>{' '}
                {headline.evidence.map((entry, index) => (
                  <span key={entry.id}>
                    {index > 0 && ', '}
                    <EntryLink entry={entry} />
                  </span>
                ))}
              </p>
            )}
          </section>
          <Columns>
            {story.known.map((known) => (
              <SystemCard key={known.system} known={known} />
            ))}
          </Columns>
          {story.doors !== undefined && <Doors doors={story.doors} />}
          <Card title="What happened" lead="Newest first, each change with its cause.">
            {story.changes.length === 0 ? (
              <EmptyState title="No change yet" icon="swap">
                The journals begin with the world: nothing has happened to {story.name} since then.
              </EmptyState>
            ) : (
              <ol class="story-changes">
                {story.changes.map((change) => (
                  <Change key={change.entry.id} change={change} />
                ))}
              </ol>
            )}
            {story.isCut && (
              <p>
                <Quiet>Older changes are in the timeline.</Quiet>
              </p>
            )}
          </Card>
        </Stack>
      </Live>
    </HomePage>
  )
}

function SystemCard({ known }: { readonly known: Known }) {
  const { label, url, dossiers } = known
  const [dossier] = dossiers
  if (dossier === undefined) {
    return (
      <Card title={label} action={<Badge>{known.isUnreachable ? 'Not reachable' : 'Not there'}</Badge>}>
        <Quiet>{known.isUnreachable ? 'It did not answer.' : `${label} has nobody and nothing of this name.`}</Quiet>
      </Card>
    )
  }
  return (
    <Card title={label} action={<Badge tone={TONES[dossier.standing]}>{dossier.words}</Badge>}>
      <Stack>
        <DefinitionList items={[{ term: 'Name', value: dossier.name }, ...dossier.facts.map(factOf)]} />
        {dossier.reason !== undefined && <p>{sentence(dossier.reason.words)}</p>}
        {dossier.apps.map((app) => (
          <AppPart key={app.id} app={app} />
        ))}
        {dossier.path !== undefined && (
          <p>
            <a href={`${url}${dossier.path}`}>Open in {label}</a>
          </p>
        )}
        {dossiers.length > 1 && <Quiet>{dossiers.length - 1} more of this name.</Quiet>}
      </Stack>
    </Card>
  )
}

/** What the account could still be used for after the decision, and until when. */
function Doors({ doors: { since, doors } }: { readonly doors: ClosedDoors }) {
  return (
    <Card title="Doors" lead={`Each way in, and how long after “${since.title}” it was found closed.`}>
      <DataTable
        caption="Doors"
        columns={[
          { key: 'door', header: 'Door' },
          { key: 'reason', header: 'Refused because' },
          { key: 'virtual', header: 'After' },
          { key: 'wall', header: 'On the wall clock' },
        ]}
        rows={doors.map(({ door, reason, entry, after }) => ({
          key: entry.id,
          label: door,
          cells: {
            door: <a href={`/timeline/${entry.id}`}>{door}</a>,
            reason: sentence(reason),
            virtual: durationText(after.virtualMs),
            wall: durationText(after.wallMs),
          },
        }))}
        empty="No door was tried yet."
      />
    </Card>
  )
}

/** Instants as pages show them; anything else as it is. */
function factOf({ label, value }: { readonly label: string; readonly value: string }): Definition {
  return { term: label, value: /^\d{4}-\d\d-\d\dT/.test(value) ? formatDateTime(value) : value }
}

const ACCOUNTS: Readonly<Record<AppStanding['account'], string>> = {
  working: 'provisioned',
  off: 'switched off',
  none: 'no account',
}

function AppPart({ app }: { readonly app: AppStanding }) {
  const assigned =
    app.assigned.length === 0
      ? 'not assigned'
      : `assigned ${app.assigned.map((way) => (way === 'directly' ? way : `by ${way}`)).join(', ')}`
  return (
    <p>
      <strong>{app.app}</strong>: {assigned}, {ACCOUNTS[app.account]}.
      {app.reason !== undefined && <span class="k-quiet"> {sentence(app.reason.words)}</span>}
    </p>
  )
}

const sentence = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`

/** Fields of a difference shown in a line of the story; the entry has them all. */
const MOST_SHOWN = 6
/** Bookkeeping that says nothing to a reader. */
const UNTOLD = /(^|\.)(id|changeSeq|lastUpdated|statusChanged|version|modifiedAt)$/

function Change({ change }: { readonly change: StoryChange }) {
  const { entry, request, source } = change
  const differences =
    entry.change?.before === undefined || entry.change.after === undefined
      ? []
      : differencesOf(entry.change.before, entry.change.after).filter(({ field }) => !UNTOLD.test(field))
  return (
    <li>
      <p class="story-change">
        <time dateTime={entry.virtualAt}>{formatDateTime(entry.virtualAt)}</time> <Badge>{systemOf(entry)}</Badge>{' '}
        <a href={`/timeline/${entry.id}`}>{entry.title}</a>
      </p>
      {differences.length > 0 && (
        <ul class="story-differences">
          {differences.slice(0, MOST_SHOWN).map(({ field, before, after }) => (
            <li key={field}>
              <span class="k-mono">{field}</span>: <del>{before ?? 'nothing'}</del> to <ins>{after ?? 'nothing'}</ins>
            </li>
          ))}
          {differences.length > MOST_SHOWN && <li>and {differences.length - MOST_SHOWN} more</li>}
        </ul>
      )}
      {(request !== undefined || source !== undefined) && (
        <Cause>
          {request !== undefined && (
            <>
              by <EntryLink entry={request} /> from{' '}
              {request.from === undefined ? 'a browser or program' : labelOf(request.from)}
            </>
          )}
          {source !== undefined && (
            <>
              , after <EntryLink entry={source} /> in {labelOf(source.system)}
            </>
          )}
        </Cause>
      )}
    </li>
  )
}

const systemOf = (entry: MergedEntry): string => labelOf(entry.to ?? entry.system)

const Cause = ({ children }: { readonly children: ComponentChildren }) => <p class="story-cause">{children}</p>

const EntryLink = ({ entry }: { readonly entry: MergedEntry }) => <a href={`/timeline/${entry.id}`}>{entry.title}</a>
