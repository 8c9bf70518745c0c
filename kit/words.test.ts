import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/** The repository. */
const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What is shared knows no vendor and no product. */
const ROOMS = ['kit', 'idp/core', 'idp/engine', 'idp/protocols'] as const

/** Written apart, so that this file may be searched too. */
const FORBIDDEN = [
  ['en', 'tra'],
  ['ok', 'ta'],
  ['micro', 'soft'],
  ['dial', 'pad'],
].map((parts) => parts.join(''))

/** Inside these words the letters of the first one mean nothing: `central`, `concentrate`, `decentralised`. */
const HARMLESS = new RegExp(`c${FORBIDDEN[0]}(l|t)[a-z]*`, 'gi')

/** Names of worlds are public and carry a vendor's name; they are the only exception, and only in the file that lists them. */
const WORLD_NAME = new RegExp(`'connected-(${FORBIDDEN.join('|')})'`, 'g')
const WORLDS_FILE = join('kit', 'world', 'worlds.ts')

const TEXT_FILE = /\.(ts|tsx|js|css|json|md|txt|svg|html)$/

function* filesBelow(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* filesBelow(path)
    else if (TEXT_FILE.test(name)) yield path
  }
}

/** `line: text` of each line that holds a forbidden word. */
function offences(text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const low = line.replace(HARMLESS, '').toLowerCase()
    return FORBIDDEN.some((word) => low.includes(word)) ? [`${index + 1}: ${line.trim()}`] : []
  })
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

describe('the shared rooms', () => {
  test.each(ROOMS)('%s names no vendor and no product', (room) => {
    if (room === 'kit') expect(exists(join(ROOT, room))).toBe(true)
    if (!exists(join(ROOT, room))) return
    const files = [...filesBelow(join(ROOT, room))]
    expect(files.length).toBeGreaterThan(0)
    const found = files.flatMap((path) => {
      const name = relative(ROOT, path)
      const text = readFileSync(path, 'utf8')
      return offences(name === WORLDS_FILE ? text.replace(WORLD_NAME, '') : text).map((line) => `${name}:${line}`)
    })
    expect(found).toEqual([])
  })

  test('the search finds a word that was planted, in any case and inside a name', () => {
    const planted = FORBIDDEN.map((word) => `const my${word.charAt(0).toUpperCase()}${word.slice(1)}Page = 1`)
    expect(offences(planted.join('\n'))).toHaveLength(FORBIDDEN.length)
    expect(offences('the central office concentrates')).toEqual([])
  })
})
