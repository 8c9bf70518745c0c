import { Refusal } from '#kit/http/errors.ts'

/** How far each system's journal has been read: system to number. */
export type JournalCursor = ReadonlyMap<string, number>

const POSITION = /^([a-z][a-z0-9-]*):(\d{1,15})$/

/**
 * `entra:12,okta:3,dialpad:40,kit:7` as a cursor. A system that is not named, and all of them for `0`, are at the beginning.
 * @throws Refusal `invalid_query` (400).
 */
export function parseCursor(text: string): JournalCursor {
  if (text === '0' || text === '') return new Map()
  return new Map(
    text.split(',').map((part): [string, number] => {
      const position = POSITION.exec(part.trim())
      if (position === null) {
        throw new Refusal('invalid_query', 400, `"${text}" is not a place in the journals.`, {
          hint: 'Use what "next" or an event id said: entra:12,okta:3,dialpad:40,kit:7. The beginning is 0.',
        })
      }
      return [position[1] ?? '', Number(position[2])]
    }),
  )
}

export function formatCursor(cursor: JournalCursor): string {
  return Array.from(cursor, ([system, seq]) => `${system}:${seq}`).join(',')
}

/**
 * Follow the telling of `items`: call the result with each of them, in order, to learn how far every journal has been told without
 * a gap. Exchanges overlap, so a later number may be told before an earlier one.
 */
export function createProgress(
  start: JournalCursor,
  items: readonly { readonly seqs: Readonly<Record<string, number>> }[],
): (item: { readonly seqs: Readonly<Record<string, number>> }) => JournalCursor {
  const waiting = new Map<string, number[]>()
  for (const { seqs } of items) {
    for (const [system, seq] of Object.entries(seqs)) waiting.set(system, [...(waiting.get(system) ?? []), seq])
  }
  for (const seqs of waiting.values()) seqs.sort((one, other) => one - other)
  const told = new Set<string>()
  let cursor = start
  return ({ seqs }) => {
    for (const [system, seq] of Object.entries(seqs)) told.add(`${system}:${seq}`)
    const next = new Map(cursor)
    for (const system of Object.keys(seqs)) {
      const left = waiting.get(system) ?? []
      for (let first = left[0]; first !== undefined && told.has(`${system}:${first}`); first = left[0]) {
        next.set(system, first)
        left.shift()
      }
    }
    cursor = next
    return cursor
  }
}
