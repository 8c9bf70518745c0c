import type { Journal, JournalEntry } from '#kit/journal.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'

/** Requests shown. */
const SHOWN = 15

export interface RecentRequest {
  readonly seq: number
  readonly virtualAt: string
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly status: number | undefined
  readonly subject: string | undefined
  /** What a refusal said. */
  readonly detail: string | undefined
}

/** The newest SCIM requests of the journal, newest first. */
export function readRecentRequests(journal: Journal): readonly RecentRequest[] {
  const { items } = journal.read({ kind: 'scim', before: Number.MAX_SAFE_INTEGER, limit: SHOWN })
  return items.map(requestOf).reverse()
}

function requestOf(entry: JournalEntry): RecentRequest {
  const url = entry.request?.url ?? ''
  return {
    seq: entry.seq,
    virtualAt: entry.virtualAt,
    method: entry.request?.method ?? '',
    path: decodePath(URL.canParse(url) ? `${new URL(url).pathname}${new URL(url).search}` : url),
    status: entry.response?.status,
    subject: entry.subject,
    detail: refusalOf(entry),
  }
}

/** `detail` of a SCIM Error (RFC 7644 §3.12). */
function refusalOf({ response }: JournalEntry): string | undefined {
  if (response?.body === undefined || (response.status ?? 0) < 400) return undefined
  try {
    const body: unknown = JSON.parse(response.body)
    return typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : undefined
  } catch {
    // A fault rule may answer with anything.
    return undefined
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '))
  } catch {
    return path
  }
}

/** Sandbox only: the product shows no log of SCIM. */
export function RecentRequests(props: {
  readonly requests: readonly RecentRequest[]
  readonly timelineHref: string
  /** The journal does not tell companies apart. */
  readonly companies: number
}) {
  return (
    <Card
      title="Recent requests (sandbox only)"
      lead={
        props.companies > 1
          ? `Of all ${props.companies} companies of this sandbox: its journal does not tell them apart. The product has no such list.`
          : 'From the journal of the sandbox. The product has no such list.'
      }
      action={<a href={props.timelineHref}>Timeline</a>}
      flush
    >
      <DataTable
        caption="Recent SCIM requests"
        columns={[
          { key: 'time', header: 'Time', narrow: true },
          { key: 'request', header: 'Request', mono: true },
          { key: 'status', header: 'Status', narrow: true },
          { key: 'detail', header: 'About' },
        ]}
        rows={props.requests.map((request) => ({
          key: String(request.seq),
          cells: {
            time: <TimeText iso={request.virtualAt} />,
            request: (
              <span class="dialpad-request">
                {request.method} {request.path}
              </span>
            ),
            status: <StatusBadge status={request.status} />,
            detail: request.detail ?? request.subject ?? '',
          },
        }))}
        empty={
          <EmptyState title="No requests yet" icon="swap">
            Whatever a directory asks of this Dialpad is listed here.
          </EmptyState>
        }
      />
    </Card>
  )
}

function StatusBadge({ status }: { readonly status: number | undefined }) {
  if (status === undefined) return <Badge>No answer</Badge>
  return <Badge tone={status < 400 ? 'success' : 'danger'}>{status}</Badge>
}
