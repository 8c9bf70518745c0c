import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { type Certificate, CLIENTS, type Outcome } from '../certificate.ts'
import { type CertifyOptions, certify } from '../certify.ts'
import { TOKEN } from './faulty-server.ts'
import { openScimmyServer } from './scimmy-server.ts'

/** Servers that are not made for this, and why each of them fails what it fails. */

const GUIDE = readFileSync('docs/recipes-certify.md', 'utf8')

let kit: Kit
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())

const run = (options: Pick<CertifyOptions, 'scim' | 'token'> & Partial<CertifyOptions>): Promise<Certificate> =>
  certify(kit, {
    clients: CLIENTS,
    domain: 'brightwave.example',
    members: 3,
    timeoutMs: 20_000,
    pause: () => Promise.resolve(),
    ...options,
  })

/** Checks of one outcome, and how what was found begins. */
const found = ({ checks }: Certificate, outcome: Outcome): readonly (readonly [string, string | undefined])[] =>
  checks.flatMap(({ id, outcome: other, found: words }) => (other === outcome ? [[id, words] as const] : []))

const NEVER_LIMITED = CLIENTS.map((client) => [`${client}.rate-limit`, 'The server never answered 429.'])
const saying = (words: string): unknown => expect.stringContaining(words)

/** Told in docs/recipes-certify.md, too: a change of either is a change of what the guide promises. */
function expectInTheGuide(certificate: Certificate): void {
  for (const [id] of found(certificate, 'failed')) expect(GUIDE).toContain(`\`${id}\``)
}

test('a server of scimmy-routers fails where it is strict, and where it cannot page', async () => {
  const server = await openScimmyServer({ keepsQuery: false })
  const certificate = await run({ scim: server.url, token: TOKEN }).finally(() => server.close())
  expect(found(certificate, 'failed')).toEqual([
    // The library compares userName by case; the store beneath refuses the duplicate.
    ['entra.letter-case', saying('is taken')],
    // RFC 7643 §4.3 has a complex manager; Entra sends the bare id.
    ['entra.manager', saying("'manager' expected complex value")],
    // An element that is not there is not made by a path with a filter (RFC 7644 §3.5.2.1 does not ask for it).
    ['entra.update-multi-valued', saying('does not match any values')],
    // A boolean is a boolean: Entra's text "False" is refused.
    ['entra.disable', saying("expected value type 'boolean'")],
    ['entra.soft-delete', saying("expected value type 'boolean'")],
    ['okta.letter-case', saying('is taken')],
    // The first twenty come, whatever was asked for: see the next test.
    ['okta.import', saying('were not in the lists')],
    ['okta-catalog.letter-case', saying('is taken')],
    ['okta-catalog.import', saying('were not in the lists')],
  ])
  expect(found(certificate, 'warned')).toEqual([])
  expect(found(certificate, 'not-reached')).toEqual([
    ['entra.enable', 'Needs entra.disable.'],
    ['entra.delete', 'Needs entra.soft-delete.'],
    ...NEVER_LIMITED,
  ])
  expect(certificate.leftBehind).toEqual([])
  expectInTheGuide(certificate)
}, 60_000)

test('the same server pages where the query it reads is the one it wrote into', async () => {
  const server = await openScimmyServer({ keepsQuery: true })
  const options = { scim: server.url, token: TOKEN, clients: ['okta'] } as const
  const certificate = await run(options).finally(() => server.close())
  expect(found(certificate, 'failed')).toEqual([['okta.letter-case', saying('is taken')]])
}, 60_000)

test('the Dialpad twin fails nothing but the rename of a group, which it answers and does not do', async () => {
  await kit.control.dialpad.reset({ world: 'empty' })
  // The call of the guide, at the port of this test.
  const [, path = '', type = '', body = ''] =
    /^curl -s -X POST http:\/\/localhost:4300(\S+) -H 'content-type: (.+)' -d '(.+)'$/m.exec(GUIDE) ?? []
  const answer = await fetch(`${kit.urls.dialpad}${path}`, { method: 'POST', headers: { 'content-type': type }, body })
  const key = (await answer.json()) as { readonly secret: string }
  const certificate = await run({ scim: `${kit.urls.dialpad}/scim`, token: key.secret })
  expect(found(certificate, 'failed')).toEqual(
    CLIENTS.map((client) => [`${client}.group-rename`, saying('displayName is "kc')]),
  )
  expect(found(certificate, 'warned')).toEqual([])
  expect(found(certificate, 'not-reached')).toEqual(NEVER_LIMITED)
  expect(certificate.leftBehind).toEqual([])
  expectInTheGuide(certificate)
}, 60_000)
