import type { AttributeDefinition, ScopingOperator } from '../types.ts'

/** An operator of scoping clauses, as a page offers it and as the graph API lists it (reference 4.2, 4.4). */
export interface ScopingOperatorDefinition {
  readonly name: ScopingOperator
  /** How the page writes it, which is not always how the API does. */
  readonly label: string
  /** `Unary`: compares with nothing, so the clause has no value. */
  readonly arity: 'Unary' | 'Binary'
  /** Of an attribute with several values, which must satisfy it. None can be used in a filter (reference 4.3). */
  readonly multivaluedComparisonType: 'All' | 'Any'
  readonly supportedAttributeTypes: readonly AttributeDefinition['type'][]
}

const TEXTS = ['String', 'Integer'] as const
const ANY_TYPE = ['Boolean', 'Binary', 'Reference', 'Integer', 'String'] as const

type Row = readonly [
  name: ScopingOperator,
  label: string,
  arity: 'Unary' | 'Binary',
  types: ScopingOperatorDefinition['supportedAttributeTypes'],
]

const ROWS: readonly Row[] = [
  ['EQUALS', 'EQUALS', 'Binary', ['Boolean', ...TEXTS]],
  ['NOT EQUALS', 'NOT EQUALS', 'Binary', ['Boolean', ...TEXTS]],
  ['IS TRUE', 'IS TRUE', 'Unary', ['Boolean']],
  ['IS FALSE', 'IS FALSE', 'Unary', ['Boolean']],
  ['IS NULL', 'IS NULL', 'Unary', ANY_TYPE],
  ['IS NOT NULL', 'IS NOT NULL', 'Unary', ANY_TYPE],
  ['REGEX MATCH', 'REGEX MATCH', 'Binary', TEXTS],
  ['NOT REGEX MATCH', 'NOT REGEX MATCH', 'Binary', TEXTS],
  ['GREATER_THAN', 'Greater_Than', 'Binary', TEXTS],
  ['GREATER_THAN_OR_EQUALS', 'Greater_Than_OR_EQUALS', 'Binary', TEXTS],
  ['INCLUDES', 'Includes', 'Binary', TEXTS],
  ['ENDS_WITH', 'ENDS_WITH', 'Binary', TEXTS],
  ['&', '&', 'Binary', TEXTS],
  ['!&', '!&', 'Binary', TEXTS],
]

/** Every operator, in the order of table 4.2: the choice of the page, and what the API answers for `filterOperators`. */
export const SCOPING_OPERATORS: readonly ScopingOperatorDefinition[] = ROWS.map(
  ([name, label, arity, supportedAttributeTypes]) => ({
    name,
    label,
    arity,
    multivaluedComparisonType: 'All',
    supportedAttributeTypes,
  }),
)

/** The operator of this name, written as the API or as the page writes it; `undefined` for any other text. */
export function scopingOperatorOf(text: string): ScopingOperatorDefinition | undefined {
  return SCOPING_OPERATORS.find(({ name, label }) => name === text || label === text)
}
