import { notFound } from '../../domain/refusal.ts'
import type { DialpadUser } from '../../records.ts'
import { RestRefusal } from '../answer.ts'
import { idOf, type RawCall } from '../define-route.ts'

/**
 * The id of the person the address names. `me` stands for the owner of a user-level key, which no key of the simulation is
 * (FID-DIALPAD-REST-03).
 *
 * @throws {RestRefusal} 400 for `me`.
 */
export function userIdOf(call: RawCall): string {
  const id = idOf(call)
  if (id === 'me')
    throw new RestRefusal(400, "'me' can only be used with a user level API key; this is a company API key")
  return id
}

/** The person the address names, deleted ones too. @throws {DialpadRefusal} 404. @throws {RestRefusal} as {@link userIdOf}. */
export function userOf(call: RawCall): DialpadUser {
  const id = userIdOf(call)
  const user = call.system.store.get('users', id)
  if (user === undefined || user.companyId !== call.company.id) throw notFound('User', id)
  return user
}

/** The same, deleted people being absent. @throws as {@link userOf}. */
export function presentUserOf(call: RawCall): DialpadUser {
  const user = userOf(call)
  if (user.state === 'deleted') throw notFound('User', user.id)
  return user
}
