import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DIALPAD_DEFAULT_MAPPING } from '#idp/gallery/dialpad/default-mapping.ts'
import type { Visitor } from '#kit/test/visitor.ts'
import type { GraphSchema } from '../graph-schema.ts'
import { AT, type ConnectedEntra, startConnected } from './start-connected.ts'

const SCHEMA = `${AT}/schema`

let entra: ConnectedEntra
beforeAll(async () => {
  entra = await startConnected()
})
afterAll(() => entra.close())

let naomi: Visitor
beforeEach(async () => {
  naomi = await entra.visitor('naomi.clarke')
})
afterEach(() => entra.system.control.reset())

/** The document in the box, changed as somebody would change it. */
async function edited(change: (document: GraphSchema) => void): Promise<string> {
  await naomi.open(SCHEMA)
  const document = JSON.parse(naomi.valueOf('schema') ?? '') as GraphSchema
  change(document)
  return JSON.stringify(document)
}

const usersOf = (document: GraphSchema) => {
  const mapping = document.synchronizationRules[0]?.objectMappings[0]
  if (mapping === undefined) throw new Error('The document has no mapping of users.')
  return mapping
}

describe('the schema editor', () => {
  test('shows the document of the graph API, and gives it as a file', async () => {
    await naomi.open(`${AT}/mapping/users`)
    await naomi.follow('Review your schema here')
    for (const label of ['Save', 'Discard', 'Download']) expect(naomi.text).toContain(label)
    const shown = JSON.parse(naomi.valueOf('schema') ?? '') as GraphSchema
    expect(shown).toMatchObject({ id: entra.job().id, directories: [{}, { name: 'Dialpad' }] })
    await naomi.follow('Download')
    expect(naomi.html).toBe(`${JSON.stringify(shown, null, 2)}\n`)
  })

  test('an edited document is saved after Yes, and looks at everybody again', async () => {
    const text = await edited((document) => {
      usersOf(document).attributeMappings.splice(7, 1)
      usersOf(document).flowTypes = 'Add, Update'
    })
    await naomi.submit('/schema', { schema: text })
    expect(naomi.path).toBe(`${SCHEMA}/save`)
    for (const line of ['1 row changed', 'Users: Removed: title', 'Users: Target Object Actions: Create, Update']) {
      expect(naomi.text).toContain(line)
    }
    expect(entra.job().schema).toEqual(DIALPAD_DEFAULT_MAPPING)
    await naomi.submit('/schema/save')
    expect(naomi.text).toContain('The schema was saved: 1 row changed.')
    expect(entra.job().schema.users.attributeMappings.map((row) => row.targetAttributeName)).not.toContain('title')
    expect(entra.job().schema.users.actions.delete).toBe(false)
    expect(entra.system.store.get('provisioningRuns', entra.job().id)?.watermark).toBeNull()
  })

  test('until then it is an unsaved change, which Discard drops', async () => {
    const text = await edited((document) => usersOf(document).attributeMappings.pop())
    await naomi.submit('/schema', { schema: text })
    await naomi.follow('No')
    expect(naomi.text).toContain('There are unsaved changes')
    expect(JSON.parse(naomi.valueOf('schema') ?? '')).toEqual(JSON.parse(text))
    await naomi.open(`${AT}/mapping/users`)
    expect(naomi.text).toContain('There are unsaved changes')
    await naomi.open(SCHEMA)
    await naomi.submit('/schema/discard')
    expect(naomi.text).toContain('The changes were discarded.')
    expect(naomi.text).not.toContain('unsaved changes')
  })

  test('a document as it was downloaded changes nothing and restarts nothing', async () => {
    const before = entra.system.store.get('provisioningRuns', entra.job().id)
    const text = await edited(() => undefined)
    await naomi.submit('/schema', { schema: text })
    expect(naomi.path).toBe(SCHEMA)
    expect(naomi.text).toContain('There were no changes to save.')
    expect(entra.system.store.get('provisioningRuns', entra.job().id)).toEqual(before)
  })

  test.each([
    ['nothing', () => '', 'It is no JSON.'],
    ['text that is no JSON', () => '{ "directories": [', 'It is no JSON.'],
    ['JSON of another kind', () => '{"value": []}', 'synchronizationRules:'],
    [
      'a flow type that does not exist',
      (document: GraphSchema) => {
        Object.assign(usersOf(document).attributeMappings[2] ?? {}, { flowType: 'Sometimes' })
        return JSON.stringify(document)
      },
      'attributeMappings[2].flowType:',
    ],
    [
      'an expression that cannot be read',
      (document: GraphSchema) => {
        Object.assign(usersOf(document).attributeMappings[1]?.source ?? {}, { expression: 'Switch([IsSoftDeleted]' })
        return JSON.stringify(document)
      },
      'synchronizationRules[0].objectMappings[0].attributeMappings[1]: At character',
    ],
    [
      'nothing that matches objects',
      (document: GraphSchema) => {
        for (const row of usersOf(document).attributeMappings) row.matchingPriority = 0
        return JSON.stringify(document)
      },
      'At least one attribute must be used to match objects.',
    ],
    [
      'a list without an attribute the app requires',
      (document: GraphSchema) => {
        document.directories[1]?.objects[0]?.attributes.splice(1, 1)
        return JSON.stringify(document)
      },
      'The attribute userName is required and cannot be removed.',
    ],
    [
      'a scoping filter without a clause',
      (document: GraphSchema) => {
        Object.assign(usersOf(document), { scope: { groups: [{ name: 'Nobody', clauses: [] }] } })
        return JSON.stringify(document)
      },
      'Scoping filter Nobody',
    ],
  ])('%s is refused beside the field, and changes nothing', async (_, change, message) => {
    let text = ''
    await edited((document) => {
      text = change(document)
    })
    await naomi.submit('/schema', { schema: text })
    expect(naomi.status).toBe(422)
    expect(naomi.html).toContain('field-schema-problem')
    expect(naomi.text).toContain('The schema is invalid, and nothing was changed')
    expect(naomi.text).toContain(message)
    expect(naomi.valueOf('schema')).toBe(text)
    await naomi.open(SCHEMA)
    expect(naomi.text).not.toContain('unsaved changes')
    expect(entra.job().schema).toEqual(DIALPAD_DEFAULT_MAPPING)
  })
})
