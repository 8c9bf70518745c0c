import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { type RunningApi, startApi } from './start-api.ts'

let api: RunningApi
beforeAll(async () => {
  api = await startApi('connected-okta')
})
afterAll(() => api.close())

interface Thing {
  readonly id: string
  readonly type: string
  readonly status: string
  readonly label: string
  readonly profile: Readonly<Record<string, unknown>>
}

async function list(path: string): Promise<readonly Thing[]> {
  const answer = await api.ask('GET', `/api/v1${path}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.json() as unknown as readonly Thing[]
}

async function refusal(method: string, path: string, body?: object) {
  const answer = await api.ask(method, `/api/v1${path}`, body === undefined ? {} : { body })
  return [answer.status, answer.json()['errorCode']]
}

async function create(name: string, description = ''): Promise<Thing> {
  const answer = await api.ask('POST', '/api/v1/groups', { body: { profile: { name, description } } })
  expect(answer.status, answer.text).toBe(200)
  return answer.json() as unknown as Thing
}

describe('groups', () => {
  test('are made, read, replaced and deleted', async () => {
    const group = await create('Night shift', 'Works at night')
    expect(group).toMatchObject({
      id: expect.stringMatching(/^00g\w{17}$/),
      type: 'OKTA_GROUP',
      objectClass: ['okta:user_group'],
      profile: { name: 'Night shift', description: 'Works at night' },
    })
    const path = `/api/v1/groups/${group.id}`
    expect((await api.ask('GET', path)).json()).toEqual(group)
    const replaced = await api.ask('PUT', path, { body: { profile: { name: 'Late shift' } } })
    expect(replaced.json()).toMatchObject({ profile: { name: 'Late shift', description: null } })
    expect((await api.ask('DELETE', path)).status).toBe(204)
    expect(await refusal('GET', `/groups/${group.id}`)).toEqual([404, 'E0000007'])
  })

  test('of a name in use are refused in the words of the API', async () => {
    const answer = await api.ask('POST', '/api/v1/groups', { body: { profile: { name: 'sales' } } })
    expect(answer.status).toBe(400)
    expect(answer.json()).toMatchObject({
      errorCode: 'E0000001',
      errorCauses: [{ errorSummary: 'name: An object with this field already exists in the current organization' }],
    })
    expect(await refusal('POST', '/groups', { profile: { name: ' ' } })).toEqual([400, 'E0000001'])
  })

  test('built in is Everyone: it holds everybody, and is not changed', async () => {
    const [everyone] = await list('/groups?filter=type%20eq%20%22BUILT_IN%22')
    expect(everyone).toMatchObject({ type: 'BUILT_IN', profile: { name: 'Everyone' } })
    const path = `/groups/${everyone?.id}`
    expect((await list(`${path}/users`)).length).toBe(api.system.store.count('users'))
    expect(await refusal('PUT', path, { profile: { name: 'Nobody' } })).toEqual([400, 'E0000001'])
    expect(await refusal('DELETE', path)).toEqual([400, 'E0000001'])
    expect(await refusal('PUT', `${path}/users/${oktaUserIdOf('ada.okafor')}`)).toEqual([400, 'E0000001'])
  })

  test.each([
    ['q=sal', 'Sales'],
    ['search=profile.name%20eq%20%22SALES%22', 'Sales'],
    ['search=profile.name%20sw%20%22Sal%22%20and%20type%20eq%20%22OKTA_GROUP%22', 'Sales'],
    [`filter=id%20eq%20%22${oktaGroupIdOf('Sales')}%22`, 'Sales'],
  ])('are found by %s', async (query, name) => {
    expect((await list(`/groups?${query}`)).map(({ profile }) => profile['name'])).toContain(name)
  })

  test('are not found by what cannot be meant', async () => {
    expect(await refusal('GET', '/groups?search=profile.colour%20eq%20%22x%22')).toEqual([400, 'E0000031'])
    expect(await refusal('GET', '/groups?filter=(')).toEqual([400, 'E0000031'])
    expect(await refusal('GET', '/groups?q=a&filter=id%20eq%20%22b%22')).toEqual([400, 'E0000001'])
  })

  test('come in pages', async () => {
    const all = await list('/groups')
    const first = await api.ask('GET', '/api/v1/groups?limit=2')
    const next = /<([^>]+)>; rel="next"/.exec(String(first.headers['link']))?.[1] ?? ''
    const second = await list(next.slice(`${api.origin}/api/v1`.length))
    expect([...(first.json() as unknown as Thing[]), ...second].map(({ id }) => id)).toEqual(
      all.slice(0, 4).map(({ id }) => id),
    )
  })
})

describe('members', () => {
  test('join, are listed, and leave', async () => {
    const { id } = await create('Members')
    const userId = oktaUserIdOf('ada.okafor')
    const path = `/api/v1/groups/${id}/users/${userId}`
    expect((await api.ask('PUT', path)).status).toBe(204)
    expect((await api.ask('PUT', path)).status).toBe(204)
    expect((await list(`/groups/${id}/users`)).map((user) => user.id)).toEqual([userId])
    expect((await api.ask('DELETE', path)).status).toBe(204)
    expect(await list(`/groups/${id}/users`)).toEqual([])
    expect(await refusal('DELETE', `/groups/${id}/users/${userId}`)).toEqual([404, 'E0000007'])
    expect(await refusal('PUT', `/groups/${id}/users/00unone`)).toEqual([404, 'E0000007'])
    expect(await refusal('PUT', `/groups/00gnone/users/${userId}`)).toEqual([404, 'E0000007'])
  })

  test('of an assigned group get its apps, which the group lists', async () => {
    const [appGroup] = Array.from(api.system.store.entries('appGroups'), ([, each]) => each)
    if (appGroup === undefined) throw new Error('The world has no assigned group.')
    const { groupId, appId } = appGroup
    expect((await list(`/groups/${groupId}/apps`)).map(({ id }) => id)).toEqual([appId])
    const body = {
      profile: {
        login: 'new.member@brightwave.example',
        email: 'new.member@brightwave.example',
        firstName: 'New',
        lastName: 'Member',
      },
      groupIds: [groupId],
    }
    const user = (await api.ask('POST', '/api/v1/users', { body })).json()
    const links = await list(`/users/${user['id']}/appLinks`)
    expect(links).toMatchObject([{ appInstanceId: appId, label: 'Dialpad', hidden: false }])
  })

  test('need an administrator of people', async () => {
    const token = await api.token('oskar.lindqvist')
    const group = `/api/v1/groups/${oktaGroupIdOf('Sales')}`
    for (const [method, path] of [
      ['PUT', `${group}/users/${oktaUserIdOf('ada.okafor')}`],
      ['DELETE', `${group}/users/${oktaUserIdOf('ada.okafor')}`],
      ['DELETE', group],
    ] as const) {
      const answer = await api.ask(method, path, { token })
      expect([path, answer.json()['errorCode']]).toEqual([path, 'E0000006'])
    }
  })
})

describe('rules', () => {
  const rule = (name: string, more: object = {}) => ({
    type: 'group_rule',
    name,
    conditions: {
      people: { users: { exclude: [oktaUserIdOf('ada.okafor')] }, groups: { exclude: [] } },
      expression: { value: 'user.department=="Sales"', type: 'urn:okta:expression:1.0' },
    },
    actions: { assignUserToGroups: { groupIds: [oktaGroupIdOf('Sales')] } },
    ...more,
  })

  test('are made inactive, activated, deactivated, replaced and deleted', async () => {
    const made = await api.ask('POST', '/api/v1/groups/rules', { body: rule('Sellers') })
    expect(made.status, made.text).toBe(200)
    expect(made.json()).toMatchObject({ ...rule('Sellers'), status: 'INACTIVE', allGroupsValid: true })
    const id = String(made.json()['id'])
    expect(id).toMatch(/^0pr\w{17}$/)
    const path = `/groups/rules/${id}`
    expect((await api.ask('POST', `/api/v1${path}/lifecycle/activate`)).status).toBe(204)
    expect((await api.ask('GET', `/api/v1${path}`)).json()).toMatchObject({ status: 'ACTIVE' })
    expect(await refusal('PUT', path, rule('Other'))).toEqual([400, 'E0000001'])
    expect(await refusal('DELETE', path)).toEqual([400, 'E0000001'])
    expect((await api.ask('POST', `/api/v1${path}/lifecycle/deactivate`)).status).toBe(204)
    expect((await api.ask('PUT', `/api/v1${path}`, { body: rule('Other') })).json()).toMatchObject({ name: 'Other' })
    expect((await list('/groups/rules?search=oth')).map((each) => each.id)).toEqual([id])
    expect((await api.ask('DELETE', `/api/v1${path}?removeUsers=true`)).status).toBe(202)
    expect(await refusal('GET', path)).toEqual([404, 'E0000007'])
  })

  test.each([
    [rule('', {}), 'E0000001'],
    [rule('Bad', { actions: { assignUserToGroups: { groupIds: ['00gnone'] } } }), 'E0000001'],
    [rule('Bad', { conditions: { expression: { value: 'user.(' } } }), 'E0000001'],
    [rule('Bad', { conditions: {} }), 'E0000001'],
    [{}, 'E0000001'],
  ])('%j are refused', async (body, code) => {
    expect(await refusal('POST', '/groups/rules', body)).toEqual([400, code])
  })
})
