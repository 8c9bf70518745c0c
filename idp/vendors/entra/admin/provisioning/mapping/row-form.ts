import { z } from 'zod'
import { checkMapping } from '#idp/core/provisioning/check-mapping.ts'
import type { AttributeMapping, MappingSource, ObjectMapping } from '#idp/core/provisioning/types.ts'
import { SOURCE_ATTRIBUTES } from '../../../provisioning/source-attributes.ts'

/** Mapping types by the words of the pane. */
export const MAPPING_TYPES = {
  Direct: 'Attribute',
  Constant: 'Constant',
  Expression: 'Function',
  None: 'None',
} as const satisfies Readonly<Record<string, MappingSource['type']>>

export type MappingType = keyof typeof MAPPING_TYPES

/** Longest text of a field that is no expression; expressions are judged by their own rule. */
const LONGEST_TEXT = 1_000
const LONGEST_EXPRESSION_TYPED = 20_000

const Text = z.string().max(LONGEST_TEXT, `This is longer than ${LONGEST_TEXT} characters.`).default('')

/** An expression as it is typed: browsers send every line end as two characters, which would count as a change. */
export const ExpressionText = z
  .string()
  .trim()
  .max(LONGEST_EXPRESSION_TYPED, 'This is no expression: it is far too long.')
  .default('')
  .transform((text) => text.replaceAll('\r\n', '\n'))

/** The pane *Edit Attribute*. Fields of other mapping types than the chosen one are sent too, and ignored. */
export const RowForm = z.strictObject({
  act: z.enum(['ok', 'test']).default('ok'),
  mappingType: z.enum(['Direct', 'Constant', 'Expression', 'None'], { error: 'Choose a mapping type.' }),
  sourceAttribute: Text,
  constant: Text,
  expression: ExpressionText,
  defaultValue: Text,
  targetAttribute: Text,
  matching: z.enum(['no', 'yes'], { error: 'Choose Yes or No.' }),
  precedence: z.string().trim().max(10, 'The matching precedence is a whole number from 1.').default(''),
  apply: z.enum(['Always', 'ObjectAddOnly', 'MultiValueAddOnly', 'ValueAddOnly', 'AttributeAddOnly'], {
    error: 'Choose when the mapping applies.',
  }),
})

export type RowValues = Omit<z.infer<typeof RowForm>, 'act'>

const TYPE_WORDS: Readonly<Record<MappingSource['type'], MappingType>> = {
  Attribute: 'Direct',
  Constant: 'Constant',
  Function: 'Expression',
  None: 'None',
}

/** What the pane shows for a row. */
export function rowValuesOf({ source, ...row }: AttributeMapping): RowValues {
  return {
    mappingType: TYPE_WORDS[source.type],
    sourceAttribute: source.type === 'Attribute' ? source.name : '',
    constant: source.type === 'Constant' ? source.value : '',
    expression: source.type === 'Function' ? source.expression : '',
    defaultValue: row.defaultValue ?? '',
    targetAttribute: row.targetAttributeName,
    matching: row.matchingPriority > 0 ? 'yes' : 'no',
    precedence: row.matchingPriority > 0 ? String(row.matchingPriority) : '',
    apply: row.flowType,
  }
}

/** What the pane shows for a new row. */
export const NEW_ROW: RowValues = {
  mappingType: 'Direct',
  sourceAttribute: '',
  constant: '',
  expression: '',
  defaultValue: '',
  targetAttribute: '',
  matching: 'no',
  precedence: '',
  apply: 'Always',
}

export type RowResult =
  | { readonly ok: true; readonly mapping: ObjectMapping }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

function sourceOf(values: RowValues): MappingSource {
  switch (values.mappingType) {
    case 'Direct':
      return { type: 'Attribute', name: values.sourceAttribute }
    case 'Constant':
      return { type: 'Constant', value: values.constant }
    case 'Expression':
      return { type: 'Function', expression: values.expression }
    case 'None':
      return { type: 'None' }
  }
}

/** The row; what the pane does not show is taken over from the row before. */
function rowOf(values: RowValues, before: AttributeMapping | undefined, nextPrecedence: number): AttributeMapping {
  const { defaultValue, targetAttribute, matching, precedence, apply } = values
  return {
    source: sourceOf(values),
    targetAttributeName: targetAttribute,
    ...(defaultValue === '' ? {} : { defaultValue }),
    matchingPriority: matching === 'no' ? 0 : precedence === '' ? nextPrecedence : Number(precedence),
    flowType: apply,
    ...(before?.flowBehavior === undefined ? {} : { flowBehavior: before.flowBehavior }),
  }
}

/** Problems of the fields themselves, before the mapping as a whole is judged. */
function fieldProblems(values: RowValues): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {}
  if (values.targetAttribute === '') problems['targetAttribute'] = 'Select a target attribute.'
  if (values.mappingType === 'Direct' && values.sourceAttribute === '') {
    problems['sourceAttribute'] = 'Select a source attribute.'
  }
  if (values.mappingType === 'Constant' && values.constant === '') problems['constant'] = 'Enter the constant value.'
  if (values.mappingType === 'Expression' && values.expression === '') problems['expression'] = 'Enter an expression.'
  if (values.matching === 'yes' && values.precedence !== '' && !/^[1-9]\d{0,3}$/.test(values.precedence)) {
    problems['precedence'] = 'The matching precedence is a whole number from 1.'
  }
  return problems
}

/** The row writes `target`; `undefined` for a target no row writes. Names of attributes are compared without case. */
export function rowIndexOf(mapping: ObjectMapping, target: string): number | undefined {
  const index = mapping.attributeMappings.findIndex(
    ({ targetAttributeName }) => targetAttributeName.toLowerCase() === target.toLowerCase(),
  )
  return index < 0 ? undefined : index
}

/**
 * Put the pane's values into the mapping: in place of the row that writes `edited`, or as a new last row.
 *
 * @returns the mapping; or what is wrong, by field. What a row does to the rest of the mapping (nothing matches any more, say)
 *   is judged when it is saved.
 */
export function applyRow(mapping: ObjectMapping, edited: string | undefined, values: RowValues): RowResult {
  const problems = fieldProblems(values)
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  const rows = mapping.attributeMappings
  const at = edited === undefined ? undefined : rowIndexOf(mapping, edited)
  const others = rows.filter((_, index) => index !== at)
  const nextPrecedence = Math.max(0, ...others.map(({ matchingPriority }) => matchingPriority)) + 1
  const row = rowOf(values, at === undefined ? undefined : rows[at], nextPrecedence)
  const twin = rowIndexOf(mapping, row.targetAttributeName)
  if (twin !== undefined && twin !== at) {
    return { ok: false, problems: { targetAttribute: 'Another row writes this attribute already.' } }
  }
  const { matchingPriority } = row
  if (matchingPriority > 0 && others.some((each) => each.matchingPriority === matchingPriority)) {
    return { ok: false, problems: { precedence: `Another row has the precedence ${matchingPriority}.` } }
  }
  const next = {
    ...mapping,
    attributeMappings: at === undefined ? [...rows, row] : rows.with(at, row),
  }
  const index = at ?? rows.length
  const own = checkMapping(next, SOURCE_ATTRIBUTES[next.sourceObjectName]).filter((problem) => problem.row === index)
  if (own.length === 0) return { ok: true, mapping: next }
  const found: Record<string, string> = {}
  for (const { message } of own) found[fieldAtFault(message)] ??= message
  return { ok: false, problems: found }
}

/** Where a problem stands, by what it speaks of; the target is at fault otherwise. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^At character/, 'expression'],
  [/source attribute/, 'sourceAttribute'],
  [/constant value/, 'constant'],
  [/default value/, 'defaultValue'],
  [/^Objects cannot be matched/, 'matching'],
  [/matching precedence/, 'precedence'],
  [/^MultiValueAddOnly/, 'apply'],
  [/map it directly/, 'mappingType'],
]

/** Where a problem the mapping's check found stands in the pane. */
function fieldAtFault(message: string): string {
  return FAULTS.find(([pattern]) => pattern.test(message))?.[1] ?? 'targetAttribute'
}

/** The mapping without the row that writes `target`. */
export function withoutRow(mapping: ObjectMapping, target: string): ObjectMapping {
  const at = rowIndexOf(mapping, target)
  return at === undefined
    ? mapping
    : { ...mapping, attributeMappings: mapping.attributeMappings.filter((_, index) => index !== at) }
}
