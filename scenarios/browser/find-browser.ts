import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'

/** Names under which a Chromium-based browser is installed on a PATH, in the order of preference. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'] as const

/** Where installers put one outside the PATH. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
] as const

export interface Browser {
  readonly executablePath: string
  /** Flags this machine needs: a root user's browser has no sandbox. */
  readonly args: readonly string[]
  /** How it was found, in words for the log. */
  readonly how: string
}

function onPath(command: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, command)).find((file) => existsSync(file))
}

function installed(): { readonly file: string; readonly how: string } | undefined {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') {
    if (!existsSync(named))
      throw new Error(`CHROMIUM_PATH is ${named}, but there is no such file. Correct it or unset it.`)
    return { file: named, how: 'CHROMIUM_PATH' }
  }
  const own = chromium.executablePath()
  if (own !== '' && existsSync(own)) return { file: own, how: "Playwright's own" }
  for (const command of COMMANDS) {
    const file = onPath(command)
    if (file !== undefined) return { file, how: 'installed on this machine' }
  }
  const place = PLACES.find((file) => existsSync(file))
  return place === undefined ? undefined : { file: place, how: 'installed on this machine' }
}

/** Try to get a browser. Says what it does on standard error. @returns whether anything was installed. */
function install(): boolean {
  console.error('No Chromium found: installing one with "playwright install chromium".')
  const cli = join(import.meta.dirname, '..', '..', 'node_modules', 'playwright', 'cli.js')
  if (
    existsSync(cli) &&
    spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 2, 2] }).status === 0
  )
    return true
  if (process.getuid?.() !== 0 || onPath('apt-get') === undefined) return false
  console.error('Playwright could not download its browser: installing Debian\'s with "apt-get install chromium".')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2], env })
  return (
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
      stdio: ['ignore', 2, 2],
      env,
    }).status === 0
  )
}

/**
 * The Chromium to drive: `CHROMIUM_PATH`, else Playwright's own, else an installed one, else one is installed.
 *
 * @throws when there is none and none can be installed; the message says what to do.
 */
export function findBrowser(): Browser {
  const found = findInstalledBrowser() ?? (install() ? findInstalledBrowser() : undefined)
  if (found === undefined) {
    throw new Error(
      'No Chromium could be found or installed. Install Chrome or Chromium, or set CHROMIUM_PATH to its executable.',
    )
  }
  return found
}

/**
 * The same, without installing anything: `undefined` when there is none. `CHROMIUM_SANDBOX=off` is for containers, whose own
 * walls take the place of the browser's.
 *
 * @throws when `CHROMIUM_PATH` names no file.
 */
export function findInstalledBrowser(): Browser | undefined {
  const found = installed()
  if (found === undefined) return undefined
  const isContained = process.env['CHROMIUM_SANDBOX'] === 'off'
  const args = [
    ...(isContained || process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    // Shared memory of a container is small.
    ...(isContained ? ['--disable-dev-shm-usage'] : []),
  ]
  return {
    executablePath: found.file,
    args: [...args, '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    how: found.how,
  }
}
