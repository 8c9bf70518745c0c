import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { updateJob } from './jobs.ts'
import { createDeferred } from './test/deferred.ts'
import { type Fixture, JOB_ID, openFixture } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget, type ScriptedAnswer, type SeenRequest } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

let target: ScimTarget
let idp: Fixture

beforeEach(async () => {
  target = await openScimTarget()
  idp = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN })
  for (const id of ['ines', 'tomas', 'noor']) {
    await idp.people.user(id)
    await idp.people.assign(id)
  }
})
afterEach(async () => {
  await idp.close()
  await target.close()
})

const cycle = () => idp.engine.runNow(JOB_ID)
const run = () => idp.system.store.get('provisioningRuns', JOB_ID)
const escrow = (id: string) => idp.system.store.get('provisioningEscrows', `${JOB_ID}/${id}`)
const lastEntry = (sourceId: string) => idp.log().findLast((entry) => entry.source.id === sourceId)
const advance = (duration: string) => idp.system.control.moveClock({ kind: 'advance', duration })

const isAbout = (id: string) => (request: SeenRequest) =>
  request.url.includes(id) || JSON.stringify(request.body ?? '').includes(`"${id}@`)

function answerOnce(matches: (request: SeenRequest) => boolean, answer: ScriptedAnswer | 'drop', times = 1): void {
  let left = times
  target.intercept = (request) => {
    if (left === 0 || !matches(request)) return undefined
    left -= 1
    return answer
  }
}

const scimError = (status: number, detail: string) =>
  JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail })

describe('what an answer does to one object', () => {
  test.each([
    ['POST', 400, 'UnprocessableEntity'],
    ['POST', 403, 'InsufficientRights'],
    ['POST', 405, 'MethodNotAllowed'],
    ['POST', 409, 'EntryConflict'],
    ['POST', 422, 'UnprocessableEntity'],
    ['POST', 429, 'TooManyRequests'],
    ['POST', 500, 'InternalServerError'],
    ['POST', 501, 'NotImplemented'],
    ['POST', 503, 'InternalServerError'],
    ['GET', 500, 'InternalServerError'],
  ])('%s answered %s fails with %s; the others go on, and the next cycle tries again', async (method, status, code) => {
    answerOnce((request) => request.method === method && isAbout('ines')(request), {
      status,
      body: scimError(status, 'No, not now.'),
    })
    expect((await cycle()).line).toBe('Initial cycle: 2 created, 0 updated, 1 failed')
    expect(lastEntry('ines')).toMatchObject({
      status: 'Failure',
      outcome: { code, reason: expect.stringContaining(`was answered ${status}: No, not now.`) },
    })
    expect(escrow('ines')).toMatchObject({ attempts: 1, error: { code } })
    expect(run()?.lastExecution?.state).toBe('EntryLevelErrors')

    expect((await cycle()).line).toBe('Incremental cycle: 1 created, 0 updated, 0 failed')
    expect(escrow('ines')).toBeUndefined()
    expect(target.users.size).toBe(3)
  })

  test.each([
    ['an HTML page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' }],
    ['broken JSON', { status: 200, body: '{"totalResults":' }],
    ['no totalResults', { status: 200, body: '{}' }],
    ['a resource without id', { status: 200, body: '{"totalResults":1,"Resources":[{"userName":"ines"}]}' }],
    [
      'a manager as text',
      {
        status: 200,
        body: JSON.stringify({
          totalResults: 1,
          Resources: [{ id: 'x', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { manager: 'y' } }],
        }),
      },
    ],
  ])('200 with %s is an incompatible service', async (_, answer) => {
    answerOnce(isAbout('ines'), answer)
    await cycle()
    expect(lastEntry('ines')?.outcome?.code).toBe('SystemForCrossDomainIdentityManagementServiceIncompatible')
  })

  test('two accounts with the same name are not guessed between', async () => {
    answerOnce(isAbout('ines'), { status: 200, body: '{"totalResults":2,"Resources":[{"id":"a"},{"id":"b"}]}' })
    await cycle()
    expect(lastEntry('ines')?.outcome?.code).toBe('DuplicateTargetEntries')
  })

  test('DuplicateSourceEntries: two people with the same matching value do not share an account', async () => {
    const { users, groups } = idp.job().schema
    const source = { type: 'Attribute', name: 'jobTitle' } as const
    const attributeMappings = users.attributeMappings.map((row) =>
      row.matchingPriority > 0 ? { ...row, source } : row,
    )
    await idp.people.change('ines', { jobTitle: 'shared' })
    await idp.people.change('tomas', { jobTitle: 'own' })
    await idp.people.change('noor', { jobTitle: 'other' })
    const schema = { users: { ...users, attributeMappings }, groups }
    const { store, vault, clock } = idp.system
    await store.transact((tx) => updateJob(tx, vault, JOB_ID, { schema }, clock.iso()))
    await cycle()
    await idp.people.user('li', { jobTitle: 'shared' })
    await idp.people.assign('li')
    expect((await cycle()).line).toBe('Incremental cycle: 0 created, 0 updated, 1 failed')
    expect(lastEntry('li')?.outcome?.code).toBe('DuplicateSourceEntries')
  })

  test('a connection that breaks is a protocol fault of the object it broke for', async () => {
    answerOnce(isAbout('ines'), 'drop')
    await cycle()
    expect(lastEntry('ines')?.outcome?.code).toBe('WebExceptionProtocolError')
    expect(target.users.size).toBe(2)
  })

  test('an answer that does not come in time is a Timeout', async () => {
    await idp.close()
    idp = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN, policy: { timeoutMs: 50 } })
    await idp.people.user('ines')
    await idp.people.assign('ines')
    const late = createDeferred()
    target.intercept = async () => {
      await late.reached
      return undefined
    }
    await cycle()
    late.reach()
    expect(lastEntry('ines')?.outcome?.code).toBe('Timeout')
  })

  test('an account that vanished is found again by name, or made anew', async () => {
    await cycle()
    const [lost] = [...target.users.values()].filter((user) => user['externalId'] === 'ines')
    target.users.delete(lost?.id ?? '')
    await idp.people.change('ines', { jobTitle: 'Lead' })
    expect((await cycle()).line).toBe('Incremental cycle: 1 created, 0 updated, 0 failed')
    expect([...target.users.values()].filter((user) => user['externalId'] === 'ines')).toHaveLength(1)
  })

  test('an account that has another id now is found by name and linked anew', async () => {
    await cycle()
    const [old] = [...target.users.values()].filter((user) => user['externalId'] === 'ines')
    target.users.delete(old?.id ?? '')
    target.users.set('moved', { ...old, id: 'moved' })
    await idp.people.change('ines', { jobTitle: 'Lead' })
    expect((await cycle()).line).toBe('Incremental cycle: 0 created, 1 updated, 0 failed')
    expect(target.users.get('moved')?.['title']).toBe('Lead')
    expect(idp.system.store.get('provisioningLinks', `${JOB_ID}/ines`)?.targetId).toBe('moved')
  })

  test('an expression that fails on one person fails that person', async () => {
    const { users } = idp.job().schema
    const source = { type: 'Function', expression: 'Left([displayName], [jobTitle])' } as const
    const row = { source, targetAttributeName: 'nickName', matchingPriority: 0, flowType: 'Always' } as const
    const schema = { ...idp.job().schema, users: { ...users, attributeMappings: [...users.attributeMappings, row] } }
    await idp.people.change('ines', { jobTitle: 'not a number' })
    await idp.people.change('tomas', { jobTitle: '3' })
    await idp.people.change('noor', { jobTitle: '3' })
    const { store, vault, clock } = idp.system
    await store.transact((tx) => updateJob(tx, vault, JOB_ID, { schema }, clock.iso()))
    expect((await cycle()).line).toBe('Initial cycle: 2 created, 0 updated, 1 failed')
    expect(lastEntry('ines')).toMatchObject({ outcome: { code: 'InternalError' } })
  })

  test('a create whose answer was lost is found by the match filter: nobody is there twice', async () => {
    let lost = false
    target.loseAnswer = (request) => {
      const loses = !lost && request.method === 'POST' && isAbout('ines')(request)
      lost ||= loses
      return loses
    }
    expect((await cycle()).line).toBe('Initial cycle: 2 created, 0 updated, 1 failed')
    expect(target.users.size).toBe(3)
    expect((await cycle()).line).toBe('Incremental cycle: 0 created, 0 updated, 1 skipped, 0 failed')
    expect(target.users.size).toBe(3)
    expect(idp.system.store.get('provisioningLinks', `${JOB_ID}/ines`)?.managed).toBe(true)
  })

  test('after three cycles in vain it climbs the ladder, and is given up after 28 days', async () => {
    target.intercept = (request) => (isAbout('ines')(request) ? { status: 500 } : undefined)
    await idp.system.control.moveClock({ kind: 'frozen', frozen: true })
    await cycle()
    const first = idp.system.clock.now()
    for (const _ of [2, 3, 4]) await cycle()
    expect(escrow('ines')).toMatchObject({ attempts: 4, nextAttempt: new Date(first + 6 * 3_600_000).toISOString() })
    const asked = target.requests.filter(isAbout('ines')).length
    await cycle()
    expect(target.requests.filter(isAbout('ines')).length).toBe(asked)

    await idp.engine.start(JOB_ID)
    await advance('PT7H')
    expect(escrow('ines')?.attempts).toBe(5)
    await advance('P28D')
    expect(escrow('ines')).toBeUndefined()
  })
})

describe('what an answer does to the job', () => {
  test('a refused credential is quarantine at once; a new one lifts it at the next attempt', async () => {
    target.intercept = () => ({ status: 401, body: scimError(401, 'Expired.') })
    await idp.system.control.moveClock({ kind: 'frozen', frozen: true })
    await idp.engine.start(JOB_ID)
    const { ran } = await advance('PT1M')
    expect(ran).toMatchObject([{ what: 'Provisioning of Target app', summary: expect.stringContaining('quarantined') }])
    const began = Date.parse(run()?.quarantine?.since ?? '')
    expect(run()).toMatchObject({
      quarantine: {
        reason: 'EncounteredQuarantineException',
        nextAttempt: new Date(began + 6 * 3_600_000).toISOString(),
        error: { code: 'SystemForCrossDomainIdentityManagementCredentialValidationFailure' },
      },
      watermark: null,
      lastExecution: { state: 'Failed' },
    })
    expect(idp.log()).toEqual([])

    target.intercept = undefined
    expect((await advance('PT5H')).ran).toEqual([])
    expect((await advance('PT1H')).ran).toMatchObject([{ summary: 'Initial cycle: 3 created, 0 updated, 0 failed' }])
    expect(run()?.quarantine).toBeNull()
  })

  test('404 to a filter is quarantine: nobody found must be an empty list', async () => {
    target.intercept = () => ({ status: 404, body: scimError(404, 'No such user.') })
    expect(await cycle()).toMatchObject({ ended: 'quarantined' })
    expect(run()?.quarantine?.error.message).toContain('must be answered 200 with an empty list')
  })

  test('28 days of quarantine switch the job off', async () => {
    target.intercept = () => ({ status: 401 })
    await idp.engine.start(JOB_ID)
    await advance('P29D')
    expect(idp.job().state).toBe('Disabled')
    expect(run()?.nextRunAt).toBeNull()
  })

  test('restart lifts the quarantine, forgets the failures and keeps the links', async () => {
    answerOnce((request) => request.method === 'POST' && isAbout('ines')(request), { status: 500 })
    await cycle()
    target.intercept = () => ({ status: 401 })
    await cycle()
    expect(run()?.quarantine).not.toBeNull()
    target.intercept = undefined
    await idp.engine.restart(JOB_ID)
    expect(run()).toMatchObject({ quarantine: null, watermark: null })
    expect(idp.system.store.count('provisioningEscrows')).toBe(0)
    expect(idp.system.store.count('provisioningLinks')).toBe(2)
    expect((await cycle()).line).toBe('Initial cycle: 1 created, 0 updated, 2 skipped, 0 failed')
  })

  test('Retry-After suspends the cycle until then; nobody failed, and nobody is asked about twice', async () => {
    answerOnce((request) => request.method === 'POST' && isAbout('tomas')(request), {
      status: 429,
      headers: { 'retry-after': '30' },
    })
    await idp.system.control.moveClock({ kind: 'frozen', frozen: true })
    await idp.engine.start(JOB_ID)
    const { ran } = await advance('PT1M')
    expect(ran.map(({ at, summary }) => [at, summary])).toEqual([
      [expect.any(String), expect.stringContaining('the target asked to wait until')],
      [new Date(Date.parse(ran[0]?.at ?? '') + 30_000).toISOString(), 'Initial cycle: 3 created, 0 updated, 0 failed'],
    ])
    expect(target.requests.filter((request) => request.method === 'POST')).toHaveLength(4)
    expect(idp.log().map((entry) => entry.status)).toEqual(['Success', 'Success', 'Success'])
  })
})

describe('the reference pass', () => {
  beforeEach(async () => {
    await idp.people.group('sales', 'Sales', ['ines', 'tomas'])
    await idp.people.assign('sales')
  })

  const members = () => (([...target.groups.values()][0]?.['members'] ?? []) as { value: string }[]).length

  test('a member who failed is added once the retry succeeded', async () => {
    answerOnce((request) => request.method === 'POST' && isAbout('ines')(request), { status: 500 })
    await cycle()
    expect(members()).toBe(1)
    expect(lastEntry('sales')).toMatchObject({
      status: 'Warning',
      outcome: { code: 'UnableToResolveReferenceAttributeValue' },
    })
    await cycle()
    expect(members()).toBe(2)
    const sent = target.requests.length
    await cycle()
    expect(target.requests.length).toBe(sent)
  })

  test('memberships the target refuses fail with the group and are tried again', async () => {
    answerOnce((request) => request.method === 'PATCH', { status: 500 })
    expect((await cycle()).line).toBe('Initial cycle: 4 created, 0 updated, 1 failed')
    expect(lastEntry('sales')).toMatchObject({
      action: 'Create',
      status: 'Failure',
      outcome: { code: 'InternalServerError' },
    })
    await cycle()
    expect(members()).toBe(2)
  })

  test('a group read that brings its members along is refused', async () => {
    await cycle()
    target.intercept = ({ method, url }) =>
      method === 'GET' && url.startsWith('/Groups/')
        ? { status: 200, body: '{"id":"g","displayName":"Sales","members":[{"value":"u"}]}' }
        : undefined
    await idp.people.join('sales', 'noor')
    await cycle()
    expect(lastEntry('sales')?.outcome?.code).toBe('SystemForCrossDomainIdentityManagementMultipleEntriesInResponse')
  })

  test('a group that was lost and made anew gets its members again', async () => {
    await cycle()
    target.groups.clear()
    await idp.people.join('sales', 'noor')
    await cycle()
    expect(members()).toBe(3)
  })

  test('a member who was lost and made anew is put back when the group is looked at', async () => {
    await cycle()
    const [lost] = [...target.users.values()].filter((user) => user['externalId'] === 'ines')
    target.users.delete(lost?.id ?? '')
    await idp.people.change('ines', { jobTitle: 'Lead' })
    await idp.people.join('sales', 'noor')
    await cycle()
    const patch = target.requests.findLast(({ method }) => method === 'PATCH')
    expect(patch?.body).toMatchObject({ Operations: [{ op: 'add', value: [{}, {}] }] })
  })

  test('a large group is written in batches', async () => {
    await idp.close()
    idp = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN, policy: { memberBatch: 2 } })
    const ids = ['a', 'b', 'c', 'd', 'e']
    for (const id of ids) await idp.people.user(id)
    await idp.people.group('all', 'All', ids)
    await idp.people.assign('all')
    await cycle()
    const sizes = target.requests
      .filter(({ method }) => method === 'PATCH')
      .map(({ body }) => (body as { Operations: { value: unknown[] }[] }).Operations[0]?.value.length)
    expect(sizes).toEqual([2, 2, 1])
  })
})
