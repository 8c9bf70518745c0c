import type { ClockReading, DueItem } from '#kit/clock.ts'
import { Refusal } from '#kit/http/errors.ts'
import type { System } from '#kit/system/system.ts'
import type { ClockAnswer, ClockCommand, SnapshotInfo } from '#kit/system/system-control.ts'
import { expectAll, isUnreachable, type Neighbour } from '../neighbours.ts'
import type { HomeShape } from '../records.ts'
import { type ClockHolder, clockOf, moveAll, ownClock, readAll } from './move-all.ts'
import { createQueue } from './one-at-a-time.ts'

/** A snapshot of that name, and the systems that have one. */
export interface SharedSnapshot extends SnapshotInfo {
  readonly systems: readonly string[]
}

export interface SharedDueItem extends Omit<DueItem, 'at'> {
  readonly system: string
  /** Virtual, ISO. */
  readonly at: string
}

export interface ResetRequest {
  readonly world?: string
  /** Keep the API keys of the one system that has them valid. */
  readonly keepApiKeys?: boolean
}

/**
 * What the home does to all systems at once. Each change first makes sure that all of them answer: one that is down would come
 * back in another world, or at another time, than the rest. Changes run one after the other.
 */
export interface AllSystems {
  clock(): Promise<ClockReading>
  moveClock(command: ClockCommand): Promise<ClockAnswer>
  /** What is scheduled anywhere, soonest first, and the systems that could not be asked. */
  due(): Promise<{ readonly due: readonly SharedDueItem[]; readonly unreachable: readonly string[] }>
  reset(request: ResetRequest): Promise<void>
  snapshots(): Promise<readonly SharedSnapshot[]>
  /** @returns the snapshot and whether one of that name was replaced somewhere. */
  saveSnapshot(name: string): Promise<{ readonly snapshot: SharedSnapshot; readonly replaced: boolean }>
  /** @throws Refusal `unknown_snapshot` (404) when any system lacks it; nothing is restored then. */
  restoreSnapshot(name: string): Promise<SharedSnapshot>
}

/** The system whose keys a reset may keep. */
const KEEPS_API_KEYS = 'dialpad'

/** @param own The home itself, whose clock and snapshots move with those of its neighbours. */
export function createAllSystems(own: System<HomeShape>, neighbours: readonly Neighbour[]): AllSystems {
  const inTurn = createQueue()
  const holders: readonly ClockHolder[] = [ownClock(own.name, own.control), ...neighbours.map(clockOf)]
  const everybody = [own.name, ...neighbours.map(({ name }) => name)]

  async function listSnapshots(): Promise<readonly SharedSnapshot[]> {
    const shared = new Map<string, SharedSnapshot>()
    const add = (system: string, list: readonly SnapshotInfo[]): void => {
      for (const info of list) {
        const known = shared.get(info.name)
        shared.set(info.name, { ...(known ?? info), systems: [...(known?.systems ?? []), system] })
      }
    }
    add(own.name, await own.control.snapshots.list())
    const lists = await Promise.all(neighbours.map(({ client }) => client.snapshots()))
    for (const [index, list] of lists.entries()) add(neighbours[index]?.name ?? '', list)
    return [...shared.values()]
  }

  return {
    clock: () => readAll(holders),
    moveClock: (command) => inTurn(() => moveAll(holders, command)),

    async due() {
      const unreachable: string[] = []
      const lists = await Promise.all(
        neighbours.map(async ({ name, client }) => {
          try {
            return (await client.due()).map((item) => ({ system: name, ...item }))
          } catch (error) {
            if (!isUnreachable(error)) throw error
            unreachable.push(name)
            return []
          }
        }),
      )
      const ownDue = own.control.due().map(({ id, what, at }) => ({
        system: own.name,
        id,
        what,
        at: new Date(at).toISOString(),
      }))
      const due = [...ownDue, ...lists.flat()].sort((one, other) => one.at.localeCompare(other.at))
      return { due, unreachable }
    },

    reset: ({ world, keepApiKeys }) =>
      inTurn(async () => {
        await expectAll(neighbours)
        const request = world === undefined ? {} : { world }
        // One after the other: an unknown world is refused by the first, and nothing has changed.
        for (const { name, client } of neighbours) {
          await client.reset({
            ...request,
            ...(keepApiKeys === true && name === KEEPS_API_KEYS ? { keepApiKeys } : {}),
          })
        }
        await own.control.reset(request)
      }),

    snapshots: listSnapshots,

    saveSnapshot: (name) =>
      inTurn(async () => {
        await expectAll(neighbours)
        const before = (await listSnapshots()).some((snapshot) => snapshot.name === name)
        const { snapshot } = await own.control.snapshots.save(name)
        for (const { client } of neighbours) await client.snapshot(name)
        return { snapshot: { ...snapshot, systems: everybody }, replaced: before }
      }),

    restoreSnapshot: (name) =>
      inTurn(async () => {
        const known = (await listSnapshots()).find((snapshot) => snapshot.name === name)
        const lacking = everybody.filter((system) => !known?.systems.includes(system))
        if (known === undefined || lacking.length > 0) {
          throw new Refusal('unknown_snapshot', 404, `There is no snapshot "${name}" of ${lacking.join(', ')}.`, {
            hint: 'GET /_kit/snapshots lists the snapshots and the systems that have them.',
          })
        }
        for (const { client } of neighbours) await client.restore(name)
        await own.control.snapshots.restore(name)
        return known
      }),
  }
}
