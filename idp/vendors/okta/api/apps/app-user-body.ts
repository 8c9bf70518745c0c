import { z } from 'zod'
import type { AppUser, OktaApp } from '../../apps/records.ts'
import type { OktaReader } from '../../collections.ts'
import type { CommandDeps } from '../../commands/actor.ts'
import { type AssignmentForm, assignmentForm } from '../../commands/assignments.ts'
import { mappingOf } from '../../profiles/read.ts'
import type { Profile, ProfileValue } from '../../profiles/records.ts'
import { ApiError } from '../api-error.ts'

/** Bodies about the assignment of a person (reference sheet 3.6, 6.3). */

export const ProfileValueInput = z.union([
  z.string().max(10_000),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string().max(10_000), z.number()])).max(1_000),
])

const Assignment = z.object({
  scope: z.enum(['USER', 'GROUP']).nullish(),
  credentials: z.object({ userName: z.string().trim().max(255).nullish(), password: z.unknown().optional() }).nullish(),
  /** `null` takes a value of the administrator's back. */
  profile: z.record(z.string().max(100), ProfileValueInput.nullable()).nullish(),
})

export const AssignInput = Assignment.extend({
  id: z.string().max(40),
  scope: z.enum(['USER']).nullish(),
})
export const EditInput = Assignment
export type AssignmentInput = z.output<typeof Assignment>

/** @throws {ApiError} E0000041: the app signs people on by SAML, so it keeps no passwords. */
export function checkCredentials({ credentials }: AssignmentInput): void {
  if (credentials?.password !== undefined && credentials.password !== null) throw new ApiError('E0000041')
}

function isSame(one: ProfileValue | undefined, other: ProfileValue | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/**
 * A value for an attribute whose mapping is applied on create and update must be the one it gives, or the one that is there
 * already: scripts may send back what they read, and only the console overrides.
 * @throws {ApiError} E0000075 naming the attribute.
 */
export function checkMapped(
  reader: OktaReader,
  app: OktaApp,
  { profile }: AssignmentInput,
  { form, before }: { readonly form: AssignmentForm; readonly before?: AppUser },
): void {
  const { properties } = mappingOf(reader, app.id, 'to-app')
  for (const { attribute, mapped } of form.fields) {
    const given = profile?.[attribute.name]
    if (given === undefined || given === null || properties[attribute.name]?.pushStatus !== 'PUSH') continue
    if (isSame(given, mapped) || isSame(given, before?.profile[attribute.name])) continue
    throw new ApiError('E0000075', {
      summary: `Cannot modify the ${attribute.name} attribute because it has a field mapping and profile push is enabled.`,
    })
  }
}

/** What the dialog of the console would show for that person. @throws {OktaRefusal} E0000007. */
export function formOf(deps: CommandDeps, app: OktaApp, userId: string): AssignmentForm {
  return assignmentForm(deps, { appId: app.id, userId })
}

/** Values given, without those taken back. */
export function withoutNulls(profile: Readonly<Record<string, ProfileValue | null>>): Profile {
  return Object.fromEntries(Object.entries(profile).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
}

/**
 * The administrator's values after such a body: those there were, with what is given laid over them. Of an assignment that was a
 * group's, the group's values become the administrator's.
 */
export function valuesAfter(before: AppUser, input: AssignmentInput): Profile {
  const own =
    before.scope === 'USER'
      ? before.overrides
      : Object.fromEntries(Object.entries(before.profile).filter(([name]) => before.fromGroup.includes(name)))
  const taken = new Set(Object.entries(input.profile ?? {}).flatMap(([name, value]) => (value === null ? [name] : [])))
  const merged = { ...own, ...withoutNulls(input.profile ?? {}) }
  return Object.fromEntries(Object.entries(merged).filter(([name]) => !taken.has(name)))
}
