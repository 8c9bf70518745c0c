import type { LeaveReason } from '#idp/core/provisioning/policy.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import { type DossierReason, type Rule, ruleOf } from '#kit/control/dossier.ts'
import { ENTRA_PROVISIONING_LEDGER } from '../provisioning/fidelity.ts'

/** What decides about somebody and one app. */
export interface AppSituation {
  readonly app: string
  /** `null`: in scope. */
  readonly leave: LeaveReason | null
  readonly wasProvisioned: boolean
  /** As last written or seen. */
  readonly isWorking: boolean
  readonly jobState: ProvisioningJob['state']
  readonly isQuarantined: boolean
  /** By the deletion guard. */
  readonly isHeldBack: boolean
  /** Why the last attempt failed. */
  readonly failure?: string
  /** What each clause of the scoping filters came to. */
  readonly clauses?: Readonly<Record<string, boolean>>
}

const rule = (id: string): Rule => ruleOf(ENTRA_PROVISIONING_LEDGER, id)
const UNASSIGNED = rule('FID-ENTRA-PROV-8')

const MATRIX = 'learn.microsoft.com/en-us/entra/identity/app-provisioning/how-provisioning-works, deprovisioning'

/**
 * Why somebody has no working account in an app, or will not have one much longer; `undefined` where all is as it should be.
 * What has happened already weighs more than what will: an account that still works although its owner is out of scope waits
 * for the next cycle.
 */
export function entraReason(situation: AppSituation): DossierReason | undefined {
  const { app, leave, wasProvisioned, isWorking, jobState, isQuarantined, isHeldBack, failure } = situation
  if (isHeldBack) {
    return {
      code: 'held-back',
      words: `is out of scope of ${app}, and the accidental deletions guard holds the change back`,
      rule: rule('FID-ENTRA-PROV-73'),
    }
  }
  if (leave !== null) {
    const reason = leaveWords(situation, leave)
    return wasProvisioned && isWorking
      ? { ...reason, code: `${reason.code}-waiting`, words: `${reason.words}; the next cycle switches the account off` }
      : reason
  }
  if (failure !== undefined) {
    return {
      code: 'failed',
      words: `could not be provisioned to ${app}: ${failure}`,
      rule: rule('FID-ENTRA-PROV-74'),
    }
  }
  if (isWorking) return undefined
  if (isQuarantined) {
    return {
      code: 'quarantine',
      words: `waits: provisioning of ${app} is in quarantine`,
      rule: rule('FID-ENTRA-PROV-9'),
    }
  }
  if (jobState !== 'Active') {
    return {
      code: 'not-running',
      words: `waits: provisioning of ${app} is not running`,
      rule: { words: 'Only provisioning that was started runs cycles.', source: MATRIX },
    }
  }
  return {
    code: 'waiting',
    words: `waits for the next provisioning cycle of ${app}`,
    rule: { words: 'Cycles run every 40 minutes.', source: `${MATRIX}; how long it takes` },
  }
}

function leaveWords({ app, wasProvisioned, clauses }: AppSituation, leave: LeaveReason): DossierReason {
  switch (leave) {
    case 'unassigned':
      return wasProvisioned
        ? { code: 'unassigned', words: `is no longer assigned to ${app}`, rule: UNASSIGNED }
        : {
            code: 'never-assigned',
            words: `was never assigned to ${app}, neither directly nor as a direct member of an assigned group`,
            rule: rule('FID-ENTRA-SCOPE-13'),
          }
    case 'out-of-filter':
      return {
        code: 'filtered',
        words: `is out of scope of ${app} by a scoping filter${failedClauses(clauses)}`,
        rule: rule('FID-ENTRA-SCOPE-11'),
      }
    case 'blocked':
      return wasProvisioned
        ? {
            code: 'blocked',
            words: 'is blocked from signing in',
            rule: { words: 'Whoever is blocked from signing in has their account switched off.', source: MATRIX },
          }
        : {
            code: 'blocked-before',
            words: `was blocked from signing in before ${app} knew them`,
            rule: rule('FID-ENTRA-PROV-66'),
          }
    case 'soft-deleted':
      return {
        code: 'deleted',
        words: 'was deleted and lies in the recycle bin',
        rule: {
          words:
            'Whoever is deleted has their account switched off; it is deleted when the recycle bin gives them up, after 30 days.',
          source: MATRIX,
        },
      }
    case 'hard-deleted':
      return { code: 'gone', words: 'was deleted for good', rule: UNASSIGNED }
  }
}

/** The clauses that did not hold, as the provisioning log names them. */
function failedClauses(clauses: AppSituation['clauses'] = {}): string {
  const failed = Object.entries(clauses).flatMap(([clause, holds]) => (holds ? [] : [clause]))
  return failed.length === 0 ? '' : `: ${failed.join('; ')}`
}
