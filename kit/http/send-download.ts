import { Readable } from 'node:stream'
import type { Response } from 'express'

/** What a spreadsheet would take for a formula is kept a text: names come from directories, and somebody typed them. A number and a phone number are none. */
const FORMULA = /^(?:[=@\t\r\n]|[+-](?![\d .()-]*$))/

function cell(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of CSV (RFC 4180): values with commas, quotes or line ends are quoted; it ends with CR LF. */
export function csvLine(values: readonly string[]): string {
  return `${values.map(cell).join(',')}\r\n`
}

/** A JSON array, one item a line, made as it is read. */
export function* jsonLines(items: Iterable<unknown>): Generator<string> {
  let isFirst = true
  yield '['
  for (const item of items) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(item)}`
    isFirst = false
  }
  yield '\n]\n'
}

/** Lines sent together: each part of the answer lets other requests go first. */
const TOGETHER = 100

function* together(lines: Iterable<string>): Generator<string> {
  let part = ''
  let count = 0
  for (const line of lines) {
    part += line
    count += 1
    if (count % TOGETHER !== 0) continue
    yield part
    part = ''
  }
  if (part !== '') yield part
}

/** Send a file of lines as they are made, so that a long log is never held as one text. */
export function sendDownload(res: Response, name: string, lines: Iterable<string>): void {
  res.type(name.endsWith('.json') ? 'application/json' : 'text/csv').attachment(name)
  const parts = Readable.from(together(lines), { highWaterMark: 1 })
  // Whoever goes away in the middle wants no more of it.
  res.on('close', () => parts.destroy())
  parts.on('error', (error) => res.destroy(error))
  parts.pipe(res)
}
