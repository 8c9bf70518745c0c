import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ID, type Json, openScriptStage, type ScriptStage } from '../apps/test/stage.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

let stage: ScriptStage
let appId: string
let path: string
beforeAll(async () => {
  stage = await openScriptStage()
  appId = await stage.connect('Dialpad')
  path = `/meta/schemas/apps/${appId}/default`
})
afterAll(() => stage.close())

const custom = (properties: Json): Json => ({ definitions: { custom: { id: '#custom', type: 'object', properties } } })
const customOf = (schema: Json): Json =>
  ((schema['definitions'] as Record<string, Json>)['custom']?.['properties'] ?? {}) as Json

describe('the profile of an app', () => {
  test('is a JSON Schema: base attributes with external names, custom ones apart', async () => {
    const schema = await stage.done('GET', path)
    expect(schema).toMatchObject({
      id: `${stage.api.origin}/meta/schemas/apps/${appId}/default`,
      name: 'dialpad',
      title: 'Dialpad User',
      type: 'object',
      definitions: {
        base: {
          id: '#base',
          properties: {
            userName: { title: 'Username', type: 'string', externalName: 'userName', required: true, scope: 'SELF' },
            department: { externalName: 'department', externalNamespace: ENTERPRISE, scope: 'NONE' },
          },
          required: expect.arrayContaining(['userName']),
        },
        custom: { id: '#custom', properties: {} },
      },
    })
  })

  test('POST adds: with members, lengths, scope, external name and namespace; what is sent to the app has it', async () => {
    const properties = {
      licenseType: {
        title: 'Licence',
        type: 'string',
        description: 'What they may use',
        externalName: 'licenseType',
        externalNamespace: ENTERPRISE,
        scope: 'NONE',
        enum: ['dialpad_talk', 'dialpad_lite'],
        oneOf: [
          { const: 'dialpad_talk', title: 'Talk' },
          { const: 'dialpad_lite', title: 'Lite' },
        ],
      },
      nick: { title: 'Nick', type: 'string', scope: 'SELF', minLength: 2, maxLength: 5, required: false },
      sites: { title: 'Sites', type: 'array', items: { type: 'string' }, union: 'ENABLE' },
    }
    const after = customOf(await stage.done('POST', path, custom(properties)))
    expect(after).toMatchObject({
      ...properties,
      nick: { externalName: 'nick', minLength: 2, maxLength: 5, scope: 'SELF' },
    })
    expect((after['nick'] as Json)['externalNamespace']).toBeUndefined()

    const bad = { id: ID('ada.okafor'), profile: { licenseType: 'dialpad-talk' } }
    expect((await stage.refused('POST', `/apps/${appId}/users`, bad)).slice(0, 2)).toEqual([400, 'E0000001'])
    const good = { id: ID('ada.okafor'), profile: { licenseType: 'dialpad_lite', nick: 'Ada' } }
    await stage.done('POST', `/apps/${appId}/users`, good)
    await stage.run()
    const created = stage.target.requests.find(({ method, url }) => method === 'POST' && url.startsWith('/Users'))
    expect(created?.body).toMatchObject({ [ENTERPRISE]: { licenseType: 'dialpad_lite' } })
    // Without a namespace an attribute exists, is set, and is never sent.
    expect(JSON.stringify(created?.body)).not.toContain('nick')
  })

  test('POST merges: what is named changes, null takes a member or a whole property back', async () => {
    await stage.done('POST', path, custom({ nick: { title: 'Nickname', maxLength: 9, minLength: null } }))
    const merged = customOf(await stage.done('GET', path))
    expect(Object.keys(merged)).toEqual(['licenseType', 'nick', 'sites'])
    expect(merged['nick']).toMatchObject({ title: 'Nickname', type: 'string', maxLength: 9, scope: 'SELF' })
    expect(merged['nick']).not.toHaveProperty('minLength')
    const removed = customOf(await stage.done('POST', path, custom({ nick: null, gone: null })))
    expect(Object.keys(removed)).toEqual(['licenseType', 'sites'])
  })

  test('sent back as it was read, nothing changes', async () => {
    const schema = await stage.done('GET', path)
    expect(await stage.done('POST', path, schema)).toEqual(schema)
  })

  test.each([
    ['no title', { a: { type: 'string' } }, /^a: /],
    ['an unknown type', { a: { title: 'A', type: 'date' } }, /^definitions\.custom\.properties\.a\.type: /],
    ['an array of nothing', { a: { title: 'A', type: 'array' } }, /a\.items: /],
    ['a name that is none', { 'a b': { title: 'A', type: 'string' } }, /^a b: /],
    [
      'a base attribute',
      { title: { title: 'Job', type: 'string' } },
      /^title: The attribute belongs to the base profile/,
    ],
    ['a base attribute to be removed', { title: null }, /^title: The attribute belongs to the base profile/],
    [
      'an external name changed afterwards',
      { licenseType: { externalName: 'licence' } },
      /^licenseType: externalName cannot be changed/,
    ],
    ['a type changed afterwards', { licenseType: { type: 'integer' } }, /^licenseType: type cannot be changed/],
    ['lengths the wrong way round', { a: { title: 'A', type: 'string', minLength: 5, maxLength: 2 } }, /^a: /],
    ['members without titles', { a: { title: 'A', type: 'string', enum: ['x'], oneOf: [] } }, /oneOf/],
    ['members of a number', { a: { title: 'A', type: 'number', enum: ['1'] } }, /enum/],
    [
      'a rule of uniqueness, which is not kept',
      { a: { title: 'A', type: 'string', unique: 'UNIQUE_VALIDATED' } },
      /unique/,
    ],
  ])('refused, and nothing of it kept: %s', async (_what, properties, cause) => {
    const before = await stage.done('GET', path)
    const fine = { fine: { title: 'Fine', type: 'string' } }
    const told = await stage.refused('POST', path, custom({ ...fine, ...properties }))
    expect(told.slice(0, 2)).toEqual([400, 'E0000001'])
    expect(told[2]).toMatch(cause)
    expect(await stage.done('GET', path)).toEqual(before)
  })

  test('refused: an unknown app, a changed base, a reader', async () => {
    expect((await stage.refused('GET', '/meta/schemas/apps/0oanobody/default'))[1]).toBe('E0000007')
    expect((await stage.refused('POST', '/meta/schemas/apps/0oanobody/default', custom({})))[1]).toBe('E0000007')
    const base = { definitions: { base: { properties: { title: { title: 'Other' } } } } }
    expect(await stage.refused('POST', path, base)).toEqual([400, 'E0000001', expect.stringMatching(/^title: /)])
    const added = custom({ a: { title: 'A', type: 'string' } })
    expect((await stage.refused('POST', path, added, 'oskar.lindqvist'))[1]).toBe('E0000006')
  })
})

describe('the profile of people', () => {
  test('has the 31 base attributes with their rules, by the word default and by its id', async () => {
    const schema = await stage.done('GET', '/meta/schemas/user/default')
    const { base } = schema['definitions'] as Record<string, Json>
    expect(Object.keys(base?.['properties'] as Json)).toHaveLength(31)
    expect(base?.['properties']).toMatchObject({
      login: { type: 'string', required: true, minLength: 5, maxLength: 100, scope: 'NONE' },
      email: { format: 'email' },
      countryCode: { format: 'country-code' },
      firstName: { minLength: 1, maxLength: 50 },
    })
    expect(base?.['required']).toEqual(['login', 'firstName', 'lastName', 'email'])
    const id = String(schema['id']).split('/').at(-1)
    expect(id).toMatch(/^osc\w{17}$/)
    expect(await stage.done('GET', `/meta/schemas/user/${id}`)).toEqual(schema)
    expect((await stage.refused('GET', '/meta/schemas/user/oscnobody'))[1]).toBe('E0000007')
  })

  test('a custom attribute can be set on people, and goes again', async () => {
    const at = '/meta/schemas/user/default'
    await stage.done('POST', at, custom({ officeName: { title: 'Office', type: 'string', maxLength: 20 } }))
    const user = await stage.done('POST', `/users/${ID('ben.castillo')}`, { profile: { officeName: 'Denver' } })
    expect(user).toMatchObject({ profile: { officeName: 'Denver' } })
    await stage.done('POST', at, custom({ officeName: null }))
    expect(customOf(await stage.done('GET', at))).toEqual({})
    const external = custom({ a: { title: 'A', type: 'string', externalName: 'a' } })
    expect(await stage.refused('POST', at, external)).toEqual([400, 'E0000001', expect.stringMatching(/^a: /)])
  })
})
