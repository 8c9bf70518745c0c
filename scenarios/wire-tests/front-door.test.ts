import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { freePorts } from '#kit/test/free-ports.ts'
import { createVisitor } from '#kit/test/visitor.ts'

/** What the README and the guides promise a newcomer: `npm start`, and the calls it shows, on ports that are free here. */

const README = ['README.md', 'docs/recipes.md', 'docs/x-ray.md'].map((path) => readFileSync(path, 'utf8')).join('\n')
const folder = mkdtempSync(join(tmpdir(), 'provisioning-twin-start-'))
const said: string[] = []
const portOf = new Map<number, number>()
let kit: ReturnType<typeof spawn>

/** An address or call of the README, at the ports of this test. */
function here(text: string): string {
  return text.replace(/localhost:(\d{4})/g, (whole, port: string) => {
    const other = portOf.get(Number(port))
    return other === undefined ? whole : `localhost:${other}`
  })
}

beforeAll(async () => {
  const ports = await freePorts(SYSTEM_ADDRESSES.length + 1)
  const env: NodeJS.ProcessEnv = { ...process.env, DATA_DIR: folder, SMTP_PORT: String(ports.at(-1)) }
  SYSTEM_ADDRESSES.forEach(({ name, defaultPort }, index) => {
    env[`${name.toUpperCase()}_PORT`] = String(ports[index])
    portOf.set(defaultPort, ports[index] ?? 0)
  })
  // A group of its own, so that everything it starts ends with it.
  kit = spawn('npm', ['start'], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines = createInterface({ input: kit.stdout ?? process.stdin })
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line)
      if (line.includes('Stop with Ctrl+C')) resolve()
    })
    kit.once('exit', () => reject(new Error(`npm start ended:\n${said.join('\n')}`)))
  })
}, 60_000)

/** Whether any process of the group is left. */
function isGroupAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0)
    return true
  } catch {
    return false
  }
}

afterAll(async () => {
  kit.removeAllListeners('exit')
  const { pid } = kit
  if (pid !== undefined) {
    process.kill(-pid, 'SIGTERM')
    await vi.waitUntil(() => !isGroupAlive(pid), { timeout: 20_000 })
  }
  rmSync(folder, { recursive: true, force: true })
}, 30_000)

test('npm start prints addresses, accounts and the password', () => {
  const text = said.join('\n')
  for (const { defaultPort } of SYSTEM_ADDRESSES) expect(text).toContain(`http://localhost:${portOf.get(defaultPort)}`)
  for (const word of ['marta.silva@brightwave.example', 'ada.okafor@brightwave.example', 'Practice-2026!']) {
    expect(text).toContain(word)
    expect(README).toContain(word)
  }
})

test('every address the README names has a page', async () => {
  const addresses = [...README.matchAll(/<(http:\/\/localhost:[^>]+)>/g)].map(([, address]) => here(address ?? ''))
  expect(addresses.length).toBeGreaterThanOrEqual(5)
  for (const address of addresses) {
    const { origin, pathname } = new URL(address)
    const reader = createVisitor(origin)
    await reader.open(pathname)
    expect(reader.status, address).toBe(200)
  }
})

test('every call the README shows is answered', async () => {
  const calls = [
    ...README.matchAll(/curl -s -X (POST|PUT) (\S+)(?: -H 'content-type: (application\/json)')? -d '([^']+)'/g),
  ].map(([, method = '', url = '', type = 'application/x-www-form-urlencoded', body = '']) => {
    return { method, url, type, body }
  })
  expect(calls.length).toBe(README.split('curl ').length - 1)
  for (const { method, url, type, body } of calls) {
    const answer = await fetch(here(url), { method, body, headers: { 'content-type': type } })
    expect(answer.ok, `${method} ${url}: ${await answer.text()}`).toBe(true)
  }
})
