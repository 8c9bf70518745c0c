import type { Request, Response } from 'express'
import type { Journal, JournalEntry, JournalKind } from '#kit/journal.ts'

/** Wall milliseconds between signs of life on a quiet stream, so that proxies and dead peers are noticed. */
const HEARTBEAT_MS = 15_000
/** A reader this far behind, in bytes, is cut off; it comes back with `Last-Event-ID` and loses nothing. */
const MAX_UNSENT_BYTES = 8_000_000
const BACKLOG_STEP = 500

export interface StreamQuery {
  readonly after?: number | undefined
  readonly kind?: JournalKind | undefined
  readonly subject?: string | undefined
}

/**
 * Server-sent events: one entry per event, its id the number of the entry. Begins after `Last-Event-ID` or `after`; without
 * both, with what happens from now on.
 */
export function streamJournal(journal: Journal, req: Request, res: Response, query: StreamQuery): void {
  const { kind, subject } = query
  const resumeAt = lastEventId(req) ?? query.after
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  res.write(': connected\n\n')

  let sent = resumeAt ?? -1
  function send(entry: JournalEntry): void {
    if ((kind !== undefined && entry.kind !== kind) || (subject !== undefined && entry.subject !== subject)) return
    res.write(`id: ${entry.seq}\ndata: ${JSON.stringify(entry)}\n\n`)
    if (res.writableLength > MAX_UNSENT_BYTES) res.destroy()
  }

  // What is kept is read in one go, without a pause in which an entry could be missed.
  if (resumeAt !== undefined) {
    for (;;) {
      const page = journal.read({ after: sent, limit: BACKLOG_STEP })
      for (const entry of page.items) send(entry)
      if (page.items.length === 0) break
      sent = page.next
    }
  }
  const unsubscribe = journal.subscribe(send)
  const heartbeat = setInterval(() => res.write(': alive\n\n'), HEARTBEAT_MS).unref()
  res.once('close', () => {
    clearInterval(heartbeat)
    unsubscribe()
  })
}

function lastEventId(req: Request): number | undefined {
  const text = req.headers['last-event-id']
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
