import { existsSync, readFileSync } from 'node:fs'
import type { LedgerRow } from '#kit/ledger.ts'

export interface SystemLedger {
  /** For the heading: `Entra`. */
  readonly title: string
  readonly rows: readonly LedgerRow[]
}

/**
 * What is wrong with the rows: ids used twice, a proven row without a test, a test that is not there. Tests are named
 * `path/of/file.ts: title`; the title must stand in the file as a whole string.
 *
 * @param read The text of a file, `undefined` when there is none; the working directory's unless told.
 * @returns one line for each problem; empty when all is well.
 */
export function checkLedgers(
  ledgers: readonly SystemLedger[],
  read: (path: string) => string | undefined = readIfThere,
): readonly string[] {
  const seen = new Set<string>()
  return ledgers.flatMap(({ rows }) =>
    rows.flatMap((row) => {
      const twice = seen.has(row.id) ? [`${row.id} is used twice.`] : []
      seen.add(row.id)
      return [...twice, ...problemOfTest(row, read)]
    }),
  )
}

function problemOfTest(row: LedgerRow, read: (path: string) => string | undefined): readonly string[] {
  if (row.test === undefined) return row.fidelity === 'proven' ? [`${row.id} is called proven but names no test.`] : []
  const colon = row.test.indexOf(': ')
  const path = row.test.slice(0, colon)
  const title = row.test.slice(colon + 2)
  if (colon < 0) return [`${row.id} names its test as "${row.test}"; write "path/of/file.ts: title".`]
  const text = read(path)
  if (text === undefined) return [`${row.id} names ${path}, and there is no such file.`]
  return holdsTitle(text, title) ? [] : [`${row.id} names "${title}", and ${path} has no test of that title.`]
}

function holdsTitle(text: string, title: string): boolean {
  const plain = text.replaceAll('\\', '')
  return ["'", '"', '`'].some((quote) => plain.includes(`${quote}${title.replaceAll('\\', '')}${quote}`))
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
