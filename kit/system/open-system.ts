import { join } from 'node:path'
import { createSchedule } from '#kit/clock/schedule.ts'
import { createVirtualClock } from '#kit/clock/virtual-clock.ts'
import type { Clock } from '#kit/clock.ts'
import { currentContext } from '#kit/context.ts'
import { Refusal } from '#kit/http/errors.ts'
import { openOutbound } from '#kit/http/open-outbound.ts'
import { openJournal } from '#kit/journal/open-journal.ts'
import type { Journal } from '#kit/journal.ts'
import { openVault } from '#kit/secrets.ts'
import { openMemoryStore } from '#kit/store/create-store.ts'
import { openStore } from '#kit/store/open-store.ts'
import type { CollectionSpecs, Shape, StateDocument, Store } from '#kit/store/store.ts'
import { parseWorld, WORLD_CHOICES } from '#kit/world/worlds.ts'
import { KIT_COLLECTIONS, type KitShape } from './collections.ts'
import { createFaults } from './faults.ts'
import { createClockMoves } from './move-clock.ts'
import { createOutboundBook } from './outbound-settings.ts'
import { checkSnapshotName, createFileShelf, createMemoryShelf, type SnapshotShelf } from './snapshots.ts'
import { invalidState, parseStateDocument } from './state-document.ts'
import { createSwitches } from './switches.ts'
import type { System, SystemSpec, Urls } from './system.ts'
import type { SystemControl } from './system-control.ts'

export interface OpenSystemOptions {
  /** Folder of the stores, shared by all systems; `null` keeps everything in memory. */
  readonly dataDir: string | null
  /** World to seed when the store is new. */
  readonly world: string
  readonly urls: Urls
  /** Sync every acknowledged write to the disk. */
  readonly fsync?: boolean
  /** Wall clock, milliseconds. */
  readonly wall?: () => number
  readonly version?: string
}

/** A system with its end: `main` and the library close what they open. */
export interface OpenedSystem<S extends Shape> extends System<S> {
  /** Something the user should be told at start: the stored world differs from the one asked for. */
  readonly notice: string | undefined
  /** End due work and connections, write everything down, release the store. @throws the first write that failed unseen. */
  close(): Promise<void>
}

/**
 * Open the effects one system lives on, from its declaration. A new store is seeded with `options.world`; an existing one keeps its own.
 *
 * @throws Refusal `unknown_world` (422); the store's own errors when its file is damaged or somebody else's.
 */
export async function openSystem<S extends Shape>(
  spec: SystemSpec<S>,
  options: OpenSystemOptions,
): Promise<OpenedSystem<S>> {
  const { name } = spec
  const { dataDir, urls, version = '0.0.0', wall = Date.now } = options
  const fsync = options.fsync ?? false
  const origin = urls[name]
  if (origin === undefined) throw new Error(`There is no address for system "${name}".`)
  checkWorld(options.world)

  // A product's collections and the kit's are one store; the cast states that they do not overlap (`kit…` is reserved).
  const collections = { ...spec.collections, ...KIT_COLLECTIONS } as unknown as CollectionSpecs<S & KitShape>
  const { store, isNew } = await openStoreOf(dataDir, name, collections, fsync)
  const kitStore = store as unknown as Store<KitShape>
  const vault = openVault(dataDir)

  let unseenFailure: unknown
  const background = new Set<Promise<unknown>>()
  function inBackground(write: Promise<unknown>): void {
    const kept = write
      .catch((error: unknown) => {
        unseenFailure ??= error
      })
      .finally(() => background.delete(kept))
    background.add(kept)
  }

  const clock = createVirtualClock(kitStore, wall)
  const productClock: Clock = { now: clock.now, iso: clock.iso }
  const openedJournal = openJournal({
    ...(dataDir === null ? {} : { dir: join(dataDir, 'journal') }),
    system: name,
    clock: productClock,
    wall,
    correlation: () => currentContext()?.traceId,
  })
  const journal = withCause(openedJournal)
  const schedule = createSchedule({
    system: name,
    clock,
    report: {
      ran: ({ what, summary }, causeSeq) => {
        journal.record({ kind: 'clock', title: `${what}: ${summary}`, ...(causeSeq === undefined ? {} : { causeSeq }) })
      },
      failed: (error) => {
        unseenFailure ??= error
      },
    },
  })
  const book = createOutboundBook(kitStore, urls, spec.aliases ?? {})
  const outbound = openOutbound({ urls, journal, aliases: book.aliases, hosts: book.hosts })
  const switches = createSwitches(kitStore, journal, spec.ledger)
  const faults = createFaults({ store: kitStore, journal, operations: spec.operations, inBackground })
  const moves = createClockMoves({ clock, schedule, journal })
  const shelf: SnapshotShelf =
    dataDir === null ? createMemoryShelf() : createFileShelf(join(dataDir, 'snapshots', name))
  const replacedListeners: (() => void)[] = []

  const world = (): string => kitStore.get('kitMeta', 'world')?.world ?? options.world

  /** Write the seed of `worldName` into a store that holds nothing. */
  function seedInto(empty: Store<S & KitShape>, worldName: string, keep: readonly string[]): Promise<void> {
    const nowMs = Math.floor(wall())
    return empty.transact((tx) => {
      const kitTx = tx as unknown as Parameters<Parameters<Store<KitShape>['transact']>[0]>[0]
      kitTx.put('kitMeta', 'world', { world: worldName, seededAt: new Date(nowMs).toISOString(), idsMade: 0 })
      kitTx.put('kitClock', 'clock', { anchorWallMs: nowMs, anchorVirtualMs: nowMs, rate: 1, frozen: false })
      spec.seed(tx, { world: worldName, nowMs, urls, vault })
      for (const option of keep) spec.resetOptions?.[option]?.(store, tx)
    })
  }

  /** The state `fill` makes in an empty store of this system's shape. */
  async function buildState(fill: (empty: Store<S & KitShape>) => Promise<void>): Promise<StateDocument> {
    const scratch = openMemoryStore(collections)
    await fill(scratch)
    return scratch.dump()
  }

  async function replaceBy(state: StateDocument, title: string, clearJournal: boolean): Promise<void> {
    schedule.interrupt()
    await store.replace(state)
    clock.forget()
    if (clearJournal) openedJournal.clear()
    for (const listener of replacedListeners) listener()
    journal.record({ kind: 'state', title })
    schedule.touch()
  }

  /** @throws Refusal `invalid_state` (422); the present state is left alone. */
  async function loadState(document: unknown, title: string): Promise<void> {
    const parsed = parseStateDocument(document, Object.keys(collections))
    const state = await buildState((empty) => empty.replace(parsed)).catch((error: unknown) => {
      throw invalidState(error instanceof Error ? error.message : String(error), error)
    })
    // Time goes on from the instant the document was made at, not from where it would be by now.
    const record = (state.collections as Record<string, Record<string, object>>)['kitClock']?.['clock']
    const collectionsNow = {
      ...state.collections,
      kitClock: { clock: { ...record, anchorWallMs: Math.floor(wall()) } },
    }
    await replaceBy({ ...state, collections: collectionsNow }, title, false)
  }

  function state(): StateDocument {
    const dumped = store.dump()
    return { ...dumped, collections: { ...dumped.collections, kitClock: { clock: clock.snapshot() } } }
  }

  const control: SystemControl = {
    health: () => ({ status: 'ok', system: name, version, world: world(), now: clock.iso(), urls }),
    resetOptions: Object.keys(spec.resetOptions ?? {}),
    async reset(request = {}) {
      const worldName = checkWorld(request.world ?? world())
      const seeded = await buildState((empty) => seedInto(empty, worldName, request.options ?? []))
      await replaceBy(seeded, `Reset to world ${worldName}`, true)
    },
    state,
    replaceState: (document) => loadState(document, 'State replaced'),
    snapshots: {
      list: shelf.list,
      async save(given) {
        const info = {
          name: checkSnapshotName(given),
          world: world(),
          takenAt: new Date(wall()).toISOString(),
          virtualAt: clock.iso(),
        }
        const replaced = await shelf.put({ ...info, state: state() })
        journal.record({ kind: 'state', title: `Snapshot ${given} taken` })
        return { snapshot: info, replaced }
      },
      async restore(given) {
        const found = await shelf.get(checkSnapshotName(given))
        if (found === undefined) {
          throw new Refusal('unknown_snapshot', 404, `There is no snapshot "${given}".`, {
            hint: 'GET /_kit/snapshots lists them.',
          })
        }
        await loadState(found.state, `Snapshot ${given} restored`)
        return { name: found.name, world: found.world, takenAt: found.takenAt, virtualAt: found.virtualAt }
      },
    },
    clock: moves.reading,
    moveClock: moves.move,
    due: schedule.list,
    operations: spec.operations,
    faults: faults.list,
    setFaults: faults.replace,
    switches: switches.list,
    setSwitches: switches.set,
    hasAliases: spec.aliases !== undefined,
    aliases: book.aliases,
    setAliases: book.setAliases,
    outboundHosts: book.hosts,
    setOutboundHosts: book.setHosts,
  }

  if (isNew) await seedInto(store, options.world, [])
  const notice =
    world() === options.world
      ? undefined
      : `${name}: the stored world "${world()}" is kept; "${options.world}" was asked for. Reset to change worlds.`

  return {
    name,
    urls,
    origin,
    store,
    clock: productClock,
    schedule: { register: schedule.register, touch: schedule.touch },
    journal,
    outbound,
    switches,
    faults,
    vault,
    world,
    onReplaced: (listener) => {
      replacedListeners.push(listener)
    },
    control,
    notice,
    async close() {
      await schedule.close()
      outbound.close()
      await Promise.all(background)
      openedJournal.close()
      await store.close()
      if (unseenFailure !== undefined) throw unseenFailure
    },
  }
}

/** Entries recorded while due work runs name the entry that set it off. */
function withCause(journal: Journal): Journal {
  return {
    ...journal,
    record(note) {
      const causeSeq = currentContext()?.causeSeq
      return journal.record(causeSeq === undefined ? note : { causeSeq, ...note })
    },
  }
}

async function openStoreOf<S extends Shape>(
  dir: string | null,
  name: string,
  collections: CollectionSpecs<S>,
  fsync: boolean,
): Promise<{ readonly store: Store<S>; readonly isNew: boolean }> {
  if (dir === null) return { store: openMemoryStore(collections), isNew: true }
  const store = await openStore({ dir, name, collections, fsync })
  return { store, isNew: store.isNew }
}

function checkWorld(name: string): string {
  if (parseWorld(name) !== undefined) return name
  throw new Refusal('unknown_world', 422, `There is no world "${name}".`, {
    hint: `Choose one of: ${WORLD_CHOICES.join(', ')}.`,
  })
}
