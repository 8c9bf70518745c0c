import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deleteUser } from '../commands/delete-user.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { ENTERPRISE_URN, ines, patch, type ServedDialpad, serveDialpad, USER_URN, userByEmail } from './serve.ts'

let dialpad: ServedDialpad
beforeEach(async () => {
  dialpad = await serveDialpad('brightwave')
})
afterEach(() => dialpad.close())

type Json = Record<string, unknown>

async function create(body: object = ines()): Promise<Json & { readonly id: string }> {
  const answer = await dialpad.scim('POST', '/Users', body)
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
  return answer.json() as Json & { id: string }
}

describe('POST /Users', () => {
  test('answers 201 with the whole resource, its address and its version', async () => {
    const answer = await dialpad.scim('POST', '/Users', ines({ title: 'Agent', preferredLanguage: 'fr-FR' }))
    const body = answer.json()
    const location = `${dialpad.origin}/scim/Users/${String(body['id'])}`
    expect(answer.status).toBe(201)
    expect(answer.headers['content-type']).toBe('application/scim+json')
    expect([answer.headers['location'], answer.headers['etag']]).toEqual([location, 'W/"1"'])
    expect(body).toEqual({
      schemas: [USER_URN, ENTERPRISE_URN],
      id: expect.stringMatching(/^5\d{15}$/),
      userName: 'ines.moreau@brightwave.example',
      name: { formatted: 'Ines Moreau', givenName: 'Ines', familyName: 'Moreau' },
      displayName: 'Ines Moreau',
      active: true,
      title: 'Agent',
      preferredLanguage: 'fr-FR',
      emails: [{ value: 'ines.moreau@brightwave.example', type: 'work', primary: true }],
      phoneNumbers: [{ value: '+17205550144', type: 'Dialpad', primary: true }],
      [ENTERPRISE_URN]: { officeName: 'Denver', department: 'Denver', licenseType: 'dialpad_talk' },
      meta: {
        resourceType: 'User',
        created: '2026-03-02T09:00:00.000Z',
        lastModified: '2026-03-02T09:00:00.000Z',
        location,
        version: 'W/"1"',
      },
    })
    expect((await dialpad.scim('GET', `/Users/${String(body['id'])}`)).json()).toEqual(body)
  })

  test('is journalled as a SCIM exchange about the person, without the key', async () => {
    await create()
    const { items } = dialpad.system.journal.read({ kind: 'scim' })
    expect(items.map(({ title, subject }) => ({ title, subject }))).toEqual([
      { title: 'POST /scim/Users → 201', subject: 'ines.moreau@brightwave.example' },
    ])
    expect(JSON.stringify(items)).not.toContain(dialpad.key)
  })

  test('what Dialpad has no field for is stored and echoed, a password is not', async () => {
    const extension = 'urn:example:params:scim:schemas:extension:desk:2.0:User'
    const { id } = await create(
      ines({
        externalId: 'a-1',
        nickName: 'Nes',
        locale: 'fr-FR',
        password: 'Do-not-keep-1!',
        addresses: [{ type: 'work', country: 'FR', locality: 'Lyon' }],
        shoeSize: 43,
        [extension]: { floor: 3 },
      }),
    )
    const shown = (await dialpad.scim('GET', `/Users/${id}`)).json()
    expect(shown).toMatchObject({
      schemas: [USER_URN, ENTERPRISE_URN, extension],
      externalId: 'a-1',
      nickName: 'Nes',
      locale: 'fr-FR',
      addresses: [{ type: 'work', country: 'FR', locality: 'Lyon' }],
      shoeSize: 43,
      [extension]: { floor: 3 },
    })
    expect(JSON.stringify(dialpad.system.store.dump())).not.toContain('Do-not-keep-1!')
  })

  test('the direct number is shown with type Dialpad and never written', async () => {
    const { id, phoneNumbers } = await create(
      ines({
        phoneNumbers: [
          { type: 'Dialpad', value: '+15550000000', primary: true },
          { type: 'mobile', value: '+33600000042' },
        ],
      }),
    )
    expect(phoneNumbers).toEqual([
      { value: '+17205550144', type: 'Dialpad', primary: true },
      { type: 'mobile', value: '+33600000042' },
    ])
    const changed = await dialpad.scim(
      'PATCH',
      `/Users/${id}`,
      patch({ op: 'replace', path: 'phoneNumbers[type eq "Dialpad"].value', value: '+15550000000' }),
    )
    expect(changed.json()['phoneNumbers']).toEqual(phoneNumbers)
  })

  test('a licence in a wrong namespace is ignored', async () => {
    const wrong = 'urn:ietf:params:scim:schemas:extension:dialpad:2.0:User'
    const created = await create(ines({ [wrong]: { licenseType: 'dialpad_sell' } }))
    expect(created[ENTERPRISE_URN]).toMatchObject({ licenseType: 'dialpad_talk' })
  })

  test('the licence is echoed as it was spelt', async () => {
    const created = await create(ines({}, { department: 'Denver', licenseType: 'DIALPAD_Ai Sales' }))
    expect(created[ENTERPRISE_URN]).toMatchObject({ licenseType: 'DIALPAD_Ai Sales' })
    expect(userByEmail(dialpad.system, 'ines.moreau@brightwave.example').licence).toBe('agents')
  })

  test('the department chooses the office; without a match the country does', async () => {
    const address = { addresses: [{ type: 'work', country: 'GB' }] }
    const created = await create(ines(address, { department: 'Lyon Part-Dieu' }))
    expect(created[ENTERPRISE_URN]).toMatchObject({ officeName: 'London', department: 'Lyon Part-Dieu' })
  })

  test('further addresses of the own domain become secondary ones', async () => {
    const emails = [
      { type: 'work', value: 'ines@brightwave.example' },
      { type: 'home', value: 'ines@home.example' },
    ]
    const created = await create(ines({ emails }))
    expect(userByEmail(dialpad.system, 'ines@brightwave.example').emails).toEqual([
      'ines.moreau@brightwave.example',
      'ines@brightwave.example',
    ])
    expect(created['emails']).toEqual([...emails, { value: 'ines.moreau@brightwave.example', type: 'other' }])
  })
})

describe('GET /Users', () => {
  const filter = (text: string): string => `/Users?filter=${encodeURIComponent(text)}`

  test('a value nobody has is an empty list, as connection tests expect', async () => {
    const answer = await dialpad.scim('GET', '/Users?filter=userName+eq+%227d1c9a54-0b0e-4c77-9a5e-0f6d3f0f8b11%22')
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      },
    ])
  })

  test.each([
    ['userName eq "TOMAS.BERG@brightwave.example"', 1],
    ['userName eq "tomas.berg@brightwave.example" and active eq true', 1],
    ['userName eq "tomas.berg@brightwave.example" and active eq false', 0],
    ['emails[type eq "work"].value eq "tomas.berg@brightwave.example"', 1],
    ['name.familyName sw "Sil"', 1],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:officeName eq "Denver"', 2],
    ['not (title pr)', 0],
    ['meta.created gt "2030-01-01T00:00:00Z"', 0],
  ])('%s finds %i', async (text, total) => {
    const answer = await dialpad.scim('GET', filter(text))
    expect([answer.status, answer.json()['totalResults']]).toEqual([200, total])
  })

  test('suspended people are found, deleted ones are not', async () => {
    const { id } = await create(ines({ externalId: 'a-1' }))
    await dialpad.scim('PATCH', `/Users/${id}`, patch({ op: 'replace', value: { active: false } }))
    expect((await dialpad.scim('GET', filter('externalId eq "a-1"'))).json()).toMatchObject({
      totalResults: 1,
      Resources: [{ id, active: false }],
    })
    await dialpad.scim('DELETE', `/Users/${id}`)
    for (const text of ['externalId eq "a-1"', `id eq "${id}"`, 'displayName eq "Ines Moreau"']) {
      expect((await dialpad.scim('GET', filter(text))).json()).toMatchObject({ totalResults: 0, Resources: [] })
    }
  })

  test('pages visit everybody once, after a deletion too', async () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    for (const name of names) await create(ines({ userName: `${name}@brightwave.example` }))
    for (const gone of [undefined, 'b@brightwave.example']) {
      if (gone !== undefined) await deleteUser(dialpad.system, SYSTEM_ACTOR, userByEmail(dialpad.system, gone).id)
      const seen: string[] = []
      const total = gone === undefined ? 7 : 6
      for (let startIndex = 1; startIndex <= total; startIndex += 3) {
        const page = (await dialpad.scim('GET', `/Users?startIndex=${startIndex}&count=3`)).json()
        expect(page).toMatchObject({ totalResults: total, startIndex })
        seen.push(...(page['Resources'] as { userName: string }[]).map(({ userName }) => userName))
      }
      expect(seen).toHaveLength(total)
      expect(new Set(seen).size).toBe(total)
      expect(seen.includes('b@brightwave.example')).toBe(gone === undefined)
    }
  })

  test('count=0 asks for the total alone', async () => {
    expect((await dialpad.scim('GET', '/Users?count=0')).json()).toMatchObject({ totalResults: 2, Resources: [] })
  })

  test('attributes and excludedAttributes choose what is shown', async () => {
    const tomas = userByEmail(dialpad.system, 'tomas.berg@brightwave.example')
    expect((await dialpad.scim('GET', `/Users/${tomas.id}?attributes=userName,name.familyName`)).json()).toEqual({
      schemas: [USER_URN, ENTERPRISE_URN],
      id: tomas.id,
      userName: 'tomas.berg@brightwave.example',
      name: { familyName: 'Berg' },
    })
    const without = await dialpad.scim('GET', `/Users/${tomas.id}?excludedAttributes=emails,meta,${ENTERPRISE_URN}`)
    expect(Object.keys(without.json())).not.toEqual(expect.arrayContaining(['emails']))
    expect(without.json()['meta']).toBeUndefined()
  })

  test('an unchanged resource need not be sent again', async () => {
    const { id } = userByEmail(dialpad.system, 'tomas.berg@brightwave.example')
    const { etag = '' } = (await dialpad.scim('GET', `/Users/${id}`)).headers
    const answer = await dialpad.scim('GET', `/Users/${id}`, undefined, { 'if-none-match': etag })
    expect([answer.status, answer.text]).toEqual([304, ''])
  })

  test('the alias /scim/v2 answers alike, with its own locations', async () => {
    const { id } = userByEmail(dialpad.system, 'tomas.berg@brightwave.example')
    const body = (await dialpad.scim('GET', `/v2/Users/${id}`)).json()
    expect(body['meta']).toMatchObject({ location: `${dialpad.origin}/scim/v2/Users/${id}` })
  })
})

describe('PUT, PATCH and DELETE /Users/{id}', () => {
  test('PUT replaces: what is left out is cleared, but not the state, the licence and the office', async () => {
    const { id } = await create(
      ines({ title: 'Agent', nickName: 'Nes' }, { officeName: 'London', licenseType: 'dialpad_sell' }),
    )
    const answer = await dialpad.scim('PUT', `/Users/${id}`, {
      schemas: [USER_URN],
      userName: 'ines.moreau@brightwave.example',
      name: { givenName: 'Inès', familyName: 'Moreau' },
    })
    expect(answer.status).toBe(200)
    const body = answer.json()
    expect(body).toMatchObject({ displayName: 'Inès Moreau', active: true })
    expect([body['title'], body['nickName']]).toEqual([undefined, undefined])
    expect(body[ENTERPRISE_URN]).toEqual({ officeName: 'London', licenseType: 'dialpad_sell' })
  })

  test('PUT of what GET showed changes nothing', async () => {
    const { id } = await create(ines({ externalId: 'a-1', nickName: 'Nes' }))
    const before = await dialpad.scim('GET', `/Users/${id}`)
    const after = await dialpad.scim('PUT', `/Users/${id}`, before.json())
    expect([after.status, after.json()]).toEqual([200, before.json()])
  })

  test('PATCH answers with the resource and its new version; without a difference the version stays', async () => {
    const { id } = await create()
    const change = patch({ op: 'replace', path: 'title', value: 'Lead' })
    const first = await dialpad.scim('PATCH', `/Users/${id}`, change)
    expect([first.status, first.json()['title'], first.headers['etag']]).toEqual([200, 'Lead', 'W/"2"'])
    expect((await dialpad.scim('PATCH', `/Users/${id}`, change)).headers['etag']).toBe('W/"2"')
  })

  test('a PATCH that is refused leaves everything as it was', async () => {
    const { id } = await create()
    const before = (await dialpad.scim('GET', `/Users/${id}`)).json()
    const answer = await dialpad.scim(
      'PATCH',
      `/Users/${id}`,
      patch(
        { op: 'replace', path: 'title', value: 'Lead' },
        { op: 'replace', path: 'userName', value: 'tomas.berg@brightwave.example' },
      ),
    )
    expect(answer.status).toBe(409)
    expect((await dialpad.scim('GET', `/Users/${id}`)).json()).toEqual(before)
  })

  test('an office that comes later moves the person', async () => {
    const { id } = await create(ines({}, { physicalDeliveryOfficeName: 'Denver' }))
    const path = `${ENTERPRISE_URN}:physicalDeliveryOfficeName`
    const answer = await dialpad.scim('PATCH', `/Users/${id}`, patch({ op: 'replace', path, value: 'London' }))
    expect(answer.json()[ENTERPRISE_URN]).toMatchObject({ officeName: 'London', physicalDeliveryOfficeName: 'London' })
  })

  test('what the portal changes is shown, not what a client once read', async () => {
    const { id } = await create()
    await dialpad.scim('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'title', value: 'Lead' }))
    await dialpad.scim('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'name.familyName', value: 'Petit' }))
    const body = (await dialpad.scim('GET', `/Users/${id}`)).json()
    expect(body).toMatchObject({ displayName: 'Ines Petit', name: { formatted: 'Ines Petit' } })
  })

  test('DELETE answers 204 without a body, and the id is gone', async () => {
    const { id } = await create()
    const answer = await dialpad.scim('DELETE', `/Users/${id}`)
    expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([204, '', undefined])
    expect((await dialpad.scim('GET', `/Users/${id}`)).status).toBe(404)
    expect((await dialpad.scim('DELETE', `/Users/${id}`)).status).toBe(404)
  })
})
