import type { Notify } from '#idp/engine/job-event.ts'
import type { ProvisioningJob, Quarantine, QuarantineReason } from '#idp/engine/records.ts'
import type { Mailer, MailMessage } from '#kit/mail/send-mail.ts'
import type { EntraSystem } from '../collections.ts'

/** The address the real service writes from (reference 6.4). */
export const QUARANTINE_MAIL_SENDER = 'azure-noreply@microsoft.com'

/** What each reason means and what to do about it. Wording of the real mail is not published: this is ours. */
const MEANINGS: Readonly<Record<QuarantineReason, string>> = {
  EncounteredQuarantineException:
    'The application refused the credential, could not be reached, or did not answer as SCIM demands. Enter a valid Secret Token, test the connection, save, and restart provisioning.',
  EncounteredEscrowProportionThreshold:
    'Too large a part of the changes failed. The provisioning logs say why; mend the cause and restart provisioning.',
  EncounteredBaseEscrowThreshold:
    'Too many changes failed. The provisioning logs say why; mend the cause and restart provisioning.',
  EncounteredTotalEscrowThreshold:
    'Too many changes failed, references included. The provisioning logs say why; mend the cause and restart provisioning.',
  TooManyDeletes:
    'More accounts would be disabled or deleted than the accidental deletion threshold allows. Nothing was deleted. Allow the deletes on the Overview; or undo their cause and restart provisioning.',
  QuarantinedOnDemand: 'The service put the job into quarantine.',
  IngestionInterrupted: 'Reading from the source was interrupted.',
  Unknown: 'The cause is not known.',
}

function messageFor(
  { store, origin }: Pick<EntraSystem, 'store' | 'origin'>,
  job: ProvisioningJob,
  { reason, error, since, nextAttempt }: Quarantine,
): MailMessage {
  const app = store.get('servicePrincipals', job.servicePrincipalId)?.displayName ?? 'a deleted app'
  const tenant = store.get('tenants', job.tenantId)
  const tenantName = tenant === undefined ? job.tenantId : `${tenant.displayName} (${tenant.domains[0] ?? tenant.id})`
  return {
    from: `Azure AD Provisioning Service <${QUARANTINE_MAIL_SENDER}>`,
    to: job.notification.email,
    subject: `Provisioning of ${app} is in quarantine`,
    text: [
      `Provisioning of ${app} in ${tenantName} is in quarantine.`,
      '',
      `Reason: ${reason}`,
      MEANINGS[reason],
      '',
      `Error code: ${error.code}`,
      `Details: ${error.message}`,
      `Since: ${since}`,
      `Next attempt: ${nextAttempt}`,
      '',
      `Overview: ${origin}/admin/apps/${job.servicePrincipalId}/provisioning`,
      '',
    ].join('\n'),
  }
}

/** The mail on entering quarantine, one for each reason, to the notification address of the job (reference 6.4). */
export function quarantineMails(system: Pick<EntraSystem, 'store' | 'origin'>, mailer: Mailer): Notify {
  return async (job, quarantine) => {
    if (!job.notification.enabled || job.notification.email === '') return 'There is nobody to write to any more.'
    const outcome = await mailer.send(messageFor(system, job, quarantine))
    return `Mail to ${job.notification.email}: ${outcome.kind === 'sent' ? 'sent' : outcome.why}`
  }
}
