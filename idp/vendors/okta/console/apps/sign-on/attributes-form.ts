import {
  type AttributeStatement,
  GROUP_FILTERS,
  type GroupFilter,
  type GroupStatement,
  NAME_FORMATS,
  type NameFormat,
} from '../../../apps/records.ts'
import { MOST_STATEMENTS } from '../../../saml/check-sign-on.ts'

/** Fields of the page of attributes: `name.0`, `nameFormat.0`, `value.0`, … and `groupName.0`, `groupFilter.0`, … */

/** Empty rows below those there are. */
export const SPARE_ROWS = 2

export interface TypedAttributes {
  readonly statements: readonly AttributeStatement[]
  readonly groups: readonly GroupStatement[]
}

/**
 * The rows somebody typed something into, in their order. Whatever else a choice holds is its first option: only a forged form has it.
 */
export function readAttributes(fields: Readonly<Record<string, string>>): TypedAttributes {
  const text = (name: string): string => (fields[name] ?? '').trim()
  const rows = Array.from({ length: MOST_STATEMENTS + SPARE_ROWS }, (_, index) => index)
  return {
    statements: rows.flatMap((row) => {
      const [name, expression] = [text(`name.${row}`), text(`value.${row}`)]
      return name === '' && expression === ''
        ? []
        : [{ name, nameFormat: formatOf(text(`nameFormat.${row}`)), expression }]
    }),
    groups: rows.flatMap((row) => {
      const [name, value] = [text(`groupName.${row}`), text(`groupValue.${row}`)]
      if (name === '' && value === '') return []
      const [nameFormat, filter] = [formatOf(text(`groupNameFormat.${row}`)), filterOf(text(`groupFilter.${row}`))]
      return [{ name, nameFormat, filter, value }]
    }),
  }
}

function formatOf(text: string): NameFormat {
  return NAME_FORMATS.find((each) => each === text) ?? 'unspecified'
}

function filterOf(text: string): GroupFilter {
  return GROUP_FILTERS.find((each) => each === text) ?? 'starts-with'
}
