import { EXPRESSION_FUNCTIONS, type FunctionDescription } from '#idp/core/provisioning/expression/catalogue.ts'

/** What *Add expression* starts from: the choices, and the text there is already. */
export interface CallParts {
  readonly function: string
  /** Attribute chosen; empty: the expression there is already takes its place. */
  readonly attribute: string
  readonly suffix: string
  readonly expression: string
}

export type ComposedCall =
  | { readonly ok: true; readonly expression: string }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const argument = (text: string): string => (/^-?\d+(\.\d+)?$/.test(text) ? text : quoted(text))

/** Parameters that take the value itself, the likeliest first; others say what to do with it. */
const VALUE_PARAMETERS = [
  'source',
  'source1',
  'attribute',
  'date',
  'date1',
  'expression',
  'value',
  'value1',
  'appRoleAssignments',
  'condition',
  'uniqueValueRule1',
]

/** Where the value of a call goes; -1 for a function that takes none. */
function valueIndex({ parameters }: FunctionDescription): number {
  const names = parameters.map(({ name }) => name)
  const found = VALUE_PARAMETERS.find((name) => names.includes(name))
  return found === undefined ? -1 : names.indexOf(found)
}

/**
 * The text *Add expression* puts into the code box: a call of the function, with the attribute where the function takes its
 * value and the suffix as the first argument beside it; required arguments nobody gave stay empty, to be filled in.
 */
export function composeCall(parts: CallParts): ComposedCall {
  const description = EXPRESSION_FUNCTIONS.find(({ name }) => name === parts.function)
  if (description === undefined) return { ok: false, problems: { function: 'Select a function.' } }
  const { name, parameters } = description
  const value = parts.attribute === '' ? parts.expression : `[${parts.attribute}]`
  const at = valueIndex(description)
  const beside = parameters.findIndex((_, index) => index !== at)
  if (parts.attribute !== '' && at < 0) return { ok: false, problems: { attribute: `${name} takes no attribute.` } }
  if (parts.suffix !== '' && beside < 0) {
    return { ok: false, problems: { suffix: `${name} takes no argument beside the attribute.` } }
  }
  const required = parameters.filter(({ presence }) => presence === 'required').length
  const given = Math.max(required, value === '' ? 0 : at + 1, parts.suffix === '' ? 0 : beside + 1)
  const args = Array.from({ length: given }, (_, index) => {
    if (index === at) return value
    return index === beside && parts.suffix !== '' ? argument(parts.suffix) : ''
  })
  return { ok: true, expression: `${name}(${args.join(', ')})` }
}
