import type { ScopeFacts } from '#idp/core/provisioning/types.ts'
import type { LogStatus, ObjectKind, StepType } from './records.ts'

/** A step as the engine knows it, before it has words. */
export interface StepFacts {
  readonly type: StepType
  readonly status: LogStatus
  readonly kind: ObjectKind
  /** What the engine set out to do in the target; `skip` when there was nothing to do. */
  readonly verb: 'create' | 'update' | 'disable' | 'delete' | 'skip'
  /** Display name of the source object. */
  readonly who: string
  /** Matching: how many were found. References: how many were added and removed. */
  readonly numbers?: Readonly<Record<string, number>>
  /** Why not: a log code. */
  readonly code?: string
  /** What to call the target: the display name of the job's app. */
  readonly target?: string
}

/** The words of a provisioning log. Vendors bring theirs; the engine never infers a sentence from a sentence. */
export interface Phrasing {
  step(facts: StepFacts): { readonly name: string; readonly description: string }
  /** The facts of the scoping step, label to value. */
  scope(facts: ScopeFacts): Readonly<Record<string, string>>
  /** Why something was skipped or failed and what to do. `detail`: what the target said, empty for a skip. */
  outcome(code: string, detail: string): { readonly reason: string; readonly advice: string }
}

/** The same words, with every step told what its target is called. */
export function namingTarget(phrasing: Phrasing, target: string): Phrasing {
  return { ...phrasing, step: (facts) => phrasing.step({ ...facts, target }) }
}

const TYPE_NAMES: Readonly<Record<StepType, string>> = {
  import: 'Read from the source',
  scoping: 'Decide the scope',
  matching: 'Find in the target',
  export: 'Write to the target',
  referenceResolution: 'Write memberships',
}

const yesNo = (value: boolean): string => (value ? 'True' : 'False')

/** Plain words, for tests and for a vendor that has none of its own. */
export const PLAIN_PHRASING: Phrasing = {
  step: ({ type, status, verb, who }) => ({
    name: TYPE_NAMES[type],
    description: type === 'export' ? `${who}: ${verb}, ${status.toLowerCase()}.` : `${who}: ${status.toLowerCase()}.`,
  }),
  scope: (facts) => ({
    'Active in the source': yesNo(facts.isActive),
    Assigned: yesNo(facts.isAssigned),
    'Has the required role': yesNo(facts.hasRequiredRole),
    'Passes the scoping filter': yesNo(facts.passesScopingFilter),
  }),
  outcome: (code, detail) => ({ reason: detail === '' ? code : detail, advice: '' }),
}
