import { z } from 'zod'

/**
 * What a system says about itself in one line, for its card: `GET /_kit/summary`, a call a system may add to its control API.
 * Cheap: it is asked every few seconds.
 */
export interface SystemSummary {
  /** `26 people, 5 assigned, 5 provisioned`; without a full stop, and without what is due next, which the home knows. */
  readonly line: string
  /** Numbers worth showing one by one: `{ label: 'Assigned', value: 5 }`. */
  readonly figures: readonly { readonly label: string; readonly value: string | number }[]
}

/** Reads the answer of that call; looser than what we send, since systems may add to it. */
export const SummaryAnswer = z.object({
  line: z.string(),
  figures: z.array(z.object({ label: z.string(), value: z.union([z.string(), z.number()]) })).default([]),
})
