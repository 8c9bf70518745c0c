import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { issueApiKey } from '../commands/api-keys.ts'
import { addSecondaryDomain } from '../commands/company-settings.ts'
import { restoreUser } from '../commands/delete-user.ts'
import { updateScimSettings } from '../commands/scim-settings.ts'
import { setCompanyAdmin } from '../commands/update-user.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { LICENCES } from '../domain/licences.ts'
import { numberInArea } from '../domain/numbers.ts'
import type { Company, LicenceType, Office } from '../records.ts'
import {
  ENTERPRISE_URN,
  GROUP_URN,
  ines,
  patch,
  type ServedDialpad,
  serveDialpad,
  USER_URN,
  userByEmail,
} from './serve.ts'

/** The product's own rules, each seen over SCIM under the name its ledger row gives it. */

const HOUR_MS = 3_600_000
const INES = 'ines.moreau@brightwave.example'
const MARTA = 'marta.silva@brightwave.example'
const TOMAS = 'tomas.berg@brightwave.example'

let dialpad: ServedDialpad
beforeEach(async () => {
  dialpad = await serveDialpad('brightwave')
})
afterEach(() => dialpad.close())

type Json = Readonly<Record<string, unknown>>

async function create(body: object = ines(), headers = {}): Promise<Json & { readonly id: string }> {
  const answer = await dialpad.scim('POST', '/Users', body, headers)
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
  return answer.json() as Json & { id: string }
}
const read = async (id: string): Promise<Json> => (await dialpad.scim('GET', `/Users/${id}`)).json()
const change = (id: string, ...operations: readonly object[]) =>
  dialpad.scim('PATCH', `/Users/${id}`, patch(...operations))
const enterpriseOf = (resource: Json): Json => resource[ENTERPRISE_URN] as Json
const officeOf = (resource: Json): unknown => enterpriseOf(resource)['officeName']
const numbersOf = (resource: Json): readonly unknown[] =>
  ((resource['phoneNumbers'] ?? []) as { value: string; type: string }[])
    .filter(({ type }) => type === 'Dialpad')
    .map(({ value }) => value)
const named = (handle: string, enterprise: object = { department: 'Denver' }, more: object = {}): object =>
  ines({ userName: `${handle}@brightwave.example`, ...more }, enterprise)

function company(): Company {
  const [found] = dialpad.system.store.page('companies', 0, 1)
  if (found === undefined) throw new Error('The world has no company.')
  return found
}
function office(name: string): Office {
  const [found] = dialpad.system.store.find('offices', 'name', `${company().id}/${name}`)
  if (found === undefined) throw new Error(`No office ${name}.`)
  return found
}
const settings = (scim: Partial<Company['scim']>) =>
  updateScimSettings(dialpad.system, SYSTEM_ACTOR, company().id, { ...company().scim, ...scim })
const setSeats = (name: string, seats: Office['seats']) =>
  dialpad.system.store.transact((tx) => tx.put('offices', office(name).id, { ...office(name), seats }))
const seatsTaken = (name: string, licence: LicenceType = 'talk') =>
  dialpad.system.store.count('users', 'seat', `${office(name).id}/${licence}`)
const actions = (id: string): readonly string[] =>
  dialpad.system.store.find('changeLog', 'target', id).map(({ action }) => action)

async function keyOf(ownerEmail: string): Promise<{ readonly authorization: string }> {
  const input = {
    companyId: company().id,
    name: `Key of ${ownerEmail}`,
    ownerId: userByEmail(dialpad.system, ownerEmail).id,
  }
  const { secret } = await issueApiKey(dialpad.system, SYSTEM_ACTOR, input)
  return { authorization: `Bearer ${secret}` }
}

describe('the key', () => {
  test('the address is the same for every customer, and the key decides the company', async () => {
    for (const path of ['/Users?count=0', '/v2/Users?count=0']) {
      expect((await dialpad.scim('GET', path)).json()).toMatchObject({ totalResults: 2 })
      expect((await dialpad.scim('GET', path, undefined, { authorization: 'Bearer other' })).status).toBe(401)
    }
  })

  test('an ordinary API key opens SCIM, and only a Company Admin makes one', async () => {
    expect((await dialpad.scim('GET', '/Users', undefined, await keyOf(MARTA))).status).toBe(200)
    await expect(keyOf(TOMAS)).rejects.toThrow('Only a Company Admin can create an API key')
  })

  test('a key is worth what its creator is worth, at every request', async () => {
    const marta = userByEmail(dialpad.system, MARTA).id
    await setCompanyAdmin(dialpad.system, SYSTEM_ACTOR, userByEmail(dialpad.system, TOMAS).id, true)
    const other = await keyOf(TOMAS)
    const status = async () => (await dialpad.scim('POST', '/Users', {})).status
    expect(await status()).toBe(400)
    expect((await dialpad.scim('DELETE', `/Users/${marta}`, undefined, other)).status).toBe(204)
    expect(await status()).toBe(403)
    await restoreUser(dialpad.system, SYSTEM_ACTOR, marta)
    await setCompanyAdmin(dialpad.system, SYSTEM_ACTOR, marta, true)
    expect(await status()).toBe(400)
  })
})

describe('attributes', () => {
  test('userName is the login and wins over the work address', async () => {
    const emails = [{ value: 'i.moreau@brightwave.example', type: 'work', primary: true }]
    const shown = await create(ines({ emails }))
    expect(shown['userName']).toBe(INES)
    expect(userByEmail(dialpad.system, INES).emails).toEqual([INES, 'i.moreau@brightwave.example'])
    const refused = await dialpad.scim('POST', '/Users', ines({ userName: 'ines', emails }))
    expect([refused.status, refused.json()['scimType']]).toEqual([400, 'invalidValue'])
  })

  test('first and last name, job title, language and country are the fields of the person', async () => {
    const more = {
      title: 'Support Lead',
      preferredLanguage: 'fr-FR',
      name: { givenName: 'Inès', familyName: 'Moreau' },
    }
    const { id } = await create(ines(more, { department: 'Denver', countryCode: 'US' }))
    expect(userByEmail(dialpad.system, INES)).toMatchObject({
      givenName: 'Inès',
      familyName: 'Moreau',
      title: 'Support Lead',
      language: 'fr-FR',
      country: 'US',
    })
    expect(await read(id)).toMatchObject({ ...more, name: { ...more.name, formatted: 'Inès Moreau' } })
  })

  test('externalId is stored, echoed and found by filter', async () => {
    const { id } = await create(ines({ externalId: '00u7k2Jx9QpLmV4aB1d7' }))
    const filter = encodeURIComponent('externalId eq "00u7k2Jx9QpLmV4aB1d7"')
    expect((await dialpad.scim('GET', `/Users?filter=${filter}`)).json()).toMatchObject({
      totalResults: 1,
      Resources: [{ id, externalId: '00u7k2Jx9QpLmV4aB1d7' }],
    })
  })

  test('neither numbers nor extensions are written', async () => {
    const { id } = await create()
    const before = dialpad.system.store.count('numbers')
    const answer = await change(
      id,
      { op: 'replace', path: 'phoneNumbers', value: [{ value: '+17205550199', type: 'Dialpad' }] },
      { op: 'add', path: 'extension', value: '4711' },
    )
    expect([answer.status, numbersOf(answer.json())]).toEqual([200, ['+17205550144']])
    await change(id, { op: 'remove', path: 'phoneNumbers' })
    expect(numbersOf(await read(id))).toEqual(['+17205550144'])
    expect(dialpad.system.store.count('numbers')).toBe(before)
  })
})

describe('the office', () => {
  const resolve = async (enterprise: object, more: object = {}): Promise<unknown> => {
    const { id, ...shown } = await create(ines(more, enterprise))
    await dialpad.scim('DELETE', `/Users/${id}`)
    return officeOf(shown)
  }
  const inGb = { addresses: [{ type: 'work', country: 'GB' }] }

  /** What the rule leaves to the product: the office shown is the attribute when one was sent, so the record is asked. */
  const officeFor = async (enterprise: object, more: object = {}): Promise<string | undefined> => {
    const { id } = await create(ines(more, enterprise))
    const user = dialpad.system.store.get('users', id)
    await dialpad.scim('DELETE', `/Users/${id}`)
    return user && dialpad.system.store.get('offices', user.officeId)?.name
  }

  test('the office is the one of that name, else one of the country, else what the setting says', async () => {
    expect(await resolve({ officeName: 'Toronto' }, inGb)).toBe('Toronto')
    expect(await officeFor({ officeName: 'Lyon' }, inGb)).toBe('London')
    expect(await officeFor({ officeName: 'Lyon' })).toBe('Denver')
    await settings({ mismatch: { kind: 'office', officeId: office('Toronto').id } })
    expect(await officeFor({ officeName: 'Lyon' })).toBe('Toronto')
    await settings({ mismatch: { kind: 'reject' } })
    const refused = await dialpad.scim('POST', '/Users', ines({}, { officeName: 'Lyon' }))
    expect([refused.status, refused.json()]).toEqual([
      400,
      expect.objectContaining({ scimType: 'invalidValue', detail: 'No office matches "Lyon"' }),
    ])
    expect(await officeFor({ officeName: 'Lyon' }, inGb)).toBe('London')
  })

  test('without any of the three office attributes the country decides, else the setting', async () => {
    expect(officeOf(await create(ines({}, { countryCode: 'GB' })))).toBe('London')
    await settings({ mismatch: { kind: 'office', officeId: office('Toronto').id } })
    expect(officeOf(await create(named('omar.aziz', {})))).toBe('Toronto')
    await settings({ mismatch: { kind: 'reject' } })
    const refused = await dialpad.scim('POST', '/Users', named('lena.vogt', {}))
    expect([refused.status, refused.json()['scimType']]).toEqual([400, 'invalidValue'])
  })

  test('department chooses the office and no Dialpad department', async () => {
    const departments = dialpad.system.store.count('departments')
    expect(await officeFor({ department: 'London' })).toBe('London')
    const ada = await create(named('ada'))
    await dialpad.scim('POST', '/Groups', { schemas: [GROUP_URN], displayName: 'Sales', members: [{ value: ada.id }] })
    expect(dialpad.system.store.count('departments')).toBe(departments)
    expect(dialpad.system.store.count('operators')).toBe(0)
  })

  test('the Office Specification Field is read first, and a name counts only when it is identical', async () => {
    const all = { physicalDeliveryOfficeName: 'London', officeName: 'Toronto', department: 'Denver' }
    for (const [officeField, expected] of [
      ['physicalDeliveryOfficeName', 'London'],
      ['officeName', 'Toronto'],
      ['department', 'Denver'],
    ] as const) {
      await settings({ officeField })
      expect(await officeFor(all)).toBe(expected)
    }
    await settings({ officeField: 'department' })
    expect(await officeFor({ officeName: 'Toronto' })).toBe('Toronto')
    for (const text of ['toronto', 'Toronto ', ' Toronto', 'Torontо'])
      expect(await officeFor({ department: text })).toBe('Denver')
  })

  test('the country is read from countryCode, else country, else the work address', async () => {
    expect(await officeFor({ country: 'CA' }, { countryCode: 'GB', ...inGb })).toBe('London')
    expect(await officeFor({ country: 'CA' }, inGb)).toBe('Toronto')
    expect(await officeFor({}, inGb)).toBe('London')
    expect(await officeFor({}, { addresses: [{ type: 'home', country: 'GB' }] })).toBe('Denver')
  })

  test('a later office moves the person where a licence is free; across countries the number stays behind', async () => {
    const { id } = await create()
    const move = (value: string) =>
      change(id, { op: 'add', path: `${ENTERPRISE_URN}:physicalDeliveryOfficeName`, value })
    const seats = office('London').seats
    await setSeats('London', { ...seats, talk: 0 })
    const refused = await move('London')
    expect([refused.status, refused.json()['detail']]).toEqual([400, 'No available Connect licenses in office London'])
    expect(numbersOf(await read(id))).toEqual(['+17205550144'])
    await setSeats('London', seats)
    expect((await move('London')).status).toBe(200)
    expect(userByEmail(dialpad.system, INES).officeId).toBe(office('London').id)
    expect(numbersOf(await read(id))).toEqual([expect.stringMatching(/^\+44/)])
    expect(dialpad.system.store.get('numbers', '+17205550144')?.status).toBe('reserved')
    await move('Atlantis')
    expect(userByEmail(dialpad.system, INES).officeId).toBe(office('London').id)
  })
})

describe('licences', () => {
  test('every published spelling of a licence is understood and echoed, and none means Connect', async () => {
    await setSeats('Denver', Object.fromEntries(LICENCES.map(({ type }) => [type, null])))
    const spellings = LICENCES.flatMap(({ type, spellings: known }) => known.map((text) => [text, type] as const))
    for (const [index, [spelling, type]] of spellings.entries()) {
      for (const licenseType of [spelling, spelling.toUpperCase()]) {
        const shown = await create(
          named(`p${index}${licenseType === spelling ? 'a' : 'b'}`, { department: 'Denver', licenseType }),
        )
        expect(enterpriseOf(shown)['licenseType']).toBe(licenseType)
        expect(dialpad.system.store.get('users', shown.id)?.licence).toBe(type)
      }
    }
    const { id } = await create(named('none'))
    expect(dialpad.system.store.get('users', id)?.licence).toBe('talk')
  })

  test('an unknown licence is refused, or by the switch silently none', async () => {
    const misspelt = named('p', { department: 'Denver', licenseType: 'dialpad talk' })
    const refused = await dialpad.scim('POST', '/Users', misspelt)
    expect([refused.status, refused.json()]).toEqual([
      400,
      expect.objectContaining({ scimType: 'invalidValue', detail: '"dialpad talk" is not a license type' }),
    ])
    await dialpad.system.control.setSwitches({ 'unknown-licence': 'talk' })
    const { id, ...shown } = await create(misspelt)
    expect(enterpriseOf(shown)['licenseType']).toBe('dialpad_talk')
    const path = `${ENTERPRISE_URN}:licenseType`
    await change(id, { op: 'replace', path, value: 'dialpad_sell' })
    const kept = await change(id, { op: 'replace', path, value: 'dialpad sel' })
    expect([kept.status, enterpriseOf(kept.json())['licenseType']]).toEqual([200, 'dialpad_sell'])
  })

  test('a changed licenseType changes the licence', async () => {
    const { id } = await create()
    const [talk, sell] = [seatsTaken('Denver'), seatsTaken('Denver', 'agents')]
    const answer = await change(id, { op: 'replace', path: `${ENTERPRISE_URN}:licenseType`, value: 'Dialpad_Ai Sales' })
    expect([answer.status, enterpriseOf(answer.json())['licenseType']]).toEqual([200, 'Dialpad_Ai Sales'])
    expect([seatsTaken('Denver'), seatsTaken('Denver', 'agents')]).toEqual([talk - 1, sell + 1])
  })

  test('when an office has no licence left the person is refused, or one is bought by the setting', async () => {
    await setSeats('London', { talk: 0 })
    const person = ines({}, { officeName: 'London' })
    const refused = await dialpad.scim('POST', '/Users', person)
    expect([refused.status, refused.json()]).toEqual([
      400,
      expect.objectContaining({ scimType: 'invalidValue', detail: 'No available Connect licenses in office London' }),
    ])
    await settings({ exhaustion: 'purchase' })
    await create(person)
    expect([office('London').seats.talk, seatsTaken('London')]).toEqual([1, 1])
  })
})

describe('numbers', () => {
  test('numbers come from the reserved pool, then from the area code, and not at all with Support', async () => {
    const reserved = dialpad.system.store.find('numbers', 'pool', office('Toronto').id).map(({ number }) => number)
    const inToronto = { officeName: 'Toronto' }
    for (const number of reserved) {
      expect(numbersOf(await create(named(`r${number.slice(-4)}`, inToronto)))).toEqual([number])
    }
    const [fresh] = numbersOf(await create(named('fresh', inToronto)))
    expect(fresh).toMatch(/^\+1416/)
    expect(reserved).not.toContain(fresh)
    const support = await create(named('support', { ...inToronto, licenseType: 'dialpad_support' }))
    expect(support['phoneNumbers']).toBeUndefined()
  })

  test('without any number left the person comes without one, and the change log says so', async () => {
    const { id: officeId, areaCode } = office('London')
    await dialpad.system.store.transact((tx) => {
      tx.put('offices', officeId, { ...office('London'), country: 'ZZ' })
      for (const key of [...tx.findKeys('numbers', 'pool', officeId)]) tx.delete('numbers', key)
    })
    expect(numberInArea('ZZ', areaCode, 0)).toBeUndefined()
    const shown = await create(ines({}, { officeName: 'London' }))
    expect(shown['phoneNumbers']).toBeUndefined()
    expect(actions(shown.id)).toContain('no_number_available')
  })
})

describe('suspended and deleted', () => {
  const find = async (filter: string) =>
    (await dialpad.scim('GET', `/Users?filter=${encodeURIComponent(filter)}`)).json()

  test('active false suspends: the licence is free, the number stays, and a filter still finds them', async () => {
    const { id } = await create()
    const taken = seatsTaken('Denver')
    const answer = await change(id, { op: 'replace', value: { active: false } })
    expect([answer.status, answer.json()['active'], numbersOf(answer.json())]).toEqual([200, false, ['+17205550144']])
    expect([userByEmail(dialpad.system, INES).state, seatsTaken('Denver')]).toEqual(['suspended', taken - 1])
    expect(await find(`userName eq "${INES}"`)).toMatchObject({ totalResults: 1, Resources: [{ id, active: false }] })
  })

  test('active true needs a licence again', async () => {
    const { id } = await create()
    await change(id, { op: 'replace', path: 'active', value: false })
    await setSeats('Denver', { talk: seatsTaken('Denver') })
    const refused = await change(id, { op: 'replace', path: 'active', value: true })
    expect([refused.status, refused.json()['detail']]).toEqual([400, 'No available Connect licenses in office Denver'])
    await setSeats('Denver', { talk: null })
    expect((await change(id, { op: 'replace', path: 'active', value: true })).json()['active']).toBe(true)
  })

  test('deleted is gone from SCIM at once; the number is on hold for 72 hours, and so long they can come back', async () => {
    const { id } = await create()
    expect((await dialpad.scim('DELETE', `/Users/${id}`)).status).toBe(204)
    for (const [method, body] of [
      ['GET'],
      ['PUT', ines()],
      ['PATCH', patch({ op: 'remove', path: 'title' })],
      ['DELETE'],
    ] as const) {
      expect((await dialpad.scim(method, `/Users/${id}`, body)).status).toBe(404)
    }
    expect(await find(`id eq "${id}" or userName eq "${INES}"`)).toMatchObject({ totalResults: 0 })
    expect(dialpad.system.store.get('numbers', '+17205550144')?.status).toBe('hold')
    dialpad.clock.nowMs += 72 * HOUR_MS - 1
    await restoreUser(dialpad.system, SYSTEM_ACTOR, id)
    expect(numbersOf(await read(id))).toEqual(['+17205550144'])
  })

  test('somebody created anew within 72 hours has another id and another number', async () => {
    const first = await create()
    await dialpad.scim('DELETE', `/Users/${first.id}`)
    const second = await create()
    expect(second.id).not.toBe(first.id)
    expect(numbersOf(second)).not.toEqual(numbersOf(first))
  })
})

describe('addresses, directories and admins', () => {
  test('an existing address is a conflict, and whoever has it is claimed on match', async () => {
    const conflict = await dialpad.scim('POST', '/Users', ines({ userName: TOMAS.toUpperCase() }))
    expect([conflict.status, conflict.json()['scimType']]).toEqual([409, 'uniqueness'])
    const { id } = userByEmail(dialpad.system, TOMAS)
    const claimed = await change(
      id,
      { op: 'add', path: 'externalId', value: 'object-1' },
      { op: 'replace', path: 'title', value: 'Lead' },
    )
    expect(claimed.json()).toMatchObject({ id, externalId: 'object-1', title: 'Lead', userName: TOMAS })
    await change(id, { op: 'replace', path: 'active', value: false })
    expect((await dialpad.scim('POST', '/Users', ines({ userName: TOMAS }))).status).toBe(409)
    expect((await change(id, { op: 'replace', path: 'active', value: true })).json()['active']).toBe(true)
  })

  test('a new userName keeps the old address as a secondary one', async () => {
    const { id } = await create()
    const value = 'ines.petit@brightwave.example'
    const answer = await change(id, { op: 'replace', path: 'userName', value })
    expect(answer.json()).toMatchObject({ id, userName: value })
    expect(userByEmail(dialpad.system, INES)).toMatchObject({ id, emails: [value, INES] })
    expect((await dialpad.scim('POST', '/Users', ines())).status).toBe(409)
  })

  test("a foreign domain is refused until it is one of the company's", async () => {
    const person = ines({ userName: 'ines@brightwave-labs.example' })
    const refused = await dialpad.scim('POST', '/Users', person)
    expect([refused.status, refused.json()]).toEqual([
      400,
      expect.objectContaining({ scimType: 'invalidValue', detail: 'Domain not associated with this company' }),
    ])
    const own = company()
    await dialpad.system.store.transact((tx) =>
      tx.put('companies', own.id, { ...own, domains: [...own.domains, 'brightwave-labs.example'] }),
    )
    expect((await create(person))['userName']).toBe('ines@brightwave-labs.example')
  })

  test('the test user of a directory product is refused until its domain is a secondary one', async () => {
    const body = ines({ userName: 'test.user@jumpcloud.example' })
    const refused = await dialpad.scim('POST', '/Users', body)
    expect([refused.status, refused.json()['detail']]).toEqual([400, 'Domain not associated with this company'])
    await addSecondaryDomain(dialpad.system, SYSTEM_ACTOR, company().id, 'jumpcloud.example')
    expect((await dialpad.scim('POST', '/Users', body)).status).toBe(201)
  })

  test('two directories with two keys: the last writer wins', async () => {
    const second = await keyOf(MARTA)
    const { id } = await create(ines({ title: 'First' }))
    const title = (value: string) => patch({ op: 'replace', path: 'title', value })
    await dialpad.scim('PATCH', `/Users/${id}`, title('Second'), second)
    expect((await read(id))['title']).toBe('Second')
    await dialpad.scim('PATCH', `/Users/${id}`, title('First'))
    expect((await read(id))['title']).toBe('First')
    const authors = dialpad.system.store.find('changeLog', 'target', id).map(({ changedBy }) => changedBy.name)
    expect(new Set(authors)).toEqual(new Set(['Tests', `Key of ${MARTA}`]))
  })

  test('the last Company Admin is protected, and no other admin is', async () => {
    const [marta, tomas] = [MARTA, TOMAS].map((email) => userByEmail(dialpad.system, email).id)
    for (const [method, body] of [
      ['DELETE'],
      ['PATCH', patch({ op: 'replace', value: { active: false } })],
      ['PUT', { schemas: [USER_URN], userName: MARTA, active: false }],
    ] as const) {
      const answer = await dialpad.scim(method, `/Users/${marta}`, body)
      expect([method, answer.status, answer.json()['scimType']]).toEqual([method, 400, 'mutability'])
    }
    await setCompanyAdmin(dialpad.system, SYSTEM_ACTOR, tomas ?? '', true)
    expect((await dialpad.scim('DELETE', `/Users/${tomas}`)).status).toBe(204)
    expect((await dialpad.scim('DELETE', `/Users/${marta}`)).status).toBe(400)
  })
})
