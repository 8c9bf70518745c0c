import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { freePorts } from '#kit/test/free-ports.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { type ControlClient, createControlClient } from '#scenarios/library/control-client.ts'
import { type ServiceProcess, startProcess } from './processes.ts'

/** `kill -9` of the org in the middle of its queue: no acknowledged job is lost, nobody is made twice, everybody's order is kept. */

const PEOPLE = 120
const DOMAIN = 'brightwave.example'

type Fields = Readonly<Record<string, unknown>>

let folder: string
let env: Record<string, string>
let idp: ServiceProcess
let sandbox: ServiceProcess
let okta: ControlClient
let dialpad: ControlClient
let at: string

const startIdp = (): Promise<ServiceProcess> => startProcess('idp', ['entra', 'okta'], env)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'provisioning-twin-okta-kill-'))
  const ports = await freePorts(SYSTEM_ADDRESSES.length)
  env = { DATA_DIR: folder, WORLD: `scale:${PEOPLE}` }
  SYSTEM_ADDRESSES.forEach(({ name }, index) => {
    env[`${name.toUpperCase()}_PORT`] = String(ports[index])
  })
  ;[idp, sandbox] = await Promise.all([startIdp(), startProcess('dialpad-sandbox', ['dialpad'], env)])
  okta = createControlClient(`http://localhost:${env['OKTA_PORT']}`)
  dialpad = createControlClient(`http://localhost:${env['DIALPAD_PORT']}`)
  const { secret } = (await dialpad.call('POST', '/api-keys', { name: 'Okta' })) as { secret: string }
  const pages = await signIn()
  await pages.open('/admin/apps/add-app/dialpad/settings')
  await pages.submit('/settings', { label: 'Dialpad' })
  at = pages.path.replace(/\/assignments$/, '')
  await pages.open(`${at}/signon/edit`)
  await pages.submit('/signon/edit', { format: 'email' })
  await pages.open(`${at}/provisioning/integration/edit`)
  await pages.submit('/integration/edit', { enabled: 'true', importGroups: 'true', token: secret, do: 'save' })
  await pages.open(`${at}/provisioning/to-app/edit`)
  await pages.submit('/to-app/edit', { createUsers: 'true', updateAttributes: 'true', deactivateUsers: 'true' })
}, 60_000)

afterEach(async () => {
  await Promise.all([idp.stop(), sandbox.stop()])
  rmSync(folder, { recursive: true, force: true })
})

async function signIn(): Promise<Visitor> {
  const pages = createVisitor(okta.origin)
  await pages.open('/admin')
  await pages.submit('/login/identify', { username: `marta.silva@${DOMAIN}` })
  await pages.submit('/login/verify', { password: TRAINING_PASSWORD })
  return pages
}

async function records(system: ControlClient, collection: string): Promise<readonly Fields[]> {
  return Object.values((await system.state()).collections[collection] ?? {}) as Fields[]
}

interface Sent {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly body: Fields
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
      const parsed = body === undefined ? {} : (JSON.parse(body) as Fields)
      found.push({ method, path, status: response?.status ?? 0, body: parsed })
    }
  }
}

async function until(isReached: () => Promise<boolean>): Promise<void> {
  while (!(await isReached())) await pause(20)
}

const created = async (): Promise<readonly Sent[]> => (await writes()).filter(({ method }) => method === 'POST')

/** Everybody in the org gets the app: the built-in group. */
async function assignEverybody(): Promise<void> {
  const everyone = (await records(okta, 'groups')).find(({ type }) => type === 'BUILT_IN')
  const pages = await signIn()
  const page = `${at}/assignments/assign/groups/${everyone?.['id']}`
  await pages.open(page)
  await pages.submit(`/assign/groups/${everyone?.['id']}`)
  expect(pages.text).toContain('was assigned to')
}

/** The queue runs to its end by itself after a start; this only waits for it. */
const runOut = (): Promise<void> => until(async () => (await records(okta, 'provisioningJobs')).length === 0)

test('of creations: no job is lost, nobody is made twice, a half-known account is linked', async () => {
  await dialpad.putFaults([{ on: 'scim.users.create', effect: { delayMs: 30 } }])
  await assignEverybody()
  await until(async () => (await created()).length >= PEOPLE / 4)
  await idp.kill()
  const before = (await created()).length
  expect(before).toBeLessThan(PEOPLE)
  await dialpad.clearFaults()

  idp = await startIdp()
  await runOut()

  const rows = await records(okta, 'appUsers')
  const users = await records(okta, 'users')
  expect(rows).toHaveLength(users.length)
  expect(rows.filter(({ syncState }) => syncState !== 'SYNCHRONIZED')).toEqual([])
  expect(await records(okta, 'tasks')).toEqual([])
  const made = await created()
  const names = made.map(({ body }) => body['userName'])
  expect(new Set(names).size).toBe(names.length)
  // Only the one under way was left without an answer; its account was made, and found again.
  expect(made.filter(({ status }) => status !== 201).length).toBeLessThanOrEqual(1)
  const ids = (await records(dialpad, 'users')).map(({ id }) => id)
  expect(new Set(rows.map(({ externalId }) => externalId)).size).toBe(rows.length)
  for (const { externalId } of rows) expect(ids).toContain(externalId)
}, 90_000)

test('of one person several times changed: what was ordered first is sent first, and the last word stands', async () => {
  const user = (await records(okta, 'users')).find(({ profile }) =>
    String((profile as Fields)['login']).startsWith('person000001@'),
  )
  const userId = String(user?.['id'])
  const pages = await signIn()
  await pages.open(`${at}/assignments/assign/people/${userId}`)
  await pages.submit(`/assign/people/${userId}`)
  await runOut()
  await dialpad.putFaults([{ on: 'scim.users.get', effect: { delayMs: 400 } }])
  for (const title of ['First', 'Second', 'Third']) {
    await pages.open(`/admin/user/${userId}/profile/edit`)
    await pages.submit('/profile/edit', { 'attribute.title': title })
  }
  await pages.open(`/admin/user/${userId}/deactivate`)
  await pages.submit('/deactivate')
  await idp.kill()
  await dialpad.clearFaults()

  idp = await startIdp()
  await runOut()

  const sent = (await writes()).filter(({ path }) => path !== '/Users').map(({ method }) => method)
  expect(sent.at(-1)).toBe('PATCH')
  expect(sent.filter((method) => method === 'PATCH')).toHaveLength(1)
  const account = (await records(dialpad, 'users')).find(({ emails }) =>
    String((emails as string[])[0]).startsWith('person000001@'),
  )
  expect(account).toMatchObject({ state: 'suspended' })
  expect(await records(okta, 'tasks')).toEqual([])
}, 90_000)

test('while it waits for a rate limit: the wait goes on, doubled as before, and then everything is sent', async () => {
  await dialpad.putFaults([{ on: 'scim.users.create', effect: { status: 429, retryAfter: 600 } }])
  const [person] = (await records(okta, 'users')).filter(({ profile }) =>
    String((profile as Fields)['login']).startsWith('person000002@'),
  )
  const pages = await signIn()
  await pages.open(`${at}/assignments/assign/people/${person?.['id']}`)
  await pages.submit(`/assign/people/${person?.['id']}`)
  await until(async () => (await created()).length === 1)
  const pauseOf = async () => {
    const app = (await records(okta, 'apps')).find(({ catalogKey }) => catalogKey === 'dialpad')
    return (app?.['provisioning'] as Fields | undefined)?.['pause'] as Fields | undefined
  }
  await until(async () => (await pauseOf()) !== undefined)
  await idp.kill()

  idp = await startIdp()
  expect(await pauseOf()).toMatchObject({ waits: 1, waitSeconds: 600 })
  await okta.call('POST', '/jobs/run', {})
  expect(await created()).toHaveLength(1)
  await okta.moveClock({ advance: 'PT10M' })
  expect(await created()).toHaveLength(2)
  expect(await pauseOf()).toMatchObject({ waits: 2, waitSeconds: 1200 })
  await idp.kill()

  idp = await startIdp()
  await dialpad.clearFaults()
  await okta.moveClock({ advance: 'PT20M' })
  await runOut()
  expect((await created()).map(({ status }) => status)).toEqual([429, 429, 201])
  expect(await pauseOf()).toBeUndefined()
}, 90_000)
