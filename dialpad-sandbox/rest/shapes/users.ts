import { z } from 'zod'
import type { Reader } from '#kit/store/store.ts'
import { numbersOf } from '../../commands/assign-numbers.ts'
import { operatorshipsOf } from '../../commands/operators.ts'
import { displayName } from '../../domain/user-states.ts'
import type { DialpadShape, DialpadUser, Operator } from '../../records.ts'
import { LICENSES, restDate, STATES, TARGET_TYPES, withoutEmpty } from '../values.ts'

/** People as the API shows them (reference sheet 4.3). */

const GroupDetails = z.strictObject({
  do_not_disturb: z.boolean(),
  group_id: z.string(),
  group_type: z.enum(TARGET_TYPES),
  role: z.enum(['admin', 'operator', 'supervisor']),
})

export const User = z.strictObject({
  admin_office_ids: z.array(z.string()).optional(),
  company_id: z.string(),
  country: z.string().optional(),
  date_active: z.string().optional(),
  date_added: z.string(),
  date_first_login: z.string().optional(),
  display_name: z.string(),
  do_not_disturb: z.boolean(),
  emails: z.array(z.string()).optional(),
  first_name: z.string().optional(),
  forwarding_numbers: z.array(z.string()).optional(),
  group_details: z.array(GroupDetails).optional(),
  id: z.string(),
  international_dialing_enabled: z.boolean(),
  is_admin: z.boolean(),
  is_available: z.boolean(),
  is_on_duty: z.boolean(),
  is_online: z.boolean(),
  is_super_admin: z.boolean(),
  job_title: z.string().optional(),
  language: z.string().optional(),
  last_name: z.string().optional(),
  license: z.enum(LICENSES),
  muted: z.boolean(),
  office_id: z.string(),
  phone_numbers: z.array(z.string()).optional(),
  state: z.enum(STATES),
  status_message: z.string().optional(),
  timezone: z.string().optional(),
})

export const UserCollection = z.strictObject({ items: z.array(User), cursor: z.string().optional() })

/**
 * A person. Nobody is on a call and nobody's device is on: there are no calls in the simulation. A deleted person has lost
 * addresses and numbers, and their name says so (sheet 4.4).
 */
export function renderUser(reader: Reader<DialpadShape>, user: DialpadUser, nowMs: number): z.output<typeof User> {
  const office = reader.get('offices', user.officeId)
  const isDeleted = user.state === 'deleted'
  const name = displayName(user)
  const offices = user.officeAdminOf ?? []
  return {
    id: user.id,
    company_id: user.companyId,
    office_id: user.officeId,
    display_name: isDeleted ? `${name} (deactivated)` : name,
    license: user.licence,
    state: user.state,
    date_added: restDate(user.createdAt),
    do_not_disturb: isDeleted || user.line?.doNotDisturb === true,
    muted: false,
    is_admin: user.isCompanyAdmin || offices.length > 0,
    is_super_admin: user.isCompanyAdmin,
    is_available: !isDeleted,
    is_online: false,
    is_on_duty: false,
    international_dialing_enabled: user.line?.internationalDialing === true,
    ...withoutEmpty({
      admin_office_ids: [...offices],
      country: (user.country ?? office?.country)?.toLowerCase(),
      date_active: activeSince(user),
      date_first_login: user.firstLoginAt === undefined ? undefined : restDate(user.firstLoginAt),
      emails: isDeleted ? [] : [...user.emails],
      first_name: user.givenName,
      forwarding_numbers: [...(user.line?.forwardingNumbers ?? [])],
      group_details: operatorshipsOf(reader, user.id).map(renderGroup),
      job_title: user.title,
      language: user.language,
      last_name: user.familyName,
      phone_numbers: isDeleted ? [] : numbersOf(reader, user.id).map((number) => number.number),
      status_message: statusMessage(user, nowMs),
      timezone: office?.timezone,
    }),
  }
}

/** Somebody invited is active from their first sign-in on, everybody else from the beginning. */
function activeSince(user: DialpadUser): string | undefined {
  if (user.state === 'pending') return undefined
  return restDate(user.origin === 'portal' ? (user.firstLoginAt ?? user.createdAt) : user.createdAt)
}

function renderGroup(operator: Operator): z.output<typeof GroupDetails> {
  return {
    group_id: operator.groupId,
    group_type: operator.groupType,
    role: operator.role,
    do_not_disturb: operator.doNotDisturb === true,
  }
}

/** What somebody says about themselves, until it runs out. */
export function statusMessage(user: DialpadUser, nowMs: number): string | undefined {
  const status = user.line?.status
  return status === undefined || (status.expiresAt !== undefined && nowMs >= Date.parse(status.expiresAt))
    ? undefined
    : status.message
}

/** A person or room that answers a group's line. */
export const UserOrRoom = z.strictObject({
  company_id: z.string(),
  country: z.string().optional(),
  id: z.string(),
  is_on_duty: z.boolean(),
  name: z.string(),
  office_id: z.string(),
  phone_numbers: z.array(z.string()).optional(),
  state: z.enum(STATES),
})

export function renderOperator(reader: Reader<DialpadShape>, user: DialpadUser): z.output<typeof UserOrRoom> {
  return {
    id: user.id,
    company_id: user.companyId,
    office_id: user.officeId,
    name: displayName(user),
    state: user.state,
    is_on_duty: false,
    ...withoutEmpty({
      country: (user.country ?? reader.get('offices', user.officeId)?.country)?.toLowerCase(),
      phone_numbers: numbersOf(reader, user.id).map((number) => number.number),
    }),
  }
}

/** Not a collection: no `items`, no `cursor` (sheet 4.5). */
export const Operators = z.strictObject({ users: z.array(User), rooms: z.array(z.never()) })
