import { join } from 'node:path'
import { createSchedule } from '#kit/clock/schedule.ts'
import { createVirtualClock } from '#kit/clock/virtual-clock.ts'
import type { Clock } from '#kit/clock.ts'
import { currentContext } from '#kit/context.ts'
import { openOutbound } from '#kit/http/open-outbound.ts'
import { openJournal } from '#kit/journal/open-journal.ts'
import type { Journal } from '#kit/journal.ts'
import { openVault } from '#kit/secrets.ts'
import { openMemoryStore } from '#kit/store/create-store.ts'
import { openStore } from '#kit/store/open-store.ts'
import type { CollectionSpecs, Shape, Store } from '#kit/store/store.ts'
import { KIT_COLLECTIONS, type KitShape, type WorldMeta } from './collections.ts'
import { createFaults } from './faults.ts'
import { createClockMoves } from './move-clock.ts'
import { createOutboundBook } from './outbound-settings.ts'
import { createFileShelf, createMemoryShelf } from './snapshots.ts'
import { checkWorld, createStateChanges } from './state-changes.ts'
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
  /** Certificate of the local authority, PEM, where our own origins are https by it. */
  readonly ca?: string
}

/** A system with its end: `main` and the library close what they open. */
export interface OpenedSystem<S extends Shape> extends System<S> {
  /** Something the user should be told at start: the stored world differs from the one asked for. */
  readonly notice: string | undefined
  /** End due work and connections, write everything down, release the store. @throws the first write that failed unseen. */
  close(): Promise<void>
}

/**
 * Open the effects one system lives on, from its declaration. A new store is seeded with `options.world`; an existing one keeps
 * its own.
 *
 * @throws Refusal `unknown_world` (422); the store's own errors when its file is damaged or somebody else's.
 */
export async function openSystem<S extends Shape>(
  spec: SystemSpec<S>,
  options: OpenSystemOptions,
): Promise<OpenedSystem<S>> {
  checkWorld(options.world)
  const { dataDir, fsync = false } = options
  // One store holds the product's collections and the kit's; names beginning with `kit` are the kit's.
  const collections = { ...spec.collections, ...KIT_COLLECTIONS } as unknown as CollectionSpecs<S & KitShape>
  const store =
    dataDir === null
      ? Object.assign(openMemoryStore(collections), { isNew: true })
      : await openStore({ dir: dataDir, name: spec.name, collections, fsync })
  try {
    return await assemble(spec, collections, store, store.isNew, options)
  } catch (error) {
    await store.close()
    throw error
  }
}

async function assemble<S extends Shape>(
  spec: SystemSpec<S>,
  collections: CollectionSpecs<S & KitShape>,
  store: Store<S & KitShape>,
  isNew: boolean,
  { dataDir, urls, world: worldAskedFor, version = '0.0.0', wall = Date.now, ca }: OpenSystemOptions,
): Promise<OpenedSystem<S>> {
  const { name } = spec
  const origin = urls[name]
  if (origin === undefined) throw new Error(`There is no address for system "${name}".`)
  const kitStore = store as unknown as Store<KitShape>
  const vault = openVault(dataDir)
  const unseen = createUnseenWrites()

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
      ran: ({ what, summary }) => {
        journal.record({ kind: 'clock', title: `${what}: ${summary}` })
      },
      failed: unseen.fail,
    },
  })
  const book = createOutboundBook(kitStore, urls, spec.aliases ?? {})
  const outbound = openOutbound({
    urls,
    journal,
    aliases: book.aliases,
    hosts: book.hosts,
    timeoutMs: book.timeoutMs,
    ...(ca === undefined ? {} : { ca }),
  })
  const switches = createSwitches(kitStore, journal, spec.ledger)
  const faults = createFaults({
    store: kitStore,
    journal,
    operations: spec.operations,
    flaws: spec.flaws,
    inBackground: unseen.follow,
  })
  const moves = createClockMoves({ clock, schedule, journal })
  const replacedListeners: (() => void)[] = []
  const world = (): string => kitStore.get('kitMeta', 'world')?.world ?? worldAskedFor

  const { seed, ...stateControl } = createStateChanges({
    spec,
    collections,
    store,
    clock,
    wall,
    urls,
    vault,
    world,
    shelf: dataDir === null ? createMemoryShelf() : createFileShelf(join(dataDir, 'snapshots', name)),
    note: (title) => {
      journal.record({ kind: 'state', title })
    },
    async replaceBy(state, title, { clearJournal }) {
      schedule.interrupt()
      await store.replace(state)
      clock.forget()
      if (clearJournal) openedJournal.clear()
      for (const listener of replacedListeners) listener()
      journal.record({ kind: 'state', title })
      schedule.touch()
    },
  })
  const control: SystemControl = {
    ...stateControl,
    health: () => ({ status: 'ok', system: name, version, world: world(), now: clock.iso(), urls }),
    resetOptions: Object.keys(spec.resetOptions ?? {}),
    clock: moves.reading,
    moveClock: moves.move,
    due: schedule.list,
    operations: faults.operations,
    flaws: spec.flaws ?? {},
    faults: faults.list,
    setFaults: faults.replace,
    switches: switches.list,
    setSwitches: switches.set,
    hasAliases: spec.aliases !== undefined,
    aliases: book.aliases,
    setAliases: book.setAliases,
    outboundHosts: book.hosts,
    setOutboundHosts: book.setHosts,
    outboundTimeoutMs: book.timeoutMs,
    setOutboundTimeoutMs: book.setTimeoutMs,
  }

  if (isNew) await seed(worldAskedFor)
  return {
    name,
    urls,
    origin,
    ca,
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
    notice: noticeOf(name, kitStore.get('kitMeta', 'world'), { world: worldAskedFor, urls }),
    async close() {
      await schedule.close()
      outbound.close()
      await unseen.settled()
      openedJournal.close()
      await store.close()
      unseen.check()
    },
  }
}

/** What the stored world has otherwise than asked for. */
function noticeOf(
  name: string,
  kept: WorldMeta | undefined,
  { world, urls }: { readonly world: string; readonly urls: Urls },
): string | undefined {
  if (kept === undefined) return undefined
  if (kept.world !== world) {
    return `${name}: the stored world "${kept.world}" is kept; "${world}" was asked for. Reset to change worlds.`
  }
  const moved = Object.entries(kept.madeFor ?? {}).find(
    ([system, url]) => url.startsWith('http') && urls[system] !== undefined && urls[system] !== url,
  )
  return moved === undefined
    ? undefined
    : `${name}: the stored world was made for ${moved[1]}, which is ${urls[moved[0]]} now; it may send people to the old address. Reset to have it made anew.`
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

/** Writes that no caller waits for: the first that fails is told when the system closes. */
function createUnseenWrites() {
  const running = new Set<Promise<unknown>>()
  let failure: { readonly error: unknown } | undefined
  const fail = (error: unknown): void => {
    failure ??= { error }
  }
  return {
    fail,
    follow(write: Promise<unknown>): void {
      const followed = write.catch(fail).finally(() => running.delete(followed))
      running.add(followed)
    },
    settled: () => Promise.all(running),
    check(): void {
      if (failure !== undefined) throw failure.error
    },
  }
}
