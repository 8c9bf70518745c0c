import type { Reader } from '#kit/store/store.ts'
import { licenceName } from '../domain/licences.ts'
import { chooseOffice, type OfficeRequest } from '../domain/offices.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import { isSeatFree, takeSeat } from '../domain/seats.ts'
import type { Company, DialpadShape, LicenceType, Office } from '../records.ts'
import type { Work } from './work.ts'

/** Offices and seats as people take and leave them. Parts of commands: they run inside a {@link Work}. */

/** Where a person is to be: a certain office, or what a directory says about it. */
export type Placement =
  | { readonly kind: 'office'; readonly officeId: string }
  | { readonly kind: 'request'; readonly request: OfficeRequest }

export interface Place {
  readonly office: Office
  /** Words for the change log when the office is not the one that was asked for. */
  readonly remark?: string
}

/** Seats of `licence` taken in the office. */
export function seatsUsed(reader: Reader<DialpadShape>, officeId: string, licence: LicenceType): number {
  return reader.count('users', 'seat', `${officeId}/${licence}`)
}

/** @throws {DialpadRefusal} `not-found` when there is none, or it is another company's. */
export function officeOf(reader: Reader<DialpadShape>, company: Company, officeId: string): Office {
  const office = reader.get('offices', officeId)
  if (office === undefined || office.companyId !== company.id) throw notFound('Office', officeId)
  return office
}

/** @throws {DialpadRefusal} `no-office` when the company's setting is not to create such people. */
export function findPlace(
  reader: Reader<DialpadShape>,
  company: Company,
  placement: Placement,
  country: string | undefined,
  licence: LicenceType,
): Place {
  if (placement.kind === 'office') return { office: officeOf(reader, company, placement.officeId) }
  const offices = reader.find('offices', 'company', company.id)
  const choice = chooseOffice(placement.request, country, offices, company.scim, (office) =>
    isSeatFree(office, licence, seatsUsed(reader, office.id, licence)),
  )
  switch (choice.kind) {
    case 'name':
      return { office: choice.office }
    case 'country':
    case 'fallback': {
      const why = choice.kind === 'country' ? 'by country' : 'best matching office'
      const asked = choice.requested === undefined ? 'No office given' : `No office named "${choice.requested}"`
      return { office: choice.office, remark: `${asked}: placed in ${choice.office.name} (${why})` }
    }
    case 'none':
      throw new DialpadRefusal({
        code: 'no-office',
        status: 400,
        scimType: 'invalidValue',
        field: 'office',
        message:
          choice.requested === undefined
            ? 'The request names no office, and this company does not create users without one'
            : `No office matches "${choice.requested}"`,
      })
  }
}

/**
 * Make sure one more person can hold `licence` in the office, buying a seat when the company does that by itself.
 * @throws {DialpadRefusal} `no-licence-left` (400: a fault of this one person, not of the connection).
 */
export function reserveSeat(work: Work, company: Company, office: Office, licence: LicenceType): void {
  const decision = takeSeat(office, licence, seatsUsed(work.tx, office.id, licence), company.scim.exhaustion)
  switch (decision.kind) {
    case 'free':
      return
    case 'purchase':
      work.tx.put('offices', office.id, decision.office)
      work.log(company.id, {
        action: 'licence_purchased',
        note: `1 ${licenceName(licence)} license purchased for office ${office.name}`,
        target: { type: 'office', id: office.id, name: office.name },
      })
      return
    case 'refused':
      throw new DialpadRefusal({
        code: 'no-licence-left',
        status: 400,
        scimType: 'invalidValue',
        field: 'licence',
        message: decision.message,
      })
  }
}
