import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Columns, Figure, Inline, Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import type { Course } from '#scenarios/lessons/lesson.ts'
import {
  type CompletionRecord,
  totalsOf,
  WHAT_IT_DOES_NOT,
  WHAT_IT_PROVES,
} from '#scenarios/lessons/record/completion-record.ts'
import type { Verdict } from '#scenarios/lessons/record/verify-record.ts'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'
import { coursePath } from './paths.ts'

export interface RecordProps {
  readonly visit: Visit
  readonly course: Course
  /** Lessons not done yet. */
  readonly missing: number
  readonly issued: { readonly record: CompletionRecord; readonly fingerprint: string } | undefined
  readonly problem?: string | undefined
  readonly typed?: string | undefined
}

/** The end of a course: a name, then the record to take away. */
export function RecordPage({ visit, course, missing, issued, problem, typed }: RecordProps) {
  return (
    <HomePage
      visit={visit}
      section="/lessons"
      title="Completion record"
      lead={course.walkthrough.title}
      actions={<LinkButton href={coursePath(course)}>Back to the course</LinkButton>}
    >
      {missing > 0 ? (
        <Notice tone="info" role="none" title={`${missing} of ${course.lessons.length} lessons are not done yet.`}>
          <p>The record can be made when all are.</p>
        </Notice>
      ) : (
        <>
          {issued !== undefined && (
            <>
              <RecordCard {...issued} />
              <Inline>
                <LinkButton kind="primary" icon="download" href={coursePath(course, '/record/file')}>
                  Download the record
                </LinkButton>
                <LinkButton href="/lessons/verify">Verify a record</LinkButton>
              </Inline>
            </>
          )}
          <Card
            title={issued === undefined ? 'Make the record' : 'Make it anew'}
            lead="The name is written as you type it; nobody checks it."
          >
            <Form action={coursePath(course, '/record')} layout="inline" noValidate>
              <TextField
                label="Name"
                name="name"
                value={typed ?? issued?.record.name}
                problem={problem}
                required
                maxLength={120}
                autocomplete="name"
              />
              <Button kind={issued === undefined ? 'primary' : 'secondary'}>Sign the record</Button>
            </Form>
          </Card>
        </>
      )}
    </HomePage>
  )
}

/** A record as people read it. */
function RecordCard({ record, fingerprint }: { readonly record: CompletionRecord; readonly fingerprint: string }) {
  const totals = totalsOf(record)
  return (
    <Card title={`${record.name} finished ${record.course.title}`} lead={`Issued ${formatDateTime(record.issuedAt)}`}>
      <Columns min="narrow">
        <Figure label="Lessons" value={totals.lessons} />
        <Figure label="Without any help" value={totals.alone} />
        <Figure label="Hints looked at" value={totals.hints} />
        <Figure label="Done for them" value={totals.doneForMe} />
      </Columns>
      <DataTable
        caption="Lessons of the record"
        columns={[
          { key: 'title', header: 'Lesson' },
          { key: 'doneAt', header: 'Done' },
          { key: 'hints', header: 'Hints', align: 'end' },
          { key: 'mistakes', header: 'Mistakes recognised', align: 'end' },
          { key: 'doneForMe', header: 'Done for them' },
        ]}
        rows={record.lessons.map(({ id, number, title, doneAt, hints, mistakes, doneForMe }) => ({
          key: id,
          cells: {
            title: `${number}. ${title}`,
            doneAt: formatDateTime(doneAt),
            hints,
            mistakes,
            doneForMe: doneForMe ? 'Yes' : 'No',
          },
        }))}
        empty="None."
      />
      <DefinitionList
        items={[
          { term: 'Follows', value: record.course.articles.join('; ') },
          { term: 'Fingerprint of the key', value: <code class="k-mono">{fingerprint}</code> },
          { term: 'Kit', value: record.kit },
        ]}
      />
      <p>{WHAT_IT_PROVES}</p>
      <p>
        <Quiet>{WHAT_IT_DOES_NOT}</Quiet>
      </p>
    </Card>
  )
}

export interface VerifyProps {
  readonly visit: Visit
  readonly verdict?: Verdict | undefined
  readonly typed?: string | undefined
  /** Fingerprint of this kit's own key. */
  readonly own: string
}

/** What a record is worth, told from the file alone. */
export function VerifyPage({ visit, verdict, typed, own }: VerifyProps) {
  return (
    <HomePage
      visit={visit}
      section="/lessons"
      title="Verify a record"
      lead="Nothing is looked up: the file holds all that is needed. On the command line: npm run kit -- record verify FILE"
    >
      {verdict !== undefined && <VerdictNotice verdict={verdict} own={own} />}
      {verdict?.kind === 'valid' && <RecordCard record={verdict.record} fingerprint={verdict.fingerprint} />}
      <Card title="The record">
        <Form action="/lessons/verify" noValidate>
          <TextField
            label="Text of the file"
            name="text"
            hint="Open the file in an editor, and paste the whole of it."
            value={verdict?.kind === 'valid' ? undefined : typed}
            multiline={10}
            mono
            required
          />
          <div>
            <Button kind="primary">Verify</Button>
          </div>
        </Form>
        <p>
          <Quiet>The key of this kit: </Quiet>
          <code class="k-mono home-wrap">{own}</code>
        </p>
      </Card>
    </HomePage>
  )
}

function VerdictNotice({ verdict, own }: { readonly verdict: Verdict; readonly own: string }) {
  switch (verdict.kind) {
    case 'valid':
      return (
        <Notice tone="success" title="Unchanged since it was signed.">
          <p>
            {verdict.fingerprint === own
              ? 'By this kit.'
              : 'By another kit than this one: compare the fingerprint with the one its owner tells you.'}
          </p>
        </Notice>
      )
    case 'altered':
      return (
        <Notice tone="danger" title="Not what was signed.">
          <p>{verdict.reason}</p>
        </Notice>
      )
    case 'unreadable':
      return (
        <Notice tone="warning" title="No record.">
          <p>{verdict.reason}</p>
        </Notice>
      )
  }
}
