import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import { oktaGroupIdOf } from '../../../world.ts'
import { ALL_ON, ID, type Json, openScriptStage, type ScriptStage } from './stage.ts'

let stage: ScriptStage
beforeAll(async () => {
  stage = await openScriptStage()
})
afterAll(() => stage.close())

const profile = { authScheme: 'TOKEN', token: TARGET_TOKEN }
const featuresOf = async (id: string): Promise<unknown> => (await stage.done('GET', `/apps/${id}`))['features']

describe('the default connection', () => {
  test('has no scheme until a token was saved; saved and activated it is enabled, and never shows the token', async () => {
    const id = await stage.add('Connected')
    const path = `/apps/${id}/connections/default`
    expect(await stage.done('GET', path)).toMatchObject({ authScheme: 'UNKNOWN', status: 'DISABLED' })
    const saved = await stage.done('POST', `${path}?activate=true`, { profile })
    expect(saved).toMatchObject({
      authScheme: 'TOKEN',
      status: 'ENABLED',
      profile: { authScheme: 'TOKEN' },
      _links: {
        deactivate: { href: `${stage.api.origin}/api/v1${path}/lifecycle/deactivate`, hints: { allow: ['POST'] } },
      },
    })
    expect(await stage.done('GET', path)).toEqual(saved)
    expect(JSON.stringify(saved)).not.toContain(TARGET_TOKEN)
    expect(stage.sent()).toEqual(['GET /Users?startIndex=1&count=2', 'GET /Groups?startIndex=1&count=100'])
  })

  test('saved without activate it waits, tested; lifecycle switches it on, after the same test, and off, asking nobody', async () => {
    const id = await stage.add('Waiting')
    const path = `/apps/${id}/connections/default`
    expect(await stage.done('POST', path, { profile })).toMatchObject({ authScheme: 'TOKEN', status: 'DISABLED' })
    expect(stage.sent()).toHaveLength(2)
    await stage.done('POST', `${path}/lifecycle/activate`)
    expect(stage.sent()).toHaveLength(2)
    expect(await stage.done('GET', path)).toMatchObject({ status: 'ENABLED' })
    expect(await stage.done('POST', path, { profile })).toMatchObject({ status: 'ENABLED' })
    stage.sent()
    await stage.done('POST', `${path}/lifecycle/deactivate`)
    expect([await stage.done('GET', path), stage.sent()]).toEqual([expect.objectContaining({ status: 'DISABLED' }), []])
    expect(await featuresOf(id)).toEqual([])
  })

  test('refused: a token the app does not take, which is not kept', async () => {
    const id = await stage.add('Refused')
    const path = `/apps/${id}/connections/default`
    const wrong = { profile: { authScheme: 'TOKEN', token: 'wrong' } }
    expect(await stage.refused('POST', `${path}?activate=true`, wrong)).toEqual([
      400,
      'E0000059',
      expect.stringMatching(/^Error authenticating/),
    ])
    expect(await stage.done('GET', path)).toMatchObject({ authScheme: 'UNKNOWN', status: 'DISABLED' })
    expect((await stage.refused('POST', `${path}/lifecycle/activate`))[1]).toBe('E0000001')
  })

  test('refused: no token, another scheme, an unknown app, an administrator who may only read', async () => {
    const id = await stage.add('Refused more')
    const path = `/apps/${id}/connections/default`
    expect(await stage.refused('POST', path, {})).toEqual([400, 'E0000001', expect.stringMatching(/^profile: /)])
    const oauth = { profile: { authScheme: 'OAUTH2', token: 'x' } }
    expect(await stage.refused('POST', path, oauth)).toEqual([
      400,
      'E0000001',
      expect.stringMatching(/^profile.authScheme/),
    ])
    expect((await stage.refused('GET', '/apps/0oanobody/connections/default'))[1]).toBe('E0000007')
    expect((await stage.refused('POST', path, { profile }, 'oskar.lindqvist'))[1]).toBe('E0000006')
    expect((await stage.refused('POST', `${path}/lifecycle/deactivate`, undefined, 'oskar.lindqvist'))[1]).toBe(
      'E0000006',
    )
  })

  test('of an app of the wizard needs the base URL, and takes the token as the whole header', async () => {
    const { id } = await stage.done('POST', '/apps', { label: 'Desk phones' })
    const path = `/apps/${id}/connections/default?activate=true`
    expect(await stage.refused('POST', path, { profile })).toEqual([400, 'E0000001', expect.stringMatching(/^baseUrl/)])
    const typed = { profile: { authScheme: 'TOKEN', token: `Bearer ${TARGET_TOKEN}` }, baseUrl: stage.target.url }
    expect(await stage.done('POST', path, typed)).toMatchObject({ status: 'ENABLED', baseUrl: stage.target.url })
    expect(await featuresOf(String(id))).toContain('SCIM_PROVISIONING')
  })
})

describe('features', () => {
  test('are refused while the integration is off', async () => {
    const id = await stage.add('Off')
    const off = [400, 'E0000001', 'Provisioning is not enabled for Off. Activate its default connection first.']
    expect(await stage.refused('GET', `/apps/${id}/features`)).toEqual(off)
    expect(await stage.refused('GET', `/apps/${id}/features/USER_PROVISIONING`)).toEqual(off)
    expect(await stage.refused('PUT', `/apps/${id}/features/USER_PROVISIONING`, ALL_ON)).toEqual(off)
  })

  test('begin all off; a PUT changes what it names and nothing else, and features[] of the app tells', async () => {
    const id = await stage.connect('Featured', {})
    const path = `/apps/${id}/features/USER_PROVISIONING`
    expect(await stage.done('GET', path)).toMatchObject({
      name: 'USER_PROVISIONING',
      status: 'DISABLED',
      capabilities: {
        create: { lifecycleCreate: { status: 'DISABLED' } },
        update: {
          lifecycleDeactivate: { status: 'DISABLED' },
          profile: { status: 'DISABLED' },
          password: { status: 'DISABLED', seed: 'OKTA', change: 'KEEP_EXISTING' },
        },
      },
    })
    expect(await featuresOf(id)).toEqual(['GROUP_PUSH', 'IMPORT_NEW_USERS'])
    await stage.done('PUT', path, { create: { lifecycleCreate: { status: 'ENABLED' } } })
    const both = await stage.done('PUT', path, {
      update: { password: { status: 'ENABLED', seed: 'RANDOM', change: 'CHANGE' } },
    })
    expect(both).toMatchObject({
      status: 'ENABLED',
      capabilities: {
        create: { lifecycleCreate: { status: 'ENABLED' } },
        update: { profile: { status: 'DISABLED' }, password: { status: 'ENABLED', seed: 'RANDOM', change: 'CHANGE' } },
      },
    })
    expect(await featuresOf(id)).toEqual(['GROUP_PUSH', 'IMPORT_NEW_USERS', 'PUSH_NEW_USERS', 'PUSH_PASSWORD_UPDATES'])
    await stage.done('PUT', path, ALL_ON)
    expect(await featuresOf(id)).toEqual([
      'GROUP_PUSH',
      'IMPORT_NEW_USERS',
      'PUSH_NEW_USERS',
      'PUSH_PROFILE_UPDATES',
      'PUSH_USER_DEACTIVATION',
      'REACTIVATE_USERS',
      'PUSH_PASSWORD_UPDATES',
    ])
  })

  test('INBOUND_PROVISIONING is the page To Okta: schedule, matching, confirmation', async () => {
    const id = await stage.connect('Imported', {})
    const path = `/apps/${id}/features/INBOUND_PROVISIONING`
    expect(await stage.done('GET', path)).toMatchObject({
      status: 'DISABLED',
      capabilities: {
        importRules: { userCreateAndMatch: { exactMatchCriteria: 'USERNAME', allowPartialMatch: false } },
      },
    })
    const after = await stage.done('PUT', path, {
      importSettings: { schedule: { status: 'ENABLED', fullImport: { expression: '0 0 * * 0' } } },
      importRules: { userCreateAndMatch: { exactMatchCriteria: 'EMAIL', autoConfirmExactMatch: true } },
    })
    expect(after).toMatchObject({
      status: 'ENABLED',
      capabilities: {
        importSettings: {
          username: { userNameFormat: 'EMAIL' },
          schedule: { status: 'ENABLED', fullImport: { expression: '0 0 * * 0' } },
        },
        importRules: {
          userCreateAndMatch: { exactMatchCriteria: 'EMAIL', allowPartialMatch: false, autoConfirmExactMatch: true },
        },
      },
    })
    const off = { importSettings: { schedule: { status: 'DISABLED' } } }
    expect(await stage.done('PUT', path, off)).toMatchObject({ status: 'DISABLED' })
    expect((await stage.list(`/apps/${id}/features`)).map(({ name }) => name)).toEqual([
      'USER_PROVISIONING',
      'INBOUND_PROVISIONING',
    ])
  })

  test('a scheduled import goes on when the connection is activated again', async () => {
    const id = await stage.connect('Scheduled', {})
    const hourly = { importSettings: { schedule: { status: 'ENABLED', fullImport: { expression: '0 * * * *' } } } }
    await stage.done('PUT', `/apps/${id}/features/INBOUND_PROVISIONING`, hourly)
    await stage.done('POST', `/apps/${id}/connections/default/lifecycle/deactivate`)
    stage.sent()
    await stage.api.advance('PT2H')
    expect(stage.sent()).toEqual([])
    await stage.done('POST', `/apps/${id}/connections/default/lifecycle/activate`)
    stage.sent()
    await stage.api.advance('PT1H')
    expect(stage.sent()).toEqual(['GET /Users?startIndex=1&count=100', 'GET /Groups?startIndex=1&count=100'])
    await stage.done('POST', `/apps/${id}/connections/default/lifecycle/deactivate`)
  })

  test.each([
    ['USER_PROVISIONING', { create: { lifecycleCreate: { status: 'ON' } } }, 'create.lifecycleCreate.status'],
    ['USER_PROVISIONING', { remove: {} }, 'capabilities'],
    [
      'INBOUND_PROVISIONING',
      { importSettings: { schedule: { fullImport: { expression: '*/5 * * * *' } } } },
      'importSettings.schedule.fullImport.expression',
    ],
    [
      'INBOUND_PROVISIONING',
      { importRules: { userCreateAndMatch: { exactMatchCriteria: 'nickName' } } },
      'matchAttribute',
    ],
  ])('refused: %s %j', async (name, body, field) => {
    const [app] = await stage.list(`/apps?q=Imported`)
    const told = await stage.refused('PUT', `/apps/${app?.['id']}/features/${name}`, body)
    expect(told.slice(0, 2)).toEqual([400, 'E0000001'])
    expect(told[2]).toMatch(new RegExp(`^${field.replaceAll('.', '\\.')}: `))
  })

  test('refused: a feature there is not; a reader', async () => {
    const [app] = await stage.list(`/apps?q=Imported`)
    expect((await stage.refused('GET', `/apps/${app?.['id']}/features/ENTITLEMENTS`))[1]).toBe('E0000007')
    const path = `/apps/${app?.['id']}/features/USER_PROVISIONING`
    expect((await stage.refused('PUT', path, ALL_ON, 'oskar.lindqvist'))[1]).toBe('E0000006')
  })
})

describe('pushed groups', () => {
  const support = oktaGroupIdOf('Support East')
  let appId: string
  let path: string
  let sourceGroupId: string
  beforeAll(async () => {
    appId = await stage.connect('Pushing')
    path = `/apps/${appId}/group-push/mappings`
    const group = await stage.done('POST', '/groups', { profile: { name: 'Pushed by script', description: '' } })
    sourceGroupId = String(group['id'])
    await stage.done('PUT', `/groups/${sourceGroupId}/users/${ID('ada.okafor')}`)
    await stage.done('POST', `/apps/${appId}/users`, { id: ID('ada.okafor'), scope: 'USER' })
    await stage.run()
    stage.sent()
  })

  test('made by name: 201, and the group and its members are in the app', async () => {
    const answer = await stage.api.ask('POST', `/api/v1${path}`, {
      body: { sourceGroupId, targetGroupName: 'Pushed by script', status: 'ACTIVE' },
    })
    expect(answer.status, answer.text).toBe(201)
    const { id } = answer.json()
    await stage.run()
    const [group] = [...stage.target.groups.values()].filter(({ displayName }) => displayName === 'Pushed by script')
    expect(group?.['members']).toHaveLength(1)
    expect(await stage.done('GET', `${path}/${id}`)).toMatchObject({
      id,
      sourceGroupId,
      targetGroupId: group?.id,
      status: 'ACTIVE',
      errorSummary: null,
      lastPush: expect.stringMatching(/Z$/),
      _links: { sourceGroup: { href: `${stage.api.origin}/api/v1/groups/${sourceGroupId}` } },
    })
    expect((await stage.list(path)).map((each) => each['id'])).toEqual([id])
    expect(await stage.list(`${path}?status=INACTIVE`)).toEqual([])
    expect(await stage.list(`${path}?sourceGroupId=${support}`)).toEqual([])
  })

  test('only an inactive one is deleted, with the group in the app or without it', async () => {
    const [mapping] = await stage.list(path)
    const one = `${path}/${mapping?.['id']}`
    expect(await stage.refused('DELETE', `${one}?deleteTargetGroup=true`)).toEqual([
      400,
      'E0000001',
      'status: Only a mapping that is INACTIVE can be deleted',
    ])
    stage.sent()
    expect(await stage.done('PATCH', one, { status: 'INACTIVE' })).toMatchObject({ status: 'INACTIVE' })
    await stage.run()
    expect(stage.sent()).toEqual([])
    await stage.done('DELETE', `${one}?deleteTargetGroup=true`)
    await stage.run()
    expect(stage.sent()).toEqual([expect.stringMatching(/^DELETE \/Groups\//)])
    expect((await stage.refused('GET', one))[1]).toBe('E0000007')
  })

  test('made inactive it sends nothing until it is activated; linked by id it finds the group in the app', async () => {
    const theirs = [...stage.target.groups.values()].length
    const id = 'group-of-theirs'
    stage.target.groups.set(id, { id, displayName: 'Theirs', members: [] } as never)
    const mapping = await stage.done('POST', path, { sourceGroupId, targetGroupId: id, status: 'INACTIVE' })
    expect(mapping).toMatchObject({ status: 'INACTIVE', targetGroupId: id })
    expect(stage.sent()).toEqual([expect.stringMatching(/^GET \/Groups/)])
    await stage.run()
    expect(stage.sent()).toEqual([])
    await stage.done('PATCH', `${path}/${mapping['id']}`, { status: 'ACTIVE' })
    await stage.run()
    expect(stage.target.groups.get(id)?.['members']).toHaveLength(1)
    expect(stage.target.groups.size).toBe(theirs + 1)
    await stage.done('PATCH', `${path}/${mapping['id']}`, { status: 'INACTIVE' })
    await stage.done('DELETE', `${path}/${mapping['id']}`)
    await stage.run()
    expect(stage.target.groups.has(id)).toBe(true)
  })

  test.each([
    ['neither a name nor an id', {}, [400, 'E0000001']],
    ['both', { targetGroupId: 'x', targetGroupName: 'y' }, [400, 'E0000001']],
    ['a group of the app that is not there', { targetGroupId: 'nobody' }, [404, 'E0000007']],
    ['the built-in group', { sourceGroupId: oktaGroupIdOf('Everyone'), targetGroupName: 'E' }, [400, 'E0000027']],
    ['an unknown group', { sourceGroupId: '00gnobody', targetGroupName: 'E' }, [404, 'E0000007']],
    ['another status', { targetGroupName: 'E', status: 'ERROR' }, [400, 'E0000001']],
  ])('refused: %s', async (_what, more, expected) => {
    expect((await stage.refused('POST', path, { sourceGroupId, ...more })).slice(0, 2)).toEqual(expected)
  })

  test('refused: twice the same group, an app that is not connected, another app’s mapping, a reader', async () => {
    const body: Json = { sourceGroupId, targetGroupName: 'Once' }
    const { id } = await stage.done('POST', path, body)
    expect((await stage.refused('POST', path, body))[1]).toBe('E0000027')
    const other = await stage.add('Not connected')
    expect((await stage.refused('POST', `/apps/${other}/group-push/mappings`, body))[1]).toBe('E0000001')
    expect((await stage.refused('GET', `/apps/${other}/group-push/mappings/${id}`))[1]).toBe('E0000007')
    expect((await stage.refused('PATCH', `${path}/${id}`, { status: 'INACTIVE' }, 'oskar.lindqvist'))[1]).toBe(
      'E0000006',
    )
  })
})
