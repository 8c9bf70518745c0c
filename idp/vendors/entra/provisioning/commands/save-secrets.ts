import { updateJob } from '#idp/engine/jobs.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { modifiedProperties, modifiedSecret } from '../../audit/modified-properties.ts'
import { appTarget, recordAudit } from '../../audit/record-audit.ts'
import type { Actor } from '../../commands/actor.ts'
import { journalChange } from '../../commands/journal-change.ts'
import { SecretTokenField, TenantUrlField } from './credentials.ts'
import { mustManageJob, type ProvisioningDeps } from './job-of-app.ts'

/** All settings the API keeps among the secrets of an app. Each stands for what was sent, or for its absence. */
export interface SecretsInput {
  readonly appId: string
  /** Empty: none. */
  readonly tenantUrl: string
  /** Bare. Empty: none. */
  readonly secretToken: string
  readonly scope: ProvisioningJob['scope']
  readonly notification: ProvisioningJob['notification']
  readonly deletionGuard: ProvisioningJob['deletionGuard']
  readonly skipOutOfScopeDeletions: boolean
  /** What this connector does not read, by name: kept for other tools, sealed. */
  readonly extras: Readonly<Record<string, string>>
}

/** The part of a job that is set together, without the credential. */
function settingsOf(job: ProvisioningJob) {
  const { tenantUrl, scope, notification, deletionGuard, skipOutOfScopeDeletions } = job
  return { BaseAddress: tenantUrl, scope, notification, deletionGuard, skipOutOfScopeDeletions }
}

/**
 * Replace the credentials and settings of a job, all of them: what is left out is gone, the token included (reference 11.2;
 * 12.2, #29). The connection is not tested, as the API does not; a wrong one shows in the next cycle.
 *
 * @throws {Refusal} `role_needed` (403); `not_configured` (404); `invalid_tenant_url`, `invalid_secret` (422).
 */
export async function saveSecrets(
  { system }: Pick<ProvisioningDeps, 'system'>,
  actor: Actor,
  { appId, secretToken, extras, ...settings }: SecretsInput,
): Promise<ProvisioningJob> {
  const url = TenantUrlField.safeParse(settings.tenantUrl)
  if (settings.tenantUrl !== '' && !url.success) {
    throw new Refusal('invalid_tenant_url', 422, url.error.issues[0]?.message ?? 'The Tenant URL cannot be used.')
  }
  const secret = SecretTokenField.safeParse(secretToken)
  if (!secret.success) {
    throw new Refusal('invalid_secret', 422, secret.error.issues[0]?.message ?? 'The Secret Token cannot be used.')
  }
  const { app, before, after } = await system.store.transact((tx) => {
    const managed = mustManageJob(tx, actor, appId)
    const { job } = managed
    const patch = { ...settings, tenantUrl: settings.tenantUrl.trim(), token: secretToken }
    const { sealedExtras: _, ...updated } = updateJob(tx, system.vault, job.id, patch, system.clock.iso()) ?? job
    const hasExtras = Object.keys(extras).length > 0
    const saved = hasExtras ? { ...updated, sealedExtras: system.vault.seal(JSON.stringify(extras)) } : updated
    tx.put('provisioningJobs', saved.id, saved)
    const modified = modifiedProperties(settingsOf(job), settingsOf(saved))
    recordAudit(tx, system.clock, {
      tenantId: managed.tenant.id,
      activity: 'Update provisioning setting or credentials',
      initiatedBy: initiatorOf(tx, managed),
      targets: [appTarget(managed.app, [...modified, modifiedSecret('SecretToken', job.tenantUrl !== '')])],
      details: { JobId: job.id },
    })
    return { app: managed.app, before: job, after: saved }
  })
  system.schedule.touch()
  journalChange(system, {
    title: `The credentials and settings of provisioning ${app.displayName} were replaced`,
    subject: app.displayName,
    change: { type: 'provisioning-job', id: after.id, before: settingsOf(before), after: settingsOf(after) },
  })
  return after
}
