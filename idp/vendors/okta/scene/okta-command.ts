import type { z } from 'zod'
import { type SceneCommand, sceneCommand } from '#kit/control/scene-commands.ts'
import { Refusal } from '#kit/http/errors.ts'
import type { Actor } from '../commands/actor.ts'
import { OktaRefusal } from '../commands/refusal.ts'
import type { OktaProvisioning } from '../provisioning/service.ts'

/** What commands that set a scene live on. */
export type SceneDeps = Pick<OktaProvisioning, 'system' | 'runner' | 'rules'>

/** Scenes are set by the kit. */
export const KIT: Actor = { kind: 'kit' }

/** A command of a scene; what the org refuses is refused in the form of the control API, under the org's own code. */
export function oktaCommand<const N extends string, O, I, A extends object>(
  name: N,
  does: string,
  input: z.ZodType<O, I>,
  run: (input: O) => Promise<A>,
): SceneCommand<N, I, A> {
  return sceneCommand(name, does, input, async (value) => {
    try {
      return await run(value)
    } catch (error) {
      throw controlForm(error)
    }
  })
}

/** 400 is kept for a body that is not what a call takes; a rule that says no is 422. The causes become the hint. */
function controlForm(error: unknown): unknown {
  if (!(error instanceof OktaRefusal)) return error
  const causes = error.causes.map(({ summary }) => summary).join(' ')
  return new Refusal(error.code, error.status === 400 ? 422 : error.status, error.message, {
    hint: causes === '' ? 'Correct the request.' : causes,
    cause: error,
  })
}

/** The members an input names, without those that were left out. */
export function given<T extends object>(input: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  const named = Object.entries(input).filter(([, value]) => value !== undefined)
  return Object.fromEntries(named) as { readonly [K in keyof T]?: Exclude<T[K], undefined> }
}
