import { z } from 'zod'
import type { OktaUserProfile } from '../../collections.ts'
import { schemaOf, USER_SCHEMA } from '../../profiles/read.ts'
import type { ProfileValue } from '../../profiles/records.ts'
import { invalidValue } from '../api-error.ts'
import type { OpenCall } from '../define-route.ts'
import { userTypeIdOf } from '../org/user-type.ts'

const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()])), z.null()])

const Credentials = z.object({
  password: z
    .object({ value: z.string().max(1000).optional(), hash: z.unknown().optional(), hook: z.unknown().optional() })
    .optional(),
  recovery_question: z
    .object({ question: z.string().max(100), answer: z.string().max(100) })
    .partial()
    .optional(),
  provider: z.object({ type: z.string(), name: z.string().optional() }).optional(),
})

export const NewUserBody = z.object({
  profile: z.record(z.string(), Value),
  credentials: Credentials.optional(),
  groupIds: z.array(z.string()).max(20).optional(),
  type: z.object({ id: z.string() }).optional(),
})

export const UserChangeBody = z.object({
  profile: z.record(z.string(), Value).optional(),
  credentials: Credentials.optional(),
})

/**
 * The password of a body, if it has one. Passwords in hashed form, hooks and people of other providers are not taken.
 * @throws {ApiError} E0000001.
 */
export function passwordOf(credentials: z.output<typeof Credentials> | undefined): string | undefined {
  const { password, provider } = credentials ?? {}
  if (provider !== undefined && provider.type !== 'OKTA') {
    throw invalidValue('credentials.provider', `The provider ${provider.type} is not supported`)
  }
  if (password?.hash !== undefined || password?.hook !== undefined) {
    throw invalidValue('credentials.password', 'Only a password in clear is supported')
  }
  return password?.value
}

/** @throws {ApiError} E0000001 for a type that is not the org's only one. */
export function checkType({ reader }: Pick<OpenCall, 'reader'>, type: { readonly id: string } | undefined): void {
  if (type !== undefined && type.id !== 'default' && type.id !== userTypeIdOf(reader)) {
    throw invalidValue('type', 'There is no such user type')
  }
}

/** The profile of somebody new: members that are null are not there. */
export function newProfileOf(given: Readonly<Record<string, ProfileValue | null>>): OktaUserProfile {
  const present = Object.entries(given).filter(([, value]) => value !== null)
  const { login = '', email = '', firstName = '', lastName = '', ...rest } = Object.fromEntries(present)
  return { login, email, firstName, lastName, ...rest } as OktaUserProfile
}

/** A whole profile as a change: what it does not name becomes null. */
export function replacementOf(
  { reader }: Pick<OpenCall, 'reader'>,
  given: Readonly<Record<string, ProfileValue | null>>,
): Readonly<Record<string, ProfileValue | null>> {
  const absent = schemaOf(reader, USER_SCHEMA).attributes.map(({ name }) => [name, null] as const)
  return { ...Object.fromEntries(absent), ...given }
}
