import type { JournalVerdict } from '#kit/journal.ts'
import { renderPage } from '#kit/ui/render.ts'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { differencesOf } from '../timeline/differences.ts'
import type { MergedEntry } from '../timeline/join-ends.ts'
import { headerLines, prettyBody } from '../timeline/pretty.ts'
import { samlMessageOf } from '../timeline/saml-message.ts'
import type { Sequence, SequenceStep } from './sequence.ts'
import { SequencePicture } from './sequence-picture.tsx'

/** No quotation marks or angle brackets in it: it stands in the page as it is. */
const STYLE = `
body { font: 15px/22px system-ui, sans-serif; color: #16181d; background: #fff; margin: 0 auto; padding: 24px; max-width: 1100px; }
h1 { font-size: 24px; line-height: 32px; margin: 0 0 8px; }
.note { padding: 8px 12px; background: #f3f4f6; border-radius: 6px; }
.box { overflow-x: auto; border: 1px solid #d3d7dd; border-radius: 8px; margin: 16px 0; }
li { margin: 8px 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
pre { background: #f3f4f6; padding: 12px; border-radius: 6px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; line-height: 18px; }
table { border-collapse: collapse; } td, th { border: 1px solid #d3d7dd; padding: 4px 8px; text-align: left; overflow-wrap: anywhere; }
.quiet { color: #5a616c; }
.seq { display: block; } .seq-line { stroke: #b7bcc5; stroke-dasharray: 4 4; } .seq-box { fill: #f3f4f6; stroke: #d3d7dd; }
.seq-name { font: 600 14px system-ui, sans-serif; fill: #16181d; } .seq-label { font: 12px system-ui, sans-serif; fill: #16181d; } .seq-number { fill: #5a616c; }
.seq-hit { fill: none; } .seq-arrow { fill: none; stroke-width: 1.6; stroke: #0b7a75; } .seq-dot, .seq-head { fill: #0b7a75; }
.seq--refused .seq-arrow { stroke: #b3541e; stroke-dasharray: 6 3; } .seq--refused .seq-dot, .seq--refused .seq-head { fill: #b3541e; }
.seq--failed .seq-arrow { stroke: #b3261e; stroke-dasharray: 2 3; } .seq--failed .seq-dot, .seq--failed .seq-head { fill: #b3261e; }
.seq--event .seq-dot { fill: #5a616c; }
@media print { .box { border: 0; } .seq { max-width: 100%; height: auto; } }
`

export interface SharedFile {
  readonly title: string
  readonly world: string
  /** Virtual time of its making. */
  readonly madeAt: string
  readonly sequence: Sequence
  readonly items: readonly MergedEntry[]
}

/** One HTML file with everything in it: the picture, and each entry with its messages and differences. Needs no script and no network. */
export function sharedFile({ title, world, madeAt, sequence, items }: SharedFile): string {
  const byId = new Map(items.map((item) => [item.id, item]))
  return renderPage(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>{title}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <h1>{title}</h1>
        <p class="note">
          From a training simulation, not affiliated with the vendors. World {world}, virtual time{' '}
          {formatDateTime(madeAt)}. All people and companies are invented; secrets were masked before they were kept.
        </p>
        <div class="box">
          <SequencePicture sequence={sequence} />
        </div>
        <h2>The same in words</h2>
        <ol>
          {sequence.steps.map((step) => (
            <li key={step.id}>
              <EntryDetails step={step} item={byId.get(step.id)} />
            </li>
          ))}
        </ol>
      </body>
    </html>,
  )
}

function EntryDetails({ step, item }: { readonly step: SequenceStep; readonly item: MergedEntry | undefined }) {
  const request =
    item?.request === undefined ? '' : [headerLines(item.request), prettyBody(item.request)].join('\n\n').trim()
  const response =
    item?.response === undefined ? '' : [headerLines(item.response), prettyBody(item.response)].join('\n\n').trim()
  const differences = item?.change === undefined ? [] : differencesOf(item.change.before, item.change.after)
  return (
    <details>
      <summary>
        {step.wayWords}: {item?.title ?? step.label}{' '}
        <span class="quiet">
          ({step.outcomeWords}, {formatDateTime(step.virtualAt)}
          {step.subject === undefined ? '' : `, ${step.subject}`})
        </span>
      </summary>
      {request !== '' && (
        <>
          <p class="quiet">Request</p>
          <pre>{request}</pre>
        </>
      )}
      {response !== '' && (
        <>
          <p class="quiet">Answer</p>
          <pre>{response}</pre>
        </>
      )}
      {item !== undefined && <SamlDetails item={item} />}
      {item?.verdict !== undefined && <VerdictDetails verdict={item.verdict} />}
      {differences.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ field, before, after }) => (
              <tr key={field}>
                <td>{field}</td>
                <td>{before ?? '-'}</td>
                <td>{after ?? '-'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  )
}

/** The message in plain XML, one element a line. */
function SamlDetails({ item }: { readonly item: MergedEntry }) {
  const message = samlMessageOf(item)
  if (message === undefined) return null
  return (
    <>
      <p class="quiet">SAML {message.name}, decoded</p>
      <pre>{message.xml}</pre>
    </>
  )
}

function VerdictDetails({ verdict }: { readonly verdict: JournalVerdict }) {
  const { header, claims, key } = verdict
  return (
    <>
      <p class="quiet">
        {verdict.accepted ? 'Verified' : 'Refused'} by whoever received it
        {key === undefined ? '' : `, ${key.kind === 'certificate' ? 'certificate' : 'key'} ${key.id} of ${key.from}`}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col">Result</th>
            <th scope="col">Found</th>
            <th scope="col">Expected</th>
          </tr>
        </thead>
        <tbody>
          {verdict.checks.map(({ name, passed, found, expected }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{passed ? 'holds' : 'does not hold'}</td>
              <td>{found ?? '-'}</td>
              <td>{expected ?? '-'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {header !== undefined && claims !== undefined && (
        <>
          <p class="quiet">ID token: header and claims</p>
          <pre>{`${JSON.stringify(header, null, 2)}\n${JSON.stringify(claims, null, 2)}`}</pre>
        </>
      )}
    </>
  )
}
