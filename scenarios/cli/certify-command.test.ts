import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Certificate } from '#scenarios/certify/certificate.ts'
import { type FaultyServer, openFaultyServer, refusal, TOKEN } from '#scenarios/certify/test/faulty-server.ts'
import { EXAMPLES } from './examples.ts'
import { type Ran, run, split } from './test/run.ts'

/** Each run starts a kit of its own. */
const LONGEST_RUN_MS = 60_000

const folder = mkdtempSync(join(tmpdir(), 'certify-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let server: FaultyServer
beforeAll(async () => {
  server = await openFaultyServer()
  return () => server.close()
})
beforeEach(() => {
  server.defect = {}
})
afterEach(() => vi.unstubAllEnvs())

const FEW = ['--members', '3']
const certify = (...more: readonly string[]): Promise<Ran> =>
  run('certify', '--scim', server.url, '--token', TOKEN, ...FEW, ...more)

test('0 and a table where every check survives', { timeout: LONGEST_RUN_MS }, async () => {
  const { status, out, err } = await certify('--vendor', 'okta')
  expect([status, err]).toEqual([0, 'Okta, custom SCIM app …\nOkta, app of the catalog …'])
  expect(out).toContain('  ok    test-credentials')
  expect(out).toMatch(/\n\d+ survived, 2 not reached \(\d+ requests\)\n/)
  expect(out).not.toContain('Entra')
  expect(server.shelf.Users.size).toBe(0)
})

test('1 where one fails; JSON alone on standard output, the reports beside it, the token in none', {
  timeout: LONGEST_RUN_MS,
}, async () => {
  server.defect = { before: ({ method }) => (method === 'PATCH' ? refusal(501, `No PATCH for ${TOKEN}.`) : undefined) }
  vi.stubEnv('SCIM_TOKEN', TOKEN)
  const [html, junit] = [join(folder, 'report.html'), join(folder, 'certify.xml')]
  const where = ['--scim', `${server.url}/`, '--html', html, '--junit', junit]
  const { status, out, err } = await run('certify', ...where, '--vendor', 'entra', '--json', ...FEW)
  expect(status).toBe(1)
  const certificate = JSON.parse(out) as Certificate
  expect(certificate.server).toBe(server.url)
  const failed = certificate.checks.filter(({ outcome }) => outcome === 'failed')
  expect(failed.map(({ id }) => id)).toContain('entra.update')
  expect(failed.every(({ exchanges }) => exchanges.length > 0)).toBe(true)
  expect(readFileSync(html, 'utf8')).toContain('id="entra.update"')
  expect(readFileSync(junit, 'utf8')).toContain('<failure message="')
  for (const text of [out, err, readFileSync(html, 'utf8'), readFileSync(junit, 'utf8')])
    expect(text).not.toContain(TOKEN)
})

test('3 where nobody answers, and who was asked', { timeout: LONGEST_RUN_MS }, async () => {
  const { status, out, err } = await run('certify', '--scim', 'http://127.0.0.1:1/scim', '--token', TOKEN)
  expect([status, out]).toEqual([3, ''])
  expect(err).toContain('No SCIM server answers at http://127.0.0.1:1/scim.')
})

describe('2 for what was typed wrongly, before anything is sent', () => {
  const at = ['--scim', 'https://app.example/scim']
  test.each([
    [[], "required option '--scim <url>' not specified"],
    [at, "required option '--token <token>' not specified"],
    [['--scim', 'app.example/scim', '--token', 't'], 'Give --scim as a complete web address'],
    [['--scim', 'ftp://app.example/scim', '--token', 't'], 'Give --scim as a complete web address'],
    [['--scim', 'https://app.example/scim/Users', '--token', 't'], 'ends before /Users'],
    [['--scim', 'https://app.example/scim?x=1', '--token', 't'], 'ends before any ?'],
    [['--scim', 'https://:pass@app.example/scim', '--token', 't'], 'holds no user name'],
    [[...at, '--token', 'Bearer t'], 'without "Bearer"'],
    [[...at, '--token', 'a b'], 'has a space in it'],
    [[...at, '--token', ''], 'The token is empty'],
    [[...at, '--token', 't', '--vendor', 'google'], 'Allowed choices are entra, okta, both'],
    [[...at, '--token', 't', '--members', '2'], 'from 3 to 1000'],
    [[...at, '--token', 't', '--members', 'many'], 'Give a whole number.'],
    [[...at, '--token', 't', '--timeout', '0'], '1 at least'],
    [[...at, '--token', 't', '--user-domain', 'Local'], 'Give --user-domain as a domain'],
    [[...at, '--token', 't', '--html', '/no/such/folder/report.html'], 'There is no folder to write'],
  ])('%j', async (args, words) => {
    const { status, out, err } = await run('certify', ...args)
    expect(err).toContain(words)
    expect([status, out]).toEqual([2, ''])
  })
})

const GUIDE = readFileSync('docs/recipes-certify.md', 'utf8')
const COMMANDS = [
  ...(EXAMPLES['certify'] ?? []),
  ...[...GUIDE.matchAll(/^(?:SCIM_TOKEN=TOKEN )?npm run kit -- (certify .*)$/gm)].map(([, line]) => line ?? ''),
]

/** Those of the Dialpad twin differ in the address alone. */
const DIFFERENT = [...new Set(COMMANDS.map((line) => line.replace('4300', '8080').replace('SECRET', 'TOKEN')))]

test.each(DIFFERENT)('%s, as the help and the guide have it', { timeout: LONGEST_RUN_MS }, async (line) => {
  vi.stubEnv('SCIM_TOKEN', TOKEN)
  const words = split(line).map((word) =>
    word
      .replace(/^http:.*/, server.url)
      .replace(/^TOKEN$/, TOKEN)
      .replace(/^[\w-]+\.(html|xml)$/, join(folder, '$&')),
  )
  const { status } = await run(...words, ...FEW)
  expect(status).toBe(0)
})

test('the guide tells every option, and every way it ends', async () => {
  const { out } = await run('certify', '--help')
  const options = [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option)
  expect(options.length).toBeGreaterThanOrEqual(8)
  for (const option of options) expect(GUIDE).toContain(`\`${option}`)
  expect(GUIDE).toMatch(/ends with 0 when .* 1 when .* 2 when .* 3 when/)
})
