import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Reader, Store } from './store.ts'
import type { ConformanceShape, FeedItem, Person } from './test/conformance-shape.ts'

/**
 * The suite every store passes: random transactions, some of which throw, against a model of plain maps. Call
 * {@link describeStore} from a test file with a way to open the store; one that keeps files also says how to open it anew.
 */

export interface StoreUnderTest {
  readonly store: Store<ConformanceShape>
  /** Close and open again, for stores that outlive the process. */
  readonly reopen?: () => Promise<StoreUnderTest>
  dispose(): Promise<void>
}

interface Model {
  readonly people: Map<string, Person>
  readonly feed: Map<string, FeedItem>
}

type Operation =
  | { readonly kind: 'put'; readonly key: string; readonly person: Person }
  | { readonly kind: 'delete'; readonly key: string }
  | { readonly kind: 'append'; readonly about: string }
  | { readonly kind: 'trim'; readonly nth: number }

type Step =
  | { readonly kind: 'transact'; readonly operations: readonly Operation[]; readonly fails: boolean }
  | { readonly kind: 'compact' }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'restore' }

const KEYS = ['ada', 'ben', 'chloe', '42', '7', '__proto__', 'a"b\\c', 'zoë', '']
const TEAMS = ['Sales', 'Support', '']
const TAGS = ['x', 'y', 'z']

const anyPerson = fc.record(
  { team: fc.constantFrom(...TEAMS), tags: fc.array(fc.constantFrom(...TAGS), { maxLength: 4 }), age: fc.nat(99) },
  { requiredKeys: ['tags', 'age'] },
)
const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('put'), key: fc.constantFrom(...KEYS), person: anyPerson }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete'), key: fc.constantFrom(...KEYS) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('append'), about: fc.constantFrom(...KEYS) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('trim'), nth: fc.nat(5) }) },
)
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('transact'),
      operations: fc.array(anyOperation, { maxLength: 8 }),
      fails: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('compact') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore') }) },
)

function copy(model: Model): Model {
  return { people: new Map(model.people), feed: new Map(model.feed) }
}

function feedKey(number: number): string {
  return String(number).padStart(6, '0')
}

/** Compare everything a reader answers with what the model would. */
function expectSame(reader: Reader<ConformanceShape>, model: Model): void {
  const people = [...model.people]
  const records = people.map(([, person]) => person)
  expect([...reader.entries('people')]).toEqual(people)
  expect(reader.count('people')).toBe(people.length)
  for (const key of KEYS) {
    expect(reader.get('people', key)).toEqual(model.people.get(key))
    expect(reader.has('people', key)).toBe(model.people.has(key))
  }
  for (const [offset, limit] of [
    [0, 3],
    [1, 2],
    [2, 100],
    [100, 5],
    [0, 0],
  ] as const) {
    expect(reader.page('people', offset, limit)).toEqual(records.slice(offset, offset + limit))
    expect(reader.latest('people', offset, limit)).toEqual([...records].reverse().slice(offset, offset + limit))
  }
  const filed = [
    ...TEAMS.map((value) => ({ index: 'team', value, has: (person: Person) => person.team === value })),
    ...TAGS.map((value) => ({ index: 'tag', value, has: (person: Person) => person.tags.includes(value) })),
  ]
  for (const { index, value, has } of filed) {
    const expected = people.filter(([, person]) => has(person))
    expect(reader.find('people', index, value)).toEqual(expected.map(([, person]) => person))
    expect(reader.findPage('people', index, value, 1, 2)).toEqual(expected.slice(1, 3).map(([, person]) => person))
    expect([...reader.findKeys('people', index, value)]).toEqual(expected.map(([key]) => key))
    expect(reader.count('people', index, value)).toBe(expected.length)
  }
  const feed = [...model.feed]
  expect(reader.after('feed', null, 1_000)).toEqual(feed)
  for (const after of ['', feedKey(2), feedKey(5), '9']) {
    expect(reader.after('feed', after, 3)).toEqual(feed.filter(([key]) => key > after).slice(0, 3))
  }
}

class Thrown extends Error {}

async function run(under: StoreUnderTest, steps: readonly Step[]): Promise<void> {
  let current = under
  let model: Model = { people: new Map(), feed: new Map() }
  let appended = 0
  let snapshot: { readonly document: string; readonly model: Model } | undefined
  try {
    for (const step of steps) {
      const { store } = current
      switch (step.kind) {
        case 'transact': {
          const next = copy(model)
          const revision = store.revision
          let wrote = false
          const done = store.transact((tx) => {
            for (const operation of step.operations) {
              wrote = apply(operation) || wrote
            }
            expectSame(tx, next)
            if (step.fails) throw new Thrown('on purpose')

            function apply(operation: Operation): boolean {
              switch (operation.kind) {
                case 'put':
                  tx.put('people', operation.key, operation.person)
                  next.people.set(operation.key, operation.person)
                  return true
                case 'delete': {
                  const had = next.people.delete(operation.key)
                  expect(tx.delete('people', operation.key)).toBe(had)
                  return had
                }
                case 'append': {
                  appended += 1
                  tx.put('feed', feedKey(appended), { about: operation.about })
                  next.feed.set(feedKey(appended), { about: operation.about })
                  return true
                }
                case 'trim': {
                  const key = [...next.feed.keys()][operation.nth]
                  if (key === undefined) return false
                  next.feed.delete(key)
                  return tx.delete('feed', key)
                }
              }
            }
          })
          if (step.fails) await expect(done).rejects.toThrow(Thrown)
          else {
            await done
            model = next
          }
          expect(store.revision).toBe(revision + (wrote && !step.fails ? 1 : 0))
          break
        }
        case 'compact':
          await store.compact()
          snapshot = { document: JSON.stringify(store.dump()), model: copy(model) }
          break
        case 'reopen': {
          const { revision } = store
          current = (await current.reopen?.()) ?? current
          expect(current.store.revision).toBe(revision)
          break
        }
        case 'restore':
          if (snapshot === undefined) break
          await store.replace(JSON.parse(snapshot.document))
          model = copy(snapshot.model)
          break
      }
      expectSame(current.store, model)
    }
    current = (await current.reopen?.()) ?? current
    expectSame(current.store, model)
  } finally {
    await current.dispose()
  }
}

/** Declare the suite for one kind of store. `open` answers an empty one each time. */
export function describeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of a store`, () => {
    const ada: Person = { tags: [], age: 36 }

    test('law: it answers as plain maps would, whatever is written, undone, compacted, reopened or restored', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => run(await open(), steps)),
        { numRuns: 60 },
      )
    })

    test('a replaced record keeps its position, one deleted and put again goes to the end', async () => {
      const under = await open()
      await under.store.transact((tx) => {
        for (const key of ['a', 'b', 'c']) tx.put('people', key, ada)
        tx.put('people', 'a', { ...ada, age: 37 })
        tx.delete('people', 'b')
        tx.put('people', 'b', ada)
      })
      expect([...under.store.entries('people')].map(([key]) => key)).toEqual(['a', 'c', 'b'])
      await under.dispose()
    })

    test('records may be written and deleted while they are listed', async () => {
      const under = await open()
      await under.store.transact((tx) => {
        for (let n = 0; n < 2_000; n += 1) tx.put('people', `p${n}`, { ...ada, team: 'Sales', age: n })
      })
      await under.store.transact((tx) => {
        for (const key of tx.findKeys('people', 'team', 'Sales')) {
          if (tx.delete('people', key) && key.endsWith('0')) tx.put('people', `new-${key}`, { ...ada, team: 'Sales' })
        }
      })
      expect(under.store.count('people')).toBe(200)
      expect(under.store.count('people', 'team', 'Sales')).toBe(200)
      await under.dispose()
    })

    test('an asynchronous change is refused and leaves nothing', async () => {
      const under = await open()
      const change = under.store.transact(async (tx) => tx.put('people', 'ada', ada))
      await expect(change).rejects.toThrow(
        'The function given to transact must be synchronous: await before it or after it.',
      )
      expect(under.store.count('people')).toBe(0)
      await under.dispose()
    })

    test('a transaction inside a transaction is refused, while the outer one goes on', async () => {
      const under = await open()
      let inner: Promise<unknown> | undefined
      await under.store.transact((tx) => {
        tx.put('people', 'ada', ada)
        inner = under.store.transact((other) => other.put('people', 'ben', ada))
        inner.catch(() => undefined)
      })
      await expect(inner).rejects.toThrow('A transaction cannot start inside another: use the writer it was given.')
      expect(under.store.has('people', 'ben')).toBe(false)
      await under.dispose()
    })

    test('a writer kept beyond its transaction refuses', async () => {
      const under = await open()
      const kept = await under.store.transact((tx) => ({ tx }))
      expect(() => kept.tx.put('people', 'ada', ada)).toThrow('This transaction is over')
      await under.dispose()
    })

    test('an index or collection that was not declared is a mistake, not an empty answer', async () => {
      const under = await open()
      expect(() => under.store.find('people', 'shoe size', '42')).toThrow(
        'Collection people declares no index shoe size.',
      )
      expect(() => under.store.get('nothing' as 'people', 'a')).toThrow('The store declares no collection nothing.')
      await under.dispose()
    })

    test('a state of another version or with unknown collections is refused and changes nothing', async () => {
      const under = await open()
      await under.store.transact((tx) => tx.put('people', 'ada', ada))
      const state = under.store.dump()
      await expect(under.store.replace({ ...state, version: 99 })).rejects.toThrow('The state has version 99')
      await expect(under.store.replace({ ...state, collections: { cats: {} } })).rejects.toThrow(
        'The state holds a collection this system does not have: cats.',
      )
      expect(under.store.get('people', 'ada')).toEqual(ada)
      await under.dispose()
    })

    test('a closed store refuses to write', async () => {
      const under = await open()
      await under.store.close()
      await expect(under.store.transact((tx) => tx.put('people', 'ada', ada))).rejects.toThrow('The store is closed')
      await under.dispose()
    })
  })
}
