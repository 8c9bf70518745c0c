import { createJob, jobOfApp } from '#idp/engine/jobs.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import { nextIdSeed } from '#kit/ids.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { appTarget, recordAudit } from '../../audit/record-audit.ts'
import { type Actor, mustManageApp } from '../../commands/actor.ts'
import { journalChange } from '../../commands/journal-change.ts'
import { connectorOf, jobIdOf } from '../connectors.ts'
import type { ProvisioningDeps } from './job-of-app.ts'

/**
 * Create a job that knows no target yet, as the API does: credentials follow, and it cannot be started before (reference
 * 11.7). The pages make a job together with its credentials.
 *
 * @throws {Refusal} `role_needed` (403); `not_supported` (409) for an app without a connector; `unknown_template` (400);
 *   `configured_already` (409), since an app has one job here.
 */
export async function createEmptyJob(
  { system }: Pick<ProvisioningDeps, 'system'>,
  actor: Actor,
  { appId, templateId }: { readonly appId: string; readonly templateId: string },
): Promise<ProvisioningJob> {
  const { app, job } = await system.store.transact((tx) => {
    const standing = mustManageApp(tx, actor, appId)
    const { displayName } = standing.app
    const connector = connectorOf(standing.app)
    if (connector === undefined) {
      throw new Refusal('not_supported', 409, `${displayName} does not support automatic provisioning.`)
    }
    if (templateId !== connector.templateId) {
      throw new Refusal('unknown_template', 400, `${displayName} has no synchronization template '${templateId}'.`)
    }
    if (jobOfApp(tx, appId) !== undefined) {
      throw new Refusal('configured_already', 409, `Provisioning of ${displayName} is configured already.`)
    }
    const made = createJob(tx, system.vault, {
      id: jobIdOf(connector, standing.tenant.id, `${nextIdSeed(tx)}/provisioning-job`),
      tenantId: standing.tenant.id,
      servicePrincipalId: appId,
      templateId: connector.templateId,
      tenantUrl: '',
      token: '',
      schema: connector.schema,
      now: system.clock.iso(),
    })
    recordAudit(tx, system.clock, {
      tenantId: standing.tenant.id,
      activity: 'Add provisioning configuration',
      initiatedBy: initiatorOf(tx, standing),
      targets: [appTarget(standing.app)],
      details: { JobId: made.id },
    })
    return { app: standing.app, job: made }
  })
  journalChange(system, {
    title: `Provisioning of ${app.displayName} was configured, without credentials`,
    subject: app.displayName,
    change: { type: 'provisioning-job', id: job.id, after: { scope: job.scope } },
  })
  return job
}
