import { z } from 'zod'
import type { ClockReading } from '#kit/clock.ts'
import type { ClockAnswer, ClockCommand, SnapshotInfo } from '#kit/system/system-control.ts'
import { type ControlRoute, controlRoute } from './control-route.ts'
import type { Operations } from './operations.ts'

/** The four forms of `POST /_kit/clock`. */
const ClockBody = z.union(
  [
    z.strictObject({ advance: z.string() }),
    z.strictObject({ set: z.string() }),
    z.strictObject({ frozen: z.boolean() }),
    z.strictObject({ rate: z.number() }),
  ],
  { error: 'send exactly one of advance, set, frozen, rate' },
)

/** What a body of that call commands. */
function commandOf(body: z.infer<typeof ClockBody>): ClockCommand {
  if ('advance' in body) return { kind: 'advance', duration: body.advance }
  if ('set' in body) return { kind: 'set', instant: body.set }
  if ('frozen' in body) return { kind: 'frozen', frozen: body.frozen }
  return { kind: 'rate', rate: body.rate }
}

/** A clock that can be read and moved: one system's, or that of all together. */
export interface ControlledClock {
  clock(): ClockReading | Promise<ClockReading>
  moveClock(command: ClockCommand): Promise<ClockAnswer>
}

/** `GET` and `POST /clock`, and `GET /operations/:id` for moves that take longer than a caller waits (202). */
export function clockRoutes(controlled: ControlledClock, operations: Operations): readonly ControlRoute[] {
  return [
    controlRoute({ method: 'GET', path: '/clock', handle: () => controlled.clock() }),
    controlRoute({
      method: 'POST',
      path: '/clock',
      body: ClockBody,
      async handle({ body, setStatus }) {
        const outcome = await operations.run(controlled.moveClock(commandOf(body)))
        if ('result' in outcome) return outcome.result
        setStatus(202)
        return outcome
      },
    }),
    controlRoute({
      method: 'GET',
      path: '/operations/:id',
      handle: ({ params }) => operations.get(params['id'] ?? ''),
    }),
  ]
}

/** Snapshots by name: one system's, or those of all together. */
export interface ControlledSnapshots {
  list(): Promise<readonly SnapshotInfo[]>
  save(name: string): Promise<{ readonly snapshot: SnapshotInfo; readonly replaced: boolean }>
  /** @throws Refusal `unknown_snapshot` (404). */
  restore(name: string): Promise<unknown>
  /** `other` absent: the present state. @throws Refusal `unknown_snapshot` (404). */
  compare(name: string, other: string | undefined, limit: number): Promise<object>
  /** @throws Refusal `unknown_snapshot` (404). */
  remove(name: string): Promise<void>
}

const CompareQuery = z.strictObject({
  with: z.string().min(1).optional(),
  limit: z.coerce.number().int().min(0).max(500).default(20),
})

/**
 * `GET` and `POST /snapshots` (201 when the name is new), `POST /snapshots/:name/restore`, `GET /snapshots/:name/compare?with=` (without
 * `with`: with the present), `DELETE /snapshots/:name`.
 */
export function snapshotRoutes(snapshots: ControlledSnapshots): readonly ControlRoute[] {
  return [
    controlRoute({
      method: 'GET',
      path: '/snapshots',
      handle: async () => ({ snapshots: await snapshots.list() }),
    }),
    controlRoute({
      method: 'POST',
      path: '/snapshots',
      body: z.strictObject({ name: z.string() }),
      async handle({ body, setStatus }) {
        const { snapshot, replaced } = await snapshots.save(body.name)
        if (!replaced) setStatus(201)
        return snapshot
      },
    }),
    controlRoute({
      method: 'POST',
      path: '/snapshots/:name/restore',
      handle: ({ params }) => snapshots.restore(params['name'] ?? ''),
    }),
    controlRoute({
      method: 'GET',
      path: '/snapshots/:name/compare',
      query: CompareQuery,
      handle: ({ params, query }) => snapshots.compare(params['name'] ?? '', query.with, query.limit),
    }),
    controlRoute({
      method: 'DELETE',
      path: '/snapshots/:name',
      async handle({ params }) {
        await snapshots.remove(params['name'] ?? '')
        return { deleted: params['name'] ?? '' }
      },
    }),
  ]
}
