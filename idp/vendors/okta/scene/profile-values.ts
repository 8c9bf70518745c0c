import { z } from 'zod'

/** One value of a profile; the attribute's own rules are the org's to check. */
export const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))])

/** Values by the variable name of their attribute. */
export const Values = z.record(z.string(), Value)
