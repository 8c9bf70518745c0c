import { LANES, type Lane, type Outcome, type TimelineRow } from '../timeline/rows.ts'

/** Where a line of the diagram stands: a lane of the timeline, or a server outside of the kit. */
export type Lifeline = Lane | 'elsewhere'

export const LIFELINES: readonly Lifeline[] = [...LANES, 'elsewhere']

/** One arrow or one mark, in the order of time. */
export interface SequenceStep {
  readonly id: string
  /** From 1. */
  readonly number: number
  readonly virtualAt: string
  readonly way:
    | { readonly kind: 'call'; readonly from: Lifeline; readonly to: Lifeline }
    | { readonly kind: 'note'; readonly at: readonly Lifeline[] }
  readonly wayWords: string
  readonly title: string
  /** What stands at the arrow: method, path and status, shortened to fit. */
  readonly label: string
  readonly outcome: Outcome
  readonly outcomeWords: string
  readonly subject: string | undefined
}

export interface Sequence {
  /** Those with anything to show, from left to right. */
  readonly lifelines: readonly Lifeline[]
  readonly steps: readonly SequenceStep[]
}

/** Letters of a label that fit between two lines. */
const LONGEST_LABEL = 40

/** Rows of the timeline, from old to new, as a sequence diagram. Pure. */
export function sequenceOf(rows: readonly TimelineRow[]): Sequence {
  const steps = rows.map((row, index): SequenceStep => {
    const { id, virtualAt, wayWords, outcome, outcomeWords, subject } = row
    const way: SequenceStep['way'] =
      row.way.kind === 'arrow'
        ? { kind: 'call', from: row.way.from, to: row.way.to ?? 'elsewhere' }
        : { kind: 'note', at: row.way.lanes }
    return {
      id,
      number: index + 1,
      virtualAt,
      way,
      wayWords,
      title: row.title,
      label: shorten(row.title),
      outcome,
      outcomeWords,
      subject,
    }
  })
  const used = new Set(steps.flatMap(({ way }) => (way.kind === 'call' ? [way.from, way.to] : way.at)))
  return { lifelines: LIFELINES.filter((line) => used.has(line)), steps }
}

/** The end of a path says more than its beginning, and the status stays. */
function shorten(title: string): string {
  if (title.length <= LONGEST_LABEL) return title
  const arrow = title.lastIndexOf(' → ')
  const status = arrow === -1 ? '' : title.slice(arrow)
  const head = title.slice(0, arrow === -1 ? undefined : arrow)
  const room = LONGEST_LABEL - status.length - 1
  const [method = ''] = head.split(' ')
  return head.includes('/') && arrow !== -1
    ? `${method} …${head.slice(head.length - (room - method.length - 1))}${status}`
    : `${head.slice(0, room)}…${status}`
}
