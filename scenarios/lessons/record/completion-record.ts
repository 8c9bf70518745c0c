import { z } from 'zod'

/** What the first member of a file of ours says. */
export const FORMAT = 'provisioning-twin/completion-record/1'

const Lesson = z.strictObject({
  number: z.number().int().positive(),
  /** Our number of its last instruction. */
  id: z.string(),
  title: z.string(),
  /** Real time, ISO. */
  begunAt: z.string(),
  doneAt: z.string(),
  /** Stages of hints looked at, 0 to 3. */
  hints: z.number().int().nonnegative(),
  /** How many mistakes were recognised on the way. */
  mistakes: z.number().int().nonnegative(),
  /** The kit did it in the trainee's place. */
  doneForMe: z.boolean(),
})

/** That somebody finished a course, lesson by lesson. */
export const CompletionRecord = z.strictObject({
  format: z.literal(FORMAT),
  /** As typed in: nobody checked it. */
  name: z.string(),
  course: z.strictObject({ id: z.string(), title: z.string(), articles: z.array(z.string()) }),
  lessons: z.array(Lesson),
  issuedAt: z.string(),
  /** Version of the kit. */
  kit: z.string(),
})

export type CompletionRecord = z.infer<typeof CompletionRecord>

/** The file somebody takes away: the record for people to read, and the same under a signature. */
export const CompletionFile = z.strictObject({
  record: CompletionRecord,
  /** Compact JWS (RFC 7515) over the record as JSON; its header holds the public key. */
  signature: z.string(),
})

export type CompletionFile = z.infer<typeof CompletionFile>

/** The numbers a reader asks for first. */
export function totalsOf({ lessons }: CompletionRecord): {
  readonly lessons: number
  readonly alone: number
  readonly doneForMe: number
  readonly hints: number
} {
  return {
    lessons: lessons.length,
    alone: lessons.filter(({ doneForMe, hints }) => !doneForMe && hints === 0).length,
    doneForMe: lessons.filter(({ doneForMe }) => doneForMe).length,
    hints: lessons.reduce((sum, { hints }) => sum + hints, 0),
  }
}

/** What a signature of ours says and what it does not, for everybody who reads one. */
export const WHAT_IT_PROVES =
  'It proves that this record is, letter for letter, what the kit with this key wrote when its own checks had found every lesson done.'
export const WHAT_IT_DOES_NOT =
  'It does not prove who sat there: the name was typed in. Nor who runs that kit: compare the fingerprint with the one its owner tells you, since anybody can run a kit, or change one.'
