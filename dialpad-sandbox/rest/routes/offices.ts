import { z } from 'zod'
import { assignNumber, unassignNumber } from '../../commands/numbers.ts'
import { createOffice, setOfficeEmergencyAddress } from '../../commands/offices.ts'
import { officeOf } from '../../commands/place-users.ts'
import { present } from '../../domain/present.ts'
import type { Office } from '../../records.ts'
import { defineRoute, idOf, type RawCall } from '../define-route.ts'
import { PageQuery, type Part, readPage } from '../paging.ts'
import { LINE_REQUEST, readLine } from '../shapes/lines.ts'
import { NumberShape, renderNumber, renderReleased } from '../shapes/numbers.ts'
import {
  AvailableLicenses,
  CompanyShape,
  OfficeAndPlan,
  OfficeCollection,
  OfficeShape,
  Plan,
  renderAvailableLicenses,
  renderCompany,
  renderOffice,
  renderPlan,
} from '../shapes/offices.ts'
import { E911Address, renderAddress } from '../shapes/user-lines.ts'
import { E164, Line, QueryBoolean } from '../values.ts'
import { addressOf, SetE911Address } from './user-line.ts'
import { AssignNumber, UnassignNumber } from './users.ts'

/** `/offices` and `/company` (reference sheet 4.5). */

const BillingAddress = z.strictObject({
  address_line_1: Line.min(1),
  address_line_2: Line.optional(),
  city: Line.min(1),
  country: Line.min(1),
  postal_code: Line.min(1),
  region: Line.min(1),
})

export const CreateOffice = z.strictObject({
  ...LINE_REQUEST,
  annual_commit_monthly_billing: z.boolean(),
  billing_address: BillingAddress,
  billing_contact: z.strictObject({ email: Line, name: Line, phone: Line.optional() }).optional(),
  country: z.string().regex(/^[A-Z]{2}$/, { error: 'must be a country of two capital letters' }),
  currency: z.enum(['AUD', 'CAD', 'EUR', 'GBP', 'JPY', 'NZD', 'USD']),
  e911_address: SetE911Address.omit({ update_all: true, use_validated_option: true }).optional(),
  international_enabled: z.boolean().optional(),
  invoiced: z.boolean(),
  mainline_number: E164.optional(),
  name: Line.min(1),
  plan_period: z.enum(['monthly', 'yearly']),
  timezone: Line.optional(),
  unified_billing: z.boolean(),
  use_same_address: z.boolean().optional().describe('The emergency address is the billing address.'),
  voice_intelligence: z.record(z.string(), z.unknown()).optional(),
})

const OfficeQuery = PageQuery.extend({
  active_only: QueryBoolean.optional().describe('All offices are active.'),
})

export const OFFICE_ROUTES = [
  defineRoute({
    name: 'rest.company.get',
    method: 'GET',
    path: '/company',
    summary: 'Company -- Get',
    companyAdmin: true,
    answer: CompanyShape,
    handle: (call) => renderCompany(call.system.store, call.company, call.system.clock.now()),
  }),
  defineRoute({
    name: 'rest.offices.list',
    method: 'GET',
    path: '/offices',
    summary: 'Office -- List',
    query: OfficeQuery,
    answer: OfficeCollection,
    handle: (call) => {
      const { store, clock } = call.system
      const offices: Part<Office> = {
        count: () => store.count('offices', 'company', call.company.id),
        page: (offset, limit) => store.findPage('offices', 'company', call.company.id, offset, limit),
      }
      const listing = { name: 'rest.offices.list', parts: [offices], keyOf: (office: Office) => office.id }
      const { items, ...rest } = readPage(call, call.query, listing)
      return { items: items.map((office) => renderOffice(store, office, clock.now())), ...rest }
    },
  }),
  defineRoute({
    name: 'rest.offices.create',
    method: 'POST',
    path: '/offices',
    summary: 'Office -- POST Creates a secondary office.',
    body: CreateOffice,
    answer: OfficeAndPlan,
    handle: async (call) => {
      const { system, company, body } = call
      const { billing_address: address } = body
      const office = await createOffice(system, call.actor, {
        companyId: company.id,
        name: body.name,
        country: body.country,
        timezone: body.timezone === '' ? undefined : body.timezone,
        mainLine: body.mainline_number,
        line: readLine(body),
        emergencyAddress: emergencyAddressIn(body),
        billing: {
          currency: body.currency,
          period: body.plan_period,
          annualCommitMonthly: body.annual_commit_monthly_billing,
          invoiced: body.invoiced,
          unified: body.unified_billing,
          address: Object.fromEntries(Object.entries(present(address)).filter(([, value]) => value !== '')),
        },
      })
      const nowMs = system.clock.now()
      return { office: renderOffice(system.store, office, nowMs), plan: renderPlan(company, office, nowMs) }
    },
  }),
  defineRoute({
    name: 'rest.offices.get',
    method: 'GET',
    path: '/offices/{id}',
    summary: 'Office -- Get',
    answer: OfficeShape,
    handle: (call) => renderOffice(call.system.store, officeIn(call), call.system.clock.now()),
  }),
  defineRoute({
    name: 'rest.offices.plan',
    method: 'GET',
    path: '/offices/{id}/plan',
    summary: 'Billing Plan -- Get',
    answer: Plan,
    handle: (call) => renderPlan(call.company, officeIn(call), call.system.clock.now()),
  }),
  defineRoute({
    name: 'rest.offices.available_licenses',
    method: 'GET',
    path: '/offices/{id}/available_licenses',
    summary: 'Licenses -- List Available',
    answer: AvailableLicenses,
    handle: (call) => renderAvailableLicenses(call.system.store, officeIn(call)),
  }),
  defineRoute({
    name: 'rest.offices.assign_number',
    method: 'POST',
    path: '/offices/{id}/assign_number',
    summary: 'Dialpad Number -- Assign',
    body: AssignNumber,
    answer: NumberShape,
    handle: async (call) => {
      const { system, body } = call
      const target = { type: 'office', id: idOf(call) } as const
      const wish = { number: body.number, areaCode: body.area_code, primary: body.primary }
      return renderNumber(await assignNumber(system, call.actor, call.company.id, target, wish), system.clock.now())
    },
  }),
  defineRoute({
    name: 'rest.offices.unassign_number',
    method: 'POST',
    path: '/offices/{id}/unassign_number',
    summary: 'Dialpad Number -- Unassign',
    body: UnassignNumber,
    answer: NumberShape,
    handle: async (call) => {
      const { system, body } = call
      const from = { type: 'office', id: idOf(call) } as const
      const { number, released } = await unassignNumber(system, call.actor, call.company.id, body.number, { from })
      return released ? renderReleased(number) : renderNumber(number, system.clock.now())
    },
  }),
  defineRoute({
    name: 'rest.offices.offdutystatuses',
    method: 'GET',
    path: '/offices/{id}/offdutystatuses',
    summary: 'Off-Duty Status -- List',
    answer: z.strictObject({ id: z.string() }).describe('No off-duty statuses are kept, so none are listed.'),
    handle: (call) => ({ id: officeIn(call).id }),
  }),
  defineRoute({
    name: 'rest.offices.e911.get',
    method: 'GET',
    path: '/offices/{id}/e911',
    summary: 'E911 Address -- Get',
    answer: E911Address,
    handle: (call) => renderAddress(officeIn(call).emergencyAddress),
  }),
  defineRoute({
    name: 'rest.offices.e911.update',
    method: 'PUT',
    path: '/offices/{id}/e911',
    summary: 'E911 Address -- Update',
    body: SetE911Address,
    answer: E911Address,
    handle: async (call) => {
      const { system, company } = call
      const address = addressOf(call.body)
      const office = await setOfficeEmergencyAddress(system, call.actor, company.id, idOf(call), address)
      return renderAddress(office.emergencyAddress)
    },
  }),
]

/** The office the address names. @throws {DialpadRefusal} 404. */
export function officeIn(call: RawCall): Office {
  return officeOf(call.system.store, call.company, idOf(call))
}

function emergencyAddressIn(body: z.output<typeof CreateOffice>): Office['emergencyAddress'] {
  if (body.e911_address !== undefined) return addressOf(body.e911_address)
  if (body.use_same_address !== true) return undefined
  const { address_line_1, address_line_2, city, country, postal_code, region } = body.billing_address
  return {
    address: address_line_1,
    ...(address_line_2 === undefined || address_line_2 === '' ? {} : { address2: address_line_2 }),
    city,
    country: country.toUpperCase(),
    state: region,
    zip: postal_code,
  }
}
