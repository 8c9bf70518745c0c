import { objectKey, writtenMemberKey } from '#idp/engine/collections.ts'
import type { EngineShape, ProvisioningLink } from '#idp/engine/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import type { Reader } from '#kit/store/store.ts'
import type { Actor } from '../../commands/actor.ts'
import { journalChange } from '../../commands/journal-change.ts'
import { mustManageJob, type ProvisioningDeps } from './job-of-app.ts'

/** The link of an object, looked for by its id in the directory, then by its id in the target. */
export function linkOf(reader: Reader<EngineShape>, jobId: string, objectId: string): ProvisioningLink | undefined {
  return (
    reader.get('provisioningLinks', objectKey(jobId, objectId)) ??
    reader.find('provisioningLinks', 'target', `${jobId}/User/${objectId}`)[0] ??
    reader.find('provisioningLinks', 'target', `${jobId}/Group/${objectId}`)[0]
  )
}

/**
 * Forget which account or group in the target stands for an object, so that it is matched anew; neither side is changed.
 * Nothing to forget is fine. The job must not be started (manage object connections).
 *
 * @returns whether there was such a link.
 * @throws {Refusal} `role_needed` (403); `not_configured` (404); `still_started` (409).
 */
export async function removeConnection(
  { system }: Pick<ProvisioningDeps, 'system'>,
  actor: Actor,
  { appId, objectId }: { readonly appId: string; readonly objectId: string },
): Promise<boolean> {
  const { app, job, link } = await system.store.transact((tx) => {
    const managed = mustManageJob(tx, actor, appId)
    if (managed.job.state === 'Active') {
      throw new Refusal('still_started', 409, `Provisioning of ${managed.app.displayName} is started: pause it first.`)
    }
    const { id: jobId } = managed.job
    const found = linkOf(tx, jobId, objectId)
    if (found !== undefined) {
      const key = objectKey(jobId, found.sourceId)
      tx.delete('provisioningLinks', key)
      tx.delete('provisioningEscrows', key)
      const written =
        found.kind === 'Group'
          ? tx.find('provisioningMembers', 'group', `${jobId}/${found.sourceId}`)
          : tx.find('provisioningMembers', 'member', `${jobId}/${found.targetId}`)
      for (const pair of written) {
        tx.delete('provisioningMembers', writtenMemberKey(jobId, pair.groupSourceId, pair.targetUserId))
      }
    }
    return { app: managed.app, job: managed.job, link: found }
  })
  if (link === undefined) return false
  journalChange(system, {
    title: `The connection of ${link.sourceId} with ${link.targetId} in ${app.displayName} was removed`,
    subject: app.displayName,
    change: { type: 'provisioning-link', id: objectKey(job.id, link.sourceId), before: link },
  })
  return true
}
