import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MORNING, userByEmail } from './serve.ts'
import { type ServedRest, serveRest } from './serve-rest.ts'

let served: ServedRest
beforeEach(async () => {
  served = await serveRest()
})
afterEach(() => served.close())

const MARTA = 'marta.silva@brightwave.example'
const TOMAS = 'tomas.berg@brightwave.example'

const idOf = (email: string): string => userByEmail(served.system, email).id
function office(name: string): string {
  const [, found] = [...served.system.store.entries('offices')].find(([, each]) => each.name === name) ?? []
  if (found === undefined) throw new Error(`There is no office ${name}.`)
  return found.id
}
const companyId = (): string => userByEmail(served.system, MARTA).companyId
const create = (more: object = {}): Promise<Record<string, unknown>> =>
  served.ok('POST', '/users', {
    email: 'ines.moreau@brightwave.example',
    office_id: office('Denver'),
    first_name: 'Ines',
    last_name: 'Moreau',
    ...more,
  })

const ines = (id: unknown): object => ({
  id,
  company_id: companyId(),
  office_id: office('Denver'),
  display_name: 'Ines Moreau',
  first_name: 'Ines',
  last_name: 'Moreau',
  emails: ['ines.moreau@brightwave.example'],
  country: 'us',
  timezone: 'US/Mountain',
  license: 'talk',
  state: 'active',
  date_added: '2026-03-02T09:00:00',
  date_active: '2026-03-02T09:00:00',
  do_not_disturb: false,
  muted: false,
  is_admin: false,
  is_super_admin: false,
  is_available: true,
  is_online: false,
  is_on_duty: false,
  international_dialing_enabled: false,
})

describe('create and get', () => {
  test('a created user is answered whole, with 200 and without a number', async () => {
    const created = await create()
    expect(created).toEqual(ines(created['id']))
    expect(created['id']).toMatch(/^\d{16}$/)
    expect(await served.ok('GET', `/users/${String(created['id'])}`)).toEqual(created)
  })

  test('auto_assign gives a number of the reserved pool', async () => {
    expect(await create({ auto_assign: true })).toMatchObject({ phone_numbers: ['+17205550144'] })
  })

  test('an id is accepted as a number as well as a text', async () => {
    expect(await create({ office_id: Number(office('London')) })).toMatchObject({
      office_id: office('London'),
      country: 'gb',
    })
  })

  test('SCIM shows the same person under the same id, and what SCIM changes is shown here', async () => {
    const { id } = await create({ auto_assign: true })
    const resource = (await served.scim('GET', `/Users/${String(id)}`)).json()
    expect(resource).toMatchObject({
      id,
      userName: 'ines.moreau@brightwave.example',
      active: true,
      phoneNumbers: [{ value: '+17205550144', type: 'Dialpad', primary: true }],
    })
    await served.scim('PATCH', `/Users/${String(id)}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: false }],
    })
    expect(await served.ok('GET', `/users/${String(id)}`)).toMatchObject({ state: 'suspended' })
  })

  test('a timezone sent by SCIM is echoed there and moves nothing: the API shows that of the office', async () => {
    const made = await served.scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'noor.haddad@brightwave.example',
      name: { givenName: 'Noor', familyName: 'Haddad' },
      timezone: 'Europe/Lisbon',
    })
    const { id } = made.json()
    expect((await served.scim('GET', `/Users/${String(id)}`)).json()['timezone']).toBe('Europe/Lisbon')
    expect((await served.ok('GET', `/users/${String(id)}`))['timezone']).toBe('US/Mountain')
  })

  test('a user made by SCIM is found here by address and has the number SCIM gave', async () => {
    await served.scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'noor.haddad@brightwave.example',
      name: { givenName: 'Noor', familyName: 'Haddad' },
    })
    const { items } = await served.ok('GET', '/users?email=NOOR.haddad@brightwave.example')
    expect(items).toMatchObject([{ display_name: 'Noor Haddad', phone_numbers: ['+17205550144'] }])
  })

  test('the change log tells what came by REST from what came by SCIM', async () => {
    await create()
    const lines = [...served.system.store.entries('changeLog')].map(([, line]) => line)
    expect(lines.find((line) => line.action === 'user_created' && line.changedBy.via === 'rest')).toMatchObject({
      changedBy: { type: 'api_key', name: 'Tests' },
      target: { name: 'Ines Moreau' },
    })
  })
})

describe('list', () => {
  const names = async (query: string): Promise<unknown> => {
    const { items } = await served.ok('GET', `/users${query}`)
    return (items as readonly { display_name: string }[]).map((user) => user.display_name)
  }

  test('users are listed by state, address, number and rights', async () => {
    const { id } = await create()
    expect(await names('')).toEqual(['Marta Silva', 'Tomas Berg', 'Ines Moreau'])
    await served.ok('PATCH', `/users/${String(id)}`, { state: 'suspended' })
    expect(await names('')).toEqual(['Marta Silva', 'Tomas Berg'])
    expect(await names('?state=suspended')).toEqual(['Ines Moreau'])
    expect(await names('?state=all')).toEqual(['Marta Silva', 'Tomas Berg', 'Ines Moreau'])
    expect(await names('?state=cancelled')).toEqual([])
    expect(await names('?company_admin=True')).toEqual(['Marta Silva'])
    expect(await names('?company_admin=false')).toEqual(['Tomas Berg'])
    expect(await names(`?email=${TOMAS}`)).toEqual(['Tomas Berg'])
    expect(await names('?email=ines.moreau@brightwave.example')).toEqual([])
    expect(await names('?email=ines.moreau@brightwave.example&state=all')).toEqual(['Ines Moreau'])
    expect(await names('?number=%2B17205550143')).toEqual(['Tomas Berg'])
    expect(await names('?number=+17205550143')).toEqual(['Tomas Berg'])
    expect(await names(`?number=%2B17205550143&email=${MARTA}`)).toEqual([])
    expect(await names('?number=%2B17205550146')).toEqual([])
  })

  test('a deleted user is listed with state deleted only', async () => {
    const { id } = await create()
    await served.ok('DELETE', `/users/${String(id)}`)
    expect(await names('')).toEqual(['Marta Silva', 'Tomas Berg'])
    expect(await names('?state=deleted')).toEqual(['Ines Moreau (deactivated)'])
    expect(await names('?state=all')).toEqual(['Marta Silva', 'Tomas Berg', 'Ines Moreau (deactivated)'])
  })
})

describe('update', () => {
  const patch = (body: object, email = TOMAS): Promise<Record<string, unknown>> =>
    served.ok('PATCH', `/users/${idOf(email)}`, body)

  test('only what is named changes', async () => {
    const before = await served.ok('GET', `/users/${idOf(TOMAS)}`)
    expect(await patch({ first_name: 'Thomas', job_title: '' })).toEqual(
      Object.fromEntries(
        Object.entries({ ...before, first_name: 'Thomas', display_name: 'Thomas Berg' }).filter(
          ([name]) => name !== 'job_title',
        ),
      ),
    )
  })

  test('an empty update changes nothing, not even the version SCIM shows', async () => {
    const before = (await served.scim('GET', `/Users/${idOf(TOMAS)}`)).json()
    await patch({})
    expect((await served.scim('GET', `/Users/${idOf(TOMAS)}`)).json()).toEqual(before)
  })

  test('the addresses are those that are named, the first being the primary one', async () => {
    const id = idOf(TOMAS)
    const emails = ['t.berg@brightwave.example', TOMAS]
    expect(await served.ok('PATCH', `/users/${id}`, { emails })).toMatchObject({ emails })
    expect((await served.scim('GET', `/Users/${id}`)).json()).toMatchObject({ userName: emails[0] })
    expect(await served.ok('PATCH', `/users/${id}`, { emails: [TOMAS] })).toMatchObject({ emails: [TOMAS] })
  })

  test('numbers are put in order and removed, never added', async () => {
    const id = idOf(TOMAS)
    await served.ok('POST', `/users/${id}/assign_number`, { primary: false })
    expect(await served.ok('GET', `/users/${id}`)).toMatchObject({ phone_numbers: ['+17205550143', '+17205550144'] })
    expect(await patch({ phone_numbers: ['+17205550144', '+17205550143'] })).toMatchObject({
      phone_numbers: ['+17205550144', '+17205550143'],
    })
    expect((await served.scim('GET', `/Users/${id}`)).json()['phoneNumbers']).toEqual([
      { value: '+17205550144', type: 'Dialpad', primary: true },
      { value: '+17205550143', type: 'Dialpad', primary: false },
    ])
    expect(await patch({ phone_numbers: ['+17205550143'] })).toMatchObject({ phone_numbers: ['+17205550143'] })
    expect(await served.ok('GET', '/numbers/+17205550144')).toMatchObject({ status: 'available' })
    expect(await patch({ phone_numbers: [] })).not.toHaveProperty('phone_numbers')
  })

  test('suspending frees the licence, keeps the number, and is undone by active', async () => {
    const free = async (): Promise<unknown> =>
      (await served.ok('GET', `/offices/${office('Denver')}/available_licenses`))['talk_lines']
    expect(await free()).toBe('18')
    expect(await patch({ state: 'suspended' })).toMatchObject({ state: 'suspended', phone_numbers: ['+17205550143'] })
    expect(await free()).toBe('19')
    expect(await patch({ state: 'active' })).toMatchObject({ state: 'active', phone_numbers: ['+17205550143'] })
    expect(await free()).toBe('18')
  })

  test('a support licence keeps the numbers unless told otherwise', async () => {
    expect(await patch({ license: 'lite_support_agents' })).toMatchObject({
      license: 'lite_support_agents',
      phone_numbers: ['+17205550143'],
    })
    await patch({ license: 'talk' })
    expect(await patch({ license: 'lite_support_agents', keep_paid_numbers: false })).not.toHaveProperty(
      'phone_numbers',
    )
  })

  test('rights, dialling and forwarding are kept and shown', async () => {
    const london = office('London')
    expect(
      await patch({
        is_super_admin: true,
        admin_office_ids: [Number(london)],
        international_dialing_enabled: true,
        forwarding_numbers: ['+13035550199'],
        presence_status: { provider: 'Calendar', message: 'Away' },
      }),
    ).toMatchObject({
      is_super_admin: true,
      is_admin: true,
      admin_office_ids: [london],
      international_dialing_enabled: true,
      forwarding_numbers: ['+13035550199'],
    })
    expect(served.system.store.get('users', idOf(TOMAS))?.line?.presence).toEqual({
      provider: 'Calendar',
      message: 'Away',
    })
    expect(await patch({ is_super_admin: false, presence_status: null })).toMatchObject({
      is_super_admin: false,
      is_admin: true,
    })
    expect(served.system.store.get('users', idOf(TOMAS))?.line).not.toHaveProperty('presence')
    expect(await patch({ admin_office_ids: [] })).toMatchObject({ is_admin: false })
  })

  test('an update that is refused leaves everything as it was', async () => {
    const before = served.system.store.get('users', idOf(TOMAS))
    const answer = await served.rest('PATCH', `/users/${idOf(TOMAS)}`, {
      phone_numbers: [],
      emails: ['tomas@elsewhere.example'],
    })
    expect(answer.status).toBe(400)
    expect(served.system.store.get('users', idOf(TOMAS))).toEqual(before)
    expect(await served.ok('GET', '/numbers/+17205550143')).toMatchObject({ target_id: idOf(TOMAS) })
  })
})

describe('move', () => {
  test('moving abroad needs a user without numbers, move_office gives a new one', async () => {
    const id = idOf(TOMAS)
    const refused = await served.rest('PATCH', `/users/${id}`, { office_id: office('London') })
    expect(refused.json()['error']).toMatchObject({ code: 400, message: expect.stringContaining('another country') })
    expect(await served.ok('PATCH', `/users/${id}/move_office`, { office_id: office('London') })).toMatchObject({
      office_id: office('London'),
      phone_numbers: ['+442079460142'],
      timezone: 'Europe/London',
    })
    expect(await served.ok('GET', '/numbers/+17205550143')).toMatchObject({
      status: 'available',
      office_id: office('Denver'),
    })
    await served.ok('PATCH', `/users/${id}`, { phone_numbers: [] })
    const back = await served.ok('PATCH', `/users/${id}`, { office_id: office('Denver') })
    expect(back).toMatchObject({ office_id: office('Denver') })
    expect(back).not.toHaveProperty('phone_numbers')
  })

  test('an office without a free licence takes nobody', async () => {
    const { office: paris } = (await served.ok('POST', '/offices', {
      name: 'Boulder',
      country: 'US',
      currency: 'USD',
      plan_period: 'monthly',
      annual_commit_monthly_billing: false,
      invoiced: false,
      unified_billing: false,
      use_same_address: true,
      billing_address: {
        address_line_1: '1 Pearl Street',
        city: 'Boulder',
        region: 'CO',
        postal_code: '80302',
        country: 'us',
      },
    })) as { office: { id: string } }
    const refused = await served.rest('PATCH', `/users/${idOf(TOMAS)}/move_office`, { office_id: paris.id })
    expect(refused.json()['error']).toMatchObject({
      code: 400,
      message: 'No available Connect licenses in office Boulder',
    })
  })
})

describe('delete', () => {
  test('a deleted user has lost name, addresses and number', async () => {
    const { id } = await create({ auto_assign: true })
    const { emails: _, ...rest } = ines(id) as { emails: unknown }
    const deleted = {
      ...rest,
      state: 'deleted',
      display_name: 'Ines Moreau (deactivated)',
      do_not_disturb: true,
      is_available: false,
    }
    expect(await served.ok('DELETE', `/users/${String(id)}`)).toEqual(deleted)
    expect(await served.ok('GET', `/users/${String(id)}`)).toEqual(deleted)
    expect((await served.scim('GET', `/Users/${String(id)}`)).status).toBe(404)
    expect(await served.ok('GET', '/numbers/+17205550144')).toMatchObject({ status: 'pending' })
    expect((await served.rest('DELETE', `/users/${String(id)}`)).status).toBe(404)
  })
})

describe('the line', () => {
  test('what a line is set to is kept and shown', async () => {
    const id = idOf(TOMAS)
    expect(await served.ok('PATCH', `/users/${id}/togglednd`, { do_not_disturb: true })).toEqual({
      id,
      do_not_disturb: true,
    })
    expect(await served.ok('PATCH', `/users/${id}/status`, { status_message: 'At lunch', expiration: 3600 })).toEqual({
      id,
      status_message: 'At lunch',
      expiration: '3600',
    })
    expect(await served.ok('GET', `/users/${id}`)).toMatchObject({ do_not_disturb: true, status_message: 'At lunch' })
    served.clock.nowMs = MORNING + 3_600_000
    expect(await served.ok('GET', `/users/${id}`)).not.toHaveProperty('status_message')

    expect(await served.ok('GET', `/users/${id}/e911`)).toEqual({})
    const address = { address: '1 Market Street', city: 'Denver', state: 'CO', zip: '80202', country: 'us' }
    expect(await served.ok('PUT', `/users/${id}/e911`, address)).toEqual(address)
    expect(await served.ok('GET', `/users/${id}/e911`)).toEqual(address)
  })

  test('somebody can call as themselves and as the groups they answer for', async () => {
    const id = idOf(TOMAS)
    const denver = office('Denver')
    await served.ok('POST', `/offices/${denver}/operators`, { operator_id: id, operator_type: 'user' })
    await served.ok('POST', `/offices/${denver}/assign_number`, { number: '+17205550147' })
    expect(await served.ok('GET', `/users/${id}/personas`)).toEqual({
      items: [
        { id, name: 'Tomas Berg', type: 'user', caller_id: '+17205550143', phone_numbers: ['+17205550143'] },
        { id: denver, name: 'Denver', type: 'office', caller_id: '+17205550147', phone_numbers: ['+17205550147'] },
      ],
    })
    expect(await served.ok('POST', `/users/${id}/caller_id`, { caller_id: '+17205550147' })).toEqual({
      id,
      caller_id: '+17205550147',
      groups: [{ display_name: 'Denver', caller_id: '+17205550147' }],
      office_main_line: '+17205550147',
      phone_numbers: ['+17205550143'],
      primary_phone: '+17205550143',
    })
    expect((await served.rest('POST', `/users/${id}/caller_id`, { caller_id: '+13035550100' })).status).toBe(400)
    expect(await served.ok('GET', `/users/${id}`)).toMatchObject({
      group_details: [{ group_id: denver, group_type: 'office', role: 'operator', do_not_disturb: false }],
    })
    const dnd = { do_not_disturb: true, group_id: denver, group_type: 'office' }
    expect(await served.ok('PATCH', `/users/${id}/togglednd`, dnd)).toEqual({ id, ...dnd })
    expect(await served.ok('GET', `/users/${id}`)).toMatchObject({ group_details: [{ do_not_disturb: true }] })
    expect(await served.ok('GET', `/users/${id}/deskphones`)).toEqual({ items: [] })
  })
})
