import type { ClockReading, DueItem } from '#kit/clock.ts'
import type { System } from '#kit/system/system.ts'
import type { ClockAnswer, ClockCommand } from '#kit/system/system-control.ts'
import { expectAll, isUnreachable, type Neighbour } from '../neighbours.ts'
import type { HomeShape } from '../records.ts'
import { type ClockHolder, clockOf, moveAll, ownClock, readAll } from './move-all.ts'
import { createQueue } from './one-at-a-time.ts'
import { createSharedSnapshots, type SharedSnapshots } from './shared-snapshots.ts'

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
  readonly snapshots: SharedSnapshots
}

/** The system whose keys a reset may keep. */
const KEEPS_API_KEYS = 'dialpad'

/** @param own The home itself, whose clock and snapshots move with those of its neighbours. */
export function createAllSystems(own: System<HomeShape>, neighbours: readonly Neighbour[]): AllSystems {
  const inTurn = createQueue()
  const holders: readonly ClockHolder[] = [ownClock(own.name, own.control), ...neighbours.map(clockOf)]
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

    snapshots: createSharedSnapshots(own, neighbours, inTurn),
  }
}
