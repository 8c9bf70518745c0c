import type { OktaReader, OktaUser } from '../../collections.ts'
import { resourceNotFound } from '../api-error.ts'
import type { OpenCall } from '../define-route.ts'

/**
 * Somebody by id, by user name, or by the part of it before the `@` where only one person has it (reference sheet 6.3).
 */
export function findUser(reader: OktaReader, reference: string): OktaUser | undefined {
  const byId = reader.get('users', reference)
  if (byId !== undefined) return byId
  const lower = reference.toLowerCase()
  const [byLogin] = reader.find('users', 'login', lower)
  if (byLogin !== undefined) return byLogin
  const [byShortLogin] =
    reader.count('users', 'shortLogin', lower) === 1 ? reader.find('users', 'shortLogin', lower) : []
  return byShortLogin
}

/** @throws {ApiError} E0000007. */
export function userOf({ reader }: Pick<OpenCall, 'reader'>, reference: string): OktaUser {
  const user = findUser(reader, reference)
  if (user === undefined) throw resourceNotFound('User', reference)
  return user
}
