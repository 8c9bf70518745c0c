import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { USER_TYPE } from '#kit/scim/core-schemas.ts'
import { applyPatch } from '#kit/scim/patch.ts'
import { parsePatch } from '#kit/scim/patch-request.ts'
import { readResource } from '#kit/scim/resource.ts'
import { buildResource } from './build-resource.ts'
import { diffAttributes } from './diff-attributes.ts'
import { heldRoleText } from './expression/role-functions.ts'
import { mapAttributes } from './map-attributes.ts'
import { buildPatch } from './patch-dialect.ts'
import type {
  AttributeDefinition,
  AttributeMapping,
  FlowType,
  MappingSource,
  SourceAttributes,
  TargetResource,
} from './types.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const ACME = 'urn:ietf:params:scim:schemas:extension:Acme:2.0:User'

function attribute(name: string, more: Partial<AttributeDefinition> = {}): AttributeDefinition {
  return {
    name,
    type: 'String',
    primaryKey: false,
    required: false,
    multiValued: false,
    caseExact: false,
    referencedObjects: [],
    ...more,
  }
}

const TARGET: readonly AttributeDefinition[] = [
  attribute('userName'),
  attribute('active', { type: 'Boolean' }),
  attribute('displayName'),
  attribute('externalId', { caseExact: true }),
  attribute('title', { caseExact: true }),
  attribute('name.givenName'),
  attribute('name.familyName'),
  attribute('emails[type eq "work"].value'),
  attribute('phoneNumbers[type eq "mobile"].value'),
  attribute('addresses[type eq "work"].country'),
  attribute(`${ENTERPRISE}:department`),
  attribute(`${ACME}:since`, { type: 'DateTime' }),
  attribute(`${ACME}:floor`, { type: 'Integer' }),
  attribute(`${ACME}:isAgent`, { type: 'Boolean' }),
  attribute('photos', { multiValued: true }),
  attribute('roles', { multiValued: true }),
]
const TOLERANT = {
  undescribedAttributes: 'keep',
  stringBooleans: true,
  createMissingElement: true,
  pathsAsKeys: true,
} as const

const anyText = fc.oneof(
  fc.constantFrom(
    'True',
    'false',
    '2026-03-02',
    '2026-03-02T08:00:00+02:00',
    '17',
    '-0',
    'Ana O"Hara',
    'ŁUKASZ',
    'łukasz',
    '{',
    ' ',
  ),
  fc.string(),
)
const anyRole = fc
  .record({
    id: fc.uuid(),
    value: fc.constantFrom('agent', 'admin', 'Admin', '25'),
    displayName: fc.constantFrom('Agent', 'Admin', 'Desk'),
  })
  .map(heldRoleText)
const anySource: fc.Arbitrary<SourceAttributes> = fc
  .record(
    {
      a: anyText,
      b: anyText,
      flag: fc.boolean(),
      number: fc.integer(),
      list: fc.array(anyText, { maxLength: 4 }),
      appRoleAssignments: fc.array(anyRole, { maxLength: 3 }),
    },
    { requiredKeys: [] },
  )
  .map((source): SourceAttributes => source)
const anyOrigin: fc.Arbitrary<MappingSource> = fc.oneof(
  fc.constantFrom('a', 'b', 'flag', 'number', 'list').map((name): MappingSource => ({ type: 'Attribute', name })),
  anyText.map((value): MappingSource => ({ type: 'Constant', value })),
  fc
    .constantFrom(
      'ToLower([a])',
      'Switch([flag], , "True", "1", "False", "0")',
      'Redact([b])',
      'Split([a], "a")',
      'IgnoreFlowIfNullOrEmpty([b])',
    )
    .map((expression): MappingSource => ({ type: 'Function', expression })),
  fc.constant<MappingSource>({ type: 'None' }),
)
const ROLE_ORIGINS: readonly MappingSource[] = [
  'SingleAppRoleAssignment([appRoleAssignments])',
  'AppRoleAssignmentsComplex([appRoleAssignments])',
  'AssertiveAppRoleAssignmentsComplex([appRoleAssignments])',
].map((expression) => ({ type: 'Function', expression }))

const anyRows: fc.Arbitrary<readonly AttributeMapping[]> = fc
  .uniqueArray(fc.constantFrom(...TARGET), { selector: ({ name }) => name })
  .chain((definitions) => fc.tuple(...definitions.map(({ name }) => rowFor(name))))

function rowFor(targetAttributeName: string): fc.Arbitrary<AttributeMapping> {
  return fc.record({
    targetAttributeName: fc.constant(targetAttributeName),
    source: targetAttributeName === 'roles' ? fc.constantFrom(...ROLE_ORIGINS) : anyOrigin,
    defaultValue: anyText,
    matchingPriority: fc.constant(0),
    flowType: fc.constantFrom<FlowType>(
      'Always',
      'ObjectAddOnly',
      'MultiValueAddOnly',
      'ValueAddOnly',
      'AttributeAddOnly',
    ),
  })
}

/** What a tolerant server makes of a creation. `undefined` where it refuses a value, such as a text for a boolean. */
function created(rows: readonly AttributeMapping[], source: SourceAttributes): TargetResource | undefined {
  const body = buildResource('User', mapAttributes(rows, source, 'create', { definitions: TARGET }))
  return accepted(() => readResource({ userName: 'somebody', ...body }, USER_TYPE, TOLERANT))
}

function accepted(work: () => object): TargetResource | undefined {
  try {
    return { ...work(), id: '1' }
  } catch {
    return undefined
  }
}

describe('laws of mapping', () => {
  test('what flows is never null, empty or a list of nothing', () => {
    fc.assert(
      fc.property(anyRows, anySource, fc.constantFrom('create', 'update'), (rows, source, phase) => {
        for (const value of mapAttributes(rows, source, phase, {
          definitions: TARGET,
          current: { id: '1' },
        }).values()) {
          const texts = typeof value === 'object' ? value.elements.map((element) => element.value) : [value]
          expect(texts.length).toBeGreaterThan(0)
          for (const text of texts) expect([null, undefined, '']).not.toContain(text)
        }
      }),
    )
  })

  test('what was created as mapped has no differences', () => {
    fc.assert(
      fc.property(anyRows, anySource, (rows, source) => {
        const current = created(rows, source)
        fc.pre(current !== undefined)
        const desired = mapAttributes(rows, source, 'update', { definitions: TARGET, current })
        expect(diffAttributes(desired, current, { definitions: TARGET })).toEqual([])
      }),
    )
  })

  test.each(['legacy', 'compliant'] as const)(
    'after a PATCH in the %s dialect there is nothing left to change',
    (dialect) => {
      let patched = 0
      fc.assert(
        fc.property(anyRows, anyRows, anySource, anySource, (before, rows, earlier, now) => {
          const current = created(before, earlier)
          fc.pre(current !== undefined)
          const desired = mapAttributes(rows, now, 'update', { definitions: TARGET, current })
          const changes = diffAttributes(desired, current, { definitions: TARGET })
          fc.pre(changes.length > 0)
          const operations = parsePatch(buildPatch(changes, dialect), { urns: USER_TYPE.urns })
          const after = accepted(() => applyPatch(current, operations, USER_TYPE, TOLERANT).resource)
          fc.pre(after !== undefined)
          patched += 1
          expect(diffAttributes(desired, after, { definitions: TARGET })).toEqual([])
        }),
        { numRuns: 300 },
      )
      expect(patched).toBeGreaterThan(30)
    },
  )
})
