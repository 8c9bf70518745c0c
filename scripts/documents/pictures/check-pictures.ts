import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { PICTURES } from './pictures.ts'
import { sourceHashOf } from './source-hash.ts'

export const FOLDER = 'docs/pictures'
export const MANIFEST = `${FOLDER}/manifest.json`
/** Bytes: a front page with all of them is to load fast. */
export const LARGEST_PICTURE = 150_000
/** Pixels. */
export const PICTURE_WIDTH = 1280

/** What is remembered of each picture, by name: hashes of its sources, and of the file. */
const Manifest = z.record(z.string(), z.strictObject({ source: z.string(), file: z.string() }))
export type Manifest = z.infer<typeof Manifest>

export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Width of a PNG: the first field of its first chunk. */
export const widthOf = (png: Buffer): number => png.readUInt32BE(16)

/** What the check looks at; the repository's own files unless told. */
export interface PictureFiles {
  readonly names: readonly string[]
  manifest(): string | undefined
  picture(name: string): Buffer | undefined
  sourceHash(name: string): string
}

const OWN_FILES: PictureFiles = {
  names: PICTURES.map(({ name }) => name),
  manifest: () => (existsSync(MANIFEST) ? readFileSync(MANIFEST, 'utf8') : undefined),
  picture(name) {
    const path = join(FOLDER, `${name}.png`)
    return existsSync(path) ? readFileSync(path) : undefined
  },
  sourceHash(name) {
    const picture = PICTURES.find((each) => each.name === name)
    if (picture === undefined) throw new Error(`There is no picture ${name}.`)
    return sourceHashOf(picture)
  },
}

/**
 * Whether the pictures of the documents are those of the present pages, told without a browser.
 *
 * @returns one line for each problem; empty when all is well.
 */
export function checkPictures(files: PictureFiles = OWN_FILES): readonly string[] {
  const manifest = Manifest.safeParse(JSON.parse(files.manifest() ?? '{}'))
  if (!manifest.success) return [`${MANIFEST} cannot be read: ${AGAIN}`]
  const superfluous = Object.keys(manifest.data).filter((name) => !files.names.includes(name))
  return [
    ...superfluous.map((name) => `${MANIFEST} names ${name}.png, which nobody takes: ${AGAIN}`),
    ...files.names.flatMap((name) => problemOf(name, manifest.data[name], files)),
  ]
}

const AGAIN = 'run "npm run documents -- --pictures" and commit what it writes.'

function problemOf(name: string, known: Manifest[string] | undefined, files: PictureFiles): readonly string[] {
  const path = `${FOLDER}/${name}.png`
  const picture = files.picture(name)
  if (picture === undefined || known === undefined) return [`${path} was never taken: ${AGAIN}`]
  if (hashOf(picture) !== known.file) return [`${path} is not the picture that was taken: ${AGAIN}`]
  if (picture.length > LARGEST_PICTURE) return [`${path} has ${picture.length} bytes; ${LARGEST_PICTURE} are allowed.`]
  if (widthOf(picture) !== PICTURE_WIDTH) return [`${path} is not ${PICTURE_WIDTH} pixels wide.`]
  if (files.sourceHash(name) !== known.source) return [`${path} shows pages that have changed since: ${AGAIN}`]
  return []
}
