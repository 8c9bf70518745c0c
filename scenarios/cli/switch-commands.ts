import { type Against, type KitProgram, linesOr, ofEach, type ProductName, productName } from './kit-program.ts'

/** `switch list`, `switch set`. */
export function addSwitchCommands({ group, command, ask }: KitProgram): void {
  const switches = group('switch', 'behaviours to choose where the products, or their versions, differ')

  command(switches, 'list', 'what can be chosen, the value in force first')
    .argument('[system]', 'of one product', productName)
    .action((system: ProductName | undefined, options: Against) =>
      ask(
        options,
        async (kit) => ({ switches: await ofEach(kit, system, (client) => client.switches()) }),
        (answer) =>
          linesOr(
            Object.entries(answer.switches).flatMap(([name, list]) =>
              list.map(({ id, value, values, behaviour }) => {
                const others = values.filter((each) => each !== value).join(', ')
                return `${name} ${id} = ${value} (or ${others})\n    ${behaviour}`
              }),
            ),
            'It has no switches.',
          ),
      ),
    )
  command(switches, 'set', 'choose a behaviour')
    .argument('<system>', 'the product', productName)
    .argument('<switch>', 'its id in `switch list`')
    .argument('<value>', 'one of its values')
    .action((system: ProductName, id: string, value: string, options: Against) =>
      ask(
        options,
        async ({ control }) => {
          await control[system].setSwitch(id, value)
          return { system, id, value }
        },
        () => `${system} ${id} = ${value}`,
      ),
    )
}
