import { describe, expect, test } from 'vitest'
import type { LedgerRow } from '#kit/ledger.ts'
import { checkLedgers } from './check-ledger.ts'
import { fidelityPage } from './fidelity-page.ts'
import { tutorialsPage } from './tutorials-page.ts'

const row = (over: Partial<LedgerRow>): LedgerRow => ({
  id: 'FID-X-1',
  behaviour: 'It does | what it says.',
  fidelity: 'proven',
  source: 'RFC 7644',
  test: 'x.test.ts: does what it says',
  ...over,
})
const FILES: Readonly<Record<string, string>> = {
  'x.test.ts': "test('does what it says', () => {})\ntest('doesn\\'t do more', () => {})",
}
const check = (...rows: readonly LedgerRow[]) => checkLedgers([{ title: 'X', rows }], (path) => FILES[path])

describe('a ledger', () => {
  test('is well when every test it names exists', () => {
    expect(check(row({}), row({ id: 'FID-X-2', test: "x.test.ts: doesn't do more" }))).toEqual([])
  })

  test.each([
    [[row({ test: 'y.test.ts: does what it says' })], 'FID-X-1 names y.test.ts, and there is no such file.'],
    [[row({ test: 'x.test.ts: does what' })], 'FID-X-1 names "does what", and x.test.ts has no test of that title.'],
    [[row({ test: 'x.test.ts' })], 'FID-X-1 names its test as "x.test.ts"; write "path/of/file.ts: title".'],
    [[row({}), row({})], 'FID-X-1 is used twice.'],
  ])('is refused when a claim has no ground (%#)', (rows, problem) => {
    expect(check(...rows)).toEqual([problem])
  })

  test('is refused when a proven row names no test', () => {
    const { test: _without, ...bare } = row({})
    expect(check(bare)).toEqual(['FID-X-1 is called proven but names no test.'])
  })

  test('prints its rows and switches, marks of a table escaped', () => {
    const page = fidelityPage([
      { title: 'X', rows: [row({ switch: { id: 'mode', values: ['old', 'new'], default: 'new' } })] },
    ])
    expect(page).toContain('| X | `mode` | old, **new** | It does \\| what it says. |')
    expect(page).toContain('| FID-X-1 | It does \\| what it says. | proven | RFC 7644 | x.test.ts: does what it says |')
  })
})

test('a tutorial is printed by sections of its articles, in the order walked', () => {
  const step = (id: string, section: string) => ({
    id,
    title: id,
    say: `Do ${id}.`,
    source: { article: '001', section } as const,
    at: { page: 'A page', labels: ['One', 'Two'] },
    wrong: [{ mistake: 'Skipped.', sign: 'Nothing happens.' }],
    solve: () => Promise.resolve(),
    check: () => Promise.resolve({ ok: true, found: '' }),
  })
  const page = tutorialsPage([
    {
      id: 'w',
      title: 'W',
      world: 'fresh',
      lead: '',
      steps: [step('a/1', 'First'), step('a/2', 'First'), step('b/1', 'Second')],
    },
  ])
  expect(page.match(/^### .*$/gm)).toEqual(['### First', '### Second'])
  expect(page).toContain('| `a/2` | Do a/2. | A page | **One** › **Two** | Skipped. → Nothing happens. |')
})
