import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkLayers } from '../check-layers.ts'

/** Every gate is shown a planted fault once: a gate that cannot fail is worse than none. */

let folder: string

beforeAll(() => {
  mkdirSync('reports', { recursive: true })
  folder = mkdtempSync(join('reports', 'planted-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function plant(path: string, text: string): string {
  const file = join(folder, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
  return file
}

function run(script: string, ...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const done = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { status: done.status, output: done.stdout + done.stderr }
}

describe('each gate fails on a planted fault', () => {
  test('types: a number where a string is declared', () => {
    plant('types/fault.ts', 'export const name: string = 42\n')
    const project = plant(
      'types/tsconfig.json',
      JSON.stringify({
        extends: '../../../tsconfig.json',
        compilerOptions: { rootDir: '.', types: [] },
        include: ['fault.ts'],
        exclude: [],
      }),
    )
    const { status, output } = run('node_modules/typescript/bin/tsc', '-p', project)
    expect(output).toContain('TS2322')
    expect(status).not.toBe(0)
  })

  test('lint: any, and a promise nobody awaits', () => {
    const text =
      'async function send(): Promise<void> {}\nexport function start(value: any): any {\n  send()\n  return value\n}\n'
    const file = plant('lint/fault.ts', text)
    const onDisk = run('node_modules/@biomejs/biome/bin/biome', 'lint', '--vcs-enabled=false', file)
    expect(onDisk.output).toContain('noExplicitAny')
    expect(onDisk.output).toContain('noFloatingPromises')
    expect(onDisk.status).not.toBe(0)
  })

  test('layers: the shared room imports a product, and a core reads files', async () => {
    const cwd = process.cwd()
    plant('layers/tsconfig.json', '{}')
    plant('layers/kit/clock.ts', "import { app } from '../idp/app.ts'\nexport const clock = app\n")
    plant('layers/idp/app.ts', 'export const app = 1\n')
    plant('layers/idp/core/plan.ts', "import { readFileSync } from 'node:fs'\nexport const plan = readFileSync\n")
    process.chdir(join(folder, 'layers'))
    try {
      const { violations } = await checkLayers(['kit', 'idp'])
      expect(violations).toContain('kit-knows-nothing-above: kit/clock.ts → idp/app.ts')
      expect(violations.some((line) => line.startsWith('core-is-pure: idp/core/plan.ts'))).toBe(true)
    } finally {
      process.chdir(cwd)
    }
  })

  test('layers: a run that saw no module is a failure', () => {
    mkdirSync(join(folder, 'empty'), { recursive: true })
    const done = spawnSync(
      process.execPath,
      ['--conditions=source', '--import', 'tsx', 'scripts/check-layers.ts', join(folder, 'empty')],
      { encoding: 'utf8' },
    )
    expect(done.stdout).toContain('0 modules')
    expect(done.status).toBe(1)
  })

  test('dead code: a file nobody imports, a dependency nobody uses', () => {
    plant(
      'dead/package.json',
      JSON.stringify({ name: 'planted', type: 'module', main: './main.js', dependencies: { unused: '1.0.0' } }),
    )
    plant('dead/main.js', 'export const main = 1\n')
    plant('dead/orphan.js', 'export const orphan = 1\n')
    const { status, output } = run(
      'node_modules/knip/bin/knip.js',
      '--directory',
      join(folder, 'dead'),
      '--no-gitignore',
    )
    expect(output).toContain('orphan.js')
    expect(output).toContain('unused')
    expect(status).not.toBe(0)
  })

  test('unit: a failing assertion', () => {
    plant('unit/fault.test.ts', "import { expect, test } from 'vitest'\ntest('fault', () => expect(1).toBe(2))\n")
    plant('unit/vitest.config.mjs', "export default { test: { include: ['*.test.ts'] } }\n")
    const { status } = run('node_modules/vitest/vitest.mjs', 'run', '--root', join(folder, 'unit'))
    expect(status).not.toBe(0)
  })

  test('end to end: a failing assertion in the browser runner', () => {
    plant(
      'e2e/fault.spec.mjs',
      "import { expect, test } from 'playwright/test'\ntest('fault', () => { expect(1).toBe(2) })\n",
    )
    plant('e2e/playwright.config.mjs', "export default { testDir: '.', outputDir: 'results' }\n")
    const { status, output } = run(
      'node_modules/playwright/cli.js',
      'test',
      '--config',
      join(folder, 'e2e', 'playwright.config.mjs'),
    )
    expect(output).toContain('1 failed')
    expect(status).not.toBe(0)
  })
})
