import { digitsOf, nextIdSeed } from '#kit/ids.ts'
import type { Actor } from '../domain/change-log.ts'
import { LICENCES } from '../domain/licences.ts'
import { present } from '../domain/present.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import type { Company, EmergencyAddress, LineSettings, Office, OfficeBilling } from '../records.ts'
import { checkedLine } from './departments.ts'
import { addNumber, ownNumber } from './numbers.ts'
import { officeOf } from './place-users.ts'
import { companyOf } from './user-checks.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

/** Offices (reference sheet 3.4, 4.5). */

/** Where calls for help must name a place (sheet 4.5). */
export const EMERGENCY_COUNTRIES: readonly string[] = ['US', 'CA', 'AU', 'FR', 'GB', 'NZ']

/** For an office in a country where the company has none yet: the capital's or largest city's. */
const AREA_CODES: Readonly<Record<string, string>> = { US: '212', CA: '416', GB: '20' }

export interface NewOffice {
  readonly companyId: string
  readonly name: string
  /** ISO 3166 alpha-2, upper case. */
  readonly country: string
  /** Default: that of the company's first office. */
  readonly timezone?: string | undefined
  /** One of the Reserved Numbers; its area code becomes the office's. */
  readonly mainLine?: string | undefined
  readonly line: LineSettings
  readonly emergencyAddress?: EmergencyAddress | undefined
  readonly billing: OfficeBilling
}

/**
 * Add an office. It owns no licences yet, except in worlds where there are some without end.
 *
 * @throws {DialpadRefusal} `duplicate-name` (409): SCIM finds offices by their names; `invalid-value`; `number-not-available`.
 */
export function createOffice(system: DialpadSystem, actor: Actor, input: NewOffice): Promise<Office> {
  return act(system, actor, (work) => {
    const { tx } = work
    const company = companyOf(tx, input.companyId)
    const name = input.name.trim()
    checkOffice(work, company, name, input)
    const [first] = tx.find('offices', 'company', company.id)
    const office: Office = {
      id: digitsOf(nextIdSeed(tx)),
      companyId: company.id,
      name,
      country: input.country,
      areaCode: areaCodeFor(work, company, input),
      timezone: input.timezone ?? first?.timezone ?? 'UTC',
      isPrimary: first === undefined,
      seats: company.anyDomain ? Object.fromEntries(LICENCES.map((licence) => [licence.type, null])) : {},
      line: checkedLine(input.line),
      billing: input.billing,
      ...present({ emergencyAddress: input.emergencyAddress }),
    }
    tx.put('offices', office.id, office)
    const target = { type: 'office', id: office.id, name }
    work.log(company.id, { action: 'office_created', note: `Office ${name} (${office.country}) created`, target })
    work.note(name, `Office ${name} created`, {
      type: 'office',
      id: office.id,
      after: { name, country: office.country },
    })
    if (input.mainLine !== undefined)
      addNumber(work, company, { type: 'office', id: office.id }, { number: input.mainLine })
    return office
  })
}

/** @throws {DialpadRefusal} `not-found`. */
export function setOfficeEmergencyAddress(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  officeId: string,
  emergencyAddress: EmergencyAddress,
): Promise<Office> {
  return act(system, actor, (work) => {
    const office = officeOf(work.tx, companyOf(work.tx, companyId), officeId)
    const after: Office = { ...office, emergencyAddress }
    work.tx.put('offices', officeId, after)
    const target = { type: 'office', id: officeId, name: office.name }
    work.log(companyId, { action: 'office_updated', note: 'Emergency address changed', target })
    return after
  })
}

function checkOffice(work: Work, company: Company, name: string, input: NewOffice): void {
  if (name === '') throw invalid('name', 'Give the office a name')
  if (work.tx.count('offices', 'name', `${company.id}/${name}`) > 0) {
    throw new DialpadRefusal({
      code: 'duplicate-name',
      status: 409,
      scimType: 'uniqueness',
      field: 'name',
      message: `There is an office named ${name} already`,
    })
  }
  if (EMERGENCY_COUNTRIES.includes(input.country) && input.emergencyAddress === undefined) {
    throw invalid('e911_address', `An office in ${input.country} needs an emergency address`)
  }
}

function areaCodeFor(work: Work, company: Company, input: NewOffice): string {
  if (input.mainLine !== undefined) {
    return work.tx.has('numbers', input.mainLine) ? ownNumber(work.tx, company, input.mainLine).areaCode : ''
  }
  const sibling = work.tx.find('offices', 'company', company.id).find((office) => office.country === input.country)
  return sibling?.areaCode ?? AREA_CODES[input.country] ?? ''
}

function invalid(field: string, message: string): DialpadRefusal {
  return new DialpadRefusal({ code: 'invalid-value', status: 400, scimType: 'invalidValue', field, message })
}
