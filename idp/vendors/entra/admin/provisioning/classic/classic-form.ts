import { z } from 'zod'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import { SecretTokenField, TenantUrlField } from '../../../provisioning/commands/credentials.ts'

const Ticked = z.literal('true').optional()

/**
 * The one long form of the classic layout. What belongs to the settings is checked with them, by the schema the newer layout
 * uses; here only its shape is read. Until there is a configuration the form has no settings.
 */
export const ClassicForm = z.strictObject({
  act: z.enum(['test', 'save']),
  mode: z.enum(['manual', 'automatic'], { error: 'Choose a provisioning mode.' }),
  tenantUrl: TenantUrlField,
  secretToken: SecretTokenField,
  // The older portal saves nothing without an address to write to (reference 2.2).
  notificationEmail: z.string().trim().min(1, 'Enter the address that receives the notifications.'),
  notificationsEnabled: Ticked,
  guardEnabled: Ticked,
  threshold: z.string().optional(),
  scope: z.string().optional(),
  status: z.enum(['on', 'off'], { error: 'Choose On or Off.' }).optional(),
  restoreDefaults: Ticked,
})

export type ClassicValues = Readonly<Record<string, string>>

/** What the form holds for a configuration as it is; for an app without one, an empty form in manual mode. */
export function valuesOf(job: ProvisioningJob | undefined): ClassicValues {
  if (job === undefined) return { mode: 'manual', tenantUrl: '', notificationEmail: '' }
  return {
    mode: 'automatic',
    tenantUrl: job.tenantUrl,
    notificationEmail: job.notification.email,
    ...(job.notification.enabled ? { notificationsEnabled: 'true' } : {}),
    ...(job.deletionGuard.enabled ? { guardEnabled: 'true' } : {}),
    threshold: String(job.deletionGuard.threshold),
    scope: job.scope,
    status: job.state === 'Active' ? 'on' : 'off',
  }
}

/** The properties among the values, as the form of the newer layout sends them; what the form lacks is the job's. */
export function propertyFields(values: ClassicValues, job: ProvisioningJob | undefined): ClassicValues {
  const kept = valuesOf(job)
  return {
    ...(values['notificationsEnabled'] === undefined ? {} : { notificationsEnabled: values['notificationsEnabled'] }),
    ...(values['guardEnabled'] === undefined ? {} : { guardEnabled: values['guardEnabled'] }),
    notificationEmail: values['notificationEmail'] ?? '',
    threshold: values['threshold'] ?? kept['threshold'] ?? '500',
    scope: values['scope'] ?? kept['scope'] ?? 'assigned',
  }
}
