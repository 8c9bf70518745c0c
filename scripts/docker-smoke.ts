import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalFetch, type LocalFetch } from '../kit/http/local-fetch.ts'
import { freePorts } from '../kit/test/free-ports.ts'

/**
 * Build the image, bring the containers up, run a walkthrough from this machine against them, see a picture of a demonstration
 * that plays in the container's browser, take everything down again. Then the same image on https with a new volume: the CA comes out
 * of it as docs/https.md says, and a walkthrough that signs somebody in trusts it.
 * Uses `docker compose`, or `docker-compose` where only that is there. Takes ports that are free, whoever has the kit's own.
 */

const PROJECT = 'provisioning-twin-smoke'
const VARIABLES = ['KIT_PORT', 'SMTP_PORT', 'ENTRA_PORT', 'OKTA_PORT', 'DIALPAD_PORT'] as const

const ports = await freePorts(VARIABLES.length)
const env: NodeJS.ProcessEnv = {
  ...process.env,
  ...Object.fromEntries(VARIABLES.map((name, index) => [name, String(ports[index])])),
}
const KIT_URL = `http://localhost:${ports[0]}`
const SECURE_KIT_URL = `https://localhost:${ports[0]}`

const compose: readonly [string, ...string[]] =
  spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0
    ? ['docker', 'compose']
    : ['docker-compose']

function docker(...args: readonly string[]): number {
  const [command, ...first] = compose
  return spawnSync(command, [...first, '-p', PROJECT, ...args], { stdio: 'inherit', env }).status ?? 1
}

/** The certificate of the CA, by the command of docs/https.md; `undefined` while there is none yet. */
function readAuthority(): string | undefined {
  const [command, ...first] = compose
  const args = [...first, '-p', PROJECT, 'exec', '-T', 'scenarios', 'cat', 'data/ca.pem']
  const { status, stdout } = spawnSync(command, args, { env, encoding: 'utf8' })
  return status === 0 && stdout.startsWith('-----BEGIN CERTIFICATE-----') ? stdout : undefined
}

/** Run a walkthrough from this machine against the containers. */
function walk(name: string, ...against: readonly string[]): void {
  const cli = ['--conditions=source', '--import', 'tsx', 'scenarios/cli/main.ts', 'scenario', 'run', name, '--against']
  const { status } = spawnSync(process.execPath, [...cli, ...against], { stdio: 'inherit' })
  step(`${name} against ${against[0]}`, status ?? 1)
}

function step(name: string, status: number): void {
  if (status !== 0) throw new Error(`Docker smoke: ${name} failed with status ${status}.`)
  console.log(`Docker smoke: ${name} ok`)
}

/** The kit home answers, or the time is over. */
async function waitUntilHealthy(
  seconds: number,
  url = KIT_URL,
  ask: LocalFetch = createLocalFetch(undefined),
): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    // A published port takes connections before anybody listens behind it, and may then say nothing at all.
    const answer = await ask(`${url}/_kit/health`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`Docker smoke: ${url} was not healthy within ${seconds} s.`)
}

/** The CA is there, or the time is over: it is made at the first start. */
async function waitForAuthority(seconds: number): Promise<string> {
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const ca = readAuthority()
    if (ca !== undefined) return ca
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`Docker smoke: no certificate of a CA within ${seconds} s.`)
}

/** All of it on https: nobody trusts it unasked, who takes the CA out of the volume signs in by it, and a restart keeps it. */
async function tryHttps(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'docker-smoke-'))
  try {
    const ca = await waitForAuthority(120)
    const caFile = join(folder, 'ca.pem')
    writeFileSync(caFile, ca)
    await waitUntilHealthy(120, SECURE_KIT_URL, createLocalFetch(ca))
    console.log('Docker smoke: healthy on https')
    const stranger = await fetch(`${SECURE_KIT_URL}/_kit/health`).catch(() => undefined)
    if (stranger !== undefined) throw new Error('Docker smoke: a client that was not told the CA was answered.')
    walk('entra-signup', SECURE_KIT_URL, '--ca', caFile)
    step('a restart of the services on https', docker('restart', 'idp', 'dialpad-sandbox', 'scenarios'))
    await waitUntilHealthy(60, SECURE_KIT_URL, createLocalFetch(ca))
    if (readAuthority() !== ca) throw new Error('Docker smoke: the CA is another after a restart.')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Begin a demonstration as a person at the kit home does, and wait for a picture of what the container's browser shows. */
async function seeDemo(seconds: number): Promise<void> {
  const start = `${KIT_URL}/demo/entra-scoping/start`
  const asked = await fetch(start)
  const [cookie = ''] = (asked.headers.getSetCookie()[0] ?? '').split(';')
  const csrf = /name="_csrf" value="([^"]+)"/.exec(await asked.text())?.[1] ?? ''
  const begun = await fetch(start, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: KIT_URL },
    body: new URLSearchParams({ _csrf: csrf, pace: 'normal' }),
  })
  const stage = new URL('/demo/stage', KIT_URL)
  if (begun.headers.get('location') !== stage.pathname) {
    throw new Error(`Docker smoke: the demonstration did not begin: status ${begun.status}.`)
  }
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const answer = await fetch(new URL('/demo/stage/live.png', KIT_URL)).catch(() => undefined)
    if (answer?.ok && answer.headers.get('content-type') === 'image/png') {
      console.log(`Docker smoke: a picture of the demonstration, ${(await answer.arrayBuffer()).byteLength} bytes`)
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  const page = await (await fetch(stage)).text()
  throw new Error(
    `Docker smoke: no picture of the demonstration within ${seconds} s. ${/No pictures/.exec(page) ?? ''}`,
  )
}

// Neither a fetch that gets no answer nor its time limit keeps a process alive by itself.
const alive = setInterval(() => {}, 1000)

try {
  step('build', docker('build'))
  step('up', docker('up', '-d'))
  await waitUntilHealthy(120)
  console.log('Docker smoke: healthy')
  walk('entra-lifecycle', KIT_URL)
  await seeDemo(60)
  step('a restart of the services', docker('restart', 'idp', 'dialpad-sandbox', 'scenarios'))
  await waitUntilHealthy(60)
  console.log('Docker smoke: healthy after the restart')
  step('down, with the volume', docker('down', '--volumes', '--remove-orphans'))
  env['KIT_TLS'] = '1'
  step('up on https', docker('up', '-d'))
  await tryHttps()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  docker('logs', '--tail', '80')
  process.exitCode = 1
} finally {
  clearInterval(alive)
  docker('down', '--volumes', '--remove-orphans')
}
