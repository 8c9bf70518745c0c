import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PUBLISHED_THRESHOLDS } from '#idp/core/provisioning/quarantine.ts'
import type { JobPolicy } from './context.ts'
import { createDirectorySource } from './directory-source.ts'
import { createEngine, type Engine } from './engine.ts'
import { PLAIN_PHRASING } from './phrasing.ts'
import { retryAfterMs } from './target-response.ts'
import { type Fixture, openFixture, SCHEMA } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

let target: ScimTarget
let idp: Fixture
let engine: Engine
let policy: JobPolicy

beforeEach(async () => {
  target = await openScimTarget()
  idp = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN })
  policy = {
    baseUrl: target.url,
    dialect: 'legacy',
    onUnassign: 'disable',
    defaultRoleCounts: true,
    intervalMinutes: 40,
    memberBatch: 20,
    concurrency: 8,
    timeoutMs: 1_000,
    quarantineThresholds: PUBLISHED_THRESHOLDS,
    activityHeader: { name: 'X-Activity', value: 'Date:{date}, ActivityId:{activityId}' },
  }
  engine = createEngine({
    system: idp.system,
    source: createDirectorySource(idp.system.store),
    phrasing: PLAIN_PHRASING,
    policyOf: () => policy,
    appName: () => 'Target app',
  })
})
afterEach(async () => {
  await idp.close()
  await target.close()
})

const probe = (token = TARGET_TOKEN, schema = SCHEMA) => engine.testConnection({ policy, token, schema })

describe('the connection test', () => {
  test('asks for a random GUID on the matching attributes of users and groups', async () => {
    expect(await probe()).toEqual({ ok: true })
    expect(target.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      expect.stringMatching(/^GET \/Users\?filter=userName\+eq\+%22[0-9a-f-]{36}%22$/),
      expect.stringMatching(/^GET \/Groups\?excludedAttributes=members&filter=displayName\+eq\+%22[0-9a-f-]{36}%22$/),
    ])
  })

  test('leaves groups out when they are not provisioned', async () => {
    await probe(TARGET_TOKEN, { ...SCHEMA, groups: { ...SCHEMA.groups, enabled: false } })
    expect(target.requests).toHaveLength(1)
  })

  test('sends the headers of the sheet, and the trace in the activity header', async () => {
    await probe()
    expect(target.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${TARGET_TOKEN}`,
      accept: 'application/scim+json',
      'x-activity': expect.stringMatching(
        /^Date:\d{4}-\d\d-\d\dT[\d:.]+Z, ActivityId:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
      ),
    })
    const [exchange] = idp.system.journal.read({ kind: 'http-out' }).items
    const activityId = /ActivityId:([0-9a-f-]+)/.exec(String(target.requests[0]?.headers['x-activity']))?.[1]
    expect(activityId?.replaceAll('-', '')).toBe(exchange?.correlationId)
  })

  test.each([
    ['a wrong token', () => probe('wrong'), 401],
    ['a token with its scheme', () => probe(`Bearer ${TARGET_TOKEN}`), 401],
  ])('fails with %s and does not show it', async (_, run, statusCode) => {
    const result = await run()
    expect(result).toMatchObject({
      ok: false,
      code: 'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable',
      status: statusCode,
    })
    expect(JSON.stringify(result)).not.toContain(TARGET_TOKEN)
  })

  test('keeps a credential that the target repeats out of the details', async () => {
    target.intercept = () => ({ status: 403, headers: { 'x-token': TARGET_TOKEN }, body: `Not for ${TARGET_TOKEN}.` })
    const result = await probe()
    expect(result).toMatchObject({ ok: false, body: 'Not for [redacted].' })
    expect(JSON.stringify(result)).not.toContain(TARGET_TOKEN)
  })

  test.each([
    ['404 instead of an empty list', { status: 404, body: '{"detail":"Nobody."}' }],
    ['an HTML page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['no list', { status: 200, body: '{}' }],
    ['204', { status: 204 }],
    ['500', { status: 500 }],
  ])('fails on %s', async (_, answer) => {
    target.intercept = () => answer
    expect(await probe()).toMatchObject({ ok: false, status: answer.status })
  })

  test('fails when nobody answers, and when the address is not allowed', async () => {
    policy = { ...policy, baseUrl: 'http://127.0.0.1:1/scim' }
    expect(await probe()).toMatchObject({ ok: false, message: expect.stringContaining('connection refused') })
    policy = { ...policy, baseUrl: 'https://somewhere.example/scim' }
    expect(await probe()).toMatchObject({ ok: false, message: expect.stringContaining('not allowed') })
  })

  test('fails when groups are refused', async () => {
    target.intercept = ({ url }) => (url.startsWith('/Groups') ? { status: 403 } : undefined)
    expect(await probe()).toMatchObject({ ok: false, status: 403 })
  })
})

describe('Retry-After', () => {
  const now = Date.parse('2026-03-02T09:00:00Z')
  test.each([
    ['5', 5_000],
    ['0', 0],
    ['Mon, 02 Mar 2026 09:01:00 GMT', 60_000],
    ['9'.repeat(30), 86_400_000],
    ['9'.repeat(400), 86_400_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
    ['Mon, 02 Mar 2026 08:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s is %s milliseconds', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected)
  })
})
