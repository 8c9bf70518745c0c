import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '#kit/test/call.ts'
import { oktaGroupIdOf } from '../../../world.ts'
import { startApi } from '../../test/start-api.ts'
import { ID, type Json, openScriptStage, type ScriptStage } from './stage.ts'

let stage: ScriptStage
beforeAll(async () => {
  stage = await openScriptStage()
})
afterAll(() => stage.close())

const ADA = ID('ada.okafor')
const BEN = ID('ben.castillo')

/** A group of its own with these people in it. */
async function groupOf(name: string, ...handles: readonly string[]): Promise<string> {
  const { id } = await stage.done('POST', '/groups', { profile: { name, description: '' } })
  for (const handle of handles) await stage.done('PUT', `/groups/${id}/users/${ID(handle)}`)
  return String(id)
}

/** Attributes an administrator may set for groups: unmapped. */
async function addLicence(appId: string): Promise<void> {
  await stage.done('POST', `/meta/schemas/apps/${appId}/default`, {
    definitions: { custom: { properties: { licenseType: { title: 'Licence', type: 'string' } } } },
  })
}

describe('assigning a person', () => {
  test('answers with the app user: created in the app a moment later, with its id there', async () => {
    const appId = await stage.connect('Assigning')
    const path = `/apps/${appId}/users`
    const assigned = await stage.done('POST', path, { id: ADA, scope: 'USER' })
    expect(assigned).toMatchObject({
      id: ADA,
      scope: 'USER',
      status: 'STAGED',
      credentials: { userName: 'ada.okafor@brightwave.example' },
      profile: { givenName: 'Ada', familyName: 'Okafor', email: 'ada.okafor@brightwave.example' },
      _links: {
        app: { href: `${stage.api.origin}/api/v1/apps/${appId}` },
        user: { href: `${stage.api.origin}/api/v1/users/${ADA}` },
      },
    })
    await stage.run()
    const [account] = [...stage.target.users.values()].filter(({ externalId }) => externalId === ADA)
    expect(await stage.done('GET', `${path}/${ADA}`)).toMatchObject({
      externalId: account?.id,
      status: 'PROVISIONED',
      syncState: 'SYNCHRONIZED',
      lastSync: expect.stringMatching(/Z$/),
    })
    stage.sent()
    await stage.done('DELETE', `${path}/${ADA}`)
    await stage.run()
    expect(stage.sent()).toEqual([`PATCH /Users/${account?.id}`])
    expect(await stage.refused('GET', `${path}/${ADA}`)).toEqual([404, 'E0000007'])
  })

  test('values equal to what the mapping gives are accepted, different ones are E0000075, and unmapped ones are kept', async () => {
    const appId = await stage.add('Mapped')
    const path = `/apps/${appId}/users`
    await addLicence(appId)
    expect(await stage.refused('POST', path, { id: ADA, profile: { title: 'Queen' } })).toEqual([403, 'E0000075'])
    expect(stage.api.system.store.count('appUsers', 'app', appId)).toBe(0)
    const profile = { title: 'Support Lead', licenseType: 'dialpad_talk' }
    expect(await stage.done('POST', path, { id: ADA, profile })).toMatchObject({ profile })
    expect(await stage.refused('POST', `${path}/${ADA}`, { profile: { title: 'Queen' } })).toEqual([403, 'E0000075'])
    // Mapped on create only: after that the value is anybody's to change.
    const [mapping] = await stage.list(`/mappings?targetId=${appId}`)
    const once = { properties: { title: { expression: 'user.title', pushStatus: 'DONT_PUSH' } } }
    await stage.done('POST', `/mappings/${mapping?.['id']}`, once)
    expect(await stage.done('POST', `${path}/${ADA}`, { profile: { title: 'Queen' } })).toMatchObject({
      profile: { title: 'Queen', licenseType: 'dialpad_talk' },
    })
  })

  test('an update is partial: null takes a value back, the same again changes nothing', async () => {
    const appId = await stage.add('Partial')
    await addLicence(appId)
    const one = `/apps/${appId}/users/${ADA}`
    await stage.done('POST', `/apps/${appId}/users`, { id: ADA, credentials: { userName: 'ada@phones.example' } })
    const edited = await stage.done('POST', one, { profile: { licenseType: 'dialpad_lite' } })
    expect(edited).toMatchObject({
      credentials: { userName: 'ada@phones.example' },
      profile: { licenseType: 'dialpad_lite', givenName: 'Ada' },
    })
    const log = stage.api.system.store.count('systemLog')
    expect(await stage.done('POST', one, edited)).toEqual(edited)
    expect(stage.api.system.store.count('systemLog')).toBe(log)
    const { profile } = await stage.done('POST', one, { profile: { licenseType: null } })
    expect(profile).not.toHaveProperty('licenseType')
    expect(await stage.done('POST', one, { credentials: { userName: 'ada2@phones.example' } })).toMatchObject({
      credentials: { userName: 'ada2@phones.example' },
    })
  })

  test('a group’s assignment becomes individual with the values it had, and goes back', async () => {
    const appId = await stage.add('Taken over')
    await addLicence(appId)
    const groupId = await groupOf('Taken over', 'ada.okafor')
    await stage.done('PUT', `/apps/${appId}/groups/${groupId}`, { profile: { licenseType: 'dialpad_support' } })
    const one = `/apps/${appId}/users/${ADA}`
    expect(await stage.done('GET', one)).toMatchObject({
      scope: 'GROUP',
      profile: { licenseType: 'dialpad_support' },
      _links: { group: { name: 'Taken over', href: `${stage.api.origin}/api/v1/groups/${groupId}` } },
    })
    expect(await stage.refused('DELETE', one)).toEqual([400, 'E0000001'])
    expect(await stage.done('POST', one, { scope: 'USER' })).toMatchObject({
      scope: 'USER',
      profile: { licenseType: 'dialpad_support' },
    })
    await stage.done('POST', one, { profile: { licenseType: 'dialpad_lite' } })
    expect(await stage.done('POST', one, { scope: 'GROUP' })).toMatchObject({
      scope: 'GROUP',
      profile: { licenseType: 'dialpad_support' },
    })
    const alone = await stage.add('Without groups')
    await stage.done('POST', `/apps/${alone}/users`, { id: ADA })
    expect((await stage.refused('POST', `/apps/${alone}/users/${ADA}`, { scope: 'GROUP' }))[1]).toBe('E0000001')
  })

  test.each([
    ['an unknown person', { id: '00unobody' }, [404, 'E0000007']],
    ['no person', {}, [400, 'E0000001']],
    ['scope GROUP, which only groups give', { id: BEN, scope: 'GROUP' }, [400, 'E0000001']],
    [
      'a password, which an app with SAML has not',
      { id: BEN, credentials: { password: { value: 'x' } } },
      [400, 'E0000041'],
    ],
    ['an attribute the profile has not', { id: BEN, profile: { nope: 'x' } }, [400, 'E0000001']],
    ['somebody deactivated', { id: ID('zoe.obrien') }, [403, 'E0000117']],
    ['somebody assigned already', { id: ADA }, [409, 'E0000062']],
  ])('refused: %s', async (_what, body, expected) => {
    const [known] = await stage.list('/apps?q=Refusing')
    const appId = String(known?.['id'] ?? (await stage.add('Refusing')))
    if (known === undefined) {
      await stage.done('POST', `/apps/${appId}/users`, { id: ADA })
      await stage.done('POST', `/users/${ID('zoe.obrien')}/lifecycle/deactivate`)
    }
    expect((await stage.refused('POST', `/apps/${appId}/users`, body)).slice(0, 2)).toEqual(expected)
  })

  test('refused: an unknown app, somebody not assigned, an administrator who may only read', async () => {
    const appId = await stage.add('Refusing more')
    expect((await stage.refused('GET', '/apps/0oanobody/users'))[1]).toBe('E0000007')
    for (const [method, body] of [['GET'], ['POST', {}], ['DELETE']] as const) {
      expect((await stage.refused(method, `/apps/${appId}/users/${ADA}`, body))[1], method).toBe('E0000007')
    }
    expect((await stage.refused('POST', `/apps/${appId}/users`, { id: ADA }, 'oskar.lindqvist'))[1]).toBe('E0000006')
    expect((await stage.refused('GET', `/apps/${appId}/users?expand=group`)).slice(0, 2)).toEqual([400, 'E0000001'])
  })
})

describe('the list of people assigned', () => {
  test('is paged by cursor, found by the beginning of a name, and embeds the person', async () => {
    const api = await startApi('connected-okta')
    try {
      const [app] = JSON.parse((await api.ask('GET', '/api/v1/apps?q=dialpad')).text) as Json[]
      const path = `/api/v1/apps/${app?.['id']}/users`
      const all = (JSON.parse((await api.ask('GET', path)).text) as Json[]).map(({ id }) => id)
      expect(all).toHaveLength(5)
      const seen: unknown[] = []
      let next: string | undefined = `${path}?limit=2`
      let pages = 0
      while (next !== undefined) {
        const answer: Answer = await api.ask('GET', next)
        pages += 1
        seen.push(...(JSON.parse(answer.text) as Json[]).map(({ id }) => id))
        next = /<[^>]*(\/api\/v1[^>]*)>; rel="next"/.exec(String(answer.headers['link']))?.[1]
      }
      expect([seen, pages]).toEqual([all, 3])
      const found = JSON.parse((await api.ask('GET', `${path}?q=okaf&expand=user`)).text) as Json[]
      expect(found).toEqual([
        expect.objectContaining({
          id: ADA,
          _embedded: { user: expect.objectContaining({ id: ADA, status: 'ACTIVE' }) },
        }),
      ])
      expect((await api.ask('GET', `${path}?q=kaf`)).text).toBe('[]')
      const refused = await api.ask('GET', `${path}/${ADA}?expand=group`)
      expect([refused.status, refused.json()['errorCode']]).toEqual([400, 'E0000001'])
    } finally {
      await api.close()
    }
  })
})

describe('assigning a group', () => {
  test('PUT assigns it with values and a place, and its members follow; again it changes nothing', async () => {
    const appId = await stage.add('Grouped')
    await addLicence(appId)
    const [low, high] = [await groupOf('Low', 'ada.okafor', 'ben.castillo'), await groupOf('High', 'ada.okafor')]
    const path = `/apps/${appId}/groups`
    await stage.done('PUT', `${path}/${low}`, { profile: { licenseType: 'dialpad_lite' } })
    const put = { priority: 0, profile: { licenseType: 'dialpad_support' } }
    expect(await stage.done('PUT', `${path}/${high}`, put)).toMatchObject({
      id: high,
      ...put,
      _links: { group: { href: `${stage.api.origin}/api/v1/groups/${high}` } },
    })
    expect((await stage.list(path)).map(({ id, priority }) => [id, priority])).toEqual([
      [high, 0],
      [low, 1],
    ])
    expect((await stage.list(`${path}?q=lo`)).map(({ id }) => id)).toEqual([low])
    const licence = async (userId: string): Promise<unknown> =>
      ((await stage.done('GET', `/apps/${appId}/users/${userId}`))['profile'] as Json)['licenseType']
    expect([await licence(ADA), await licence(BEN)]).toEqual(['dialpad_support', 'dialpad_lite'])
    const log = stage.api.system.store.count('systemLog')
    await stage.done('PUT', `${path}/${high}`, put)
    expect(stage.api.system.store.count('systemLog')).toBe(log)
  })

  test('PATCH changes one value or the place', async () => {
    const [app] = await stage.list('/apps?q=Grouped')
    const path = `/apps/${app?.['id']}/groups`
    const [high, low] = await stage.list(path)
    const patch = [
      { op: 'replace', path: '/priority', value: 1 },
      { op: 'replace', path: '/profile/licenseType', value: 'dialpad_talk' },
    ]
    expect(await stage.done('PATCH', `${path}/${high?.['id']}`, patch)).toMatchObject({
      priority: 1,
      profile: { licenseType: 'dialpad_talk' },
    })
    expect(await stage.done('GET', `${path}/${low?.['id']}`)).toMatchObject({ priority: 0 })
    const emptied = [{ op: 'remove', path: '/profile/licenseType' }]
    expect(await stage.done('PATCH', `${path}/${high?.['id']}`, emptied)).toMatchObject({ profile: {} })
  })

  test('DELETE unassigns it: who has no other assignment loses the app', async () => {
    const [app] = await stage.list('/apps?q=Grouped')
    const path = `/apps/${app?.['id']}`
    const groups = await stage.list(`${path}/groups`)
    const low = groups.find(({ priority }) => priority === 0)
    await stage.done('DELETE', `${path}/groups/${low?.['id']}`)
    expect((await stage.list(`${path}/users`)).map(({ id }) => id)).toEqual([ADA])
    expect((await stage.list(`${path}/groups`)).map(({ priority }) => priority)).toEqual([0])
  })

  test('refused: unknown groups and apps, personal attributes, other paths, a reader', async () => {
    const appId = await stage.add('Refusing groups')
    const path = `/apps/${appId}/groups`
    const support = oktaGroupIdOf('Everyone')
    expect((await stage.refused('PUT', `${path}/00gnobody`, {}))[1]).toBe('E0000007')
    expect((await stage.refused('PUT', `/apps/0oanobody/groups/${support}`, {}))[1]).toBe('E0000007')
    expect((await stage.refused('GET', `${path}/${support}`))[1]).toBe('E0000007')
    expect((await stage.refused('DELETE', `${path}/${support}`))[1]).toBe('E0000007')
    const group = await groupOf('Refusing')
    expect(await stage.refused('PUT', `${path}/${group}`, { profile: { givenName: 'X' } })).toEqual([
      400,
      'E0000001',
      expect.stringContaining('givenName'),
    ])
    expect((await stage.refused('PUT', `${path}/${group}`, { priority: -1 }))[1]).toBe('E0000001')
    await stage.done('PUT', `${path}/${group}`, {})
    const wrong = [{ op: 'replace', path: '/scope', value: 'x' }]
    expect((await stage.refused('PATCH', `${path}/${group}`, wrong))[1]).toBe('E0000001')
    expect((await stage.refused('PATCH', `${path}/${group}`, { priority: 1 }))[1]).toBe('E0000001')
    expect((await stage.refused('PUT', `${path}/${group}`, {}, 'oskar.lindqvist'))[1]).toBe('E0000006')
  })
})
