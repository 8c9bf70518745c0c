import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENTERPRISE_URN, patch, type ServedDialpad, serveDialpad, USER_URN, userByEmail } from './serve.ts'

/** The messages of the Microsoft Entra provisioning service, as its documentation and field reports show them. */

let dialpad: ServedDialpad
beforeEach(async () => {
  dialpad = await serveDialpad('brightwave')
})
afterEach(() => dialpad.close())

/** learn.microsoft.com use-scim-to-provision-users-and-groups, with the target's default mapping. */
const CREATE = {
  schemas: [USER_URN, ENTERPRISE_URN],
  externalId: '0f2b6c1e-5a17-4b53-9a4e-6d1c0b7a9e21',
  userName: 'ines.moreau@brightwave.example',
  active: 'True',
  addresses: [{ type: 'work', primary: true, country: 'FR' }],
  displayName: 'Ines Moreau',
  emails: [{ primary: true, type: 'work', value: 'ines.moreau@brightwave.example' }],
  meta: { resourceType: 'User' },
  name: { formatted: 'Ines Moreau', familyName: 'Moreau', givenName: 'Ines' },
  preferredLanguage: 'fr-FR',
  roles: [],
  title: 'Account Executive',
  [ENTERPRISE_URN]: { department: 'Sales', physicalDeliveryOfficeName: 'Denver' },
}

async function create(): Promise<string> {
  const answer = await dialpad.scim('POST', '/Users', CREATE, {
    'content-type': 'application/scim+json; charset=utf-8',
  })
  expect(answer.status).toBe(201)
  return String(answer.json()['id'])
}

const change = async (id: string, ...operations: readonly object[]): Promise<Record<string, unknown>> => {
  const answer = await dialpad.scim('PATCH', `/Users/${id}`, patch(...operations))
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
  return answer.json()
}

describe('Entra, dialect of old', () => {
  test('creates somebody: everything it will compare later is shown as it was sent', async () => {
    const id = await create()
    const shown = (await dialpad.scim('GET', `/Users/${id}`)).json()
    const { meta: _, roles: __, active: ___, ...sent } = CREATE
    expect(shown).toMatchObject({ ...sent, active: true })
  })

  test('finds by a value without quotation marks', async () => {
    await create()
    const path = `/Users?filter=externalId+eq+${CREATE.externalId}`
    expect((await dialpad.scim('GET', path)).json()).toMatchObject({ totalResults: 1 })
  })

  test('one operation per attribute, capitalised', async () => {
    const id = await create()
    const shown = await change(
      id,
      { op: 'Replace', path: 'displayName', value: 'Ines Moreau-Petit' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'ines.petit@brightwave.example' },
      { op: 'Replace', path: 'name.familyName', value: 'Moreau-Petit' },
      { op: 'Add', path: 'nickName', value: 'Nes' },
      { op: 'Replace', path: `${ENTERPRISE_URN}:department`, value: 'Key Accounts' },
    )
    expect(shown).toMatchObject({
      userName: 'ines.moreau@brightwave.example',
      displayName: 'Ines Moreau-Petit',
      name: { familyName: 'Moreau-Petit' },
      nickName: 'Nes',
      [ENTERPRISE_URN]: { department: 'Key Accounts', officeName: 'Denver' },
    })
    expect(shown['emails']).toContainEqual({ primary: true, type: 'work', value: 'ines.petit@brightwave.example' })
  })

  test('a filtered path creates the element that is missing', async () => {
    const id = await create()
    const shown = await change(id, { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+33600000042' })
    expect(shown['phoneNumbers']).toContainEqual({ type: 'mobile', value: '+33600000042' })
  })

  test('disables and enables with texts', async () => {
    const id = await create()
    expect(await change(id, { op: 'Replace', path: 'active', value: 'False' })).toMatchObject({ active: false })
    expect(userByEmail(dialpad.system, CREATE.userName).state).toBe('suspended')
    expect(await change(id, { op: 'Replace', path: 'active', value: 'True' })).toMatchObject({ active: true })
  })

  test('the manager is an id, shown as an object, and removed by an empty text', async () => {
    const id = await create()
    const path = `${ENTERPRISE_URN}:manager`
    const manager = userByEmail(dialpad.system, 'marta.silva@brightwave.example').id
    expect(await change(id, { op: 'Add', path, value: manager })).toMatchObject({
      [ENTERPRISE_URN]: { manager: { value: manager } },
    })
    const without = await change(id, { op: 'Replace', path, value: '' })
    expect(without[ENTERPRISE_URN]).not.toHaveProperty('manager')
  })

  test('takes over somebody made by hand', async () => {
    const tomas = userByEmail(dialpad.system, 'tomas.berg@brightwave.example')
    const found = await dialpad.scim('GET', '/Users?filter=userName+eq+%22tomas.berg%40brightwave.example%22')
    expect(found.json()).toMatchObject({ totalResults: 1, Resources: [{ id: tomas.id, active: true }] })
    const shown = await change(
      tomas.id,
      { op: 'Add', path: 'externalId', value: 'object-of-tomas' },
      { op: 'Add', path: `${ENTERPRISE_URN}:department`, value: 'Sales' },
      { op: 'Add', path: `${ENTERPRISE_URN}:physicalDeliveryOfficeName`, value: 'Denver' },
    )
    expect(shown).toMatchObject({ externalId: 'object-of-tomas', [ENTERPRISE_URN]: { officeName: 'Denver' } })
  })

  test('creates an empty group, fills it, empties it by a list', async () => {
    const id = await create()
    const created = await dialpad.scim('POST', '/Groups', {
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:Group',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ],
      externalId: 'b1f3c9d2-6a0e-4f37-8d10-5e2f7f0a9c01',
      displayName: 'Dialpad Sales',
      members: [],
      meta: { resourceType: 'Group' },
    })
    expect(created.status).toBe(201)
    const path = `/Groups/${String(created.json()['id'])}`
    const added = await dialpad.scim(
      'PATCH',
      path,
      patch({ op: 'Add', path: 'members', value: [{ $ref: null, value: id }] }),
    )
    expect(added.json()['members']).toEqual([expect.objectContaining({ value: id })])
    const removed = await dialpad.scim('PATCH', path, patch({ op: 'Remove', path: 'members', value: [{ value: id }] }))
    expect(removed.json()['members']).toBeUndefined()
  })
})

describe('Entra, dialect aadOptscim062020', () => {
  test('one operation without a path whose keys are paths', async () => {
    const id = await create()
    const shown = await change(
      id,
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'ines.petit@brightwave.example' },
      {
        op: 'replace',
        value: {
          displayName: 'Ines Moreau-Petit',
          'name.familyName': 'Moreau-Petit',
          [`${ENTERPRISE_URN}:department`]: 'Key Accounts',
        },
      },
    )
    expect(shown).toMatchObject({
      displayName: 'Ines Moreau-Petit',
      name: { familyName: 'Moreau-Petit', givenName: 'Ines' },
      [ENTERPRISE_URN]: { department: 'Key Accounts' },
    })
  })

  test('disables with a boolean', async () => {
    const id = await create()
    expect(await change(id, { op: 'replace', path: 'active', value: false })).toMatchObject({ active: false })
  })
})

describe('the switch scim-dialect at strict', () => {
  test.each([
    ['a capitalised operation', { op: 'Replace', path: 'title', value: 'Lead' }, 'invalidSyntax'],
    ['a boolean as a text', { op: 'replace', path: 'active', value: 'False' }, 'invalidValue'],
    [
      'an element that is missing',
      { op: 'replace', path: 'phoneNumbers[type eq "fax"].value', value: '+1' },
      'noTarget',
    ],
  ])('refuses %s', async (_what, operation, scimType) => {
    const id = await create()
    await dialpad.system.control.setSwitches({ 'scim-dialect': 'strict' })
    const answer = await dialpad.scim('PATCH', `/Users/${id}`, patch(operation))
    expect([answer.status, answer.json()['scimType']]).toEqual([400, scimType])
  })
})
