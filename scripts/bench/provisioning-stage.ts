import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { freePorts } from '#kit/test/free-ports.ts'
import { runScript, type Server, startServer, startSilentServer } from './processes.ts'
import type { BenchOptions } from './row.ts'

/**
 * The directory and Dialpad as they ship, each in a process and a data folder of its own, in world `scale:N`: N people in N/20
 * teams, every team assigned, nobody provisioned yet.
 */
export interface ProvisioningStage {
  readonly idp: Server
  readonly dialpad: Server
  /** Of the enterprise app. */
  readonly appId: string
  /** Run the next cycle to its end. @returns its summary. @throws when it did not complete, or somebody failed. */
  runCycle(): Promise<string>
  /** The kit home beside them. */
  startHome(): Promise<Server>
  stop(): Promise<void>
}

/** A call of the control API of one system. @throws for everything but success. */
export async function callControl(origin: string, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${origin}/_kit${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`POST /_kit${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Record<string, unknown>
}

/** How the idp is run: further options of node, and who is told what it prints. */
export interface IdpOptions {
  readonly nodeOptions?: readonly string[]
  readonly onLine?: (line: string) => void
}

export async function openProvisioningStage(
  people: number,
  { scratch, progress }: Pick<BenchOptions, 'scratch' | 'progress'>,
  { nodeOptions = [], onLine }: IdpOptions = {},
): Promise<ProvisioningStage> {
  const ports = await freePorts(SYSTEM_ADDRESSES.length + 1)
  const env = Object.fromEntries(SYSTEM_ADDRESSES.map(({ name }, at) => [`${name.toUpperCase()}_PORT`, `${ports[at]}`]))
  const folder = (name: string) => mkdtempSync(join(scratch, `${name}-`))
  const shared = { ...env, SMTP_PORT: `${ports.at(-1)}`, HOST: '127.0.0.1', WORLD: `scale:${people}` }
  const running: Server[] = []
  const keep = (server: Server): Server => {
    running.push(server)
    return server
  }
  const stop = async (): Promise<void> => {
    for (const server of running.splice(0)) await server.stop()
  }
  try {
    const dialpad = keep(
      await startServer(['dist/dialpad-sandbox/main.js'], { ...shared, DATA_DIR: folder('dialpad') }),
    )
    const { secret } = await callControl(dialpad.origin, '/api-keys', { name: 'Provisioning' })
    progress(`preparing a directory of ${people.toLocaleString('en')}`)
    const idpFolder = folder('idp')
    const made = await runScript('scripts/bench/prepare-directory.ts', [idpFolder, String(people), String(secret)])
    const { appId, jobId } = JSON.parse(made) as { appId: string; jobId: string }
    const idpEnv = { ...shared, DATA_DIR: idpFolder }
    const idp = keep(await startServer([...nodeOptions, 'dist/idp/main.js'], idpEnv, onLine))
    return {
      idp,
      dialpad,
      appId,
      async runCycle() {
        const { ended, summary } = await callControl(idp.origin, `/provisioning/${jobId}/cycle`, {})
        if (ended !== 'completed' || !/ 0 failed$/.test(String(summary))) throw new Error(`${ended}: ${summary}`)
        return String(summary)
      },
      startHome: async () =>
        keep(
          await startSilentServer(['dist/scenarios/main.js'], `http://127.0.0.1:${env['KIT_PORT']}`, {
            ...shared,
            DATA_DIR: folder('kit'),
          }),
        ),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
