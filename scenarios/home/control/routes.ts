import { z } from 'zod'
import { type ControlRoute, controlRoute, streamRoute } from '#kit/control/control-route.ts'
import type { Operations } from '#kit/control/operations.ts'
import { clockRoutes, snapshotRoutes } from '#kit/control/shared-routes.ts'
import { Refusal } from '#kit/http/errors.ts'
import { JOURNAL_KINDS } from '#kit/journal.ts'
import type { System } from '#kit/system/system.ts'
import type { HomeShape } from '../records.ts'
import { formatCursor, parseCursor } from '../timeline/cursor.ts'
import type { JournalReader, MergedPage } from '../timeline/read-journals.ts'
import { streamMerged } from '../timeline/stream.ts'
import type { AllSystems } from './all-systems.ts'

const JournalQuery = z.strictObject({
  /** `entra:12,okta:3`; `0` is the beginning. */
  after: z.string().optional(),
  /** Backward from there, a `next` of such an answer; `newest` is the end. */
  before: z.string().optional(),
  kind: z.enum(JOURNAL_KINDS).optional(),
  subject: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
})

const DEFAULT_LIMIT = 200

/** The calls of `/_kit` that the home does for all systems, in place of the general ones which know only one. */
export function homeControlRoutes(
  system: System<HomeShape>,
  all: AllSystems,
  reader: JournalReader,
  operations: Operations,
): readonly ControlRoute[] {
  return [
    ...clockRoutes(all, operations),
    controlRoute({ method: 'GET', path: '/due', handle: () => all.due() }),
    controlRoute({
      method: 'POST',
      path: '/reset',
      body: z.strictObject({ world: z.string().optional(), keepApiKeys: z.boolean().optional() }),
      async handle({ body: { world, keepApiKeys } }) {
        await all.reset({
          ...(world === undefined ? {} : { world }),
          ...(keepApiKeys === undefined ? {} : { keepApiKeys }),
        })
        return system.control.health()
      },
    }),
    ...snapshotRoutes(all.snapshots),
    controlRoute({
      method: 'POST',
      path: '/snapshots/:name/branch',
      body: z.strictObject({ save: z.string(), replace: z.boolean().optional() }),
      handle: ({ params, body }) => all.snapshots.branch(params['name'] ?? '', body),
    }),
    controlRoute({
      method: 'GET',
      path: '/journal',
      query: JournalQuery,
      async handle({ query: { after, before, kind, subject, limit = DEFAULT_LIMIT } }) {
        if (after !== undefined && before !== undefined) {
          throw new Refusal('invalid_query', 400, 'Journals are read forward or backward, not both.', {
            hint: 'Give "after" or "before".',
          })
        }
        const page =
          before === undefined
            ? await reader.forward(parseCursor(after ?? '0'), limit)
            : await readBackward(reader, before, limit)
        const { items, next, oldest, unreachable, isEnd } = page
        return {
          // A page can hold fewer than asked for: what is left out is passed over, and `next` leads on.
          items: items.filter(
            (item) => (kind === undefined || item.kind === kind) && (subject === undefined || item.subject === subject),
          ),
          next: formatCursor(next),
          oldest: formatCursor(oldest),
          ...(unreachable.length === 0 ? {} : { unreachable }),
          ...(before === undefined ? {} : { more: !isEnd }),
        }
      },
    }),
    streamRoute('/journal/stream', JournalQuery.omit({ limit: true, before: true }), (req, res, query) =>
      streamMerged(reader, req, res, query),
    ),
  ]
}

/** The page before a place, in ascending order like every answer; its `next` leads further back. */
async function readBackward(reader: JournalReader, before: string, limit: number): Promise<MergedPage> {
  const page = await reader.backward(before === 'newest' ? new Map() : parseCursor(before), limit)
  return { ...page, items: [...page.items].reverse() }
}
