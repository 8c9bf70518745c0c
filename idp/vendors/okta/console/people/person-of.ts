import type { Request } from 'express'
import type { OktaUser } from '../../collections.ts'
import { notFound } from '../../commands/refusal.ts'
import type { ConsoleDeps } from '../context.ts'

/** The person a page is about. @throws {OktaRefusal} E0000007. */
export function personOf({ system }: Pick<ConsoleDeps, 'system'>, req: Request): OktaUser {
  const id = String(req.params['userId'])
  const person = system.store.get('users', id)
  if (person === undefined) throw notFound('User', id)
  return person
}
