import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StoreDamaged, StoreFormatUnknown, StoreLocked } from './errors.ts'
import { type OpenedStore, openStore } from './open-store.ts'
import { CONFORMANCE_COLLECTIONS, type ConformanceShape, type Person } from './test/conformance-shape.ts'

let dir: string
let open: OpenedStore<ConformanceShape> | undefined

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'twin-store-'))
})

afterEach(async () => {
  await open?.close()
  open = undefined
  await rm(dir, { recursive: true })
})

const person = (age: number): Person => ({ tags: [], age })
const file = (ending: string): string => join(dir, `people.${ending}`)

async function openHere(fsync = false): Promise<OpenedStore<ConformanceShape>> {
  open = await openStore({ dir, name: 'people', collections: CONFORMANCE_COLLECTIONS, fsync })
  return open
}

async function closeHere(): Promise<void> {
  await open?.close()
  open = undefined
}

/** A closed store of people `p1` to `p{count}`, all in the file. */
async function storePeople(count: number): Promise<void> {
  const store = await openHere()
  await store.transact((tx) => {
    for (let n = 1; n <= count; n += 1) tx.put('people', `p${n}`, person(n))
  })
  await closeHere()
}

/** Write `count` transactions and let the process of the store end without closing it: what `kill -9` leaves. */
async function abandonAfter(count: number): Promise<void> {
  const store = await openHere()
  for (let n = 1; n <= count; n += 1) await store.transact((tx) => tx.put('people', `p${n}`, person(n)))
  const left = ['json', 'log', 'log.previous'].filter((ending) => existsSync(file(ending)))
  for (const ending of left) copyFileSync(file(ending), `${file(ending)}.left`)
  await closeHere()
  await rm(file('json'), { force: true })
  await rm(file('log'), { force: true })
  for (const ending of left) copyFileSync(`${file(ending)}.left`, file(ending))
}

async function refusal(): Promise<unknown> {
  return openHere().then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('opening', () => {
  test('a store where nothing was stored is new, and stays so until something is', async () => {
    expect((await openHere()).isNew).toBe(true)
    await closeHere()
    const store = await openHere()
    expect(store.isNew).toBe(true)
    await store.transact((tx) => tx.put('people', 'ada', person(36)))
    await closeHere()
    expect((await openHere()).isNew).toBe(false)
  })

  test('the file is JSON with one record per line, and may be laid out differently by hand', async () => {
    await storePeople(3)
    const text = readFileSync(file('json'), 'utf8')
    expect(text.split('\n')).toContain('["p2",{"tags":[],"age":2}],')
    writeFileSync(file('json'), JSON.stringify(JSON.parse(text), null, 2))
    expect([...(await openHere()).entries('people')].map(([key]) => key)).toEqual(['p1', 'p2', 'p3'])
  })

  test('nobody but the owner can read the files', async () => {
    await storePeople(1)
    await openHere()
    for (const ending of ['json', 'log', 'lock']) expect(statSync(file(ending)).mode & 0o077).toBe(0)
  })

  test('a second start is refused by name, and may succeed after the first has closed', async () => {
    const first = await openHere()
    const error = await openStore({ dir, name: 'people', collections: CONFORMANCE_COLLECTIONS }).catch(
      (reason) => reason,
    )
    expect(error).toBeInstanceOf(StoreLocked)
    expect(error.message).toBe(
      `The store of people is in use by process ${process.pid} (lock file ${file('lock')}). ` +
        'Stop that process first, or choose another data folder.',
    )
    await first.close()
    await openHere()
  })

  test('a lock left by a process that is gone is taken over, and so is one of an earlier process of the same number', async () => {
    writeFileSync(file('lock'), JSON.stringify({ system: 'people', pid: 2 ** 22 + 1, started: null }))
    await openHere()
    await closeHere()
    writeFileSync(file('lock'), JSON.stringify({ system: 'people', pid: process.pid, started: '1' }))
    await openHere()
    await closeHere()
    expect(readdirSync(dir).filter((name) => name.includes('lock'))).toEqual([])
  })
})

describe('after a crash', () => {
  test('a torn last line was never acknowledged: it is dropped, and writing goes on behind the line before it', async () => {
    await abandonAfter(3)
    const log = readFileSync(file('log'), 'utf8')
    writeFileSync(file('log'), log.slice(0, -9))
    const store = await openHere()
    expect([...store.entries('people')].map(([key]) => key)).toEqual(['p1', 'p2'])
    await store.transact((tx) => tx.put('people', 'p4', person(4)))
    copyFileSync(file('log'), join(dir, 'killed.log'))
    const killed = await openStore({ dir, name: 'killed', collections: CONFORMANCE_COLLECTIONS })
    expect([...killed.entries('people')].map(([key]) => key)).toEqual(['p1', 'p2', 'p4'])
    await killed.close()
  })

  test('cut anywhere, the log gives the transactions it holds whole', async () => {
    await abandonAfter(5)
    const log = readFileSync(file('log'))
    for (let length = 0; length <= log.length; length += 7) {
      await rm(file('json'), { force: true })
      writeFileSync(file('log'), log.subarray(0, length))
      const whole = log.subarray(0, length).toString().split('\n').length - 1
      expect((await openHere()).count('people')).toBe(whole)
      await closeHere()
    }
  })

  test('a crash between the rewrite of the file and the end of the old log replays nothing twice', async () => {
    const store = await openHere()
    await store.transact((tx) => tx.put('people', 'ada', person(36)))
    await store.transact((tx) => tx.delete('people', 'ada'))
    await store.transact((tx) => tx.put('people', 'ben', person(40)))
    copyFileSync(file('log'), file('log.kept'))
    await closeHere()
    copyFileSync(file('log.kept'), file('log.previous'))
    const again = await openHere()
    expect([...again.entries('people')]).toEqual([['ben', person(40)]])
    expect(again.revision).toBe(3)
    await again.transact((tx) => tx.put('people', 'chloe', person(41)))
    await closeHere()
    expect(existsSync(file('log.previous'))).toBe(false)
    expect((await openHere()).count('people')).toBe(2)
  })

  test('a crash in the middle of a rewrite leaves the old file and both logs, which together hold everything', async () => {
    await storePeople(2)
    const store = await openHere()
    await store.transact((tx) => tx.put('people', 'p3', person(3)))
    copyFileSync(file('json'), file('json.kept'))
    copyFileSync(file('log'), file('log.kept'))
    await store.compact()
    await store.transact((tx) => tx.put('people', 'p4', person(4)))
    copyFileSync(file('log'), file('log.second'))
    await closeHere()
    copyFileSync(file('json.kept'), file('json'))
    copyFileSync(file('log.kept'), file('log.previous'))
    copyFileSync(file('log.second'), file('log'))
    writeFileSync(file('json.tmp'), '{"format":')
    expect([...(await openHere()).entries('people')].map(([key]) => key)).toEqual(['p1', 'p2', 'p3', 'p4'])
  })
})

describe('damage', () => {
  const damages: readonly (readonly [string, string, (text: string) => string, number, string])[] = [
    ['a truncated file', 'json', (text) => text.slice(0, text.length / 2), 0, ''],
    ['an empty file', 'json', () => '', 1, 'the file ends early'],
    ['a file that is no JSON', 'json', () => 'hello\n', 1, 'is not valid JSON'],
    ['a file of something else', 'json', () => '{"name":"x"}\n', 1, ''],
    [
      'a record that is a number',
      'json',
      (text) => text.replace(/\["p2",\{.*\}\]/, '["p2",7]'),
      4,
      'a record must stand as ["key",{…}]',
    ],
    ['a file without its end', 'json', (text) => text.replace('}}\n', ''), 0, 'the file ends early'],
    ['two files in one', 'json', (text) => text + text, 0, 'something follows the end'],
    [
      'a damaged line in the middle of the log',
      'log',
      (text) => text.replace('"age":2', '"age":'),
      2,
      'is not valid JSON',
    ],
    [
      'a line missing from the log',
      'log',
      (text) => text.replace(/.*"age":2.*\n/, ''),
      2,
      'transaction 3 is missing before 4',
    ],
    [
      'a write of the wrong shape',
      'log',
      (text) => text.replace('"people",', ''),
      1,
      'the transaction holds something that is no write',
    ],
    ['a log line that is no transaction', 'log', (text) => text.replace(/^.*\n/, '[]\n'), 1, 'this is no transaction'],
  ]

  test.each(damages)(
    '%s is reported with its place, kept untouched, and copied',
    async (_name, ending, spoil, line, reason) => {
      if (ending === 'json') await storePeople(9)
      else {
        await storePeople(1)
        await abandonAfter(4)
      }
      writeFileSync(file(ending), spoil(readFileSync(file(ending), 'utf8')))
      const before = readFileSync(file(ending))

      const error = await refusal()
      expect(error).toBeInstanceOf(StoreDamaged)
      if (!(error instanceof StoreDamaged)) return
      expect(error.file).toBe(file(ending))
      if (line > 0) expect(error.place.line).toBe(line)
      expect(error.message).toContain(
        `The store file ${file(ending)} is damaged at line ${error.place.line} (byte ${error.place.byte}): `,
      )
      expect(error.message).toContain(reason)
      expect(error.message).toContain('Put a good copy of the file back')
      expect(readFileSync(file(ending))).toEqual(before)
      expect(readFileSync(error.copy)).toEqual(before)

      const files = readdirSync(dir)
      expect(await refusal()).toBeInstanceOf(StoreDamaged)
      expect(readdirSync(dir)).toEqual(files)
      expect(existsSync(file('lock'))).toBe(false)
    },
  )

  test('a log whose file is missing is damage: something was stored before it', async () => {
    await storePeople(3)
    await abandonAfter(1)
    await rm(file('json'))
    expect(await refusal()).toMatchObject({ name: 'StoreDamaged', place: { line: 1, byte: 0 } })
  })

  test('the file of another version is refused and kept', async () => {
    await storePeople(1)
    writeFileSync(file('json'), readFileSync(file('json'), 'utf8').replace('"version":1', '"version":2'))
    const before = readFileSync(file('json'))
    const error = await refusal()
    expect(error).toBeInstanceOf(StoreFormatUnknown)
    expect(String(error)).toContain('it has version 2, this program knows version 1')
    expect(readFileSync(file('json'))).toEqual(before)
  })

  test('a file with a collection nobody declared is refused and kept, unless that is empty', async () => {
    await storePeople(1)
    const { people } = CONFORMANCE_COLLECTIONS
    const fewer = await openStore({ dir, name: 'people', collections: { people } })
    expect(fewer.count('people')).toBe(1)
    await fewer.close()
    const error = await openStore({ dir, name: 'people', collections: { cats: {} } }).catch((reason) => reason)
    expect(error).toBeInstanceOf(StoreFormatUnknown)
    expect(error.message).toContain('it holds a collection people')
  })
})

describe('writing', () => {
  test('a record that is no JSON is refused: the transaction is undone and the log stays readable', async () => {
    const store = await openHere()
    await store.transact((tx) => tx.put('people', 'ada', person(36)))
    const spoilt = store.transact((tx) => {
      // More than is written at once, so that the line is begun before it fails.
      tx.put('people', 'ada', { ...person(37), team: 'x'.repeat(3_000_000) })
      tx.put('people', 'ben', { ...person(1), size: 10n } as Person)
    })
    await expect(spoilt).rejects.toThrow('BigInt')
    expect([...store.entries('people')]).toEqual([['ada', person(36)]])
    await store.transact((tx) => tx.put('people', 'chloe', person(38)))
    copyFileSync(file('log'), join(dir, 'killed.log'))
    const killed = await openStore({ dir, name: 'killed', collections: CONFORMANCE_COLLECTIONS })
    expect([...killed.entries('people')].map(([key]) => key)).toEqual(['ada', 'chloe'])
    await killed.close()
  })

  test('a transaction is one line of the log, whatever the size of the collection', async () => {
    await storePeople(1_000)
    const store = await openHere()
    await store.transact((tx) => {
      tx.put('people', 'p5', person(99))
      tx.put('people', 'p5', person(100))
      tx.delete('people', 'p6')
    })
    expect(readFileSync(file('log'), 'utf8')).toBe(
      '{"r":2,"w":[["people","p5",{"tags":[],"age":100}],["people","p6"]]}\n',
    )
  })

  test('a log line of several megabytes is written in pieces and read whole', async () => {
    const store = await openHere()
    const team = 'é'.repeat(1_500_000)
    await store.transact((tx) => {
      for (const key of ['a', 'b', 'c']) tx.put('people', key, { ...person(1), team })
    })
    await closeHere()
    expect((await openHere()).get('people', 'c')?.team).toBe(team)
  })

  test('writes that share a sync to the disk are all kept', async () => {
    const store = await openHere(true)
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => store.transact((tx) => tx.put('people', `p${n}`, person(n)))),
    )
    await closeHere()
    expect((await openHere()).count('people')).toBe(200)
  })

  test('a log that outgrew the file starts a rewrite by itself', async () => {
    const store = await openHere()
    const team = 'x'.repeat(100_000)
    while (!existsSync(file('json'))) {
      await store.transact((tx) => tx.put('people', 'ada', { ...person(1), team }))
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(store.revision).toBeGreaterThan(40)
    await store.compact()
    expect(statSync(file('json')).size).toBeLessThan(200_000)
  })

  test('transactions go on during a rewrite, and none is lost or doubled', async () => {
    await storePeople(20_000)
    const store = await openHere()
    await store.transact((tx) => tx.put('people', 'before', person(1)))
    let finished = false
    const rewriting = store.compact().then(() => {
      finished = true
    })
    let written = 0
    while (!finished) {
      written += 1
      const n = written
      await store.transact((tx) => tx.put('people', `during${n}`, person(n)))
      await store.transact((tx) => tx.delete('people', `p${n}`))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await rewriting
    expect(written).toBeGreaterThan(2)
    expect(readFileSync(file('json'), 'utf8')).not.toContain('"during1"')
    const state = store.dump()
    for (const ending of ['json', 'log']) copyFileSync(file(ending), join(dir, `killed.${ending}`))
    const killed = await openStore({ dir, name: 'killed', collections: CONFORMANCE_COLLECTIONS })
    expect(JSON.stringify(killed.dump())).toBe(JSON.stringify(state))
    await killed.close()
  })

  test('a rewrite that fails is reported, loses nothing, and the next one succeeds', async () => {
    await storePeople(2)
    const store = await openHere()
    await store.transact((tx) => tx.put('people', 'p3', person(3)))
    mkdirSync(file('json.tmp'))
    await expect(store.compact()).rejects.toThrow('EISDIR')
    await store.transact((tx) => tx.put('people', 'p4', person(4)))
    await expect(store.compact()).rejects.toThrow('EISDIR')
    rmdirSync(file('json.tmp'))
    await store.compact()
    await store.transact((tx) => tx.put('people', 'p5', person(5)))
    await closeHere()
    expect((await openHere()).count('people')).toBe(5)
  })
})
