import { afterEach, beforeEach, expect, test } from 'vitest'
import { userByEmail } from './serve.ts'
import { type ServedRest, serveRest } from './serve-rest.ts'

let served: ServedRest
beforeEach(async () => {
  served = await serveRest()
})
afterEach(() => served.close())

const WORKDAYS = {
  monday_hours: ['08:00', '18:00'],
  tuesday_hours: ['08:00', '18:00'],
  wednesday_hours: ['08:00', '18:00'],
  thursday_hours: ['08:00', '18:00'],
  friday_hours: ['08:00', '18:00'],
}
const NO_OTHER_LINES = {
  additional_number_lines: '0',
  fax_lines: '0',
  room_lines: '0',
  tollfree_additional_number_lines: '0',
  tollfree_room_lines: '0',
  tollfree_uberconference_lines: '0',
  uberconference_lines: '0',
}
const BILLING = {
  currency: 'USD',
  plan_period: 'yearly',
  annual_commit_monthly_billing: false,
  invoiced: true,
  unified_billing: true,
  billing_address: {
    address_line_1: '1 Pearl Street',
    city: 'Boulder',
    region: 'CO',
    postal_code: '80302',
    country: 'us',
  },
}
const E911 = { address: '1 Pearl Street', city: 'Boulder', state: 'CO', zip: '80302', country: 'us' }

async function officeId(name: string): Promise<string> {
  const { items } = await served.ok('GET', '/offices')
  const found = (items as readonly { id: string; name: string }[]).find((office) => office.name === name)
  if (found === undefined) throw new Error(`There is no office ${name}.`)
  return found.id
}

test('offices are listed in order of creation, and one is shown whole', async () => {
  const { items, ...rest } = await served.ok('GET', '/offices?active_only=true')
  expect(rest).toEqual({})
  expect((items as readonly { name: string }[]).map((office) => office.name)).toEqual(['Denver', 'Toronto', 'London'])
  const id = await officeId('Denver')
  expect(await served.ok('GET', `/offices/${id}`)).toEqual({
    id,
    office_id: id,
    name: 'Denver',
    country: 'us',
    timezone: 'US/Mountain',
    state: 'active',
    is_primary_office: true,
    availability_status: 'open',
    ring_seconds: '30',
    ...WORKDAYS,
  })
})

test('the plan counts what the office owns, available licences what nobody holds', async () => {
  const id = await officeId('Denver')
  expect(await served.ok('GET', `/offices/${id}/plan`)).toEqual({
    ...NO_OTHER_LINES,
    talk_lines: '20',
    contact_center_lines: '4',
    sell_lines: '2',
    balance: '0.0000',
    next_billing_date: String(Date.parse('2026-04-02T00:00:00.000Z')),
  })
  expect(await served.ok('GET', `/offices/${id}/available_licenses`)).toEqual({
    ...NO_OTHER_LINES,
    talk_lines: '18',
    contact_center_lines: '4',
    sell_lines: '2',
  })
})

test('the company is answered whole', async () => {
  expect(await served.ok('GET', '/company')).toEqual({
    id: userByEmail(served.system, 'marta.silva@brightwave.example').companyId,
    name: 'Brightwave',
    domain: 'brightwave.example',
    country: 'us',
    account_type: 'enterprise',
    admin_email: 'marta.silva@brightwave.example',
    office_count: '3',
    state: 'active',
  })
})

test('a new office is answered with its plan and owns no licences', async () => {
  const created = await served.ok('POST', '/offices', {
    ...BILLING,
    name: 'Boulder',
    country: 'US',
    timezone: 'US/Mountain',
    mainline_number: '+17205550147',
    hours_on: true,
    saturday_hours: ['10:00', '12:00', '13:00', '16:00'],
    ring_seconds: 20,
    e911_address: E911,
  })
  const { id } = created['office'] as { id: string }
  const office = {
    id,
    office_id: id,
    name: 'Boulder',
    country: 'us',
    timezone: 'US/Mountain',
    state: 'active',
    is_primary_office: false,
    phone_numbers: ['+17205550147'],
    // Two in the morning there.
    availability_status: 'closed',
    ring_seconds: '20',
    ...WORKDAYS,
    saturday_hours: ['10:00', '12:00', '13:00', '16:00'],
    e911_address: E911,
  }
  expect(created).toEqual({
    office,
    plan: {
      ...NO_OTHER_LINES,
      talk_lines: '0',
      contact_center_lines: '0',
      sell_lines: '0',
      balance: '0.0000',
      next_billing_date: String(Date.parse('2026-04-02T00:00:00.000Z')),
      ppu_address: BILLING.billing_address,
    },
  })
  expect(await served.ok('GET', `/offices/${id}`)).toEqual(office)
  served.clock.nowMs = Date.parse('2026-03-02T16:00:00.000Z')
  expect(await served.ok('GET', `/offices/${id}`)).toMatchObject({ availability_status: 'open' })
  expect(await served.ok('GET', '/company')).toMatchObject({ office_count: '4' })
})

test('a new office is where SCIM puts people who name it', async () => {
  await served.ok('POST', '/offices', { ...BILLING, name: 'Boulder', country: 'US', e911_address: E911 })
  const answer = await served.scim('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'ines.moreau@brightwave.example',
    name: { givenName: 'Ines', familyName: 'Moreau' },
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { officeName: 'Boulder' },
  })
  expect(answer.json()).toMatchObject({ detail: 'No available Connect licenses in office Boulder' })
})

test('an office that is not to be: a name that is taken, a place calls for help cannot find, a main line nobody has', async () => {
  const refused = async (more: object): Promise<unknown> =>
    (await served.rest('POST', '/offices', { ...BILLING, country: 'US', e911_address: E911, ...more })).json()['error']
  expect(await refused({ name: 'Denver' })).toMatchObject({
    code: 409,
    message: 'There is an office named Denver already',
  })
  expect(await refused({ name: 'Boulder', e911_address: undefined })).toMatchObject({
    code: 400,
    message: 'An office in US needs an emergency address',
  })
  expect(await refused({ name: 'Boulder', mainline_number: '+13035550100' })).toMatchObject({ code: 400 })
  expect(await refused({ name: 'Boulder', country: 'us' })).toMatchObject({
    code: 400,
    message: 'country: must be a country of two capital letters',
  })
  expect(await served.ok('GET', '/company')).toMatchObject({ office_count: '3' })
})

test('the main line: a number, operators, an emergency address, groups', async () => {
  const id = await officeId('Toronto')
  expect(await served.ok('POST', `/offices/${id}/assign_number`, {})).toMatchObject({
    number: '+14165550142',
    status: 'office',
    target_type: 'office',
    target_id: id,
  })
  expect(await served.ok('POST', `/offices/${id}/unassign_number`, { number: '+14165550142' })).toMatchObject({
    status: 'available',
  })
  const { id: tomas } = userByEmail(served.system, 'tomas.berg@brightwave.example')
  const operator = { operator_id: tomas, operator_type: 'user' }
  expect(await served.ok('POST', `/offices/${id}/operators`, operator)).toMatchObject({ id: tomas, name: 'Tomas Berg' })
  expect(await served.ok('GET', `/offices/${id}/operators`)).toMatchObject({ users: [{ id: tomas }], rooms: [] })
  expect(await served.ok('DELETE', `/offices/${id}/operators`, operator)).toMatchObject({ id: tomas })
  expect(await served.ok('GET', `/offices/${id}/operators`)).toEqual({ users: [], rooms: [] })
  expect(await served.ok('GET', `/offices/${id}/e911`)).toEqual({})
  expect(await served.ok('PUT', `/offices/${id}/e911`, E911)).toEqual(E911)
  expect(await served.ok('GET', `/offices/${id}`)).toMatchObject({ e911_address: E911 })
  expect(await served.ok('GET', `/offices/${id}/offdutystatuses`)).toEqual({ id })
  for (const group of ['departments', 'callcenters', 'teams']) {
    expect(await served.ok('GET', `/offices/${id}/${group}`)).toEqual({ items: [] })
  }
})

test('groups that no company of the simulation has are empty lists', async () => {
  for (const group of ['callcenters', 'coachingteams', 'rooms', 'channels']) {
    expect(await served.ok('GET', `/${group}`)).toEqual({ items: [] })
    expect((await served.rest('GET', `/${group}/1`)).status).toBe(404)
    expect((await served.rest('POST', `/${group}`, {})).status).toBe(501)
  }
})
