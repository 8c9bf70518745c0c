import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { type Picture, stepsBefore } from './pictures.ts'

/** Who is in the pictures. */
const CAST = 'kit/world/cast.ts'

/** Rooms by the name other rooms import them by. */
const ROOMS: Readonly<Record<string, string>> = {
  '#contract': 'contract',
  '#kit': 'kit',
  '#idp': 'idp',
  '#dialpad': 'dialpad-sandbox',
  '#scenarios': 'scenarios',
}

/** The text of a file, from the repository's root; `undefined` when there is none. */
export type Read = (path: string) => string | undefined

const readIfThere: Read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

/**
 * A hash of what a picture depends on: the parts its page is drawn with (its views and every view they use), its stylesheets,
 * the people of the world, and the steps that come before. Comments, types, layout of the sources, and what a page does but
 * does not show, change nothing.
 *
 * @throws when a view or a stylesheet is not there.
 */
export function sourceHashOf(picture: Picture, read: Read = readIfThere): string {
  const hash = createHash('sha256')
  const add = (name: string, text: string): void => void hash.update(`${name}\n${text}\n`)
  const steps = stepsBefore(picture).map(({ id, at }) => ({ id, at }))
  add(picture.walkthrough.world, JSON.stringify(steps))
  add('height', String(picture.height))
  add(CAST, essenceOf(CAST, read))
  for (const [path, text] of viewsFrom(picture.views, read)) add(path, text)
  for (const path of picture.sheets) add(path, squeezed(readOrThrow(path, read)))
  return hash.digest('hex')
}

/** The views and all views they use, by path, in the order of their names. */
function viewsFrom(entries: readonly string[], read: Read): readonly (readonly [path: string, text: string])[] {
  const found = new Map<string, string>()
  const open = [...entries]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue
    const text = essenceOf(path, read)
    found.set(path, text)
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      if (fileName.endsWith('.tsx')) open.push(pathOf(path, fileName))
    }
  }
  return [...found].toSorted(([one], [other]) => (one < other ? -1 : 1))
}

function pathOf(importer: string, name: string): string {
  const [room = '', ...rest] = name.split('/')
  const folder = ROOMS[room]
  return folder === undefined ? join(dirname(importer), name) : join(folder, ...rest)
}

/** A source without comments and types, in the compiler's own layout. */
function essenceOf(path: string, read: Read): string {
  return ts.transpileModule(readOrThrow(path, read), {
    fileName: path,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      jsx: ts.JsxEmit.ReactJSX,
      removeComments: true,
      verbatimModuleSyntax: true,
    },
  }).outputText
}

const squeezed = (css: string): string => css.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\s+/g, ' ')

function readOrThrow(path: string, read: Read): string {
  const text = read(path)
  if (text === undefined) throw new Error(`There is no ${path}, which a picture is said to show.`)
  return text
}
