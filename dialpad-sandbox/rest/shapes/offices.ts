import { z } from 'zod'
import type { Reader } from '#kit/store/store.ts'
import { numbersOfTarget } from '../../commands/numbers.ts'
import { seatsUsed } from '../../commands/place-users.ts'
import { companyState } from '../../domain/company-states.ts'
import { linesFree, linesOwned, nextBillingDate } from '../../domain/plans.ts'
import { primaryEmail } from '../../domain/user-states.ts'
import type { Company, DialpadShape, Office } from '../../records.ts'
import { STATES, withoutEmpty } from '../values.ts'
import { LINE_ANSWER, renderLine } from './lines.ts'
import { E911Address, renderAddress } from './user-lines.ts'

/** Offices, their plans, and the company, as the API shows them (reference sheet 4.5). */

export const OfficeShape = z.strictObject({
  ...LINE_ANSWER,
  country: z.string(),
  e911_address: E911Address.optional(),
  id: z.string(),
  is_primary_office: z.boolean(),
  name: z.string(),
  office_id: z.string(),
  phone_numbers: z.array(z.string()).optional(),
  state: z.enum(STATES),
  timezone: z.string(),
})

export const OfficeCollection = z.strictObject({ items: z.array(OfficeShape), cursor: z.string().optional() })

export function renderOffice(
  reader: Reader<DialpadShape>,
  office: Office,
  nowMs: number,
): z.output<typeof OfficeShape> {
  return {
    id: office.id,
    office_id: office.id,
    name: office.name,
    country: office.country.toLowerCase(),
    timezone: office.timezone,
    state: 'active',
    is_primary_office: office.isPrimary,
    ...renderLine(office.line ?? {}, office.timezone, nowMs),
    ...withoutEmpty({
      e911_address: office.emergencyAddress === undefined ? undefined : renderAddress(office.emergencyAddress),
      phone_numbers: numbersOfTarget(reader, { type: 'office', id: office.id }).map((number) => number.number),
    }),
  }
}

const LINES = {
  additional_number_lines: z.string(),
  contact_center_lines: z.string(),
  fax_lines: z.string(),
  room_lines: z.string(),
  sell_lines: z.string(),
  talk_lines: z.string(),
  tollfree_additional_number_lines: z.string(),
  tollfree_room_lines: z.string(),
  tollfree_uberconference_lines: z.string(),
  uberconference_lines: z.string(),
} as const

/** Free licences by counter. */
export const AvailableLicenses = z.strictObject(LINES)

export const Plan = z.strictObject({
  ...LINES,
  balance: z.string(),
  next_billing_date: z.string(),
  ppu_address: z.record(z.string(), z.string()).optional(),
})

export const OfficeAndPlan = z.strictObject({ office: OfficeShape, plan: Plan })

/** Nothing is ever charged: the balance is zero. */
export function renderPlan(company: Company, office: Office, nowMs: number): z.output<typeof Plan> {
  return {
    ...AvailableLicenses.parse(asText(linesOwned(office))),
    balance: '0.0000',
    next_billing_date: String(nextBillingDate(company.createdAt, nowMs)),
    ...withoutEmpty({ ppu_address: office.billing === undefined ? undefined : { ...office.billing.address } }),
  }
}

export function renderAvailableLicenses(
  reader: Reader<DialpadShape>,
  office: Office,
): z.output<typeof AvailableLicenses> {
  return AvailableLicenses.parse(asText(linesFree(office, (licence) => seatsUsed(reader, office.id, licence))))
}

function asText(counts: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)]))
}

export const CompanyShape = z.strictObject({
  account_type: z.enum(['enterprise', 'pro', 'standard', 'free']),
  admin_email: z.string().optional(),
  country: z.string().optional(),
  domain: z.string().optional(),
  id: z.string(),
  name: z.string(),
  office_count: z.string(),
  state: z.enum(STATES),
})

/**
 * Its country is that of the primary office, its administrator the first of the Company Admins. On hold it counts as active: the
 * published states have no word for it.
 */
export function renderCompany(
  reader: Reader<DialpadShape>,
  company: Company,
  nowMs: number,
): z.output<typeof CompanyShape> {
  const offices = reader.find('offices', 'company', company.id)
  const primary = offices.find((office) => office.isPrimary) ?? offices[0]
  const [admin] = reader.findPage('users', 'admin', company.id, 0, 1)
  return {
    id: company.id,
    name: company.name,
    account_type: 'enterprise',
    office_count: String(offices.length),
    state: companyState(company, nowMs) === 'suspended' ? 'suspended' : 'active',
    ...withoutEmpty({
      admin_email: admin === undefined ? undefined : primaryEmail(admin),
      country: primary?.country.toLowerCase(),
      domain: company.domains[0],
    }),
  }
}
