import { WORLD_CHOICES } from '#kit/world/worlds.ts'
import type { Against, KitProgram } from './kit-program.ts'

/** `world list`, `world show`, `world set`, `reset`. */
export function addWorldCommands(
  { group, command, ask }: KitProgram,
  program: Parameters<KitProgram['command']>[0],
): void {
  const world = group('world', 'seeded states: what there is, which is in force, another one')
  const tell = (health: { readonly world: string; readonly now: string }): string =>
    `World ${health.world}, virtual time ${health.now}`

  command(world, 'list', 'the worlds to begin in, the one in force marked').action((options: Against) =>
    ask(
      options,
      async ({ control }) => ({ world: (await control.kit.health()).world, worlds: WORLD_CHOICES }),
      (answer) => answer.worlds.map((name) => `${name === answer.world ? '*' : ' '} ${name}`).join('\n'),
    ),
  )
  command(world, 'show', 'tell the world in force and the virtual time').action((options: Against) =>
    ask(options, ({ control }) => control.kit.health(), tell),
  )
  command(world, 'set <name>', 'reset every system to that world').action((name: string, options: Against) =>
    ask(options, ({ control }) => control.kit.reset({ world: name }), tell),
  )
  command(program, 'reset', 'put every system back to the seed of its world')
    .option('--keep-api-keys', "keep Dialpad's API keys valid")
    .action((options: Against & { readonly keepApiKeys?: true }) =>
      ask(options, ({ control }) => control.kit.reset(options.keepApiKeys ? { keepApiKeys: true } : {}), tell),
    )
}
