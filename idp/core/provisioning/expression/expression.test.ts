import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SourceAttributes } from '../types.ts'
import { ExpressionError } from './error.ts'
import { evaluateExpression } from './evaluate.ts'
import { LONGEST_EXPRESSION, type Operand, parseExpression } from './parser.ts'
import { printExpression } from './print.ts'
import { numberText } from './values.ts'

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

/** An expression without its positions. */
type Sketch =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'constant'; readonly value: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Sketch[] }
  | { readonly kind: 'comparison'; readonly operator: string; readonly sides: readonly Sketch[] }

function sketchOf(operand: Operand): Sketch {
  switch (operand.kind) {
    case 'call':
      return { kind: 'call', name: operand.call.name, args: operand.args.map(sketchOf) }
    case 'comparison':
      return { kind: 'comparison', operator: operand.operator, sides: [operand.left, operand.right].map(sketchOf) }
    case 'attribute':
      return { kind: 'attribute', name: operand.name }
    case 'literal':
    case 'constant':
      return { kind: operand.kind, value: operand.value } as Sketch
    case 'empty':
      return { kind: 'empty' }
  }
}

/** As somebody in a hurry types it. */
function writtenAs(sketch: Sketch): string {
  switch (sketch.kind) {
    case 'call':
      return `${sketch.name}( ${sketch.args.map(writtenAs).join(',')})`
    case 'comparison':
      return sketch.sides.map(writtenAs).join(sketch.operator)
    case 'attribute':
      return `[ ${sketch.name}]`
    case 'literal':
      return typeof sketch.value === 'number' ? numberText(sketch.value) : `"${sketch.value.replace(/["\\]/g, '\\$&')}"`
    case 'constant':
      return sketch.value
    case 'empty':
      return ''
  }
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
    ['ToLower(Shout([mail], " "))', 8, 'There is no function Shout.'],
    ['ToLower(SelectUniqueValue([mail], "x"))', 8, 'SelectUniqueValue stands only at the top.'],
    ['Now([mail])', 0, 'Now takes 0 arguments; 1 given.'],
    ['BitAnd(&HXY, 1)', 7, 'The character & is not expected here.'],
    ['InStr("a", "b", 1, vbOther)', 26, 'After vbOther an opening parenthesis is expected.'],
    ['Count([a] = "b")', 0, 'Count takes no comparison as argument 1.'],
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

  test('an argument may be left empty, at the end too', () => {
    expect(evaluate('Switch([mobile], , "", "none")')).toBe('none')
    expect(evaluate('Replace("a-b", "-", , , "", , )')).toBe('ab')
    expect(evaluate('ToLower("A", )')).toBe('a')
  })

  test('law: what is printed is read back to the same expression', () => {
    const { operand } = fc.letrec<{ operand: Sketch; call: Sketch }>((tie) => ({
      operand: fc.oneof(
        { maxDepth: 4 },
        fc.string().map((value): Sketch => ({ kind: 'literal', value })),
        fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map(
          // There is no minus zero in the language.
          (value): Sketch => ({ kind: 'literal', value: value + 0 }),
        ),
        fc.stringMatching(/^[A-Za-z][\w.]{0,9}$/).map((name): Sketch => ({ kind: 'attribute', name })),
        fc.constant<Sketch>({ kind: 'constant', value: 'vbTextCompare' }),
        fc.constant<Sketch>({ kind: 'empty' }),
        tie('call'),
      ),
      call: fc.oneof(
        fc.tuple(tie('operand'), tie('operand')).map((args): Sketch => ({ kind: 'call', name: 'Append', args })),
        fc
          .array(tie('operand'), { minLength: 2, maxLength: 4 })
          .map((args): Sketch => ({ kind: 'call', name: 'Join', args })),
        fc
          .tuple(fc.constantFrom('=', '<>', '>', '>=', '<', '<='), tie('operand'), tie('operand'))
          .map(([operator, left, right]): Sketch => {
            const sides = [left, right].map(
              (side): Sketch => (side.kind === 'empty' ? { kind: 'literal', value: '' } : side),
            )
            return { kind: 'call', name: 'IIF', args: [{ kind: 'comparison', operator, sides }, left, right] }
          }),
      ),
    }))
    fc.assert(
      fc.property(fc.array(operand, { minLength: 2, maxLength: 3 }), (args) => {
        const written = writtenAs({ kind: 'call', name: 'Join', args })
        const expression = parseExpression(written)
        expect(sketchOf(expression)).toEqual({ kind: 'call', name: 'Join', args })
        expect(sketchOf(parseExpression(printExpression(expression)))).toEqual(sketchOf(expression))
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
