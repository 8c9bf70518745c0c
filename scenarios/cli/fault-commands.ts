import type { FaultEffect } from '#kit/system/collections.ts'
import { addFault, effectWords } from '#scenarios/library/fault-rules.ts'
import { UsageError, wholeNumber } from './command-deps.ts'
import { type Against, type KitProgram, linesOr, ofEach, type ProductName, productName } from './kit-program.ts'

interface EffectOptions {
  readonly status?: number
  readonly retryAfter?: number
  readonly detail?: string
  readonly drop?: true
  readonly html?: true
  readonly delay?: number
  readonly flaw?: string
}

interface AddOptions extends Against, EffectOptions {
  readonly times?: number
}

/** `fault list`, `fault operations`, `fault add`, `fault clear`. */
export function addFaultCommands({ group, command, ask }: KitProgram): void {
  const fault = group('fault', 'make operations of a product fail on purpose')

  command(fault, 'list', 'the rules in force, and how often each has struck')
    .argument('[system]', 'of one product', productName)
    .action((system: ProductName | undefined, options: Against) =>
      ask(
        options,
        async (kit) => ({ rules: await ofEach(kit, system, (client) => client.faults()) }),
        ({ rules }) =>
          linesOr(
            Object.entries(rules).flatMap(([name, list]) =>
              list.map(
                ({ on, effect, times, used }) =>
                  `${name} ${on}: ${effectWords(effect)}; ${used}${times === undefined ? '' : ` of ${times}`} times so far`,
              ),
            ),
            'No rules: everything works.',
          ),
      ),
    )
  command(fault, 'operations', 'the operations a rule may name')
    .argument('[system]', 'of one product', productName)
    .action((system: ProductName | undefined, options: Against) =>
      ask(
        options,
        async (kit) => ({
          operations: await ofEach(kit, system, async (client) => {
            const answer = (await client.call('GET', '/faults/operations')) as {
              readonly operations: readonly string[]
            }
            return answer.operations
          }),
        }),
        ({ operations }) =>
          linesOr(
            Object.entries(operations).flatMap(([name, list]) => list.map((operation) => `${name} ${operation}`)),
            'It has no operations that can be made to fail.',
          ),
      ),
    )
  command(fault, 'add', 'add a rule; the others stay')
    .argument('<system>', 'the product', productName)
    .argument('<operation>', 'one of `fault operations`')
    .option('--status <code>', 'answer with this status', wholeNumber)
    .option('--retry-after <seconds>', 'and with this Retry-After', wholeNumber)
    .option('--detail <text>', 'and with these words')
    .option('--drop', 'close the connection without an answer')
    .option('--html', 'answer with a web page')
    .option('--delay <ms>', 'answer so much later', wholeNumber)
    .option('--flaw <name>', 'hand out something wrong; operations of a sign-in take this alone')
    .option('--times <count>', 'strike so often; without it until cleared', wholeNumber)
    .action((system: ProductName, on: string, options: AddOptions) => {
      const rule = { on, effect: effectOf(options), ...(options.times === undefined ? {} : { times: options.times }) }
      return ask(
        options,
        async ({ control }) => {
          await addFault(control[system], rule)
          return { system, rule }
        },
        () =>
          `${system} ${on}: ${effectWords(rule.effect)}; ${options.times === undefined ? 'until cleared' : `${options.times} times`}`,
      )
    })
  command(fault, 'clear', 'remove all rules; everything works again')
    .argument('[system]', 'of one product', productName)
    .action((system: ProductName | undefined, options: Against) =>
      ask(
        options,
        async (kit) => {
          const cleared = await ofEach(kit, system, async (client) => {
            const { length } = await client.faults()
            await client.clearFaults()
            return length
          })
          return { cleared }
        },
        ({ cleared }) =>
          Object.entries(cleared)
            .map(([name, count]) => `${name}: ${count} removed`)
            .join('\n'),
      ),
    )
}

/** @throws {UsageError} when nothing would happen. */
function effectOf({ status, retryAfter, detail, drop, html, delay, flaw }: EffectOptions): FaultEffect {
  if (status === undefined && !drop && !html && delay === undefined && flaw === undefined) {
    throw new UsageError('Say what happens: --status, --drop, --html, --delay or --flaw.')
  }
  return {
    ...(status === undefined ? {} : { status }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(detail === undefined ? {} : { detail }),
    ...(drop ? { drop } : {}),
    ...(html ? { html } : {}),
    ...(delay === undefined ? {} : { delayMs: delay }),
    ...(flaw === undefined ? {} : { flaw }),
  }
}
