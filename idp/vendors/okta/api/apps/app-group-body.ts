import { z } from 'zod'
import type { AppGroup } from '../../apps/records.ts'
import type { Profile, ProfileValue } from '../../profiles/records.ts'
import { invalidValue } from '../api-error.ts'
import { ProfileValueInput, withoutNulls } from './app-user-body.ts'

/** Bodies about the assignment of a group (reference sheet 6.3). */

const Priority = z.int().min(0).max(100_000)

export const AppGroupInput = z.object({
  priority: Priority.nullish(),
  profile: z.record(z.string().max(100), ProfileValueInput.nullable()).nullish(),
})

/** What is to hold of an assignment; what is absent stays. */
export interface AppGroupDraft {
  readonly priority?: number
  readonly profile?: Profile
}

/** A profile replaces the one there was. */
export function draftOfInput({ priority, profile }: z.output<typeof AppGroupInput>): AppGroupDraft {
  return {
    ...(priority === undefined || priority === null ? {} : { priority }),
    ...(profile === undefined || profile === null ? {} : { profile: withoutNulls(profile) }),
  }
}

/** JSON Patch (RFC 6902) on `/priority`, `/profile` and `/profile/{name}`. */
export const AppGroupPatch = z
  .array(
    z.object({
      op: z.enum(['add', 'replace', 'remove']),
      path: z.string().max(200),
      value: z.unknown().optional(),
    }),
  )
  .max(100)

const unescaped = (pointer: string): string => pointer.replaceAll('~1', '/').replaceAll('~0', '~')

function checked<T>(schema: z.ZodType<T>, path: string, value: unknown): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  throw invalidValue(path, read.error.issues[0]?.message ?? 'invalid')
}

/** The operations one after another. @throws {ApiError} E0000001 for another path or a value that does not fit it. */
export function draftOfPatch(before: AppGroup, operations: z.output<typeof AppGroupPatch>): AppGroupDraft {
  let priority: number | undefined
  let profile: Readonly<Record<string, ProfileValue>> = before.profile
  for (const { op, path, value } of operations) {
    const name = /^\/profile\/([^/]+)$/.exec(path)?.[1]
    if (path === '/priority' && op !== 'remove') priority = checked(Priority, path, value)
    else if (path === '/profile') {
      profile =
        op === 'remove' ? {} : withoutNulls(checked(z.record(z.string(), ProfileValueInput.nullable()), path, value))
    } else if (name !== undefined) {
      const { [unescaped(name)]: _, ...others } = profile
      profile = op === 'remove' ? others : { ...others, [unescaped(name)]: checked(ProfileValueInput, path, value) }
    } else throw invalidValue('path', `${path} cannot be changed by ${op}`)
  }
  return { profile, ...(priority === undefined ? {} : { priority }) }
}
