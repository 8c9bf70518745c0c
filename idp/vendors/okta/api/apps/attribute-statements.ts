import { z } from 'zod'
import type { AppSignOn, AttributeStatement, GroupFilter, GroupStatement, NameFormat } from '../../apps/records.ts'
import { ExpressionError } from '../../expression/error.ts'
import { parseExpression } from '../../expression/parser.ts'

/** `settings.signOn.attributeStatements` (reference sheet 5.2): values about the person, and names of their groups. */

const NAMESPACE = 'urn:oasis:names:tc:SAML:2.0:attrname-format:'

export function attributeStatementResources({
  attributeStatements,
  groupStatements = [],
}: Pick<AppSignOn, 'attributeStatements' | 'groupStatements'>): readonly object[] {
  return [
    ...attributeStatements.map(({ name, nameFormat = 'unspecified', expression }) => ({
      type: 'EXPRESSION',
      name,
      namespace: `${NAMESPACE}${nameFormat}`,
      values: [expression],
    })),
    ...groupStatements.map(({ name, nameFormat, filter, value }) => ({
      type: 'GROUP',
      name,
      namespace: `${NAMESPACE}${nameFormat}`,
      filterType: filter.replace('-', '_').toUpperCase(),
      filterValue: value,
    })),
  ]
}

const FORMATS = {
  [`${NAMESPACE}unspecified`]: 'unspecified',
  [`${NAMESPACE}uri`]: 'uri',
  [`${NAMESPACE}basic`]: 'basic',
} as const
const FILTERS = { STARTS_WITH: 'starts-with', EQUALS: 'equals', CONTAINS: 'contains', REGEX: 'regex' } as const

const Name = z.string().trim().min(1, 'The field cannot be left blank').max(255)
const Namespace = z
  .string()
  .default(`${NAMESPACE}unspecified`)
  .transform((text, context): NameFormat => {
    const format = (FORMATS as Readonly<Record<string, NameFormat>>)[text]
    if (format !== undefined) return format
    context.addIssue({ code: 'custom', message: `One of ${Object.keys(FORMATS).join(', ')}` })
    return z.NEVER
  })

const Expression = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .superRefine((text, context) => {
    try {
      parseExpression(text)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      context.addIssue({ code: 'custom', message: `${error.message} (position ${error.position + 1})` })
    }
  })

const isRegex = (text: string): boolean => {
  try {
    return new RegExp(text).source !== ''
  } catch {
    return false
  }
}

const ByExpression = z.looseObject({
  type: z.literal('EXPRESSION').default('EXPRESSION'),
  name: Name,
  namespace: Namespace,
  values: z.array(Expression).length(1, 'An attribute has one expression'),
})
const ByGroups = z
  .looseObject({
    type: z.literal('GROUP'),
    name: Name,
    namespace: Namespace,
    filterType: z.enum(['STARTS_WITH', 'EQUALS', 'CONTAINS', 'REGEX']),
    filterValue: z.string().min(1).max(1000),
  })
  .refine(({ filterType, filterValue }) => filterType !== 'REGEX' || isRegex(filterValue), {
    path: ['filterValue'],
    message: 'This is not a regular expression.',
  })

/** Statements as a caller sends them, in the two lists the org keeps; each attribute once. */
export const AttributeStatementsInput = z
  .array(z.union([ByGroups, ByExpression]))
  .max(50)
  .superRefine((statements, context) => {
    const names = statements.map(({ name }) => name)
    if (new Set(names).size < names.length)
      context.addIssue({ code: 'custom', message: 'Each attribute is named once' })
  })
  .transform((statements) => {
    const attributeStatements: AttributeStatement[] = []
    const groupStatements: GroupStatement[] = []
    for (const each of statements) {
      const { name, namespace: nameFormat } = each
      if (each.type === 'GROUP') {
        const filter: GroupFilter = FILTERS[each.filterType]
        groupStatements.push({ name, nameFormat, filter, value: each.filterValue })
      } else {
        const [expression = ''] = each.values
        attributeStatements.push({ name, ...(nameFormat === 'unspecified' ? {} : { nameFormat }), expression })
      }
    }
    return { attributeStatements, groupStatements }
  })
