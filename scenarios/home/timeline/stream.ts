import type { Request, Response } from 'express'
import type { JournalEntry } from '#kit/journal.ts'
import { createProgress, formatCursor, type JournalCursor, parseCursor } from './cursor.ts'
import { lacksOtherEnd } from './join-ends.ts'
import type { JournalReader } from './read-journals.ts'

/** Wall milliseconds between looks at the systems' journals. */
const LOOK_AGAIN_MS = 500
/** Looks in a row at which an exchange may still lack its other end before it is told without. */
const PATIENCE = 3
/** Quiet looks after which a sign of life is sent. */
const HEARTBEAT_LOOKS = 30
const PAGE = 200
/** A reader this far behind, in bytes, is cut off; it comes back with `Last-Event-ID` and loses nothing. */
const MAX_UNSENT_BYTES = 8_000_000

export interface MergedStreamQuery {
  readonly after?: string | undefined
  readonly kind?: JournalEntry['kind'] | undefined
  readonly subject?: string | undefined
}

/**
 * Server-sent events of all journals as one. The id of an event says how far each journal had been told with it, so that a reader
 * who comes back with `Last-Event-ID` misses nothing. Without that, or `after`, it begins with what happens from now on.
 *
 * @throws Refusal `invalid_query` (400) for an id that is none.
 */
export async function streamMerged(
  reader: JournalReader,
  req: Request,
  res: Response,
  { after, kind, subject }: MergedStreamQuery,
): Promise<void> {
  const asked = lastEventId(req) ?? after
  let cursor: JournalCursor = asked === undefined ? await reader.newest() : parseCursor(asked)
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  res.write(': connected\n\n')

  let waited = 0
  let quiet = 0
  async function look(): Promise<void> {
    const page = await reader.forward(cursor, PAGE)
    const halfKnown = page.items.findIndex(lacksOtherEnd)
    // While one of its exchanges is still half known, a page is told up to that one.
    const items = halfKnown >= 0 && waited < PATIENCE ? page.items.slice(0, halfKnown) : page.items
    waited = items.length === 0 && page.items.length > 0 ? waited + 1 : 0
    const tell = createProgress(cursor, page.items)
    for (const item of items) {
      cursor = tell(item)
      if ((kind !== undefined && item.kind !== kind) || (subject !== undefined && item.subject !== subject)) continue
      res.write(`id: ${formatCursor(cursor)}\ndata: ${JSON.stringify(item)}\n\n`)
    }
    quiet = items.length > 0 ? 0 : quiet + 1
    if (quiet % HEARTBEAT_LOOKS === HEARTBEAT_LOOKS - 1) res.write(': alive\n\n')
    if (res.writableLength > MAX_UNSENT_BYTES) res.destroy()
  }

  let timer: NodeJS.Timeout | undefined
  const again = (): void => {
    timer = setTimeout(() => {
      look().then(
        () => {
          if (!res.destroyed) again()
        },
        () => res.destroy(),
      )
    }, LOOK_AGAIN_MS).unref()
  }
  res.once('close', () => clearTimeout(timer))
  await look()
  if (!res.destroyed) again()
}

function lastEventId(req: Request): string | undefined {
  const text = req.headers['last-event-id']
  return typeof text === 'string' && text !== '' ? text : undefined
}
