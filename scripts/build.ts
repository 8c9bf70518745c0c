import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'

/**
 * Make `dist/`: JavaScript and declarations by tsc, and beside them the files the code reads at run time (styles, scripts,
 * wire examples). What is neither compiled nor on this list does not ship.
 */
const SHIPPED = new Set(['.css', '.js', '.svg', '.woff2', '.json', '.txt'])
const ROOMS = ['contract', 'kit', 'idp', 'dialpad-sandbox', 'scenarios']

rmSync('dist', { recursive: true, force: true })
const compiled = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
if (compiled.status !== 0) process.exit(compiled.status ?? 1)

for (const room of ROOMS) {
  for (const entry of readdirSync(room, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !SHIPPED.has(extname(entry.name))) continue
    const from = join(entry.parentPath, entry.name)
    const to = join('dist', from)
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(from, to)
  }
}
chmodSync('dist/scenarios/cli/main.js', 0o755)
