import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDeferred } from './test/deferred.ts'
import { type Fixture, JOB_ID, openFixture } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget, type ScriptedAnswer, type SeenRequest } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

/** One test for each row of reference sheets 2.12 and 6.2: what the target answers, and what the service makes of it. */

let target: ScimTarget
let idp: Fixture

async function open(policy: { timeoutMs?: number } = {}): Promise<void> {
  idp = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN, policy })
  for (const id of ['ines', 'tomas']) {
    await idp.people.user(id)
    await idp.people.assign(id)
  }
}

beforeEach(async () => {
  target = await openScimTarget()
  await open()
})
afterEach(async () => {
  await idp.close()
  await target.close()
})

type When = 'match' | 'create' | 'read' | 'update' | 'delete'
const METHODS: Readonly<Record<When, string>> = {
  match: 'GET',
  create: 'POST',
  read: 'GET',
  update: 'PATCH',
  delete: 'DELETE',
}

const cycle = () => idp.engine.runNow(JOB_ID)
const run = () => idp.system.store.get('provisioningRuns', JOB_ID)
const escrow = () => idp.system.store.get('provisioningEscrows', `${JOB_ID}/ines`)
const entry = () => idp.log().findLast(({ source }) => source.id === 'ines')

function scimError(status: number, detail: string, scimType?: string): ScriptedAnswer {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error']
  return { status, body: JSON.stringify({ schemas, status: String(status), detail, scimType }) }
}

/** Let the target give `answer` to one kind of request for Ines, and run a cycle in which it comes. */
async function answered(when: When, answer: ScriptedAnswer | 'drop', times = Number.POSITIVE_INFINITY): Promise<void> {
  if (when !== 'match' && when !== 'create') await cycle()
  const id = [...target.users.values()].find((user) => user['externalId'] === 'ines')?.id ?? 'ines'
  let left = times
  target.intercept = ({ method, url, body }: SeenRequest) => {
    const isAbout = url.includes('ines') || url.includes(id) || JSON.stringify(body ?? '').includes('"ines@')
    const isFilter = url.includes('filter=')
    if (method !== METHODS[when] || !isAbout || isFilter !== (when === 'match') || left === 0) return undefined
    left -= 1
    return answer
  }
  if (when === 'delete') {
    await idp.people.softDelete('ines')
    await cycle()
    await idp.people.hardDelete('ines')
  } else if (when !== 'match' && when !== 'create') {
    await idp.people.change('ines', { jobTitle: 'Lead' })
  }
  await cycle()
}

/** The object failed with `code` and waits for another try; the other one and the job are well. */
function expectFailure(code: string): void {
  expect(entry()).toMatchObject({ status: 'Failure', outcome: { code } })
  expect(escrow()?.error.code).toBe(code)
  expect(run()?.quarantine).toBeNull()
  expect(idp.log().findLast(({ source }) => source.id === 'tomas')?.status).toBe('Success')
}

describe('2.12 response handling', () => {
  test('2xx with valid resource / 204 on PATCH: success', async () => {
    await answered('update', { status: 204 })
    expect(entry()).toMatchObject({ action: 'Update', status: 'Success' })
    expect(escrow()).toBeUndefined()
  })

  test('200 instead of 201 on POST: success', async () => {
    await answered('create', { status: 200, body: '{"id":"x-1","userName":"ines@brightwave.example"}' })
    expect(entry()).toMatchObject({ action: 'Create', status: 'Success', target: { id: 'x-1' } })
  })

  test.each([
    ['200 but unparsable', { status: 200, body: '{"id":' }],
    ['200, missing id', { status: 200, body: '{"userName":"ines"}' }],
    ['200, wrong shape', { status: 200, body: '[]' }],
    [
      '200, manager as string',
      { status: 200, body: '{"id":"x","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":"y"}}' },
    ],
    ['200, HTML body', { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Sign in</h1>' }],
    ['200, wrong content type', { status: 200, headers: { 'content-type': 'application/json' }, body: '{"id":"x"}' }],
    ['200, no body', { status: 200, body: '' }],
  ])('%s: ServiceIncompatible', async (_, answer) => {
    await answered('read', answer)
    expectFailure('SystemForCrossDomainIdentityManagementServiceIncompatible')
  })

  test('200 ListResponse with >1 match: DuplicateTargetEntries', async () => {
    await answered('match', { status: 200, body: '{"totalResults":2,"Resources":[{"id":"a"},{"id":"b"}]}' })
    expectFailure('DuplicateTargetEntries')
  })

  test('400: object failure, escrow, UnprocessableEntity', async () => {
    await answered('create', scimError(400, 'No.'))
    expectFailure('UnprocessableEntity')
    expect(entry()?.outcome?.reason).toContain('POST /Users was answered 400: No.')
  })

  test('401 on an object call while the credential is good: Unauthorized, the object alone', async () => {
    await answered('update', scimError(401, 'Not for this one.'))
    expectFailure('Unauthorized')
    expect(target.requests.at(-1)).toMatchObject({ method: 'GET', url: expect.stringContaining('filter=userName+eq') })
  })

  test('403 on object call: InsufficientRights', async () => {
    await answered('update', scimError(403, 'No.'))
    expectFailure('InsufficientRights')
  })

  test('403 on object call, the change itself forbidden: NotPermitted', async () => {
    await answered('update', scimError(403, 'Changing the title is not permitted.'))
    expectFailure('NotPermitted')
  })

  test('401 on most calls, token invalid: quarantine at once', async () => {
    await cycle()
    target.intercept = () => scimError(401, 'Expired.')
    await idp.people.change('ines', { jobTitle: 'Lead' })
    expect((await cycle()).ended).toBe('quarantined')
    expect(run()?.quarantine).toMatchObject({
      reason: 'EncounteredQuarantineException',
      error: { code: 'SystemForCrossDomainIdentityManagementCredentialValidationFailure' },
    })
    expect(escrow()).toBeUndefined()
  })

  test('404 on filter query: SCIM compliance fault, quarantine', async () => {
    await answered('match', scimError(404, 'No such user.'))
    expect(run()?.quarantine?.reason).toBe('EncounteredQuarantineException')
  })

  test('404 on cached id (GET): re-match; one found is linked anew', async () => {
    await cycle()
    const old = [...target.users.values()].find((user) => user['externalId'] === 'ines')
    target.users.delete(old?.id ?? '')
    target.users.set('moved', { ...old, id: 'moved' })
    target.requests.length = 0
    await idp.people.change('ines', { jobTitle: 'Lead' })
    await cycle()
    expect(target.requests.map(({ method, url }) => [method, url.split('?')[0]])).toEqual([
      ['GET', `/Users/${old?.id}`],
      ['GET', '/Users'],
      ['PATCH', '/Users/moved'],
    ])
    expect(idp.system.store.get('provisioningLinks', `${JOB_ID}/ines`)?.targetId).toBe('moved')
  })

  test('404 on cached id (GET): re-match; none found is created again', async () => {
    await cycle()
    const old = [...target.users.values()].find((user) => user['externalId'] === 'ines')
    target.users.delete(old?.id ?? '')
    target.requests.length = 0
    await idp.people.change('ines', { jobTitle: 'Lead' })
    await cycle()
    expect(target.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST'])
  })

  test('404 on cached id, the object still missing when it is changed: InvalidAnchor', async () => {
    await answered('update', scimError(404, 'Not found.'))
    expectFailure('InvalidAnchor')
  })

  test('405: MethodNotAllowed', async () => {
    await answered('update', scimError(405, 'No PATCH here.'))
    expectFailure('MethodNotAllowed')
  })

  test('409 on POST: EntryConflict', async () => {
    await answered('create', scimError(409, 'Taken.', 'uniqueness'))
    expectFailure('EntryConflict')
  })

  test('409 on PATCH: Conflict', async () => {
    await answered('update', scimError(409, 'Taken.', 'uniqueness'))
    expectFailure('Conflict')
  })

  test('422: UnprocessableEntity', async () => {
    await answered('create', scimError(422, 'No.'))
    expectFailure('UnprocessableEntity')
  })

  test('429 without Retry-After: TooManyRequests, escrow', async () => {
    await answered('create', scimError(429, 'Slow down.'))
    expectFailure('TooManyRequests')
  })

  test('429 with Retry-After: the sender pauses, nobody fails', async () => {
    await answered('create', { ...scimError(429, 'Slow down.'), headers: { 'retry-after': '30' } }, 1)
    expect(run()?.cycle?.resumeAt).toBeDefined()
    expect(escrow()).toBeUndefined()
    await cycle()
    expect(entry()).toMatchObject({ action: 'Create', status: 'Success' })
  })

  test('500: InternalServerError, retried in the next cycle', async () => {
    await answered('create', scimError(500, 'Oops.'), 1)
    expectFailure('InternalServerError')
    await cycle()
    expect(escrow()).toBeUndefined()
    expect(entry()).toMatchObject({ action: 'Create', status: 'Success' })
  })

  test('501: NotImplemented', async () => {
    await answered('update', scimError(501, 'Not here.'))
    expectFailure('NotImplemented')
  })

  test('no reply in time: Timeout', async () => {
    await idp.close()
    await open({ timeoutMs: 50 })
    const late = createDeferred()
    target.intercept = async ({ method, body }) => {
      if (method === 'POST' && JSON.stringify(body).includes('"ines@')) await late.reached
      return undefined
    }
    await cycle()
    late.reach()
    expectFailure('Timeout')
  })

  test('connection/protocol fault: WebExceptionProtocolError', async () => {
    await answered('create', 'drop')
    expectFailure('WebExceptionProtocolError')
  })

  test('connection refused: WebExceptionProtocolError, retried in the next cycle', async () => {
    await target.close()
    await cycle()
    expect(entry()).toMatchObject({ status: 'Failure', outcome: { code: 'WebExceptionProtocolError' } })
    expect(run()?.quarantine).toBeNull()
    expect(idp.system.store.count('provisioningEscrows')).toBe(2)
  })

  test('404 on DELETE: already gone', async () => {
    await answered('delete', scimError(404, 'Not found.'))
    expect(entry()).toMatchObject({ action: 'Delete', status: 'Success' })
    expect(idp.system.store.has('provisioningLinks', `${JOB_ID}/ines`)).toBe(false)
  })
})

describe('6.2 error codes', () => {
  test.each([
    ['Conflict', 'update', scimError(400, 'userName is taken.', 'uniqueness')],
    ['EntryConflict', 'create', scimError(409, 'A user with this address exists.')],
    ['TooManyRequests', 'update', scimError(429, 'Throttled.')],
    ['InternalServerError', 'update', scimError(503, 'Maintenance.')],
    ['InsufficientRights', 'create', scimError(403, 'Company admin API key required')],
    ['MethodNotAllowed', 'create', scimError(405, 'No.')],
    ['NotPermitted', 'update', scimError(403, 'No.', 'mutability')],
    ['Unauthorized', 'create', scimError(401, 'Not this one.')],
    ['UnprocessableEntity', 'create', scimError(418, 'A teapot.')],
    ['UnprocessableEntity', 'create', { status: 302, headers: { location: '/login' } }],
    ['InvalidAnchor', 'update', scimError(404, 'Gone.')],
    ['NotImplemented', 'create', scimError(501, 'No.')],
    ['MandatoryFieldsMissing', 'create', scimError(400, 'Attribute name.familyName is required.', 'invalidValue')],
    ['MandatoryFieldsMissing', 'create', scimError(422, 'Mandatory field missing: country')],
    ['MissingValues', 'create', scimError(400, 'title must not be empty.', 'invalidValue')],
    ['SchemaAttributeNotFound', 'update', scimError(400, 'No.', 'invalidPath')],
    ['SchemaAttributeNotFound', 'create', scimError(400, 'Attribute "favouriteColour" is not defined in any schema.')],
    ['InvalidDomain', 'create', scimError(400, 'Domain not associated with this company', 'invalidValue')],
    ['InvalidDomain', 'create', scimError(422, 'The e-mail domain is not verified.')],
    ['Timeout', 'create', scimError(504, 'Gateway time-out')],
    ['LicenseLimitExceeded', 'create', scimError(400, 'No available Talk licenses', 'invalidValue')],
    ['LicenseLimitExceeded', 'create', scimError(403, 'Seat limit exceeded.')],
    ['LicenseLimitExceeded', 'create', scimError(402, 'Pay.')],
    ['UnprocessableEntity', 'create', scimError(400, '"gold" is not a license type', 'invalidValue')],
    ['DuplicateTargetEntries', 'match', { status: 200, body: '{"totalResults":3,"Resources":[]}' }],
    [
      'SystemForCrossDomainIdentityManagementMultipleEntriesInResponse',
      'read',
      { status: 200, body: '{"totalResults":2,"Resources":[{"id":"a"},{"id":"b"}]}' },
    ],
    ['SystemForCrossDomainIdentityManagementServiceIncompatible', 'create', { status: 201, body: '' }],
    ['SchemaPropertyCanOnlyAcceptValue', 'create', scimError(400, 'title is single-valued.', 'invalidValue')],
  ] as const)('%s: %s answered %j', async (code, when, answer) => {
    await answered(when, answer)
    expectFailure(code)
  })

  test('WebExceptionProtocolError', async () => {
    await answered('update', 'drop')
    expectFailure('WebExceptionProtocolError')
  })

  test('SystemForCrossDomainIdentityManagementMultipleEntriesInResponse: a group read that returns members', async () => {
    await idp.people.group('sales', 'Sales', ['ines'])
    await idp.people.assign('sales')
    await cycle()
    target.intercept = ({ method, url }) =>
      method === 'GET' && url.startsWith('/Groups/')
        ? { status: 200, body: '{"id":"g","displayName":"Sales","members":[{"value":"u"}]}' }
        : undefined
    await idp.people.join('sales', 'tomas')
    await cycle()
    expect(idp.log().findLast(({ source }) => source.id === 'sales')?.outcome?.code).toBe(
      'SystemForCrossDomainIdentityManagementMultipleEntriesInResponse',
    )
  })

  test('InternalError: an expression of the mapping fails on one person', async () => {
    const { users } = idp.job().schema
    const row = {
      source: { type: 'Function', expression: 'Left([displayName], [jobTitle])' },
      targetAttributeName: 'nickName',
      matchingPriority: 0,
      flowType: 'Always',
    } as const
    const job = {
      ...idp.job(),
      schema: { ...idp.job().schema, users: { ...users, attributeMappings: [...users.attributeMappings, row] } },
    }
    await idp.people.change('ines', { jobTitle: 'not a number' })
    await idp.people.change('tomas', { jobTitle: '2' })
    await idp.system.store.transact((tx) => tx.put('provisioningJobs', JOB_ID, job))
    await cycle()
    expectFailure('InternalError')
  })

  test('ImportSkipped: the matching attribute is missing on the source', async () => {
    const { users } = idp.job().schema
    const attributeMappings = users.attributeMappings.map((row) =>
      row.matchingPriority > 0 ? { ...row, source: { type: 'Attribute', name: 'employeeId' } as const } : row,
    )
    const job = { ...idp.job(), schema: { ...idp.job().schema, users: { ...users, attributeMappings } } }
    await idp.system.store.transact((tx) => tx.put('provisioningJobs', JOB_ID, job))
    await cycle()
    expect(entry()).toMatchObject({ status: 'Skipped', outcome: { code: 'ImportSkipped' } })
    expect(escrow()).toBeUndefined()
    expect(target.users.size).toBe(0)
  })

  test('EntrySynchronizationSkipped: nothing to do, or the action is not allowed', async () => {
    const { users } = idp.job().schema
    const job = {
      ...idp.job(),
      schema: { ...idp.job().schema, users: { ...users, actions: { ...users.actions, create: false } } },
    }
    await idp.system.store.transact((tx) => tx.put('provisioningJobs', JOB_ID, job))
    await cycle()
    expect(entry()).toMatchObject({ status: 'Skipped', outcome: { code: 'EntrySynchronizationSkipped' } })
  })

  test('UnableToResolveReferenceAttributeValue: a member has no counterpart', async () => {
    await idp.people.user('noor', { accountEnabled: false })
    await idp.people.group('sales', 'Sales', ['ines', 'noor'])
    await idp.people.assign('sales')
    await cycle()
    expect(idp.log().findLast(({ source }) => source.id === 'sales')).toMatchObject({
      status: 'Warning',
      outcome: { code: 'UnableToResolveReferenceAttributeValue' },
    })
  })
})
