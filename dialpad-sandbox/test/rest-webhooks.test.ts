import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { jwtVerify } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { userByEmail } from './serve.ts'
import { type ServedRest, serveRest } from './serve-rest.ts'

/** What a webhook was sent. */
interface Delivery {
  readonly type: string | undefined
  readonly body: string
}

/** Somebody else's server, which answers as it is told and lets tests wait for what comes. */
interface Receiver {
  readonly url: string
  readonly deliveries: readonly Delivery[]
  /** Resolves when so many deliveries have come in all. */
  received(count: number): Promise<readonly Delivery[]>
  close(): Promise<void>
}

async function startReceiver(status = 200): Promise<Receiver> {
  const deliveries: Delivery[] = []
  const waiting = new Set<() => void>()
  const server = http.createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      deliveries.push({ type: req.headers['content-type'], body: Buffer.concat(chunks).toString('utf8') })
      res.statusCode = status
      res.end()
      for (const look of waiting) look()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    deliveries,
    received: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (deliveries.length < count) return
          waiting.delete(look)
          resolve(deliveries)
        }
        waiting.add(look)
        look()
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

let served: ServedRest
let receiver: Receiver
beforeEach(async () => {
  served = await serveRest()
  receiver = await startReceiver()
})
afterEach(async () => {
  await served.close()
  await receiver.close()
})

const SECRET = 'a secret of the receiving end'
const tomas = () => userByEmail(served.system, 'tomas.berg@brightwave.example')

async function subscribe(secret?: string): Promise<{ webhook: string; subscription: string }> {
  const webhook = await served.ok('POST', '/webhooks', {
    hook_url: receiver.url,
    ...(secret === undefined ? {} : { secret }),
  })
  const subscription = await served.ok('POST', '/subscriptions/changelog', { endpoint_id: webhook['id'] })
  return { webhook: String(webhook['id']), subscription: String(subscription['id']) }
}

test('a webhook lives its life, and its secret stays out of the journal and is sealed at rest', async () => {
  const created = await served.ok('POST', '/webhooks', { hook_url: receiver.url, secret: SECRET })
  const { id } = created as { id: string }
  const signed = { id, hook_url: receiver.url, signature: { algo: 'HS256', type: 'jwt', secret: SECRET } }
  expect(created).toEqual(signed)
  expect(await served.ok('GET', `/webhooks/${id}`)).toEqual(signed)
  expect(await served.ok('GET', '/webhooks')).toEqual({ items: [signed] })
  expect(JSON.stringify(served.system.journal.read({}).items)).not.toContain(SECRET)
  expect(JSON.stringify(served.system.store.dump())).not.toContain(SECRET)
  const other = 'http://localhost:9/other'
  expect(await served.ok('PATCH', `/webhooks/${id}`, { hook_url: other })).toEqual({ ...signed, hook_url: other })
  expect(await served.ok('PATCH', `/webhooks/${id}`, { secret: '' })).toEqual({ id, hook_url: other })
  expect(await served.ok('DELETE', `/webhooks/${id}`)).toEqual({ id, hook_url: other })
  expect((await served.rest('GET', `/webhooks/${id}`)).status).toBe(404)
})

test('a subscription lives its life, and goes with its webhook', async () => {
  const { webhook, subscription: id } = await subscribe()
  const shown = { id, enabled: true, webhook: { id: webhook, hook_url: receiver.url } }
  expect(await served.ok('GET', `/subscriptions/changelog/${id}`)).toEqual(shown)
  expect(await served.ok('GET', '/subscriptions/changelog')).toEqual({ items: [shown] })
  expect(await served.ok('PATCH', `/subscriptions/changelog/${id}`, { enabled: false })).toEqual({
    ...shown,
    enabled: false,
  })
  expect(await served.ok('DELETE', `/subscriptions/changelog/${id}`)).toEqual({ ...shown, enabled: false })
  expect(await served.ok('GET', '/subscriptions/changelog')).toEqual({ items: [] })
  await served.ok('POST', '/subscriptions/changelog', { endpoint_id: webhook })
  await served.ok('DELETE', `/webhooks/${webhook}`)
  expect(await served.ok('GET', '/subscriptions/changelog')).toEqual({ items: [] })
})

test('a subscription to contact events lives its life', async () => {
  const webhook = await served.ok('POST', '/webhooks', { hook_url: receiver.url })
  const path = '/subscriptions/contact'
  const created = await served.ok('POST', path, { contact_type: 'shared', endpoint_id: webhook['id'] })
  const { id } = created as { id: string }
  const shown = { id, contact_type: 'shared', enabled: true, webhook: { id: webhook['id'], hook_url: receiver.url } }
  expect(created).toEqual(shown)
  expect(await served.ok('GET', path)).toEqual({ items: [shown] })
  const changed = { ...shown, contact_type: 'local', enabled: false }
  expect(await served.ok('PATCH', `${path}/${id}`, { contact_type: 'local', enabled: false })).toEqual(changed)
  expect(await served.ok('GET', `${path}/${id}`)).toEqual(changed)
  expect(await served.ok('DELETE', `${path}/${id}`)).toEqual(changed)
  expect((await served.rest('GET', `${path}/${id}`)).status).toBe(404)
  await served.ok('POST', path, { contact_type: 'local', endpoint_id: webhook['id'] })
  await served.ok('DELETE', `/webhooks/${String(webhook['id'])}`)
  expect(await served.ok('GET', path)).toEqual({ items: [] })
})

test('without a secret an event is plain JSON, whoever caused it', async () => {
  await subscribe()
  await served.scim('DELETE', `/Users/${tomas().id}`)
  const deliveries = await receiver.received(2)
  expect(deliveries.map((delivery) => delivery.type)).toEqual(['application/json', 'application/json'])
  const [number, deletion] = deliveries.map((delivery) => JSON.parse(delivery.body) as Record<string, unknown>)
  const keys = [...served.system.store.entries('apiKeys')]
  expect(number).toMatchObject({ action: 'number_released', additional_data: { number: '+17205550143' } })
  expect(deletion).toEqual({
    date: Date.parse('2026-03-02T09:00:00.000Z'),
    action: 'scim_user_deleted',
    note: 'tomas.berg@brightwave.example deleted; restorable for 72 hours',
    additional_data: {},
    target: {
      type: 'user',
      id: [...served.system.store.entries('users')].find(([, user]) => user.state === 'deleted')?.[0],
    },
    changed_by: { name: 'Tests', id: keys[0]?.[0], type: 'api_key' },
  })
})

test('with a secret an event is a JWT', async () => {
  await subscribe(SECRET)
  await served.ok('PATCH', `/users/${tomas().id}`, { job_title: 'Lead' })
  const [delivery] = await receiver.received(1)
  expect(delivery?.type).toBe('application/jwt')
  const { payload, protectedHeader } = await jwtVerify(delivery?.body ?? '', new TextEncoder().encode(SECRET))
  expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' })
  expect(payload).toMatchObject({
    action: 'user_updated',
    note: 'Changed: title',
    target: { type: 'user', id: tomas().id },
  })
})

test('what happened before, and what happens while it is disabled, is not sent', async () => {
  await served.ok('PATCH', `/users/${tomas().id}`, { job_title: 'Before' })
  const { subscription } = await subscribe()
  await served.ok('PATCH', `/subscriptions/changelog/${subscription}`, { enabled: false })
  await served.ok('PATCH', `/users/${tomas().id}`, { job_title: 'Meanwhile' })
  await served.ok('PATCH', `/subscriptions/changelog/${subscription}`, { enabled: true })
  await served.ok('PATCH', `/users/${tomas().id}`, { state: 'suspended' })
  const deliveries = await receiver.received(1)
  expect(deliveries.map(({ body }) => (JSON.parse(body) as { action: string }).action)).toEqual(['user_suspended'])
})

test('a webhook that cannot be reached, or is not of this machine, holds nobody up and is passed over', async () => {
  const elsewhere = await served.ok('POST', '/webhooks', { hook_url: 'https://hooks.example/dialpad' })
  await served.ok('POST', '/subscriptions/changelog', { endpoint_id: elsewhere['id'] })
  await served.ok('PATCH', `/webhooks/${String(elsewhere['id'])}`, {})
  await subscribe()
  await served.ok('PATCH', `/users/${tomas().id}`, { job_title: 'Lead' })
  await receiver.received(1)
  // A move waits for what is under way.
  await served.system.control.moveClock({ kind: 'advance', duration: 'PT1S' })
  const out = served.system.journal.read({ kind: 'http-out' }).items.map((entry) => entry.title)
  expect(out).toContain('POST https://hooks.example/dialpad → not allowed')
  expect(out).toContain(`POST ${receiver.url} → 200`)
  const [pending] = served.system.store.find('changeLogSubscriptions', 'webhook', String(elsewhere['id']))
  expect(pending?.position).toBe(served.system.store.count('changeLog', 'company', tomas().companyId))
})
