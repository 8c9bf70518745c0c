import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { JobStatus } from '#idp/engine/jobs.ts'
import type { QuarantineReason } from '#idp/engine/records.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { AdminContext } from '../context.ts'
import { ProvisioningPage, provisioningHref } from './provisioning-page.tsx'

/** What ends a quarantine, by what began it (reference 6.1). */
const REMEDIES: Readonly<Record<QuarantineReason, string>> = {
  EncounteredQuarantineException:
    'The application refuses the credentials or does not answer as SCIM asks. Correct the cause, then select Restart provisioning.',
  EncounteredEscrowProportionThreshold:
    'Too large a share of the objects failed. Look for what the failures have in common, correct it, then select Restart provisioning.',
  EncounteredBaseEscrowThreshold:
    'Too many objects failed. Look for what the failures have in common, correct it, then select Restart provisioning.',
  EncounteredTotalEscrowThreshold:
    'Too many objects and references failed. Look for what the failures have in common, correct it, then select Restart provisioning.',
  TooManyDeletes:
    'One cycle would have deleted more than the threshold, so nothing was deleted. Allow the deletions, or undo what caused them and then select Restart provisioning.',
  QuarantinedOnDemand: 'The service put the job into quarantine. Select Restart provisioning.',
  IngestionInterrupted: 'The directory could not be read. Select Restart provisioning.',
  Unknown: 'Select Restart provisioning.',
}

/** For the time between Allow deletes, or the last of them done on demand, and the end of the next cycle. */
const NOTHING_STAGED = 'No deletion waits for approval any more. The next cycle sends what was allowed.'

interface JobProps {
  readonly app: ServicePrincipal
  readonly status: JobStatus
}

/** Why no cycle runs as usual, when the next attempt is, and what helps (reference 6.1, 6.3). */
export function QuarantineBanner({ app, status }: JobProps) {
  const { job, run, staged } = status
  const { quarantine } = run
  if (quarantine === null) return null
  const isGuard = quarantine.reason === 'TooManyDeletes'
  return (
    <Notice
      tone="danger"
      title={
        job.state === 'Disabled'
          ? 'Provisioning was disabled after four weeks in quarantine'
          : 'Provisioning is in quarantine'
      }
      actions={
        <>
          {staged > 0 && (
            <LinkButton kind="primary" href={provisioningHref(app.id, 'allow-deletes')}>
              Allow deletes
            </LinkButton>
          )}
          {!isGuard && <LinkButton href={provisioningHref(app.id, 'connectivity')}>Update credentials</LinkButton>}
          <LinkButton href={provisioningHref(app.id, 'logs')}>View provisioning logs</LinkButton>
        </>
      }
    >
      <DefinitionList
        items={[
          { term: 'Reason', value: <code>{quarantine.reason}</code> },
          { term: 'Error code', value: <code>{quarantine.error.code}</code> },
          { term: 'Details', value: quarantine.error.message },
          ...(staged > 0 ? [{ term: 'Staged deletions', value: String(staged) }] : []),
          { term: 'Since', value: <TimeText iso={quarantine.since} form="datetime" /> },
          {
            term: 'Next attempt',
            value:
              run.cycle !== null ? (
                'Now'
              ) : run.nextRunAt === null ? (
                'None'
              ) : (
                <TimeText iso={run.nextRunAt} form="datetime" />
              ),
          },
        ]}
      />
      <p>{isGuard && staged === 0 ? NOTHING_STAGED : REMEDIES[quarantine.reason]}</p>
    </Notice>
  )
}

/** Asks before staged deletions are sent. */
export function AllowDeletesPage({ context, app, status }: JobProps & { readonly context: AdminContext }) {
  const { staged } = status
  return (
    <ProvisioningPage context={context} app={app} page="Overview" step="Allow deletes">
      <ConfirmForm
        title="Allow deletes?"
        subject={staged === 1 ? '1 staged deletion' : `${staged} staged deletions`}
        action={provisioningHref(app.id, 'allow-deletes')}
        confirmLabel="Yes"
        cancelLabel="No"
        cancelHref={provisioningHref(app.id)}
        headingLevel={2}
      >
        {`These accounts and groups are disabled or deleted in ${app.displayName} in a cycle that begins at once. To reject the deletions instead, undo what caused them, then select Restart provisioning.`}
      </ConfirmForm>
    </ProvisioningPage>
  )
}
