import { describe, expect, test } from 'vitest'
import type { ExpressionEnvironment } from './environment.ts'
import { evaluateExpression } from './evaluate.ts'
import { parseExpression } from './parser.ts'
import { LONGEST_VALUE } from './values.ts'

const SOURCE = { mail: 'a'.repeat(30) }

function countingChance(): { readonly environment: ExpressionEnvironment; asked(): number } {
  let asked = 0
  const random = () => {
    asked += 1
    return 0.5
  }
  return { environment: { now: 0, random, defaultDomain: 'brightwave.example' }, asked: () => asked }
}

const evaluate = (text: string, environment?: ExpressionEnvironment) =>
  evaluateExpression(parseExpression(text), SOURCE, environment)

/** The text so many functions deep. */
function nested(levels: number, wrap: (inner: string) => string, innermost: string): string {
  return Array.from({ length: levels }).reduce<string>((inner) => wrap(inner), innermost)
}

describe('what an expression costs', () => {
  test('an argument is evaluated once, however often its function looks at it', () => {
    const { environment, asked } = countingChance()
    expect(evaluate('InStr([mail], "a", RandomString(1, 1, 0, 0, 0))', environment)).toBe(5)
    const once = asked()
    const single = countingChance()
    evaluate('RandomString(1, 1, 0, 0, 0)', single.environment)
    expect(once).toBe(single.asked())
  })

  test('a hundred functions in functions are a hundred evaluations, not a doubling at each', () => {
    expect(evaluate(nested(99, (inner) => `InStr([mail], "a", ${inner})`, '"1"'))).toBe(1)
  })

  const long = 'a'.repeat(60)
  test.each([
    ['an old value', nested(20, (inner) => `Replace(${inner}, "a", , , "${long}", , )`, '[mail]')],
    ['a regular expression', nested(20, (inner) => `Replace(${inner}, , "a", , "${long}", , )`, '[mail]')],
    ['groups of a match', `Replace([mail], , "(a+)", , "${'$1'.repeat(3_000)}", , )`],
    ['a template', `Replace([mail], "x", , , , , "${'x'.repeat(5_000)}")`],
    ['a separator', `Join("${'x'.repeat(4_000)}", ${Array.from({ length: 40 }, () => '"a"').join(', ')})`],
  ])('no memory is spent on what %s multiplies', (_what, text) => {
    expect(() => evaluate(text)).toThrow(`The result has more than ${LONGEST_VALUE} characters.`)
  })

  test('what is as long as it may be is made', () => {
    const by = 'x'.repeat(1_000)
    expect(evaluate(`Replace([mail], "a", , , "${by}", , )`)).toBe(by.repeat(30))
    expect(evaluate(`Replace([mail], , "a", , "${by}", , )`)).toBe(by.repeat(30))
  })
})
