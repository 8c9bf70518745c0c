import { z } from 'zod'
import { addOperator, groupTarget, operatorsOf, removeOperator } from '../../commands/operators.ts'
import type { GroupRef } from '../../records.ts'
import { RestRefusal } from '../answer.ts'
import { defineRoute, idOf, type RestRoute } from '../define-route.ts'
import { Operators, renderOperator, renderUser, UserOrRoom } from '../shapes/users.ts'
import { Int64 } from '../values.ts'

/** `/departments/{id}/operators` and `/offices/{id}/operators`: one is removed by a DELETE with a JSON body (reference sheet 4.1). */

const OPERATOR = { operator_id: Int64, operator_type: z.enum(['user', 'room']) } as const

export const AddOperator = z.strictObject({ ...OPERATOR, role: z.enum(['operator', 'admin']).default('operator') })
export const RemoveOperator = z.strictObject(OPERATOR)

function operatorRoutes(group: GroupRef['type'], place: 'departments' | 'offices'): readonly RestRoute[] {
  const path = `/${place}/{id}/operators`
  return [
    defineRoute({
      name: `rest.${place}.operators.list`,
      method: 'GET',
      path,
      summary: 'Operator -- List',
      answer: Operators,
      handle: (call) => {
        const { store, clock } = call.system
        groupTarget(store, call.company, { type: group, id: idOf(call) })
        return { users: operatorsOf(store, idOf(call)).map((user) => renderUser(store, user, clock.now())), rooms: [] }
      },
    }),
    defineRoute({
      name: `rest.${place}.operators.add`,
      method: 'POST',
      path,
      summary: 'Operator -- Add',
      body: AddOperator,
      answer: UserOrRoom,
      handle: async (call) => {
        const { system, actor, company, body } = call
        const target = { type: group, id: idOf(call) }
        const user = await addOperator(system, actor, company.id, target, userIdIn(body), body.role)
        return renderOperator(system.store, user)
      },
    }),
    defineRoute({
      name: `rest.${place}.operators.remove`,
      method: 'DELETE',
      path,
      summary: 'Operator -- Remove',
      body: RemoveOperator,
      answer: UserOrRoom,
      handle: async (call) => {
        const { system, actor, company, body } = call
        const target = { type: group, id: idOf(call) }
        return renderOperator(system.store, await removeOperator(system, actor, company.id, target, userIdIn(body)))
      },
    }),
  ]
}

/** @throws {RestRefusal} 404 for a room: the company has none. */
function userIdIn(body: z.output<typeof RemoveOperator>): string {
  if (body.operator_type === 'room') throw new RestRefusal(404, `room ${body.operator_id} not found`)
  return body.operator_id
}

export const OPERATOR_ROUTES = [...operatorRoutes('department', 'departments'), ...operatorRoutes('office', 'offices')]
