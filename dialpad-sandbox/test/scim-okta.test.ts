import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENTERPRISE_URN, GROUP_URN, patch, type ServedDialpad, serveDialpad, USER_URN, userByEmail } from './serve.ts'

/** The messages of Okta's SCIM client, as its protocol reference and field reports show them. */

const LIST_URN = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
const MAYA = 'maya.torres@brightwave.example'

let dialpad: ServedDialpad
beforeEach(async () => {
  dialpad = await serveDialpad('brightwave')
})
afterEach(() => dialpad.close())

type Json = Readonly<Record<string, unknown>>

/** As the client sends: its own headers, and a charset on every body. */
const okta = (method: string, path: string, body?: object) =>
  dialpad.scim(method, path, body, {
    accept: 'application/scim+json',
    'accept-charset': 'utf-8',
    'accept-encoding': 'gzip,deflate',
    'user-agent': 'Okta SCIM Client 1.0.0',
    'content-type': 'application/scim+json; charset=utf-8',
  })

const lookUp = async (userName: string): Promise<Json> =>
  (
    await okta('GET', `/Users?filter=userName%20eq%20%22${encodeURIComponent(userName)}%22&startIndex=1&count=100`)
  ).json()

/** Key order as it is emitted. */
const CREATE = {
  schemas: [USER_URN, ENTERPRISE_URN],
  userName: MAYA,
  name: { givenName: 'Maya', familyName: 'Torres' },
  emails: [{ primary: true, value: MAYA, type: 'work' }],
  title: 'Account Executive',
  displayName: 'Maya Torres',
  preferredLanguage: 'en',
  locale: 'en-US',
  externalId: '00u7k2Jx9QpLmV4aB1d7',
  [ENTERPRISE_URN]: { department: 'Sales', officeName: 'Denver', licenseType: 'dialpad_talk' },
  groups: [],
  password: '7hT3qzWv',
  active: true,
}

async function assign(): Promise<string> {
  const answer = await okta('POST', '/Users', CREATE)
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
  return String(answer.json()['id'])
}

describe('Okta, people', () => {
  test('tests its credentials by reading users and groups; counts are numbers', async () => {
    for (const path of ['/Users?startIndex=1&count=2', '/Groups?startIndex=1&count=100']) {
      const answer = await okta('GET', path)
      expect([answer.status, answer.json()]).toEqual([
        200,
        {
          schemas: [LIST_URN],
          totalResults: expect.any(Number),
          startIndex: 1,
          itemsPerPage: expect.any(Number),
          Resources: expect.any(Array),
        },
      ])
    }
  })

  test('looks somebody up, finds nobody, creates: the whole person comes back with an id', async () => {
    expect(await lookUp(MAYA)).toMatchObject({ totalResults: 0, Resources: [] })
    const id = await assign()
    const { password: _, groups: __, ...sent } = CREATE
    const shown = (await okta('GET', `/Users/${id}`)).json()
    expect(shown).toMatchObject({ ...sent, id })
    expect(Object.keys(shown)).not.toEqual(expect.arrayContaining(['password']))
    expect(JSON.stringify(dialpad.system.store.dump())).not.toContain(CREATE.password)
    expect(JSON.stringify(dialpad.system.journal.read({ kind: 'scim' }).items)).not.toContain(CREATE.password)
    expect(await lookUp(MAYA.toUpperCase())).toMatchObject({ totalResults: 1, Resources: [{ id }] })
  })

  test('pushes a profile: GET, then PUT of what was read with its own values over it', async () => {
    const id = await assign()
    const read = (await okta('GET', `/Users/${id}`)).json()
    const { password: _, groups: __, ...profile } = CREATE
    const answer = await okta('PUT', `/Users/${id}`, { ...read, ...profile, title: 'Director', nickName: '' })
    expect([answer.status, answer.json()]).toEqual([
      200,
      expect.objectContaining({ id, title: 'Director', locale: 'en-US' }),
    ])
    const renamed = await okta('PUT', `/Users/${id}`, { ...answer.json(), userName: 'maya.diaz@brightwave.example' })
    expect(renamed.json()).toMatchObject({ id, userName: 'maya.diaz@brightwave.example' })
  })

  test('links somebody made by hand, overwriting what was typed there', async () => {
    const { id } = userByEmail(dialpad.system, 'tomas.berg@brightwave.example')
    const { Resources } = (await lookUp('tomas.berg@brightwave.example')) as { Resources: Json[] }
    const [found] = Resources
    const answer = await okta('PUT', `/Users/${id}`, { ...found, externalId: '00uTomas', title: 'Engineer' })
    expect(answer.json()).toMatchObject({ id, externalId: '00uTomas', title: 'Engineer', active: true })
  })

  test('deactivates and reactivates without a path, and with a whole PUT', async () => {
    const id = await assign()
    const active = (value: boolean) => okta('PATCH', `/Users/${id}`, patch({ op: 'replace', value: { active: value } }))
    expect((await active(false)).json()).toMatchObject({ id, active: false })
    expect(await lookUp(MAYA)).toMatchObject({ totalResults: 1, Resources: [{ id, active: false }] })
    expect((await active(true)).json()).toMatchObject({ id, active: true })
    const read = (await okta('GET', `/Users/${id}`)).json()
    expect((await okta('PUT', `/Users/${id}`, { ...read, active: false })).json()).toMatchObject({ id, active: false })
    expect(userByEmail(dialpad.system, MAYA).state).toBe('suspended')
  })

  test('pushes passwords, which are taken and forgotten', async () => {
    const id = await assign()
    const before = (await okta('GET', `/Users/${id}`)).json()
    const answer = await okta('PATCH', `/Users/${id}`, patch({ op: 'replace', value: { password: 'N3w-Passw0rd!' } }))
    expect([answer.status, answer.json()]).toEqual([200, before])
    expect(JSON.stringify(dialpad.system.store.dump())).not.toContain('N3w-Passw0rd!')
  })

  test('is told of a conflict in words it can show', async () => {
    await assign()
    const answer = await okta('POST', '/Users', CREATE)
    expect([answer.status, answer.json()['detail']]).toEqual([409, `A user with the email ${MAYA} already exists`])
  })

  test('imports in steps of a hundred until all are seen', async () => {
    const seen = new Set<unknown>()
    let total = 1
    for (let startIndex = 1; startIndex <= total; startIndex += 100) {
      const page = (await okta('GET', `/Users?startIndex=${startIndex}&count=100`)).json()
      total = Number(page['totalResults'])
      for (const { id } of page['Resources'] as { id: string }[]) seen.add(id)
    }
    expect(seen.size).toBe(total)
  })
})

describe('Okta, pushed groups', () => {
  async function push(): Promise<string> {
    const answer = await okta('POST', '/Groups', { schemas: [GROUP_URN], displayName: 'Support East', members: [] })
    expect(answer.status).toBe(201)
    return String(answer.json()['id'])
  }
  const membersOf = async (id: string): Promise<readonly string[]> =>
    (((await okta('GET', `/Groups/${id}`)).json()['members'] ?? []) as { value: string }[]).map(({ value }) => value)

  test('removes before adding, each member with its user name for display', async () => {
    const [id, maya] = [await push(), await assign()]
    const tomas = userByEmail(dialpad.system, 'tomas.berg@brightwave.example').id
    const add = (value: string) => ({ op: 'add', path: 'members', value: [{ value, display: MAYA }] })
    expect((await okta('PATCH', `/Groups/${id}`, patch(add(tomas)))).status).toBe(200)
    const remove = { op: 'remove', path: `members[value eq "${tomas}"]` }
    const answer = await okta('PATCH', `/Groups/${id}`, patch(remove, add(maya)))
    expect([answer.status, answer.json()]).toEqual([200, expect.objectContaining({ id, displayName: 'Support East' })])
    expect(await membersOf(id)).toEqual([maya])
  })

  test('sends the name, with the id in the value, after every change of members', async () => {
    const id = await push()
    for (const displayName of ['Support East', 'Support Far East']) {
      const answer = await okta('PATCH', `/Groups/${id}`, patch({ op: 'replace', value: { id, displayName } }))
      expect([answer.status, answer.json()['displayName']]).toEqual([200, 'Support East'])
    }
  })

  test('overwrites the members when told to push now, with a path or without, down to none', async () => {
    const [id, maya] = [await push(), await assign()]
    const members = [{ value: maya, display: MAYA }]
    await okta('PATCH', `/Groups/${id}`, patch({ op: 'replace', path: 'members', value: members }))
    expect(await membersOf(id)).toEqual([maya])
    await okta('PATCH', `/Groups/${id}`, patch({ op: 'replace', value: { members: [] } }))
    expect(await membersOf(id)).toEqual([])
    await okta('PATCH', `/Groups/${id}`, patch({ op: 'replace', value: { members } }))
    await okta('PATCH', `/Groups/${id}`, patch({ op: 'replace', path: 'members', value: [] }))
    expect(await membersOf(id)).toEqual([])
  })

  test('finds a group by its name, replaces it whole, and deletes it with a type on an empty body', async () => {
    const [id, maya] = [await push(), await assign()]
    const found = await okta('GET', '/Groups?filter=displayName%20eq%20%22Support%20East%22&startIndex=1&count=100')
    expect(found.json()).toMatchObject({ totalResults: 1, Resources: [{ id }] })
    const body = { schemas: [GROUP_URN], displayName: 'Support East', members: [{ value: maya }] }
    expect((await okta('PUT', `/Groups/${id}`, body)).status).toBe(200)
    expect(await membersOf(id)).toEqual([maya])
    expect((await okta('DELETE', `/Groups/${id}`)).status).toBe(204)
    const gone = await okta('GET', `/Groups/${id}`)
    expect([gone.status, gone.json()['status']]).toEqual([404, '404'])
  })
})
