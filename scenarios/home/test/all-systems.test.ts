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

  test('a name that is taken is replaced only after a page that asks', async () => {
    const visitor = visitorOf(served.url)
    await visitor.post('/snapshots', { name: 'demo' })
    await addNote(served.entra, 'later')
    const asked = await visitor.post('/snapshots', { name: 'demo' })
    expect(asked.text).toContain('aria-label="Replace demo"')
    expect((await compare('demo')).systems[1]?.collections).toHaveLength(1)
    expect((await visitor.post('/snapshots', { name: 'demo', replace: 'true' })).text).toContain('Replaced demo: world')
    expect((await compare('demo')).systems[1]?.collections).toEqual([])
  })

  test('deleted from every system that has it, after a page that asks', async () => {
    const visitor = visitorOf(served.url)
    await visitor.post('/snapshots', { name: 'demo' })
    await call(`${served.entra.url}/_kit/snapshots`, { method: 'POST', body: { name: 'part' } })
    expect((await visitor.get('/snapshots/demo/delete')).text).toContain('aria-label="Delete demo"')
    expect((await visitor.post('/snapshots/demo/delete')).text).toContain('Deleted demo.')
    const remove = (name: string) => call(`${served.url}/_kit/snapshots/${name}`, { method: 'DELETE', body: {} })
    expect((await remove('part')).json()).toEqual({ deleted: 'part' })
    expect((await remove('part')).json()).toMatchObject({ error: { code: 'unknown_snapshot' } })
    for (const { url } of [served, served.entra, served.dialpad]) {
      expect((await call(`${url}/_kit/snapshots`)).json()).toEqual({ snapshots: [] })
    }
    expect((await visitor.get('/snapshots')).text).toContain('No snapshots yet')
  })
})

interface Compared {
  readonly from: { readonly name: string | null }
  readonly to: { readonly name: string | null }
  readonly systems: readonly { readonly system: string; readonly collections: readonly object[] }[]
}

const compare = async (name: string, query = ''): Promise<Compared> =>
  (await call(`${served.url}/_kit/snapshots/${name}/compare${query}`)).json() as unknown as Compared

describe('comparing snapshots', () => {
  test('with the present and with another, system by system', async () => {
    await post('/snapshots', { name: 'one' })
    await served.entra.system.store.transact((tx) => tx.put('notes', 'ada', { id: 'ada', name: 'Ada Okafor' } as never))
    await post('/snapshots', { name: 'two' })
    await served.entra.system.store.transact((tx) => tx.delete('notes', 'ada'))
    const notes = (change: 'added' | 'removed') => ({
      collection: 'notes',
      title: 'Notes',
      added: 0,
      removed: 0,
      changed: 0,
      timesOnly: 0,
      [change]: 1,
      records: [{ name: 'Ada Okafor', change, fields: [], moreFields: 0 }],
      more: 0,
    })
    const forth = await compare('one', '?with=two')
    expect([forth.from.name, forth.to.name]).toEqual(['one', 'two'])
    expect(forth.systems.map(({ system }) => system)).toEqual(['kit', 'entra', 'dialpad'])
    expect(forth.systems.map(({ collections }) => collections)).toEqual([[], [notes('added')], []])
    expect((await compare('two')).systems[1]?.collections).toEqual([notes('removed')])
    expect((await compare('two', '?limit=0')).systems[1]?.collections).toMatchObject([
      { removed: 1, records: [], more: 1 },
    ])
    expect((await compare('one')).systems.every(({ collections }) => collections.length === 0)).toBe(true)

    const visitor = visitorOf(served.url)
    const page = await visitor.get('/snapshots/compare?from=one&with=two')
    for (const words of ['From one to two', 'Ada Okafor', '1 added']) expect(page.text).toContain(words)
    expect((await visitor.get('/snapshots/compare?from=one')).text).toContain('No difference')
  })

  test('what is not there is refused by name; without any there is nothing to compare', async () => {
    const visitor = visitorOf(served.url)
    expect((await visitor.get('/snapshots/compare')).text).toContain('No snapshots yet')
    await post('/snapshots', { name: 'one' })
    expect(await compare('none')).toMatchObject({ error: { code: 'unknown_snapshot' } })
    expect(await compare('one', '?with=none')).toMatchObject({ error: { code: 'unknown_snapshot' } })
    expect(await compare('one', '?width=none')).toMatchObject({ error: { code: 'invalid_query' } })
    expect((await visitor.get('/snapshots/compare?from=none')).status).toBe(404)
  })
})

describe('branching', () => {
  const branch = (name: string, body: object) => post(`/snapshots/${name}/branch`, body)

  test('there and back again: both states live on', async () => {
    await post('/snapshots', { name: 'fork' })
    await addNote(served.entra, 'left')
    expect((await branch('fork', { save: 'left' })).json()).toMatchObject({
      saved: { replaced: false, snapshot: { name: 'left' } },
      at: { name: 'fork' },
    })
    expect(served.entra.system.store.has('notes', 'left')).toBe(false)
    await addNote(served.entra, 'right')
    await branch('left', { save: 'right' })
    expect(served.entra.system.store.has('notes', 'left')).toBe(true)
    expect(served.entra.system.store.has('notes', 'right')).toBe(false)
  })

  test('a taken name, the same name, no such snapshot, a bad name: refused, nothing has happened', async () => {
    await post('/snapshots', { name: 'fork' })
    await post('/snapshots', { name: 'taken' })
    await addNote(served.entra, 'made')
    const codeOf = async (name: string, body: object) => {
      const { error } = (await branch(name, body)).json() as { readonly error: { readonly code: string } }
      return error.code
    }
    expect(await codeOf('fork', { save: 'taken' })).toBe('snapshot_exists')
    expect(await codeOf('fork', { save: 'fork' })).toBe('same_name')
    expect(await codeOf('none', { save: 'new' })).toBe('unknown_snapshot')
    expect(await codeOf('fork', { save: '../up' })).toBe('invalid_name')
    expect(served.entra.system.store.has('notes', 'made')).toBe(true)
    expect((await call(`${served.url}/_kit/snapshots`)).json()).toMatchObject({
      snapshots: [{ name: 'fork' }, { name: 'taken' }],
    })
    expect((await branch('fork', { save: 'taken', replace: true })).status).toBe(200)
  })

  test('by hand: a name is asked for, and whether one may be replaced', async () => {
    const visitor = visitorOf(served.url)
    await visitor.post('/snapshots', { name: 'fork' })
    await visitor.post('/snapshots', { name: 'taken' })
    expect((await visitor.get('/snapshots/fork/branch')).text).toContain('Keep the present, go on from fork')
    expect((await visitor.post('/snapshots/fork/branch', { save: '' })).text).toContain('Give it a name.')
    const asked = await visitor.post('/snapshots/fork/branch', { save: 'taken' })
    expect(asked.status).toBe(409)
    expect(asked.text).toContain('Replace the snapshot taken')
    const done = await visitor.post('/snapshots/fork/branch', { save: 'taken', replace: 'true' })
    expect(done.text).toContain('Kept the present as taken; now at fork: world brightwave')
  })
})
