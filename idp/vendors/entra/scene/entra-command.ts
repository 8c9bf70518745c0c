import type { z } from 'zod'
import { DirectoryRefusal } from '#idp/core/directory/refusal.ts'
import type { OidcService } from '#idp/protocols/oidc/service.ts'
import { type SceneCommand, sceneCommand } from '#kit/control/scene-commands.ts'
import { Refusal } from '#kit/http/errors.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import type { Actor } from '../commands/actor.ts'
import type { ProvisioningService } from '../provisioning/service.ts'

/** What commands that set a scene live on. */
export type SceneDeps = Pick<ProvisioningService, 'system' | 'engine' | 'source'> & {
  readonly oidc: Pick<OidcService, 'publishedKeys' | 'rollSigningKey' | 'retireSigningKey'>
  /** Wall clock of codes. */
  readonly wallNowMs: () => number
}

/** Scenes are set in the primary tenant, by the kit. */
export const KIT: Actor = { kind: 'kit', tenantId: TENANT_ID }

/** A command of a scene; what the directory refuses is refused in the form of the control API, under the directory's own code. */
export function entraCommand<const N extends string, O, I, A extends object>(
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

/** 400 is kept for a body that is not what a call takes; a rule that says no is 422. */
function controlForm(error: unknown): unknown {
  if (!(error instanceof DirectoryRefusal)) return error
  const status = { Request_BadRequest: 422, Request_ResourceNotFound: 404, ObjectConflict: 409 }[error.code]
  const hint = error.field === undefined ? 'Correct the request.' : `Correct "${error.field}".`
  return new Refusal(error.code, status, error.message, { hint, cause: error })
}
