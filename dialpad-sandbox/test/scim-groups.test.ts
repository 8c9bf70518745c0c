import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GROUP_URN, patch, type ServedDialpad, serveDialpad, USER_URN } from './serve.ts'

let dialpad: ServedDialpad
beforeEach(async () => {
  dialpad = await serveDialpad('empty')
})
afterEach(() => dialpad.close())

async function people(count: number): Promise<readonly string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    const answer = await dialpad.scim('POST', '/Users', {
      schemas: [USER_URN],
      userName: `person${n}@anywhere.example`,
      displayName: `Person ${n}`,
      name: { givenName: 'Person', familyName: String(n) },
    })
    ids.push(String(answer.json()['id']))
  }
  return ids
}

async function group(displayName: string, members: readonly string[] = [], more: object = {}): Promise<string> {
  const body = { schemas: [GROUP_URN], displayName, members: members.map((value) => ({ value })), ...more }
  const answer = await dialpad.scim('POST', '/Groups', body)
  expect(answer.status).toBe(201)
  return String(answer.json()['id'])
}

const membersOf = async (id: string): Promise<readonly string[]> =>
  (((await dialpad.scim('GET', `/Groups/${id}`)).json()['members'] ?? []) as { value: string }[]).map(
    ({ value }) => value,
  )

describe('/Groups', () => {
  test('a group is shown with its members, their names and addresses', async () => {
    const [ada = ''] = await people(1)
    const body = { schemas: [GROUP_URN], displayName: 'Sales', externalId: 'g-1', members: [{ value: ada }] }
    const answer = await dialpad.scim('POST', '/Groups', body)
    const id = String(answer.json()['id'])
    const location = `${dialpad.origin}/scim/Groups/${id}`
    expect([answer.status, answer.headers['location']]).toEqual([201, location])
    expect(answer.json()).toEqual({
      schemas: [GROUP_URN],
      id: expect.stringMatching(/^5\d{15}$/),
      externalId: 'g-1',
      displayName: 'Sales',
      members: [{ value: ada, $ref: `${dialpad.origin}/scim/Users/${ada}`, type: 'User', display: 'Person 0' }],
      meta: {
        resourceType: 'Group',
        created: '2026-03-02T09:00:00.000Z',
        lastModified: '2026-03-02T09:00:00.000Z',
        location,
        version: 'W/"1"',
      },
    })
  })

  test('members are left out where they are excluded, in lists too', async () => {
    const id = await group('Sales', await people(2))
    const one = (await dialpad.scim('GET', `/Groups/${id}?excludedAttributes=members`)).json()
    const many = (
      await dialpad.scim('GET', '/Groups?excludedAttributes=members&filter=displayName+eq+%22sales%22')
    ).json()
    expect(Object.keys(one)).toEqual(['schemas', 'id', 'displayName', 'meta'])
    expect(many).toMatchObject({ totalResults: 1 })
    expect(many['Resources']).toEqual([one])
  })

  test.each([
    ['displayName eq "SALES"', 1],
    ['externalId eq "g-1"', 1],
    ['displayName sw "Sal" and externalId pr', 1],
    ['displayName eq "Support"', 0],
  ])('%s finds %i', async (text, total) => {
    await group('Sales', [], { externalId: 'g-1' })
    await group('Other')
    const answer = await dialpad.scim('GET', `/Groups?filter=${encodeURIComponent(text)}`)
    expect(answer.json()).toMatchObject({ totalResults: total })
  })

  test('the groups of a person are found by the member', async () => {
    const [ada = '', ben = ''] = await people(2)
    const id = await group('Sales', [ada])
    const find = async (value: string) =>
      (await dialpad.scim('GET', `/Groups?filter=members.value+eq+%22${value}%22&attributes=id`)).json()['Resources']
    expect(await find(ada)).toEqual([{ schemas: [GROUP_URN], id }])
    expect(await find(ben)).toEqual([])
  })

  test('a rename is answered with success and the old name', async () => {
    const id = await group('Sales')
    for (const [method, body] of [
      ['PATCH', patch({ op: 'replace', path: 'displayName', value: 'Key Accounts' })],
      ['PUT', { schemas: [GROUP_URN], displayName: 'Key Accounts' }],
    ] as const) {
      const answer = await dialpad.scim(method, `/Groups/${id}`, body)
      expect([answer.status, answer.json()['displayName']]).toEqual([200, 'Sales'])
    }
    expect(dialpad.system.store.find('changeLog', 'target', id).map(({ action, note }) => [action, note])).toEqual([
      ['group_created', 'Group Sales created'],
      ['group_rename_ignored', 'Rename ignored: the group stays "Sales"'],
      ['group_rename_ignored', 'Rename ignored: the group stays "Sales"'],
    ])
  })

  test('members are added, removed one by one, replaced and cleared', async () => {
    const [a = '', b = '', c = ''] = await people(3)
    const id = await group('Sales', [a])
    const change = (...operations: readonly object[]) => dialpad.scim('PATCH', `/Groups/${id}`, patch(...operations))
    await change({ op: 'add', path: 'members', value: [{ value: b }, { value: c }, { value: a }] })
    expect(await membersOf(id)).toEqual([a, b, c])
    await change({ op: 'remove', path: `members[value eq "${b}"]` })
    expect(await membersOf(id)).toEqual([a, c])
    await change({ op: 'replace', path: 'members', value: [{ value: b }] })
    expect(await membersOf(id)).toEqual([b])
    await change({ op: 'remove', path: 'members' })
    expect(await membersOf(id)).toEqual([])
  })

  test('PUT replaces the members it lists, and leaves them alone when it lists none', async () => {
    const [a = '', b = ''] = await people(2)
    const id = await group('Sales', [a])
    const put = (more: object) =>
      dialpad.scim('PUT', `/Groups/${id}`, { schemas: [GROUP_URN], displayName: 'Sales', ...more })
    await put({ members: [{ value: b }] })
    expect(await membersOf(id)).toEqual([b])
    await put({})
    expect(await membersOf(id)).toEqual([b])
    await put({ members: [] })
    expect(await membersOf(id)).toEqual([])
  })

  test('an unknown member refuses the whole change', async () => {
    const [a = ''] = await people(1)
    const id = await group('Sales')
    const answer = await dialpad.scim(
      'PATCH',
      `/Groups/${id}`,
      patch({ op: 'add', path: 'members', value: [{ value: a }, { value: '17' }] }),
    )
    expect([answer.status, answer.json()['detail']]).toEqual([400, 'Member 17 is not a user of this company'])
    expect(await membersOf(id)).toEqual([])
  })

  test('a group of more than 200 members is patched without a body', async () => {
    const ids = await people(202)
    const id = await group('Sales', ids.slice(0, 200))
    const add = (value: string) =>
      dialpad.scim('PATCH', `/Groups/${id}`, patch({ op: 'add', path: 'members', value: [{ value }] }))
    const brief = await add(ids[200] ?? '')
    expect([brief.status, brief.text]).toEqual([204, ''])
    await dialpad.system.control.setSwitches({ 'group-patch-answer': '200' })
    expect((await add(ids[201] ?? '')).json()['members']).toHaveLength(202)
  })

  test('with the switch at 204 a small group is patched without a body too', async () => {
    const id = await group('Sales')
    await dialpad.system.control.setSwitches({ 'group-patch-answer': '204' })
    const answer = await dialpad.scim(
      'PATCH',
      `/Groups/${id}`,
      patch({ op: 'replace', path: 'externalId', value: 'g-2' }),
    )
    expect(answer.status).toBe(204)
    expect((await dialpad.scim('GET', `/Groups/${id}`)).json()['externalId']).toBe('g-2')
  })

  test('who asks for attributes gets them, with the switch at 204 too', async () => {
    const id = await group('Sales', await people(1))
    await dialpad.system.control.setSwitches({ 'group-patch-answer': '204' })
    const change = patch({ op: 'replace', path: 'externalId', value: 'g-2' })
    const answer = await dialpad.scim('PATCH', `/Groups/${id}?attributes=externalId`, change)
    expect([answer.status, answer.json()]).toEqual([200, { schemas: [GROUP_URN], id, externalId: 'g-2' }])
  })

  test('what a member is cannot be changed, and members are selected by value alone', async () => {
    const [a = ''] = await people(1)
    const id = await group('Sales', [a])
    const refused = async (operation: object) => {
      const answer = await dialpad.scim('PATCH', `/Groups/${id}`, patch(operation))
      return [answer.status, answer.json()['scimType']]
    }
    const path = `members[value eq "${a}"]`
    expect(await refused({ op: 'replace', path: `${path}.value`, value: '1' })).toEqual([400, 'mutability'])
    expect(await refused({ op: 'remove', path: 'members[display sw "P"]' })).toEqual([400, 'invalidFilter'])
    expect(await refused({ op: 'add', path: 'members', value: [{ display: 'P' }] })).toEqual([400, 'invalidValue'])
    expect(await refused({ op: 'add', path: 'members', value: [{ value: id }] })).toEqual([400, 'invalidValue'])
    expect(await membersOf(id)).toEqual([a])
  })

  test('deleting a group leaves its members', async () => {
    const [a = ''] = await people(1)
    const id = await group('Sales', [a])
    expect((await dialpad.scim('DELETE', `/Groups/${id}`)).status).toBe(204)
    expect((await dialpad.scim('GET', `/Groups/${id}`)).status).toBe(404)
    expect((await dialpad.scim('GET', `/Users/${a}`)).json()['active']).toBe(true)
  })
})
