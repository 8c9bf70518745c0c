import { z } from 'zod'
import { createDepartment, deleteDepartment, departmentOf, updateDepartment } from '../../commands/departments.ts'
import { officeOf } from '../../commands/place-users.ts'
import type { Department } from '../../records.ts'
import { defineRoute, idOf, type RawCall } from '../define-route.ts'
import { type Listing, PageQuery, type Part, readPage } from '../paging.ts'
import { DepartmentCollection, DepartmentShape, renderDepartment } from '../shapes/departments.ts'
import { LINE_REQUEST, readLine } from '../shapes/lines.ts'
import { Int64, Line } from '../values.ts'

/** `/departments` (reference sheet 4.5). */

const { first_action: _first, no_operators_action: _none, ...DEPARTMENT_LINE } = LINE_REQUEST

const HoldQueue = z.strictObject({
  allow_queuing: z.boolean().optional(),
  max_hold_count: z.number().int().optional(),
  max_hold_seconds: z.number().int().optional(),
})

const SETTINGS = {
  ...DEPARTMENT_LINE,
  hold_queue: HoldQueue.optional().describe('Accepted and not kept: there are no calls to hold.'),
  voice_intelligence: z.record(z.string(), z.unknown()).optional().describe('Accepted and not kept.'),
} as const

export const CreateDepartment = z.strictObject({ ...SETTINGS, name: Line, office_id: Int64 })
export const UpdateDepartment = z.strictObject({ ...SETTINGS, name: Line.optional() })

const DepartmentQuery = PageQuery.extend({
  name_search: z.string().optional().describe('Part of the name, without regard to case.'),
  office_id: Int64.optional(),
})

export const DEPARTMENT_ROUTES = [
  defineRoute({
    name: 'rest.departments.list',
    method: 'GET',
    path: '/departments',
    summary: 'Department -- List',
    query: DepartmentQuery,
    answer: DepartmentCollection,
    handle: (call) => listed(call, call.query, listingFor(call, call.query.office_id, call.query.name_search)),
  }),
  defineRoute({
    name: 'rest.departments.create',
    method: 'POST',
    path: '/departments',
    summary: 'Departments-- Create',
    companyAdmin: true,
    body: CreateDepartment,
    answer: DepartmentShape,
    handle: async (call) => {
      const { system, company, body } = call
      const department = await createDepartment(system, call.actor, {
        companyId: company.id,
        officeId: body.office_id,
        name: body.name,
        line: readLine(body),
      })
      return renderDepartment(system.store, department, system.clock.now())
    },
  }),
  defineRoute({
    name: 'rest.departments.get',
    method: 'GET',
    path: '/departments/{id}',
    summary: 'Department -- Get',
    answer: DepartmentShape,
    handle: (call) => {
      const { store, clock } = call.system
      return renderDepartment(store, departmentOf(store, call.company, idOf(call)), clock.now())
    },
  }),
  defineRoute({
    name: 'rest.departments.update',
    method: 'PATCH',
    path: '/departments/{id}',
    summary: 'Departments-- Update',
    companyAdmin: true,
    body: UpdateDepartment,
    answer: DepartmentShape,
    handle: async (call) => {
      const { system, company, body } = call
      const change = { line: readLine(body), ...(body.name === undefined ? {} : { name: body.name }) }
      const department = await updateDepartment(system, call.actor, company.id, idOf(call), change)
      return renderDepartment(system.store, department, system.clock.now())
    },
  }),
  defineRoute({
    name: 'rest.departments.delete',
    method: 'DELETE',
    path: '/departments/{id}',
    summary: 'Departments-- Delete',
    companyAdmin: true,
    answer: DepartmentShape,
    handle: async (call) => {
      const { system, company } = call
      const department = await deleteDepartment(system, call.actor, company.id, idOf(call))
      return renderDepartment(system.store, department, system.clock.now(), 'deleted')
    },
  }),
  defineRoute({
    name: 'rest.offices.departments',
    method: 'GET',
    path: '/offices/{id}/departments',
    summary: 'Department -- List',
    query: PageQuery,
    answer: DepartmentCollection,
    handle: (call) => listed(call, call.query, listingFor(call, idOf(call), undefined)),
  }),
]

function listed(
  call: RawCall,
  query: z.output<typeof PageQuery>,
  listing: Listing<Department>,
): z.output<typeof DepartmentCollection> {
  const { store, clock } = call.system
  const { items, ...rest } = readPage(call, query, listing)
  return { items: items.map((department) => renderDepartment(store, department, clock.now())), ...rest }
}

/** @throws {DialpadRefusal} 404 for an office of nobody's. */
function listingFor(call: RawCall, officeId: string | undefined, search: string | undefined): Listing<Department> {
  const { store } = call.system
  if (officeId !== undefined) officeOf(store, call.company, officeId)
  const [index, value] =
    officeId === undefined ? (['company', call.company.id] as const) : (['office', officeId] as const)
  const departments: Part<Department> = {
    count: () => store.count('departments', index, value),
    page: (offset, limit) => store.findPage('departments', index, value, offset, limit),
  }
  const words = (search ?? '').toLowerCase()
  return {
    name: `rest.departments.list ${JSON.stringify([officeId, search])}`,
    parts: [departments],
    keyOf: (department) => department.id,
    keep: (department) => department.name.toLowerCase().includes(words),
  }
}
