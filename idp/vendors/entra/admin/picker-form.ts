import { z } from 'zod'
import { listField } from '#kit/http/forms.ts'

/** What a picker's form sends: the search text and the ids ticked so far, each once. */
export const PICKER_FIELDS = {
  q: z.string().trim().max(128).default(''),
  id: z
    .preprocess(listField, z.array(z.string().max(64)).max(500))
    .transform((ids): readonly string[] => [...new Set(ids)]),
} as const
