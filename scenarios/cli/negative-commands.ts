import { InvalidArgumentError } from 'commander'
import type { RunningKit } from '#scenarios/library/kit.ts'
import { armedAt, clearNegatives } from '#scenarios/negatives/arm.ts'
import { findNegative, NEGATIVES, UnknownNegative } from '#scenarios/negatives/catalogue.ts'
import { PROVIDER_LABELS, PROVIDERS, type ProviderName } from '#scenarios/negatives/negative.ts'
import { UsageError, wholeNumber } from './command-deps.ts'
import { type Against, type KitProgram, linesOr } from './kit-program.ts'

interface ArmOptions extends Against {
  readonly from: ProviderName
  readonly times?: number
}

/** `negative list`, `negative arm`, `negative clear`. */
export function addNegativeCommands({ group, command, ask }: KitProgram): void {
  const negative = group('negative', 'let a sign-in go wrong on purpose')

  command(negative, 'list', 'what can go wrong, and what is armed').action((options: Against) =>
    ask(
      options,
      async (kit) => ({ negatives: NEGATIVES, armed: (await ofProviders(kit, undefined, armed)).flat() }),
      (answer) =>
        [
          ...answer.negatives.map(({ id, from, wrong }) => `${id} (${from.join(', ')}): ${wrong}`),
          ...answer.armed.map((each) => `Armed at ${PROVIDER_LABELS[each.from]}: ${each.id}`),
        ].join('\n'),
    ),
  )
  command(negative, 'arm', 'let the next sign-in at a provider go wrong; the one after it is right again')
    .argument('<negative>', 'one of `negative list`')
    .requiredOption('--from <provider>', 'the provider', providerName)
    .option('--times <count>', 'so many sign-ins; one unless told', wholeNumber)
    .action((id: string, options: ArmOptions) => {
      const { from, times } = options
      checkFrom(id, from)
      return ask(
        options,
        (kit) => kit.negative(id, { from, ...(times === undefined ? {} : { times }) }),
        ({ title, correct, before }) =>
          linesOr(
            [
              `${title} is armed at ${PROVIDER_LABELS[from]}.`,
              ...(before === undefined ? [] : [before]),
              `A correct application: ${correct}`,
            ],
            '',
          ),
      )
    })
  command(negative, 'clear', 'every sign-in is right again')
    .argument('[provider]', 'of one provider', providerName)
    .action((provider: ProviderName | undefined, options: Against) =>
      ask(
        options,
        async (kit) => ({
          cleared: await ofProviders(kit, provider, async (client, name) => ({
            provider: name,
            count: await clearNegatives(client, name),
          })),
        }),
        ({ cleared }) => cleared.map(({ provider: name, count }) => `${name}: ${count} disarmed`).join('\n'),
      ),
    )
}

type Client = RunningKit['control'][ProviderName]

/** In the words of an answer: the entry itself stands in the list. */
async function armed(client: Client, from: ProviderName) {
  return (await armedAt(client, from)).map(({ negative, left }) => ({ id: negative.id, from, left }))
}

function ofProviders<T>(
  { control }: RunningKit,
  only: ProviderName | undefined,
  act: (client: Client, name: ProviderName) => Promise<T>,
): Promise<readonly T[]> {
  const names = only === undefined ? PROVIDERS : [only]
  return Promise.all(names.map((name) => act(control[name], name)))
}

/** @throws {UsageError} before anybody is asked: which negatives there are is no matter of the kit that runs. */
function checkFrom(id: string, from: ProviderName): void {
  try {
    if (findNegative(id).from.includes(from)) return
  } catch (error) {
    if (error instanceof UnknownNegative) throw new UsageError(error.message, { cause: error })
    throw error
  }
  throw new UsageError(`${PROVIDER_LABELS[from]} has no negative "${id}".`)
}

/** @throws InvalidArgumentError */
function providerName(text: string): ProviderName {
  const found = PROVIDERS.find((name) => name === text)
  if (found === undefined) throw new InvalidArgumentError(`Choose one of: ${PROVIDERS.join(', ')}.`)
  return found
}
