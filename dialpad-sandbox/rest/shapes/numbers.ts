import { z } from 'zod'
import { type NumberTarget, targetOfNumber } from '../../commands/numbers.ts'
import { numberStatus } from '../../domain/numbers.ts'
import type { PhoneNumber } from '../../records.ts'
import { TARGET_TYPES, withoutEmpty } from '../values.ts'

/** Numbers as the API shows them (reference sheet 4.5). */

export const NUMBER_STATUSES = [
  'available',
  'pending',
  'porting',
  'office',
  'department',
  'call_center',
  'call_router',
  'room',
  'user',
  'dynamic_caller',
] as const
type NumberStatus = (typeof NUMBER_STATUSES)[number]

export const NumberShape = z.strictObject({
  area_code: z.string().optional(),
  company_id: z.string(),
  deleted: z.boolean(),
  number: z.string(),
  office_id: z.string().optional(),
  status: z.enum(NUMBER_STATUSES).optional(),
  target_id: z.string().optional(),
  target_type: z.enum(TARGET_TYPES).optional(),
  type: z.enum(['local', 'tollfree', 'mobile', 'free', 'softbank']),
})

export const NumberCollection = z.strictObject({ items: z.array(NumberShape), cursor: z.string().optional() })

/** A number in both of its forms. */
export const FormattedNumber = z.strictObject({
  area_code: z.string(),
  country_code: z.string(),
  e164_number: z.string(),
  local_number: z.string(),
})

/** A number of the reserve is `available` and has no target; one on hold after a deletion is `pending` (FID-DIALPAD-REST-12). */
export function renderNumber(number: PhoneNumber, nowMs: number): z.output<typeof NumberShape> {
  const target = targetOfNumber(number)
  return {
    number: number.number,
    company_id: number.companyId,
    office_id: number.officeId,
    status: statusOf(number, target, nowMs),
    type: 'local',
    deleted: false,
    ...withoutEmpty({ area_code: number.areaCode, target_id: target?.id, target_type: target?.type }),
  }
}

/** A number that left the company: it has neither office nor status any more. */
export function renderReleased(number: PhoneNumber): z.output<typeof NumberShape> {
  return {
    number: number.number,
    company_id: number.companyId,
    type: 'local',
    deleted: false,
    ...withoutEmpty({ area_code: number.areaCode }),
  }
}

function statusOf(number: PhoneNumber, target: NumberTarget | undefined, nowMs: number): NumberStatus {
  if (target !== undefined) return target.type
  return numberStatus(number, nowMs) === 'hold' ? 'pending' : 'available'
}
