import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import type { ListedCommand } from '#scenarios/library/control-client.ts'
import { UsageError } from './command-deps.ts'
import { type Against, type KitProgram, linesOr, ofEach, type ProductName, productName } from './kit-program.ts'

interface SceneOptions extends Against {
  readonly schema?: true
}

/** `command`: what the pages of a product can do, each in one call: list, look at the schema, run. */
export function addSceneCommand({ command, ask }: KitProgram, program: Command): void {
  command(program, 'command', 'do what a page of a product does; without a name: list what there is to do')
    .argument('[system]', 'the product', productName)
    .argument('[name]', 'one of the list')
    .argument('[input]', 'its input as JSON; @file reads a file, - standard input; {} unless told')
    .option('--schema', 'tell what it takes, as JSON schema, and do nothing')
    .action(
      async (
        system: ProductName | undefined,
        name: string | undefined,
        given: string | undefined,
        options: SceneOptions,
      ) => {
        if (system === undefined || name === undefined) return list(options, system)
        if (options.schema) return describe(options, system, name)
        const input = await readInput(given)
        return ask(
          options,
          ({ control }) => control[system].run(name, input),
          (answer) => JSON.stringify(answer, null, 2),
        )
      },
    )

  const list = (options: Against, system: ProductName | undefined): Promise<void> =>
    ask(
      options,
      async (kit) => ({ commands: await ofEach(kit, system, (client) => client.commands()) }),
      ({ commands }) =>
        linesOr(
          Object.entries(commands).flatMap(([product, known]) =>
            known.map((each) => `${product} ${each.name}${membersOf(each)}\n    ${each.does}`),
          ),
          'It has none.',
        ),
    )

  const describe = (options: Against, system: ProductName, name: string): Promise<void> =>
    ask(
      options,
      async ({ control }) => {
        const known = await control[system].commands()
        const found = known.find((each) => each.name === name)
        if (found !== undefined) return found
        throw new UsageError(`There is no command "${name}". There are: ${known.map((each) => each.name).join(', ')}.`)
      },
      (found) => `${found.does}\n${JSON.stringify(found.input, null, 2)}`,
    )
}

/** Members of its input, those that must be given without a question mark. */
function membersOf({ input }: ListedCommand): string {
  const properties = Object.keys((input['properties'] as object | undefined) ?? {})
  const required = new Set((input['required'] as readonly string[] | undefined) ?? [])
  const members = properties.map((name) => (required.has(name) ? name : `${name}?`))
  return members.length === 0 ? '' : ` {${members.join(', ')}}`
}

/** @throws {UsageError} when it is no JSON object, or the file cannot be read. */
async function readInput(given: string | undefined): Promise<object> {
  if (given === undefined) return {}
  const json = await (given === '-' ? text(process.stdin) : given.startsWith('@') ? readText(given.slice(1)) : given)
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new UsageError(`The input is not JSON: ${json.slice(0, 80)}`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new UsageError('The input is a JSON object, such as {"person":"ada.okafor@brightwave.example"}.')
}

function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`)
  })
}
