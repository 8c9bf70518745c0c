import type { Reader } from '#kit/store/store.ts'
import { notFound } from '../domain/refusal.ts'
import type { DialpadShape, DialpadUser, Office } from '../records.ts'
import type { AdminVisit } from './visit.ts'

/** Records named in an address, of the admin's own company only: those of another are not there. */

/** @throws {DialpadRefusal} `not-found`. */
export function ownOffice(reader: Reader<DialpadShape>, { company, param }: AdminVisit): Office {
  const office = reader.get('offices', param('id'))
  if (office === undefined || office.companyId !== company.id) throw notFound('Office', param('id'))
  return office
}

/** Deleted people included. @throws {DialpadRefusal} `not-found`. */
export function ownUser(reader: Reader<DialpadShape>, { company, param }: AdminVisit): DialpadUser {
  const user = reader.get('users', param('id'))
  if (user === undefined || user.companyId !== company.id) throw notFound('User', param('id'))
  return user
}
