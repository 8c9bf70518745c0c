import { isManagedAfter } from '#idp/core/provisioning/plan-user.ts'
import { nextObjectAttempt } from '#idp/core/provisioning/policy.ts'
import { isInScope } from '#idp/core/provisioning/scope.ts'
import type { Writer } from '#kit/store/store.ts'
import { objectKey, writtenMemberKey } from './collections.ts'
import type { Evaluation, Findings } from './evaluate.ts'
import type { ObjectOutcome } from './outcome.ts'
import type { EngineShape, ProvisioningLink } from './records.ts'
import type { TargetFailure } from './target-response.ts'

/** Keep what an outcome means for the link, the memberships, the escrow and the departure. @returns whether it linked the object for the first time. */
export function keepOutcome(tx: Writer<EngineShape>, jobId: string, outcome: ObjectOutcome, nowMs: number): boolean {
  const key = objectKey(jobId, outcome.evaluation.object.id)
  if (outcome.kind === 'failed') {
    // What the guard holds back, or an administrator has said yes to, stays so; anything else is found and counted anew.
    if (tx.get('provisioningDepartures', key)?.stagedAt === undefined) tx.delete('provisioningDepartures', key)
    keepFailure(tx, jobId, outcome.evaluation, outcome.failure, nowMs)
    return false
  }
  tx.delete('provisioningDepartures', key)
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
    tx.delete('provisioningDepartures', key)
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
