import { z } from 'zod'
import { hoursOf, isOpen, RING_SECONDS } from '../../domain/departments.ts'
import { type LineSettings, WEEKDAYS } from '../../records.ts'
import { WholeNumber, withoutEmpty } from '../values.ts'

/** What offices and departments have in common: a main line with its hours (reference sheet 4.5). */

const ACTIONS = [
  'bridge_target',
  'company_directory',
  'department',
  'directory',
  'disabled',
  'extension',
  'menu',
  'message',
  'operator',
  'person',
  'scripted_ivr',
  'voicemail',
] as const

const Hours = z.array(z.string()).describe('Opening and closing times in turn: ["08:00", "18:00"].')

/** Members a request can set. */
export const LINE_REQUEST = {
  auto_call_recording: z.boolean().optional(),
  first_action: z.enum(['menu', 'operators']).optional(),
  group_description: z.string().optional(),
  hours_on: z.boolean().optional().describe('false: calls are taken at any time.'),
  monday_hours: Hours.optional(),
  tuesday_hours: Hours.optional(),
  wednesday_hours: Hours.optional(),
  thursday_hours: Hours.optional(),
  friday_hours: Hours.optional(),
  saturday_hours: Hours.optional(),
  sunday_hours: Hours.optional(),
  no_operators_action: z.enum(ACTIONS).optional(),
  ring_seconds: WholeNumber.optional(),
  routing_options: z.record(z.string(), z.unknown()).optional(),
} as const

const LineRequest = z.object(LINE_REQUEST)

/** Members an answer can have. */
export const LINE_ANSWER = {
  availability_status: z.enum(['open', 'closed', 'holiday_open', 'holiday_closed']),
  first_action: z.enum(['menu', 'operators']).optional(),
  monday_hours: Hours.optional(),
  tuesday_hours: Hours.optional(),
  wednesday_hours: Hours.optional(),
  thursday_hours: Hours.optional(),
  friday_hours: Hours.optional(),
  saturday_hours: Hours.optional(),
  sunday_hours: Hours.optional(),
  no_operators_action: z.enum(ACTIONS).optional(),
  ring_seconds: z.string(),
  routing_options: z.record(z.string(), z.unknown()).optional(),
} as const

const LineAnswer = z.object(LINE_ANSWER)

/** The settings a request names; nothing else is changed by it. */
export function readLine(body: z.output<typeof LineRequest>): LineSettings {
  const hours = Object.fromEntries(
    WEEKDAYS.flatMap((day) => {
      const times = body[`${day}_hours`]
      return times === undefined ? [] : [[day, times]]
    }),
  )
  const settings = {
    autoCallRecording: body.auto_call_recording,
    description: body.group_description,
    firstAction: body.first_action,
    hoursOn: body.hours_on,
    noOperatorsAction: body.no_operators_action,
    ringSeconds: body.ring_seconds,
    routing: body.routing_options,
    hours: Object.keys(hours).length === 0 ? undefined : hours,
  }
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}

export function renderLine(line: LineSettings, timezone: string, nowMs: number): z.output<typeof LineAnswer> {
  const { first_action, no_operators_action } = LineAnswer.partial().parse(
    withoutEmpty({ first_action: line.firstAction, no_operators_action: line.noOperatorsAction }),
  )
  return {
    availability_status: isOpen(line, timezone, nowMs) ? 'open' : 'closed',
    ring_seconds: String(line.ringSeconds ?? RING_SECONDS.unset),
    ...withoutEmpty({
      first_action,
      no_operators_action,
      routing_options: line.routing === undefined ? undefined : { ...line.routing },
      monday_hours: [...hoursOf(line, 'monday')],
      tuesday_hours: [...hoursOf(line, 'tuesday')],
      wednesday_hours: [...hoursOf(line, 'wednesday')],
      thursday_hours: [...hoursOf(line, 'thursday')],
      friday_hours: [...hoursOf(line, 'friday')],
      saturday_hours: [...hoursOf(line, 'saturday')],
      sunday_hours: [...hoursOf(line, 'sunday')],
    }),
  }
}
