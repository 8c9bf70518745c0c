import { describe, expect, test } from 'vitest'
import { toCsv } from './csv.ts'

describe('toCsv', () => {
  test('commas, quotes and line ends are quoted', () => {
    expect(
      toCsv(
        ['a', 'b'],
        [
          ['x,y', 'say "hi"'],
          ['two\nlines', ''],
        ],
      ),
    ).toBe('a,b\r\n"x,y","say ""hi"""\r\n"two\nlines",\r\n')
  })

  test('what a spreadsheet would take for a formula stays a text, and numbers stay numbers', () => {
    expect(toCsv(['a'], [['=1+1'], ['@sum'], ['-cmd'], ['+17205550142'], ['-5']])).toBe(
      "a\r\n'=1+1\r\n'@sum\r\n'-cmd\r\n+17205550142\r\n-5\r\n",
    )
  })
})
