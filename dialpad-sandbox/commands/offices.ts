import { isDeepStrictEqual } from 'node:util'
import { digitsOf, nextIdSeed } from '#kit/ids.ts'
import type { Actor } from '../domain/change-log.ts'
import { LICENCES } from '../domain/licences.ts'
import { isAreaCode } from '../domain/numbers.ts'
import { present } from '../domain/present.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import type { Company, EmergencyAddress, LineSettings, Office, OfficeBilling } from '../records.ts'
import { checkedLine } from './departments.ts'
import { addNumber, ownNumber } from './numbers.ts'
import { officeOf } from './place-users.ts'
import { changeUser } from './update-user.ts'
import { companyOf, presentUser } from './user-checks.ts'
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
  /** Where new numbers come from; default: that of another office in the country. */
  readonly areaCode?: string | undefined
  /** `true`, and no number is named: a new one of the area code becomes the main line. */
  readonly wantsMainLine?: boolean | undefined
  /** Becomes its first Office Admin. */
  readonly adminId?: string | undefined
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
    else if (input.wantsMainLine) addNumber(work, company, { type: 'office', id: office.id }, { fresh: true })
    if (input.adminId !== undefined) addOfficeAdmin(work, company, office, input.adminId)
    return office
  })
}

export interface OfficeChange {
  /** SCIM finds offices by their names: whoever is provisioned with the old one matches nothing any more (sheet 3.4). */
  readonly name?: string
  readonly areaCode?: string
  readonly timezone?: string
}

/** Without a difference nothing is written. @throws {DialpadRefusal} `not-found`, `duplicate-name` (409), `invalid-value`. */
export function updateOffice(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  officeId: string,
  change: OfficeChange,
): Promise<Office> {
  return act(system, actor, (work) => {
    const company = companyOf(work.tx, companyId)
    const before = officeOf(work.tx, company, officeId)
    const after: Office = { ...before, ...present({ ...change, name: change.name?.trim() }) }
    if (isDeepStrictEqual(after, before)) return before
    if (after.name !== before.name) checkName(work, company, after.name)
    if (after.areaCode !== before.areaCode) checkAreaCode(after.country, after.areaCode)
    work.tx.put('offices', officeId, after)
    const changed = (['name', 'areaCode', 'timezone'] as const).filter((member) => before[member] !== after[member])
    const note = changed.map((member) => `${member} ${before[member]} → ${after[member]}`).join(', ')
    work.log(companyId, { action: 'office_updated', note, target: { type: 'office', id: officeId, name: after.name } })
    work.note(after.name, `Office ${after.name}: ${note}`, { type: 'office', id: officeId })
    return after
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

function addOfficeAdmin(work: Work, company: Company, office: Office, userId: string): void {
  const user = presentUser(work.tx, userId)
  if (user.companyId !== company.id) throw notFound('User', userId)
  changeUser(work, userId, { officeAdminOf: [...(user.officeAdminOf ?? []), office.id] })
}

function checkAreaCode(country: string, areaCode: string): void {
  if (!isAreaCode(country, areaCode)) {
    throw invalid('areaCode', `There are no numbers with area code "${areaCode}" in ${country}`)
  }
}

function checkName(work: Work, company: Company, name: string): void {
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
}

function checkOffice(work: Work, company: Company, name: string, input: NewOffice): void {
  checkName(work, company, name)
  if (input.areaCode !== undefined) checkAreaCode(input.country, input.areaCode)
  if (EMERGENCY_COUNTRIES.includes(input.country) && input.emergencyAddress === undefined) {
    throw invalid('e911_address', `An office in ${input.country} needs an emergency address`)
  }
}

function areaCodeFor(work: Work, company: Company, input: NewOffice): string {
  if (input.mainLine !== undefined) {
    return work.tx.has('numbers', input.mainLine) ? ownNumber(work.tx, company, input.mainLine).areaCode : ''
  }
  if (input.areaCode !== undefined) return input.areaCode
  const sibling = work.tx.find('offices', 'company', company.id).find((office) => office.country === input.country)
  return sibling?.areaCode ?? AREA_CODES[input.country] ?? ''
}

function invalid(field: string, message: string): DialpadRefusal {
  return new DialpadRefusal({ code: 'invalid-value', status: 400, scimType: 'invalidValue', field, message })
}
