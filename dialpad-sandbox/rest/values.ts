import { z } from 'zod'

/** What the API's values look like on the wire (reference sheet 4.1). */

/** An id as it is accepted: as text or as a number. Ids are answered as text. */
export const Int64 = z
  .union([z.string().regex(/^\d{1,19}$/), z.number().int().nonnegative()], { error: 'must be an integer' })
  .transform(String)

/** A whole number as it is accepted; answered as text. */
export const WholeNumber = z
  .union([z.string().regex(/^\d{1,9}$/), z.number().int().nonnegative().max(999_999_999)], {
    error: 'must be an integer',
  })
  .transform(Number)

/** Text of one line. */
export const Line = z
  .string()
  .max(255)
  .regex(/^[^\r\n]*$/, { error: 'must be a single line' })

/** E.164. */
export const E164 = z
  .string()
  .regex(/^\+[1-9]\d{4,14}$/, { error: 'must be a number in E.164 form, such as +17205550142' })

/** A truth value in a query; clients differ in the case they write it in. */
export const QueryBoolean = z
  .string()
  .regex(/^(true|false)$/i, { error: 'must be true or false' })
  .transform((text) => text.toLowerCase() === 'true')

/** A number in a query; `+` that was not encoded arrives as a blank. */
export const QueryNumber = z
  .string()
  .transform((text) => text.replace(/^ /, '+'))
  .pipe(E164)

export const TARGET_TYPES = [
  'callcenter',
  'callrouter',
  'channel',
  'coachinggroup',
  'coachingteam',
  'department',
  'office',
  'room',
  'staffgroup',
  'unknown',
  'user',
] as const

export const STATES = ['active', 'cancelled', 'deleted', 'pending', 'suspended'] as const

/** All of the published enumeration. `support`, which the prose of the API tells clients to send, is not in it (sheet 7.1). */
export const LICENSES = [
  'admins',
  'agents',
  'dpde_all',
  'dpde_one',
  'lite_lines',
  'lite_support_agents',
  'magenta_lines',
  'talk',
] as const

/** `2026-03-02T09:15:00`: without a zone. */
export function restDate(iso: string): string {
  return iso.slice(0, 19)
}

/** What a member may be so that it is shown: null and empty values are left out of answers. */
type Shown<T> = Exclude<T, undefined | null>

/** The members that have something to show. */
export function withoutEmpty<T extends object>(object: T): { [K in keyof T]?: Shown<T[K]> } {
  const entries = Object.entries(object).filter(
    ([, value]) =>
      value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
  )
  return Object.fromEntries(entries) as { [K in keyof T]?: Shown<T[K]> }
}
