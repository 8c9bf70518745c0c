import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { type Browser, createBrowser } from '#kit/test/browser.ts'
import { freePorts } from '#kit/test/free-ports.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { type ControlClient, createControlClient } from '#scenarios/library/control-client.ts'
import { type ServiceProcess, startProcess } from './processes.ts'

/** `kill -9` in the middle of cycles over 200 people: nothing acknowledged is lost, nobody is made twice. */

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

/** Configure everybody's provisioning in the admin center and start it. @returns the id of the app. */
async function startProvisioning(): Promise<string> {
  const appId = await addDialpadToTenant()
  // An outage fails most of a small tenant, which the thresholds of a lab would take for a reason to stop.
  await entra.setSwitch('quarantine-thresholds', 'real')
  const pages = await signIn()
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
  return appId
}

async function signIn(): Promise<Browser> {
  const pages = createBrowser(entra.origin)
  const password = await pages.submit(await pages.go('/admin'), '/email', { email: MARTA })
  const stay = await pages.submit(password, '/password', { password: TRAINING_PASSWORD })
  await pages.submit(stay, '/stay', { stay: 'no' })
  return pages
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

/**
 * Cycles that fall due run until nobody waits for another try. A target that is gone may have put the job into quarantine: then the
 * next attempt is hours away.
 */
async function runOut(): Promise<void> {
  for (let moves = 0; moves < 8; moves += 1) {
    const { collections } = await entra.state()
    const isSlowed = Object.values(collections['provisioningRuns'] ?? {}).some(
      (run) => (run as { quarantine: unknown }).quarantine !== null,
    )
    await entra.moveClock({ advance: isSlowed ? 'PT6H' : 'PT40M' })
    const after = (await entra.state()).collections
    const [run] = Object.values(after['provisioningRuns'] ?? {}) as { quarantine: unknown; cycle: unknown }[]
    const isOver = run?.quarantine === null && run.cycle === null
    if (isOver && Object.keys(after['provisioningEscrows'] ?? {}).length === 0) return
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
    // An outage fails most of a small tenant, which the thresholds of a lab would take for a reason to stop.
    await entra.setSwitch('quarantine-thresholds', 'real')
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

interface Sent {
  readonly method: string
  /** Path below the SCIM base. */
  readonly path: string
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** What reached Dialpad's SCIM server and was to change something, in order. */
async function writes(): Promise<readonly Sent[]> {
  const found: Sent[] = []
  for (let after = 0; ; ) {
    const { items, next } = await dialpad.journal({ after, kind: 'scim' })
    if (items.length === 0) return found
    after = next
    for (const { request, response } of items) {
      const { method = '', url = '', body } = request ?? {}
      if (method === 'GET') continue
      const path = new URL(url, dialpad.origin).pathname.replace(/^.*(?=\/(?:Users|Groups))/, '')
      found.push({
        method,
        path,
        status: response?.status ?? 0,
        body: body === undefined ? {} : (JSON.parse(body) as Sent['body']),
      })
    }
  }
}

/** Requests under way at a time: what a kill may catch unanswered. */
const IN_FLIGHT = 8

interface ScimGroup {
  readonly displayName: string
  readonly members?: readonly { readonly value: string }[]
}

async function groups(): Promise<readonly ScimGroup[]> {
  const answer = await fetch(`${dialpad.origin}/scim/Groups?count=100`, { headers: { authorization: `Bearer ${key}` } })
  return ((await answer.json()) as { readonly Resources: readonly ScimGroup[] }).Resources
}

/** A script of the administrator, at Graph. */
async function openGraph(): Promise<(method: string, path: string, body?: object) => Promise<void>> {
  const answer = await fetch(`${entra.origin}/${TENANT_ID}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: SAMPLE_WEB_APP.appId,
      client_secret: SAMPLE_WEB_APP.secret,
      scope: 'https://graph.microsoft.com/.default',
    }),
  })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  return async (method, path, body) => {
    const { ok, status } = await fetch(`${entra.origin}/v1.0${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!ok) throw new Error(`${method} ${path}: ${status}`)
  }
}

const records = async (collection: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  Object.values((await entra.state()).collections[collection] ?? {}) as Record<string, unknown>[]

const status = async (): Promise<unknown> => (await records('provisioningRuns'))[0]

/** Wait for a moment of the target's. */
async function until(isReached: () => Promise<boolean>): Promise<void> {
  while (!(await isReached())) await pause(20)
}

const patchesOf = async (kind: 'Users' | 'Groups'): Promise<readonly Sent[]> =>
  (await writes()).filter(({ method, path }) => method === 'PATCH' && path.startsWith(`/${kind}/`))

const slowly = (on: string, delayMs: number): Promise<void> => dialpad.putFaults([{ on, effect: { delayMs } }])

/** Nobody and nothing was made a second time, not even as an attempt. */
async function expectEverythingMadeOnce(): Promise<void> {
  const made = (await writes()).filter(({ method }) => method === 'POST')
  const names = made.map(({ body }) => `${body['userName'] ?? body['displayName']}`)
  expect(new Set(names).size).toBe(names.length)
  expect(made.map((each) => each.status)).toEqual(made.map(() => 201))
}

describe('kill -9 of the directory in the later passes of a cycle', () => {
  const TEAMS = PEOPLE / 20

  test('while groups get their members: every group once, every member once, only what was unanswered is repeated', async () => {
    await startProvisioning()
    await slowly('scim.groups.patch', 60)
    await until(async () => (await patchesOf('Groups')).length >= 2)
    await idp.kill()
    const before = (await patchesOf('Groups')).length
    expect(before).toBeLessThan(TEAMS + IN_FLIGHT)
    await dialpad.clearFaults()

    idp = await startIdp()
    await runOut()

    await expectEverybodyOnce()
    await expectEverythingMadeOnce()
    const held = await groups()
    expect(held).toHaveLength(TEAMS)
    for (const { members = [] } of held) expect(new Set(members.map(({ value }) => value)).size).toBe(20)
    const patched = (await patchesOf('Groups')).map(({ path }) => path)
    expect(new Set(patched).size).toBe(TEAMS)
    expect(patched.length - TEAMS).toBeLessThanOrEqual(IN_FLIGHT)
  }, 90_000)

  test('while departures are counted and sent: all are held back once, and once allowed all are sent', async () => {
    const LEAVING = 30
    const CHANGED = 60
    const appId = await startProvisioning()
    await runOut()
    const pages = await signIn()
    const at = `/admin/apps/${appId}/provisioning`
    await pages.submit(await pages.go(`${at}/properties/edit`), '/properties/edit', {
      notificationEmail: 'it-ops@brightwave.example',
      guardEnabled: 'true',
      threshold: '5',
    })
    const handles = Array.from({ length: LEAVING + CHANGED }, (_, n) => `person${String(n + 1).padStart(6, '0')}`)
    const graph = await openGraph()
    for (const [n, handle] of handles.entries()) {
      const change = n % 3 === 0 ? { accountEnabled: false } : { jobTitle: 'Team Lead' }
      await graph('PATCH', `/users/${handle}@brightwave.example`, change)
    }
    const leaving = handles.filter((_, n) => n % 3 === 0)
    expect(leaving).toHaveLength(LEAVING)

    // Killed while some of the departures are noted and others not yet found.
    const earlier = (await patchesOf('Users')).length
    await slowly('scim.users.patch', 60)
    const cycle = entra.moveClock({ advance: 'PT40M' }).catch(() => undefined)
    await until(async () => (await patchesOf('Users')).length >= earlier + CHANGED / 4)
    await idp.kill()
    await cycle
    await dialpad.clearFaults()
    idp = await startIdp()
    await entra.moveClock({ advance: 'PT1S' })
    expect(await status()).toMatchObject({ quarantine: { reason: 'TooManyDeletes' }, cycle: null })
    const staged = (await records('provisioningLogs')).filter(({ action }) => action === 'StagedDelete')
    expect(staged).toHaveLength(LEAVING)
    expect((await everybody()).filter(({ active }) => !active)).toEqual([])
    const titles = (await patchesOf('Users')).slice(earlier).map(({ path }) => path)
    expect(new Set(titles).size).toBe(CHANGED)
    expect(titles.length - CHANGED).toBeLessThanOrEqual(IN_FLIGHT)

    // Allowed, and killed while they are sent.
    const before = earlier + titles.length
    await slowly('scim.users.patch', 60)
    const again = await signIn()
    await again.submit(await again.go(`${at}/allow-deletes`), '/allow-deletes')
    await until(async () => (await patchesOf('Users')).length >= before + LEAVING / 3)
    await idp.kill()
    await dialpad.clearFaults()
    idp = await startIdp()
    await runOut()
    const off = (await everybody()).filter(({ active }) => !active).map(({ userName }) => userName)
    expect(off.toSorted()).toEqual(leaving.map((handle) => `${handle}@brightwave.example`).toSorted())
    expect(await status()).toMatchObject({ quarantine: null, cycle: null })
    expect(await records('provisioningDepartures')).toEqual([])
    const sent = (await patchesOf('Users')).slice(before).map(({ path }) => path)
    expect(new Set(sent).size).toBe(LEAVING)
    expect(sent.length - LEAVING).toBeLessThanOrEqual(IN_FLIGHT)
    await expectEverythingMadeOnce()
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
