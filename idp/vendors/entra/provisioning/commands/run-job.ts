import type { Alongside } from '#idp/engine/engine.ts'
import { statusCodeOf } from '#idp/engine/job-state.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import type { ResetScope } from '#idp/engine/restart.ts'
import type { CycleResult } from '#idp/engine/run-cycle.ts'
import { Refusal } from '#kit/http/errors.ts'
import { wholeWriter } from '../../audit/engine-events.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { modifiedProperties } from '../../audit/modified-properties.ts'
import { appTarget, recordAudit } from '../../audit/record-audit.ts'
import type { Actor } from '../../commands/actor.ts'
import { journalChange } from '../../commands/journal-change.ts'
import { mustBeConnected, mustManageJob, type ProvisioningDeps } from './job-of-app.ts'

interface AppInput {
  readonly appId: string
}

/** Words of the three commands, and what the audit of the real service calls them (reference 8.3). */
const ACTS = {
  start: { done: 'was started', activity: 'Enable/start provisioning configuration' },
  stop: { done: 'was stopped', activity: 'Disable/pause provisioning configuration' },
  restart: { done: 'was restarted', activity: 'Enable/restart provisioning configuration' },
  /** No activity of its own is published. */
  allowDeletes: { done: 'may delete what was staged', activity: 'Enable/restart provisioning configuration' },
} as const

async function act(
  { system, engine }: ProvisioningDeps,
  actor: Actor,
  appId: string,
  verb: keyof typeof ACTS,
  resetScope: readonly ResetScope[] = [],
): Promise<ProvisioningJob> {
  const managed = mustManageJob(system.store, actor, appId)
  const { app, job } = managed
  const audit: Alongside = (engineTx) => {
    const tx = wholeWriter(engineTx)
    const modified = modifiedProperties({ state: job.state }, { state: tx.get('provisioningJobs', job.id)?.state })
    recordAudit(tx, system.clock, {
      tenantId: job.tenantId,
      activity: ACTS[verb].activity,
      initiatedBy: initiatorOf(tx, managed),
      targets: [appTarget(app, modified)],
      details: { JobId: job.id, ...(resetScope.length === 0 ? {} : { ResetScope: resetScope.join(', ') }) },
    })
  }
  const isDone =
    verb === 'restart' ? await engine.restart(job.id, audit, resetScope) : await engine[verb](job.id, audit)
  if (verb === 'allowDeletes' && !isDone) {
    throw new Refusal('nothing_staged', 409, `No deletions of ${app.displayName} wait for approval.`)
  }
  const after = system.store.get('provisioningJobs', job.id) ?? job
  journalChange(system, {
    title: `Provisioning of ${app.displayName} ${ACTS[verb].done}`,
    subject: app.displayName,
    change: {
      type: 'provisioning-job',
      id: job.id,
      before: { state: job.state },
      after: { state: after.state, activity: ACTS[verb].activity },
    },
  })
  return after
}

/**
 * Start provisioning: the first cycle begins at once and is followed live; one that was stopped goes on from its watermark.
 * @throws {Refusal} `role_needed` (403); `not_configured` (404); `started_already`, `no_credentials` (409).
 */
export async function startProvisioning(
  deps: ProvisioningDeps,
  actor: Actor,
  { appId }: AppInput,
): Promise<ProvisioningJob> {
  const { app, job } = mustManageJob(deps.system.store, actor, appId)
  if (job.state === 'Active') {
    throw new Refusal('started_already', 409, `Provisioning of ${app.displayName} is started already.`)
  }
  mustBeConnected({ app, job })
  return act(deps, actor, appId, 'start')
}

/**
 * Stop provisioning: the running cycle finishes, no other begins (reference 1.5).
 * @throws {Refusal} `role_needed` (403); `not_configured` (404); `stopped_already` (409).
 */
export async function stopProvisioning(
  deps: ProvisioningDeps,
  actor: Actor,
  { appId }: AppInput,
): Promise<ProvisioningJob> {
  const { app, job } = mustManageJob(deps.system.store, actor, appId)
  if (job.state !== 'Active') {
    throw new Refusal('stopped_already', 409, `Provisioning of ${app.displayName} is not started.`)
  }
  return act(deps, actor, appId, 'stop')
}

/**
 * Restart provisioning: watermark, escrows and quarantine are forgotten, links are kept, an initial cycle begins at once
 * (reference 1.5). The graph API may name what is forgotten: `Full` breaks the links too, `ForceDeletes` lets staged deletions go.
 *
 * @throws {Refusal} `role_needed` (403); `not_configured` (404); `no_credentials` (409); `never_run` (409) before the first cycle.
 */
export async function restartProvisioning(
  deps: ProvisioningDeps,
  actor: Actor,
  { appId, resetScope = [] }: AppInput & { readonly resetScope?: readonly ResetScope[] },
): Promise<ProvisioningJob> {
  const { app, job } = mustManageJob(deps.system.store, actor, appId)
  mustBeConnected({ app, job })
  const run = deps.system.store.get('provisioningRuns', job.id)
  if (run === undefined || (run.begun === 0 && statusCodeOf(job, run) === 'NotRun')) {
    throw new Refusal('never_run', 409, `Provisioning of ${app.displayName} has never run.`, {
      hint: 'Select Start provisioning.',
    })
  }
  return act(deps, actor, appId, 'restart', resetScope)
}

/**
 * Allow deletes: what the accidental deletions prevention has staged is sent in a cycle that begins at once (reference 6.3).
 * Whoever is to leave after this moment is counted anew.
 *
 * @throws {Refusal} `role_needed` (403); `not_configured` (404); `nothing_staged` (409).
 */
export async function allowDeletes(
  deps: ProvisioningDeps,
  actor: Actor,
  { appId }: AppInput,
): Promise<ProvisioningJob> {
  return act(deps, actor, appId, 'allowDeletes')
}

/**
 * Run what would run next, now, and wait for its end. For the control API: the product has no such button.
 * @throws {Refusal} `unknown_job` (404); `stopped` (409) when nothing would run next.
 */
export async function runCycleNow(
  { system, engine }: Pick<ProvisioningDeps, 'system' | 'engine'>,
  jobId: string,
): Promise<CycleResult> {
  const job = system.store.get('provisioningJobs', jobId)
  if (job === undefined) {
    throw new Refusal('unknown_job', 404, `There is no provisioning job ${jobId}.`, {
      hint: 'The id is on the Overview of the app’s provisioning, under View technical information.',
    })
  }
  const cycle = system.store.get('provisioningRuns', jobId)?.cycle ?? null
  if (job.state !== 'Active' && cycle === null) {
    throw new Refusal('stopped', 409, `Provisioning job ${jobId} is not started: nothing would run next.`, {
      hint: 'Select Start provisioning on its Overview.',
    })
  }
  return engine.runNow(jobId)
}
