import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { DIALPAD_SPEC } from '#dialpad/spec.ts'
import { ENTRA_SPEC } from '#idp/vendors/entra/spec.ts'
import { OKTA_SPEC } from '#idp/vendors/okta/spec.ts'
import { HOME_SPEC } from '#scenarios/home/spec.ts'
import { NEGATIVES } from '#scenarios/negatives/catalogue.ts'
import { WALKTHROUGHS } from '#scenarios/walkthroughs/catalogue.ts'
import { checkLedgers, type SystemLedger } from './documents/check-ledger.ts'
import { fidelityPage } from './documents/fidelity-page.ts'
import { negativesPage } from './documents/negatives-page.ts'
import { checkPictures } from './documents/pictures/check-pictures.ts'
import { tutorialsPage } from './documents/tutorials-page.ts'

/**
 * Write the documents that come from the code; with `--pictures` also the pictures, which takes a browser and a minute. With
 * `--check` nothing is written: it fails when a document or a picture is stale. Either way it fails when a ledger claims what
 * no test proves.
 */
const LEDGERS: readonly SystemLedger[] = [
  { title: 'Entra', rows: ENTRA_SPEC.ledger },
  { title: 'Okta', rows: OKTA_SPEC.ledger },
  { title: 'Dialpad', rows: DIALPAD_SPEC.ledger },
  { title: 'Kit home', rows: HOME_SPEC.ledger },
]

const documents: Readonly<Record<string, string>> = {
  'docs/fidelity.md': fidelityPage(LEDGERS),
  'docs/negatives.md': negativesPage(NEGATIVES),
  'docs/tutorials.md': tutorialsPage(WALKTHROUGHS),
}

const isCheck = process.argv.includes('--check')
if (process.argv.includes('--pictures')) {
  const { makePictures } = await import('./documents/pictures/make-pictures.ts')
  await makePictures()
}

const problems = [...checkLedgers(LEDGERS), ...(isCheck ? checkPictures() : [])]
for (const [path, text] of Object.entries(documents)) {
  const current = existsSync(path) && readFileSync(path, 'utf8') === text
  if (current) continue
  if (isCheck) problems.push(`${path} is stale: run "npm run documents" and commit what it writes.`)
  else {
    writeFileSync(path, text)
    console.log(`wrote ${path}`)
  }
}
for (const problem of problems) console.error(problem)
process.exit(problems.length === 0 ? 0 : 1)
