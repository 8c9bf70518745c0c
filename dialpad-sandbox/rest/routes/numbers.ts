import { z } from 'zod'
import {
  assignNumber,
  type NumberTarget,
  ownNumber,
  type Swap,
  swapNumber,
  unassignNumber,
} from '../../commands/numbers.ts'
import { readNumber } from '../../domain/number-format.ts'
import { numberStatus } from '../../domain/numbers.ts'
import type { PhoneNumber } from '../../records.ts'
import { RestRefusal } from '../answer.ts'
import { defineRoute, type RawCall } from '../define-route.ts'
import { type Listing, PageQuery, type Part, readPage } from '../paging.ts'
import {
  FormattedNumber,
  NUMBER_STATUSES,
  NumberCollection,
  NumberShape,
  renderNumber,
  renderReleased,
} from '../shapes/numbers.ts'
import { E164, Int64, QueryBoolean, TARGET_TYPES } from '../values.ts'

/** `/numbers` (reference sheet 4.5). */

const NumberQuery = PageQuery.extend({ status: z.enum(NUMBER_STATUSES).optional() })

const TARGET = { target_id: Int64, target_type: z.enum(TARGET_TYPES) } as const

export const AssignTarget = z.strictObject({ ...TARGET, primary: z.boolean().default(true) })

export const AutoAssign = z.strictObject({
  ...TARGET,
  area_code: z.string().optional(),
  number: E164.optional(),
  primary: z.boolean().default(true),
})

export const SwapNumber = z.strictObject({
  swap_details: z
    .union(
      [
        z.strictObject({ type: z.literal('provided_number'), number: E164 }),
        z.strictObject({ type: z.literal('area_code'), area_code: z.string() }),
        z.strictObject({ type: z.literal('auto').default('auto') }),
      ],
      { error: 'must be of type provided_number (with number), area_code (with area_code) or auto' },
    )
    .default({ type: 'auto' }),
  target: z.strictObject(TARGET),
})

export const NUMBER_ROUTES = [
  defineRoute({
    name: 'rest.numbers.list',
    method: 'GET',
    path: '/numbers',
    summary: 'Dialpad Number -- List',
    companyAdmin: true,
    query: NumberQuery,
    answer: NumberCollection,
    handle: (call) => {
      const { items, ...rest } = readPage(call, call.query, listingFor(call, call.query.status))
      const nowMs = call.system.clock.now()
      return { items: items.map((number) => renderNumber(number, nowMs)), ...rest }
    },
  }),
  defineRoute({
    name: 'rest.numbers.get',
    method: 'GET',
    path: '/numbers/{number}',
    summary: 'Dialpad Number -- Get',
    companyAdmin: true,
    answer: NumberShape,
    handle: (call) => renderNumber(ownNumber(call.system.store, call.company, numberIn(call)), call.system.clock.now()),
  }),
  defineRoute({
    name: 'rest.numbers.assign',
    method: 'POST',
    path: '/numbers/{number}/assign',
    summary: 'Dialpad Number -- Assign',
    body: AssignTarget,
    answer: NumberShape,
    handle: (call) => assign(call, call.body, { number: numberIn(call), primary: call.body.primary }),
  }),
  defineRoute({
    name: 'rest.numbers.auto_assign',
    method: 'POST',
    path: '/numbers/assign',
    summary: 'Dialpad Number -- Auto-Assign',
    body: AutoAssign,
    answer: NumberShape,
    handle: (call) => {
      const { number, area_code: areaCode, primary } = call.body
      return assign(call, call.body, { number, areaCode, primary })
    },
  }),
  defineRoute({
    name: 'rest.numbers.swap',
    method: 'POST',
    path: '/numbers/swap',
    summary: 'Dialpad Number -- Swap',
    body: SwapNumber,
    answer: NumberShape,
    handle: async (call) => {
      const { system, body } = call
      const number = await swapNumber(
        system,
        call.actor,
        call.company.id,
        targetOf(body.target),
        swapOf(body.swap_details),
      )
      return renderNumber(number, system.clock.now())
    },
  }),
  defineRoute({
    name: 'rest.numbers.format',
    method: 'POST',
    path: '/numbers/format',
    summary: 'Phone String -- Reformat',
    query: z.object({
      country_code: z.string().optional().describe('ISO 3166 alpha-2; needed for a number in its local form.'),
      number: z.string(),
    }),
    answer: FormattedNumber,
    handle: ({ query }) => {
      const number = readNumber(query.number.replace(/^ /, '+'), query.country_code?.toUpperCase())
      if (number === undefined) {
        throw new RestRefusal(400, `number: "${query.number}" is no number of a country that is known here`)
      }
      const { areaCode, country, e164, local } = number
      return { area_code: areaCode, country_code: country, e164_number: e164, local_number: local }
    },
  }),
  defineRoute({
    name: 'rest.numbers.unassign',
    method: 'DELETE',
    path: '/numbers/{number}',
    summary: 'Dialpad Number -- Unassign',
    query: z.object({ release: QueryBoolean.default(false).describe('true: not back to the reserved pool.') }),
    answer: NumberShape,
    handle: async (call) => {
      const { system, query } = call
      const { number, released } = await unassignNumber(system, call.actor, call.company.id, numberIn(call), query)
      return released ? renderReleased(number) : renderNumber(number, system.clock.now())
    },
  }),
]

type TargetBody = z.output<typeof AssignTarget>

async function assign(
  call: RawCall,
  body: Pick<TargetBody, 'target_id' | 'target_type'>,
  wish: Parameters<typeof assignNumber>[4],
): Promise<z.output<typeof NumberShape>> {
  const { system } = call
  const number = await assignNumber(system, call.actor, call.company.id, targetOf(body), wish)
  return renderNumber(number, system.clock.now())
}

/** Of the published kinds of targets the simulation has three; of the others a company has none. @throws {RestRefusal} 404. */
function targetOf({ target_id: id, target_type: type }: Pick<TargetBody, 'target_id' | 'target_type'>): NumberTarget {
  if (type === 'user' || type === 'office' || type === 'department') return { type, id }
  throw new RestRefusal(404, `${type} ${id} not found`)
}

function swapOf(details: z.output<typeof SwapNumber>['swap_details']): Swap {
  switch (details.type) {
    case 'provided_number':
      return { kind: 'provided', number: details.number }
    case 'area_code':
      return { kind: 'area-code', areaCode: details.area_code }
    case 'auto':
      return { kind: 'auto' }
  }
}

function numberIn(call: RawCall): string {
  return call.params['number'] ?? ''
}

function listingFor(call: RawCall, status: z.output<typeof NumberQuery>['status']): Listing<PhoneNumber> {
  const { store, clock } = call.system
  const inUse = (use: string): Part<PhoneNumber> => {
    const value = `${call.company.id}/${use}`
    return {
      count: () => store.count('numbers', 'use', value),
      page: (offset, limit) => store.findPage('numbers', 'use', value, offset, limit),
    }
  }
  const list = { name: `rest.numbers.list ${status ?? ''}`, keyOf: (number: PhoneNumber) => number.number }
  switch (status) {
    case undefined:
      return {
        ...list,
        parts: [
          {
            count: () => store.count('numbers', 'company', call.company.id),
            page: (offset, limit) => store.findPage('numbers', 'company', call.company.id, offset, limit),
          },
        ],
      }
    case 'available':
      return {
        ...list,
        parts: [inUse('reserved'), inUse('hold')],
        keep: (number) => numberStatus(number, clock.now()) === 'reserved',
      }
    case 'pending':
      return { ...list, parts: [inUse('hold')], keep: (number) => numberStatus(number, clock.now()) === 'hold' }
    case 'user':
    case 'office':
    case 'department':
      return { ...list, parts: [inUse(status)] }
    case 'porting':
    case 'call_center':
    case 'call_router':
    case 'room':
    case 'dynamic_caller':
      return { ...list, parts: [] }
  }
}
