import okta from '@okta/okta-sdk-nodejs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, SUPER_ADMIN, startApi } from './start-api.ts'

/** The org's own client library, as it is published, with nothing of ours in between. */

let api: RunningApi
let client: okta.Client
beforeAll(async () => {
  api = await startApi('connected-okta')
  client = new okta.Client({
    orgUrl: api.origin,
    token: await api.token(SUPER_ADMIN),
    cacheMiddleware: null,
  } as ConstructorParameters<typeof okta.Client>[0])
})
afterAll(() => api.close())

const profile = (handle: string) => ({
  login: `${handle}@brightwave.example`,
  email: `${handle}@brightwave.example`,
  firstName: 'Iris',
  lastName: 'Lindgren',
})

describe('the published client', () => {
  test('creates, finds, changes, suspends, deactivates and deletes somebody', async () => {
    const { userApi } = client
    const body = { profile: profile('iris.lindgren'), credentials: { password: { value: 'Correct-horse-7' } } }
    const user = await userApi.createUser({ body, activate: true })
    expect(user.status).toBe('ACTIVE')
    const userId = user.id ?? ''
    expect((await userApi.getUser({ userId: 'iris.lindgren@brightwave.example' })).id).toBe(userId)
    const changed = await userApi.updateUser({ userId, user: { profile: { title: 'Buyer' } } })
    expect(changed.profile?.title).toBe('Buyer')
    await userApi.suspendUser({ userId })
    expect((await userApi.getUser({ userId })).status).toBe('SUSPENDED')
    await userApi.unsuspendUser({ userId })
    await userApi.deactivateUser({ userId })
    await userApi.deleteUser({ userId })
    await expect(userApi.getUser({ userId })).rejects.toMatchObject({ status: 404, errorCode: 'E0000007' })
  })

  test('lists everybody through all pages', async () => {
    const seen: (string | undefined)[] = []
    const collection = await client.userApi.listUsers({ limit: 9 })
    await collection.each((user) => {
      seen.push(user.id)
    })
    const known = Array.from(api.system.store.entries('users'), ([, user]) => user)
    expect(seen).toEqual(known.filter(({ status }) => status !== 'DEPROVISIONED').map(({ id }) => id))
    const found: (string | undefined)[] = []
    await (await client.userApi.listUsers({ search: 'profile.department eq "Sales"' })).each((user) => {
      found.push(user.profile?.department)
    })
    expect(new Set(found)).toEqual(new Set(['Sales']))
  })

  test('makes a group, puts somebody in, and assigns it to an app, which gives them the app', async () => {
    const group = await client.groupApi.createGroup({ group: { profile: { name: 'Buyers', description: 'They buy' } } })
    const groupId = group.id ?? ''
    const body = { profile: profile('bo.lindgren'), groupIds: [groupId] }
    const userId = (await client.userApi.createUser({ body, activate: true })).id ?? ''
    const [app] = api.system.store.find('apps', 'catalogKey', 'dialpad')
    await client.applicationApi.assignGroupToApplication({ appId: app?.id ?? '', groupId })
    const apps: (string | undefined)[] = []
    await (await client.userApi.listAppLinks({ userId })).each((link) => {
      apps.push(link.label)
    })
    expect(apps).toEqual(['Dialpad'])
    await client.groupApi.unassignUserFromGroup({ groupId, userId })
    await client.groupApi.deleteGroup({ groupId })
  })

  test('reads the log', async () => {
    const types: (string | undefined)[] = []
    const events = await client.systemLogApi.listLogEvents({
      filter: 'eventType eq "user.lifecycle.create"',
      since: '2020-01-01T00:00:00Z',
      until: '2999-01-01T00:00:00Z',
      limit: 1,
    } as Parameters<typeof client.systemLogApi.listLogEvents>[0])
    await events.each((event) => {
      types.push(event.eventType)
    })
    expect(types).toEqual(['user.lifecycle.create', 'user.lifecycle.create'])
  })

  test('understands what is refused', async () => {
    const body = { profile: profile(SUPER_ADMIN) }
    await expect(client.userApi.createUser({ body })).rejects.toMatchObject({
      status: 400,
      errorCode: 'E0000001',
      errorCauses: [{ errorSummary: 'login: An object with this field already exists in the current organization' }],
    })
  })

  test('waits out a rate limit by itself', async () => {
    await api.system.control.setFaults([{ on: 'okta.api.org.get', effect: { status: 429, retryAfter: 1 }, times: 1 }])
    expect((await client.orgSettingApi.getOrgSettings()).companyName).toBe('Brightwave')
  })
})
