import { once } from 'node:events'
import { startKit } from 'provisioning-twin'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createScimServer } from './server.js'

const TOKEN = 'a-token-of-this-test'
const ADA = 'ada.okafor@brightwave.example'
const APP = 'Timesheets'

let kit
let scim
let baseUrl

beforeAll(async () => {
  kit = await startKit({ world: 'brightwave' })
}, 60_000)
afterAll(() => kit.close())

beforeEach(async () => {
  await kit.control.kit.reset()
  scim = createScimServer({ token: TOKEN })
  await once(scim.server.listen(0, '127.0.0.1'), 'listening')
  baseUrl = `http://127.0.0.1:${scim.server.address().port}/scim`
})
afterEach(() => {
  scim.server.closeAllConnections()
  scim.server.close()
})

/** What the server holds of a person. */
function held(userName) {
  return [...scim.users.values()].find((user) => user.userName === userName)
}

describe('Entra, by an app that is in no gallery', () => {
  beforeEach(async () => {
    const { entra } = kit.scene
    await entra.addApp({ name: APP })
    await entra.configureProvisioning({ app: APP, tenantUrl: baseUrl, token: TOKEN })
  })

  test('creates who is assigned, follows a change, deactivates who is unassigned', async () => {
    const { entra, advance } = kit.scene
    await entra.assign(ADA, { app: APP })
    await entra.startProvisioning(APP)
    await kit.scene.runCycle(APP)
    expect(held(ADA)).toMatchObject({ active: true, displayName: 'Ada Okafor', name: { givenName: 'Ada' } })

    await entra.editPerson(ADA, { jobTitle: 'Team Lead' })
    await advance('PT40M')
    expect(held(ADA)).toMatchObject({ title: 'Team Lead' })

    await entra.unassign(ADA, { app: APP })
    await advance('PT40M')
    expect(held(ADA)).toMatchObject({ active: false, title: 'Team Lead' })
    expect(scim.users.size).toBe(1)
  })

  test('is refused where the token is wrong, as on the page', async () => {
    await expect(kit.scene.entra.setToken('another token', { app: APP })).rejects.toThrow('answered 401')
  })
})

describe('Okta, by an app of the App Integration Wizard', () => {
  beforeEach(async () => {
    const { okta } = kit.scene
    await okta.addApp(APP, { catalog: 'custom', baseUrl })
    // Okta sends the header as it is typed here.
    await okta.connect(`Bearer ${TOKEN}`, { app: APP })
    await okta.setToApp({ app: APP, createUsers: true, updateAttributes: true, deactivateUsers: true })
  })

  test('creates who is assigned, follows a change, deactivates who is unassigned', async () => {
    const { okta } = kit.scene
    await okta.assignPerson(ADA, { app: APP })
    await okta.runJobs()
    expect(held(ADA)).toMatchObject({ active: true, name: { givenName: 'Ada', familyName: 'Okafor' } })

    await okta.editPerson(ADA, { profile: { lastName: 'Lovelace' } })
    await okta.runJobs()
    expect(held(ADA)).toMatchObject({ name: { familyName: 'Lovelace' } })

    await okta.unassignPerson(ADA, { app: APP })
    await okta.runJobs()
    expect(held(ADA)).toMatchObject({ active: false })
    expect(scim.users.size).toBe(1)
  })
})

describe('the server by itself', () => {
  const ask = (path, init) =>
    fetch(baseUrl + path, { ...init, headers: { authorization: `Bearer ${TOKEN}`, ...init?.headers } })

  test('refuses a stranger, a second of the same name, and a filter it does not know', async () => {
    expect((await ask('/Users', { headers: { authorization: 'Bearer x' } })).status).toBe(401)
    const ada = { method: 'POST', body: JSON.stringify({ userName: ADA, password: 'secret' }) }
    const created = await (await ask('/Users', ada)).json()
    expect(created).not.toHaveProperty('password')
    const second = await ask('/Users', { ...ada, body: JSON.stringify({ userName: ADA.toUpperCase() }) })
    expect([second.status, (await second.json()).scimType]).toEqual([409, 'uniqueness'])
    expect((await ask('/Users?filter=title%20pr')).status).toBe(400)
    expect((await ask('/Users/nobody')).status).toBe(404)
  })
})
