import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** `docs/control-api.md` lists what is served below `/_kit`: all of it, and nothing else. */

/** Where calls are declared: `controlRoute({ method: 'GET', path: '/clock'`, and `streamRoute('/journal/stream'`. */
const DECLARED = /controlRoute\(\{\s*method: '(\w+)',\s*path: '([^']+)'|streamRoute\(\s*'([^']+)'/g

function declaredIn(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(DECLARED)].map(
    ([, method = 'GET', path, stream]) => `${method} /_kit${path ?? stream}`,
  )
}

/** Sources that declare calls, tests left out. */
function sources(): readonly string[] {
  return ['kit/control', 'idp/vendors', 'dialpad-sandbox', 'scenarios/home'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`),
  )
}

test('docs/control-api.md lists the calls that are served, each once', () => {
  const served = new Set(sources().flatMap(declaredIn))
  const listed = [...readFileSync('docs/control-api.md', 'utf8').matchAll(/^\| `(\w+ \/_kit\S+)` \|/gm)].map(
    ([, call = '']) => call,
  )
  expect(served.size).toBeGreaterThan(30)
  expect([...listed].sort()).toEqual([...served].sort())
})
