import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SourceAttributes } from '../types.ts'
import { ExpressionError } from './error.ts'
import { evaluateExpression } from './evaluate.ts'
import { LONGEST_EXPRESSION, parseExpression } from './parser.ts'

const INES: SourceAttributes = {
  givenName: 'Ines',
  surname: 'Moreau',
  country: 'FR',
  mail: 'ines.moreau@brightwave.example',
  IsSoftDeleted: false,
  age: 30,
  empty: '',
  proxyAddresses: ['smtp:ines@brightwave.example', 'smtp:i.moreau@brightwave.example'],
  appRoleAssignments: ['Agent', 'Supervisor'],
}

const evaluate = (text: string, source: SourceAttributes = INES) => evaluateExpression(parseExpression(text), source)

function problemOf(work: () => unknown): { readonly position: number; readonly message: string } {
  try {
    work()
  } catch (problem) {
    if (problem instanceof ExpressionError) return { position: problem.position, message: problem.message }
    throw problem
  }
  throw new Error('Nothing was refused.')
}

describe('evaluateExpression', () => {
  test.each([
    ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'True'],
    ['Switch([country], "else", "fr", "small", "FR", "large")', 'large'],
    ['Switch([country], "else", "US", "x")', 'else'],
    ['Switch([country], , "US", "x")', null],
    ['Switch([mobile], "else", "", "none")', 'none'],
    ['Join(" ", [givenName], [surname])', 'Ines Moreau'],
    ['Join(" ", [mobile], [surname])', 'Moreau'],
    ['Join(";", [proxyAddresses])', 'smtp:ines@brightwave.example;smtp:i.moreau@brightwave.example'],
    ['Join(" ", [mobile], [fax])', null],
    ['Not([IsSoftDeleted])', 'True'],
    ['Not("True")', 'False'],
    ['Append([givenName], "-x")', 'Ines-x'],
    ['Append([mobile], "-x")', null],
    ['Coalesce([mobile], [fax], [country])', 'FR'],
    ['Coalesce([mobile], [fax])', null],
    ['IIF([country] = "FR", "yes", "no")', 'yes'],
    ['IIF([country]<>"FR", "yes", "no")', 'no'],
    ['IIF([age] >= 9, "old", "young")', 'old'],
    ['IIF([country] = "FR", "yes", Not([givenName]))', 'yes'],
    ['IsPresent([mobile])', false],
    ['IsPresent([empty])', false],
    ['IsNull([empty])', false],
    ['IsNull([mobile])', true],
    ['IsNullOrEmpty([empty])', true],
    ['IgnoreFlowIfNullOrEmpty([empty])', null],
    ['IgnoreFlowIfNullOrEmpty([givenName])', 'Ines'],
    ['ToLower([givenName])', 'ines'],
    ['ToUpper("iı", "tr-TR")', 'İI'],
    ['ToUpper([givenName], )', 'INES'],
    ['StripSpaces(" a b ")', 'ab'],
    ['Left("Moreau", 0)', ''],
    ['Left("Moreau", -1)', 'Moreau'],
    ['Left([mobile], 3)', ''],
    ['Left("Moreau", 3)', 'Mor'],
    ['Mid("Moreau", 1, 3)', 'Mor'],
    ['Mid("Moreau", 5, 30)', 'au'],
    ['Item([proxyAddresses], 1)', 'smtp:ines@brightwave.example'],
    ['Item([proxyAddresses], 3)', null],
    ['NormalizeDiacritics("Zoë æßøłı Łódź")', 'Zoe aessoeli Lodz'],
    ['SingleAppRoleAssignment([appRoleAssignments])', 'Agent'],
    ['SingleAppRoleAssignment([none])', null],
    ['Append("say \\"hi\\" \\\\ C:\\d", "")', 'say "hi" \\ C:\\d'],
    ['ToLower(Join(".", Left([givenName], 1), [surname]))', 'i.moreau'],
  ])('%s is %j', (text, value) => {
    expect(evaluate(text)).toBe(value)
  })

  test('a comparison with null fails, at the operator', () => {
    expect(problemOf(() => evaluate('IIF([mobile] = "1", "a", "b")'))).toEqual({
      position: 13,
      message: 'A comparison with a value that is null fails.',
    })
  })

  test('names of the object prototype are no attributes', () => {
    expect(evaluate('Coalesce([constructor], "none")')).toBe('none')
  })

  test.each([
    ['Not([givenName])', "Not: Not takes True or False, and was given 'Ines'."],
    ['Left("a", "b")', 'Left: The number of characters is a whole number.'],
    ['Mid("a", 0, 1)', 'Mid: The start counts from 1.'],
    ['ToLower("a", "!")', "ToLower: There is no culture '!'."],
  ])('%s fails with a reason', (text, message) => {
    expect(problemOf(() => evaluate(text))).toEqual({ position: 0, message })
  })
})

describe('parseExpression', () => {
  test.each([
    ['', 0, 'An expression is a function call, such as ToLower([mail]).'],
    ['[mail]', 0, 'An expression is a function call, such as ToLower([mail]).'],
    ['ToLower', 7, 'After ToLower an opening parenthesis is expected.'],
    ['ToLower([mail]) x', 16, 'The expression ends before this; only one function stands at the top.'],
    ['ToLower([mail]', 14, 'A comma or a closing parenthesis is expected here.'],
    ['ToLower([mail)', 8, 'The attribute name has no closing bracket.'],
    ['ToLower("mail)', 8, 'The text has no closing quotation mark.'],
    ['ToLower(mail & "x")', 13, 'The character & is not expected here.'],
    ['ToLower(mail)', 12, 'After mail an opening parenthesis is expected.'],
    ['tolower([mail])', 0, 'There is no function tolower. Names are case-sensitive: write ToLower.'],
    ['Shout([mail])', 0, 'There is no function Shout.'],
    ['ToLower(PCase([mail], " "))', 8, 'The function PCase is not available.'],
    ['Left([mail])', 0, 'Left takes 2 arguments; 1 given.'],
    ['Switch([a], "b", "c", "d", "e")', 0, 'Switch takes an even number of arguments; 5 given.'],
    ['IIF(IsPresent([a]), "b", "c")', 0, 'IIF needs a comparison as argument 1, such as [country] = "US".'],
    ['Not([a] = "b")', 0, 'Not takes no comparison as argument 1.'],
  ])('%s is refused at %i', (text, position, message) => {
    expect(problemOf(() => parseExpression(text))).toEqual({ position, message })
  })

  test('10,000 characters are read, one more is not', () => {
    const filler = (length: number): string => `ToLower("${'a'.repeat(length - 'ToLower("")'.length)}")`
    expect(evaluate(filler(LONGEST_EXPRESSION))).toHaveLength(LONGEST_EXPRESSION - 11)
    expect(problemOf(() => parseExpression(filler(LONGEST_EXPRESSION + 1))).position).toBe(LONGEST_EXPRESSION)
  })

  test('deep nesting is refused, not left to exhaust the stack', () => {
    const nested = (depth: number): string => `${'Not('.repeat(depth)}"True"${')'.repeat(depth)}`
    expect(evaluate(nested(100))).toBe('True')
    expect(problemOf(() => parseExpression(nested(101))).message).toBe('Functions are nested at most 100 deep.')
  })

  test('law: whatever is typed is read or refused with a position inside the text', () => {
    const fragments = fc.constantFrom('Switch(', 'Join(', '[a]', '"b"', '"', ',', ')', ' ', '1', '=', 'x', '\\', 'IIF(')
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        try {
          parseExpression(text)
        } catch (problem) {
          if (!(problem instanceof ExpressionError)) throw problem
          expect(problem.position).toBeLessThanOrEqual(text.length)
        }
      }),
    )
  })

  test('law: a text survives quoting', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const quoted = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
        expect(evaluate(`Append("${quoted}", "")`)).toBe(text)
      }),
    )
  })
})
