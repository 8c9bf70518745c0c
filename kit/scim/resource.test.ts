import { describe, expect, it, test } from 'vitest'
import { ENTERPRISE_USER_SCHEMA, ENTERPRISE_USER_URN, GROUP_TYPE, USER_SCHEMA, USER_TYPE } from './core-schemas.ts'
import { renderResourceType, renderSchema, renderServiceProviderConfig } from './discovery.ts'
import { badRequest, ScimError, toErrorBody } from './errors.ts'
import type { JsonObject } from './json.ts'
import { createProjection } from './projection.ts'
import { readResource, refuseImmutableChanges } from './resource.ts'
import { defineAttribute, defineResourceType, extendSchema } from './schema.ts'
import {
  createOrdering,
  LIST_RESPONSE_URN,
  readProjectionRequest,
  readSearchBody,
  readSearchRequest,
  renderListResponse,
} from './search.ts'

const CORE = USER_SCHEMA.id

describe('reading a body', () => {
  it('spells names as the schema does, drops read-only attributes, nulls and empty lists', () => {
    const body = {
      schemas: [CORE, ENTERPRISE_USER_URN],
      id: 'mine',
      USERNAME: 'ada',
      name: { FamilyName: 'Lovelace', givenName: null },
      emails: [{ Value: 'a@x.example', primary: true }],
      roles: [],
      groups: [{ value: 'g' }],
      meta: { resourceType: 'User' },
      title: null,
      [ENTERPRISE_USER_URN.toUpperCase()]: { Department: 'Sales', manager: null },
    }
    expect(readResource(body, USER_TYPE)).toEqual({
      schemas: [CORE, ENTERPRISE_USER_URN],
      userName: 'ada',
      name: { familyName: 'Lovelace' },
      emails: [{ value: 'a@x.example', primary: true }],
      [ENTERPRISE_USER_URN]: { department: 'Sales' },
    })
  })

  it('lists an extension in schemas by what is there, not by what was announced', () => {
    const announced = { schemas: [CORE, ENTERPRISE_USER_URN], userName: 'ada' }
    expect(readResource(announced, USER_TYPE)['schemas']).toEqual([CORE])
    const silent = { schemas: [CORE], userName: 'ada', [ENTERPRISE_USER_URN]: { division: 'A' } }
    expect(readResource(silent, USER_TYPE)['schemas']).toEqual([CORE, ENTERPRISE_USER_URN])
  })

  it('accepts the custom attributes an extension was given', () => {
    const schema = extendSchema(ENTERPRISE_USER_SCHEMA, [
      defineAttribute('officeName'),
      defineAttribute('floor', { type: 'integer' }),
    ])
    const type = defineResourceType({ ...USER_TYPE, extensions: [{ schema, required: false }] })
    const body = { schemas: [CORE], userName: 'ada', [ENTERPRISE_USER_URN]: { officename: 'Lyon', floor: 2 } }
    expect(readResource(body, type)[ENTERPRISE_USER_URN]).toEqual({ officeName: 'Lyon', floor: 2 })
    expect(() => readResource(body, USER_TYPE)).toThrow(`There is no attribute ${ENTERPRISE_USER_URN}:officename.`)
  })

  const good = { schemas: [CORE], userName: 'ada' }
  test.each([
    ['no object', [], 'invalidSyntax'],
    ['no schemas', { userName: 'ada' }, 'invalidSyntax'],
    ['schemas without the core schema', { schemas: [ENTERPRISE_USER_URN], userName: 'ada' }, 'invalidSyntax'],
    ['a schema the type does not have', { ...good, schemas: [CORE, 'urn:x:y'] }, 'invalidSyntax'],
    ['an undescribed attribute', { ...good, shoe: 1 }, 'invalidSyntax'],
    ['no userName', { schemas: [CORE] }, 'invalidValue'],
    ['an empty userName', { ...good, userName: '' }, 'invalidValue'],
    ['a number for a text', { ...good, title: 1 }, 'invalidValue'],
    ['a text for a boolean', { ...good, active: 'True' }, 'invalidValue'],
    [
      'two primaries',
      {
        ...good,
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      'invalidValue',
    ],
    ['a prototype', JSON.parse('{"schemas":[],"__proto__":{}}'), 'invalidSyntax'],
  ])('refuses %s', (_, body, scimType) => {
    expect(() => readResource(body, USER_TYPE)).toThrow(expect.objectContaining({ status: 400, scimType }))
  })

  it('meets clients half-way where it is told to', () => {
    const body = {
      schemas: [CORE, 'urn:x:y'],
      userName: 'ada',
      active: 'False',
      shoe: 44,
      [ENTERPRISE_USER_URN]: { manager: '7' },
    }
    const options = {
      unknownSchemas: true,
      stringBooleans: true,
      undescribedAttributes: 'keep',
      bareComplexValues: true,
    } as const
    expect(readResource(body, USER_TYPE, options)).toMatchObject({
      active: false,
      shoe: 44,
      [ENTERPRISE_USER_URN]: { manager: { value: '7' } },
    })
    expect(readResource({ userName: 'ada' }, USER_TYPE, { schemasOptional: true })).toEqual(good)
  })

  it('refuses to overwrite an immutable attribute', () => {
    const type = defineResourceType({
      ...USER_TYPE,
      schema: extendSchema(USER_SCHEMA, [defineAttribute('badge', { mutability: 'immutable' })]),
    })
    expect(() => refuseImmutableChanges({ badge: '1' }, { badge: '2' }, type)).toThrow(
      'badge cannot be changed once it is set.',
    )
    expect(() => refuseImmutableChanges({ badge: '1' }, { badge: '1' }, type)).not.toThrow()
    expect(() => refuseImmutableChanges({}, { badge: '1' }, type)).not.toThrow()
  })
})

describe('showing a resource', () => {
  const ada = {
    schemas: [CORE, ENTERPRISE_USER_URN],
    id: '1',
    userName: 'ada',
    password: 'secret',
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [{ value: 'a@x.example', type: 'work' }],
    [ENTERPRISE_USER_URN]: { department: 'Sales', division: 'A' },
  }
  const always = { schemas: ada.schemas, id: '1' }
  const cases: readonly (readonly [string, { attributes?: string[]; excludedAttributes?: string[] }, JsonObject])[] = [
    ['what is asked for, whatever its case', { attributes: ['USERNAME'] }, { ...always, userName: 'ada' }],
    ['a sub-attribute alone', { attributes: ['name.givenName'] }, { ...always, name: { givenName: 'Ada' } }],
    [
      'a sub-attribute of every element',
      { attributes: ['emails.value'] },
      { ...always, emails: [{ value: 'a@x.example' }] },
    ],
    ['never a password', { attributes: ['password'] }, always],
    [
      'an extension attribute by its URN',
      { attributes: [`${ENTERPRISE_USER_URN}:department`] },
      { ...always, [ENTERPRISE_USER_URN]: { department: 'Sales' } },
    ],
    [
      'an extension by its URN',
      { attributes: [ENTERPRISE_USER_URN] },
      { ...always, [ENTERPRISE_USER_URN]: ada[ENTERPRISE_USER_URN] },
    ],
    [
      'all but what is excluded, and never without id and schemas',
      { excludedAttributes: ['id', 'schemas', 'emails', 'name.givenName', ENTERPRISE_USER_URN] },
      { ...always, userName: 'ada', name: { familyName: 'Lovelace' } },
    ],
    ['the least for a name nobody knows', { attributes: ['shoe', '???'] }, always],
  ]
  test.each(cases)('shows %s', (_, request, shown) => {
    expect(createProjection(USER_TYPE, request)(ada)).toEqual(shown)
  })

  it('shows everything but what is never returned when nothing is asked', () => {
    const { password: _, ...rest } = ada
    expect(createProjection(USER_TYPE)(ada)).toEqual(rest)
  })

  it('shows what is returned on request only when it is asked for', () => {
    const members = defineAttribute('members', { returned: 'request' })
    const type = defineResourceType({ ...GROUP_TYPE, schema: extendSchema(GROUP_TYPE.schema, [members]) })
    expect(createProjection(type)({ members: 'x' })).toEqual({})
    expect(createProjection(type, { attributes: ['members'] })({ members: 'x' })).toEqual({ members: 'x' })
  })
})

describe('searching', () => {
  const options = { defaultCount: 100, maxCount: 200 }
  test.each([
    [{}, 1, 100],
    [{ startIndex: '0', count: '-5' }, 1, 0],
    [{ startIndex: '-3', count: '1000' }, 1, 200],
    [{ STARTINDEX: '7', count: 2 }, 7, 2],
  ])('reads the page of %j', (query, startIndex, count) => {
    expect(readSearchRequest(query, options)).toMatchObject({ startIndex, count })
  })

  test.each([
    [{ count: 'many' }, 'invalidValue'],
    [{ startIndex: '1.5' }, 'invalidValue'],
    [{ startIndex: '9'.repeat(30) }, 'invalidValue'],
    [{ filter: ['a', 'b'] }, 'invalidValue'],
    [{ filter: 'x' }, 'invalidFilter'],
    [{ sortBy: '??' }, 'invalidPath'],
    [{ sortOrder: 'up' }, 'invalidValue'],
  ])('refuses %j', (query, scimType) => {
    expect(() => readSearchRequest(query, options)).toThrow(expect.objectContaining({ status: 400, scimType }))
  })

  it('reads lists of names from an address and from a body', () => {
    expect(readSearchRequest({ attributes: 'userName, name.givenName' }, options).attributes).toEqual([
      'userName',
      'name.givenName',
    ])
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      excludedAttributes: ['members'],
      count: 3,
    }
    expect(readSearchBody(body, options)).toMatchObject({ excludedAttributes: ['members'], count: 3 })
    expect(() => readSearchBody({ count: 3 }, options)).toThrow(expect.objectContaining({ scimType: 'invalidSyntax' }))
  })

  it('reads what to show from the query of any request, whatever else it holds', () => {
    expect(readProjectionRequest({ Attributes: 'userName,id', sortOrder: 'up', filter: '(' })).toEqual({
      attributes: ['userName', 'id'],
      excludedAttributes: [],
    })
    expect(() => readProjectionRequest({ attributes: [7] })).toThrow('attributes must be a list of attribute names.')
  })

  it('renders an empty list with all its members', () => {
    expect(renderListResponse({ totalResults: 0, startIndex: 1, resources: [] })).toEqual({
      schemas: [LIST_RESPONSE_URN],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    })
  })

  it('sorts by the schema, with what has no value last, or first when descending', () => {
    const people = [{ userName: 'bo' }, {}, { userName: 'Ada' }, { userName: 'Cy' }]
    const names = (order: 'ascending' | 'descending') => {
      const { keyOf, compare } = createOrdering(USER_TYPE, { name: 'userName' }, order)
      return people.toSorted((left, right) => compare(keyOf(left), keyOf(right))).map((person) => person.userName)
    }
    expect(names('ascending')).toEqual(['Ada', 'bo', 'Cy', undefined])
    expect(names('descending')).toEqual([undefined, 'Cy', 'bo', 'Ada'])
  })

  it('sorts by the primary value', () => {
    const people = [{ emails: [{ value: 'a' }, { value: 'z', primary: true }] }, { emails: [{ value: 'b' }] }]
    const { keyOf, compare } = createOrdering(USER_TYPE, { name: 'emails' })
    expect(people.toSorted((left, right) => compare(keyOf(left), keyOf(right)))).toEqual([people[1], people[0]])
    expect(() => createOrdering(USER_TYPE, { name: 'password' })).toThrow('nobody can sort by it')
    expect(() => createOrdering(USER_TYPE, { name: 'shoe' })).toThrow('There is no attribute shoe to sort by.')
    expect(() => createOrdering(USER_TYPE, { name: 'name' })).toThrow('name has no sub-attribute value to sort by.')
  })
})

describe('documents', () => {
  it('renders errors with the status as text', () => {
    expect(toErrorBody(badRequest('invalidFilter', 'No.'))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '400',
      scimType: 'invalidFilter',
      detail: 'No.',
    })
    expect(toErrorBody(new ScimError(404, undefined, 'Gone.'))).not.toHaveProperty('scimType')
  })

  it('claims nothing it is not told to claim', () => {
    const config = renderServiceProviderConfig(
      { patch: true, changePassword: false, sort: false, etag: false, authenticationSchemes: [] },
      'http://localhost/scim',
    )
    expect(config).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: false, maxResults: 0 },
      meta: { location: 'http://localhost/scim/ServiceProviderConfig' },
    })
  })

  it('renders types and schemas with their addresses', () => {
    expect(renderResourceType(USER_TYPE, '/scim')).toMatchObject({
      id: 'User',
      endpoint: '/Users',
      schema: CORE,
      schemaExtensions: [{ schema: ENTERPRISE_USER_URN, required: false }],
    })
    const { attributes, id } = renderSchema(USER_SCHEMA, '/scim') as { attributes: JsonObject[]; id: string }
    expect(id).toBe(CORE)
    expect(attributes.find(({ name }) => name === 'userName')).toMatchObject({
      required: true,
      uniqueness: 'server',
      caseExact: false,
    })
    expect(attributes.find(({ name }) => name === 'active')).not.toHaveProperty('caseExact')
    expect(attributes.find(({ name }) => name === 'emails')?.['subAttributes']).toHaveLength(4)
  })
})
