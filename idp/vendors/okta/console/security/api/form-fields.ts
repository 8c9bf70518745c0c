import { z } from 'zod'

/** Fields the forms of authorization servers are made of. */

export const box = z.literal('true').optional()
export const text = z.string().trim().max(2000).default('')
export const minutes = z
  .string()
  .trim()
  .regex(/^\d{1,8}$/, 'Type a whole number of minutes')
  .transform(Number)
