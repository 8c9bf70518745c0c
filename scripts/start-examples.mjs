/**
 * Run where the packed package and the examples are installed: `npm start` of each example, as its README says, beside a kit of this process.
 * Each must tell its address and answer there. Arguments: folders of examples.
 */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { startKit } from 'provisioning-twin'

/** Patience for a program to tell its address; wall milliseconds. */
const PATIENCE_MS = 60_000

async function freePort() {
  const server = createServer()
  await new Promise((settle) => server.listen(0, '127.0.0.1', settle))
  const { port } = server.address()
  await new Promise((settle) => server.close(settle))
  return port
}

/** The first address a program prints. */
async function addressOf(child) {
  const problems = []
  child.stderr.on('data', (chunk) => problems.push(chunk))
  const ended = new AbortController()
  const patience = AbortSignal.any([ended.signal, AbortSignal.timeout(PATIENCE_MS)])
  child.once('exit', () => ended.abort())
  const lines = createInterface({ input: child.stdout, signal: patience })
  for await (const line of lines) if (/^http:\/\/localhost:\d+/.test(line)) return line.trim()
  throw new Error(`It told no address. ${Buffer.concat(problems)}`)
}

const kit = await startKit({ world: 'brightwave' })
try {
  for (const example of process.argv.slice(2)) {
    const port = await freePort()
    const tenant = '5f0c8d1e-6a3b-4c27-9e41-b7d2a90c3f58'
    const env = {
      ...process.env,
      PORT: String(port),
      KIT_URL: kit.urls.kit,
      AUTHORITY: `${kit.urls.entra}/${tenant}/v2.0`,
    }
    // A group of its own: npm starts a shell, which starts the program.
    const child = spawn('npm', ['start', '--silent'], {
      cwd: example,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    try {
      const address = await addressOf(child)
      const { status } = await fetch(address, { redirect: 'manual' })
      // The SCIM server refuses who has no token; the apps show a page, or send to sign in.
      if (!address.includes(String(port)) || ![200, 302, 303, 401].includes(status)) {
        throw new Error(`${example} answers ${status} at ${address}.`)
      }
      console.log(`example ${example} starts (${status})`)
    } finally {
      process.kill(-child.pid)
    }
  }
} finally {
  await kit.close()
}
