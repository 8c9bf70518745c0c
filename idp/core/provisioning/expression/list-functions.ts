import { type ExpressionFunction, repeated, required } from './function-definition.ts'
import { integerOf, listOf, mustFit, textOf } from './values.ts'

/** Functions on attributes with several values (reference 5.3). */
export const LIST_FUNCTIONS: readonly ExpressionFunction[] = [
  {
    name: 'Count',
    description: 'How many values an attribute has.',
    parameters: [required('attribute')],
    evaluate: ({ argument }) => listOf(argument(0)).length,
  },
  {
    name: 'Item',
    description: 'One value of an attribute that has several, counted from 1.',
    parameters: [required('attribute'), required('index')],
    evaluate: ({ argument }) => listOf(argument(0))[integerOf(argument(1), 'The index') - 1] ?? null,
  },
  {
    name: 'Join',
    description:
      'Strings values together with a separator between them. Values that are missing are left out; lists count as their values.',
    parameters: [required('separator'), required('source1'), repeated('source2')],
    evaluate: ({ argument, count }) => {
      const parts: string[] = []
      for (let index = 1; index < count; index += 1) parts.push(...listOf(argument(index)))
      const separator = textOf(argument(0)) ?? ''
      mustFit(parts.reduce((sum, part) => sum + part.length + separator.length, -separator.length))
      return parts.length === 0 ? null : parts.join(separator)
    },
  },
  {
    name: 'RemoveDuplicates',
    description: 'The values of an attribute, each once.',
    parameters: [required('attribute')],
    evaluate: ({ argument }) => {
      const values = argument(0)
      return values === null ? null : [...new Set(listOf(values))]
    },
  },
  {
    name: 'Split',
    description: 'Cuts a text into a list, wherever the delimiter stands.',
    parameters: [required('source'), required('delimiter')],
    evaluate: ({ argument }) => {
      const source = textOf(argument(0))
      const delimiter = textOf(argument(1)) ?? ''
      if (source === null) return null
      return delimiter === '' ? [source] : source.split(delimiter)
    },
  },
]
