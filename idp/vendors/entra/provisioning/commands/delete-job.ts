import { removeJob } from '#idp/engine/jobs.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { appTarget, recordAudit } from '../../audit/record-audit.ts'
import type { Actor } from '../../commands/actor.ts'
import { journalChange } from '../../commands/journal-change.ts'
import { mustManageJob, type ProvisioningDeps } from './job-of-app.ts'

/**
 * Delete the configuration of an app, with everything it has linked. Nothing is sent to the target: accounts there stay as
 * they are. The provisioning log is kept.
 *
 * @throws {Refusal} `role_needed` (403); `not_configured` (404).
 */
export async function deleteJob(
  { system }: Pick<ProvisioningDeps, 'system'>,
  actor: Actor,
  { appId }: { readonly appId: string },
): Promise<void> {
  const { app, job } = await system.store.transact((tx) => {
    const managed = mustManageJob(tx, actor, appId)
    removeJob(tx, managed.job.id)
    recordAudit(tx, system.clock, {
      tenantId: managed.tenant.id,
      activity: 'Delete provisioning configuration',
      initiatedBy: initiatorOf(tx, managed),
      targets: [appTarget(managed.app)],
      details: { JobId: managed.job.id },
    })
    return managed
  })
  system.schedule.touch()
  journalChange(system, {
    title: `Provisioning of ${app.displayName} was deleted`,
    subject: app.displayName,
    change: { type: 'provisioning-job', id: job.id, before: { tenantUrl: job.tenantUrl, scope: job.scope } },
  })
}
