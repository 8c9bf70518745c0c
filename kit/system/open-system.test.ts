import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSample, SAMPLE_SPEC } from '#kit/test/sample-system.ts'
import { openSystem } from './open-system.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'open-system-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

describe('openSystem', () => {
  test('a new store is seeded with the world asked for', async () => {
    const system = await openSample({ world: 'empty' })
    expect(system.world()).toBe('empty')
    expect(system.notice).toBeUndefined()
    expect(system.store.get('visits', 'first')).toEqual({ id: 'first', count: 0 })
    expect(system.store.get('kitMeta', 'world')).toMatchObject({ world: 'empty', idsMade: 0 })
    await system.close()
  })

  test('an unknown world is refused before anything is opened', async () => {
    await expect(openSample({ dataDir, world: 'atlantis' })).rejects.toMatchObject({ code: 'unknown_world' })
    expect(readdirSync(dataDir)).toEqual([])
  })

  test('a restart keeps records, time, switches, faults and journal, and says that another world was asked for', async () => {
    const first = await openSample({ dataDir })
    await first.control.moveClock({ kind: 'advance', duration: 'P10D' })
    await first.store.transact((tx) => tx.put('visits', 'first', { id: 'first', count: 7 }))
    await first.control.setSwitches({ counting: 'down' })
    await first.control.setFaults([{ on: 'visits.list', effect: { status: 500 }, times: 2 }])
    first.faults.take('visits.list')
    const then = first.clock.now()
    const sealed = first.vault.seal('secret')
    const { next } = first.journal.read({})
    await first.close()

    const second = await openSample({ dataDir, world: 'empty' })
    expect(second.world()).toBe('brightwave')
    expect(second.notice).toContain('brightwave')
    expect(second.store.get('visits', 'first')?.count).toBe(7)
    expect(second.clock.now()).toBeGreaterThanOrEqual(then)
    expect(second.clock.now() - then).toBeLessThan(10_000)
    expect(second.switches.value('counting')).toBe('down')
    expect(second.control.faults()).toMatchObject([{ used: 1, times: 2 }])
    expect(second.vault.open(sealed)).toBe('secret')
    expect(second.journal.record({ kind: 'state', title: 'more' }).seq).toBeGreaterThan(next)
    await second.close()
  })

  test('a restart at other addresses is told: records hold the old ones', async () => {
    const urls = { sample: 'http://localhost:1', other: 'http://localhost:2' }
    await (await openSample({ dataDir, urls })).close()
    const moved = await openSample({ dataDir, urls: { ...urls, other: 'https://localhost:2' } })
    expect(moved.notice).toBe(
      'sample: the stored world was made for http://localhost:2, which is https://localhost:2 now; ' +
        'it may send people to the old address. Reset to have it made anew.',
    )
    await moved.control.reset({})
    await moved.close()
    const again = await openSample({ dataDir, urls: { ...urls, other: 'https://localhost:2' } })
    expect(again.notice).toBeUndefined()
    await again.close()
  })

  test('snapshots are readable files that survive a restart; a damaged one is named', async () => {
    const first = await openSample({ dataDir })
    await first.control.snapshots.save('one')
    await first.close()
    const file = join(dataDir, 'snapshots', 'sample', 'one.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ name: 'one', world: 'brightwave' })

    const second = await openSample({ dataDir })
    await second.store.transact((tx) => tx.delete('visits', 'first'))
    await second.control.snapshots.restore('one')
    expect(second.store.has('visits', 'first')).toBe(true)
    writeFileSync(file, '{"name"')
    await expect(second.control.snapshots.restore('one')).rejects.toMatchObject({
      code: 'damaged_snapshot',
      status: 409,
    })
    expect(second.store.has('visits', 'first')).toBe(true)
    await second.close()
  })

  test('a snapshot taken while time stood still stands still again', async () => {
    const system = await openSample()
    await system.control.moveClock({ kind: 'frozen', frozen: true })
    const at = system.clock.now()
    await system.control.snapshots.save('still')
    await system.control.moveClock({ kind: 'advance', duration: 'P1D' })
    await system.control.moveClock({ kind: 'frozen', frozen: false })
    await system.control.snapshots.restore('still')
    expect(system.clock.now()).toBe(at)
    expect(system.control.clock().frozen).toBe(true)
    await system.close()
  })

  test('a reset is done in well under a second', async () => {
    const system = await openSample({ dataDir })
    const start = performance.now()
    await system.control.reset()
    expect(performance.now() - start).toBeLessThan(1000)
    await system.close()
  })

  test('due work is not run after the end', async () => {
    const system = await openSample()
    let ran = 0
    system.schedule.register({
      list: () => [{ id: 'x', what: 'X', at: system.clock.now() + 5 }],
      run: async () => {
        ran += 1
        return ''
      },
    })
    await system.close()
    await new Promise((settle) => setImmediate(settle))
    expect(ran).toBe(0)
  })

  test('a seed that fails leaves no lock behind', async () => {
    const broken = {
      ...SAMPLE_SPEC,
      seed: () => {
        throw new Error('no seed')
      },
    }
    const options = { dataDir, world: 'brightwave', urls: { sample: 'http://localhost:1' } }
    await expect(openSystem(broken, options)).rejects.toThrow('no seed')
    const system = await openSystem(SAMPLE_SPEC, options)
    expect(system.store.has('visits', 'first')).toBe(true)
    await system.close()
  })

  test('a name that is no operation or switch of the declaration is a bug', async () => {
    const system = await openSample()
    expect(() => system.faults.take('visits.cuont')).toThrow('declares no operation')
    expect(() => system.switches.value('cuonting')).toThrow('has no switch')
    await system.close()
  })
})
