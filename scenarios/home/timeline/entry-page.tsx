import type { JournalChange, JournalMessage } from '#kit/journal.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { type Definition, DefinitionList } from '#kit/ui/definition-list.tsx'
import { CodeBlock, Columns, Disclosure, Quiet, Stack } from '#kit/ui/layout.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { labelOf } from '../neighbours.ts'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'
import { differencesOf } from './differences.ts'
import type { FoundVerdict } from './find-verdict.ts'
import type { MergedEntry } from './join-ends.ts'
import { headerLines, prettyBody } from './pretty.ts'
import { SamlCards } from './saml-cards.tsx'
import type { SamlMessage } from './saml-message.ts'
import { TokenCards, VerdictCard } from './verdict-card.tsx'

/** One entry of the timeline: what was sent and what came back, side by side; or what changed. */
export function EntryPage(props: {
  readonly visit: Visit
  readonly entry: MergedEntry
  readonly saml?: SamlMessage | undefined
  readonly found?: FoundVerdict | undefined
}) {
  const { visit, entry, saml, found } = props
  const { request, response, change } = entry
  return (
    <HomePage
      visit={visit}
      section="/timeline"
      title={entry.title}
      lead={<Badge>{entry.kind}</Badge>}
      actions={
        <>
          <LinkButton href={`/xray?trace=${entry.correlationId}`}>X-ray of this trace</LinkButton>
          <LinkButton href="/timeline">Timeline</LinkButton>
        </>
      }
    >
      <Card title="About">
        <DefinitionList items={aboutOf(entry)} />
      </Card>
      {found !== undefined && <VerdictCard verdict={found.verdict} by={labelOf(found.system)} href={found.href} />}
      {saml !== undefined && <SamlCards message={saml} found={found} />}
      {found !== undefined && <TokenCards verdict={found.verdict} />}
      {change !== undefined && <DifferenceCard change={change} />}
      {request !== undefined && (
        <Columns min="wide">
          <MessageCard title="Request" message={request} />
          <MessageCard title="Answer" message={response ?? {}} />
        </Columns>
      )}
      {change !== undefined && (
        <Columns min="wide">
          <ChangeCard title={`${change.type} before`} value={change.before} />
          <ChangeCard title={`${change.type} after`} value={change.after} />
        </Columns>
      )}
    </HomePage>
  )
}

function aboutOf(entry: MergedEntry): readonly Definition[] {
  const { from, to, subject, causeSeq, system } = entry
  const isCall = from !== undefined || to !== undefined
  return [
    ...(isCall
      ? [{ term: 'Way', value: `${from === undefined ? 'Browser or program' : labelOf(from)} to ${toWords(to)}` }]
      : [{ term: 'System', value: labelOf(system) }]),
    {
      term: 'Subject',
      value: subject === undefined ? undefined : <a href={`/story/${encodeURIComponent(subject)}`}>{subject}</a>,
    },
    { term: 'Virtual time', value: `${formatDateTime(entry.virtualAt)} (${entry.virtualAt})` },
    { term: 'Wall time', value: entry.at },
    ...(entry.durationMs === undefined ? [] : [{ term: 'Took', value: `${entry.durationMs} ms` }]),
    { term: 'Trace', value: <Copyable label="trace id" value={entry.correlationId} /> },
    {
      term: 'Journal numbers',
      value: Object.entries(entry.seqs)
        .map(([name, seq]) => `${labelOf(name)} ${seq}`)
        .join(', '),
    },
    ...(causeSeq === undefined
      ? []
      : [
          {
            term: 'Set off by',
            value: (
              <a href={`/timeline/${system}:${causeSeq}`}>
                {labelOf(system)} {causeSeq}
              </a>
            ),
          },
        ]),
  ]
}

const toWords = (to: string | undefined): string => (to === undefined ? 'another server' : labelOf(to))

function MessageCard({ title, message }: { readonly title: string; readonly message: JournalMessage }) {
  const headers = headerLines(message)
  const body = prettyBody(message)
  return (
    <Card title={title} lead={<span class="k-mono home-wrap">{firstLine(message)}</span>}>
      <Stack>
        {body === '' ? <Quiet>{withoutBody(message)}</Quiet> : <CodeBlock label={`${title} body`} text={body} />}
        {message.truncated && <Quiet>Cut: the whole body has {message.bodyLength} bytes.</Quiet>}
        {headers !== '' && (
          <Disclosure title="Headers">
            <CodeBlock label={`${title} headers`} text={headers} />
          </Disclosure>
        )}
      </Stack>
    </Card>
  )
}

const withoutBody = ({ bodyLength }: JournalMessage): string =>
  bodyLength === undefined ? 'No body.' : `The body of ${bodyLength} bytes is not kept.`

function firstLine({ method, url, status, error }: JournalMessage): string {
  if (method !== undefined) return `${method} ${url ?? ''}`
  if (status !== undefined) return `Status ${status}`
  return error ?? 'No answer'
}

function DifferenceCard({ change }: { readonly change: JournalChange }) {
  const differences = differencesOf(change.before, change.after)
  return (
    <Card title="What changed">
      <DataTable
        caption="What changed, field by field"
        columns={[
          { key: 'field', header: 'Field', mono: true },
          { key: 'before', header: 'Before' },
          { key: 'after', header: 'After' },
        ]}
        rows={differences.map(({ field, before = '', after = '' }) => ({
          key: field,
          cells: {
            field,
            before: before === '' ? '-' : <del class="home-wrap">{before}</del>,
            after: after === '' ? '-' : <ins class="home-wrap">{after}</ins>,
          },
        }))}
        empty={<Quiet>No field differs: it happened, or the record is the same.</Quiet>}
      />
    </Card>
  )
}

function ChangeCard({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <Card title={title}>
      {value === undefined ? <Quiet>Nothing</Quiet> : <CodeBlock label={title} text={JSON.stringify(value, null, 2)} />}
    </Card>
  )
}
