import type { DueSource } from '#kit/clock.ts'
import { digitsOf, nextIdSeed } from '#kit/ids.ts'
import type { Reader } from '#kit/store/store.ts'
import { type Actor, type ChangeLine, SYSTEM_ACTOR } from '../domain/change-log.ts'
import { licenceName } from '../domain/licences.ts'
import { nextBillingDate } from '../domain/plans.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import { seatsOwned } from '../domain/seats.ts'
import type { DialpadShape, LicenceRemoval, LicenceType, Office } from '../records.ts'
import { officeOf, seatsUsed } from './place-users.ts'
import { companyOf } from './user-checks.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

/** Licences bought, given back at the next billing date, and moved between offices (reference sheet 1.6, 3.6). */

/** Most licences bought, removed or moved at once. */
export const MOST_LICENCES = 500

export interface LicenceOrder {
  readonly companyId: string
  readonly officeId: string
  readonly licence: LicenceType
  readonly quantity: number
}

/** The office owns them at once. @throws {DialpadRefusal} `not-found`, `invalid-value`. */
export function purchaseLicences(system: DialpadSystem, actor: Actor, order: LicenceOrder): Promise<Office> {
  return act(system, actor, (work) => {
    const office = orderedOffice(work, order)
    const after = withSeats(office, order.licence, ownedOf(office, order.licence) + order.quantity)
    work.tx.put('offices', office.id, after)
    tell(work, office, 'licence_purchased', `${inWords(order)} purchased for office ${office.name}`)
    return after
  })
}

/** Licences of the type that nobody holds and that are not on their way out; `null`: without end. */
export function licencesToSpare(reader: Reader<DialpadShape>, office: Office, licence: LicenceType): number | null {
  const owned = seatsOwned(office, licence)
  if (owned === null) return null
  const leaving = removalsOf(reader, office.id, licence).reduce((sum, removal) => sum + removal.quantity, 0)
  return Math.max(0, owned - seatsUsed(reader, office.id, licence) - leaving)
}

/**
 * Give licences back at the next billing date; until then they can still be used.
 *
 * @throws {DialpadRefusal} `not-found`, `invalid-value`; `licences-in-use` for more than are unused.
 */
export function scheduleLicenceRemoval(
  system: DialpadSystem,
  actor: Actor,
  order: LicenceOrder,
): Promise<LicenceRemoval> {
  return act(system, actor, (work) => addRemoval(work, order)).finally(() => system.schedule.touch())
}

/** {@link scheduleLicenceRemoval} inside a transaction that is open already. */
export function addRemoval(work: Work, order: LicenceOrder): LicenceRemoval {
  const company = companyOf(work.tx, order.companyId)
  const office = orderedOffice(work, order)
  requireSpare(work, office, order)
  const removal: LicenceRemoval = {
    id: digitsOf(nextIdSeed(work.tx)),
    companyId: company.id,
    officeId: office.id,
    licence: order.licence,
    quantity: order.quantity,
    at: new Date(nextBillingDate(company.createdAt, work.nowMs)).toISOString(),
  }
  work.tx.put('licenceRemovals', removal.id, removal)
  const when = removal.at.slice(0, 10)
  tell(work, office, 'licence_removal_scheduled', `${inWords(order)} of office ${office.name} to be removed on ${when}`)
  return removal
}

/** The licences stay. @throws {DialpadRefusal} `not-found`, also after the billing date. */
export function cancelLicenceRemoval(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  removalId: string,
): Promise<LicenceRemoval> {
  return act(system, actor, (work) => {
    const removal = work.tx.get('licenceRemovals', removalId)
    if (removal === undefined || removal.companyId !== companyId) throw notFound('License removal', removalId)
    const office = officeOf(work.tx, companyOf(work.tx, companyId), removal.officeId)
    work.tx.delete('licenceRemovals', removalId)
    tell(work, office, 'licence_removal_cancelled', `${inWords(removal)} of office ${office.name} will not be removed`)
    return removal
  }).finally(() => system.schedule.touch())
}

/**
 * Move unused licences to another office.
 *
 * @throws {DialpadRefusal} `not-found`, `invalid-value`; `licences-in-use` for more than are unused.
 */
export function moveLicences(
  system: DialpadSystem,
  actor: Actor,
  order: LicenceOrder & { readonly toOfficeId: string },
): Promise<Office> {
  return act(system, actor, (work) => {
    const from = orderedOffice(work, order)
    const to = officeOf(work.tx, companyOf(work.tx, order.companyId), order.toOfficeId)
    if (from.id === to.id) throw invalid('toOfficeId', 'Choose another office')
    if (seatsOwned(to, order.licence) === null) throw invalid('toOfficeId', `${to.name} has licenses without end`)
    requireSpare(work, from, order)
    work.tx.put('offices', from.id, withSeats(from, order.licence, ownedOf(from, order.licence) - order.quantity))
    const after = withSeats(to, order.licence, ownedOf(to, order.licence) + order.quantity)
    work.tx.put('offices', to.id, after)
    tell(work, to, 'licence_moved', `${inWords(order)} moved from office ${from.name} to ${to.name}`)
    return after
  })
}

/** What is to be removed, in the order it was asked for. */
export function removalsOf(
  reader: Reader<DialpadShape>,
  officeId: string,
  licence: LicenceType,
): readonly LicenceRemoval[] {
  return reader.find('licenceRemovals', 'seat', `${officeId}/${licence}`)
}

/** For `system.schedule.register`, once: at the billing date licences leave; those that are in use by then stay. */
export function licenceRemovals(system: DialpadSystem): DueSource {
  return {
    list: () =>
      Array.from({ length: Math.ceil(system.store.count('licenceRemovals') / PAGE) }, (_, page) =>
        system.store.page('licenceRemovals', page * PAGE, PAGE),
      )
        .flat()
        .map((removal) => ({
          id: `licence-removal/${removal.id}`,
          what: `${inWords(removal)} removed`,
          at: Date.parse(removal.at),
        })),
    run: (item) =>
      act(system, SYSTEM_ACTOR, (work) => {
        const removal = work.tx.get('licenceRemovals', item.id.split('/')[1] ?? '')
        if (removal === undefined) return 'the removal was cancelled'
        work.tx.delete('licenceRemovals', removal.id)
        const office = work.tx.get('offices', removal.officeId)
        const owned = office === undefined ? 0 : seatsOwned(office, removal.licence)
        if (office === undefined || owned === null) return 'there is nothing to remove'
        const unused = Math.max(0, owned - seatsUsed(work.tx, office.id, removal.licence))
        const quantity = Math.min(removal.quantity, unused)
        work.tx.put('offices', office.id, withSeats(office, removal.licence, owned - quantity))
        const rest = quantity === removal.quantity ? '' : `; ${removal.quantity - quantity} in use stay`
        const note = `${inWords({ ...removal, quantity })} of office ${office.name} removed${rest}`
        tell(work, office, 'licence_removed', note)
        return note
      }),
  }
}

const PAGE = 100

/** @throws {DialpadRefusal} `not-found`; `invalid-value` for the quantity, or where licences are without end. */
function orderedOffice(work: Work, order: LicenceOrder): Office {
  const office = officeOf(work.tx, companyOf(work.tx, order.companyId), order.officeId)
  if (!(Number.isInteger(order.quantity) && order.quantity >= 1 && order.quantity <= MOST_LICENCES)) {
    throw invalid('quantity', `Choose from 1 to ${MOST_LICENCES} licenses`)
  }
  if (seatsOwned(office, order.licence) === null) {
    throw invalid('officeId', `${office.name} has ${licenceName(order.licence)} licenses without end`)
  }
  return office
}

function requireSpare(work: Work, office: Office, order: LicenceOrder): void {
  const spare = licencesToSpare(work.tx, office, order.licence)
  if (spare === null || order.quantity <= spare) return
  throw new DialpadRefusal({
    code: 'licences-in-use',
    status: 400,
    field: 'quantity',
    message: `${office.name} has ${spare} unused ${licenceName(order.licence)} licenses`,
  })
}

function ownedOf(office: Office, licence: LicenceType): number {
  return seatsOwned(office, licence) ?? 0
}

function withSeats(office: Office, licence: LicenceType, owned: number): Office {
  const { [licence]: _, ...others } = office.seats
  return { ...office, seats: owned === 0 ? others : { ...others, [licence]: owned } }
}

function inWords({ quantity, licence }: Pick<LicenceOrder, 'quantity' | 'licence'>): string {
  return `${quantity} ${licenceName(licence)} license${quantity === 1 ? '' : 's'}`
}

function tell(work: Work, office: Office, action: ChangeLine['action'], note: string): void {
  const target = { type: 'office', id: office.id, name: office.name }
  work.log(office.companyId, { action, note, target })
  work.note(office.name, note, { type: 'office', id: office.id })
}

function invalid(field: string, message: string): DialpadRefusal {
  return new DialpadRefusal({ code: 'invalid-value', status: 400, field, message })
}
