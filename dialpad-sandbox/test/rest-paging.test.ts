import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createUser } from '../commands/create-user.ts'
import { updateUser } from '../commands/update-user.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { envelope, type ServedRest, serveRest } from './serve-rest.ts'

const PEOPLE = 45

async function addPerson(served: ServedRest, number: number): Promise<string> {
  const [company] = served.system.store.page('companies', 0, 1)
  const [office] = served.system.store.page('offices', 0, 1)
  if (company === undefined || office === undefined) throw new Error('The world has no company.')
  const user = await createUser(served.system, SYSTEM_ACTOR, {
    companyId: company.id,
    email: `person${number}@test.example`,
    givenName: 'Person',
    familyName: String(number),
    placement: { kind: 'office', officeId: office.id },
    state: 'active',
    origin: 'api',
    withNumber: false,
  })
  return user.id
}

interface Page {
  readonly ids: readonly string[]
  readonly cursor: string | undefined
}

async function readPage(served: ServedRest, query: string, cursor: string | undefined): Promise<Page> {
  const more = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`
  const page = await served.ok('GET', `/users?${query}${more}`)
  return {
    ids: (page['items'] as readonly { id: string }[]).map((user) => user.id),
    cursor: page['cursor'] as string | undefined,
  }
}

async function readAll(
  served: ServedRest,
  query: string,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<readonly string[]> {
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await readPage(served, query, cursor)
    seen.push(...page.ids)
    cursor = page.cursor
    await between()
  } while (cursor !== undefined)
  return seen
}

describe('users, page by page', () => {
  let served: ServedRest
  const ids: string[] = []
  beforeAll(async () => {
    served = await serveRest('empty')
    for (let number = 0; number < PEOPLE; number += 1) ids.push(await addPerson(served, number))
  })
  afterAll(() => served.close())

  test('paging visits each user once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: PEOPLE + 5 }), async (limit) => {
        expect(await readAll(served, `limit=${limit}`)).toEqual(ids)
      }),
      { numRuns: 12 },
    )
  })

  test('law: who is there throughout is visited once, whoever is suspended or comes back between two pages', async () => {
    const change = fc.record({ who: fc.integer({ min: 0, max: PEOPLE - 1 }), active: fc.boolean() })
    const gaps = fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), gaps, async (limit, changes) => {
        for (const id of ids) await updateUser(served.system, SYSTEM_ACTOR, id, { active: true })
        const left = new Set<string>()
        const queue = [...changes]
        const seen = await readAll(served, `state=active&limit=${limit}`, async () => {
          for (const { who, active } of queue.shift() ?? []) {
            const id = ids[who] ?? ''
            if (!active) left.add(id)
            await updateUser(served.system, SYSTEM_ACTOR, id, { active })
          }
        })
        const steady = ids.filter((id) => !left.has(id))
        expect(seen.filter((id) => !left.has(id))).toEqual(steady)
      }),
      { numRuns: 25 },
    )
    for (const id of ids) await updateUser(served.system, SYSTEM_ACTOR, id, { active: true })
  })

  test('the cursor is missing on the last page, also when it is full', async () => {
    const { ids: found, cursor } = await readPage(served, `limit=${PEOPLE}`, undefined)
    expect(found).toEqual(ids)
    expect(cursor).toBeUndefined()
    expect((await readPage(served, '', '')).ids).toEqual(ids)
  })

  test('several states are read one after the other', async () => {
    const suspended = ids.filter((_id, index) => index % 3 === 0)
    for (const id of suspended) await updateUser(served.system, SYSTEM_ACTOR, id, { active: false })
    expect(await readAll(served, 'state=all&limit=4')).toEqual([
      ...ids.filter((id) => !suspended.includes(id)),
      ...suspended,
    ])
    expect(await readAll(served, 'state=suspended&limit=4')).toEqual(suspended)
    for (const id of suspended) await updateUser(served.system, SYSTEM_ACTOR, id, { active: true })
  })

  test('a cursor of another list, with other filters, altered or made up is refused', async () => {
    const { cursor = '' } = await readPage(served, 'limit=5', undefined)
    const refusal = envelope(
      400,
      'badRequest',
      'cursor: not a cursor of this list; pass on the one of the page before, with the same filters',
    )
    for (const address of [
      `/users?state=suspended&cursor=${encodeURIComponent(cursor)}`,
      `/numbers?cursor=${encodeURIComponent(cursor)}`,
      `/users?cursor=${encodeURIComponent(`${cursor.slice(0, -2)}AA`)}`,
      '/users?cursor=5',
    ]) {
      const answer = await served.rest('GET', address)
      expect(answer.status).toBe(400)
      expect(answer.json()).toEqual(refusal)
    }
  })
})

describe('limit', () => {
  let served: ServedRest
  beforeEach(async () => {
    served = await serveRest()
  })
  afterEach(() => served.close())

  const statuses = async (query: string, calls: number): Promise<readonly number[]> => {
    const found: number[] = []
    for (let call = 0; call < calls; call += 1) found.push((await served.rest('GET', `/users${query}`)).status)
    return found
  }

  test('every fifth call with a limit above 100 is refused', async () => {
    expect(await statuses('?limit=500', 10)).toEqual([200, 200, 200, 200, 400, 200, 200, 200, 200, 400])
    expect(await statuses('?limit=100', 6)).toEqual([200, 200, 200, 200, 200, 200])
  })

  test('calls with smaller limits in between do not count, and the switch turns it off', async () => {
    expect(await statuses('?limit=101', 4)).toEqual([200, 200, 200, 200])
    expect(await statuses('?limit=10', 2)).toEqual([200, 200])
    await served.system.control.setSwitches({ 'rest-large-pages': 'off' })
    expect(await statuses('?limit=101', 6)).toEqual([200, 200, 200, 200, 200, 200])
  })

  test('a limit that is none is refused', async () => {
    expect((await served.rest('GET', '/users?limit=0')).json()).toEqual(
      envelope(400, 'badRequest', 'limit: must be at least 1'),
    )
    expect((await served.rest('GET', '/users?limit=many')).status).toBe(400)
  })
})
