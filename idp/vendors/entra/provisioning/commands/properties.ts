import { z } from 'zod'
import { updateJob } from '#idp/engine/jobs.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { modifiedProperties } from '../../audit/modified-properties.ts'
import { appTarget, recordAudit } from '../../audit/record-audit.ts'
import type { Actor } from '../../commands/actor.ts'
import { journalChange } from '../../commands/journal-change.ts'
import { mustManageJob, type ProvisioningDeps } from './job-of-app.ts'

/** Largest number the guard takes. */
const LARGEST_THRESHOLD = 1_000_000

const Ticked = z
  .literal('true')
  .optional()
  .transform((value) => value === 'true')

/**
 * What the pencil of Properties changes. The guard needs an address to write to (reference 6.3), and so does the
 * notification; an address is kept while it is not used.
 */
export const PropertiesForm = z
  .strictObject({
    notificationsEnabled: Ticked,
    notificationEmail: z.union([z.literal(''), z.email('This is not an e-mail address.')], {
      error: 'This is not an e-mail address.',
    }),
    guardEnabled: Ticked,
    threshold: z.coerce
      .number({ error: 'The threshold is a whole number.' })
      .int('The threshold is a whole number.')
      .min(1, 'The threshold is at least 1.')
      .max(LARGEST_THRESHOLD, `The threshold is at most ${LARGEST_THRESHOLD}.`),
    scope: z.enum(['assigned', 'all'], { error: 'Choose a scope.' }),
  })
  .superRefine((values, context) => {
    if (values.notificationEmail !== '' || !(values.notificationsEnabled || values.guardEnabled)) return
    const message = values.notificationsEnabled
      ? 'Enter the address that receives the notifications.'
      : 'Accidental deletions prevention needs an address to write to.'
    context.addIssue({ code: 'custom', path: ['notificationEmail'], message })
  })

export type Properties = z.infer<typeof PropertiesForm>

function propertiesOf({ notification, deletionGuard, scope }: ProvisioningJob): Properties {
  return {
    notificationsEnabled: notification.enabled,
    notificationEmail: notification.email,
    guardEnabled: deletionGuard.enabled,
    threshold: deletionGuard.threshold,
    scope,
  }
}

/**
 * Save the properties of a configuration. A narrower scope bites only after a restart (reference 1.4); nothing is restarted here.
 *
 * @throws {Refusal} `role_needed` (403); `not_configured` (404); `invalid_properties` (422).
 */
export async function updateProperties(
  { system }: ProvisioningDeps,
  actor: Actor,
  { appId, properties }: { readonly appId: string; readonly properties: Properties },
): Promise<{ readonly job: ProvisioningJob; readonly changed: boolean; readonly scopeChanged: boolean }> {
  const { notificationsEnabled, notificationEmail, guardEnabled, threshold, scope } = properties
  if (notificationEmail === '' && (notificationsEnabled || guardEnabled)) {
    throw new Refusal('invalid_properties', 422, 'Notifications and the deletion guard need an address to write to.')
  }
  const { app, before, after } = await system.store.transact((tx) => {
    const managed = mustManageJob(tx, actor, appId)
    const { job } = managed
    const patch = {
      notification: { enabled: notificationsEnabled, email: notificationEmail },
      deletionGuard: { enabled: guardEnabled, threshold },
      scope,
    }
    const updated = updateJob(tx, system.vault, job.id, patch, system.clock.iso()) ?? job
    const modified = modifiedProperties(propertiesOf(job), propertiesOf(updated))
    if (modified.length > 0) {
      recordAudit(tx, system.clock, {
        tenantId: job.tenantId,
        activity: 'Update provisioning setting or credentials',
        initiatedBy: initiatorOf(tx, managed),
        targets: [appTarget(managed.app, modified)],
        details: { JobId: job.id },
      })
    }
    return { app: managed.app, before: job, after: updated }
  })
  const changed = JSON.stringify(propertiesOf(before)) !== JSON.stringify(propertiesOf(after))
  if (changed) {
    journalChange(system, {
      title: `The properties of provisioning ${app.displayName} were changed`,
      subject: app.displayName,
      change: {
        type: 'provisioning-job',
        id: after.id,
        before: propertiesOf(before),
        after: propertiesOf(after),
      },
    })
  }
  return { job: after, changed, scopeChanged: before.scope !== after.scope }
}
