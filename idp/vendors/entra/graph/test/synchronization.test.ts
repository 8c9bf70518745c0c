import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openScimTarget, type ScimTarget } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import type { Answer } from '#kit/test/call.ts'
import { createVisitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { type RunningGraph, startGraph } from './start-graph.ts'

type Json = Record<string, unknown>

let graph: RunningGraph
let target: ScimTarget
beforeAll(async () => {
  graph = await startGraph()
})
afterAll(() => graph.close())
beforeEach(async () => {
  target = await openScimTarget()
})
afterEach(async () => {
  await target.close()
  await graph.reset()
})

const errorOf = (answer: Answer) => (answer.json() as { error: { code: string; message: string } }).error

const get = async (path: string): Promise<Json> => {
  const answer = await graph.ask('GET', path)
  expect(answer.status, answer.text).toBe(200)
  return answer.json()
}
const listed = async (path: string): Promise<Json[]> => (await get(path))['value'] as Json[]

/** A 204, or what was said instead. */
async function done(method: string, path: string, body?: object): Promise<void> {
  const answer = await graph.ask(method, path, body === undefined ? {} : { body })
  expect(answer.status, answer.text).toBe(204)
}

interface Setup {
  readonly sp: string
  /** Below the service principal. */
  readonly at: string
  readonly job: string
}

/** A custom app of its own. */
async function makeApp(displayName = 'Parking'): Promise<string> {
  const path = '/v1.0/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621/instantiate'
  const made = await graph.ask('POST', path, { body: { displayName } })
  expect(made.status, made.text).toBe(201)
  return String((made.json() as { servicePrincipal: Json }).servicePrincipal['id'])
}

async function makeJob(): Promise<Setup> {
  const sp = await makeApp()
  const at = `/v1.0/servicePrincipals/${sp}/synchronization`
  const made = await graph.ask('POST', `${at}/jobs`, { body: { templateId: 'scim' } })
  expect(made.status, made.text).toBe(201)
  return { sp, at, job: `${at}/jobs/${made.json()['id']}` }
}

const secrets = (more: readonly { key: string; value: string }[] = []) => ({
  value: [{ key: 'BaseAddress', value: target.url }, { key: 'SecretToken', value: TARGET_TOKEN }, ...more],
})

/** A job with credentials. */
async function connect(): Promise<Setup> {
  const setup = await makeJob()
  await done('PUT', `${setup.at}/secrets`, secrets())
  return setup
}

const userId = async (handle: string): Promise<string> =>
  String((await get(`/v1.0/users/${handle}@brightwave.example`))['id'])

async function assign({ sp }: Setup, principalId: string): Promise<string> {
  const body = { principalId, resourceId: sp, appRoleId: '00000000-0000-0000-0000-000000000000' }
  const answer = await graph.ask('POST', `/v1.0/servicePrincipals/${sp}/appRoleAssignedTo`, { body })
  expect(answer.status, answer.text).toBe(201)
  return String(answer.json()['id'])
}

const statusOf = async ({ job }: Setup): Promise<Json> => (await get(job))['status'] as Json

describe('a job', () => {
  test('is made from the template of its app, once, and knows no target yet', async () => {
    const sp = await makeApp()
    const at = `/v1.0/servicePrincipals/${sp}/synchronization`
    const [template] = await listed(`${at}/templates`)
    expect(template).toMatchObject({ id: 'scim', factoryTag: 'scim', default: true })
    expect(template).toMatchObject({ schema: { synchronizationRules: [{}] } })
    expect(await get(`${at}/templates/scim`)).toMatchObject({ id: 'scim' })
    expect(await listed(`${at}/jobs`)).toEqual([])

    const wrong = await graph.ask('POST', `${at}/jobs`, { body: { templateId: 'slack' } })
    expect([wrong.status, errorOf(wrong).code]).toEqual([400, 'Request_BadRequest'])
    const made = await graph.ask('POST', `${at}/jobs`, { body: { templateId: 'scim' } })
    expect(made.status).toBe(201)
    const { '@odata.context': context, ...job } = made.json()
    expect(context).toBe(`${graph.origin}/v1.0/$metadata#servicePrincipals('${sp}')/synchronization/jobs/$entity`)
    expect(job).toEqual({
      id: expect.stringMatching(/^scim\.5f0c8d1e6a3b4c279e41b7d2a90c3f58\.[0-9a-f-]{36}$/),
      templateId: 'scim',
      schedule: { expiration: null, interval: 'P10675199DT2H48M5.4775807S', state: 'Disabled' },
      status: {
        code: 'NotConfigured',
        countSuccessiveCompleteFailures: 0,
        escrowsPruned: false,
        troubleshootingUrl: '',
        steadyStateFirstAchievedTime: '0001-01-01T00:00:00Z',
        steadyStateLastAchievedTime: '0001-01-01T00:00:00Z',
        lastExecution: null,
        lastSuccessfulExecution: null,
        lastSuccessfulExecutionWithExports: null,
        progress: [],
        synchronizedEntryCountByType: [
          { key: 'User to urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', value: 0 },
          { key: 'Group to urn:ietf:params:scim:schemas:core:2.0:Group', value: 0 },
        ],
        quarantine: null,
      },
      synchronizationJobSettings: [],
    })
    const second = await graph.ask('POST', `${at}/jobs`, { body: { templateId: 'scim' } })
    expect([second.status, errorOf(second).code]).toEqual([409, 'Conflict'])
    expect(await listed(`${at}/jobs`)).toMatchObject([{ id: job['id'] }])
    expect((await graph.ask('GET', `${at}/jobs/scim.other`)).status).toBe(404)
    await done('DELETE', `${at}/jobs/${job['id']}`)
    expect(await listed(`${at}/jobs`)).toEqual([])
  })

  test('without credentials is not started, not restarted and provisions nobody; its pages still open', async () => {
    const setup = await makeJob()
    for (const act of ['start', 'restart']) {
      const refused = await graph.ask('POST', `${setup.job}/${act}`)
      expect([refused.status, errorOf(refused).code]).toEqual([409, 'Conflict'])
    }
    await done('POST', `${setup.job}/pause`)
    expect((await statusOf(setup))['code']).toBe('NotConfigured')
    const naomi = createVisitor(graph.origin)
    await naomi.open('/admin')
    await naomi.submit('/email', { email: 'naomi.clarke@brightwave.example' })
    await naomi.submit('/password', { password: TRAINING_PASSWORD })
    await naomi.submit('/stay', { stay: 'no' })
    for (const page of ['', '/connectivity', '/mapping', '/on-demand', '/logs', '/properties']) {
      await naomi.open(`/admin/apps/${setup.sp}/provisioning${page}`)
      expect(naomi.status, page).toBe(200)
    }
  })

  test('runs its cycles, is paused, and started again from its watermark', async () => {
    const setup = await connect()
    expect(await statusOf(setup)).toMatchObject({ code: 'NotRun' })
    expect((await get(setup.job))['schedule']).toEqual({ expiration: null, interval: 'PT40M', state: 'Paused' })
    await assign(setup, await userId('ada.okafor'))
    await done('POST', `${setup.job}/start`)
    await done('POST', `${setup.job}/start`)
    await graph.advance('PT1S')
    expect([...target.users.values()]).toMatchObject([{ userName: 'ada.okafor@brightwave.example' }])
    const status = await statusOf(setup)
    expect(status).toMatchObject({
      code: 'Active',
      lastExecution: { state: 'Succeeded', countExported: 1, countEscrowed: 0, error: null },
      lastSuccessfulExecutionWithExports: { state: 'Succeeded' },
      synchronizedEntryCountByType: [{ value: 1 }, { value: 0 }],
      quarantine: null,
    })
    expect(status['steadyStateFirstAchievedTime']).not.toBe('0001-01-01T00:00:00Z')
    await done('POST', `${setup.job}/pause`)
    await done('POST', `${setup.job}/pause`)
    expect((await get(setup.job))['schedule']).toMatchObject({ state: 'Paused' })
    expect((await statusOf(setup))['code']).toBe('Paused')
    const seen = target.requests.length
    await done('POST', `${setup.job}/start`)
    await graph.advance('PT41M')
    expect(target.requests.slice(seen).filter(({ method }) => method !== 'GET')).toEqual([])
  })

  test('a refused token is a quarantine, with its reason and next attempt; a restart with another token lifts it', async () => {
    const setup = await connect()
    await assign(setup, await userId('ada.okafor'))
    await done('PUT', `${setup.at}/secrets`, {
      value: [{ key: 'BaseAddress', value: target.url }],
    })
    await done('POST', `${setup.job}/start`)
    await graph.advance('PT1S')
    const status = await statusOf(setup)
    expect(status).toMatchObject({
      code: 'Quarantine',
      countSuccessiveCompleteFailures: 1,
      lastExecution: { state: 'Failed', error: { tenantActionable: true } },
      quarantine: {
        reason: 'EncounteredQuarantineException',
        seriesCount: 0,
        error: { code: 'SystemForCrossDomainIdentityManagementCredentialValidationFailure' },
      },
    })
    const { currentBegan, nextAttempt } = status['quarantine'] as { currentBegan: string; nextAttempt: string }
    expect(Date.parse(nextAttempt) - Date.parse(currentBegan)).toBe(6 * 3_600_000)
    // Not even an address: the next attempt comes to nothing, and nothing breaks.
    await done('PUT', `${setup.at}/secrets`, { value: [] })
    await graph.advance('PT6H1M')
    expect(await get(setup.job)).toMatchObject({ schedule: { state: 'Disabled' }, status: { code: 'NotConfigured' } })
    await done('PUT', `${setup.at}/secrets`, secrets())
    expect((await statusOf(setup))['code']).toBe('Quarantine')
    await done('POST', `${setup.job}/restart`, { criteria: { resetScope: 'Watermark, Escrows, QuarantineState' } })
    await graph.advance('PT1S')
    expect(await statusOf(setup)).toMatchObject({ code: 'Active', quarantine: null })
  })

  test('restarted in full it matches everybody anew; an unknown scope is refused', async () => {
    const setup = await connect()
    const ada = await userId('ada.okafor')
    await assign(setup, ada)
    // A job that has never run is started.
    await done('POST', `${setup.job}/restart`, {})
    await graph.advance('PT1S')
    const seen = target.requests.length
    await done('POST', `${setup.job}/restart`, { criteria: { resetScope: 'Full' } })
    await graph.advance('PT1S')
    expect(target.requests.slice(seen).map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toContain(
      'GET /Users',
    )
    expect(target.users.size).toBe(1)
    const refused = await graph.ask('POST', `${setup.job}/restart`, {
      body: { criteria: { resetScope: 'Everything' } },
    })
    expect([refused.status, errorOf(refused).code]).toEqual([400, 'Request_BadRequest'])
  })
})

describe('credentials', () => {
  test('are tested as sent and as saved, before and with a job', async () => {
    const setup = await makeJob()
    const credentials = secrets().value
    await done('POST', `${setup.at}/jobs/validateCredentials`, {
      templateId: 'scim',
      useSavedCredentials: false,
      credentials,
    })
    await done('POST', `${setup.job}/validateCredentials`, { useSavedCredentials: false, credentials })
    const none = await graph.ask('POST', `${setup.job}/validateCredentials`, { body: { useSavedCredentials: true } })
    expect([none.status, errorOf(none).code]).toEqual([400, 'Request_BadRequest'])
    await done('PUT', `${setup.at}/secrets`, secrets())
    await done('POST', `${setup.job}/validateCredentials`, { useSavedCredentials: true })

    const wrong = await graph.ask('POST', `${setup.job}/validateCredentials`, {
      body: {
        useSavedCredentials: false,
        credentials: [
          { key: 'BaseAddress', value: target.url },
          { key: 'SecretToken', value: 'Bearer wrong-token-value' },
        ],
      },
    })
    expect(wrong.status).toBe(400)
    expect(errorOf(wrong).code).toBe('SystemForCrossDomainIdentityManagementCredentialValidationUnavailable')
    expect(errorOf(wrong).message).toContain('The target answered 401.')
    expect(wrong.text).not.toContain('wrong-token-value')
    for (const body of [{}, { useSavedCredentials: false, credentials: [] }, { templateId: 'slack' }]) {
      expect((await graph.ask('POST', `${setup.at}/jobs/validateCredentials`, { body })).status).toBe(400)
    }
  })

  test('replace all there were, are shown masked in beta alone, and stand in no journal', async () => {
    const setup = await makeJob()
    const beta = setup.at.replace('v1.0', 'beta')
    expect(await listed(`${beta}/secrets`)).toEqual([])
    const settings = {
      Enabled: true,
      Recipients: 'it-ops@brightwave.example',
      DeleteThresholdEnabled: true,
      DeleteThresholdValue: 25,
    }
    await done(
      'PUT',
      `${setup.at}/secrets`,
      secrets([
        { key: 'SyncAll', value: 'true' },
        { key: 'SyncNotificationSettings', value: JSON.stringify(settings) },
        { key: 'SkipOutOfScopeDeletions', value: 'True' },
      ]),
    )
    expect(await listed(`${beta}/secrets`)).toEqual([
      { key: 'BaseAddress', value: target.url },
      { key: 'SecretToken', value: '*' },
      { key: 'SyncAll', value: 'true' },
      { key: 'SyncNotificationSettings', value: JSON.stringify(settings) },
      { key: 'SkipOutOfScopeDeletions', value: 'True' },
    ])
    expect((await get(setup.job))['synchronizationJobSettings']).toEqual([
      { name: 'QuarantineTooManyDeletesThreshold', value: '25' },
    ])
    expect((await graph.ask('GET', `${setup.at}/secrets`)).status).toBe(405)

    const others = [
      { key: 'AppKey', value: 'app-key-of-somebody' },
      { key: 'ConnectionString', value: 'Server=db;Pwd=hidden-in-here' },
    ]
    await done('PUT', `${setup.at}/secrets`, secrets(others))
    expect((await listed(`${beta}/secrets`)).slice(5)).toEqual([
      { key: 'AppKey', value: '*' },
      { key: 'ConnectionString', value: '*' },
    ])

    await done('PUT', `${setup.at}/secrets`, secrets())
    expect(await listed(`${beta}/secrets`)).toHaveLength(5)
    expect(await listed(`${beta}/secrets`)).toMatchObject([{}, {}, { value: 'false' }, {}, { value: 'False' }])
    expect((await get(setup.job))['synchronizationJobSettings']).toEqual([])
    const journal = JSON.stringify(graph.system.journal.read({ limit: 1000 }).items)
    expect(journal).toContain('/synchronization/secrets')
    expect(journal).not.toContain(TARGET_TOKEN)
    expect(journal).not.toMatch(/app-key-of-somebody|hidden-in-here/)
    expect(JSON.stringify(graph.system.store.dump())).not.toMatch(/app-key-of-somebody|hidden-in-here/)
  })

  test.each([
    ['an unknown key', [{ key: 'Pincode', value: '1' }]],
    [
      'a key twice',
      [
        { key: 'SyncAll', value: 'true' },
        { key: 'syncall', value: 'false' },
      ],
    ],
    ['a flag that is none', [{ key: 'SyncAll', value: 'perhaps' }]],
    ['settings that are no JSON', [{ key: 'SyncNotificationSettings', value: '{' }]],
    ['notifications to nobody', [{ key: 'SyncNotificationSettings', value: '{"Enabled":true}' }]],
    ['an address that is none', [{ key: 'BaseAddress', value: 'ftp://files' }]],
    ['a token no header can carry', [{ key: 'SecretToken', value: 'a\nb' }]],
  ])('%s is refused and nothing is kept', async (_what, value) => {
    const setup = await connect()
    const before = await listed(`${setup.at.replace('v1.0', 'beta')}/secrets`)
    const refused = await graph.ask('PUT', `${setup.at}/secrets`, { body: { value } })
    expect([refused.status, errorOf(refused).code], refused.text).toEqual([400, 'Request_BadRequest'])
    expect(await listed(`${setup.at.replace('v1.0', 'beta')}/secrets`)).toEqual(before)
  })

  test('need a job', async () => {
    const sp = await makeApp()
    const refused = await graph.ask('PUT', `/v1.0/servicePrincipals/${sp}/synchronization/secrets`, { body: secrets() })
    expect(refused.status).toBe(404)
  })
})

describe('the schema', () => {
  test('is read, changed, put back and refused when it cannot be', async () => {
    const setup = await connect()
    const schema = await get(`${setup.job}/schema`)
    expect(schema).toMatchObject({ directories: [{ name: 'Azure Active Directory' }, { name: 'Parking' }] })
    const changed = JSON.parse(JSON.stringify(schema)) as {
      synchronizationRules: { objectMappings: { enabled: boolean; attributeMappings: Json[] }[] }[]
    }
    const [users, groups] = changed.synchronizationRules[0]?.objectMappings ?? []
    if (users === undefined || groups === undefined) throw new Error('The schema has no mappings.')
    groups.enabled = false
    await done('PUT', `${setup.job}/schema`, changed)
    const rules = (await get(`${setup.job}/schema`))['synchronizationRules'] as typeof changed.synchronizationRules
    expect(rules[0]?.objectMappings.map(({ enabled }) => enabled)).toEqual([true, false])

    users.attributeMappings = []
    for (const body of [changed, {}, { synchronizationRules: 'none' }]) {
      const refused = await graph.ask('PUT', `${setup.job}/schema`, { body })
      expect([refused.status, errorOf(refused).code], refused.text).toEqual([400, 'SchemaInvalid'])
    }
    await done('DELETE', `${setup.job}/schema`)
    const { '@odata.context': _, ...restored } = await get(`${setup.job}/schema`)
    const { '@odata.context': __, ...original } = schema
    expect(restored).toEqual(original)
  })

  test('lists the operators of filters and the functions of expressions', async () => {
    const { job } = await makeJob()
    const operators = await listed(`${job}/schema/filterOperators`)
    expect(operators).toContainEqual({
      name: 'EQUALS',
      arity: 'Binary',
      multivaluedComparisonType: 'All',
      supportedAttributeTypes: expect.arrayContaining(['String']),
    })
    const functions = await listed(`${job}/schema/functions()`)
    expect(functions).toContainEqual({
      name: 'Append',
      parameters: [
        { name: 'source', required: true, allowMultipleOccurrences: false, type: 'String' },
        { name: 'suffix', required: true, allowMultipleOccurrences: false, type: 'String' },
      ],
    })
  })

  test('parseExpression takes an expression apart and tries it', async () => {
    const { job } = await makeJob()
    const parse = async (body: object): Promise<Json> => {
      const answer = await graph.ask('POST', `${job}/schema/parseExpression`, { body })
      expect(answer.status, answer.text).toBe(200)
      return answer.json()
    }
    expect(
      await parse({
        expression: 'Replace([preferredLanguage], "-", , , "_", , )',
        targetAttributeDefinition: null,
        testInputObject: { definition: null, properties: [{ key: 'preferredLanguage', value: 'EN-US' }] },
      }),
    ).toMatchObject({
      error: null,
      parsingSucceeded: true,
      evaluationSucceeded: true,
      evaluationResult: ['EN_US'],
      parsedExpression: {
        name: 'Replace',
        type: 'Function',
        parameters: [
          { key: 'source', value: { expression: '[preferredLanguage]', name: 'preferredLanguage', type: 'Attribute' } },
          { value: { expression: '"-"', name: '-', type: 'Constant' } },
          { value: { expression: '"_"', name: '_', type: 'Constant' } },
        ],
      },
    })
    expect(await parse({ expression: 'ToLower([mail])' })).toMatchObject({
      parsingSucceeded: true,
      evaluationResult: [],
    })
    expect(await parse({ expression: 'Shout([mail])' })).toMatchObject({
      parsingSucceeded: false,
      evaluationSucceeded: false,
      parsedExpression: null,
      error: { code: 'ExpressionParsingFailed' },
    })
    const bad = await graph.ask('POST', `${job}/schema/parseExpression`, { body: {} })
    expect(bad.status).toBe(400)
  })
})

describe('provisioning on demand', () => {
  async function ruleOf({ job }: Setup): Promise<string> {
    const [rule] = (await get(`${job}/schema`))['synchronizationRules'] as { id: string }[]
    return rule?.id ?? ''
  }
  const ask = async (setup: Setup, subject: object, ruleId?: string): Promise<Answer> =>
    graph.ask('POST', `${setup.job}/provisionOnDemand`, {
      body: { parameters: [{ ruleId: ruleId ?? (await ruleOf(setup)), subjects: [subject] }] },
    })
  const reportOf = (answer: Answer): Json => {
    expect(answer.status, answer.text).toBe(200)
    const { key, value } = answer.json()
    expect(key).toBe('Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo')
    const [report, ...more] = JSON.parse(String(value)) as Json[]
    expect(more).toEqual([])
    return report ?? {}
  }

  test('one person: created, then found in step; somebody not assigned is skipped', async () => {
    const setup = await connect()
    const ada = await userId('ada.okafor')
    const skipped = reportOf(await ask(setup, { objectId: ada, objectTypeName: 'User' }))
    expect(skipped).toMatchObject({
      action: 'Other',
      statusInfo: { status: 'Skipped', errorCode: 'NotEffectivelyEntitled' },
    })
    await assign(setup, ada)
    const created = reportOf(await ask(setup, { objectId: ada, objectTypeName: 'User' }))
    expect(created).toMatchObject({
      action: 'Create',
      reportableIdentifier: 'ada.okafor@brightwave.example',
      statusInfo: { status: 'Success', errorCode: null },
      sourceIdentity: { id: ada, identityType: 'User' },
    })
    const steps = created['provisioningSteps'] as { type: string; details: Json }[]
    expect(steps.find(({ type }) => type === 'Scoping')?.details).toEqual({
      IsActive: 'True',
      Assigned: 'True',
      IsEffectivelyEntitledForProvisioning: 'True',
      IsInProvisioningScopeDisplayName: 'True',
      ScopeEvaluationResult: '{}',
    })
    expect(created['modifiedProperties']).toContainEqual({
      displayName: 'userName',
      oldValue: null,
      newValue: 'ada.okafor@brightwave.example',
    })
    expect(reportOf(await ask(setup, { objectId: ada, objectTypeName: 'user' }))).toMatchObject({ action: 'Other' })
    expect(target.users.size).toBe(1)
  })

  test('a group with chosen members', async () => {
    const setup = await connect()
    const filter = encodeURIComponent("displayName eq 'Dialpad Users'")
    const group = String((await listed(`/v1.0/groups?$filter=${filter}`))[0]?.['id'])
    const [member] = await listed(`/v1.0/groups/${group}/members?$top=1`)
    await assign(setup, group)
    const memberId = String(member?.['id'])
    reportOf(await ask(setup, { objectId: memberId, objectTypeName: 'User' }))
    const links = { members: [{ objectId: memberId, objectTypeName: 'User' }] }
    const report = reportOf(await ask(setup, { objectId: group, objectTypeName: 'Group', links }))
    expect(report).toMatchObject({ action: 'Create', statusInfo: { status: 'Success' } })
    expect([...target.groups.values()]).toMatchObject([{ displayName: 'Dialpad Users', members: [{}] }])
  })

  test('what cannot be done is refused: another rule, a stranger, a wrong kind, a sixth member', async () => {
    const setup = await connect()
    const ada = await userId('ada.okafor')
    const someone = 'c0ffee00-0000-4000-8000-000000000001'
    const member = { objectId: ada, objectTypeName: 'User' }
    const answers = [
      await ask(setup, member, 'another-rule'),
      await ask(setup, { objectId: someone, objectTypeName: 'User' }),
      await ask(setup, { objectId: ada, objectTypeName: 'Group' }),
      await ask(setup, { objectId: ada, objectTypeName: 'User', links: { members: Array(6).fill(member) } }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([400, 404, 400, 400])
    expect(target.requests).toEqual([])
  })

  test('five requests in ten seconds, then it says when to come back', async () => {
    const setup = await connect()
    const ruleId = await ruleOf(setup)
    const subject = { objectId: await userId('ada.okafor'), objectTypeName: 'User' }
    for (let count = 0; count < 5; count += 1) expect((await ask(setup, subject, ruleId)).status).toBe(200)
    const throttled = await ask(setup, subject, ruleId)
    expect([throttled.status, errorOf(throttled).code]).toEqual([429, 'TooManyRequests'])
    expect(Number(throttled.headers['retry-after'])).toBeGreaterThan(0)
    await graph.advance('PT10S')
    expect((await ask(setup, subject, ruleId)).status).toBe(200)
  })
})

describe('object connections', () => {
  test('are read by either end in beta, removed from a paused job only, and removed twice without complaint', async () => {
    const setup = await connect()
    const ada = await userId('ada.okafor')
    await assign(setup, ada)
    await done('POST', `${setup.job}/start`)
    await graph.advance('PT1S')
    const job = setup.job.replace('v1.0', 'beta')
    const targetId = String([...target.users.keys()][0])
    const connection = {
      '@odata.context': `${graph.origin}/beta/$metadata#objectConnection/$entity`,
      sourceAnchor: ada,
      targetAnchor: targetId,
      displayName: 'Ada Okafor',
      objectTypeName: 'user',
    }
    expect(await get(`${job}/objectConnections('${ada}')`)).toEqual({ ...connection, objectId: ada })
    expect(await get(`${job}/objectConnections/${targetId}`)).toEqual({ ...connection, objectId: targetId })
    expect((await graph.ask('GET', `${job}/objectConnections`)).status).toBe(400)
    expect((await graph.ask('GET', `${setup.job}/objectConnections('${ada}')`)).status).toBe(400)
    expect((await graph.ask('DELETE', `${job}/objectConnections('${ada}')`)).status).toBe(409)
    await done('POST', `${setup.job}/pause`)
    await done('DELETE', `${job}/objectConnections('${ada}')`)
    await done('DELETE', `${job}/objectConnections('${ada}')`)
    expect((await graph.ask('GET', `${job}/objectConnections('${ada}')`)).status).toBe(404)
    expect(target.users.size).toBe(1)
  })
})

describe('the logs', () => {
  test('each object of each cycle, filtered with its case, ordered and in pages', async () => {
    const setup = await connect()
    const names = ['ada.okafor', 'george.mensah', 'helen.park'] as const
    for (const name of names) await assign(setup, await userId(name))
    await done('POST', `${setup.job}/start`)
    await graph.advance('PT1S')
    const at = '/v1.0/auditLogs/provisioning'
    const [first] = await listed(
      `${at}?$top=1&$filter=${encodeURIComponent("sourceIdentity/displayName eq 'Ada Okafor'")}`,
    )
    expect(first).toMatchObject({
      jobId: setup.job.split('/').at(-1),
      provisioningAction: 'create',
      initiatedBy: { id: '', displayName: 'Azure AD Provisioning Service', initiatorType: 'system' },
      servicePrincipal: { id: setup.sp, displayName: 'Parking' },
      sourceSystem: { displayName: 'Azure Active Directory', details: {} },
      targetSystem: { displayName: 'Parking', details: { ServicePrincipalId: setup.sp } },
      sourceIdentity: { displayName: 'Ada Okafor', identityType: 'User', details: { odatatype: 'User' } },
      targetIdentity: { identityType: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' },
      // Her manager is not assigned.
      provisioningStatusInfo: {
        status: 'warning',
        errorInformation: {
          errorCode: 'UnableToResolveReferenceAttributeValue',
          errorCategory: 'nonServiceFailure',
          additionalDetails: null,
        },
      },
    })
    const exported = expect.objectContaining({ provisioningStepType: 'export' })
    expect(first).toMatchObject({ provisioningSteps: expect.arrayContaining([exported]) })
    const count = async (filter: string) => (await listed(`${at}?$filter=${encodeURIComponent(filter)}`)).length
    expect(await count("sourceIdentity/displayName eq 'ada okafor'")).toBe(0)
    expect(await count("contains(sourceIdentity/displayName,'Okafor')")).toBe(1)
    expect(await count(`servicePrincipal/id eq '${setup.sp}' and provisioningAction eq 'create'`)).toBe(3)
    expect(await count('activityDateTime gt 2001-01-01')).toBe(3)
    expect(await count('activityDateTime lt 2001-01-01T00:00:00Z')).toBe(0)

    const read = async (query: string): Promise<string[]> => {
      const seen: string[] = []
      let path: string | undefined = `${at}?${query}`
      while (path !== undefined) {
        const page = await get(path)
        seen.push(...(page['value'] as Json[]).map(({ id }) => String(id)))
        const next = page['@odata.nextLink']
        path = typeof next === 'string' ? next.slice(graph.origin.length) : undefined
      }
      return seen
    }
    const newestFirst = await read('$top=2')
    expect(newestFirst).toHaveLength(3)
    expect(await read('$top=1&$orderby=activityDateTime%20asc')).toEqual(newestFirst.toReversed())
    for (const query of ['$orderby=jobId', '$filter=shoeSize%20eq%201', "$filter=startswith(jobId,'a')"]) {
      expect((await graph.ask('GET', `${at}?${query}`)).status).toBe(400)
    }
    const [beta] = await listed(`/beta/auditLogs/provisioning?$top=1&$select=action`)
    expect(beta).toEqual({ action: 'Create' })
  })

  test('what is added between two pages moves neither', async () => {
    const setup = await connect()
    for (const name of ['ada.okafor', 'george.mensah']) await assign(setup, await userId(name))
    await done('POST', `${setup.job}/start`)
    await graph.advance('PT1S')
    const first = await get('/v1.0/auditLogs/provisioning?$top=1')
    await assign(setup, await userId('helen.park'))
    await graph.advance('PT41M')
    const next = String(first['@odata.nextLink']).slice(graph.origin.length)
    const second = await get(next)
    const ids = [first, second].map((page) => (page['value'] as Json[])[0]?.['id'])
    expect(new Set(ids).size).toBe(2)
    expect(second['@odata.nextLink']).toBeUndefined()
  })

  test('changes of the configuration, and who made them: the application', async () => {
    const setup = await connect()
    const at = '/v1.0/auditLogs/directoryAudits'
    const filter = encodeURIComponent("loggedByService eq 'Account Provisioning'")
    const events = await listed(`${at}?$filter=${filter}`)
    expect(events.map((event) => event['activityDisplayName'])).toEqual([
      'Update provisioning setting or credentials',
      'Add provisioning configuration',
    ])
    expect(events[0]).toMatchObject({
      category: 'ProvisioningManagement',
      initiatedBy: { app: { displayName: 'Sample web app' }, user: null },
      targetResources: [{ id: setup.sp }],
    })
    expect(JSON.stringify(events)).not.toContain(TARGET_TOKEN)
    const page = await get(`${at}?$filter=${filter}&$top=1`)
    const rest = await get(String(page['@odata.nextLink']).slice(graph.origin.length))
    expect((rest['value'] as Json[])[0]?.['id']).toBe(events[1]?.['id'])
    expect(await get(`${at}/${events[0]?.['id']}`)).toMatchObject({ id: events[0]?.['id'] })
    expect((await graph.ask('GET', `${at}?$filter=shoeSize%20eq%201`)).status).toBe(400)
  })
})
