import { z } from 'zod'
import { SCOPING_OPERATORS } from '#idp/core/provisioning/scoping/operators.ts'
import type { ObjectMapping } from '#idp/core/provisioning/types.ts'
import { Refusal } from '#kit/http/errors.ts'
import { applyAttribute, keptBecause } from '../admin/provisioning/mapping/attribute-form.ts'
import {
  applyRow,
  NEW_ROW,
  type RowValues,
  rowIndexOf,
  rowValuesOf,
  withoutRow,
} from '../admin/provisioning/mapping/row-form.ts'
import { mustManageJob } from '../provisioning/commands/job-of-app.ts'
import { saveMapping } from '../provisioning/commands/save-mapping.ts'
import { connectorOf } from '../provisioning/connectors.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { appNamed } from './find.ts'

const app = z.string().optional()
const mapping = z.enum(['users', 'groups']).default('users')
const Text = z.string().max(1_000)

const Row = z
  .strictObject({
    /** The target attribute the row writes: `title`, `emails[type eq "work"].value`. */
    attribute: Text,
    /** Another target attribute for the row. */
    target: Text.optional(),
    source: Text.optional(),
    constant: Text.optional(),
    expression: z.string().max(20_000).optional(),
    none: z.literal(true).optional(),
    defaultValue: Text.nullable().optional(),
    /** Matching precedence; false: objects are not matched by it. */
    matching: z.union([z.int().min(1).max(9_999), z.literal(false)]).optional(),
    apply: z.enum(['Always', 'ObjectAddOnly', 'MultiValueAddOnly', 'ValueAddOnly', 'AttributeAddOnly']).optional(),
    mapping,
    app,
  })
  .refine(
    ({ source, constant, expression, none }) =>
      [source, constant, expression, none].filter((each) => each !== undefined).length <= 1,
    { error: 'a row has one of source, constant, expression and none' },
  )

const Filter = z.strictObject({
  title: z.string(),
  clauses: z.array(
    z.strictObject({
      attribute: z.string(),
      operator: z.enum(SCOPING_OPERATORS.map(({ name }) => name)),
      value: z.string().default(''),
    }),
  ),
})

/** Attribute Mapping: rows, scoping filters, actions and the list of the app's attributes. Each command saves. */
export function mappingCommands(deps: SceneDeps) {
  async function change(
    input: { readonly app?: string | undefined; readonly mapping: 'users' | 'groups' },
    rewrite: (before: ObjectMapping, owner: ReturnType<typeof mustManageJob>) => ObjectMapping,
  ) {
    const owner = mustManageJob(deps.system.store, KIT, appNamed(deps, input.app).id)
    const { id: jobId, servicePrincipalId: appId, schema } = owner.job
    const rewritten = { ...schema, [input.mapping]: rewrite(schema[input.mapping], owner) }
    return { appId, jobId, changed: await saveMapping(deps, KIT, { appId, schema: rewritten }) }
  }

  return [
    entraCommand(
      'set-mapping',
      'Changes the row that writes an attribute, or adds one; what is left out stays. A change makes the next cycle an initial one.',
      Row,
      (input) => change(input, (before) => withRow(before, input)),
    ),
    entraCommand(
      'remove-mapping',
      'Removes the row that writes an attribute.',
      z.strictObject({ attribute: z.string(), mapping, app }),
      (input) =>
        change(input, (before) => {
          if (rowIndexOf(before, input.attribute) === undefined) throw noAttribute(input.attribute, 'row')
          return withoutRow(before, input.attribute)
        }),
    ),
    entraCommand(
      'set-mapping-actions',
      'Ticks Create, Update and Delete of a mapping, and whether it is enabled at all; that of people always is.',
      z.strictObject({
        create: z.boolean().optional(),
        update: z.boolean().optional(),
        delete: z.boolean().optional(),
        enabled: z.boolean().optional(),
        mapping,
        app,
      }),
      (input) =>
        change(input, (before) => ({
          ...before,
          enabled: input.mapping === 'users' || (input.enabled ?? before.enabled),
          actions: {
            create: input.create ?? before.actions.create,
            update: input.update ?? before.actions.update,
            delete: input.delete ?? before.actions.delete,
          },
        })),
    ),
    entraCommand(
      'set-scope',
      'Makes these the scoping filters of a mapping, in place of those there are; none: everybody.',
      z.strictObject({ filters: z.array(Filter), mapping, app }),
      (input) => change(input, (before) => ({ ...before, scopingFilters: input.filters })),
    ),
    entraCommand(
      'add-target-attribute',
      'Adds an attribute to the list of those the app has, so that it can be mapped.',
      z.strictObject({
        name: Text,
        type: z.enum(['String', 'Boolean', 'DateTime', 'Integer']).default('String'),
        caseExact: z.boolean().default(false),
        mapping,
        app,
      }),
      (input) =>
        change(input, (before, { app: owner }) => {
          const { name, type, caseExact } = input
          const values = { name, type, caseExact, required: false, multiValued: false, references: [] }
          const usual = connectorOf(owner)?.schema[input.mapping].targetAttributes ?? []
          const result = applyAttribute(before, undefined, values, usual)
          if (result.ok) return result.mapping
          throw refused(result.problems)
        }),
    ),
    entraCommand(
      'remove-target-attribute',
      'Removes an attribute from the list of those the app has.',
      z.strictObject({ name: z.string(), mapping, app }),
      (input) =>
        change(input, (before) => {
          const known = before.targetAttributes.find(({ name }) => name.toLowerCase() === input.name.toLowerCase())
          if (known === undefined) throw noAttribute(input.name, 'attribute')
          const reason = keptBecause(before, known)
          if (reason !== undefined) throw new Refusal('invalid_mapping', 422, reason)
          return { ...before, targetAttributes: before.targetAttributes.filter((each) => each !== known) }
        }),
    ),
  ]
}

function withRow(before: ObjectMapping, input: z.output<typeof Row>): ObjectMapping {
  const at = rowIndexOf(before, input.attribute)
  const row = at === undefined ? undefined : before.attributeMappings[at]
  const values = row === undefined ? { ...NEW_ROW, targetAttribute: input.attribute } : rowValuesOf(row)
  const edited = row === undefined ? undefined : input.attribute
  const result = applyRow(before, edited, changedValues(values, input))
  if (result.ok) return result.mapping
  throw refused(result.problems)
}

/** The pane's fields as somebody would leave them who changes what the input names. */
function changedValues(values: RowValues, input: z.output<typeof Row>): RowValues {
  const { target, source, constant, expression, none, defaultValue, matching, apply } = input
  return {
    ...values,
    ...(source === undefined ? {} : { mappingType: 'Direct' as const, sourceAttribute: source }),
    ...(constant === undefined ? {} : { mappingType: 'Constant' as const, constant }),
    ...(expression === undefined ? {} : { mappingType: 'Expression' as const, expression }),
    ...(none === undefined ? {} : { mappingType: 'None' as const }),
    ...(target === undefined ? {} : { targetAttribute: target }),
    ...(defaultValue === undefined ? {} : { defaultValue: defaultValue ?? '' }),
    ...(apply === undefined ? {} : { apply }),
    ...(matching === undefined
      ? {}
      : { matching: matching === false ? 'no' : 'yes', precedence: matching === false ? '' : String(matching) }),
  }
}

function refused(problems: Readonly<Record<string, string>>): Refusal {
  const [[field, message] = ['', 'The mapping cannot be saved.']] = Object.entries(problems)
  return new Refusal('invalid_mapping', 422, message, { hint: `Correct "${field}".` })
}

function noAttribute(name: string, what: 'row' | 'attribute'): Refusal {
  const message = what === 'row' ? `No row of the mapping writes ${name}.` : `The app has no attribute ${name}.`
  return new Refusal('unknown_attribute', 404, message, { hint: 'Names of attributes are those of the mapping page.' })
}
