import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { createBrowser } from '#kit/test/browser.ts'
import { freePorts } from '#kit/test/free-ports.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { type ControlClient, createControlClient } from '#scenarios/library/control-client.ts'
import { type ServiceProcess, startProcess } from './processes.ts'

/** `kill -9` in the middle of an initial cycle over 200 people: nothing acknowledged is lost, nobody is made twice. */

const PEOPLE = 200
const MARTA = 'marta.silva@brightwave.example'

let folder: string
let env: Record<string, string>
let idp: ServiceProcess
let sandbox: ServiceProcess
let entra: ControlClient
let dialpad: ControlClient
let key: string

const startIdp = (): Promise<ServiceProcess> => startProcess('idp', ['entra', 'okta'], env)
const startSandbox = (): Promise<ServiceProcess> => startProcess('dialpad-sandbox', ['dialpad'], env)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'provisioning-twin-kill-'))
  const ports = await freePorts(SYSTEM_ADDRESSES.length)
  env = { DATA_DIR: folder, WORLD: `scale:${PEOPLE}` }
  SYSTEM_ADDRESSES.forEach(({ name }, index) => {
    env[`${name.toUpperCase()}_PORT`] = String(ports[index])
  })
  ;[idp, sandbox] = await Promise.all([startIdp(), startSandbox()])
  entra = createControlClient(`http://localhost:${env['ENTRA_PORT']}`)
  dialpad = createControlClient(`http://localhost:${env['DIALPAD_PORT']}`)
  key = ((await dialpad.call('POST', '/api-keys', { name: 'Provisioning' })) as { secret: string }).secret
}, 60_000)

afterEach(async () => {
  await Promise.all([idp.stop(), sandbox.stop()])
  rmSync(folder, { recursive: true, force: true })
})

/** The app as `connected-entra` has it, put into the tenant of this world: consent is another test's matter. */
async function addDialpadToTenant(): Promise<string> {
  await entra.reset({ world: 'connected-entra' })
  const connected = (await entra.state()).collections
  const [appId, app] = Object.entries(connected['servicePrincipals'] ?? {}).find(
    ([, each]) => (each as { displayName: string }).displayName === 'Dialpad',
  ) ?? ['', {}]
  await entra.reset({ world: `scale:${PEOPLE}` })
  const state = await entra.state()
  const servicePrincipals = { ...state.collections['servicePrincipals'], [appId]: { ...app, ownerIds: [] } }
  await entra.putState({ ...state, collections: { ...state.collections, servicePrincipals } })
  return appId
}

/** Configure everybody's provisioning in the admin center and start it. */
async function startProvisioning(): Promise<void> {
  const appId = await addDialpadToTenant()
  const pages = createBrowser(entra.origin)
  const password = await pages.submit(await pages.go('/admin'), '/email', { email: MARTA })
  const stay = await pages.submit(password, '/password', { password: TRAINING_PASSWORD })
  await pages.submit(stay, '/stay', { stay: 'no' })
  const at = `/admin/apps/${appId}/provisioning`
  const secretToken = key
  const tested = await pages.submit(await pages.go(`${at}/new`), '/new', {
    tenantUrl: 'https://dialpad.com/scim',
    secretToken,
    act: 'test',
  })
  await pages.submit(tested, '/new', { act: 'create' })
  await pages.submit(await pages.go(`${at}/properties/edit`), '/properties/edit', { scope: 'all' })
  await pages.submit(await pages.go(at), '/start')
}

interface ScimList {
  readonly totalResults: number
  readonly Resources: readonly { readonly id: string; readonly userName: string; readonly active: boolean }[]
}

async function accounts(startIndex = 1): Promise<ScimList> {
  const answer = await fetch(`${dialpad.origin}/scim/Users?startIndex=${startIndex}&count=100`, {
    headers: { authorization: `Bearer ${key}` },
  })
  return (await answer.json()) as ScimList
}

async function everybody(): Promise<ScimList['Resources']> {
  const first = await accounts()
  const found = [...first.Resources]
  while (found.length < first.totalResults) found.push(...(await accounts(found.length + 1)).Resources)
  return found
}

/** Creating takes a little longer than usual, so that the middle of the cycle can be met. */
async function untilHalfway(): Promise<number> {
  for (;;) {
    const { totalResults } = await accounts()
    if (totalResults >= PEOPLE / 3) return totalResults
  }
}

const slowCreation = (): Promise<void> => dialpad.putFaults([{ on: 'scim.users.create', effect: { delayMs: 40 } }])

/** Cycles that fall due run until nobody waits for another try. */
async function runOut(): Promise<void> {
  for (let cycles = 0; cycles < 4; cycles += 1) {
    await entra.moveClock({ advance: 'PT40M' })
    const { collections } = await entra.state()
    if (Object.keys(collections['provisioningEscrows'] ?? {}).length === 0) return
  }
}

async function expectEverybodyOnce(): Promise<void> {
  const users = await everybody()
  expect(users.filter(({ active }) => active)).toHaveLength(PEOPLE)
  expect(new Set(users.map(({ userName }) => userName.toLowerCase())).size).toBe(PEOPLE)
  const links = Object.values((await entra.state()).collections['provisioningLinks'] ?? {}) as {
    kind: string
    targetId: string
  }[]
  const linked = links.filter(({ kind }) => kind === 'User').map(({ targetId }) => targetId)
  expect(linked.sort()).toEqual(users.map(({ id }) => id).sort())
}

describe('kill -9 in the middle of an initial cycle', () => {
  test('of the directory: the next process completes the cycle', async () => {
    await startProvisioning()
    await slowCreation()
    const before = await untilHalfway()
    await idp.kill()
    expect(before).toBeLessThan(PEOPLE)
    const kept = (await everybody()).map(({ id }) => id)
    await dialpad.clearFaults()

    idp = await startIdp()
    await runOut()

    await expectEverybodyOnce()
    const ids = new Set((await everybody()).map(({ id }) => id))
    expect(kept.every((id) => ids.has(id))).toBe(true)
  }, 90_000)

  test('of the target: what it acknowledged is there again, the rest follows with the next cycles', async () => {
    await startProvisioning()
    await slowCreation()
    await untilHalfway()
    const acknowledged = (await everybody()).map(({ id }) => id)
    await sandbox.kill()

    sandbox = await startSandbox()
    const restored = new Set((await everybody()).map(({ id }) => id))
    expect(acknowledged.every((id) => restored.has(id))).toBe(true)
    await dialpad.clearFaults()
    await runOut()

    await expectEverybodyOnce()
  }, 90_000)
})

describe('a store that cannot be trusted', () => {
  test('a truncated file is named, kept and never overwritten', async () => {
    await sandbox.stop()
    const file = join(folder, 'dialpad.json')
    const half = Math.floor(readFileSync(file).length / 2)
    truncateSync(file, half)
    const damaged = readFileSync(file)

    const refused = await startSandbox()
    expect(await refused.ended).toBe(1)
    expect(refused.said()).toContain(file)
    expect(refused.said()).not.toMatch(/\n\s+at /)
    expect(readFileSync(file)).toEqual(damaged)
    sandbox = refused
  }, 60_000)

  test('a second start on the same folder is refused by name', async () => {
    const second = await startProcess('dialpad-sandbox', ['dialpad'], {
      ...env,
      DIALPAD_PORT: String((await freePorts(1))[0]),
    })
    expect(await second.ended).toBe(1)
    expect(second.said()).toContain('dialpad')
    expect(second.said()).toContain(join(folder, 'dialpad.lock'))
    expect((await dialpad.health()).status).toBe('ok')
  }, 60_000)
})
