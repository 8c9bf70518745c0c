import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { issueApiKey } from '../commands/api-keys.ts'
import { signUpCompany } from '../commands/sign-up.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { GROUP_URN, patch, type ServedDialpad, serveDialpad, USER_URN, userByEmail } from './serve.ts'

let dialpad: ServedDialpad
let other: Readonly<Record<string, string>>
beforeEach(async () => {
  dialpad = await serveDialpad('brightwave')
  const { company, admin } = await signUpCompany(dialpad.system, {
    companyName: 'Northpeak',
    office: { name: 'Boston', country: 'US', areaCode: '617', timezone: 'US/Eastern', seats: 3 },
    admin: { email: 'nina@northpeak.example', givenName: 'Nina', familyName: 'Holt' },
  })
  const input = { companyId: company.id, name: 'Northpeak', ownerId: admin.id }
  const { secret } = await issueApiKey(dialpad.system, SYSTEM_ACTOR, input)
  other = { authorization: `Bearer ${secret}` }
})
afterEach(() => dialpad.close())

describe('the key decides the company', () => {
  test('nobody of another company is listed, found, read, changed or deleted', async () => {
    const { id } = userByEmail(dialpad.system, 'tomas.berg@brightwave.example')
    const total = async (path: string) => (await dialpad.scim('GET', path, undefined, other)).json()['totalResults']
    expect(await total('/Users')).toBe(1)
    expect(await total('/Users?filter=userName+eq+%22tomas.berg@brightwave.example%22')).toBe(0)
    expect(await total(`/Users?filter=id+eq+%22${id}%22`)).toBe(0)
    expect(await total('/Users?filter=name.givenName+eq+%22Tomas%22')).toBe(0)
    const title = patch({ op: 'replace', path: 'title', value: 'Gone' })
    for (const [method, body] of [['GET'], ['PATCH', title], ['DELETE']] as const) {
      expect((await dialpad.scim(method, `/Users/${id}`, body, other)).status).toBe(404)
    }
  })

  test('groups are apart, and so are their names', async () => {
    const sales = { schemas: [GROUP_URN], displayName: 'Sales' }
    const first = await dialpad.scim('POST', '/Groups', sales)
    const second = await dialpad.scim('POST', '/Groups', sales, other)
    expect([first.status, second.status]).toEqual([201, 201])
    expect((await dialpad.scim('GET', '/Groups', undefined, other)).json()).toMatchObject({ totalResults: 1 })
    expect((await dialpad.scim('GET', `/Groups/${String(first.json()['id'])}`, undefined, other)).status).toBe(404)
  })

  test('somebody of another company cannot be a member', async () => {
    const { id } = userByEmail(dialpad.system, 'tomas.berg@brightwave.example')
    const body = { schemas: [GROUP_URN], displayName: 'Sales', members: [{ value: id }] }
    expect((await dialpad.scim('POST', '/Groups', body, other)).status).toBe(400)
  })

  test('an address is one login, whichever company it is in', async () => {
    const body = { schemas: [USER_URN], userName: 'nina@northpeak.example' }
    expect((await dialpad.scim('POST', '/Users', body, other)).status).toBe(409)
    expect((await dialpad.scim('POST', '/Users', body)).status).toBe(400)
  })
})
