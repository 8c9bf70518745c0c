import type { OktaSystem } from '../collections.ts'
import { createJobRunner, type JobRunner } from './runner.ts'

/** Provisioning of one org: what its control calls live on. */
export interface OktaProvisioning {
  readonly system: OktaSystem
  readonly runner: JobRunner
  /** End at the next job; what is queued goes on after the next start. */
  stop(): Promise<void>
}

/** Put the queues and the scheduled imports on the schedule. What was queued before a stop, or a kill, runs at once. */
export function createOktaProvisioning(system: OktaSystem): OktaProvisioning {
  const runner = createJobRunner(system)
  system.schedule.register(runner.due)
  return { system, runner, stop: () => runner.stop() }
}
