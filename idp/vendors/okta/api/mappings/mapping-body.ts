import { z } from 'zod'

/** Body of `POST /api/v1/mappings/{id}` (reference sheet 6.3): `null` removes, what is not named stays. */
export const MappingInput = z.looseObject({
  properties: z.record(
    z.string().max(100),
    z
      .looseObject({
        expression: z.string().trim().min(1).max(2000),
        pushStatus: z.enum(['PUSH', 'DONT_PUSH']).default('PUSH'),
      })
      .transform(({ expression, pushStatus }) => ({ expression, pushStatus }))
      .nullable(),
  ),
})
