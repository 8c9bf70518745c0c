import { z } from 'zod'
import type {
  AttributeDefinition,
  AttributeMapping,
  MappingSource,
  ObjectMapping,
  ProvisioningSchema,
  ScopingFilter,
} from '#idp/core/provisioning/types.ts'
import { guidOf } from '#kit/ids.ts'
import { SOURCE_ATTRIBUTES } from './source-attributes.ts'

/**
 * A mapping in the JSON of the graph API (reference 11.4) and back: what *Review your schema* shows and takes, and what the
 * calls on `…/jobs/{id}/schema` answer and accept. Pure.
 */

/** Name of the source directory. It was never renamed (reference 12.2, #30). */
export const SOURCE_DIRECTORY_NAME = 'Azure Active Directory'

/** What stands around the mapping in its JSON. */
export interface GraphSchemaContext {
  readonly jobId: string
  /** Display name of the app, which is the name of the target directory. */
  readonly appName: string
}

/** Id of the one synchronization rule of a job: what provisioning on demand names. */
export function ruleIdOf(jobId: string): string {
  return guidOf(`${jobId}/rule`)
}

/** The document, as the graph API words it. */
export type GraphSchema = ReturnType<typeof toGraphSchema>

/** The mapping of a job as the graph API shows it. */
export function toGraphSchema(schema: ProvisioningSchema, { jobId, appName }: GraphSchemaContext) {
  const mappings = [schema.users, schema.groups]
  return {
    id: jobId,
    version: 'v1.2',
    directories: [
      {
        id: guidOf(`${jobId}/source`),
        name: SOURCE_DIRECTORY_NAME,
        objects: mappings.map(({ sourceObjectName }) => ({
          name: sourceObjectName,
          attributes: SOURCE_ATTRIBUTES[sourceObjectName].map(graphAttribute),
        })),
      },
      {
        id: guidOf(`${jobId}/target`),
        name: appName,
        objects: mappings.map(({ targetObjectName, targetAttributes }) => ({
          name: targetObjectName,
          attributes: targetAttributes.map(graphAttribute),
        })),
      },
    ],
    synchronizationRules: [
      {
        id: ruleIdOf(jobId),
        name: 'USER_OUTBOUND_USER',
        priority: 1,
        editable: true,
        containerFilter: null,
        groupFilter: null,
        sourceDirectoryName: SOURCE_DIRECTORY_NAME,
        targetDirectoryName: appName,
        metadata: [{ key: 'supportsProvisionOnDemand', value: 'true' }],
        objectMappings: mappings.map(graphObjectMapping),
      },
    ],
  }
}

function graphAttribute(definition: AttributeDefinition) {
  const { name, type, primaryKey, required, multiValued, caseExact, referencedObjects } = definition
  return {
    name,
    type,
    anchor: primaryKey,
    caseExact,
    multivalued: multiValued,
    mutability: 'ReadWrite',
    required,
    referencedObjects: referencedObjects.map((referencedObjectName) => ({
      referencedObjectName,
      referencedProperty: null,
    })),
  }
}

/** Each of the actions by the word of the graph API. */
const FLOW_TYPES = [
  ['create', 'Add'],
  ['update', 'Update'],
  ['delete', 'Delete'],
] as const

function graphObjectMapping(mapping: ObjectMapping) {
  const flows = FLOW_TYPES.filter(([action]) => mapping.actions[action]).map(([, word]) => word)
  return {
    name: mapping.name,
    enabled: mapping.enabled,
    flowTypes: flows.length === 0 ? 'None' : flows.join(', '),
    sourceObjectName: mapping.sourceObjectName,
    targetObjectName: mapping.targetObjectName,
    scope:
      mapping.scopingFilters.length === 0
        ? null
        : { groups: mapping.scopingFilters.map(graphFilter), inputFilterGroups: [], categoryFilterGroups: [] },
    metadata: [],
    attributeMappings: mapping.attributeMappings.map(graphAttributeMapping),
  }
}

function graphFilter({ title, clauses }: ScopingFilter) {
  return {
    name: title,
    clauses: clauses.map(({ attribute, operator, value }) => ({
      operatorName: operator,
      sourceOperandName: attribute,
      targetOperand: { values: value === '' ? [] : [value] },
    })),
  }
}

function graphAttributeMapping(row: AttributeMapping) {
  return {
    targetAttributeName: row.targetAttributeName,
    defaultValue: row.defaultValue ?? null,
    exportMissingReferences: false,
    flowBehavior: row.flowBehavior ?? 'FlowWhenChanged',
    flowType: row.flowType,
    matchingPriority: row.matchingPriority,
    source: graphSource(row.source),
  }
}

function graphSource(source: MappingSource) {
  switch (source.type) {
    case 'Attribute':
      return { type: source.type, name: source.name, expression: `[${source.name}]`, parameters: [] }
    case 'Constant':
      return { type: source.type, name: source.value, expression: JSON.stringify(source.value), parameters: [] }
    case 'Function': {
      const name = /^\s*(\w+)/.exec(source.expression)?.[1] ?? null
      return { type: source.type, name, expression: source.expression, parameters: [] }
    }
    case 'None':
      return null
  }
}

const Source = z.discriminatedUnion(
  'type',
  [
    z.looseObject({ type: z.literal('Attribute'), name: z.string() }),
    z.looseObject({ type: z.literal('Constant'), name: z.string() }),
    z.looseObject({ type: z.literal('Function'), expression: z.string() }),
  ],
  { error: 'Write Attribute, Constant or Function.' },
)

const AttributeMappingJson = z.looseObject({
  targetAttributeName: z.string().min(1),
  defaultValue: z.string().nullish(),
  flowType: z
    .enum(['Always', 'ObjectAddOnly', 'MultiValueAddOnly', 'ValueAddOnly', 'AttributeAddOnly'])
    .default('Always'),
  flowBehavior: z
    .enum(['FlowWhenChanged', 'FlowAlways'])
    .nullish()
    .transform((behavior) => behavior ?? undefined),
  matchingPriority: z.int().min(0).default(0),
  source: Source.nullable(),
})

const Nothing = z.array(z.unknown()).max(0, 'Input and category filters are not simulated.').nullish()

const Operator = z.enum([
  'EQUALS',
  'NOT EQUALS',
  'IS TRUE',
  'IS FALSE',
  'IS NULL',
  'IS NOT NULL',
  'REGEX MATCH',
  'NOT REGEX MATCH',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUALS',
  'INCLUDES',
  'ENDS_WITH',
  '&',
  '!&',
])

const Clause = z.looseObject({
  operatorName: Operator,
  sourceOperandName: z.string().min(1),
  targetOperand: z.looseObject({ values: z.array(z.string()).max(1, 'A clause compares with one value.') }),
})

const Scope = z.looseObject({
  groups: z.array(z.looseObject({ name: z.string(), clauses: z.array(Clause) })),
  inputFilterGroups: Nothing,
  categoryFilterGroups: Nothing,
})

const FlowTypes = z
  .string()
  .regex(/^\s*(None|(Add|Update|Delete)(\s*,\s*(Add|Update|Delete))*)?\s*$/, {
    error: 'Write None, or some of Add, Update and Delete, with commas.',
  })
  .transform((text) => text.split(',').map((word) => word.trim()))

const ObjectMappingJson = z.looseObject({
  name: z.string().min(1),
  enabled: z.boolean(),
  flowTypes: FlowTypes,
  sourceObjectName: z.enum(['User', 'Group']),
  targetObjectName: z.string().min(1),
  scope: Scope.nullish(),
  attributeMappings: z.array(AttributeMappingJson),
})

const AttributeJson = z.looseObject({
  name: z.string().min(1),
  type: z.enum(['String', 'Boolean', 'DateTime', 'Integer', 'Reference', 'Binary']),
  anchor: z.boolean().default(false),
  caseExact: z.boolean().default(false),
  multivalued: z.boolean().default(false),
  required: z.boolean().default(false),
  referencedObjects: z
    .array(z.looseObject({ referencedObjectName: z.enum(['User', 'Group']) }))
    .nullish()
    .transform((all) => all ?? []),
})

const SchemaJson = z.looseObject({
  directories: z.array(
    z.looseObject({
      name: z.string(),
      objects: z.array(z.looseObject({ name: z.string(), attributes: z.array(z.unknown()) })),
    }),
  ),
  synchronizationRules: z
    .array(z.looseObject({ targetDirectoryName: z.string(), objectMappings: z.array(ObjectMappingJson) }))
    .length(1, 'A job has exactly one synchronization rule.'),
})

/** What is wrong with a document, and where: `synchronizationRules[0].objectMappings[1].name`; empty for the whole. */
export interface GraphSchemaProblem {
  readonly path: string
  readonly message: string
}

export type ParsedGraphSchema =
  | { readonly ok: true; readonly schema: ProvisioningSchema }
  | { readonly ok: false; readonly problems: readonly GraphSchemaProblem[] }

/**
 * Read a document of the graph API. Members the mapping does not know are ignored, and so is the list of source attributes,
 * which belongs to the directory. `FlowWhenChanged` is what a row without a behaviour has, so it is left out. Only the shape is judged; what a mapping must fulfil is judged when it is saved.
 *
 * @param document parsed JSON of anybody's.
 */
export function parseGraphSchema(document: unknown): ParsedGraphSchema {
  const parsed = SchemaJson.safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { directories, synchronizationRules } = parsed.data
  const [rule] = synchronizationRules
  const at = 'synchronizationRules[0].objectMappings'
  const mappings = rule?.objectMappings ?? []
  const users = mappings.find(({ sourceObjectName }) => sourceObjectName === 'User')
  const groups = mappings.find(({ sourceObjectName }) => sourceObjectName === 'Group')
  if (users === undefined || groups === undefined || mappings.length !== 2) {
    return { ok: false, problems: [{ path: at, message: 'There is one object mapping of User and one of Group.' }] }
  }
  const index = directories.findIndex(({ name }) => name === rule?.targetDirectoryName)
  const objects = directories[index]?.objects ?? []
  const problems: GraphSchemaProblem[] = []

  function attributesOf({ targetObjectName }: z.infer<typeof ObjectMappingJson>): readonly AttributeDefinition[] {
    const object = objects.findIndex(({ name }) => name === targetObjectName)
    const place = ['directories', index, 'objects', object, 'attributes']
    const attributes = z.array(AttributeJson).safeParse(objects[object]?.attributes ?? [])
    if (object < 0) {
      const message = `The directory ${rule?.targetDirectoryName} has no object ${targetObjectName}.`
      problems.push({ path: 'directories', message })
    }
    if (attributes.success) return attributes.data.map(attributeDefinition)
    problems.push(...problemsOf(attributes.error, place))
    return []
  }

  const schema = {
    users: objectMapping(users, attributesOf(users)),
    groups: objectMapping(groups, attributesOf(groups)),
  }
  if (users.targetObjectName === groups.targetObjectName) {
    problems.push({ path: at, message: 'Users and groups become different objects of the target.' })
  }
  return problems.length === 0 ? { ok: true, schema } : { ok: false, problems }
}

function problemsOf(error: z.ZodError, before: readonly PropertyKey[] = []): readonly GraphSchemaProblem[] {
  return error.issues.map(({ path, message }) => ({ path: pathText([...before, ...path]), message }))
}

/** `directories[0].name`. */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? String(step) : `${text}.${String(step)}`
  }, '')
}

function attributeDefinition(json: z.infer<typeof AttributeJson>): AttributeDefinition {
  return {
    name: json.name,
    type: json.type,
    primaryKey: json.anchor,
    required: json.required,
    multiValued: json.multivalued,
    caseExact: json.caseExact,
    referencedObjects: json.referencedObjects.map(({ referencedObjectName }) => referencedObjectName),
  }
}

function objectMapping(
  json: z.infer<typeof ObjectMappingJson>,
  targetAttributes: readonly AttributeDefinition[],
): ObjectMapping {
  return {
    name: json.name,
    enabled: json.enabled,
    sourceObjectName: json.sourceObjectName,
    targetObjectName: json.targetObjectName,
    scopingFilters: (json.scope?.groups ?? []).map(({ name, clauses }) => ({
      title: name,
      clauses: clauses.map(({ sourceOperandName, operatorName, targetOperand }) => ({
        attribute: sourceOperandName,
        operator: operatorName,
        value: targetOperand.values[0] ?? '',
      })),
    })),
    targetAttributes,
    actions: {
      create: json.flowTypes.includes('Add'),
      update: json.flowTypes.includes('Update'),
      delete: json.flowTypes.includes('Delete'),
    },
    attributeMappings: json.attributeMappings.map(attributeMapping),
  }
}

function attributeMapping(json: z.infer<typeof AttributeMappingJson>): AttributeMapping {
  const { defaultValue } = json
  return {
    source: mappingSource(json.source),
    targetAttributeName: json.targetAttributeName,
    ...(defaultValue === undefined || defaultValue === null ? {} : { defaultValue }),
    matchingPriority: json.matchingPriority,
    flowType: json.flowType,
    ...(json.flowBehavior === 'FlowAlways' ? { flowBehavior: json.flowBehavior } : {}),
  }
}

function mappingSource(source: z.infer<typeof Source> | null): MappingSource {
  switch (source?.type) {
    case undefined:
      return { type: 'None' }
    case 'Attribute':
      return { type: 'Attribute', name: source.name }
    case 'Constant':
      return { type: 'Constant', value: source.name }
    case 'Function':
      return { type: 'Function', expression: source.expression }
  }
}
