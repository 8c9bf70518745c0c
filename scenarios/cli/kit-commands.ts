import { type Command, Option } from 'commander'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { JOURNAL_KINDS, type JournalKind } from '#kit/journal.ts'
import type { ClockCommand, ControlClient } from '#scenarios/library/control-client.ts'
import { reachKit } from '#scenarios/runner/reach-kit.ts'
import { type CommandDeps, UsageError } from './command-deps.ts'

interface Against {
  readonly against: string
  readonly json?: true
}

const kitHomePort = SYSTEM_ADDRESSES.find(({ name }) => name === 'kit')?.defaultPort
const DEFAULT_KIT = `http://localhost:${kitHomePort}`

/** One call of the kit home's control API each: a kit that runs already is looked at, or changed. */
export function addKitCommands(program: Command, { out }: CommandDeps): void {
  const command = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .addOption(new Option('--against <url>', 'address of the kit home').env('KIT_URL').default(DEFAULT_KIT))
      .option('--json', 'print the answer as JSON')

  const ask = async <T>(options: Against, call: (home: ControlClient) => Promise<T>, tell: (answer: T) => string) => {
    const { control } = await reachKit(options.against)
    const answer = await call(control.kit)
    out(options.json ? JSON.stringify(answer, null, 2) : tell(answer))
  }

  command('world', 'tell the world in force; with a name: reset every system to that world')
    .argument('[name]')
    .action((name: string | undefined, options: Against) =>
      ask(
        options,
        (home) => (name === undefined ? home.health() : home.reset({ world: name })),
        ({ world, now }) => `World ${world}, virtual time ${now}`,
      ),
    )

  command('reset', 'put every system back to the seed of its world')
    .option('--keep-api-keys', "keep Dialpad's API keys valid")
    .action((options: Against & { readonly keepApiKeys?: true }) =>
      ask(
        options,
        (home) => home.reset(options.keepApiKeys ? { keepApiKeys: true } : {}),
        ({ world, now }) => `World ${world}, virtual time ${now}`,
      ),
    )

  command('clock', 'tell the virtual time; with an option: move it, and run what falls due')
    .option('--advance <duration>', 'ISO 8601 duration: PT40M, P1D')
    .option('--set <instant>', 'ISO 8601 instant, not before now')
    .option('--freeze', 'stop it')
    .option('--thaw', 'let it run again')
    .option('--rate <factor>', 'virtual seconds per second', Number)
    .action((options: Against & ClockOptions) => {
      const move = clockCommandOf(options)
      return move === undefined
        ? ask(
            options,
            (home) => home.clock(),
            ({ now, frozen, nextDue }) => `${now}${frozen ? ', frozen' : ''}, next due: ${nextDue ?? 'nothing'}`,
          )
        : ask(
            options,
            (home) => home.moveClock(move),
            ({ now, ran }) =>
              [...ran.map((each) => `${each.at} ${each.system}: ${each.what}: ${each.summary}`), now].join('\n'),
          )
    })

  command('journal', 'print the journal of all systems, oldest first')
    .option('--subject <name>', 'about this person or group only')
    .addOption(new Option('--kind <kind>', 'entries of this kind only').choices([...JOURNAL_KINDS]))
    .action((options: Against & { readonly subject?: string; readonly kind?: JournalKind }) =>
      ask(
        options,
        (home) =>
          home.journal({
            ...(options.subject === undefined ? {} : { subject: options.subject }),
            ...(options.kind === undefined ? {} : { kind: options.kind }),
          }),
        ({ items }) => items.map((each) => `${each.virtualAt} ${each.system.padEnd(8)} ${each.title}`).join('\n'),
      ),
    )

  command('snapshot', 'list the snapshots; with a name: take one of every system, or bring it back')
    .argument('[name]')
    .option('--restore', 'bring it back')
    .action((name: string | undefined, options: Against & { readonly restore?: true }) => {
      if (name === undefined) {
        if (options.restore) throw new UsageError('Name the snapshot to bring back: snapshot NAME --restore.')
        return ask(
          options,
          (home) => home.snapshots(),
          (all) => all.map((each) => `${each.name} (world ${each.world}, virtual time ${each.virtualAt})`).join('\n'),
        )
      }
      return ask(
        options,
        (home) => (options.restore ? home.restore(name) : home.snapshot(name)),
        (each) =>
          `${options.restore ? 'Brought back' : 'Taken'}: ${each.name} (world ${each.world}, virtual time ${each.virtualAt})`,
      )
    })
}

interface ClockOptions {
  readonly advance?: string
  readonly set?: string
  readonly freeze?: true
  readonly thaw?: true
  readonly rate?: number
}

/** @returns the one move asked for, `undefined` when none was. @throws {UsageError} for several. */
function clockCommandOf({ advance, set, freeze, thaw, rate }: ClockOptions): ClockCommand | undefined {
  const moves: ClockCommand[] = []
  if (advance !== undefined) moves.push({ advance })
  if (set !== undefined) moves.push({ set })
  if (freeze) moves.push({ frozen: true })
  if (thaw) moves.push({ frozen: false })
  if (rate !== undefined) moves.push({ rate })
  if (moves.length > 1) throw new UsageError('Give one of --advance, --set, --freeze, --thaw, --rate.')
  return moves[0]
}
