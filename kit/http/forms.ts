import type { z } from 'zod'
import { CSRF_FIELD } from './csrf.ts'

export type FormResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      /** What was typed, to show again. Leave passwords and secrets out when showing it. */
      readonly values: Readonly<Record<string, string>>
      /** The first problem of each field, by field name; problems of the whole form under the empty name. */
      readonly problems: Readonly<Record<string, string>>
    }

/**
 * Parse the body of a form. The CSRF field is not part of it. A field sent several times is a list; declare it with
 * {@link listField}, since one choice arrives as a single text.
 */
export function parseForm<T>(schema: z.ZodType<T>, body: unknown): FormResult<T> {
  const fields: Record<string, unknown> = { ...(typeof body === 'object' ? body : {}) }
  delete fields[CSRF_FIELD]
  const result = schema.safeParse(fields)
  if (result.success) return { ok: true, value: result.data }
  const problems: Record<string, string> = {}
  for (const issue of result.error.issues) problems[String(issue.path[0] ?? '')] ??= issue.message
  return { ok: false, values: textsOf(fields), problems }
}

/** For `z.preprocess`: the values of a field that may be sent once, several times, or not at all. */
export function listField(value: unknown): readonly unknown[] {
  if (value === undefined || value === '') return []
  return Array.isArray(value) ? value : [value]
}

function textsOf(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const text: unknown = Array.isArray(value) ? value[0] : value
      return typeof text === 'string' ? [[name, text]] : []
    }),
  )
}
