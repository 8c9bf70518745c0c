import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ObjectMapping, ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import { CUSTOM_APP_DEFAULT_MAPPING } from '#idp/gallery/dialpad/custom-app.ts'
import { DIALPAD_DEFAULT_MAPPING } from '#idp/gallery/dialpad/default-mapping.ts'
import { type GraphSchema, parseGraphSchema, ruleIdOf, toGraphSchema } from './graph-schema.ts'

const CONTEXT = { jobId: 'dialpad.1f0c.6f1d', appName: 'Dialpad' }

const words = fc.string({ minLength: 1, maxLength: 12 })
const source = fc.oneof(
  fc.record({ type: fc.constant('Attribute' as const), name: fc.string() }),
  fc.record({ type: fc.constant('Constant' as const), value: fc.string() }),
  fc.record({ type: fc.constant('Function' as const), expression: fc.string() }),
  fc.constant({ type: 'None' as const }),
)
const row = fc.record(
  {
    source,
    targetAttributeName: words,
    defaultValue: fc.string(),
    matchingPriority: fc.nat(9),
    flowType: fc.constantFrom('Always' as const, 'ObjectAddOnly' as const, 'MultiValueAddOnly' as const),
    flowBehavior: fc.constant('FlowAlways' as const),
  },
  { requiredKeys: ['source', 'targetAttributeName', 'matchingPriority', 'flowType'] },
)
const clause = fc.record({
  attribute: words,
  operator: fc.constantFrom('EQUALS' as const, 'IS NULL' as const, '!&' as const, 'GREATER_THAN_OR_EQUALS' as const),
  value: fc.string(),
})
const definition = fc.record({
  name: words,
  type: fc.constantFrom('String' as const, 'Boolean' as const, 'Reference' as const, 'Integer' as const),
  primaryKey: fc.boolean(),
  required: fc.boolean(),
  multiValued: fc.boolean(),
  caseExact: fc.boolean(),
  referencedObjects: fc.subarray(['User' as const, 'Group' as const]),
})

const mappingOf = (sourceObjectName: 'User' | 'Group'): fc.Arbitrary<ObjectMapping> =>
  fc.record({
    name: words,
    enabled: fc.boolean(),
    scopingFilters: fc.array(fc.record({ title: fc.string(), clauses: fc.array(clause, { maxLength: 3 }) }), {
      maxLength: 3,
    }),
    targetAttributes: fc.array(definition, { maxLength: 5 }),
    sourceObjectName: fc.constant(sourceObjectName),
    targetObjectName: words.map((name) => `${sourceObjectName}:${name}`),
    actions: fc.record({ create: fc.boolean(), update: fc.boolean(), delete: fc.boolean() }),
    attributeMappings: fc.array(row, { maxLength: 5 }),
  })

const anySchema = fc.record({ users: mappingOf('User'), groups: mappingOf('Group') })

/** What a client reads, changes and sends back. */
function sent(change: (document: GraphSchema) => unknown, schema: ProvisioningSchema = DIALPAD_DEFAULT_MAPPING) {
  const document = JSON.parse(JSON.stringify(toGraphSchema(schema, CONTEXT))) as GraphSchema
  return parseGraphSchema(change(document) ?? document)
}

describe('the schema in the words of the graph API', () => {
  test('law: what was read and sent back unchanged is the same mapping', () => {
    fc.assert(
      fc.property(anySchema, (schema) => {
        expect(sent(() => undefined, schema)).toEqual({ ok: true, schema })
      }),
    )
  })

  test.each([
    ['Dialpad', DIALPAD_DEFAULT_MAPPING],
    ['an app of no gallery', CUSTOM_APP_DEFAULT_MAPPING],
  ])('the mapping %s starts with comes back as it was', (_, schema) => {
    expect(sent(() => undefined, schema)).toEqual({ ok: true, schema })
  })

  test('has the members and words of the reference', () => {
    const document = toGraphSchema(DIALPAD_DEFAULT_MAPPING, CONTEXT)
    expect(document).toMatchObject({
      id: CONTEXT.jobId,
      version: 'v1.2',
      directories: [{ name: 'Azure Active Directory' }, { name: 'Dialpad' }],
      synchronizationRules: [
        {
          id: ruleIdOf(CONTEXT.jobId),
          sourceDirectoryName: 'Azure Active Directory',
          targetDirectoryName: 'Dialpad',
          metadata: [{ key: 'supportsProvisionOnDemand', value: 'true' }],
        },
      ],
    })
    const users = document.synchronizationRules[0]?.objectMappings[0]
    expect(users).toMatchObject({ flowTypes: 'Add, Update, Delete', scope: null, sourceObjectName: 'User' })
    expect(users?.attributeMappings[1]).toEqual({
      targetAttributeName: 'active',
      defaultValue: null,
      exportMissingReferences: false,
      flowBehavior: 'FlowWhenChanged',
      flowType: 'Always',
      matchingPriority: 0,
      source: {
        type: 'Function',
        name: 'Switch',
        expression: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
        parameters: [],
      },
    })
  })

  test('a scoping filter has the shape of the reference', () => {
    const clauses = [
      { attribute: 'department', operator: 'EQUALS' as const, value: 'Sales' },
      { attribute: 'jobTitle', operator: 'IS NOT NULL' as const, value: '' },
    ]
    const users = { ...DIALPAD_DEFAULT_MAPPING.users, scopingFilters: [{ title: 'EU sellers', clauses }] }
    const document = toGraphSchema({ ...DIALPAD_DEFAULT_MAPPING, users }, CONTEXT)
    expect(document.synchronizationRules[0]?.objectMappings[0]?.scope).toEqual({
      groups: [
        {
          name: 'EU sellers',
          clauses: [
            { operatorName: 'EQUALS', sourceOperandName: 'department', targetOperand: { values: ['Sales'] } },
            { operatorName: 'IS NOT NULL', sourceOperandName: 'jobTitle', targetOperand: { values: [] } },
          ],
        },
      ],
      inputFilterGroups: [],
      categoryFilterGroups: [],
    })
  })

  test('an action that is not ticked is left out, and none of them is None', () => {
    const { users } = DIALPAD_DEFAULT_MAPPING
    const flowsOf = (actions: ObjectMapping['actions']) =>
      toGraphSchema({ ...DIALPAD_DEFAULT_MAPPING, users: { ...users, actions } }, CONTEXT).synchronizationRules[0]
        ?.objectMappings[0]?.flowTypes
    expect(flowsOf({ create: true, update: false, delete: true })).toBe('Add, Delete')
    expect(flowsOf({ create: false, update: false, delete: false })).toBe('None')
  })
})

describe('a document that cannot be read', () => {
  type Editable = { synchronizationRules: { objectMappings: Record<string, unknown>[] }[] }
  const editable = (document: GraphSchema) => document as unknown as Editable

  test.each([
    ['no object', () => [], ''],
    ['no rules', () => ({ directories: [] }), 'synchronizationRules'],
    [
      'another flow type',
      (document: GraphSchema) => {
        const rows = editable(document).synchronizationRules[0]?.objectMappings[0]?.['attributeMappings'] as {
          flowType: string
        }[]
        for (const each of rows.slice(0, 1)) each.flowType = 'Sometimes'
      },
      'synchronizationRules[0].objectMappings[0].attributeMappings[0].flowType',
    ],
    [
      'words for the actions that are none',
      (document: GraphSchema) => {
        Object.assign(editable(document).synchronizationRules[0]?.objectMappings[1] ?? {}, { flowTypes: 'Create' })
      },
      'synchronizationRules[0].objectMappings[1].flowTypes',
    ],
    [
      'no mapping of groups',
      (document: GraphSchema) => {
        editable(document).synchronizationRules[0]?.objectMappings.pop()
      },
      'synchronizationRules[0].objectMappings',
    ],
    [
      'a target object its directory lacks',
      (document: GraphSchema) => {
        Object.assign(editable(document).synchronizationRules[0]?.objectMappings[0] ?? {}, { targetObjectName: 'User' })
      },
      'directories',
    ],
    [
      'an attribute of no known type',
      (document: GraphSchema) => {
        Object.assign(document.directories[1]?.objects[0]?.attributes[2] ?? {}, { type: 'Complex' })
      },
      'directories[1].objects[0].attributes[2].type',
    ],
    [
      'a clause with two values',
      (document: GraphSchema) => {
        const scope = {
          groups: [
            {
              name: 'Two',
              clauses: [
                { operatorName: 'EQUALS', sourceOperandName: 'city', targetOperand: { values: ['Lyon', 'Oslo'] } },
              ],
            },
          ],
        }
        Object.assign(editable(document).synchronizationRules[0]?.objectMappings[0] ?? {}, { scope })
      },
      'synchronizationRules[0].objectMappings[0].scope.groups[0].clauses[0].targetOperand.values',
    ],
  ])('%s: says where', (_, change, path) => {
    const parsed = sent(change)
    expect(parsed.ok ? parsed.schema : parsed.problems.map((problem) => problem.path)).toContain(path)
  })

  test('law: any JSON is either read or refused with a place, never thrown at', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed = parseGraphSchema(value)
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0)
      }),
    )
  })
})
