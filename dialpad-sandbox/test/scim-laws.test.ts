import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ScimError } from '#kit/scim/errors.ts'
import { compileFilter } from '#kit/scim/evaluate.ts'
import { type ComparisonOperator, type Filter, parseFilter, printFilter } from '#kit/scim/filter.ts'
import type { JsonObject } from '#kit/scim/json.ts'
import { applyPatch } from '#kit/scim/patch.ts'
import { parsePatch } from '#kit/scim/patch-request.ts'
import { DIALPAD_USER_TYPE } from '../scim/resource-types.ts'
import { ENTERPRISE_URN, patch, type ServedDialpad, serveDialpad, USER_URN } from './serve.ts'

/** What holds for every request of a kind, over real HTTP. */

let dialpad: ServedDialpad
beforeAll(async () => {
  dialpad = await serveDialpad('empty')
  await dialpad.system.control.setSwitches({ 'scim-dialect': 'strict' })
})
afterAll(() => dialpad.close())

let people = 0
async function create(more: object = {}): Promise<JsonObject & { readonly id: string }> {
  people += 1
  const userName = `person${people}@x.example`
  const body = { schemas: [USER_URN, ENTERPRISE_URN], userName, displayName: `Person ${people}`, ...more }
  const answer = await dialpad.scim('POST', '/Users', body)
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
  return answer.json() as JsonObject & { id: string }
}

const withoutMeta = ({ meta: _, ...rest }: JsonObject): JsonObject => rest

describe('law: PATCH then GET is the answer of the pure engine', () => {
  const word = fc.constantFrom('ada', 'Berg', 'x y', 'ÄÖ', '"quoted"', 'a.b[c]')
  const kind = fc.constantFrom('work', 'home', 'Work')
  const element = fc.record({ value: word, type: kind, primary: fc.boolean() }, { requiredKeys: ['value'] })
  const place = fc.record({ locality: word, type: kind, primary: fc.boolean() }, { requiredKeys: ['locality'] })
  const plural = fc.constantFrom('ims', 'roles', 'entitlements', 'photos')
  const single = fc.constantFrom('nickName', 'title', 'locale', 'profileUrl', 'name.middleName', 'name.honorificPrefix')
  const extension = fc
    .constantFrom('costCenter', 'employeeNumber', 'division')
    .map((name) => `${ENTERPRISE_URN}:${name}`)

  const withValue = fc.constantFrom('add', 'replace')
  const operation = fc.oneof(
    fc.record({ op: withValue, path: fc.oneof(single, extension), value: word }),
    fc.record({ op: fc.constant('remove'), path: fc.oneof(single, extension, plural) }),
    fc.record({ op: withValue, path: plural, value: fc.array(element, { maxLength: 3 }) }),
    fc.record({ op: withValue, path: fc.constant('addresses'), value: fc.array(place, { maxLength: 2 }) }),
    fc.record({ op: withValue, path: kind.map((type) => `addresses[type eq "${type}"].locality`), value: word }),
    fc.record({ op: withValue, path: kind.map((type) => `roles[type eq "${type}"]`), value: element }),
    fc.record({ op: withValue, path: plural.map((name) => `${name}[value eq "ada"].primary`), value: fc.boolean() }),
    fc.record({
      op: fc.constant('remove'),
      path: fc.tuple(plural, kind).map(([name, type]) => `${name}[type eq "${type}"]`),
    }),
    fc.record({
      op: fc.constant('remove'),
      path: plural.map((name) => `${name}[type eq "work" or not (primary eq true)].display`),
    }),
    fc.record({
      op: withValue,
      value: fc.record(
        {
          nickName: word,
          name: fc.record({ familyName: word, givenName: word }, { requiredKeys: [] }),
          ims: fc.array(element, { maxLength: 2 }),
          [ENTERPRISE_URN]: fc.record({ costCenter: word, manager: fc.record({ value: word }) }, { requiredKeys: [] }),
        },
        { requiredKeys: [] },
      ),
    }),
    fc.record({
      op: fc.constantFrom('add', 'remove', 'replace'),
      path: fc.constantFrom('id', 'nothing', 'title['),
      value: word,
    }),
  )
  const start = fc.record(
    {
      nickName: word,
      title: word,
      ims: fc.uniqueArray(fc.record({ value: word, type: kind }), { maxLength: 2, selector: ({ value }) => value }),
    },
    { requiredKeys: [] },
  )

  /** So that selections find something. */
  const FULL = {
    name: { formatted: 'As it was sent' },
    roles: [
      { value: 'ada', type: 'work', primary: true },
      { value: 'Berg', type: 'home' },
    ],
    entitlements: [{ value: 'ada' }, { value: 'x y', type: 'work' }, { value: 'x y', type: 'home' }],
    photos: [
      { value: 'ada', type: 'work' },
      { value: 'ÄÖ', type: 'home' },
    ],
    addresses: [
      { locality: 'Lyon', type: 'work' },
      { locality: 'Paris', type: 'home' },
    ],
  }

  test('with the same refusals, and then nothing is changed', async () => {
    let changed = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(start, fc.array(operation, { minLength: 1, maxLength: 3 }), async (more, operations) => {
        const before = await create({ ...FULL, ...more })
        const body = patch(...operations)
        let expected: JsonObject | ScimError
        try {
          const type = DIALPAD_USER_TYPE
          expected = applyPatch(before, parsePatch(body, { urns: type.urns, exactOps: true }), type).resource
        } catch (error) {
          if (!(error instanceof ScimError)) throw error
          expected = error
        }
        const answer = await dialpad.scim('PATCH', `/Users/${before.id}`, body)
        const after = (await dialpad.scim('GET', `/Users/${before.id}`)).json()
        if (expected instanceof ScimError) {
          refused += 1
          expect(answer.json()).toMatchObject({ status: String(expected.status), scimType: expected.scimType })
          expect(after).toEqual(before)
        } else {
          changed += 1
          expect([answer.status, answer.json()]).toEqual([200, after])
          expect(withoutMeta(after)).toEqual(withoutMeta(expected))
        }
      }),
      { numRuns: 150, seed: 11 },
    )
    expect([changed > 40, refused > 20]).toEqual([true, true])
  })
})

describe('law: a filter selects over HTTP what the pure evaluation selects', () => {
  const text = fc.constantFrom('Ada', 'ada', 'person', 'x.example', '', '"', '\\', 'é', ' and ')
  const path = fc.constantFrom(
    { name: 'userName' },
    { name: 'externalId' },
    { name: 'title' },
    { name: 'name', sub: 'familyName' },
    { name: 'emails', sub: 'value' },
    { urn: ENTERPRISE_URN, name: 'costCenter' },
    { urn: USER_URN, name: 'nickName' },
  )
  const operator = fc.constantFrom<ComparisonOperator>('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le')
  const leaf: fc.Arbitrary<Filter> = fc.oneof(
    fc.record({ kind: fc.constant('present' as const), path }),
    fc.record({ kind: fc.constant('compare' as const), path, operator, value: text }),
    fc.record({
      kind: fc.constant('compare' as const),
      path: fc.constant({ name: 'active' }),
      operator: fc.constantFrom<ComparisonOperator>('eq', 'ne'),
      value: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('element' as const),
      path: fc.constant({ name: 'emails' }),
      filter: fc.record({
        kind: fc.constant('compare' as const),
        path: fc.constantFrom({ name: 'type' }, { name: 'value' }),
        operator,
        value: fc.constantFrom('work', 'WORK', 'other', 'person1@x.example'),
      }),
    }),
  )
  const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.record({ kind: fc.constant('not' as const), filter: tie('filter') }),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        filters: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }))

  test('whatever it says, and reads back as it was', async () => {
    const person = { title: 'Ada', externalId: 'ada', nickName: '"', name: { familyName: 'é' } }
    await create(person)
    await create({ ...person, active: false, emails: [{ value: 'other@x.example', type: 'other' }] })
    await create({ title: ' and ', externalId: '\\', [ENTERPRISE_URN]: { costCenter: 'ada' } })
    const { Resources } = (await dialpad.scim('GET', '/Users?count=1000')).json() as { Resources: JsonObject[] }
    await fc.assert(
      fc.asyncProperty(filter, async (wanted) => {
        const printed = printFilter(wanted)
        expect(printFilter(parseFilter(printed, { urns: DIALPAD_USER_TYPE.urns }))).toBe(printed)
        const expected = Resources.filter(compileFilter(wanted, DIALPAD_USER_TYPE))
        const answer = await dialpad.scim('GET', `/Users?count=1000&filter=${encodeURIComponent(printed)}`)
        expect([printed, answer.status]).toEqual([printed, 200])
        expect(answer.json()).toMatchObject({ totalResults: expected.length, Resources: expected })
      }),
      { numRuns: 150, seed: 12 },
    )
  })
})

describe('law: paging visits each resource once', () => {
  test('while people come anywhere and go ahead of the page; nobody is shown twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom('create', 'delete', 'change', 'rest'), { minLength: 12, maxLength: 12 }),
        fc.constantFrom('', '&filter=active+pr', '&filter=title+eq+%22paged%22'),
        async (count, steps, filter) => {
          const mine: string[] = []
          for (let made = 0; made < 7; made += 1) mine.push((await create({ title: 'paged' })).id)
          const gone = new Set<string>()
          const seen: string[] = []
          let total = Number.POSITIVE_INFINITY
          for (let startIndex = 1, step = 0; startIndex <= total; startIndex += count, step += 1) {
            const page = (await dialpad.scim('GET', `/Users?startIndex=${startIndex}&count=${count}${filter}`)).json()
            total = Number(page['totalResults'])
            seen.push(...(page['Resources'] as { id: string }[]).map(({ id }) => id))
            await disturb(steps[step] ?? 'rest', mine, seen, gone)
          }
          expect(new Set(seen).size).toBe(seen.length)
          expect(mine.filter((id) => !seen.includes(id) && !gone.has(id))).toEqual([])
          for (const id of mine) await dialpad.scim('DELETE', `/Users/${id}`)
        },
      ),
      { numRuns: 12, seed: 13 },
    )
  })

  async function disturb(step: string, mine: string[], seen: readonly string[], gone: Set<string>): Promise<void> {
    const ahead = mine.findLast((id) => !seen.includes(id) && !gone.has(id))
    if (step === 'create') mine.push((await create({ title: 'paged' })).id)
    if (step === 'change' && seen[0] !== undefined) {
      await dialpad.scim(
        'PATCH',
        `/Users/${seen[0]}`,
        patch({ op: 'replace', path: 'nickName', value: String(people) }),
      )
    }
    if (step === 'delete' && ahead !== undefined) {
      gone.add(ahead)
      expect((await dialpad.scim('DELETE', `/Users/${ahead}`)).status).toBe(204)
    }
  }
})
