import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openLines } from './read-lines.ts'

function linesOf(text: string): { readonly lines: string[]; readonly starts: number[] } {
  const dir = mkdtempSync(join(tmpdir(), 'twin-lines-'))
  const file = join(dir, 'lines')
  writeFileSync(file, text)
  const reader = openLines(file)
  const lines: string[] = []
  const starts: number[] = []
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    lines.push(line)
    starts.push(reader.start)
  }
  reader.close()
  rmSync(dir, { recursive: true })
  return { lines, starts }
}

test('law: the lines, and where they begin, are those of the text, with or without a last break', () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.nat(40_000).map((length) => 'é'.repeat(length)),
  )
  fc.assert(
    fc.property(fc.array(line.map((text) => text.replaceAll('\n', ''))), fc.boolean(), (lines, ends) => {
      const text = lines.join('\n') + (ends && lines.length > 0 ? '\n' : '')
      const expected = text === '' ? [] : text.replace(/\n$/, '').split('\n')
      const read = linesOf(text)
      expect(read.lines).toEqual(expected)
      let start = 0
      for (const [at, each] of expected.entries()) {
        expect(read.starts[at]).toBe(start)
        start += Buffer.byteLength(each) + 1
      }
    }),
    { numRuns: 50 },
  )
})

test('lines longer than the window, and letters across its edge, are read whole', () => {
  const long = 'ü'.repeat(1_700_000)
  expect(linesOf(`a\n${long}\nb${'ß'.repeat(524_288)}\nc`).lines).toEqual(['a', long, `b${'ß'.repeat(524_288)}`, 'c'])
})
