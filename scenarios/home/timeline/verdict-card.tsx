import type { JournalVerdict } from '#kit/journal.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { CodeBlock, Columns, Quiet, Stack } from '#kit/ui/layout.tsx'
import { readableClaims } from './readable-claims.ts'

/** What was found out about a signed message when it passed: with which key, and check by check. */
export function VerdictCard(props: {
  readonly verdict: JournalVerdict
  /** Whose journal tells it. */
  readonly by: string
  readonly href?: string | undefined
}) {
  const { verdict, by, href } = props
  const { key } = verdict
  return (
    <Card
      title={`Verified by ${by}`}
      lead="Noted by whoever held the whole message, when it passed. The journal keeps no value of a signature and no token."
    >
      <Stack>
        <p>
          <Badge tone={verdict.accepted ? 'success' : 'danger'}>{verdict.accepted ? 'Verified' : 'Refused'}</Badge>{' '}
          {href !== undefined && <a href={href}>What {by} noted</a>}
        </p>
        {key !== undefined && (
          <DefinitionList
            items={[
              {
                term: key.kind === 'certificate' ? 'Certificate, SHA-256' : 'Key (kid)',
                value: <span class="k-mono home-wrap">{key.id}</span>,
              },
              { term: 'Taken from', value: <span class="home-wrap">{key.from}</span> },
              ...(key.algorithm === undefined ? [] : [{ term: 'Signed with', value: key.algorithm }]),
            ]}
          />
        )}
        <DataTable
          caption="Checks"
          columns={[
            { key: 'name', header: 'Check' },
            { key: 'result', header: 'Result' },
            { key: 'found', header: 'Found' },
            { key: 'expected', header: 'Expected' },
          ]}
          rows={verdict.checks.map(({ name, passed, found, expected }) => ({
            key: name,
            cells: {
              name,
              result: <Badge tone={passed ? 'success' : 'danger'}>{passed ? 'Holds' : 'Does not hold'}</Badge>,
              found: found === undefined ? '-' : <span class="home-wrap">{found}</span>,
              expected: expected === undefined ? '-' : <span class="home-wrap">{expected}</span>,
            },
          }))}
          empty={<Quiet>Nothing was checked.</Quiet>}
        />
        {!verdict.accepted && <Quiet>It ends at the check that does not hold: what follows was not looked at.</Quiet>}
      </Stack>
    </Card>
  )
}

/** An ID token as its two readable parts. */
export function TokenCards({ verdict }: { readonly verdict: JournalVerdict }) {
  const { header, claims } = verdict
  if (header === undefined || claims === undefined) return null
  return (
    <Columns min="wide">
      <Card title="ID token: header">
        <CodeBlock label="ID token header" text={JSON.stringify(header, null, 2)} />
      </Card>
      <Card title="ID token: claims" lead={readableClaims(claims)}>
        <CodeBlock label="ID token claims" text={JSON.stringify(claims, null, 2)} />
      </Card>
    </Columns>
  )
}
