import { Refusal } from '#kit/http/errors.ts'
import { checkSnapshotName } from '#kit/system/snapshots.ts'
import type { System } from '#kit/system/system.ts'
import type { ComparedSide, SnapshotComparison, SnapshotInfo } from '#kit/system/system-control.ts'
import { expectAll, labelOf, type Neighbour } from '../neighbours.ts'
import type { HomeShape } from '../records.ts'

/** A snapshot of that name, and the systems that have one. */
export interface SharedSnapshot extends SnapshotInfo {
  readonly systems: readonly string[]
}

export interface SavedSnapshot {
  readonly snapshot: SharedSnapshot
  /** Whether one of that name was replaced somewhere. */
  readonly replaced: boolean
}

/** What differs in one system; only what does is listed. */
export interface ComparedSystem extends Pick<SnapshotComparison, 'collections'> {
  readonly system: string
  readonly label: string
}

export interface SharedComparison {
  readonly from: ComparedSide
  readonly to: ComparedSide
  /** All of them, those without a difference included. */
  readonly systems: readonly ComparedSystem[]
}

export interface BranchRequest {
  /** The name under which the present is kept. */
  readonly save: string
  /** Whether a snapshot of that name may be replaced. */
  readonly replace?: boolean | undefined
}

/** The snapshots of all systems as one thing each. Changes first make sure that all of them answer. */
export interface SharedSnapshots {
  list(): Promise<readonly SharedSnapshot[]>
  /** @throws Refusal `invalid_name` (422). */
  save(name: string): Promise<SavedSnapshot>
  /** @throws Refusal `unknown_snapshot` (404) when any system lacks it; nothing is restored then. */
  restore(name: string): Promise<SharedSnapshot>
  /**
   * What became different from `name` to `other`, or to the present.
   * @throws Refusal `unknown_snapshot` (404) when any system lacks one of the two.
   */
  compare(name: string, other: string | undefined, limit: number): Promise<SharedComparison>
  /**
   * Keep the present under a name of its own, then go on from snapshot `name`.
   * @throws Refusal `unknown_snapshot` (404), `snapshot_exists` (409), `same_name`, `invalid_name` (422); nothing has happened then.
   */
  branch(name: string, request: BranchRequest): Promise<{ readonly saved: SavedSnapshot; readonly at: SharedSnapshot }>
  /** From every system that has it. @throws Refusal `unknown_snapshot` (404) when none does. */
  remove(name: string): Promise<void>
}

/**
 * @param own The home itself, whose state is kept with that of its neighbours.
 * @param inTurn Runs changes one after the other.
 */
export function createSharedSnapshots(
  own: System<HomeShape>,
  neighbours: readonly Neighbour[],
  inTurn: <R>(work: () => Promise<R>) => Promise<R>,
): SharedSnapshots {
  const everybody = [own.name, ...neighbours.map(({ name }) => name)]

  async function list(): Promise<readonly SharedSnapshot[]> {
    const shared = new Map<string, SharedSnapshot>()
    const add = (system: string, snapshots: readonly SnapshotInfo[]): void => {
      for (const info of snapshots) {
        const known = shared.get(info.name)
        shared.set(info.name, { ...(known ?? info), systems: [...(known?.systems ?? []), system] })
      }
    }
    add(own.name, await own.control.snapshots.list())
    const lists = await Promise.all(neighbours.map(({ client }) => client.snapshots()))
    for (const [index, snapshots] of lists.entries()) add(neighbours[index]?.name ?? '', snapshots)
    return [...shared.values()]
  }

  async function expectWhole(name: string): Promise<SharedSnapshot> {
    const known = (await list()).find((snapshot) => snapshot.name === name)
    const lacking = everybody.filter((system) => !known?.systems.includes(system))
    if (known !== undefined && lacking.length === 0) return known
    throw new Refusal('unknown_snapshot', 404, `There is no snapshot "${name}" of ${lacking.join(', ')}.`, {
      hint: 'GET /_kit/snapshots lists the snapshots and the systems that have them.',
    })
  }

  async function saveNow(name: string): Promise<SavedSnapshot> {
    await expectAll(neighbours)
    const replaced = (await list()).some((snapshot) => snapshot.name === name)
    const { snapshot } = await own.control.snapshots.save(name)
    for (const { client } of neighbours) await client.snapshot(name)
    return { snapshot: { ...snapshot, systems: everybody }, replaced }
  }

  async function restoreNow(name: string): Promise<SharedSnapshot> {
    const known = await expectWhole(name)
    for (const { client } of neighbours) await client.restore(name)
    await own.control.snapshots.restore(name)
    return known
  }

  return {
    list,
    save: (name) => inTurn(() => saveNow(name)),
    restore: (name) => inTurn(() => restoreNow(name)),

    async compare(name, other, limit) {
      await expectWhole(name)
      if (other !== undefined) await expectWhole(other)
      const [mine, ...theirs] = await Promise.all([
        own.control.snapshots.compare(name, other, limit),
        ...neighbours.map(({ client }) => client.compareSnapshot(name, other, limit)),
      ])
      const systems = [mine, ...theirs].map(({ collections }, index) => {
        const system = everybody[index] ?? ''
        return { system, label: labelOf(system), collections }
      })
      return { from: mine.from, to: mine.to, systems }
    },

    branch: (name, { save, replace = false }) =>
      inTurn(async () => {
        checkSnapshotName(save)
        if (save === name) {
          throw new Refusal('same_name', 422, `The present cannot be kept as "${save}": that is where you are going.`, {
            hint: 'Choose another name for the present state.',
          })
        }
        await expectAll(neighbours)
        await expectWhole(name)
        if (!replace && (await list()).some((snapshot) => snapshot.name === save)) {
          throw new Refusal('snapshot_exists', 409, `There is a snapshot "${save}" already.`, {
            hint: 'Choose another name, or say that it may be replaced.',
          })
        }
        const saved = await saveNow(save)
        return { saved, at: await restoreNow(name) }
      }),

    remove: (name) =>
      inTurn(async () => {
        await expectAll(neighbours)
        const known = (await list()).find((snapshot) => snapshot.name === name)
        if (known === undefined) {
          throw new Refusal('unknown_snapshot', 404, `There is no snapshot "${name}".`, {
            hint: 'GET /_kit/snapshots lists them.',
          })
        }
        for (const { name: system, client } of neighbours) {
          if (known.systems.includes(system)) await client.deleteSnapshot(name)
        }
        if (known.systems.includes(own.name)) await own.control.snapshots.remove(name)
      }),
  }
}
