import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { type ControlRoute, controlRoute, parseInput } from './control-route.ts'

/**
 * Something a page can do, done in one call to set a scene: `POST /_kit/commands/{name}`. It calls the product's own command,
 * as the kit, and is refused as the page would be; the emulated APIs stay as strict as they are.
 */
export interface SceneCommand<N extends string = string, I = unknown, A extends object = object> {
  /** In words with hyphens: `assign-person`. */
  readonly name: N
  /** What it does, in a sentence. */
  readonly does: string
  readonly input: z.ZodType<unknown, I>
  readonly run: (input: unknown) => Promise<A>
}

/** A command whose input is parsed before it runs. Name, input and answer stay in its type, for typed clients. */
export function sceneCommand<const N extends string, O, I, A extends object>(
  name: N,
  does: string,
  input: z.ZodType<O, I>,
  run: (input: O) => Promise<A>,
): SceneCommand<N, I, A> {
  return { name, does, input, run: (value) => run(parseInput(input, value)) }
}

/** What the commands of a table take and answer, by name: what a typed client is made of. */
export type SceneCalls<T extends readonly SceneCommand[]> = {
  readonly [C in T[number] as C['name']]: {
    readonly input: z.input<C['input']>
    readonly answer: Awaited<ReturnType<C['run']>>
  }
}

/** The calls by which a system's scene is set: `GET /commands` lists them with the JSON schema of their input. */
export function sceneRoutes(commands: readonly SceneCommand[]): readonly ControlRoute[] {
  const byName = new Map(commands.map((command) => [command.name, command]))
  return [
    controlRoute({
      method: 'GET',
      path: '/commands',
      handle: () => ({
        commands: commands.map(({ name, does, input }) => ({
          name,
          does,
          input: z.toJSONSchema(input, { io: 'input' }),
        })),
      }),
    }),
    controlRoute({
      method: 'POST',
      path: '/commands/:name',
      body: z.looseObject({}),
      handle: ({ params, body }) => {
        const command = byName.get(params['name'] ?? '')
        if (command === undefined) {
          throw new Refusal('unknown_command', 404, `There is no command "${params['name']}".`, {
            hint: `There are: ${[...byName.keys()].join(', ')}.`,
          })
        }
        return command.run(body)
      },
    }),
  ]
}
