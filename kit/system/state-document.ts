import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import type { StateDocument } from '#kit/store/store.ts'
import { parseWorld } from '#kit/world/worlds.ts'

const Instant = z.iso.datetime()
const Records = z.record(z.string(), z.looseObject({}))

const KitRecords = {
  kitMeta: z.strictObject({
    world: z.strictObject({
      world: z.string().refine((name) => parseWorld(name) !== undefined, 'no such world'),
      seededAt: Instant,
      idsMade: z.int().nonnegative(),
      madeFor: z.record(z.string(), z.string()).optional(),
    }),
  }),
  kitClock: z.strictObject({
    clock: z.strictObject({
      anchorWallMs: z.number(),
      anchorVirtualMs: z.number(),
      rate: z.number().positive(),
      frozen: z.boolean(),
    }),
  }),
  kitSwitches: z.record(z.string(), z.strictObject({ value: z.string() })),
  kitFaults: z.record(
    z.string(),
    z.strictObject({
      id: z.string(),
      on: z.string(),
      effect: z.looseObject({}),
      times: z.int().positive().optional(),
      used: z.int().nonnegative(),
    }),
  ),
  kitSessions: z.record(
    z.string(),
    z.strictObject({
      subjectId: z.string(),
      csrfToken: z.string(),
      createdAt: Instant,
      expiresAt: Instant,
      data: z.record(z.string(), z.string()),
    }),
  ),
  kitOutbound: z.strictObject({
    settings: z
      .strictObject({
        hosts: z.array(z.string()).optional(),
        aliases: z.record(z.string(), z.string()).optional(),
        timeoutMs: z.int().min(1).optional(),
      })
      .optional(),
  }),
} as const

/**
 * Check that `document` has the shape of a state with exactly these collections at most: every record an object, the kit's
 * own records complete. What a product's records hold is found out by its indexes, when the document is loaded on trial.
 *
 * @throws Refusal `invalid_state` (422) that names the first few places.
 */
export function parseStateDocument(document: unknown, collections: readonly string[]): StateDocument {
  const shape: Record<string, z.ZodType> = Object.fromEntries(collections.map((name) => [name, Records.optional()]))
  const State = z.strictObject({
    version: z.int(),
    revision: z.int().nonnegative(),
    order: z.record(z.string(), z.array(z.string())).optional(),
    collections: z.strictObject({
      ...shape,
      ...KitRecords,
      kitSwitches: KitRecords.kitSwitches.optional(),
      kitFaults: KitRecords.kitFaults.optional(),
      kitSessions: KitRecords.kitSessions.optional(),
      kitOutbound: KitRecords.kitOutbound.optional(),
    }),
  })
  const result = State.safeParse(document)
  if (!result.success) throw invalidState(describeIssues(result.error))
  return document as StateDocument
}

/** The refusal of a document, with what is wrong with it. */
export function invalidState(problem: string, cause?: unknown): Refusal {
  return new Refusal('invalid_state', 422, `This is not a state of this system: ${problem}`, {
    hint: 'Send what GET /_kit/state of the same system answered.',
    ...(cause === undefined ? {} : { cause }),
  })
}

function describeIssues(error: z.ZodError): string {
  const lines = error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'document'}: ${issue.message}`)
  const more = error.issues.length - lines.length
  return `${lines.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`
}
