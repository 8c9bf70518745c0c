import { afterEach, beforeEach, expect, test } from 'vitest'
import { userByEmail } from './serve.ts'
import { type ServedRest, serveRest } from './serve-rest.ts'

let served: ServedRest
beforeEach(async () => {
  served = await serveRest()
})
afterEach(() => served.close())

const denver = (): string => userByEmail(served.system, 'tomas.berg@brightwave.example').officeId
const create = (more: object = {}): Promise<Record<string, unknown>> =>
  served.ok('POST', '/departments', { name: 'Sales', office_id: denver(), ...more })

test('a department lives its life', async () => {
  const created = await create({ group_description: 'Everything new', ring_seconds: '15' })
  const { id } = created as { id: string }
  const sales = {
    id,
    name: 'Sales',
    office_id: denver(),
    country: 'us',
    timezone: 'US/Mountain',
    state: 'active',
    group_description: 'Everything new',
    ring_seconds: '15',
    hours_on: false,
    auto_call_recording: false,
    availability_status: 'open',
    monday_hours: ['08:00', '18:00'],
    tuesday_hours: ['08:00', '18:00'],
    wednesday_hours: ['08:00', '18:00'],
    thursday_hours: ['08:00', '18:00'],
    friday_hours: ['08:00', '18:00'],
  }
  expect(created).toEqual(sales)
  expect(await served.ok('GET', `/departments/${id}`)).toEqual(sales)
  const changed = {
    ...sales,
    name: 'New business',
    monday_hours: ['09:00', '12:00'],
    saturday_hours: ['10:00', '11:00'],
  }
  expect(
    await served.ok('PATCH', `/departments/${id}`, {
      name: 'New business',
      monday_hours: ['09:00', '12:00'],
      saturday_hours: ['10:00', '11:00'],
    }),
  ).toEqual(changed)
  await served.ok('POST', '/numbers/+17205550147/assign', { target_id: id, target_type: 'department' })
  expect(await served.ok('GET', `/departments/${id}`)).toEqual({ ...changed, phone_numbers: ['+17205550147'] })
  expect(await served.ok('DELETE', `/departments/${id}`)).toEqual({ ...changed, state: 'deleted' })
  expect((await served.rest('GET', `/departments/${id}`)).status).toBe(404)
  expect(await served.ok('GET', '/numbers/+17205550147')).toMatchObject({ status: 'available' })
})

test('departments are found by office and part of the name', async () => {
  await create()
  await create({ name: 'After sales' })
  await create({ name: 'Support' })
  const names = async (path: string): Promise<unknown> =>
    ((await served.ok('GET', path))['items'] as readonly { name: string }[]).map((each) => each.name)
  expect(await names('/departments')).toEqual(['Sales', 'After sales', 'Support'])
  expect(await names('/departments?name_search=SALES')).toEqual(['Sales', 'After sales'])
  expect(await names(`/departments?office_id=${denver()}&name_search=port`)).toEqual(['Support'])
  expect(await names(`/offices/${denver()}/departments`)).toEqual(['Sales', 'After sales', 'Support'])
  expect((await served.rest('GET', '/departments?office_id=1')).status).toBe(404)
})

test('operators come and go, and go with the person', async () => {
  const { id } = (await create()) as { id: string }
  const tomas = userByEmail(served.system, 'tomas.berg@brightwave.example').id
  const operator = { operator_id: Number(tomas), operator_type: 'user' }
  const path = `/departments/${id}/operators`
  expect(await served.ok('POST', path, { ...operator, role: 'admin' })).toEqual({
    id: tomas,
    company_id: userByEmail(served.system, 'tomas.berg@brightwave.example').companyId,
    office_id: denver(),
    name: 'Tomas Berg',
    country: 'us',
    phone_numbers: ['+17205550143'],
    state: 'active',
    is_on_duty: false,
  })
  const { users, rooms } = await served.ok('GET', path)
  expect(users).toEqual([await served.ok('GET', `/users/${tomas}`)])
  expect(rooms).toEqual([])
  expect(users).toMatchObject([{ group_details: [{ group_id: id, group_type: 'department', role: 'admin' }] }])
  expect(await served.ok('DELETE', path, operator)).toMatchObject({ id: tomas })
  expect((await served.rest('DELETE', path, operator)).status).toBe(404)
  await served.ok('POST', path, operator)
  await served.ok('DELETE', `/users/${tomas}`)
  expect(await served.ok('GET', path)).toEqual({ users: [], rooms: [] })
})

test('the twenty-sixth operator is refused', async () => {
  const other = await serveRest('empty')
  try {
    const { items } = await other.ok('GET', '/offices')
    const [office] = items as readonly { id: string }[]
    const { id } = (await other.ok('POST', '/departments', { name: 'All', office_id: office?.id })) as { id: string }
    const add = async (number: number) => {
      const user = await other.ok('POST', '/users', { email: `person${number}@test.example`, office_id: office?.id })
      return other.rest('POST', `/departments/${id}/operators`, { operator_id: user['id'], operator_type: 'user' })
    }
    for (let number = 1; number <= 25; number += 1) expect((await add(number)).status).toBe(200)
    expect((await add(26)).json()['error']).toMatchObject({
      code: 400,
      message: 'A department can have 25 operators at most',
    })
  } finally {
    await other.close()
  }
})

test('what a department cannot be', async () => {
  const refused = async (body: object): Promise<unknown> =>
    (
      (await served.rest('POST', '/departments', { name: 'Sales', office_id: denver(), ...body })).json()['error'] as {
        message: string
      }
    ).message
  expect(await refused({ name: ' ' })).toBe('Give a name of 1 to 100 characters')
  expect(await refused({ name: 'x'.repeat(101) })).toBe('Give a name of 1 to 100 characters')
  expect(await refused({ group_description: 'x'.repeat(257) })).toBe('The description can have 256 characters at most')
  expect(await refused({ ring_seconds: 9 })).toBe('Choose from 10 to 45 seconds')
  expect(await refused({ monday_hours: ['18:00', '08:00'] })).toContain('opening and closing times')
  expect(await refused({ monday_hours: ['08:00'] })).toContain('opening and closing times')
  expect(await refused({ office_id: '1' })).toBe('Office 1 not found')
  expect(await served.ok('GET', '/departments')).toEqual({ items: [] })
})
