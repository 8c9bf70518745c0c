import type { LocalFetch } from '#kit/http/local-fetch.ts'
import type { JournalEntry } from '#kit/journal.ts'

/**
 * The entries of all systems from now on, as the kit home streams them. Ends when the home does; leaving the loop closes the connection.
 *
 * @param origin The kit home's.
 * @param fetch That of the kit.
 */
export async function* followJournal(
  origin: string,
  filter: Readonly<Record<string, string>>,
  fetch: LocalFetch,
): AsyncGenerator<JournalEntry, void, undefined> {
  const stop = new AbortController()
  const { body } = await fetch(`${origin}/_kit/journal/stream?${new URLSearchParams(filter)}`, { signal: stop.signal })
  if (body === null) return
  try {
    let unread = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const events = `${unread}${chunk}`.split('\n\n')
      unread = events.pop() ?? ''
      for (const event of events) {
        const data = event.split('\n').find((line) => line.startsWith('data: '))
        if (data !== undefined) yield JSON.parse(data.slice('data: '.length)) as JournalEntry
      }
    }
  } finally {
    stop.abort()
  }
}
