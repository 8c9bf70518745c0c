import { z } from 'zod'
import { setGroupDoNotDisturb } from '../../commands/operators.ts'
import { setUserLine } from '../../commands/patch-user.ts'
import type { EmergencyAddress } from '../../records.ts'
import { RestRefusal } from '../answer.ts'
import { defineRoute } from '../define-route.ts'
import {
  CallerId,
  callerIdsOf,
  DoNotDisturb,
  E911Address,
  Personas,
  renderAddress,
  renderCallerId,
  renderPersonas,
  Status,
} from '../shapes/user-lines.ts'
import { statusMessage } from '../shapes/users.ts'
import { E164, Int64, Line, WholeNumber } from '../values.ts'
import { presentUserOf } from './find-user.ts'

/** `/users/{id}/…`: what people's lines are set to. Kept and shown; there are no calls that it would steer. */

export const SetDoNotDisturb = z
  .strictObject({
    do_not_disturb: z.boolean(),
    group_id: Int64.optional(),
    group_type: z.enum(['callcenter', 'department', 'office']).optional(),
  })
  .refine((body) => (body.group_id === undefined) === (body.group_type === undefined), {
    error: 'group_id and group_type go together',
  })

export const SetStatus = z.strictObject({
  expiration: WholeNumber.nullable().optional().describe('Seconds until it runs out; none: never.'),
  status_message: Line.optional(),
})

export const SetE911Address = z.strictObject({
  address: Line.min(1),
  address2: Line.optional(),
  city: Line.min(1),
  country: z.string().regex(/^[A-Za-z]{2}$/, { error: 'must be a country of two letters' }),
  state: Line.min(1),
  update_all: z.boolean().optional(),
  use_validated_option: z.boolean().optional(),
  zip: Line.min(1),
})

export const SetCallerId = z.strictObject({ caller_id: z.union([E164, z.literal('blocked')]) })

export const USER_LINE_ROUTES = [
  defineRoute({
    name: 'rest.users.togglednd',
    method: 'PATCH',
    path: '/users/{id}/togglednd',
    summary: 'Do Not Disturb -- Toggle',
    body: SetDoNotDisturb,
    answer: DoNotDisturb,
    handle: async (call) => {
      const { system, actor, company, body } = call
      const { id } = presentUserOf(call)
      const { do_not_disturb, group_id, group_type } = body
      if (group_id === undefined || group_type === undefined) {
        await setUserLine(system, actor, company.id, id, { doNotDisturb: do_not_disturb })
        return { id, do_not_disturb }
      }
      if (group_type === 'callcenter') throw new RestRefusal(404, `callcenter ${group_id} not found`)
      await setGroupDoNotDisturb(system, actor, company.id, { type: group_type, id: group_id }, id, do_not_disturb)
      return { id, do_not_disturb, group_id, group_type }
    },
  }),
  defineRoute({
    name: 'rest.users.status',
    method: 'PATCH',
    path: '/users/{id}/status',
    summary: 'User Status -- Update',
    body: SetStatus,
    answer: Status,
    handle: async (call) => {
      const { system, actor, company, body } = call
      const { id } = presentUserOf(call)
      const seconds = body.expiration ?? undefined
      const nowMs = system.clock.now()
      const message = body.status_message ?? ''
      const status =
        message === ''
          ? null
          : {
              message,
              ...(seconds === undefined ? {} : { expiresAt: new Date(nowMs + seconds * 1000).toISOString() }),
            }
      const user = await setUserLine(system, actor, company.id, id, { status })
      const shown = statusMessage(user, nowMs)
      return {
        id,
        ...(shown === undefined ? {} : { status_message: shown }),
        ...(shown === undefined || seconds === undefined ? {} : { expiration: String(seconds) }),
      }
    },
  }),
  defineRoute({
    name: 'rest.users.e911.get',
    method: 'GET',
    path: '/users/{id}/e911',
    summary: 'E911 Address -- Get',
    answer: E911Address,
    handle: (call) => renderAddress(presentUserOf(call).line?.emergencyAddress),
  }),
  defineRoute({
    name: 'rest.users.e911.update',
    method: 'PUT',
    path: '/users/{id}/e911',
    summary: 'E911 Address -- Update',
    body: SetE911Address,
    answer: E911Address,
    handle: async (call) => {
      const { id } = presentUserOf(call)
      const change = { emergencyAddress: addressOf(call.body) }
      const user = await setUserLine(call.system, call.actor, call.company.id, id, change)
      return renderAddress(user.line?.emergencyAddress)
    },
  }),
  defineRoute({
    name: 'rest.users.personas',
    method: 'GET',
    path: '/users/{id}/personas',
    summary: 'Persona -- List',
    answer: Personas,
    handle: (call) => renderPersonas(call.system.store, presentUserOf(call)),
  }),
  defineRoute({
    name: 'rest.users.caller_id.get',
    method: 'GET',
    path: '/users/{id}/caller_id',
    summary: 'Caller ID -- Get',
    answer: CallerId,
    handle: (call) => renderCallerId(call.system.store, presentUserOf(call)),
  }),
  defineRoute({
    name: 'rest.users.caller_id.set',
    method: 'POST',
    path: '/users/{id}/caller_id',
    summary: 'Caller ID -- POST',
    body: SetCallerId,
    answer: CallerId,
    handle: async (call) => {
      const { system, body } = call
      const user = presentUserOf(call)
      if (body.caller_id !== 'blocked' && !callerIdsOf(system.store, user).includes(body.caller_id)) {
        throw new RestRefusal(400, `caller_id: ${body.caller_id} is not a number this user can call from`)
      }
      const change = { callerId: body.caller_id }
      return renderCallerId(system.store, await setUserLine(system, call.actor, call.company.id, user.id, change))
    },
  }),
  defineRoute({
    name: 'rest.users.deskphones',
    method: 'GET',
    path: '/users/{id}/deskphones',
    summary: 'Desk Phone -- List',
    answer: z.strictObject({ items: z.array(z.never()) }),
    handle: (call) => {
      presentUserOf(call)
      return { items: [] }
    },
  }),
]

/** The address of a request; `update_all` and `use_validated_option` have no effect: no address is validated. */
export function addressOf(body: z.output<typeof SetE911Address>): EmergencyAddress {
  const { address, address2, city, country, state, zip } = body
  return {
    address,
    ...(address2 === undefined || address2 === '' ? {} : { address2 }),
    city,
    country: country.toUpperCase(),
    state,
    zip,
  }
}
