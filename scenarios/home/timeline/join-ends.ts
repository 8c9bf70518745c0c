import type { JournalEntry } from '#kit/journal.ts'

/**
 * What the journals of several systems tell together. An exchange between two of them stands in both journals, as sent and as
 * received; here it is one entry.
 */
export interface MergedEntry extends JournalEntry {
  /** Where it stands: `entra:12,dialpad:40`, the sender's end first. */
  readonly id: string
  readonly seqs: Readonly<Record<string, number>>
  /** Who called; absent for a browser or a program of the user, and for what is no call. */
  readonly from?: string
  /** Who was called; absent when the other end is not one of the systems. */
  readonly to?: string
}

const isSent = (entry: JournalEntry): boolean => entry.kind === 'http-out'
const isReceived = (entry: JournalEntry): boolean =>
  entry.request !== undefined && entry.kind !== 'http-out' && entry.kind !== 'mail'

/** Path and query, since the sender wrote the address as typed and the receiver what came in. */
function pathOf(url: string | undefined): string {
  if (url === undefined) return ''
  const parsed = URL.canParse(url) ? new URL(url) : new URL(url, 'http://receiver')
  return `${parsed.pathname}${parsed.search}`
}

const traceparentOf = (entry: JournalEntry): string | undefined => entry.request?.headers?.['traceparent']

/** By what the two ends know each other: the span when it was sent along, else what was asked for, in the same correlation. */
function keyOf(entry: JournalEntry): string {
  return traceparentOf(entry) ?? `${entry.correlationId} ${entry.request?.method} ${pathOf(entry.request?.url)}`
}

/** Whether the other end of `item` stands in another system's journal, or soon will. */
export function lacksOtherEnd(item: MergedEntry): boolean {
  return Object.keys(item.seqs).length === 1 && traceparentOf(item) !== undefined
}

/** The two ends of each exchange, each end to the other. Ends without another are left out. Pure. */
export function pairEnds(entries: readonly JournalEntry[]): ReadonlyMap<JournalEntry, JournalEntry> {
  const sent = new Map<string, JournalEntry[]>()
  for (const entry of entries) {
    if (!isSent(entry)) continue
    const key = keyOf(entry)
    const list = sent.get(key)
    if (list === undefined) sent.set(key, [entry])
    else list.push(entry)
  }
  const pairs = new Map<JournalEntry, JournalEntry>()
  for (const receiver of entries) {
    if (!isReceived(receiver)) continue
    const candidates = sent.get(keyOf(receiver)) ?? []
    const index = candidates.findIndex((each) => each.system !== receiver.system)
    const sender = candidates[index]
    if (sender === undefined) continue
    candidates.splice(index, 1)
    pairs.set(sender, receiver)
    pairs.set(receiver, sender)
  }
  return pairs
}

/**
 * Entries as one story, in the given order; an exchange stands where its sender wrote it down, which is when it was over. Pure.
 */
export function joinEnds(entries: readonly JournalEntry[]): readonly MergedEntry[] {
  const pairs = pairEnds(entries)
  return entries.flatMap((entry) => {
    const other = pairs.get(entry)
    if (other === undefined) return [single(entry)]
    return isSent(entry) ? [both(entry, other)] : []
  })
}

function single(entry: JournalEntry): MergedEntry {
  return {
    ...entry,
    id: `${entry.system}:${entry.seq}`,
    seqs: { [entry.system]: entry.seq },
    ...(isSent(entry) ? { from: entry.system } : isReceived(entry) ? { to: entry.system } : {}),
  }
}

/** A sender that knows an account by its id alone names the id; the receiver knows whose it is. */
function subjectOf(sender: JournalEntry, receiver: JournalEntry): string | undefined {
  const { subject } = sender
  const isId = subject !== undefined && pathOf(sender.request?.url).split(/[/?]/).includes(subject)
  return isId ? (receiver.subject ?? subject) : (subject ?? receiver.subject)
}

/** The receiver knows what kind of exchange it was; the sender what it asked for, why, and what it got. */
function both(sender: JournalEntry, receiver: JournalEntry): MergedEntry {
  const { title, kind } = receiver
  const subject = subjectOf(sender, receiver)
  const change = receiver.change ?? sender.change
  const verdict = receiver.verdict ?? sender.verdict
  return {
    ...sender,
    kind,
    title,
    ...(subject === undefined ? {} : { subject }),
    ...(change === undefined ? {} : { change }),
    ...(verdict === undefined ? {} : { verdict }),
    id: `${sender.system}:${sender.seq},${receiver.system}:${receiver.seq}`,
    seqs: { [sender.system]: sender.seq, [receiver.system]: receiver.seq },
    from: sender.system,
    to: receiver.system,
  }
}
