import type { SnapshotInfo } from '#kit/system/system-control.ts'
import { countWords, fieldWords } from '#scenarios/home/control/compared-words.ts'
import type { SavedSnapshot, SharedComparison, SharedSnapshot } from '#scenarios/home/control/shared-snapshots.ts'
import { ControlRefusal } from '#scenarios/library/control-client.ts'
import { wholeNumber } from './command-deps.ts'
import { type Against, type KitProgram, linesOr } from './kit-program.ts'

interface Replacing extends Against {
  readonly replace?: true
}

const wordsOf = ({ name, world, virtualAt }: SnapshotInfo): string =>
  `${name} (world ${world}, virtual time ${virtualAt})`

/** `snapshot save`, `list`, `restore`, `compare`, `branch`, `delete`. */
export function addSnapshotCommands({ group, command, ask }: KitProgram): void {
  const snapshot = group('snapshot', 'states of all systems under a name, to come back to')

  command(snapshot, 'list', 'the snapshots there are').action((options: Against) =>
    ask(
      options,
      async ({ control }) => ({ snapshots: await control.kit.snapshots() }),
      ({ snapshots }) => linesOr(snapshots.map(wordsOf), 'No snapshots yet.'),
    ),
  )
  command(snapshot, 'save <name>', 'keep the present state')
    .option('--replace', 'also when there is one of that name')
    .action((name: string, options: Replacing) =>
      ask(
        options,
        async ({ control: { kit } }) => {
          if (!options.replace && (await kit.snapshots()).some((each) => each.name === name)) {
            const message = `There is a snapshot "${name}" already.`
            throw new ControlRefusal(409, 'snapshot_exists', message, 'Choose another name, or add --replace.')
          }
          return kit.snapshot(name)
        },
        (saved) => `Saved: ${wordsOf(saved)}`,
      ),
    )
  command(snapshot, 'restore <name>', 'bring every system back to it; what was done since is lost').action(
    (name: string, options: Against) =>
      ask(
        options,
        ({ control }) => control.kit.restore(name),
        (restored) => `Restored: ${wordsOf(restored)}`,
      ),
  )
  command(snapshot, 'compare <name> [other]', 'what became different from it to another, or to the present')
    .option('--limit <count>', 'records told of each kind', wholeNumber, 20)
    .action((name: string, other: string | undefined, options: Against & { readonly limit: number }) =>
      ask(
        options,
        async ({ control }) =>
          (await control.kit.call('GET', comparePath(name, other, options.limit))) as SharedComparison,
        tellComparison,
      ),
    )
  command(snapshot, 'branch <name>', 'keep the present under another name, then go on from this one')
    .requiredOption('--save <name>', 'the name for the present state')
    .option('--replace', 'also when there is one of that name')
    .action((name: string, options: Replacing & { readonly save: string }) =>
      ask(
        options,
        async ({ control }) =>
          (await control.kit.call('POST', `/snapshots/${encodeURIComponent(name)}/branch`, {
            save: options.save,
            replace: options.replace === true,
          })) as { readonly saved: SavedSnapshot; readonly at: SharedSnapshot },
        ({ saved, at }) => `Saved: ${wordsOf(saved.snapshot)}\nRestored: ${wordsOf(at)}`,
      ),
    )
  command(snapshot, 'delete <name>', 'remove it from every system').action((name: string, options: Against) =>
    ask(
      options,
      async ({ control }) => {
        await control.kit.deleteSnapshot(name)
        return { deleted: name }
      },
      ({ deleted }) => `Deleted: ${deleted}`,
    ),
  )
}

function comparePath(name: string, other: string | undefined, limit: number): string {
  const query = new URLSearchParams({ ...(other === undefined ? {} : { with: other }), limit: String(limit) })
  return `/snapshots/${encodeURIComponent(name)}/compare?${query}`
}

function tellComparison({ from, to, systems }: SharedComparison): string {
  const lines = systems.flatMap(({ label, collections }) =>
    collections.flatMap((collection) => [
      `${label}: ${collection.title}: ${countWords(collection)}`,
      ...collection.records.flatMap(({ name, change, fields, moreFields }) => [
        `  ${change} ${name}`,
        ...fields.map((field) => `      ${field.title}: ${fieldWords(field)}`),
        ...(moreFields === 0 ? [] : [`      and ${moreFields} more`]),
      ]),
    ]),
  )
  return [`From ${from.name} to ${to.name ?? 'the present'}:`, linesOr(lines, 'No difference.')].join('\n')
}
