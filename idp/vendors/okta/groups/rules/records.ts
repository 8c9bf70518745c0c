/**
 * Group rules, simple form (reference sheet 1.1, 6.3): people for whom a condition holds are put into groups. Times are virtual, ISO.
 */

/** Comparisons of "Use basic condition" with an attribute. */
export const RULE_OPERATORS = ['equals', 'starts-with', 'contains'] as const
export type RuleOperator = (typeof RULE_OPERATORS)[number]

/** What stands after IF; each of them amounts to an expression that is true or false of a person. */
export type RuleCondition =
  | {
      readonly kind: 'attribute'
      /** Variable name of the Okta profile. */
      readonly attribute: string
      readonly operator: RuleOperator
      readonly value: string
    }
  /** "Group membership": in any of them. */
  | { readonly kind: 'group'; readonly groupIds: readonly string[] }
  /** "Okta Expression Language". */
  | { readonly kind: 'expression'; readonly expression: string }

/** `INVALID`: nothing is left that it could assign people to, or its condition speaks of what is gone. */
export type GroupRuleStatus = 'ACTIVE' | 'INACTIVE' | 'INVALID'

/**
 * Work under way for a rule, in slices. `evaluate`: everybody is looked at, after an activation; `remove` and `release`: the rule is
 * being deleted, and its members leave the groups, or stay there by themselves.
 */
export interface RuleRun {
  readonly kind: 'evaluate' | 'remove' | 'release'
  readonly startedAt: string
  /** People looked at, or memberships dealt with. */
  readonly done: number
  readonly total: number
  readonly added: number
  readonly removed: number
}

/** Keyed by id. */
export interface GroupRule {
  /** `0pr…` */
  readonly id: string
  /** Unique in the org. */
  readonly name: string
  readonly condition: RuleCondition
  /** THEN Assign to. */
  readonly groupIds: readonly string[]
  /** EXCEPT the following people. */
  readonly exceptUserIds: readonly string[]
  readonly status: GroupRuleStatus
  readonly created: string
  readonly lastUpdated: string
  readonly run?: RuleRun
  /** What came of the last activation. */
  readonly lastRun?: RuleRun & { readonly endedAt: string }
}

export type GroupRuleShape = { groupRules: GroupRule }
