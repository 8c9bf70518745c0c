import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { join } from 'node:path'
import { Low } from 'lowdb'
import { type Contents, createStore, type Keeper } from './create-store.ts'
import { StoreDamaged, StoreFormatUnknown, UnreadableAt } from './errors.ts'
import { createImageAdapter, type StoreImage } from './image-file.ts'
import { takeLock } from './lock.ts'
import { lineInPieces, lineOf, openLogSegment } from './log-segment.ts'
import { type LogLine, replayLog } from './read-log.ts'
import { collectionOf, createState, type State } from './state.ts'
import type { CollectionSpecs, Shape, Store } from './store.ts'
import { createWriteGroup } from './write-group.ts'

export interface StoreOptions<S extends Shape> {
  /** Folder of the files; made when missing. */
  readonly dir: string
  /** The system's name: the files are `{name}.json`, `{name}.log` and `{name}.lock`. */
  readonly name: string
  readonly collections: CollectionSpecs<S>
  /** Resolve transactions only when they have reached the disk; otherwise the kernel is enough. */
  readonly fsync?: boolean
  /** Told when a rewrite started by itself failed. Nothing is lost then: the log holds everything. Default: a process warning. */
  readonly onProblem?: (error: Error) => void
}

export interface OpenedStore<S extends Shape> extends Store<S> {
  /** Nothing was stored here before: seed it. */
  readonly isNew: boolean
}

interface Files {
  readonly image: string
  readonly log: string
  /** The log up to the start of the rewrite under way, or of one that a crash cut short. */
  readonly previousLog: string
  readonly lock: string
}

/** More writes than this are no request's, but a seed: their line is never one string. */
const MOST_AS_ONE = 1_000

const EMPTY: StoreImage = { revision: 0, collections: [] }
/**
 * Below this the log is not worth a rewrite by itself: after a crash it is read in half a second, and after a stop in order, which
 * rewrites, there is none.
 */
const LEAST_LOG_BYTES = 32 << 20

/** Run `read`; damage it meets is copied aside and reported with file and place. */
async function reading<R>(file: string, read: () => R | Promise<R>): Promise<R> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof UnreadableAt)) throw error
    const copy = `${file}.damaged-${createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 8)}`
    if (!existsSync(copy)) copyFileSync(file, copy, constants.COPYFILE_EXCL)
    throw new StoreDamaged(file, error.place, error.message, copy, { cause: error })
  }
}

function fill(file: string, state: State, image: StoreImage): void {
  for (const { name, keys, records } of image.collections) {
    const collection = state.get(name)
    if (collection === undefined) {
      // Nothing is lost with a collection that a version gave up while it held nothing.
      if (keys.length === 0) continue
      throw new StoreFormatUnknown(file, `it holds a collection ${name}`)
    }
    for (const [index, key] of keys.entries()) collection.put(key, records[index] ?? {})
  }
}

function applyLine(file: string, state: State, line: LogLine): void {
  for (const [name, key, record] of line.writes) {
    const collection = state.get(name)
    if (collection === undefined) throw new StoreFormatUnknown(file, `it holds a collection ${name}`)
    if (record === undefined) collection.delete(key)
    else collection.put(key, record)
  }
}

/** Read the file, then what the logs hold beyond it; cut a torn last line off, so that the next one starts clean. */
async function load<S extends Shape>(files: Files, low: Low<StoreImage>, specs: CollectionSpecs<S>): Promise<Contents> {
  await reading(files.image, () => low.read())
  const contents: Contents = { state: createState(specs), revision: low.data.revision }
  fill(files.image, contents.state, low.data)
  low.data = EMPTY
  for (const file of [files.previousLog, files.log]) {
    if (!existsSync(file)) continue
    const bytes = readFileSync(file)
    const { revision, wholeBytes } = await reading(file, () =>
      replayLog(bytes, contents.revision, (line) => {
        if (line.cleared) contents.state = createState(specs)
        applyLine(file, contents.state, line)
      }),
    )
    contents.revision = revision
    if (wholeBytes < bytes.length) truncateSync(file, wholeBytes)
  }
  return contents
}

/** Everything as it is now: records are immutable, so lists of references are a consistent picture. */
function takeImage<S extends Shape>(contents: Contents, specs: CollectionSpecs<S>): StoreImage {
  const collections = Object.keys(specs).map((name) => ({ name, ...collectionOf(contents.state, name).snapshot() }))
  return { revision: contents.revision, collections }
}

function syncFolder(dir: string): void {
  const fd = openSync(dir, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Keeps transactions in `{name}.log` and, now and then, the whole state in `{name}.json`. */
function createFileKeeper<S extends Shape>(
  { dir, collections, fsync = false, onProblem = (error) => process.emitWarning(error) }: StoreOptions<S>,
  files: Files,
  low: Low<StoreImage>,
  contents: Contents,
  unlock: () => void,
): Keeper {
  let segment = openLogSegment(files.log)
  let running: Promise<void> | undefined
  let rewriteAt = rewriteThreshold()
  const group = createWriteGroup((pieces) => {
    segment.append(pieces)
    if (segment.bytes > rewriteAt) rewriteSoon()
    return fsync ? segment.sync() : undefined
  })

  function rewriteThreshold(): number {
    const imageBytes = existsSync(files.image) ? statSync(files.image).size : 0
    return Math.max(2 * imageBytes, LEAST_LOG_BYTES)
  }

  /** Start a new log, so that the old one can go once the file holds what it holds. */
  function rotateLog(): Promise<void> | undefined {
    // Left by a rewrite that failed: the file replaces it now; the present log is skipped up to the file's revision.
    if (existsSync(files.previousLog)) return undefined
    const old = segment
    renameSync(files.log, files.previousLog)
    try {
      segment = openLogSegment(files.log)
    } catch (error) {
      renameSync(files.previousLog, files.log)
      throw error
    }
    if (fsync) syncFolder(dir)
    return old.close()
  }

  async function rewrite(): Promise<void> {
    // What waits may fail yet: no picture must show it.
    group.flush()
    if (segment.bytes === 0 && !existsSync(files.previousLog)) return
    // Picture and new log in one go: every transaction is in the picture or in the new log.
    low.data = takeImage(contents, collections)
    try {
      await rotateLog()
      await low.write()
    } finally {
      low.data = EMPTY
    }
    if (fsync) syncFolder(dir)
    rmSync(files.previousLog, { force: true })
    rewriteAt = rewriteThreshold()
  }

  async function compact(): Promise<void> {
    while (running !== undefined) await running.catch(() => undefined)
    running = rewrite().finally(() => {
      running = undefined
    })
    await running
  }

  function rewriteSoon(): void {
    rewriteAt = Number.POSITIVE_INFINITY
    setImmediate(() => {
      compact().catch((error: unknown) => {
        rewriteAt = 2 * segment.bytes + LEAST_LOG_BYTES
        onProblem(new Error(`The store file ${files.image} could not be rewritten; the log goes on.`, { cause: error }))
      })
    })
  }

  return {
    append(line, undo) {
      if (line.writes.length > MOST_AS_ONE) {
        const kept = group.add(lineInPieces(line), undo)
        group.flush()
        return kept
      }
      try {
        // At once, so that a record that is no JSON is the failure of its own transaction alone.
        return group.add([lineOf(line)], undo)
      } catch (error) {
        undo()
        return Promise.reject(error)
      }
    },
    settle: () => group.flush(),
    compact,
    async close() {
      try {
        await compact()
      } finally {
        await segment.close()
        unlock()
      }
    },
  }
}

/**
 * Open the store of a system: read its files, lock them, keep every further transaction.
 *
 * @throws {StoreLocked} when another process, or this one, has it open.
 * @throws {StoreDamaged} when a file is not what was written; nothing is changed and a copy is kept.
 * @throws {StoreFormatUnknown} when another version wrote it.
 */
export async function openStore<S extends Shape>(options: StoreOptions<S>): Promise<OpenedStore<S>> {
  const { dir, name, collections } = options
  const files: Files = {
    image: join(dir, `${name}.json`),
    log: join(dir, `${name}.log`),
    previousLog: join(dir, `${name}.log.previous`),
    lock: join(dir, `${name}.lock`),
  }
  mkdirSync(dir, { recursive: true })
  const unlock = takeLock(files.lock, name)
  try {
    const low = new Low<StoreImage>(createImageAdapter(files.image, name), EMPTY)
    const contents = await load(files, low, collections)
    const isNew = contents.revision === 0
    const store = createStore<S>(collections, contents, createFileKeeper(options, files, low, contents, unlock))
    return Object.defineProperties({ isNew } as OpenedStore<S>, Object.getOwnPropertyDescriptors(store))
  } catch (error) {
    unlock()
    throw error
  }
}
