import type { VirtualClock } from '#kit/clock/virtual-clock.ts'
import { Refusal } from '#kit/http/errors.ts'
import { openMemoryStore } from '#kit/store/create-store.ts'
import type { CollectionSpecs, Shape, StateDocument, Store, Writer } from '#kit/store/store.ts'
import { parseWorld, WORLD_CHOICES } from '#kit/world/worlds.ts'
import type { KitShape } from './collections.ts'
import { compareStates } from './compare-states.ts'
import { checkSnapshotName, type SnapshotShelf } from './snapshots.ts'
import { invalidState, parseStateDocument } from './state-document.ts'
import type { SystemSpec, Urls, Vault } from './system.ts'
import type { SnapshotInfo, SystemControl } from './system-control.ts'

export interface StateChangesDeps<S extends Shape> {
  readonly spec: SystemSpec<S>
  readonly collections: CollectionSpecs<S & KitShape>
  readonly store: Store<S & KitShape>
  readonly clock: VirtualClock
  readonly wall: () => number
  readonly urls: Urls
  readonly vault: Vault
  readonly shelf: SnapshotShelf
  /** Name of the world in force. */
  readonly world: () => string
  /** Put `state` in place of everything, and tell whoever remembered what was before. */
  readonly replaceBy: (
    state: StateDocument,
    title: string,
    options: { readonly clearJournal: boolean },
  ) => Promise<void>
  readonly note: (title: string) => void
}

export interface StateChanges extends Pick<SystemControl, 'reset' | 'state' | 'replaceState' | 'snapshots'> {
  /** Seed a store that holds nothing. */
  seed(world: string): Promise<void>
}

/** @throws Refusal `unknown_world` (422). */
export function checkWorld(name: string): string {
  if (parseWorld(name) !== undefined) return name
  throw new Refusal('unknown_world', 422, `There is no world "${name}".`, {
    hint: `Choose one of: ${WORLD_CHOICES.join(', ')}.`,
  })
}

/**
 * Seed, reset, read and replace the whole state of a system. A new state is made apart first, so that whatever is wrong with it leaves
 * the present one as it is.
 */
export function createStateChanges<S extends Shape>(deps: StateChangesDeps<S>): StateChanges {
  const { spec, collections, store, clock, wall, urls, vault, shelf, world } = deps

  function seedInto(empty: Store<S & KitShape>, worldName: string, keep: readonly string[]): Promise<void> {
    const nowMs = Math.floor(wall())
    return empty.transact((tx) => {
      const kitTx = tx as unknown as Writer<KitShape>
      const seededAt = new Date(nowMs).toISOString()
      kitTx.put('kitMeta', 'world', { world: worldName, seededAt, idsMade: 0, madeFor: urls })
      kitTx.put('kitClock', 'clock', { anchorWallMs: nowMs, anchorVirtualMs: nowMs, rate: 1, frozen: false })
      spec.seed(tx, { world: worldName, nowMs, urls, vault })
      for (const option of keep) spec.resetOptions?.[option]?.(store, tx)
    })
  }

  /** The state that `fill` makes in an empty store of this system's shape. */
  async function buildState(fill: (empty: Store<S & KitShape>) => Promise<void>): Promise<StateDocument> {
    const scratch = openMemoryStore(collections)
    await fill(scratch)
    return scratch.dump()
  }

  async function loadState(document: unknown, title: string): Promise<void> {
    const parsed = parseStateDocument(document, Object.keys(collections))
    const state = await buildState((empty) => empty.replace(parsed)).catch((error: unknown) => {
      throw invalidState(error instanceof Error ? error.message : String(error), error)
    })
    // Time goes on from the instant the document was made at, not from where it would be by now.
    const clockRecord = { ...state.collections['kitClock']?.['clock'], anchorWallMs: Math.floor(wall()) }
    await deps.replaceBy(withClock(state, clockRecord), title, { clearJournal: false })
  }

  async function find(given: string): Promise<SnapshotInfo & { readonly state: unknown }> {
    const found = await shelf.get(checkSnapshotName(given))
    if (found === undefined) throw unknownSnapshot(given)
    return found
  }

  const state = (): StateDocument => withClock(store.dump(), clock.snapshot())

  return {
    seed: (worldName) => seedInto(store, worldName, []),
    async reset(request = {}) {
      const worldName = checkWorld(request.world ?? world())
      const seeded = await buildState((empty) => seedInto(empty, worldName, request.options ?? []))
      await deps.replaceBy(seeded, `Reset to world ${worldName}`, { clearJournal: true })
    },
    state,
    replaceState: (document) => loadState(document, 'State replaced'),
    snapshots: {
      list: shelf.list,
      async save(given) {
        const name = checkSnapshotName(given)
        const snapshot = { name, world: world(), takenAt: new Date(wall()).toISOString(), virtualAt: clock.iso() }
        const replaced = await shelf.put({ ...snapshot, state: state() })
        deps.note(`Snapshot ${name} taken`)
        return { snapshot, replaced }
      },
      async restore(given) {
        const found = await find(given)
        await loadState(found.state, `Snapshot ${given} restored`)
        return { name: found.name, world: found.world, takenAt: found.takenAt, virtualAt: found.virtualAt }
      },
      async compare(given, other, limit) {
        const from = await find(given)
        const to = other === undefined ? undefined : await find(other)
        const collectionNames = Object.keys(collections)
        return {
          from: sideOf(from),
          to: to === undefined ? { name: null, world: world(), virtualAt: clock.iso() } : sideOf(to),
          collections: compareStates(
            parseStateDocument(from.state, collectionNames),
            to === undefined ? state() : parseStateDocument(to.state, collectionNames),
            { limit },
          ),
        }
      },
      async remove(given) {
        if (!(await shelf.remove(checkSnapshotName(given)))) throw unknownSnapshot(given)
        deps.note(`Snapshot ${given} deleted`)
      },
    },
  }
}

const sideOf = ({ name, world, virtualAt }: SnapshotInfo) => ({ name, world, virtualAt })

function unknownSnapshot(name: string): Refusal {
  return new Refusal('unknown_snapshot', 404, `There is no snapshot "${name}".`, {
    hint: 'GET /_kit/snapshots lists them.',
  })
}

function withClock(state: StateDocument, clock: object): StateDocument {
  return { ...state, collections: { ...state.collections, kitClock: { clock } } }
}
