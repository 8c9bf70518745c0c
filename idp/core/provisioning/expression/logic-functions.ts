import { type ExpressionFunction, repeated, required } from './function-definition.ts'
import { isEmpty, onText, textOf } from './values.ts'

function flipped(text: string): string {
  if (text === 'True') return 'False'
  if (text === 'False') return 'True'
  throw new Error(`Not takes True or False, and was given '${text}'.`)
}

/** Functions that choose and test (reference 5.3). */
export const LOGIC_FUNCTIONS: readonly ExpressionFunction[] = [
  {
    name: 'Coalesce',
    description: 'The first value that is not missing.',
    parameters: [required('source1'), repeated('source2')],
    evaluate: ({ argument, count }) => {
      for (let index = 0; index < count; index += 1) {
        const value = argument(index)
        if (value !== null) return value
      }
      return null
    },
  },
  {
    name: 'IgnoreFlowIfNullOrEmpty',
    description: 'The value; when it is missing or empty, nothing at all is written.',
    parameters: [required('expression')],
    evaluate: ({ argument }) => {
      const value = argument(0)
      return isEmpty(value) ? null : value
    },
  },
  {
    name: 'IIF',
    description: 'One value when a comparison holds, another when it does not. Neither side may be missing.',
    parameters: [required('condition', 'only'), required('valueIfTrue'), required('valueIfFalse')],
    evaluate: ({ argument }) => (argument(0) === true ? argument(1) : argument(2)),
  },
  {
    name: 'IsNull',
    description: 'Whether the value is missing.',
    parameters: [required('expression')],
    evaluate: ({ argument }) => argument(0) === null,
  },
  {
    name: 'IsNullOrEmpty',
    description: 'Whether the value is missing or an empty text.',
    parameters: [required('expression')],
    evaluate: ({ argument }) => isEmpty(argument(0)),
  },
  {
    name: 'IsPresent',
    description: 'Whether there is a value, and it is not an empty text.',
    parameters: [required('expression')],
    evaluate: ({ argument }) => !isEmpty(argument(0)),
  },
  {
    name: 'IsString',
    description: 'Whether the value is a text.',
    parameters: [required('expression')],
    evaluate: ({ argument }) => typeof argument(0) === 'string',
  },
  {
    name: 'Not',
    description: 'Turns True into False and False into True.',
    parameters: [required('source')],
    evaluate: ({ argument }) => onText(argument(0), flipped),
  },
  {
    name: 'Redact',
    description: 'The value as it is, but logs show [Redact] in its place.',
    parameters: [required('expression')],
    evaluate: ({ argument }) => argument(0),
  },
  {
    name: 'SelectUniqueValue',
    description:
      'The first of several values nobody has yet. Only when people are written into a directory, not into an app.',
    parameters: [required('uniqueValueRule1'), repeated('uniqueValueRule2')],
    evaluate: () => {
      throw new Error('Only provisioning into a directory can look for a unique value; this one writes into an app.')
    },
  },
  {
    name: 'Switch',
    description:
      'Looks the source up among the keys, case included, and gives that key’s value; the default when it is none of them. An empty key stands for a missing source.',
    parameters: [
      required('source'),
      required('defaultValue'),
      required('key1'),
      required('value1'),
      repeated('key2'),
      repeated('value2'),
    ],
    isEven: true,
    evaluate: ({ argument, count }) => {
      const source = textOf(argument(0)) ?? ''
      for (let index = 2; index < count; index += 2) {
        if ((textOf(argument(index)) ?? '') === source) return argument(index + 1)
      }
      return argument(1)
    },
  },
]
