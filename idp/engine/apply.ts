import { buildResource } from '#idp/core/provisioning/build-resource.ts'
import { buildPatch } from '#idp/core/provisioning/patch-dialect.ts'
import type { PatchDialect } from '#idp/core/provisioning/types.ts'
import type { JobContext } from './context.ts'
import type { Evaluation } from './evaluate.ts'
import type { Answer } from './read-answer.ts'

/** The target's id of the object after the action; `null` when there is none. */
export type Applied = Answer<string | null>

/**
 * Carry out one plan: at most one request. A skip sends nothing.
 *
 * @param dialect of PATCH; cycles follow the job's policy, the on-demand run has its own (reference sheet 2.7).
 */
export async function applyAction(
  { client }: JobContext,
  { object, action }: Evaluation,
  dialect: PatchDialect,
): Promise<Applied> {
  switch (action.kind) {
    case 'create': {
      const answer = await client.create(object.kind, buildResource(object.kind, action.attributes))
      return answer.kind === 'failure' ? answer : { kind: 'ok', value: answer.value.id }
    }
    case 'update':
    case 'disable': {
      const answer = await client.patch(object.kind, action.targetId, buildPatch(action.changes, dialect))
      return answer.kind === 'failure' ? answer : { kind: 'ok', value: action.targetId }
    }
    case 'delete':
      return client.remove(object.kind, action.targetId)
    case 'skip':
      return { kind: 'ok', value: action.targetId ?? null }
  }
}
