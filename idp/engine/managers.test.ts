import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Fixture, JOB_ID, openFixture, SCHEMA } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const MANAGER = `${ENTERPRISE}:manager`

let target: ScimTarget
let idp: Fixture

beforeEach(async () => {
  target = await openScimTarget()
  const row = {
    source: { type: 'Attribute', name: 'manager' },
    targetAttributeName: MANAGER,
    matchingPriority: 0,
    flowType: 'Always',
  } as const
  const users = { ...SCHEMA.users, attributeMappings: [...SCHEMA.users.attributeMappings, row] }
  idp = await openFixture({
    targetUrl: target.url,
    token: TARGET_TOKEN,
    policy: { dialect: 'legacy' },
    schema: { ...SCHEMA, users },
  })
  await idp.people.user('lead')
  await idp.people.user('ines', { managerId: 'lead' })
  // The server at hand reads a manager as a complex value only, so the wire is looked at instead of what it keeps.
  target.intercept = (request) => (request.method === 'PATCH' ? { status: 204 } : undefined)
})
afterEach(async () => {
  await idp.close()
  await target.close()
})

const cycle = () => idp.engine.runNow(JOB_ID)
const idOf = (name: string) => [...target.users.values()].find((user) => user['externalId'] === name)?.id
const patches = () =>
  target.requests
    .filter(({ method }) => method === 'PATCH')
    .map(({ url, body }) => [url, (body as { Operations: unknown }).Operations])
const lastEntry = (sourceId: string) => idp.log().findLast((entry) => entry.source.id === sourceId)

describe('the manager', () => {
  test('follows the creation of both as a bare id, and is continued in the same log entry', async () => {
    await idp.people.assign('ines')
    await idp.people.assign('lead')
    expect((await cycle()).line).toBe('Initial cycle: 2 created, 0 updated, 1 memberships, 0 failed')
    expect(
      target.requests
        .filter(({ method }) => method === 'POST')
        .every(({ body }) => !JSON.stringify(body).includes('manager')),
    ).toBe(true)
    expect(patches()).toEqual([[`/Users/${idOf('ines')}`, [{ op: 'Add', path: MANAGER, value: idOf('lead') }]]])
    expect(lastEntry('ines')).toMatchObject({
      action: 'Create',
      status: 'Success',
      modified: expect.arrayContaining([{ name: MANAGER, oldValue: null, newValue: idOf('lead') }]),
      steps: [{}, {}, {}, { type: 'export' }, { type: 'referenceResolution' }],
    })
  })

  test('who has no account stays out, with a warning, and is not repaired later', async () => {
    await idp.people.assign('ines')
    await cycle()
    expect(lastEntry('ines')).toMatchObject({
      status: 'Warning',
      outcome: { code: 'UnableToResolveReferenceAttributeValue' },
    })
    await idp.people.assign('lead')
    await cycle()
    expect(patches()).toEqual([])
    await idp.engine.restart(JOB_ID)
    await cycle()
    expect(patches()).toHaveLength(1)
  })

  test('that changed goes with the other changes of the person', async () => {
    await idp.people.assign('ines')
    await idp.people.assign('lead')
    await cycle()
    target.requests.length = 0
    await idp.people.change('ines', { jobTitle: 'Lead' })
    await cycle()
    expect(patches()).toEqual([
      [
        `/Users/${idOf('ines')}`,
        [
          { op: 'Add', path: 'title', value: 'Lead' },
          { op: 'Add', path: MANAGER, value: idOf('lead') },
        ],
      ],
    ])
  })
})
