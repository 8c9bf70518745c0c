import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { reachKit } from '#scenarios/runner/reach-kit.ts'
import { ControlRefusal } from '../control-client.ts'
import { connectDialpad } from '../scene/connect-dialpad.ts'
import { methodName } from '../scene/methods.ts'
import type { Scene } from '../scene/scene.ts'
import { type Kit, startKit } from '../start-kit.ts'
import { writtenBy } from './stage.ts'

const MARTA = 'marta.silva@brightwave.example'
const GROUP = 'Dialpad Users'

type Fields = Readonly<Record<string, unknown>>

let kit: Kit
let scene: Scene
beforeAll(async () => {
  kit = await startKit()
  scene = kit.scene
})
afterAll(() => kit.close())
beforeEach(async () => {
  await kit.control.kit.reset({ world: 'brightwave' })
})

async function records(system: 'entra' | 'okta' | 'dialpad', collection: string): Promise<readonly Fields[]> {
  return Object.values((await kit.control[system].state()).collections[collection] ?? {}) as Fields[]
}

async function refusal(call: Promise<unknown>): Promise<unknown> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof ControlRefusal ? [error.status, error.code] : error
}

const accounts = async () =>
  (await records('dialpad', 'users')).filter(({ origin, state }) => origin === 'scim' && state === 'active').length

describe('the methods', () => {
  test.each(['entra', 'okta', 'dialpad'] as const)('of %s are its commands', async (system) => {
    const commands = await kit.control[system].commands()
    expect(Object.keys(scene[system]).toSorted()).toEqual(commands.map(({ name }) => methodName(name)).toSorted())
    for (const { does, input } of commands) {
      expect(does).toMatch(/\.$/)
      expect(input).toMatchObject({ type: 'object', additionalProperties: false })
    }
  })

  test('a kit that runs elsewhere has the same scene', async () => {
    const reached = await reachKit(kit.urls.kit)
    await reached.scene.entra.addApp()
    expect((await records('entra', 'servicePrincipals')).map(({ displayName }) => displayName)).toContain('Dialpad')
  })

  test('what the product refuses is a ControlRefusal, and nothing is changed', async () => {
    await scene.entra.addApp()
    const before = await writtenBy(kit.control.entra)
    expect(await refusal(scene.entra.assign([MARTA, 'Nobody']))).toEqual([404, 'unknown_principal'])
    expect(await refusal(scene.entra.addApp())).toEqual([409, 'ObjectConflict'])
    expect(await refusal(scene.entra.startProvisioning())).toEqual([404, 'not_configured'])
    expect(await writtenBy(kit.control.entra)).toEqual(before)
  })
})

describe('connectDialpad', () => {
  test('from Entra: everybody of the group has an account when it returns, and time brings the rest', async () => {
    const { appId, jobId, apiKey, firstCycle } = await connectDialpad(kit, { from: 'entra', assign: [GROUP] })
    expect(firstCycle).toMatchObject({ ended: 'completed' })
    expect(apiKey.secret.length).toBeGreaterThan(20)
    const [job] = await records('entra', 'provisioningJobs')
    expect(job).toMatchObject({ id: jobId, servicePrincipalId: appId, state: 'Active', scope: 'assigned' })
    const count = await accounts()
    expect(count).toBeGreaterThan(3)

    const ada = 'ada.byron@brightwave.example'
    await scene.entra.addPerson(ada, { displayName: 'Ada Byron', mail: ada, givenName: 'Ada', surname: 'Byron' })
    await scene.entra.addMember(GROUP, { member: ada })
    await scene.advance('PT40M')
    expect(await accounts()).toBe(count + 1)
    await scene.entra.blockPerson(ada)
    await scene.runCycle()
    expect(await accounts()).toBe(count)
  })

  test('ends where the world does that was connected by hand', async () => {
    const matter = async () => {
      const [job = {}] = await records('entra', 'provisioningJobs')
      const { state, scope, schema, tenantUrl } = job
      const offices = new Map((await records('dialpad', 'offices')).map(({ id, name }) => [id, name]))
      const people = (await records('dialpad', 'users'))
        .filter(({ origin }) => origin === 'scim')
        .map((user) => [
          (user['emails'] as string[])[0],
          user['state'],
          offices.get(user['officeId']),
          user['licence'],
          user['title'],
        ])
      return { state, scope, schema, tenantUrl, people: people.toSorted() }
    }
    await connectDialpad(kit, { from: 'entra', assign: [GROUP] })
    const made = await matter()
    await kit.control.kit.reset({ world: 'connected-entra' })
    expect(made).toEqual(await matter())
  })

  test('from Okta, with SAML on both sides', async () => {
    const { appId, firstJobs } = await connectDialpad(kit, { from: 'okta', assign: [GROUP, MARTA], saml: true })
    expect(firstJobs).toMatchObject({ waiting: 0 })
    const app = (await records('okta', 'apps')).find(({ catalogKey }) => catalogKey === 'dialpad')
    expect(app).toMatchObject({
      id: appId,
      signOn: { usernameTemplate: { format: 'email' }, acsUrl: expect.stringContaining('/saml/sso/okta/') },
      provisioning: { enabled: true, toApp: { createUsers: true, deactivateUsers: true } },
    })
    const [company] = await records('dialpad', 'companies')
    expect(company).toMatchObject({ saml: { provider: 'okta', idpEntityId: expect.stringContaining('okta.com/exk') } })
    const rows = await records('okta', 'appUsers')
    expect(rows.length).toBeGreaterThan(3)
    expect(rows.every(({ externalId }) => externalId !== undefined)).toBe(true)
  })

  test('without a start nothing is sent', async () => {
    const { jobId, firstCycle } = await connectDialpad(kit, { from: 'entra', assign: [GROUP], start: false })
    expect([jobId.length > 0, firstCycle, await accounts()]).toEqual([true, undefined, 0])
  })

  test('a refused step takes the key back', async () => {
    expect(await refusal(connectDialpad(kit, { from: 'okta', assign: ['No such group'] }))).toEqual([
      404,
      'unknown_group',
    ])
    const keys = await records('dialpad', 'apiKeys')
    expect(keys.filter(({ name, revokedAt }) => name === 'Okta' && revokedAt === undefined)).toEqual([])
  })
})

test('no secret told to a command is in a journal', async () => {
  const { apiKey } = await connectDialpad(kit, { from: 'entra', assign: [GROUP] })
  for (const system of ['entra', 'dialpad'] as const) {
    expect(JSON.stringify((await kit.control[system].journal()).items)).not.toContain(apiKey.secret)
  }
})
