import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { DIALPAD_SPEC } from '#dialpad/spec.ts'
import { ENTRA_SPEC } from '#idp/vendors/entra/spec.ts'
import { OKTA_SPEC } from '#idp/vendors/okta/spec.ts'
import { HOME_SPEC } from '#scenarios/home/spec.ts'
import { WALKTHROUGHS } from '#scenarios/walkthroughs/catalogue.ts'
import { checkLedgers, type SystemLedger } from './documents/check-ledger.ts'
import { fidelityPage } from './documents/fidelity-page.ts'
import { tutorialsPage } from './documents/tutorials-page.ts'

/**
 * Write the documents that come from the code. With `--check` nothing is written: it fails when one is stale. Either way it
 * fails when a ledger claims what no test proves.
 */
const LEDGERS: readonly SystemLedger[] = [
  { title: 'Entra', rows: ENTRA_SPEC.ledger },
  { title: 'Okta', rows: OKTA_SPEC.ledger },
  { title: 'Dialpad', rows: DIALPAD_SPEC.ledger },
  { title: 'Kit home', rows: HOME_SPEC.ledger },
]

const documents: Readonly<Record<string, string>> = {
  'docs/fidelity.md': fidelityPage(LEDGERS),
  'docs/tutorials.md': tutorialsPage(WALKTHROUGHS),
}

const problems = [...checkLedgers(LEDGERS)]
for (const [path, text] of Object.entries(documents)) {
  const current = existsSync(path) && readFileSync(path, 'utf8') === text
  if (current) continue
  if (process.argv.includes('--check'))
    problems.push(`${path} is stale: run "npm run documents" and commit what it writes.`)
  else {
    writeFileSync(path, text)
    console.log(`wrote ${path}`)
  }
}
for (const problem of problems) console.error(problem)
process.exit(problems.length === 0 ? 0 : 1)
