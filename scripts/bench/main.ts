import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CYCLE_ROWS } from './cycle-rows.ts'
import { MEMORY_ROW } from './memory-row.ts'
import { OKTA_ROWS } from './okta-rows.ts'
import { renderTable } from './report.ts'
import type { Line, Row } from './row.ts'
import { SAML_ROW } from './saml-row.ts'
import { SCIM_ROWS } from './scim-rows.ts'
import { START_ROW } from './start-row.ts'
import { TOKEN_ROW } from './token-row.ts'

/**
 * Measure how fast the built package is. Numbers are printed, never asserted: machines differ, ratios less.
 *
 *   npm run bench                        everything (some twenty minutes)
 *   npm run bench -- get create --quick  some rows, fewer sizes, short runs
 *   npm run bench -- --json              for another program
 *   npm run bench -- --no-build          measure dist/ as it is
 */

/** A new row is a file beside these, and its name in this list. */
const ROWS: readonly Row[] = [...SCIM_ROWS, ...CYCLE_ROWS, ...OKTA_ROWS, SAML_ROW, TOKEN_ROW, MEMORY_ROW, START_ROW]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    build: { type: 'boolean', default: true },
  },
})
const strangers = positionals.filter((name) => !ROWS.some((row) => row.name === name))
if (strangers.length > 0) {
  console.error(`There is no row ${strangers.join(', ')}. Rows: ${ROWS.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}
if (values.build) {
  const { status } = spawnSync('npm', ['run', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) process.exit(status ?? 1)
}

const scratch = mkdtempSync(join(tmpdir(), 'twin-bench-'))
const results: { readonly row: Row; readonly lines: readonly Line[] }[] = []
try {
  for (const row of ROWS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    const lines = await row.measure({ quick: values.quick, scratch, progress: (line) => console.error(`… ${line}`) })
    results.push({ row, lines })
    if (!values.json) console.log(`${renderTable([{ row, lines }])}\n`)
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
if (values.json)
  console.log(
    JSON.stringify(
      results.flatMap(({ lines }) => lines),
      null,
      2,
    ),
  )
