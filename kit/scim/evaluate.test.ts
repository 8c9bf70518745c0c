import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ENTERPRISE_USER_URN, USER_TYPE } from './core-schemas.ts'
import { compileFilter } from './evaluate.ts'
import { parseFilter } from './filter.ts'
import type { JsonObject } from './json.ts'

const ada = {
  schemas: [...USER_TYPE.urns],
  id: 'A1',
  externalId: 'Ext-1',
  userName: 'Ada@brightwave.example',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  active: true,
  nickName: '',
  emails: [
    { type: 'work', value: 'ada@brightwave.example', primary: true },
    { type: 'home', value: 'ada@home.example' },
  ],
  meta: { created: '2026-03-01T09:00:00Z' },
  [ENTERPRISE_USER_URN]: { department: 'Sales', manager: { value: 'M1' } },
}

function matches(text: string, resource: JsonObject = ada): boolean {
  return compileFilter(parseFilter(text, { urns: USER_TYPE.urns }), USER_TYPE)(resource)
}

describe('evaluating filters', () => {
  test.each([
    ['userName is compared without case', 'username eq "ada@BRIGHTWAVE.example"', true],
    ['externalId is compared with case', 'externalId eq "ext-1"', false],
    ['externalId matches as it is spelt', 'externalId eq "Ext-1"', true],
    ['a sub-attribute is read', 'name.familyName sw "love"', true],
    ['any value of a multi-valued attribute matches', 'emails.value ew "home.example"', true],
    ['a multi-valued attribute stands for its values', 'emails co "@home."', true],
    ['a value path asks one element for everything', 'emails[type eq "home" and primary eq true]', false],
    ['a value path matches the element that has it all', 'emails[type eq "work" and primary eq true]', true],
    ['a comparison behind a value path is about that element', 'emails[type eq "home"].value co "brightwave"', false],
    ['an extension attribute is read through its URN', `${ENTERPRISE_USER_URN}:department eq "sales"`, true],
    ['a reference stands for its value', `${ENTERPRISE_USER_URN}:manager eq "M1"`, true],
    ['the core URN may be written', 'urn:ietf:params:scim:schemas:core:2.0:User:active eq true', true],
    ['dates are compared as instants', 'meta.created eq "2026-03-01T10:00:00+01:00"', true],
    ['a later date is greater', 'meta.created gt "2026-03-01T09:00:01Z"', false],
    ['an empty text is not present', 'nickName pr', false],
    ['eq null means not present', 'title eq null', true],
    ['ne matches what has no value', 'title ne "Boss"', true],
    ['eq does not match what has no value', 'title eq "Boss"', false],
    ['not turns round', 'not (active eq true)', false],
    ['and binds tighter than or', 'active eq true or title pr and nickName pr', true],
  ])('%s', (_, text, expected) => {
    expect(matches(text)).toBe(expected)
  })

  test.each([
    ['shoeSize eq "44"', 'There is no attribute shoeSize to filter on.'],
    ['name.shoe eq "44"', 'There is no attribute name.shoe to filter on.'],
    ['active gt true', 'active is of type boolean: it cannot be compared so (gt).'],
    ['active eq "True"', 'active is of type boolean: it cannot be compared so (eq).'],
    ['userName eq 7', 'userName is of type string: it cannot be compared so (eq).'],
    ['name eq "Ada"', 'name is complex: compare one of its sub-attributes.'],
    ['title gt null', 'null is compared with eq or ne, not with gt.'],
    ['meta.created gt "soon"', '"soon" is not a date and time.'],
  ])('refuses %s', (text, detail) => {
    expect(() => matches(text)).toThrow(expect.objectContaining({ scimType: 'invalidFilter', detail }))
  })

  it('lets nobody guess at what is never shown', () => {
    expect(() => matches('password sw "a"')).toThrow(expect.objectContaining({ status: 400, scimType: 'sensitive' }))
  })

  it('looks undescribed attributes up, and takes texts for booleans, where that is tolerated', () => {
    const filter = parseFilter('badgeColour eq "RED" and active eq "True"')
    const test = compileFilter(filter, USER_TYPE, { undescribedAttributes: true, stringBooleans: true })
    expect(test({ ...ada, BadgeColour: 'red' })).toBe(true)
    expect(test(ada)).toBe(false)
  })

  it('agrees with a plain reading of and, or, not over single values', () => {
    const user = fc.record(
      { title: fc.constantFrom('a', 'B', 'c'), active: fc.boolean() },
      { requiredKeys: ['active'] },
    )
    const leaf = fc.constantFrom('title eq "A"', 'title eq "b"', 'active eq true', 'title pr')
    const naive = (term: string, { title, active }: { title?: string; active: boolean }): boolean =>
      term === 'title pr'
        ? title !== undefined
        : term === 'active eq true'
          ? active
          : title?.toLowerCase() === term.slice(10, 11).toLowerCase()
    fc.assert(
      fc.property(user, leaf, leaf, leaf, (resource, a, b, c) => {
        const [x, y, z] = [naive(a, resource), naive(b, resource), naive(c, resource)]
        expect(matches(`${a} or ${b} and ${c}`, resource)).toBe(x || (y && z))
        expect(matches(`(${a} or ${b}) and not (${c})`, resource)).toBe((x || y) && !z)
      }),
    )
  })
})
