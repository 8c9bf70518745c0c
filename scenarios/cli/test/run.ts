import { runCli } from '../run-cli.ts'

export interface Ran {
  readonly status: number
  readonly out: string
  readonly err: string
}

/** The command line in this process, what it wrote kept. */
export async function run(...args: readonly string[]): Promise<Ran> {
  const out: string[] = []
  const err: string[] = []
  const status = await runCli(args, { out: (line) => out.push(line), err: (line) => err.push(line) })
  return { status, out: out.join('\n'), err: err.join('\n') }
}

/** An example of the help as a shell would split it. */
export function split(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
}
