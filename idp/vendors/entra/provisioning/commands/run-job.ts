import { statusCodeOf } from '#idp/engine/job-state.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import type { CycleResult } from '#idp/engine/run-cycle.ts'
import { Refusal } from '#kit/http/errors.ts'
import type { Actor } from '../../commands/actor.ts'
import { journalChange } from '../../commands/journal-change.ts'
import { mustManageJob, type ProvisioningDeps } from './job-of-app.ts'

interface AppInput {
  readonly appId: string
}

/** Words of the three commands, and what the audit of the real service calls them (reference 8.3). */
const ACTS = {
  start: { done: 'was started', activity: 'Enable/start provisioning configuration' },
  stop: { done: 'was stopped', activity: 'Disable/pause provisioning configuration' },
  restart: { done: 'was restarted', activity: 'Enable/restart provisioning configuration' },
} as const

async function act(
  { system, engine }: ProvisioningDeps,
  actor: Actor,
  appId: string,
  verb: keyof typeof ACTS,
): Promise<ProvisioningJob> {
  const { app, job } = mustManageJob(system.store, actor, appId)
  await engine[verb](job.id)
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
 * @throws {Refusal} `role_needed` (403); `not_configured` (404); `started_already` (409).
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
 * (reference 1.5).
 * @throws {Refusal} `role_needed` (403); `not_configured` (404); `never_run` (409) before the first cycle.
 */
export async function restartProvisioning(
  deps: ProvisioningDeps,
  actor: Actor,
  { appId }: AppInput,
): Promise<ProvisioningJob> {
  const { app, job } = mustManageJob(deps.system.store, actor, appId)
  const run = deps.system.store.get('provisioningRuns', job.id)
  if (run === undefined || (run.begun === 0 && statusCodeOf(job, run) === 'NotRun')) {
    throw new Refusal('never_run', 409, `Provisioning of ${app.displayName} has never run.`, {
      hint: 'Select Start provisioning.',
    })
  }
  return act(deps, actor, appId, 'restart')
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
