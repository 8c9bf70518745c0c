import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ID, type Json, openScriptStage, type ScriptStage } from '../apps/test/stage.ts'

let stage: ScriptStage
let appId: string
let toApp: string
beforeAll(async () => {
  stage = await openScriptStage()
  appId = await stage.connect('Dialpad')
  await stage.add('Another')
  const [mapping] = await stage.list(`/mappings?targetId=${appId}`)
  toApp = String(mapping?.['id'])
})
afterAll(() => stage.close())

const properties = (mapping: Json): Json => mapping['properties'] as Json

describe('mappings', () => {
  test('two for each app, found by their ends; a list leaves the properties out', async () => {
    // The samples of the org have two each.
    expect(await stage.list('/mappings')).toHaveLength(8)
    const [there] = await stage.list(`/mappings?targetId=${appId}`)
    const [back] = await stage.list(`/mappings?sourceId=${appId}`)
    expect(there).toMatchObject({
      id: expect.stringMatching(/^prm\w{17}$/),
      source: { id: expect.stringMatching(/^oty/), name: 'user', type: 'user' },
      target: { id: appId, name: 'dialpad', type: 'appuser' },
    })
    expect(there).not.toHaveProperty('properties')
    expect(back).toMatchObject({ source: { id: appId }, target: { type: 'user' } })
    const people = (there as { source: Json }).source['id']
    expect(await stage.list(`/mappings?sourceId=${people}`)).toHaveLength(4)
    expect(await stage.list(`/mappings?sourceId=${people}&targetId=${appId}`)).toEqual([there])
    expect(await stage.list('/mappings?sourceId=0oanobody')).toEqual([])
    const first = await stage.api.ask('GET', '/api/v1/mappings?limit=3')
    expect([JSON.parse(first.text).length, String(first.headers['link'])]).toEqual([
      3,
      expect.stringContaining('rel="next"'),
    ])
  })

  test('POST changes what it names, null removes; a person who changes is pushed by it', async () => {
    const before = properties(await stage.done('GET', `/mappings/${toApp}`))
    expect(before['title']).toEqual({ expression: 'user.title', pushStatus: 'PUSH' })
    const after = await stage.done('POST', `/mappings/${toApp}`, {
      properties: {
        title: { expression: 'String.toUpperCase(user.title)', pushStatus: 'PUSH' },
        department: { expression: '"Denver"', pushStatus: 'DONT_PUSH' },
        country: null,
      },
    })
    const { country: _, ...kept } = before
    expect(properties(after)).toEqual({
      ...kept,
      title: { expression: 'String.toUpperCase(user.title)', pushStatus: 'PUSH' },
      department: { expression: '"Denver"', pushStatus: 'DONT_PUSH' },
    })
    const { profile } = await stage.done('POST', `/apps/${appId}/users`, { id: ID('ada.okafor') })
    expect(profile).toMatchObject({ title: 'SUPPORT LEAD', department: 'Denver' })
    await stage.run()
    const edit = { profile: { title: 'Head of Support', department: 'Sales' } }
    await stage.done('POST', `/users/${ID('ada.okafor')}`, edit)
    await stage.run()
    expect([...stage.target.users.values()].find(({ externalId }) => externalId === ID('ada.okafor'))).toMatchObject({
      title: 'HEAD OF SUPPORT',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Denver' },
    })
  })

  test('saving a mapping sends nothing by itself', async () => {
    stage.sent()
    await stage.done('POST', `/mappings/${toApp}`, {
      properties: { title: { expression: '"Same"', pushStatus: 'PUSH' } },
    })
    await stage.run()
    expect(stage.sent()).toEqual([])
  })

  test.each([
    ['an attribute there is not', { nope: { expression: 'user.title' } }, /^nope: /],
    ['an expression that cannot be read', { title: { expression: 'user.' } }, /^title: .*position/],
    ['a function there is not', { title: { expression: 'String.shout(user.title)' } }, /^title: /],
    ['an empty expression', { title: { expression: '' } }, /^properties\.title\.expression: /],
    ['another push status', { title: { expression: 'user.title', pushStatus: 'SOMETIMES' } }, /pushStatus: /],
  ])('refused, and nothing of it kept: %s', async (_what, more, cause) => {
    const before = await stage.done('GET', `/mappings/${toApp}`)
    const told = await stage.refused('POST', `/mappings/${toApp}`, { properties: { department: null, ...more } })
    expect(told.slice(0, 2)).toEqual([400, 'E0000001'])
    expect(told[2]).toMatch(cause)
    expect(await stage.done('GET', `/mappings/${toApp}`)).toEqual(before)
  })

  test('refused: an unknown mapping, a body without properties, a reader', async () => {
    expect((await stage.refused('GET', '/mappings/prmnobody'))[1]).toBe('E0000007')
    expect((await stage.refused('POST', '/mappings/prmnobody', { properties: {} }))[1]).toBe('E0000007')
    expect((await stage.refused('POST', `/mappings/${toApp}`, {}))[1]).toBe('E0000001')
    expect((await stage.refused('POST', `/mappings/${toApp}`, { properties: {} }, 'oskar.lindqvist'))[1]).toBe(
      'E0000006',
    )
  })
})
