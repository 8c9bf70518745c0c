import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkLedgers } from './check-ledger.ts'

/** The documents written by hand: their programs run, their links lead somewhere, the tests they name are there. */

const PAGES = [
  'README.md',
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [join('docs', name)] : [])),
  'examples/README.md',
  ...readdirSync('examples').map((name) => join('examples', name, 'README.md')),
].filter((path) => existsSync(path))
/** The first loads the whole kit. Wall milliseconds. */
const LONGEST_PROGRAM_MS = 60_000
const LIBRARY = resolve('scenarios/library/start-kit.ts')

// Beside this test, where what a program imports is found.
const folder = mkdtempSync(join(import.meta.dirname, 'programs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const PROGRAMS = readFileSync('docs/recipes.md', 'utf8')
  .split(/^## /m)
  .map((section) => ({
    section: section.split('\n', 1)[0] ?? '',
    text: [...section.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text]) => text).join('\n'),
  }))

test.each(PROGRAMS.filter(({ text }) => text !== ''))(
  'recipe: $section',
  async ({ section, text }) => {
    const file = join(folder, `${section.replaceAll(/\W+/g, '-')}.ts`)
    writeFileSync(file, text.replace("'provisioning-twin'", JSON.stringify(LIBRARY)))
    await import(file)
  },
  LONGEST_PROGRAM_MS,
)

test.each(PAGES)('the links of %s lead to files that are there', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => to)
  const missing = links.filter((to) => !/^https?:/.test(to) && !existsSync(join(dirname(page), to)))
  expect(missing).toEqual([])
})

test('the tests docs/security.md names are there', () => {
  const rows = [...readFileSync('docs/security.md', 'utf8').matchAll(/`(\S+\.test\.ts: [^`]+)`/g)].map(
    ([, named = ''], index) => ({
      id: `row ${index + 1}`,
      behaviour: '',
      fidelity: 'proven' as const,
      source: '',
      test: named,
    }),
  )
  expect(rows.length).toBeGreaterThan(10)
  expect(checkLedgers([{ title: 'Security', rows }])).toEqual([])
})
