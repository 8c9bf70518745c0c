import { describe, expect, test } from 'vitest'
import { createStore, type Keeper } from './create-store.ts'
import { lineOf } from './log-segment.ts'
import { createState } from './state.ts'
import { createWriteGroup } from './write-group.ts'

interface Cat {
  readonly name: string
}

/** A disk that can be full. */
function createDisk() {
  const disk = {
    isFull: false,
    writes: [] as string[],
    write(pieces: Iterable<string>): undefined {
      if (disk.isFull) throw new Error('The disk is full.')
      disk.writes.push([...pieces].join(''))
    },
  }
  return disk
}

describe('createWriteGroup', () => {
  test('what comes together goes out in one write, and each is told when it has', async () => {
    const disk = createDisk()
    const group = createWriteGroup(disk.write)
    const kept = ['one\n', 'two\n'].map((line) => group.add([line], () => undefined))
    expect(disk.writes).toEqual([])
    await Promise.all(kept)
    expect(disk.writes).toEqual(['one\ntwo\n'])
    await group.add(['th', 'ree\n'], () => undefined)
    expect(disk.writes).toEqual(['one\ntwo\n', 'three\n'])
  })

  test('what waits is written at once when that is asked for', async () => {
    const disk = createDisk()
    const group = createWriteGroup(disk.write)
    const kept = group.add(['one\n'], () => undefined)
    group.flush()
    expect(disk.writes).toEqual(['one\n'])
    await kept
  })

  test('a write that fails undoes all of the group, the youngest first, and the next one succeeds', async () => {
    const disk = createDisk()
    const group = createWriteGroup(disk.write)
    const undone: string[] = []
    disk.isFull = true
    const results = await Promise.allSettled(
      ['one', 'two', 'three'].map((line) => group.add([line], () => undone.push(line))),
    )
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(undone).toEqual(['three', 'two', 'one'])
    disk.isFull = false
    await group.add(['four'], () => undone.push('four'))
    expect(disk.writes).toEqual(['four'])
  })
})

describe('a store whose transactions go out in groups', () => {
  function openOn(disk: ReturnType<typeof createDisk>) {
    const group = createWriteGroup(disk.write)
    const keeper: Keeper = {
      append: (line, undo) => group.add([lineOf(line)], undo),
      settle: () => undefined,
      compact: () => Promise.resolve(),
      close: () => Promise.resolve(),
    }
    const specs = { cats: { indexes: { name: ({ name }: Cat) => name } } }
    return createStore<{ cats: Cat }>(specs, { state: createState(specs), revision: 0 }, keeper)
  }

  test('it is as it was before the group when that could not be written, and its numbers go on without a gap', async () => {
    const disk = createDisk()
    const store = openOn(disk)
    await store.transact((tx) => tx.put('cats', 'c1', { name: 'Mia' }))
    const before = store.dump()
    disk.isFull = true
    const results = await Promise.allSettled([
      store.transact((tx) => tx.put('cats', 'c2', { name: 'Tom' })),
      store.transact((tx) => tx.put('cats', 'c2', { name: 'Kit' })),
      store.replace({ version: 1, revision: 0, collections: { cats: { c9: { name: 'Ash' } } } }),
      store.transact((tx) => tx.delete('cats', 'c9')),
    ])
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect(store.dump()).toEqual(before)
    expect(store.find('cats', 'name', 'Tom')).toEqual([])
    disk.isFull = false
    await store.transact((tx) => tx.put('cats', 'c3', { name: 'Ida' }))
    expect(disk.writes.at(-1)).toBe('{"r":2,"w":[["cats","c3",{"name":"Ida"}]]}\n')
  })

  test('a transaction waits for its write, and others see meanwhile what it did', async () => {
    const disk = createDisk()
    const store = openOn(disk)
    const kept = store.transact((tx) => tx.put('cats', 'c1', { name: 'Mia' }))
    expect(disk.writes).toEqual([])
    expect(store.get('cats', 'c1')).toEqual({ name: 'Mia' })
    await kept
    expect(disk.writes).toHaveLength(1)
  })
})
