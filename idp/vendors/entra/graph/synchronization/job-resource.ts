import type { JobStatus } from '#idp/engine/jobs.ts'
import type { EngineError, Execution, ProvisioningJob, Quarantine } from '#idp/engine/records.ts'
import { INTERVAL_MINUTES } from '../../provisioning/policy.ts'
import { graphTime } from '../directory/graph-time.ts'

/** How the API writes that something has never happened. */
const NEVER = '0001-01-01T00:00:00Z'

/** Interval of a job that has no credentials yet: the longest span the real service's clock can tell (reference 11.3). */
const NO_INTERVAL = 'P10675199DT2H48M5.4775807S'

const timeOf = (iso: string | undefined): string => (iso === undefined ? NEVER : graphTime(iso))

function errorOf(error: EngineError | undefined) {
  if (error === undefined) return null
  return { code: error.code, message: error.message, tenantActionable: true }
}

function executionOf(execution: Execution | undefined) {
  if (execution === undefined) return null
  const { counts } = execution
  const exported = counts.created + counts.updated + counts.disabled + counts.deleted
  return {
    activityIdentifier: execution.id,
    state: execution.state,
    timeBegan: graphTime(execution.timeBegan),
    timeEnded: graphTime(execution.timeEnded),
    countEntitled: counts.entitled,
    countEntitledForProvisioning: counts.entitled,
    countEscrowed: counts.failed,
    countEscrowedRaw: counts.failed + counts.failedReferences,
    countExported: exported,
    countExports: exported + counts.references,
    countImported: counts.imported,
    countImportedDeltas: execution.kind === 'incremental' ? counts.imported : 0,
    countImportedReferenceDeltas: execution.kind === 'incremental' ? counts.references : 0,
    error: errorOf(execution.error),
  }
}

function quarantineOf(quarantine: Quarantine | null) {
  if (quarantine === null) return null
  return {
    reason: quarantine.reason,
    currentBegan: graphTime(quarantine.currentBegan),
    nextAttempt: graphTime(quarantine.nextAttempt),
    seriesBegan: graphTime(quarantine.since),
    // Attempts that left the quarantine as it was, after the one that began it.
    seriesCount: Math.max(0, quarantine.failedAttempts - 1),
    error: errorOf(quarantine.error),
  }
}

/** Key of a kind of object in the counters (its text is unverified, reference 11.3). */
function entryKey({ schema }: ProvisioningJob, kind: 'users' | 'groups'): string {
  return `${schema[kind].sourceObjectName} to ${schema[kind].targetObjectName}`
}

/**
 * A job under Graph's names (reference 11.3). Without credentials it is not configured, and its schedule is off.
 * @param now Virtual, ISO: when its progress was observed.
 */
export function jobResource({ job, run, code, progress }: JobStatus, now: string): Readonly<Record<string, unknown>> {
  const isConfigured = job.tenantUrl !== ''
  return {
    id: job.id,
    templateId: job.templateId,
    schedule: {
      expiration: null,
      interval: isConfigured ? `PT${INTERVAL_MINUTES}M` : NO_INTERVAL,
      state: isConfigured ? job.state : 'Disabled',
    },
    status: {
      code: isConfigured ? code : 'NotConfigured',
      countSuccessiveCompleteFailures: run.successiveFailures,
      escrowsPruned: run.escrowsPruned === true,
      troubleshootingUrl: '',
      steadyStateFirstAchievedTime: timeOf(run.steadyStateFirstAchieved),
      steadyStateLastAchievedTime: timeOf(run.steadyStateLastAchieved),
      lastExecution: executionOf(run.lastExecution),
      lastSuccessfulExecution: executionOf(run.lastSuccessfulExecution),
      lastSuccessfulExecutionWithExports: executionOf(run.lastSuccessfulExecutionWithExports),
      progress:
        progress === null
          ? []
          : [
              {
                units: 'pages',
                completedUnits: progress.completed,
                totalUnits: progress.total,
                progressObservationDateTime: graphTime(now),
              },
            ],
      synchronizedEntryCountByType: [
        { key: entryKey(job, 'users'), value: run.statistics.users },
        { key: entryKey(job, 'groups'), value: run.statistics.groups },
      ],
      quarantine: quarantineOf(run.quarantine),
    },
    synchronizationJobSettings: job.deletionGuard.enabled
      ? [{ name: 'QuarantineTooManyDeletesThreshold', value: String(job.deletionGuard.threshold) }]
      : [],
  }
}
