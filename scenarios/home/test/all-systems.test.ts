import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { call } from '#kit/test/call.ts'
import { type ServedHome, serveHome, visitorOf } from './serve-home.ts'

let served: ServedHome
beforeEach(async () => {
  served = await serveHome()
})
afterEach(() => served.close())

const post = (path: string, body: object) => call(`${served.url}/_kit${path}`, { method: 'POST', body })
const healthOf = async (url: string) => (await call(`${url}/_kit/health`)).json()

async function addNote(tiny: ServedHome['entra'], id: string): Promise<void> {
  await tiny.system.store.transact((tx) => tx.put('notes', id, { id }))
}

describe('reset of all systems', () => {
  test('all are in the world asked for, at its beginning', async () => {
    await addNote(served.entra, 'made')
    await post('/clock', { advance: 'P1D' })
    const answer = await post('/reset', { world: 'fresh' })
    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject({ status: 'ok', system: 'kit', world: 'fresh' })
    for (const { url } of [served.entra, served.dialpad, served]) {
      expect(await healthOf(url)).toMatchObject({ world: 'fresh' })
      expect((await call(`${url}/_kit/clock`)).json()['offsetMs']).toBeLessThan(1_000)
    }
    expect(served.entra.system.store.get('notes', 'made')).toBeUndefined()
  })

  test('API keys are kept where they live, and nowhere else', async () => {
    for (const tiny of [served.entra, served.dialpad]) await addNote(tiny, 'key-1')
    await post('/reset', { keepApiKeys: true })
    expect(served.dialpad.system.store.has('notes', 'key-1')).toBe(true)
    expect(served.entra.system.store.has('notes', 'key-1')).toBe(false)
    await post('/reset', {})
    expect(served.dialpad.system.store.has('notes', 'key-1')).toBe(false)
  })

  test('an unknown world, an unknown member, a missing system: refused, nothing reset', async () => {
    await addNote(served.entra, 'made')
    expect((await post('/reset', { world: 'nowhere' })).json()).toMatchObject({ error: { code: 'unknown_world' } })
    expect((await post('/reset', { wurld: 'fresh' })).status).toBe(400)
    await served.dialpad.stop()
    expect((await post('/reset', { world: 'fresh' })).json()).toMatchObject({
      error: { code: 'system_unreachable', message: `Dialpad is not reachable at ${served.dialpad.url}.` },
    })
    expect(served.entra.system.store.has('notes', 'made')).toBe(true)
    expect(await healthOf(served.entra.url)).toMatchObject({ world: 'brightwave' })
  })

  test('by hand: a page names the world and what is lost, then says it is done', async () => {
    const visitor = visitorOf(served.url)
    const confirm = await visitor.get('/worlds/reset?world=fresh')
    expect(confirm.text).toContain('aria-label="Reset fresh"')
    expect(confirm.text).toContain('everything done since world brightwave was seeded')
    const done = await visitor.post('/worlds/reset', { world: 'fresh' })
    expect(done.text).toContain('All systems are at the beginning of world fresh, at the present time.')
    expect((await visitor.get('/')).text).not.toContain('at the beginning of world fresh')
    expect((await visitor.get('/worlds/reset?world=nowhere')).status).toBe(422)
    // The session of before the reset is gone; the page that followed carries a new one.
    expect((await visitor.post('/clock/frozen', { frozen: 'true' })).text).toContain('All clocks are frozen.')
  })
})

describe('snapshots of all systems', () => {
  test('state and time of all come back', async () => {
    await addNote(served.entra, 'before')
    expect((await post('/snapshots', { name: 'one' })).status).toBe(201)
    expect((await post('/snapshots', { name: 'one' })).status).toBe(200)
    const { offsetMs } = (await call(`${served.entra.url}/_kit/clock`)).json()
    await served.entra.system.store.transact((tx) => tx.delete('notes', 'before'))
    await post('/clock', { advance: 'P2D' })

    const restored = await post('/snapshots/one/restore', {})
    expect(restored.json()).toMatchObject({ name: 'one', world: 'brightwave', systems: ['kit', 'entra', 'dialpad'] })
    expect(served.entra.system.store.has('notes', 'before')).toBe(true)
    for (const { url } of [served, served.entra, served.dialpad]) {
      const { offsetMs: after } = (await call(`${url}/_kit/clock`)).json()
      expect(Math.abs(Number(after) - Number(offsetMs))).toBeLessThan(60_000)
    }
  })

  test('one that only some have is listed as such and not restored', async () => {
    await call(`${served.entra.url}/_kit/snapshots`, { method: 'POST', body: { name: 'part' } })
    expect((await call(`${served.url}/_kit/snapshots`)).json()).toMatchObject({
      snapshots: [{ name: 'part', systems: ['entra'] }],
    })
    expect((await post('/snapshots/part/restore', {})).json()).toMatchObject({
      error: { code: 'unknown_snapshot', message: 'There is no snapshot "part" of kit, dialpad.' },
    })
    expect((await visitorOf(served.url).get('/snapshots')).text).toContain('Only Entra')
  })

  test('by hand: saved, confirmed, restored; a bad name is refused beside the form', async () => {
    const visitor = visitorOf(served.url)
    expect((await visitor.post('/snapshots', { name: '' })).text).toContain('Give it a name.')
    expect((await visitor.post('/snapshots', { name: '../up' })).text).toContain(
      'This cannot be the name of a snapshot.',
    )
    expect((await visitor.post('/snapshots', { name: 'demo' })).text).toContain('Saved demo: world brightwave')
    expect((await visitor.get('/snapshots/demo/restore')).text).toContain('aria-label="Restore demo"')
    expect((await visitor.post('/snapshots/demo/restore')).text).toContain('Restored demo: world brightwave')
    expect((await visitor.get('/snapshots/none/restore')).status).toBe(404)
  })
})
