import { afterEach, beforeEach, expect, test } from 'vitest'
import { userByEmail } from './serve.ts'
import { type ServedRest, serveRest } from './serve-rest.ts'

let served: ServedRest
beforeEach(async () => {
  served = await serveRest()
})
afterEach(() => served.close())

const tomas = () => userByEmail(served.system, 'tomas.berg@brightwave.example')
const numbers = async (query: string): Promise<unknown> => {
  const { items } = await served.ok('GET', `/numbers${query}`)
  return (items as readonly { number: string }[]).map((each) => each.number)
}
const asTarget = (): object => ({ target_id: tomas().id, target_type: 'user' })

test('numbers are listed by what they are used for', async () => {
  expect(await numbers('?status=user')).toEqual(['+17205550142', '+17205550143'])
  expect(await numbers('?status=office')).toEqual([])
  expect(await numbers('?status=porting')).toEqual([])
  expect(await numbers('?status=available')).toHaveLength(8)
  expect(await numbers('')).toHaveLength(10)
  await served.ok('DELETE', `/users/${tomas().id}`)
  expect(await numbers('?status=pending')).toEqual(['+17205550143'])
  served.clock.nowMs += 72 * 3_600_000
  expect(await numbers('?status=pending')).toEqual([])
  expect(await numbers('?status=available')).toHaveLength(9)
})

test('a number is shown whole, assigned and in reserve', async () => {
  const { id, companyId, officeId } = tomas()
  const number = { company_id: companyId, office_id: officeId, area_code: '720', type: 'local', deleted: false }
  expect(await served.ok('GET', '/numbers/+17205550143')).toEqual({
    ...number,
    number: '+17205550143',
    status: 'user',
    target_type: 'user',
    target_id: id,
  })
  expect(await served.ok('GET', '/numbers/%2B17205550147')).toEqual({
    ...number,
    number: '+17205550147',
    status: 'available',
  })
})

test('the reserved pool comes before the area code', async () => {
  for (const expected of ['+17205550144', '+17205550145', '+17205550146', '+17205550147']) {
    expect(await served.ok('POST', '/numbers/assign', { ...asTarget(), area_code: '303' })).toMatchObject({
      number: expected,
    })
  }
  expect(await served.ok('POST', '/numbers/assign', { ...asTarget(), area_code: '303' })).toMatchObject({
    number: '+13035550100',
    area_code: '303',
  })
  expect(await served.ok('POST', '/numbers/assign', asTarget())).toMatchObject({ area_code: '720' })
})

test('a number that is named is assigned, as the first one unless told otherwise', async () => {
  await served.ok('POST', '/numbers/+17205550147/assign', asTarget())
  await served.ok('POST', '/numbers/+17205550146/assign', { ...asTarget(), primary: false })
  expect(await served.ok('GET', `/users/${tomas().id}`)).toMatchObject({
    phone_numbers: ['+17205550147', '+17205550143', '+17205550146'],
  })
})

test('a number is unassigned into the reserve, or released for good', async () => {
  expect(await served.ok('DELETE', '/numbers/+17205550143')).toMatchObject({ status: 'available' })
  expect(await served.ok('GET', `/users/${tomas().id}`)).not.toHaveProperty('phone_numbers')
  expect((await served.rest('DELETE', '/numbers/+17205550143')).json()['error']).toMatchObject({
    code: 400,
    message: '+17205550143 is not assigned',
  })
  expect(await served.ok('DELETE', '/numbers/+17205550143?release=true')).toEqual({
    number: '+17205550143',
    company_id: tomas().companyId,
    area_code: '720',
    type: 'local',
    deleted: false,
  })
  expect((await served.rest('GET', '/numbers/+17205550143')).status).toBe(404)
})

test("a person's number is unassigned by its owner only", async () => {
  const refused = await served.rest('POST', `/users/${tomas().id}/unassign_number`, { number: '+17205550142' })
  expect(refused.json()['error']).toMatchObject({
    code: 400,
    message: expect.stringContaining('is not assigned to user'),
  })
  expect(await served.ok('POST', `/users/${tomas().id}/unassign_number`, { number: '+17205550143' })).toMatchObject({
    status: 'available',
  })
})

test('a swap replaces the first number and keeps the others', async () => {
  await served.ok('POST', '/numbers/+17205550147/assign', { ...asTarget(), primary: false })
  const swap = (swap_details?: object): Promise<Record<string, unknown>> =>
    served.ok('POST', '/numbers/swap', { target: asTarget(), ...(swap_details === undefined ? {} : { swap_details }) })
  expect(await swap({ type: 'provided_number', number: '+17205550146' })).toMatchObject({ number: '+17205550146' })
  expect(await served.ok('GET', `/users/${tomas().id}`)).toMatchObject({
    phone_numbers: ['+17205550146', '+17205550147'],
  })
  expect(await served.ok('GET', '/numbers/+17205550143')).toMatchObject({ status: 'available' })
  expect(await swap({ type: 'area_code', area_code: '303' })).toMatchObject({ number: '+13035550100' })
  expect(await swap()).toMatchObject({ area_code: '720', status: 'user' })
  expect(await swap({ type: 'auto' })).toMatchObject({ status: 'user' })
})

test('a number is written in the local form and back', async () => {
  const format = (query: string): Promise<Record<string, unknown>> => served.ok('POST', `/numbers/format?${query}`)
  const denver = {
    area_code: '(720)',
    country_code: 'US',
    e164_number: '+17205550142',
    local_number: '(720) 555-0142',
  }
  expect(await format('number=%2B17205550142')).toEqual(denver)
  expect(await format('number=+17205550142')).toEqual(denver)
  expect(await format(`country_code=us&number=${encodeURIComponent('(720) 555-0142')}`)).toEqual(denver)
  expect(await format('country_code=CA&number=%2B14165550142')).toMatchObject({ country_code: 'CA' })
  const london = {
    area_code: '020',
    country_code: 'GB',
    e164_number: '+442079460142',
    local_number: '020 7946 0142',
  }
  expect(await format('number=%2B442079460142')).toEqual(london)
  expect(await format(`country_code=GB&number=${encodeURIComponent('020 7946 0142')}`)).toEqual(london)
  expect(await format('number=%2B441614960000')).toMatchObject({ local_number: '0161 496 0000' })
  expect(await format('number=%2B441632960000')).toMatchObject({ local_number: '01632 960000' })
  for (const query of ['number=7205550142', 'number=%2B999', 'number=abc&country_code=US', '']) {
    expect((await served.rest('POST', `/numbers/format?${query}`)).status).toBe(400)
  }
})

test('what cannot be assigned', async () => {
  const refused = async (path: string, body: object): Promise<unknown> =>
    (await served.rest('POST', path, body)).json()['error']
  expect(await refused('/numbers/+17205550142/assign', asTarget())).toMatchObject({
    code: 409,
    message: '+17205550142 is not available',
  })
  expect(await refused('/numbers/+13035550100/assign', asTarget())).toMatchObject({ code: 400 })
  expect(await refused('/numbers/+17205550147/assign', { target_id: '1', target_type: 'user' })).toMatchObject({
    code: 404,
  })
  expect(await refused('/numbers/+17205550147/assign', { target_id: '1', target_type: 'room' })).toMatchObject({
    code: 404,
    message: 'room 1 not found',
  })
  for (const number of ['44', '45', '46', '47']) await served.ok('DELETE', `/numbers/+172055501${number}?release=true`)
  expect(await refused('/numbers/assign', { ...asTarget(), area_code: '007' })).toMatchObject({
    code: 400,
    message: 'There are no numbers with area code "007" in US',
  })
})
