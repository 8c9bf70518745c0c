import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { findBrowser } from '../scenarios/browser/find-browser.ts'

/**
 * The gates, one after the other; the first word of a failure is the gate's name. Ends with one line `N passed, M failed`:
 * test runners count their tests, every other gate counts as one.
 *
 *   node --conditions=source --import tsx scripts/gates.ts check     types, lint, layers, dead code, ledger, unit and wire tests
 *   node --conditions=source --import tsx scripts/gates.ts e2e       the browser part
 *   node --conditions=source --import tsx scripts/gates.ts           all of it, and the package
 */

interface Count {
  readonly passed: number
  readonly failed: number
}

interface Gate {
  readonly name: string
  readonly part: 'check' | 'package' | 'e2e'
  readonly script: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Reads the runner's own report; absent: the exit code decides. */
  readonly count?: () => Count
}

const TSX = ['--conditions=source', '--import', 'tsx']

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numTotalTests: number
  readonly success: boolean
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
    readonly skipped: number
  }
}

const readReport = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T

const GATES: readonly Gate[] = [
  { name: 'types', part: 'check', script: 'node_modules/typescript/bin/tsc', args: ['-p', '.'] },
  {
    name: 'lint',
    part: 'check',
    script: 'node_modules/@biomejs/biome/bin/biome',
    args: ['check', '--error-on-warnings', '.'],
  },
  { name: 'layers', part: 'check', script: 'scripts/check-layers.ts', args: [] },
  { name: 'dead code', part: 'check', script: 'node_modules/knip/bin/knip.js', args: [] },
  { name: 'documents', part: 'check', script: 'scripts/documents.ts', args: ['--check'] },
  {
    name: 'unit and wire',
    part: 'check',
    script: 'node_modules/vitest/vitest.mjs',
    args: ['run', '--reporter=dot', '--reporter=json', '--outputFile.json=reports/unit.json'],
    count: () => {
      const report = readReport<VitestReport>('reports/unit.json')
      const skipped = report.numTotalTests - report.numPassedTests - report.numFailedTests
      // A suite that failed to load has no failed test of its own; a skipped test is a failure here.
      const failed = report.numFailedTests + skipped
      return { passed: report.numPassedTests, failed: failed === 0 && !report.success ? 1 : failed }
    },
  },
  { name: 'package', part: 'package', script: 'scripts/pack-test.ts', args: [] },
  {
    name: 'end to end',
    part: 'e2e',
    script: 'node_modules/playwright/cli.js',
    args: ['test', '--config', 'scenarios/e2e/playwright.config.ts'],
    // The workers of the runner resolve the sources, too.
    env: { NODE_OPTIONS: '--conditions=source' },
    count: () => {
      const { stats } = readReport<PlaywrightReport>('reports/e2e.json')
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }
    },
  },
]

function runGate(gate: Gate): Count {
  const started = performance.now()
  const loader = gate.script.endsWith('.ts') ? TSX : []
  const done = spawnSync(process.execPath, [...loader, gate.script, ...gate.args], {
    stdio: 'inherit',
    env: { ...process.env, ...gate.env },
  })
  const ok = done.status === 0
  let count: Count = { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
  if (gate.count !== undefined) {
    try {
      const counted = gate.count()
      count = ok || counted.failed > 0 ? counted : { ...counted, failed: 1 }
    } catch {
      count = { passed: 0, failed: 1 }
    }
    if (count.passed === 0 && count.failed === 0) count = { passed: 0, failed: 1 }
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    `${count.failed === 0 ? 'ok  ' : 'FAIL'} ${gate.name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`,
  )
  return count
}

mkdirSync('reports', { recursive: true })
const browser = findBrowser()
console.log(`browser: ${browser.executablePath} (${browser.how})`)
process.env['CHROMIUM_PATH'] = browser.executablePath
const wanted = process.argv[2]
const counts = GATES.filter((gate) => wanted === undefined || gate.part === wanted).map(runGate)
const total = counts.reduce((sum, each) => ({ passed: sum.passed + each.passed, failed: sum.failed + each.failed }), {
  passed: 0,
  failed: 0,
})
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)
