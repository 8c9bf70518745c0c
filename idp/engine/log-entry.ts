import { REDACTED, redactionOf } from '#idp/core/provisioning/redaction.ts'
import { shownTarget } from '#idp/core/provisioning/target-value.ts'
import type { TargetValue } from '#idp/core/provisioning/types.ts'
import type { Evaluation, Findings } from './evaluate.ts'
import type { ObjectOutcome } from './outcome.ts'
import type { Phrasing } from './phrasing.ts'
import type {
  LogAction,
  LogIdentity,
  LogStatus,
  ModifiedProperty,
  ProvisioningJob,
  ProvisioningLogEntry,
} from './records.ts'

type Verb = 'create' | 'update' | 'disable' | 'delete' | 'skip'

const LOG_ACTIONS: Readonly<Record<Verb, LogAction>> = {
  create: 'Create',
  update: 'Update',
  disable: 'Disable',
  delete: 'Delete',
  skip: 'Other',
}

/** Attributes a plan writes, old and new, in the order of the mapping, except what the mapping hides. */
export function modifiedBy({ action, situation }: Evaluation): readonly ModifiedProperty[] {
  const { targets } = redactionOf(situation.mapping)
  const shown = (path: string, value: TargetValue | undefined): string | null =>
    value === undefined ? null : targets.has(path) ? REDACTED : shownTarget(value)
  switch (action.kind) {
    case 'create':
      return Array.from(action.attributes, ([name, value]) => ({ name, oldValue: null, newValue: shown(name, value) }))
    case 'update':
    case 'disable':
      return action.changes.map((change) => ({
        name: change.path,
        oldValue: shown(change.path, change.before),
        newValue: shown(change.path, change.after),
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

/** What an entry is about apart from the object: ids, time, what set it off. */
export interface EntryFrame {
  readonly id: string
  readonly changeId: string
  readonly cycleId: string
  readonly trigger: ProvisioningLogEntry['trigger']
  readonly at: string
  readonly durationMs: number
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
