import type { JournalMessage } from '#kit/journal.ts'
import type { Urls } from '#kit/system/system.ts'
import { labelOf } from '../neighbours.ts'
import type { MergedEntry } from './join-ends.ts'

/** The lanes of the picture, from left to right. */
export const LANES = ['browser', 'entra', 'okta', 'dialpad', 'mail'] as const
export type Lane = (typeof LANES)[number]

const LANE_LABELS: Readonly<Record<Lane, string>> = {
  browser: 'Browser',
  entra: 'Entra',
  okta: 'Okta',
  dialpad: 'Dialpad',
  mail: 'Mail',
}

export const laneLabel = (lane: Lane): string => LANE_LABELS[lane]

/** How an exchange ended; `event` is no exchange. Words and icon say it too, never the colour alone. */
export type Outcome = 'ok' | 'refused' | 'failed' | 'event'

/** One line of the timeline. */
export interface TimelineRow {
  readonly id: string
  readonly virtualAt: string
  /** An arrow from lane to lane, or marks on lanes. An absent `to` leads out of the kit. */
  readonly way:
    | { readonly kind: 'arrow'; readonly from: Lane; readonly to: Lane | undefined }
    | { readonly kind: 'marks'; readonly lanes: readonly Lane[] }
  /** The way in words: `Entra to Dialpad`. */
  readonly wayWords: string
  readonly outcome: Outcome
  readonly outcomeWords: string
  readonly title: string
  readonly subject: string | undefined
}

const isLane = (name: string | undefined): name is Lane => LANES.some((lane) => lane === name)

function laneOf(system: string | undefined): Lane | undefined {
  return isLane(system) ? system : undefined
}

/**
 * What entries share that are one thing to the reader: a journey of the clock is a step of every system for each instant at which
 * anything was due. `undefined` for an entry that stands for itself.
 */
export function groupOf({ kind, causeSeq, correlationId }: MergedEntry): string | undefined {
  return kind === 'clock' && causeSeq === undefined ? correlationId : undefined
}

/** What the journals tell as lines of the picture, in the same order; a group is told once, where its first entry stands. Pure. */
export function toRows(items: readonly MergedEntry[], urls: Urls): readonly TimelineRow[] {
  const groups = new Map<string, { readonly first: MergedEntry; readonly systems: Set<string> }>()
  for (const item of items) {
    const key = groupOf(item) ?? item.id
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { first: item, systems: new Set([item.system]) })
    else known.systems.add(item.system)
  }
  return Array.from(groups.values(), ({ first, systems }) => {
    const row = rowOf(first, urls)
    return systems.size === 1 ? row : { ...row, ...marks([...systems]) }
  })
}

function rowOf(item: MergedEntry, urls: Urls): TimelineRow {
  const { id, virtualAt, title, subject } = item
  return { id, virtualAt, title, subject, ...wayOf(item, urls), ...outcomeOf(item) }
}

function wayOf(item: MergedEntry, urls: Urls): Pick<TimelineRow, 'way' | 'wayWords'> {
  if (item.kind === 'mail') return { way: { kind: 'marks', lanes: ['mail'] }, wayWords: 'Mail' }
  const from = laneOf(item.from ?? (item.to === undefined ? undefined : 'browser'))
  if (from === undefined) return marks([item.system])
  const to = laneOf(item.to ?? systemAt(item.request, urls))
  return {
    way: { kind: 'arrow', from, to },
    wayWords: `${laneLabel(from)} to ${to === undefined ? hostOf(item.request) : laneLabel(to)}`,
  }
}

/** Marks on the lanes of `systems`; the home has no lane: what is noted there alone concerns all. */
function marks(systems: readonly string[]): Pick<TimelineRow, 'way' | 'wayWords'> {
  const lanes = systems.flatMap((system) => laneOf(system) ?? [])
  if (lanes.length === 0) return { way: { kind: 'marks', lanes: ['entra', 'okta', 'dialpad'] }, wayWords: 'The kit' }
  return {
    way: { kind: 'marks', lanes },
    wayWords: systems.length > 2 ? 'All systems' : systems.map(labelOf).join(' and '),
  }
}

function systemAt(request: JournalMessage | undefined, urls: Urls): string | undefined {
  if (request?.url === undefined || !URL.canParse(request.url)) return undefined
  const { origin } = new URL(request.url)
  return Object.keys(urls).find((name) => urls[name] === origin)
}

const hostOf = (request: JournalMessage | undefined): string =>
  request?.url !== undefined && URL.canParse(request.url) ? new URL(request.url).host : 'elsewhere'

function outcomeOf({ kind, request, response }: MergedEntry): Pick<TimelineRow, 'outcome' | 'outcomeWords'> {
  if (response === undefined) return { outcome: kind === 'fault' ? 'refused' : 'event', outcomeWords: kind }
  const { status, error } = response
  // A message that was written, to travel by a browser: no answer is awaited.
  if (status === undefined && error === undefined && request === undefined) {
    return { outcome: 'event', outcomeWords: kind }
  }
  if (status === undefined) return { outcome: 'failed', outcomeWords: error === undefined ? 'no answer' : 'failed' }
  if (status >= 500) return { outcome: 'failed', outcomeWords: `${status} failed` }
  if (status >= 400) return { outcome: 'refused', outcomeWords: `${status} refused` }
  return { outcome: 'ok', outcomeWords: `${status} ok` }
}
