import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkLedgers } from './check-ledger.ts'
import { readPrograms } from './written-programs.ts'

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

test.each(readPrograms())(
  'program of $name',
  async ({ name, text }) => {
    const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.ts`)
    writeFileSync(file, text.replace("'provisioning-twin'", JSON.stringify(LIBRARY)))
    await import(file)
  },
  LONGEST_PROGRAM_MS,
)

test('every block of code of the recipes is one that a test runs', () => {
  const kinds = [...readFileSync('docs/recipes.md', 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)```/gm)]
  const others = kinds.flatMap(([, kind, text]) => (kind === 'ts' ? [] : [`${kind}: ${text?.trim()}`]))
  // The job is GitHub's to run; the call is made below.
  expect(others.map((each) => each.split(' ', 3).join(' '))).toEqual(['yaml: jobs:\n ', 'sh: curl -s'])
})

test(
  'the calls of the recipes are answered',
  async () => {
    const { startKit } = await import(LIBRARY)
    const kit = await startKit()
    try {
      const calls = [
        ...readFileSync('docs/recipes.md', 'utf8').matchAll(
          /^curl -s -X (\w+) (http:\S+) -H '([^']+)' -d '([^']+)'$/gm,
        ),
      ]
      expect(calls).toHaveLength(1)
      for (const [, method = '', url = '', header = '', body = ''] of calls) {
        const [name = '', value = ''] = header.split(': ')
        const { pathname, port } = new URL(url)
        const origin = port === '4100' ? kit.urls.entra : kit.urls.kit
        const answer = await fetch(`${origin}${pathname}`, { method, headers: { [name]: value }, body })
        expect([url, answer.status]).toEqual([url, 200])
        expect(await (await fetch(`${origin}${pathname}`)).json()).toMatchObject(JSON.parse(body))
      }
    } finally {
      await kit.close()
    }
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
