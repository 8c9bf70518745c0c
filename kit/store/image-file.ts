import { existsSync, readFileSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import type { Adapter } from 'lowdb'
import { StoreFormatUnknown, UnreadableAt } from './errors.ts'
import { openLines } from './read-lines.ts'
import { isRecord, STORE_VERSION } from './state.ts'

export interface ImageCollection {
  readonly name: string
  readonly keys: readonly string[]
  /** `records[n]` belongs to `keys[n]`. */
  readonly records: readonly object[]
}

/** The whole state at one revision, as it is written to and read from the file. */
export interface StoreImage {
  readonly revision: number
  readonly collections: readonly ImageCollection[]
}

const FORMAT = 'provisioning-twin store'
const PIECE = 1 << 17

/** The text of the file in pieces: one JSON value, one record per line. */
function* imageInPieces(system: string, image: StoreImage): Generator<string> {
  const head = { format: FORMAT, version: STORE_VERSION, system, revision: image.revision, collections: {} }
  let text = `${JSON.stringify(head).slice(0, -2)}\n`
  for (const [at, { name, keys, records }] of image.collections.entries()) {
    text += `${JSON.stringify(name)}:[\n`
    for (const [index, key] of keys.entries()) {
      text += `${JSON.stringify([key, records[index]])}${index + 1 < keys.length ? ',' : ''}\n`
      if (text.length >= PIECE) {
        yield text
        text = ''
      }
    }
    text += at + 1 < image.collections.length ? '],\n' : ']\n'
  }
  yield `${text}}}\n`
}

/** Check the members before `collections`. @throws {StoreFormatUnknown} when another version wrote them. */
function readRevision(file: string, head: unknown): number {
  if (!isRecord(head) || !('format' in head) || head.format !== FORMAT) throw new Error('this is not a store file')
  const version = 'version' in head ? head.version : undefined
  if (version !== STORE_VERSION) {
    throw new StoreFormatUnknown(file, `it has version ${String(version)}, this program knows version ${STORE_VERSION}`)
  }
  const revision = 'revision' in head ? head.revision : undefined
  if (typeof revision !== 'number' || !Number.isSafeInteger(revision)) throw new Error('the revision is missing')
  return revision
}

function checkPair(pair: unknown): readonly [string, object] {
  if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'string' || !isRecord(pair[1])) {
    throw new Error('a record must stand as ["key",{…}]')
  }
  return [pair[0], pair[1]]
}

/** Read line by line, as it was written: a hundred megabytes never become one string. */
function readByLine(file: string): StoreImage {
  const collections: { name: string; keys: string[]; records: object[] }[] = []
  const lines = openLines(file)
  let start = 0
  let line = 0

  function readLine(): string {
    const text = lines.next()
    start = lines.start
    line += 1
    if (text === undefined) throw new Error('the file ends early')
    return text
  }

  try {
    const revision = readRevision(file, JSON.parse(`${readLine()}}}`))
    for (let text = readLine(); text !== '}}'; text = readLine()) {
      if (!text.endsWith(':[')) throw new Error('a collection must start here')
      const name: unknown = JSON.parse(text.slice(0, -2))
      if (typeof name !== 'string') throw new Error('a collection must have a name')
      const keys: string[] = []
      const records: object[] = []
      for (let row = readLine(); row !== '],' && row !== ']'; row = readLine()) {
        const [key, record] = checkPair(JSON.parse(row.endsWith(',') ? row.slice(0, -1) : row))
        keys.push(key)
        records.push(record)
      }
      collections.push({ name, keys, records })
    }
    for (let rest = lines.next(); rest !== undefined; rest = lines.next()) {
      if (rest.trim() !== '') throw new Error('something follows the end')
    }
    return { revision, collections }
  } catch (error) {
    if (error instanceof StoreFormatUnknown) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new UnreadableAt({ line, byte: start }, reason, { cause: error })
  } finally {
    lines.close()
  }
}

/** Read the same value laid out differently, for those who reformatted the file by hand. `undefined`: it is not that value. */
function readWhole(file: string, bytes: Buffer): StoreImage | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    const revision = readRevision(file, value)
    if (!isRecord(value) || !('collections' in value) || !isRecord(value.collections)) return undefined
    const collections = Object.entries(value.collections).map(([name, rows]: [string, unknown]) => {
      if (!Array.isArray(rows)) throw new Error('a collection must be a list')
      const pairs = rows.map(checkPair)
      return { name, keys: pairs.map(([key]) => key), records: pairs.map(([, record]) => record) }
    })
    return { revision, collections }
  } catch (error) {
    if (error instanceof StoreFormatUnknown) throw error
    // The reading by line has the better account of what is wrong, and gives it.
    return undefined
  }
}

/**
 * How lowdb reads and writes the file of a store: streamed to a temporary file and renamed, so that the event loop goes on
 * meanwhile and the file is whole at every instant.
 * `read` throws {@link UnreadableAt} for damage and {@link StoreFormatUnknown} for the file of another version.
 */
export function createImageAdapter(file: string, system: string): Adapter<StoreImage> {
  const temporary = `${file}.tmp`
  return {
    async read() {
      if (!existsSync(file)) return null
      try {
        return readByLine(file)
      } catch (error) {
        const image = error instanceof UnreadableAt ? readWhole(file, readFileSync(file)) : undefined
        if (image === undefined) throw error
        return image
      }
    },
    async write(image) {
      const handle = await open(temporary, 'w', 0o600)
      try {
        for (const piece of imageInPieces(system, image)) await handle.writeFile(piece)
        await handle.sync()
      } catch (error) {
        await handle.close()
        await rm(temporary, { force: true })
        throw error
      }
      await handle.close()
      await rename(temporary, file)
    },
  }
}
