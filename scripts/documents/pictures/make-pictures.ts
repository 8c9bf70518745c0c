import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright'
import { findBrowser } from '#scenarios/browser/find-browser.ts'
import { startKit } from '#scenarios/library/start-kit.ts'
import { type Camera, type KitAccess, runWalkthrough } from '#scenarios/runner/run-walkthrough.ts'
import { FOLDER, hashOf, LARGEST_PICTURE, MANIFEST, type Manifest } from './check-pictures.ts'
import { PICTURES, type Picture, stepsBefore } from './pictures.ts'
import { sourceHashOf } from './source-hash.ts'

/** Pictures and journals of a walk that fails. */
const REPORTS = 'reports/pictures'

/**
 * Walk through in Chromium and take the pictures of the documents.
 *
 * @throws when a step fails or a picture is too large; those taken before are written, the manifest is not.
 */
export async function makePictures(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const { executablePath, args } = findBrowser()
  const browser = await chromium.launch({ executablePath, args: [...args] })
  try {
    const manifest: Manifest = {}
    for (const pictures of alike(PICTURES)) {
      const kit = await startKit()
      try {
        Object.assign(manifest, await takeAfterWalk(pictures, kit, browser))
      } finally {
        await kit.close()
      }
    }
    writeFileSync(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`)
  } finally {
    await browser.close()
  }
}

/** Pictures that are taken after the same steps, together. */
function alike(pictures: readonly Picture[]): readonly (readonly Picture[])[] {
  const sets = new Map<string, Picture[]>()
  for (const picture of pictures) {
    const key = `${picture.walkthrough.id} ${picture.upTo}`
    sets.set(key, [...(sets.get(key) ?? []), picture])
  }
  return [...sets.values()]
}

async function takeAfterWalk(pictures: readonly Picture[], kit: KitAccess, browser: Browser): Promise<Manifest> {
  const [first] = pictures
  if (first === undefined) return {}
  const taken: Manifest = {}
  let camera: Camera | undefined
  const steps = stepsBefore(first)
  const { passed } = await runWalkthrough(
    { ...first.walkthrough, steps },
    {
      kit,
      browser,
      folder: REPORTS,
      traces: false,
      onCamera: (given) => {
        camera = given
      },
      async around(step, body, walk) {
        const result = await body()
        if (result.outcome !== 'passed' || step !== steps.at(-1)) return result
        for (const picture of pictures) {
          await picture.open(walk)
          taken[picture.name] = keep(picture, await camera?.picture(picture.height))
        }
        return result
      },
    },
  )
  if (!passed) throw new Error(`The walkthrough ${first.walkthrough.id} failed; see ${REPORTS}.`)
  return taken
}

function keep(picture: Picture, png: Buffer | undefined): Manifest[string] {
  if (png === undefined) throw new Error(`The browser gave no picture of ${picture.name}.`)
  const path = join(FOLDER, `${picture.name}.png`)
  writeFileSync(path, png)
  console.log(`took ${path}: ${png.length} bytes`)
  if (png.length > LARGEST_PICTURE) throw new Error(`${path} has ${png.length} bytes; ${LARGEST_PICTURE} are allowed.`)
  return { source: sourceHashOf(picture), file: hashOf(png) }
}
