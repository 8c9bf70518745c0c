import type { Phrasing } from './phrasing.ts'
import type { LogStatus, ModifiedProperty, ProvisioningLogEntry } from './records.ts'
import type { ReferenceOutcome } from './sync-members.ts'

type Entry = Omit<ProvisioningLogEntry, 'key'>

/**
 * A log entry with what the reference pass did for its object added to it: one entry per object and cycle, so the pass
 * continues the entry the object already has.
 */
export function withReferences(entry: Entry, outcome: ReferenceOutcome, phrasing: Phrasing): Entry {
  const { added, removed, unresolved, failure } = outcome
  const wrote = added.length + removed.length > 0
  const unresolvedCode = 'UnableToResolveReferenceAttributeValue'
  const status: LogStatus = failure !== undefined ? 'Failure' : wrote ? 'Success' : 'Skipped'
  const code = failure?.code ?? (unresolved.length > 0 ? unresolvedCode : undefined)
  const words = phrasing.step({
    type: 'referenceResolution',
    status,
    kind: entry.kind,
    verb: 'update',
    who: entry.source.displayName,
    numbers: { added: added.length, removed: removed.length, unresolved: unresolved.length },
    ...(code === undefined ? {} : { code }),
  })
  const details: Record<string, string> = {
    Added: String(added.length),
    Removed: String(removed.length),
    ...(unresolved.length > 0 ? { [unresolvedCode]: unresolved.join(', ') } : {}),
    ...(failure === undefined ? {} : { ErrorCode: failure.code, ErrorMessage: failure.message }),
  }
  const references: ModifiedProperty[] = [
    ...added.map((id) => ({ name: outcome.attribute, oldValue: null, newValue: id })),
    ...removed.map((id) => ({ name: outcome.attribute, oldValue: id, newValue: null })),
  ]
  const { outcome: before, ...rest } = entry
  const told =
    failure !== undefined
      ? { code: failure.code, ...phrasing.outcome(failure.code, failure.message) }
      : unresolved.length > 0
        ? { code: unresolvedCode, ...phrasing.outcome(unresolvedCode, '') }
        : wrote
          ? undefined
          : before
  return {
    ...rest,
    action: entry.action === 'Other' && wrote ? 'Update' : entry.action,
    status: statusAfter(entry.status, wrote, outcome),
    steps: [...entry.steps, { ...words, type: 'referenceResolution', status, details }],
    modified: [...entry.modified, ...references],
    ...(told === undefined ? {} : { outcome: told }),
  }
}

function statusAfter(before: LogStatus, wrote: boolean, { failure, unresolved }: ReferenceOutcome): LogStatus {
  if (failure !== undefined) return 'Failure'
  if (unresolved.length > 0) return 'Warning'
  return wrote ? 'Success' : before
}
