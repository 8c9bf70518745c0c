import type { OktaSystem } from '../collections.ts'
import { createRuleRunner, type RuleRunner } from '../groups/rules/run-rules.ts'
import { createJobRunner, type JobRunner } from './runner.ts'

/** Provisioning of one org: what its control calls live on. */
export interface OktaProvisioning {
  readonly system: OktaSystem
  readonly runner: JobRunner
  readonly rules: RuleRunner
  /** End at the next job; what is queued goes on after the next start. */
  stop(): Promise<void>
}

/** Put the queues, the scheduled imports and the work of group rules on the schedule. What was queued before a stop, or a kill, runs at once. */
export function createOktaProvisioning(system: OktaSystem): OktaProvisioning {
  const rules = createRuleRunner(system)
  const runner = createJobRunner(system)
  system.schedule.register(rules.due)
  system.schedule.register(runner.due)
  return { system, runner, rules, stop: async () => void (await Promise.all([rules.stop(), runner.stop()])) }
}
