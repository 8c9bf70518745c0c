import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENTERPRISE_URN, GROUP_URN, patch, type ServedDialpad, serveDialpad, USER_URN } from './serve.ts'

const SEARCH_URN = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'

let dialpad: ServedDialpad
let ids: readonly string[]
beforeEach(async () => {
  dialpad = await serveDialpad('empty')
  const people = [
    { userName: 'bo@x.example', title: 'agent', name: { familyName: 'Zhou' } },
    { userName: 'Ada@x.example', title: 'Agent', name: { familyName: 'Ahmed' }, externalId: 'Q7' },
    { userName: 'cy@x.example', name: { familyName: 'Mora' }, emails: [{ value: 'a@x.example', primary: true }] },
  ]
  const made: string[] = []
  for (const person of people) {
    const answer = await dialpad.scim('POST', '/Users', { schemas: [USER_URN], ...person })
    made.push(String(answer.json()['id']))
  }
  ids = made
  for (const displayName of ['Sales', 'Agents']) {
    await dialpad.scim('POST', '/Groups', { schemas: [GROUP_URN], displayName, members: [{ value: ids[0] }] })
  }
})
afterEach(() => dialpad.close())

type Page = Readonly<Record<string, unknown>> & { readonly Resources: readonly Readonly<Record<string, unknown>>[] }

const get = async (path: string): Promise<Page> => {
  const answer = await dialpad.scim('GET', path)
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
  return answer.json() as Page
}
const search = async (path: string, body: object): Promise<Page> => {
  const answer = await dialpad.scim('POST', path, { schemas: [SEARCH_URN], ...body })
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
  return answer.json() as Page
}
const names = (page: Page): readonly unknown[] => page.Resources.map((each) => each['userName'] ?? each['displayName'])

describe('sortBy', () => {
  test.each([
    ['userName', 'ascending', ['Ada@x.example', 'bo@x.example', 'cy@x.example']],
    ['userName', 'descending', ['cy@x.example', 'bo@x.example', 'Ada@x.example']],
    ['name.familyName', 'ascending', ['Ada@x.example', 'cy@x.example', 'bo@x.example']],
    ['emails', 'ascending', ['cy@x.example', 'Ada@x.example', 'bo@x.example']],
    [`${ENTERPRISE_URN}:officeName`, 'descending', ['bo@x.example', 'Ada@x.example', 'cy@x.example']],
    // Without a value last, first when descending; equal ones as they were.
    ['title', 'ascending', ['bo@x.example', 'Ada@x.example', 'cy@x.example']],
    ['title', 'descending', ['cy@x.example', 'bo@x.example', 'Ada@x.example']],
    ['meta.created', 'ascending', ['bo@x.example', 'Ada@x.example', 'cy@x.example']],
  ])('%s %s', async (sortBy, sortOrder, expected) => {
    const page = await get(`/Users?sortBy=${encodeURIComponent(sortBy)}&sortOrder=${sortOrder}`)
    expect([page['totalResults'], names(page)]).toEqual([3, expected])
  })

  test('goes together with a filter and a page', async () => {
    const page = await get('/Users?filter=title+pr&sortBy=userName&startIndex=2&count=1')
    expect(page).toMatchObject({ totalResults: 2, startIndex: 2, itemsPerPage: 1 })
    expect(names(page)).toEqual(['bo@x.example'])
  })

  test('orders groups, by their members too', async () => {
    expect(names(await get('/Groups?sortBy=displayName'))).toEqual(['Agents', 'Sales'])
    expect(names(await get('/Groups?sortBy=members&attributes=displayName'))).toEqual(['Sales', 'Agents'])
  })
})

describe('POST /.search', () => {
  test('asks one kind of resource as GET does', async () => {
    const query = { filter: 'title eq "AGENT"', attributes: ['userName'], sortBy: 'userName', count: 1 }
    expect(await search('/Users/.search', query)).toEqual(
      await get('/Users?filter=title+eq+%22AGENT%22&attributes=userName&sortBy=userName&count=1'),
    )
    expect(await search('/Groups/.search', { excludedAttributes: ['members'] })).toEqual(
      await get('/Groups?excludedAttributes=members'),
    )
  })

  test('asks everything, users first', async () => {
    const all = ['bo@x.example', 'Ada@x.example', 'cy@x.example', 'Sales', 'Agents']
    const page = await search('/.search', {})
    expect([page['totalResults'], names(page)]).toEqual([5, all])
    const pages = []
    for (const startIndex of [1, 3, 5, 7]) pages.push(await search('/.search', { startIndex, count: 2 }))
    expect(pages.flatMap(names)).toEqual(all)
    expect(pages.map((each) => [each['totalResults'], each['itemsPerPage']])).toEqual([
      [5, 2],
      [5, 2],
      [5, 1],
      [5, 0],
    ])
  })

  test('an attribute that a kind of resource does not have is without a value there', async () => {
    const find = async (filter: string) => names(await search('/.search', { filter }))
    expect(await find('userName sw "b"')).toEqual(['bo@x.example'])
    expect(await find('displayName eq "sales" or userName eq "ADA@x.example"')).toEqual(['Ada@x.example', 'Sales'])
    expect(await find('meta.resourceType eq "Group"')).toEqual(['Sales', 'Agents'])
    expect(await find('not (userName pr)')).toEqual(['Sales', 'Agents'])
    expect(await find(`members.value eq "${ids[0]}" and displayName sw "A"`)).toEqual(['Agents'])
  })

  test('an attribute that none has is refused', async () => {
    const answer = await dialpad.scim('POST', '/.search', { schemas: [SEARCH_URN], filter: 'shoeSize pr' })
    expect([answer.status, answer.json()['scimType']]).toEqual([400, 'invalidFilter'])
  })

  test('orders across kinds, and shows what was asked for', async () => {
    const page = await search('/.search', { sortBy: 'displayName', attributes: ['displayName', 'userName'], count: 2 })
    expect(page.Resources).toEqual([
      { schemas: [GROUP_URN], id: expect.any(String), displayName: 'Agents' },
      { schemas: [USER_URN, ENTERPRISE_URN], id: ids[1], userName: 'Ada@x.example', displayName: 'Ahmed' },
    ])
  })

  test('the address of the server itself asks everything too', async () => {
    expect(await get('/?filter=displayName+pr&sortBy=id')).toEqual(
      await search('/.search', { filter: 'displayName pr', sortBy: 'id' }),
    )
  })
})

describe('pages', () => {
  test.each([
    ['startIndex=0&count=2', 1, 2],
    ['startIndex=-7&count=1', 1, 1],
    ['startIndex=4', 4, 0],
    ['startIndex=999999999999999&count=999999999999999', 999999999999999, 0],
    ['count=-1', 1, 0],
    ['count=0', 1, 0],
    ['count=100000', 1, 3],
    ['startIndex=&count=', 1, 3],
  ])('%s starts at %i and holds %i', async (query, startIndex, itemsPerPage) => {
    for (const more of ['', '&filter=userName+pr', '&sortBy=userName']) {
      const page = await get(`/Users?${query}${more}`)
      expect(page).toMatchObject({ totalResults: 3, startIndex, itemsPerPage })
      expect(page.Resources).toHaveLength(itemsPerPage)
    }
  })
})

describe('the whole grammar of filters', () => {
  const find = async (filter: string) => names(await get(`/Users?filter=${encodeURIComponent(filter)}`))
  const [bo, ada, cy] = ['bo@x.example', 'Ada@x.example', 'cy@x.example']

  test.each([
    ['userName eq "ADA@X.EXAMPLE"', [ada]],
    ['externalId eq "q7"', []],
    ['externalId eq "Q7"', [ada]],
    ['USERNAME EQ "bo@x.example"', [bo]],
    ['title ne "agent"', [cy]],
    ['title eq null', [cy]],
    ['title co "GEN"', [bo, ada]],
    ['userName ew "X.example"', [bo, ada, cy]],
    ['name.familyName gt "B"', [bo, cy]],
    ['name.familyName ge "mora" and name.familyName le "mora"', [cy]],
    ['name.familyName lt "B"', [ada]],
    ['not (title pr) or externalId pr', [ada, cy]],
    ['not (title pr or externalId pr)', [cy]],
    ['(title pr and not (externalId pr)) or (userName sw "cy" and active eq true)', [bo, cy]],
    ['emails[value eq "a@x.example" and primary eq true]', [cy]],
    ['emails[type eq "work" and not (primary eq true)]', [cy]],
    ['emails.primary eq true', [bo, ada, cy]],
    ['emails co "a@x"', [ada, cy]],
    [`${USER_URN}:userName eq "bo@x.example"`, [bo]],
    [`${USER_URN}:name.familyName eq "zhou"`, [bo]],
    [`${ENTERPRISE_URN}:licenseType eq "DIALPAD_TALK" and ${ENTERPRISE_URN}:manager.value eq null`, [bo, ada, cy]],
    [`urn:IETF:params:scim:schemas:extension:ENTERPRISE:2.0:user:officeName pr`, [bo, ada, cy]],
    ['meta.created ge "2026-03-02T10:00:00+01:00" and meta.created le "2026-03-02T09:00:00Z"', [bo, ada, cy]],
    [`schemas eq "${ENTERPRISE_URN}"`, [bo, ada, cy]],
  ])('%s', async (filter, expected) => {
    expect(await find(filter)).toEqual(expected)
  })
})

describe('attributes and excludedAttributes', () => {
  const show = async (query: string) => Object.keys((await dialpad.scim('GET', `/Users/${ids[2]}?${query}`)).json())

  test('by name, URN, sub-attribute and extension, in any case', async () => {
    expect(await show('attributes=USERNAME')).toEqual(['schemas', 'id', 'userName'])
    expect(await show(`attributes=${USER_URN}:active`)).toEqual(['schemas', 'id', 'active'])
    expect(await show(`attributes=${ENTERPRISE_URN}`)).toEqual(['schemas', 'id', ENTERPRISE_URN])
    expect(await show('attributes=nothing')).toEqual(['schemas', 'id'])
    expect(await show('attributes=password')).toEqual(['schemas', 'id'])
    expect(await show('excludedAttributes=id,schemas,meta,emails,name')).toEqual([
      'schemas',
      'id',
      'userName',
      'displayName',
      'active',
      'phoneNumbers',
      ENTERPRISE_URN,
    ])
    const answer = await dialpad.scim('GET', `/Users/${ids[2]}?attributes=emails.type,meta.location,name.familyName`)
    expect(answer.json()).toMatchObject({
      name: { familyName: 'Mora' },
      meta: { location: `${dialpad.origin}/scim/Users/${ids[2]}` },
    })
    expect(Object.keys(answer.json()['meta'] as object)).toEqual(['location'])
    const without = await dialpad.scim(
      'GET',
      `/Users/${ids[2]}?excludedAttributes=emails.value,${ENTERPRISE_URN}:officeName`,
    )
    expect(JSON.stringify(without.json()['emails'])).not.toContain('@')
    expect(without.json()[ENTERPRISE_URN]).not.toHaveProperty('officeName')
  })

  test('of the answers to POST, PUT and PATCH too', async () => {
    const person = { schemas: [USER_URN], userName: 'di@x.example' }
    const posted = await dialpad.scim('POST', '/Users?attributes=userName', person)
    const id = String(posted.json()['id'])
    expect([posted.status, Object.keys(posted.json())]).toEqual([201, ['schemas', 'id', 'userName']])
    const put = await dialpad.scim('PUT', `/Users/${id}?attributes=title`, { ...person, title: 'Lead' })
    expect(put.json()).toEqual({ schemas: [USER_URN, ENTERPRISE_URN], id, title: 'Lead' })
    const change = patch({ op: 'remove', path: 'title' })
    const patched = await dialpad.scim('PATCH', `/Users/${id}?excludedAttributes=emails,title`, change)
    expect(patched.json()).not.toHaveProperty('emails')
  })
})
