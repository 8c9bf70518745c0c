import { type Command, InvalidArgumentError } from 'commander'
import type { SystemName } from '#contract/addresses.ts'
import { type ControlClient, ControlRefusal } from '#scenarios/library/control-client.ts'
import type { RunningKit } from '#scenarios/library/kit.ts'
import { KitUnreachable } from '#scenarios/runner/reach-kit.ts'
import type { CommandDeps } from './command-deps.ts'
import { EXIT } from './exit-codes.ts'
import { againstOption, caOption, type NamedKit, reachNamedKit } from './kit-address.ts'

/** What every command on a kit that runs takes. */
export interface Against extends NamedKit {
  readonly json?: true
}

/** The systems a command may be about; the kit home acts on all of them and has nothing of its own to set. */
export const PRODUCTS = ['entra', 'okta', 'dialpad'] as const satisfies readonly SystemName[]
export type ProductName = (typeof PRODUCTS)[number]

/** Commands on a kit that runs: how they are declared, how they ask it and tell what it answered. */
export interface KitProgram {
  /** A command with `--against`, `--ca` and `--json`. */
  command(parent: Command, nameAndArguments: string, description: string): Command
  /** Commands under one word. */
  group(name: string, description: string): Command
  /** Do `act` and tell its answer: in words, or whole with `--json`. A refusal ends with 1, nobody there with 3. */
  ask<T>(options: Against, act: (kit: RunningKit) => Promise<T>, tell: (answer: T) => string): Promise<void>
}

export function createKitProgram(program: Command, { out, err, endWith }: CommandDeps): KitProgram {
  return {
    command: (parent, nameAndArguments, description) =>
      parent
        .command(nameAndArguments)
        .description(description)
        .addOption(againstOption())
        .addOption(caOption())
        .option('--json', 'print the answer as JSON, and nothing else, on standard output'),

    group: (name, description) => program.command(name).description(description),

    async ask(options, act, tell) {
      const kit = await reachNamedKit(options)
      try {
        const answer = await act(kit)
        out(options.json ? JSON.stringify(answer, null, 2) : tell(answer))
      } catch (error) {
        if (isNobodyThere(error)) throw new KitUnreachable(unreachableWords(error), { cause: error })
        if (!(error instanceof ControlRefusal)) throw error
        if (options.json) {
          const { code, hint } = error
          const message = hint === undefined ? error.message : error.message.slice(0, -hint.length - 1)
          out(JSON.stringify({ error: { code, message, ...(hint === undefined ? {} : { hint }) } }, null, 2))
        } else err(error.message)
        endWith(error.code === 'system_unreachable' ? EXIT.unreachable : EXIT.checkFailed)
      }
    },
  }
}

/** `fetch` tells of a connection that failed with a `TypeError`. */
function isNobodyThere(error: unknown): error is Error {
  return error instanceof TypeError && error.message === 'fetch failed'
}

function unreachableWords({ cause }: Error): string {
  const why = cause instanceof Error ? cause.message : 'no answer'
  return `A system of the kit does not answer: ${why}. Is everything started?`
}

/** Parse the name of a product. @throws InvalidArgumentError */
export function productName(text: string): ProductName {
  const found = PRODUCTS.find((name) => name === text)
  if (found === undefined) throw new InvalidArgumentError(`Choose one of: ${PRODUCTS.join(', ')}.`)
  return found
}

/** One answer for each product, by its name: those asked for, or all. */
export async function ofEach<T>(
  kit: RunningKit,
  only: ProductName | undefined,
  act: (client: ControlClient) => Promise<T>,
): Promise<Readonly<Partial<Record<ProductName, T>>>> {
  const names = only === undefined ? PRODUCTS : [only]
  const answers = await Promise.all(names.map(async (name) => [name, await act(kit.control[name])] as const))
  return Object.fromEntries(answers) as Partial<Record<ProductName, T>>
}

/** Lines of a list, or what to say when there are none. */
export function linesOr(lines: readonly string[], none: string): string {
  return lines.length === 0 ? none : lines.join('\n')
}
