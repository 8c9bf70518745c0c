import { type ExpressionFunction, required } from './function-definition.ts'
import { type Nullable, onText, textOf } from './values.ts'

function bitsOf(value: Nullable): bigint | null {
  return onText(value, (text) => {
    const digits = text.trim()
    if (/^&H[0-9A-F]+$/i.test(digits)) return BigInt(`0x${digits.slice(2)}`)
    if (/^-?\d+$/.test(digits)) return BigInt(digits)
    throw new Error(`'${text}' is no whole number.`)
  })
}

/** What is not zero is true; the words True and False mean themselves. */
function booleanOf(value: Nullable): boolean {
  if (typeof value === 'boolean') return value
  const text = textOf(value)?.trim() ?? ''
  const word = text.toLowerCase()
  if (word === 'true' || word === 'false') return word === 'true'
  const number = text === '' ? 0 : Number(text)
  if (Number.isNaN(number)) throw new Error(`'${text}' is neither a number nor True or False.`)
  return number !== 0
}

/** Functions from one kind of value to another (reference 5.3). */
export const CONVERSION_FUNCTIONS: readonly ExpressionFunction[] = [
  {
    name: 'BitAnd',
    description: 'The bits two whole numbers have in common. A number may be written in hexadecimal, as &HF.',
    parameters: [required('value1'), required('value2')],
    evaluate: ({ argument }) => {
      const [one, other] = [bitsOf(argument(0)), bitsOf(argument(1))]
      return one === null || other === null ? null : Number(one & other)
    },
  },
  {
    name: 'CBool',
    description: 'True for a comparison that holds and for a number other than 0; False otherwise.',
    parameters: [required('expression', 'also')],
    evaluate: ({ argument }) => booleanOf(argument(0)),
  },
  {
    name: 'ConvertToBase64',
    description: 'The text in Base64, of its UTF-16 bytes, the smaller byte first.',
    parameters: [required('source')],
    evaluate: ({ argument }) => onText(argument(0), (text) => Buffer.from(text, 'utf16le').toString('base64')),
  },
  {
    name: 'ConvertToUTF8Hex',
    description: 'The UTF-8 bytes of the text, in hexadecimal.',
    parameters: [required('source')],
    evaluate: ({ argument }) => onText(argument(0), (text) => Buffer.from(text, 'utf8').toString('hex').toUpperCase()),
  },
  {
    name: 'CStr',
    description: 'The value as text.',
    parameters: [required('value')],
    evaluate: ({ argument }) => textOf(argument(0)),
  },
]
