import type { Command } from 'commander'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { parseConfig } from '#kit/config.ts'
import { closeOnSignal } from '#kit/system/run-process.ts'
import { type CommandDeps, wholeNumber } from './command-deps.ts'

interface UpOptions {
  readonly world: string
  readonly data?: string
  readonly ports: number
  readonly host?: string
  readonly tls?: true
  readonly json?: true
}

const FIRST_PORT = 4000

/** Ports in the contract's pattern, moved so that the kit home has `first`; 0: any free ones. */
function portsFrom(first: number): Readonly<Record<string, number>> {
  const move = (port: number): number => (first === 0 ? 0 : first + port - FIRST_PORT)
  const systems = SYSTEM_ADDRESSES.map(({ name, defaultPort }) => [name, move(defaultPort)] as const)
  return Object.fromEntries([...systems, ['smtp', move(parseConfig({}, []).smtpPort)]])
}

/** `up`: everything in this process until it is told to end. */
export function addUpCommand(program: Command, { out }: CommandDeps): void {
  program
    .command('up')
    .description('start every system in this process and print the addresses')
    .option('--world <name>', 'the seeded state to start from', 'brightwave')
    .option('--data <folder>', 'keep the stores there; without it nothing is kept')
    .option(
      '--ports <first>',
      'port of the kit home, the others follow in their pattern; 0: any free ones',
      wholeNumber,
      FIRST_PORT,
    )
    .option('--host <address>', 'address to listen on (127.0.0.1)')
    .option('--tls', 'all addresses on https, by certificates of a CA of its own')
    .option('--json', 'print the addresses as one line of JSON')
    .action(async ({ world, data, ports, host, tls, json }: UpOptions) => {
      const { startKit } = await import('#scenarios/library/start-kit.ts')
      const kit = await startKit({
        world,
        ports: portsFrom(ports),
        tls: tls === true,
        ...(data === undefined ? {} : { dataDir: data }),
        ...(host === undefined ? {} : { host }),
      })
      closeOnSignal(() => kit.close())
      const { urls, caPath } = kit
      if (json) out(JSON.stringify({ world, urls, ...(caPath === undefined ? {} : { caPath }) }))
      else {
        for (const [name, url] of Object.entries(urls)) out(`${name.padEnd(8)} ${url}`)
        if (caPath !== undefined) out(`${'CA'.padEnd(8)} ${caPath}`)
      }
    })
}
