import { z } from 'zod'
import type { Reader } from '#kit/store/store.ts'
import { numbersOf } from '../../commands/assign-numbers.ts'
import { numbersOfTarget } from '../../commands/numbers.ts'
import { operatorshipsOf } from '../../commands/operators.ts'
import { displayName, holdsSeat } from '../../domain/user-states.ts'
import type { DialpadShape, DialpadUser, EmergencyAddress, Operator } from '../../records.ts'
import { withoutEmpty } from '../values.ts'

/** What people's lines are set to, as the API shows it (reference sheet 4.4): addresses for emergencies, whom they call as. */

export const E911Address = z.strictObject({
  address: z.string().optional(),
  address2: z.string().optional(),
  city: z.string().optional(),
  country: z.string().optional(),
  state: z.string().optional(),
  zip: z.string().optional(),
})

/** Without an address nothing but the braces. */
export function renderAddress(address: EmergencyAddress | undefined): z.output<typeof E911Address> {
  return address === undefined ? {} : withoutEmpty({ ...address, country: address.country.toLowerCase() })
}

export const Status = z.strictObject({
  id: z.string(),
  status_message: z.string().optional(),
  /** Seconds until it runs out. */
  expiration: z.string().optional(),
})

export const DoNotDisturb = z.strictObject({
  id: z.string(),
  do_not_disturb: z.boolean(),
  group_id: z.string().optional(),
  group_type: z.enum(['department', 'office']).optional(),
})

const Persona = z.strictObject({
  caller_id: z.string().optional(),
  id: z.string(),
  name: z.string(),
  phone_numbers: z.array(z.string()).optional(),
  type: z.enum(['user', 'office', 'department']),
})

export const Personas = z.strictObject({ items: z.array(Persona) })

export const CallerId = z.strictObject({
  caller_id: z.string().optional(),
  forwarding_numbers: z.array(z.string()).optional(),
  groups: z.array(z.strictObject({ caller_id: z.string().optional(), display_name: z.string() })).optional(),
  id: z.string(),
  office_main_line: z.string().optional(),
  phone_numbers: z.array(z.string()).optional(),
  primary_phone: z.string().optional(),
})

/** Whom somebody can call as: themselves, and the groups they are an operator of. */
export function renderPersonas(reader: Reader<DialpadShape>, user: DialpadUser): z.output<typeof Personas> {
  const own = numbersOf(reader, user.id).map((number) => number.number)
  const callerId = user.line?.callerId ?? own[0]
  return {
    items: [
      {
        id: user.id,
        name: displayName(user),
        type: 'user',
        ...withoutEmpty({ caller_id: callerId, phone_numbers: own }),
      },
      ...groupLines(reader, user).map(({ type, id, name, numbers }) => ({
        id,
        name,
        type,
        ...withoutEmpty({ caller_id: numbers[0], phone_numbers: [...numbers] }),
      })),
    ],
  }
}

export function renderCallerId(reader: Reader<DialpadShape>, user: DialpadUser): z.output<typeof CallerId> {
  const own = numbersOf(reader, user.id).map((number) => number.number)
  return {
    id: user.id,
    ...withoutEmpty({
      caller_id: user.line?.callerId ?? own[0],
      forwarding_numbers: [...(user.line?.forwardingNumbers ?? [])],
      groups: groupLines(reader, user).map(({ name, numbers }) => ({
        display_name: name,
        ...withoutEmpty({ caller_id: numbers[0] }),
      })),
      office_main_line: lineNumbers(reader, 'office', user.officeId)[0],
      phone_numbers: own,
      primary_phone: own[0],
    }),
  }
}

/** Numbers somebody may show to those they call. */
export function callerIdsOf(reader: Reader<DialpadShape>, user: DialpadUser): readonly string[] {
  return [
    ...numbersOf(reader, user.id).map((number) => number.number),
    ...(user.line?.forwardingNumbers ?? []),
    ...groupLines(reader, user).flatMap((group) => group.numbers),
    ...lineNumbers(reader, 'office', user.officeId),
  ]
}

interface GroupLine {
  readonly type: Operator['groupType']
  readonly id: string
  readonly name: string
  readonly numbers: readonly string[]
}

function groupLines(reader: Reader<DialpadShape>, user: DialpadUser): readonly GroupLine[] {
  if (!holdsSeat(user.state)) return []
  return operatorshipsOf(reader, user.id).map(({ groupType: type, groupId: id }) => ({
    type,
    id,
    name: reader.get(type === 'office' ? 'offices' : 'departments', id)?.name ?? id,
    numbers: lineNumbers(reader, type, id),
  }))
}

function lineNumbers(reader: Reader<DialpadShape>, type: Operator['groupType'], id: string): readonly string[] {
  return numbersOfTarget(reader, { type, id }).map((number) => number.number)
}
