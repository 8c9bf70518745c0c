import { isManagedAfter } from '#idp/core/provisioning/plan-user.ts'
import { nextObjectAttempt } from '#idp/core/provisioning/policy.ts'
import { isInScope } from '#idp/core/provisioning/scope.ts'
import type { TargetValue } from '#idp/core/provisioning/types.ts'
import type { Writer } from '#kit/store/store.ts'
import type { Applied } from './apply.ts'
import { objectKey, writtenMemberKey } from './collections.ts'
import type { Evaluation, FailedEvaluation, Findings } from './evaluate.ts'
import type { Phrasing } from './phrasing.ts'
import type {
  CycleCounts,
  EngineShape,
  LogAction,
  LogIdentity,
  LogStatus,
  ModifiedProperty,
  ProvisioningJob,
  ProvisioningLink,
  ProvisioningLogEntry,
} from './records.ts'
import type { TargetFailure } from './target-response.ts'

/** What became of one object: the evaluation, and what applying it came to when it got that far. */
export type ObjectOutcome =
  | { readonly kind: 'applied'; readonly evaluation: Evaluation; readonly targetId: string | null }
  | { readonly kind: 'failed'; readonly evaluation: Evaluation | FailedEvaluation; readonly failure: TargetFailure }

export function outcomeOf(evaluation: Evaluation, applied: Applied): ObjectOutcome {
  return applied.kind === 'ok'
    ? { kind: 'applied', evaluation, targetId: applied.value }
    : { kind: 'failed', evaluation, failure: applied }
}

type Verb = 'create' | 'update' | 'disable' | 'delete' | 'skip'

const LOG_ACTIONS: Readonly<Record<Verb, LogAction>> = {
  create: 'Create',
  update: 'Update',
  disable: 'Disable',
  delete: 'Delete',
  skip: 'Other',
}

const text = (value: TargetValue | undefined): string | null => (value === undefined ? null : String(value))

/** Attributes a plan writes, old and new, in the order of the mapping. */
export function modifiedBy({ action }: Evaluation): readonly ModifiedProperty[] {
  switch (action.kind) {
    case 'create':
      return Array.from(action.attributes, ([name, value]) => ({ name, oldValue: null, newValue: text(value) }))
    case 'update':
    case 'disable':
      return action.changes.map((change) => ({
        name: change.path,
        oldValue: text(change.before),
        newValue: text(change.after),
      }))
    case 'delete':
    case 'skip':
      return []
  }
}

function sourceIdentity({ object }: Findings): LogIdentity {
  const { id, displayName, userPrincipalName } = object
  return userPrincipalName === undefined ? { id, displayName } : { id, displayName, name: userPrincipalName }
}

function targetIdentity(
  findings: Findings,
  evaluation: Evaluation | null,
  targetId: string | null,
): LogIdentity | null {
  if (targetId === null) return null
  const found = evaluation?.situation.current
  const shown = found?.['displayName'] ?? found?.['userName']
  return { id: targetId, displayName: typeof shown === 'string' ? shown : findings.object.displayName }
}

export interface EntryFrame {
  readonly id: string
  readonly changeId: string
  readonly cycleId: string
  readonly trigger: ProvisioningLogEntry['trigger']
  readonly at: string
  readonly durationMs: number
}

/** What an outcome does to the counters of its cycle. */
export function countsOf(outcome: ObjectOutcome): Partial<CycleCounts> {
  const { object } = outcome.evaluation
  const seen = { imported: 1, entitled: object.presence !== 'hard-deleted' && isInScope(object.facts) ? 1 : 0 }
  if (outcome.kind === 'failed') return { ...seen, failed: 1 }
  switch (outcome.evaluation.action.kind) {
    case 'create':
      return { ...seen, created: 1 }
    case 'update':
      return { ...seen, updated: 1 }
    case 'disable':
      return { ...seen, disabled: 1 }
    case 'delete':
      return { ...seen, deleted: 1 }
    case 'skip':
      return { ...seen, skipped: 1 }
  }
}

/** The beginning of an object's entry: nothing done yet. */
export function blankEntry(
  job: ProvisioningJob,
  findings: Findings,
  frame: EntryFrame,
): Omit<ProvisioningLogEntry, 'key'> {
  return {
    ...frame,
    jobId: job.id,
    servicePrincipalId: job.servicePrincipalId,
    kind: findings.object.kind,
    action: 'Other',
    status: 'Skipped',
    source: sourceIdentity(findings),
    target: targetIdentity(findings, null, findings.link?.targetId ?? null),
    steps: findings.steps,
    modified: [],
    facts: findings.object.facts,
  }
}

/** The log entry of an outcome, worded by the vendor. */
export function entryFor(
  job: ProvisioningJob,
  phrasing: Phrasing,
  outcome: ObjectOutcome,
  frame: EntryFrame,
): Omit<ProvisioningLogEntry, 'key'> {
  const { evaluation } = outcome
  const planned = evaluation.kind === 'planned' ? evaluation : null
  const verb: Verb = planned?.action.kind ?? 'skip'
  const status: LogStatus = outcome.kind === 'failed' ? 'Failure' : verb === 'skip' ? 'Skipped' : 'Success'
  const skipCode = planned?.action.kind === 'skip' ? planned.action.reason : null
  const code = outcome.kind === 'failed' ? outcome.failure.code : skipCode
  const targetId = outcome.kind === 'applied' ? outcome.targetId : (evaluation.link?.targetId ?? null)
  const shownId = targetId ?? evaluation.link?.targetId ?? null
  const words = phrasing.step({
    type: 'export',
    status,
    kind: evaluation.object.kind,
    verb,
    who: evaluation.object.displayName,
    ...(code === null ? {} : { code }),
  })
  const details: Record<string, string> =
    outcome.kind === 'failed'
      ? { ErrorCode: outcome.failure.code, ErrorMessage: outcome.failure.message }
      : { ...(skipCode === null ? {} : { SkipReason: skipCode }), ...(shownId === null ? {} : { TargetId: shownId }) }
  const message = outcome.kind === 'failed' ? outcome.failure.message : ''
  return {
    ...blankEntry(job, evaluation, frame),
    action: LOG_ACTIONS[verb],
    status,
    target: targetIdentity(evaluation, planned, shownId),
    steps: planned === null ? evaluation.steps : [...evaluation.steps, { ...words, type: 'export', status, details }],
    modified: planned === null ? [] : modifiedBy(planned),
    ...(code === null ? {} : { outcome: { code, ...phrasing.outcome(code, message) } }),
  }
}

/** Keep what an outcome means for the link, the memberships and the escrow. @returns whether it linked the object for the first time. */
export function keepOutcome(tx: Writer<EngineShape>, jobId: string, outcome: ObjectOutcome, nowMs: number): boolean {
  if (outcome.kind === 'failed') {
    keepFailure(tx, jobId, outcome.evaluation, outcome.failure, nowMs)
    return false
  }
  tx.delete('provisioningEscrows', objectKey(jobId, outcome.evaluation.object.id))
  return keepLink(tx, jobId, outcome.evaluation, outcome.targetId, nowMs)
}

/** Remember a failure and when to try again; after 28 days it is given up. */
export function keepFailure(
  tx: Writer<EngineShape>,
  jobId: string,
  { object }: Findings,
  failure: Pick<TargetFailure, 'code' | 'message'>,
  nowMs: number,
): void {
  const key = objectKey(jobId, object.id)
  const known = tx.get('provisioningEscrows', key)
  const firstFailedAt = known?.firstFailedAt ?? new Date(nowMs).toISOString()
  const attempts = (known?.attempts ?? 0) + 1
  const next = nextObjectAttempt(attempts, Date.parse(firstFailedAt), nowMs)
  if (next === null) {
    tx.delete('provisioningEscrows', key)
    return
  }
  tx.put('provisioningEscrows', key, {
    jobId,
    sourceId: object.id,
    kind: object.kind,
    attempts,
    firstFailedAt,
    nextAttempt: new Date(next).toISOString(),
    error: { code: failure.code, message: failure.message },
  })
}

function keepLink(
  tx: Writer<EngineShape>,
  jobId: string,
  evaluation: Evaluation,
  targetId: string | null,
  nowMs: number,
): boolean {
  const { object, action, situation } = evaluation
  const key = objectKey(jobId, object.id)
  const link = tx.get('provisioningLinks', key)
  if (object.presence === 'hard-deleted' || action.kind === 'delete') {
    if (link !== undefined) forgetLink(tx, jobId, object.id, link.targetId)
    return false
  }
  // What an out-of-scope object without a link came to leaves nothing to remember; nor does a lost account.
  if (targetId === null) return false
  const managed = isManagedAfter(situation)
  if (link === undefined && !managed) return false
  if (link !== undefined && link.targetId !== targetId) forgetMemberships(tx, jobId, object.id, link.targetId)
  tx.put('provisioningLinks', key, {
    jobId,
    sourceId: object.id,
    kind: object.kind,
    targetId,
    managed,
    active: isActiveAfter(evaluation, link),
    referencesPending: managed && evaluation.referencesPending,
    linkedAt: link?.linkedAt ?? new Date(nowMs).toISOString(),
  })
  return link === undefined
}

/** Whether the account works afterwards, as far as this job knows. */
function isActiveAfter({ object, action }: Evaluation, link: ProvisioningLink | undefined): boolean {
  if (action.kind === 'disable') return false
  if (isInScope(object.facts)) return true
  const wasOffAlready = action.kind === 'skip' && action.reason === 'RedundantExport'
  return !wasOffAlready && link?.active === true
}

/** Memberships written for an object that is no longer what it was: as a group, and as a member. */
function forgetMemberships(tx: Writer<EngineShape>, jobId: string, sourceId: string, targetId: string): void {
  const written = [
    ...tx.find('provisioningMembers', 'group', `${jobId}/${sourceId}`),
    ...tx.find('provisioningMembers', 'member', `${jobId}/${targetId}`),
  ]
  for (const pair of written)
    tx.delete('provisioningMembers', writtenMemberKey(jobId, pair.groupSourceId, pair.targetUserId))
}

function forgetLink(tx: Writer<EngineShape>, jobId: string, sourceId: string, targetId: string): void {
  tx.delete('provisioningLinks', objectKey(jobId, sourceId))
  forgetMemberships(tx, jobId, sourceId, targetId)
}
