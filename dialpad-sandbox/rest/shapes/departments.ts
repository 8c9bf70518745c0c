import { z } from 'zod'
import type { Reader } from '#kit/store/store.ts'
import { numbersOfTarget } from '../../commands/numbers.ts'
import type { Department, DialpadShape } from '../../records.ts'
import { STATES, withoutEmpty } from '../values.ts'
import { LINE_ANSWER, renderLine } from './lines.ts'

/** Departments as the API shows them (reference sheet 4.5). */

export const DepartmentShape = z.strictObject({
  ...LINE_ANSWER,
  auto_call_recording: z.boolean(),
  country: z.string().optional(),
  group_description: z.string().optional(),
  hours_on: z.boolean(),
  id: z.string(),
  name: z.string(),
  office_id: z.string(),
  phone_numbers: z.array(z.string()).optional(),
  state: z.enum(STATES),
  timezone: z.string().optional(),
})

export const DepartmentCollection = z.strictObject({ items: z.array(DepartmentShape), cursor: z.string().optional() })

/** @param state `deleted` in the answer to the deletion. */
export function renderDepartment(
  reader: Reader<DialpadShape>,
  department: Department,
  nowMs: number,
  state: 'active' | 'deleted' = 'active',
): z.output<typeof DepartmentShape> {
  const office = reader.get('offices', department.officeId)
  return {
    id: department.id,
    name: department.name,
    office_id: department.officeId,
    state,
    auto_call_recording: department.line.autoCallRecording === true,
    hours_on: department.line.hoursOn === true,
    ...renderLine(department.line, office?.timezone ?? 'UTC', nowMs),
    ...withoutEmpty({
      country: office?.country.toLowerCase(),
      group_description: department.line.description,
      phone_numbers: numbersOfTarget(reader, { type: 'department', id: department.id }).map((number) => number.number),
      timezone: office?.timezone,
    }),
  }
}

/** Groups the simulation has none of: every list of them is empty. */
export const NoGroups = z.strictObject({ items: z.array(z.never()), cursor: z.string().optional() })
