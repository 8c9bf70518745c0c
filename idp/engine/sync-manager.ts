import { referenceMapping } from '#idp/core/provisioning/map-attributes.ts'
import { buildPatch } from '#idp/core/provisioning/patch-dialect.ts'
import type { PatchDialect } from '#idp/core/provisioning/types.ts'
import { objectKey } from './collections.ts'
import type { EngineDeps, JobContext } from './context.ts'
import type { ProvisioningLink } from './records.ts'
import type { SourceObject } from './source.ts'
import type { ReferenceOutcome } from './sync-members.ts'

/** Somebody's manager: the path it is written to, and the manager's account where this job has one. */
export interface ManagerReference {
  readonly path: string
  readonly sourceId: string
  readonly targetId?: string
}

/** The manager to be written for a person; `undefined` when there is none, or the mapping has no row for it. */
export function managerOf(
  { system }: EngineDeps,
  { job }: JobContext,
  object: SourceObject,
): ManagerReference | undefined {
  const row = referenceMapping(job.schema.users.attributeMappings, 'manager')
  if (row === undefined || row.source.type !== 'Attribute') return undefined
  const sourceId = object.attributes[row.source.name]
  if (typeof sourceId !== 'string') return undefined
  const targetId = system.store.get('provisioningLinks', objectKey(job.id, sourceId))?.targetId
  return { path: row.targetAttributeName, sourceId, ...(targetId === undefined ? {} : { targetId }) }
}

/**
 * Write the manager of somebody who was created, or whose manager had no account yet, as a bare id (reference sheet 2.9).
 * A manager who has no account now is not waited for, unless the account failed and is to be tried again.
 */
export async function syncManager(
  deps: EngineDeps,
  context: JobContext,
  link: ProvisioningLink,
  object: SourceObject,
  dialect: PatchDialect,
): Promise<ReferenceOutcome> {
  const manager = managerOf(deps, context, object)
  if (manager === undefined) return { attribute: 'manager', added: [], removed: [], unresolved: [], waiting: false }
  const { path, sourceId, targetId } = manager
  const nothing = { attribute: path, added: [], removed: [], unresolved: [], waiting: false }
  if (targetId === undefined) {
    const waiting = deps.system.store.has('provisioningEscrows', objectKey(context.job.id, sourceId))
    return { ...nothing, unresolved: [sourceId], waiting }
  }
  const answer = await context.client.patch('User', link.targetId, buildPatch([{ path, after: targetId }], dialect))
  return answer.kind === 'failure' ? { ...nothing, failure: answer } : { ...nothing, added: [targetId] }
}
