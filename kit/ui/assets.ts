import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** One file served as it is, below `/_assets/`. */
export interface Asset {
  /** `/_assets/…`, as pages refer to it. */
  readonly urlPath: string
  /** Absolute path of the file. */
  readonly filePath: string
}

/** The asset `urlPath` held by the file `name` beside the module `moduleUrl` (`import.meta.url`). */
export function assetBeside(moduleUrl: string, name: string, urlPath: string): Asset {
  return { urlPath, filePath: fileURLToPath(new URL(name, moduleUrl)) }
}

const resolve = createRequire(import.meta.url).resolve

/** Structure and behaviour of the parts, the same for every look: colours and sizes come in as `--k-…` properties. */
export const uiStylesheet = '/_assets/kit/kit.css'

/** Scripts every page loads, in order. Nothing on a page needs them to work. */
export const uiScripts: readonly string[] = ['/_assets/kit/htmx.js', '/_assets/kit/kit.js']

/** The files the parts need. Every system serves them, with the files of its look. */
export const uiAssets: readonly Asset[] = [
  assetBeside(import.meta.url, './assets/kit.css', uiStylesheet),
  assetBeside(import.meta.url, './assets/kit.js', '/_assets/kit/kit.js'),
  { urlPath: '/_assets/kit/htmx.js', filePath: resolve('htmx.org/dist/htmx.min.js') },
]
