import { type ExpressionFunction, optional, required } from './function-definition.ts'
import { integerOf, type Nullable, onText, textOf } from './values.ts'
import { withoutDiacritics } from './without-diacritics.ts'

/** Invariant unless a culture is given: the root locale has no special letters. */
function cultureOf(value: Nullable): string {
  const culture = textOf(value)
  if (culture === null || culture === '') return 'und'
  try {
    return Intl.getCanonicalLocales(culture)[0] ?? 'und'
  } catch (cause) {
    throw new Error(`There is no culture '${culture}'.`, { cause })
  }
}

/** A word: letters, marks and digits, an apostrophe between two of them included. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*/gu

const capitalised = (word: string): string => {
  const [first = '', ...rest] = word
  return first.toUpperCase() + rest.join('').toLowerCase()
}

/** Without separators: every word, those all in capitals left alone as abbreviations. With: a capital after each of them. */
function properCase(text: string, separators: string): string {
  if (separators === '') {
    return text.replace(WORD, (word) =>
      word === word.toUpperCase() && word !== word.toLowerCase() ? word : capitalised(word),
    )
  }
  let atStart = true
  return Array.from(text, (character) => {
    const cased = atStart ? character.toUpperCase() : character.toLowerCase()
    atStart = separators.includes(character)
    return cased
  }).join('')
}

/** How two texts are compared: by their characters, or without case. Numbers and names mean the same. */
function comparesText(value: Nullable): boolean {
  const compare = textOf(value)
  if (compare === null || compare === '' || compare === 'vbBinaryCompare' || compare === '0') return false
  if (compare === 'vbTextCompare' || compare === '1') return true
  throw new Error(`The comparison is vbBinaryCompare or vbTextCompare, not '${compare}'.`)
}

/** Functions from text to text (reference 5.3). */
export const TEXT_FUNCTIONS: readonly ExpressionFunction[] = [
  {
    name: 'Append',
    description: 'Puts the suffix behind the source.',
    parameters: [required('source'), required('suffix')],
    evaluate: ({ argument }) => onText(argument(0), (source) => source + (textOf(argument(1)) ?? '')),
  },
  {
    name: 'InStr',
    description: 'Where one text begins in another, counted from 1; 0 when it is not there. Case matters by default.',
    parameters: [required('source'), required('find'), optional('start'), optional('compare')],
    evaluate: ({ argument }) => {
      const start = argument(2) === null ? 1 : integerOf(argument(2), 'The start')
      if (start < 1) throw new Error('The start counts from 1.')
      const fold = comparesText(argument(3)) ? (text: string) => text.toLowerCase() : (text: string) => text
      const find = fold(textOf(argument(1)) ?? '')
      const source = fold(textOf(argument(0)) ?? '')
      return source === '' || start > source.length ? 0 : source.indexOf(find, start - 1) + 1
    },
  },
  {
    name: 'Left',
    description: 'The first characters of a text: none for 0, the whole text for a negative number.',
    parameters: [required('source'), required('numChars')],
    evaluate: ({ argument }) => {
      const text = textOf(argument(0)) ?? ''
      const length = integerOf(argument(1), 'The number of characters')
      return length < 0 ? text : text.slice(0, length)
    },
  },
  {
    name: 'Mid',
    description: 'A part of a text, from a position counted from 1 and so many characters long.',
    parameters: [required('source'), required('start'), required('length')],
    evaluate: ({ argument }) => {
      const start = integerOf(argument(1), 'The start')
      const length = integerOf(argument(2), 'The length')
      if (start < 1) throw new Error('The start counts from 1.')
      if (length < 0) throw new Error('The length cannot be negative.')
      return (textOf(argument(0)) ?? '').slice(start - 1, start - 1 + length)
    },
  },
  {
    name: 'NormalizeDiacritics',
    description: 'Takes the accents off letters: é becomes e, æ becomes ae, ß becomes ss.',
    parameters: [required('source')],
    evaluate: ({ argument }) => onText(argument(0), withoutDiacritics),
  },
  {
    name: 'PCase',
    description:
      'A capital at the beginning of every word, small letters in the rest. Words end at the separators given.',
    parameters: [required('source'), optional('wordSeparators')],
    evaluate: ({ argument }) => onText(argument(0), (text) => properCase(text, textOf(argument(1)) ?? '')),
  },
  {
    name: 'StripSpaces',
    description: 'Removes every blank.',
    parameters: [required('source')],
    evaluate: ({ argument }) => onText(argument(0), (text) => text.replaceAll(' ', '')),
  },
  {
    name: 'ToLower',
    description: 'In small letters, by the rules of a culture when one is given.',
    parameters: [required('source'), optional('culture')],
    evaluate: ({ argument }) => onText(argument(0), (text) => text.toLocaleLowerCase(cultureOf(argument(1)))),
  },
  {
    name: 'ToUpper',
    description: 'In capitals, by the rules of a culture when one is given.',
    parameters: [required('source'), optional('culture')],
    evaluate: ({ argument }) => onText(argument(0), (text) => text.toLocaleUpperCase(cultureOf(argument(1)))),
  },
  {
    name: 'Word',
    description:
      'The nth word of a text, counted from 1, where words end at any of the delimiters; empty when there are fewer.',
    parameters: [required('source'), required('wordNumber'), required('delimiters')],
    evaluate: ({ argument }) => {
      const delimiters = textOf(argument(2)) ?? ''
      const words: string[] = ['']
      for (const character of textOf(argument(0)) ?? '') {
        if (delimiters.includes(character)) words.push('')
        else words.push((words.pop() ?? '') + character)
      }
      return words.filter((word) => word !== '')[integerOf(argument(1), 'The number of the word') - 1] ?? ''
    },
  },
]
