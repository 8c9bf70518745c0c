import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KIT_COLLECTIONS } from '#kit/system/collections.ts'
import { digitsOf, guidOf, lettersOf, nextIdSeed } from './ids.ts'
import { openMemoryStore } from './store/create-store.ts'

describe('ids are values of their seed', () => {
  test('law: the same seed gives the same id in the form asked for', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(guidOf(seed)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(guidOf(seed)).toBe(guidOf(seed))
        expect(digitsOf(seed, '6')).toMatch(/^6\d{15}$/)
        expect(Number.isSafeInteger(Number(digitsOf(seed, '7')))).toBe(true)
        expect(lettersOf(seed, '0oa', 17)).toMatch(/^0oa[0-9A-Za-z]{17}$/)
      }),
    )
  })

  test('a hundred thousand seeds give as many ids of each form', () => {
    const seeds = Array.from({ length: 100_000 }, (_, n) => `scale:100000/user/${n}`)
    for (const form of [guidOf, (seed: string) => digitsOf(seed), (seed: string) => lettersOf(seed, '00u', 17)]) {
      expect(new Set(seeds.map(form)).size).toBe(seeds.length)
    }
  })
})

describe('ids made later', () => {
  const meta = { world: 'brightwave', seededAt: '2026-01-05T00:00:00.000Z', idsMade: 0 }

  test('count up from the world, so that the same clicks give the same ids', async () => {
    const store = openMemoryStore(KIT_COLLECTIONS)
    await store.transact((tx) => tx.put('kitMeta', 'world', meta))
    const seeds = await store.transact((tx) => [nextIdSeed(tx), nextIdSeed(tx)])
    expect(seeds).toEqual(['brightwave/made/1', 'brightwave/made/2'])
    expect(await store.transact(nextIdSeed)).toBe('brightwave/made/3')
  })

  test('a transaction that fails uses none up', async () => {
    const store = openMemoryStore(KIT_COLLECTIONS)
    await store.transact((tx) => tx.put('kitMeta', 'world', meta))
    const failed = store.transact((tx) => {
      nextIdSeed(tx)
      throw new Error('refused')
    })
    await expect(failed).rejects.toThrow('refused')
    expect(await store.transact(nextIdSeed)).toBe('brightwave/made/1')
  })

  test('need a world', async () => {
    await expect(openMemoryStore(KIT_COLLECTIONS).transact(nextIdSeed)).rejects.toThrow(
      'The store holds no world: seed it before making ids.',
    )
  })
})
