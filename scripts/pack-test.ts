import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findBrowser } from '../scenarios/browser/find-browser.ts'
import { readPrograms } from './documents/written-programs.ts'

/**
 * Pack the package as it would be published, install the file into an empty folder, and use it there as a stranger would:
 * the library, its declarations, its command, and the examples with their tests. Plain node, no loader.
 */

const folder = mkdtempSync(join(tmpdir(), 'provisioning-twin-pack-'))

function run(cwd: string, command: string, ...args: readonly string[]): string {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  if (done.status !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} ended with ${done.status ?? done.signal}:\n${done.stdout}\n${done.stderr}`,
    )
  }
  return done.stdout
}

interface Manifest {
  readonly scripts: { readonly test: string }
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const manifestOf = (example: string): Manifest =>
  JSON.parse(readFileSync(join('examples', example, 'package.json'), 'utf8')) as Manifest

/** What an example needs besides this package, as `name@range`. */
function needsOf(example: string): readonly string[] {
  const { dependencies, devDependencies } = manifestOf(example)
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([name]) => name !== 'provisioning-twin')
    .map(([name, range]) => `${name}@${range}`)
}

const EXAMPLES = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

/** Start the kit from the installed package, ask every system how it is, move time, connect Dialpad. */
const LIBRARY_EXAMPLE = `
import { connectDialpad, startKit } from 'provisioning-twin'

const kit = await startKit({ world: 'brightwave' })
try {
  for (const [name, control] of Object.entries(kit.control)) {
    const health = await control.health()
    if (health.status !== 'ok' || health.system !== name) throw new Error('not healthy: ' + JSON.stringify(health))
  }
  const before = Date.parse((await kit.control.kit.clock()).now)
  const { now } = await kit.control.kit.moveClock({ advance: 'PT40M' })
  if (Date.parse(now) - before < 40 * 60_000) throw new Error('the clock did not move')
  const page = await fetch(kit.urls.dialpad)
  if (!(await page.text()).includes('Training simulation')) throw new Error('no page at ' + kit.urls.dialpad)
  const { firstCycle } = await connectDialpad(kit, { from: 'entra', assign: ['Dialpad Users'] })
  if (firstCycle?.ended !== 'completed') throw new Error('the first cycle: ' + JSON.stringify(firstCycle))
} finally {
  await kit.close()
}
console.log('library ok')
`

/** Compiled against the declarations that ship. */
const TYPES_EXAMPLE = `
import { type Kit, startKit } from 'provisioning-twin'
import { test } from 'provisioning-twin/playwright'

export async function advance(kit: Kit): Promise<string> {
  const { now } = await kit.control.entra.moveClock({ advance: 'PT40M' })
  return now
}
export async function joins(kit: Kit, name: string): Promise<boolean> {
  const { accountEnabled } = await kit.scene.entra.addPerson(name, { displayName: name })
  await kit.scene.entra.addMember('Dialpad Users', { member: name })
  return accountEnabled
}
// @ts-expect-error there is no such system
export const wrong = (kit: Kit) => kit.control.nobody
// @ts-expect-error a person has no such property
export const unknown = (kit: Kit) => kit.scene.entra.editPerson('ada', { shoeSize: 43 })
// @ts-expect-error there is no such command
export const missing = (kit: Kit) => kit.scene.okta.promote('ada')
export { startKit, test }
`

try {
  run('.', 'npm', 'pack', '--silent', '--pack-destination', folder)
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (file === undefined) throw new Error('npm pack made no file.')

  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }))
  const needs = [join(folder, file), ...EXAMPLES.flatMap(needsOf)]
  run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', ...needs)

  writeFileSync(join(folder, 'library.mjs'), LIBRARY_EXAMPLE)
  process.stdout.write(run(folder, process.execPath, 'library.mjs'))

  writeFileSync(join(folder, 'types.ts'), TYPES_EXAMPLE)
  // What documents tell readers to copy, against what they will have installed.
  const programs = readPrograms().map(({ text }, index) => {
    const name = `program-${index + 1}.ts`
    writeFileSync(join(folder, name), text)
    return name
  })
  const strict = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--skipLibCheck',
    '--types',
    'node',
  ]
  run(
    folder,
    process.execPath,
    resolve('node_modules/typescript/bin/tsc'),
    ...strict,
    '--typeRoots',
    resolve('node_modules/@types'),
    'types.ts',
    ...programs,
  )
  console.log(`types ok, with ${programs.length} programs of the documents`)

  const listed = run(folder, process.execPath, join('node_modules', '.bin', 'provisioning-twin'), 'scenario', 'list')
  if (!listed.includes('entra-lifecycle')) throw new Error(`The command lists no entra-lifecycle:\n${listed}`)
  console.log('command ok')

  if (EXAMPLES.length === 0) throw new Error('There are no examples.')
  process.env['CHROMIUM_PATH'] = findBrowser().executablePath
  for (const example of EXAMPLES) {
    const place = join(folder, example)
    cpSync(join('examples', example), place, { recursive: true })
    run(place, 'npm', 'test', '--silent')
    console.log(`example ${example} ok`)
  }
  cpSync('scripts/fixture.spec.js', join(folder, 'fixture', 'fixture.spec.js'))
  cpSync('examples/oidc-app/playwright.config.ts', join(folder, 'fixture', 'playwright.config.ts'))
  run(join(folder, 'fixture'), process.execPath, join('..', 'node_modules', 'playwright', 'cli.js'), 'test')
  console.log('fixture ok')
  cpSync('scripts/start-examples.mjs', join(folder, 'start-examples.mjs'))
  process.stdout.write(run(folder, process.execPath, 'start-examples.mjs', ...EXAMPLES))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
