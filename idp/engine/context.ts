import type { ExpressionEnvironment } from '#idp/core/provisioning/expression/environment.ts'
import type { QuarantineThresholds } from '#idp/core/provisioning/quarantine.ts'
import { createScopingJudge } from '#idp/core/provisioning/scoping/judge.ts'
import type { ObjectMapping, ProvisioningPolicy } from '#idp/core/provisioning/types.ts'
import type { System } from '#kit/system/system.ts'
import { environmentOf } from './environment.ts'
import type { Announce } from './job-event.ts'
import type { Phrasing } from './phrasing.ts'
import type { EngineShape, ObjectKind, ProvisioningJob } from './records.ts'
import type { ProvisioningSource, SourceScope } from './source.ts'
import { createTargetClient, type TargetClient } from './target-client.ts'

/** How a job's target is reached and treated: the vendor's reading of the job's address and its own habits. */
export interface JobPolicy extends ProvisioningPolicy {
  /** The Tenant URL without flags and without a trailing slash. */
  readonly baseUrl: string
  /** How many failures are too many. */
  readonly quarantineThresholds: QuarantineThresholds
}

/** What the engine lives on. */
export interface EngineDeps {
  readonly system: System<EngineShape>
  readonly source: ProvisioningSource
  readonly phrasing: Phrasing
  /** Asked anew for every cycle, so that a switch takes effect with the next one. */
  policyOf(job: ProvisioningJob): JobPolicy
  readonly announce?: Announce
}

/** One job, ready to be worked on. The credential is open only inside the client. */
export interface JobContext {
  readonly job: ProvisioningJob
  readonly policy: JobPolicy
  readonly scope: SourceScope
  readonly client: TargetClient
  /** What the mapping's expressions may ask of the world. */
  readonly environment: ExpressionEnvironment
}

/** What a run of the job needs, its token unsealed. @throws when the vault has another key. */
export function openJob(deps: EngineDeps, job: ProvisioningJob): JobContext {
  const { system } = deps
  const policy = deps.policyOf(job)
  const token = system.vault.open(job.sealedSecret)
  return {
    job,
    policy,
    scope: scopeOf(job, policy),
    client: createTargetClient(system, { baseUrl: policy.baseUrl, token, policy }),
    environment: environmentOf(system, policy),
  }
}

/** Which part of the source the job looks at, its scoping filters made ready for many objects. */
export function scopeOf(
  job: Pick<ProvisioningJob, 'tenantId' | 'servicePrincipalId' | 'scope' | 'schema'>,
  { defaultRoleCounts }: Pick<ProvisioningPolicy, 'defaultRoleCounts'>,
): SourceScope {
  const judges = {
    User: createScopingJudge(job.schema.users.scopingFilters),
    Group: createScopingJudge(job.schema.groups.scopingFilters),
  }
  return {
    tenantId: job.tenantId,
    servicePrincipalId: job.servicePrincipalId,
    scope: job.scope,
    defaultRoleCounts,
    judge: (kind, attributes) => judges[kind](attributes),
  }
}

/** The mapping the job has for this kind of object. */
export function mappingOf(job: ProvisioningJob, kind: ObjectKind): ObjectMapping {
  return kind === 'User' ? job.schema.users : job.schema.groups
}
