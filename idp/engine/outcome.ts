import { isInScope } from '#idp/core/provisioning/scope.ts'
import type { Applied } from './apply.ts'
import type { Evaluation, FailedEvaluation } from './evaluate.ts'
import type { CycleCounts } from './records.ts'
import type { TargetFailure } from './target-response.ts'

/** What became of one object: the evaluation, and what applying it came to when it got that far. */
export type ObjectOutcome =
  | { readonly kind: 'applied'; readonly evaluation: Evaluation; readonly targetId: string | null }
  | { readonly kind: 'failed'; readonly evaluation: Evaluation | FailedEvaluation; readonly failure: TargetFailure }

/** What became of an evaluation, from the answer of the target. */
export function outcomeOf(evaluation: Evaluation, applied: Applied): ObjectOutcome {
  return applied.kind === 'ok'
    ? { kind: 'applied', evaluation, targetId: applied.value }
    : { kind: 'failed', evaluation, failure: applied }
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
