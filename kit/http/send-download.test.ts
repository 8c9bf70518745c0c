import { expect, test } from 'vitest'
import { csvLine } from './send-download.ts'

test.each([
  ['=1+2', "'=1+2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ["+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"],
  ["-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"],
  ['+A1', "'+A1"],
  ['\t=1', "'\t=1"],
  ['\n=1', '"\'\n=1"'],
])('%j is no formula in a spreadsheet', (value, cell) => {
  expect(csvLine([value])).toBe(`${cell}\r\n`)
})

test('numbers and phone numbers stay as they are; commas, quotes and line ends are quoted', () => {
  expect(csvLine(['-5', '+1 (415) 555-0100', '-0.5', 'a,b', 'say "x"', 'two\nlines'])).toBe(
    '-5,+1 (415) 555-0100,-0.5,"a,b","say ""x""","two\nlines"\r\n',
  )
})
