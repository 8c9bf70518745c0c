import { spawnSync } from 'node:child_process'
import { freePorts } from '../kit/test/free-ports.ts'

/**
 * Build the image, bring the containers up, run a walkthrough from this machine against them, see a picture of a demonstration
 * that plays in the container's browser, take everything down again.
 * Uses `docker compose`, or `docker-compose` where only that is there. Takes ports that are free, whoever has the kit's own.
 */

const PROJECT = 'provisioning-twin-smoke'
const VARIABLES = ['KIT_PORT', 'SMTP_PORT', 'ENTRA_PORT', 'OKTA_PORT', 'DIALPAD_PORT'] as const

const ports = await freePorts(VARIABLES.length)
const env = { ...process.env, ...Object.fromEntries(VARIABLES.map((name, index) => [name, String(ports[index])])) }
const KIT_URL = `http://localhost:${ports[0]}`

const compose: readonly [string, ...string[]] =
  spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0
    ? ['docker', 'compose']
    : ['docker-compose']

function docker(...args: readonly string[]): number {
  const [command, ...first] = compose
  return spawnSync(command, [...first, '-p', PROJECT, ...args], { stdio: 'inherit', env }).status ?? 1
}

function step(name: string, status: number): void {
  if (status !== 0) throw new Error(`Docker smoke: ${name} failed with status ${status}.`)
  console.log(`Docker smoke: ${name} ok`)
}

/** The kit home answers, or the time is over. */
async function waitUntilHealthy(seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    // A published port takes connections before anybody listens behind it, and may then say nothing at all.
    const answer = await fetch(`${KIT_URL}/_kit/health`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`Docker smoke: ${KIT_URL} was not healthy within ${seconds} s.`)
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
  const node = [process.execPath, '--conditions=source', '--import', 'tsx'] as const
  const [command, ...args] = node
  const walk = spawnSync(
    command,
    [...args, 'scenarios/cli/main.ts', 'scenario', 'run', 'entra-lifecycle', '--against', KIT_URL],
    { stdio: 'inherit' },
  )
  step('entra-lifecycle against the containers', walk.status ?? 1)
  await seeDemo(60)
  step('a restart of the services', docker('restart', 'idp', 'dialpad-sandbox', 'scenarios'))
  await waitUntilHealthy(60)
  console.log('Docker smoke: healthy after the restart')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  docker('logs', '--tail', '80')
  process.exitCode = 1
} finally {
  clearInterval(alive)
  docker('down', '--volumes', '--remove-orphans')
}
