import { type Command, Option } from 'commander'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { JOURNAL_KINDS, type JournalEntry, type JournalKind } from '#kit/journal.ts'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import type { CommandDeps } from './command-deps.ts'
import { wholeNumber } from './command-deps.ts'
import { followJournal } from './follow-journal.ts'
import type { Against, KitProgram } from './kit-program.ts'

interface FilterOptions extends Against {
  readonly subject?: string
  readonly kind?: JournalKind
  readonly system?: string
  readonly lines: number
}

/** `journal tail`, `journal follow`. */
export function addJournalCommands({ group, command, ask }: KitProgram, { out }: CommandDeps): void {
  const journal = group('journal', 'what all systems said to each other and changed, oldest first')
  const filtered = (made: Command): Command =>
    made
      .option('--subject <name>', 'about this person or group only')
      .addOption(new Option('--kind <kind>', 'entries of this kind only').choices([...JOURNAL_KINDS]))
      .addOption(new Option('--system <name>', 'of one system only').choices(SYSTEM_ADDRESSES.map(({ name }) => name)))

  filtered(command(journal, 'tail', 'the last entries'))
    .option('-n, --lines <count>', 'how many', wholeNumber, 20)
    .action((options: FilterOptions) =>
      ask(
        options,
        async ({ control }) => ({ items: await readTail(control.kit, options) }),
        ({ items }) => (items.length === 0 ? 'Nothing yet.' : items.map(lineOf).join('\n')),
      ),
    )

  filtered(command(journal, 'follow', 'entries as they happen, one a line, until interrupted'))
    .option('-n, --lines <count>', 'end after so many; 0: never', wholeNumber, 0)
    .action((options: FilterOptions) =>
      ask(
        options,
        async ({ control, fetch }) => {
          let told = 0
          for await (const entry of followJournal(control.kit.origin, queryOf(options), fetch)) {
            if (!isOfSystem(entry, options)) continue
            out(options.json ? JSON.stringify(entry) : lineOf(entry))
            told += 1
            if (told === options.lines) break
          }
          return { told }
        },
        ({ told }) => `${told} told.`,
      ),
    )
}

function lineOf({ virtualAt, system, title, subject }: JournalEntry): string {
  return `${virtualAt} ${system.padEnd(8)} ${title}${subject === undefined || title.includes(subject) ? '' : ` (${subject})`}`
}

const isOfSystem = (entry: JournalEntry, { system }: Pick<FilterOptions, 'system'>): boolean =>
  system === undefined || entry.system === system

function queryOf({ subject, kind }: Pick<FilterOptions, 'subject' | 'kind'>): {
  readonly subject?: string
  readonly kind?: JournalKind
} {
  return { ...(subject === undefined ? {} : { subject }), ...(kind === undefined ? {} : { kind }) }
}

/** Entries asked for at a time: more than most people want to see, so that one answer is mostly enough. */
const PAGE = 200

/** The last lines, read from the newest backward: a journal may be long. Oldest first. */
export async function readTail(
  home: Pick<ControlClient, 'call'>,
  options: Pick<FilterOptions, 'subject' | 'kind' | 'system' | 'lines'>,
): Promise<readonly JournalEntry[]> {
  let kept: readonly JournalEntry[] = []
  let before = 'newest'
  while (kept.length < options.lines) {
    const page = (await home.call(
      'GET',
      `/journal?${new URLSearchParams({ ...queryOf(options), before, limit: String(PAGE) })}`,
    )) as {
      readonly items: readonly JournalEntry[]
      readonly next: string
      readonly more: boolean
    }
    kept = [...page.items.filter((entry) => isOfSystem(entry, options)), ...kept].slice(-options.lines)
    if (!page.more) return kept
    before = page.next
  }
  return kept
}
