import { z } from 'zod'
import { nameSubject } from '#kit/http/record.ts'
import { addUser } from '../../commands/create-user.ts'
import { deleteUser } from '../../commands/delete-user.ts'
import { assignNumber, unassignNumber } from '../../commands/numbers.ts'
import { moveUser, patchUser, type UserPatch } from '../../commands/patch-user.ts'
import { act } from '../../commands/work.ts'
import { parseLicence } from '../../domain/licences.ts'
import { DialpadRefusal } from '../../domain/refusal.ts'
import { primaryEmail } from '../../domain/user-states.ts'
import type { LicenceType } from '../../records.ts'
import { defineRoute, type RawCall } from '../define-route.ts'
import { NumberShape, renderNumber, renderReleased } from '../shapes/numbers.ts'
import { renderUser, User } from '../shapes/users.ts'
import { E164, Int64, LICENSES, Line } from '../values.ts'
import { presentUserOf, userOf } from './find-user.ts'

/** `/users`: the operations that create, change and delete people (reference sheet 4.4). */

const License = z.enum(LICENSES)

export const CreateUser = z.strictObject({
  auto_assign: z.boolean().default(false).describe('Whether a number is assigned.'),
  email: Line,
  first_name: Line.optional(),
  last_name: Line.optional(),
  license: License.default('talk'),
  office_id: Int64,
})

const PresenceStatus = z.strictObject({
  message: z.string().max(255).optional(),
  provider: z.string().max(255).optional(),
  type: z.enum(['conference', 'default']).optional(),
})

export const UpdateUser = z.strictObject({
  admin_office_ids: z.array(Int64).optional(),
  emails: z.array(Line).optional().describe('All of them, the primary one first.'),
  extension: z.string().optional(),
  first_name: Line.optional(),
  forwarding_numbers: z.array(E164).optional(),
  international_dialing_enabled: z.boolean().optional(),
  is_super_admin: z.boolean().optional(),
  job_title: Line.optional(),
  keep_paid_numbers: z.boolean().default(true),
  last_name: Line.optional(),
  license: License.optional(),
  office_id: Int64.optional(),
  phone_numbers: z.array(E164).optional().describe('To re-order or remove; new ones are assigned.'),
  presence_status: PresenceStatus.nullable().optional(),
  state: z.enum(['active', 'suspended']).optional(),
})

export const MoveOffice = z.strictObject({ office_id: Int64 })

export const AssignNumber = z.strictObject({
  area_code: z.string().optional(),
  number: E164.optional(),
  primary: z.boolean().default(true),
})

export const UnassignNumber = z.strictObject({ number: E164 })

export const USER_ROUTES = [
  defineRoute({
    name: 'rest.users.create',
    method: 'POST',
    path: '/users',
    summary: 'User -- Create',
    body: CreateUser,
    answer: User,
    handle: async (call) => {
      const { body, company, system } = call
      nameSubject(body.email)
      const licence = licenceOf(body.license)
      const user = await act(system, call.actor, (work) =>
        addUser(work, {
          companyId: company.id,
          email: body.email,
          givenName: body.first_name ?? '',
          familyName: body.last_name ?? '',
          placement: { kind: 'office', officeId: body.office_id },
          licence,
          state: 'active',
          origin: 'api',
          withNumber: body.auto_assign,
        }),
      )
      return renderUser(system.store, user, system.clock.now())
    },
  }),
  defineRoute({
    name: 'rest.users.get',
    method: 'GET',
    path: '/users/{id}',
    summary: 'User -- Get',
    answer: User,
    handle: (call) => {
      const user = userOf(call)
      nameSubject(primaryEmail(user))
      return renderUser(call.system.store, user, call.system.clock.now())
    },
  }),
  defineRoute({
    name: 'rest.users.update',
    method: 'PATCH',
    path: '/users/{id}',
    summary: 'User -- Update',
    body: UpdateUser,
    answer: User,
    handle: async (call) => {
      const { system } = call
      const id = subjectId(call)
      const user = await patchUser(system, call.actor, call.company.id, id, patchOf(call.body))
      return renderUser(system.store, user, system.clock.now())
    },
  }),
  defineRoute({
    name: 'rest.users.delete',
    method: 'DELETE',
    path: '/users/{id}',
    summary: 'User -- Delete',
    answer: User,
    handle: async (call) => {
      const { system } = call
      const user = await deleteUser(system, call.actor, subjectId(call))
      return renderUser(system.store, user, system.clock.now())
    },
  }),
  defineRoute({
    name: 'rest.users.move_office',
    method: 'PATCH',
    path: '/users/{id}/move_office',
    summary: 'User -- Switch Office',
    body: MoveOffice,
    answer: User,
    handle: async (call) => {
      const { system } = call
      const user = await moveUser(system, call.actor, call.company.id, subjectId(call), call.body.office_id)
      return renderUser(system.store, system.store.get('users', user.id) ?? user, system.clock.now())
    },
  }),
  defineRoute({
    name: 'rest.users.assign_number',
    method: 'POST',
    path: '/users/{id}/assign_number',
    summary: 'Dialpad Number -- Assign',
    body: AssignNumber,
    answer: NumberShape,
    handle: async (call) => {
      const { system, body } = call
      const target = { type: 'user', id: subjectId(call) } as const
      const wish = { number: body.number, areaCode: body.area_code, primary: body.primary }
      return renderNumber(await assignNumber(system, call.actor, call.company.id, target, wish), system.clock.now())
    },
  }),
  defineRoute({
    name: 'rest.users.unassign_number',
    method: 'POST',
    path: '/users/{id}/unassign_number',
    summary: 'Dialpad Number -- Unassign',
    body: UnassignNumber,
    answer: NumberShape,
    handle: async (call) => {
      const { system, body } = call
      const from = { type: 'user', id: subjectId(call) } as const
      const { number, released } = await unassignNumber(system, call.actor, call.company.id, body.number, { from })
      return released ? renderReleased(number) : renderNumber(number, system.clock.now())
    },
  }),
]

/** The id of somebody who is not deleted, named for the journal. */
function subjectId(call: RawCall): string {
  const user = presentUserOf(call)
  nameSubject(primaryEmail(user))
  return user.id
}

/** Types of the enumeration that nothing is published about are owned by no office. @throws {DialpadRefusal} `no-licence-left`. */
function licenceOf(license: z.output<typeof License>): LicenceType {
  const licence = parseLicence(license)
  if (licence !== undefined) return licence
  throw new DialpadRefusal({
    code: 'no-licence-left',
    status: 400,
    field: 'license',
    message: `No available ${license} licenses`,
  })
}

function patchOf(body: z.output<typeof UpdateUser>): UserPatch {
  if (body.extension !== undefined && body.extension !== '') {
    throw new DialpadRefusal({
      code: 'invalid-value',
      status: 400,
      field: 'extension',
      message: 'Extensions are turned off for this company',
    })
  }
  const line = {
    forwardingNumbers: body.forwarding_numbers,
    internationalDialing: body.international_dialing_enabled,
    presence: body.presence_status === undefined ? undefined : presenceOf(body.presence_status),
  }
  const given = Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined))
  return Object.fromEntries(
    Object.entries({
      givenName: body.first_name,
      familyName: body.last_name,
      title: body.job_title === '' ? null : body.job_title,
      allEmails: body.emails,
      licence: body.license === undefined ? undefined : licenceOf(body.license),
      active: body.state === undefined ? undefined : body.state === 'active',
      isCompanyAdmin: body.is_super_admin,
      officeAdminOf: body.admin_office_ids,
      officeId: body.office_id,
      numbers: body.phone_numbers,
      keepNumbers: body.keep_paid_numbers,
      line: Object.keys(given).length === 0 ? undefined : given,
    } satisfies { [K in keyof UserPatch]: UserPatch[K] | undefined }).filter(([, value]) => value !== undefined),
  )
}

/** Empty or null clears it. */
function presenceOf(presence: z.output<typeof PresenceStatus> | null): Readonly<Record<string, string>> | null {
  const entries = Object.entries(presence ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return entries.length === 0 ? null : Object.fromEntries(entries)
}
