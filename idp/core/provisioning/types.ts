/**
 * The vocabulary of provisioning: what a mapping is, what a plan is. Plain values, shared by the pure core, the engine
 * that acts on them and the pages that show them. No vendor and no target product is named here; their differences arrive
 * as the values of a {@link ProvisioningPolicy}.
 */

/** Attribute values of a source object: absent means null. Booleans and lists are kept as such. */
export type SourceValue = string | number | boolean | readonly string[]
export type SourceAttributes = Readonly<Record<string, SourceValue>>

export type MappingSource =
  | { readonly type: 'Attribute'; readonly name: string }
  | { readonly type: 'Constant'; readonly value: string }
  | { readonly type: 'Function'; readonly expression: string }
  | { readonly type: 'None' }

export interface AttributeMapping {
  readonly source: MappingSource
  /** SCIM path: `userName`, `emails[type eq "work"].value`, `urn:…:User:department`. */
  readonly targetAttributeName: string
  /** Written on creation when the source gives nothing. */
  readonly defaultValue?: string
  /** 0: not a matching attribute; else its precedence, lowest first. */
  readonly matchingPriority: number
  readonly flowType: FlowType
  /** `FlowAlways`: written with every evaluation, whether or not it differs. Absent: when it differs. */
  readonly flowBehavior?: 'FlowWhenChanged' | 'FlowAlways'
}

/**
 * When a row writes (reference 5.1). `ObjectAddOnly`: only during creation. `MultiValueAddOnly`: values are added to a list
 * and none taken away. `ValueAddOnly` and `AttributeAddOnly`: only while the target shows no value.
 */
export type FlowType = 'Always' | 'ObjectAddOnly' | 'MultiValueAddOnly' | 'ValueAddOnly' | 'AttributeAddOnly'

/** Operators of a scoping clause, as the graph API names them (reference 4.2). */
export type ScopingOperator =
  | 'EQUALS'
  | 'NOT EQUALS'
  | 'IS TRUE'
  | 'IS FALSE'
  | 'IS NULL'
  | 'IS NOT NULL'
  | 'REGEX MATCH'
  | 'NOT REGEX MATCH'
  | 'GREATER_THAN'
  | 'GREATER_THAN_OR_EQUALS'
  | 'INCLUDES'
  | 'ENDS_WITH'
  | '&'
  | '!&'

/** One condition on one source attribute. */
export interface ScopingClause {
  readonly attribute: string
  readonly operator: ScopingOperator
  /** What it is compared with; empty for the unary operators. */
  readonly value: string
}

/** Clauses that must all hold. */
export interface ScopingFilter {
  readonly title: string
  readonly clauses: readonly ScopingClause[]
}

/** An attribute a mapping may write (reference 5.2, the columns of the attribute list). */
export interface AttributeDefinition {
  /** SCIM path, as a mapping names it. */
  readonly name: string
  readonly type: 'String' | 'Boolean' | 'DateTime' | 'Integer' | 'Reference' | 'Binary'
  readonly primaryKey: boolean
  readonly required: boolean
  readonly multiValued: boolean
  /** Texts that differ in case only are different (RFC 7643 §2.2). */
  readonly caseExact: boolean
  /** Kinds of object a reference may point at. */
  readonly referencedObjects: readonly ('User' | 'Group')[]
}

/** Mapping of one kind of object. */
export interface ObjectMapping {
  readonly name: string
  readonly enabled: boolean
  /** Who the mapping is for: objects that pass any of these. None: all records. */
  readonly scopingFilters: readonly ScopingFilter[]
  /** What the target is known to hold: the choice of the mapping editor. */
  readonly targetAttributes: readonly AttributeDefinition[]
  readonly sourceObjectName: 'User' | 'Group'
  readonly targetObjectName: string
  readonly actions: { readonly create: boolean; readonly update: boolean; readonly delete: boolean }
  readonly attributeMappings: readonly AttributeMapping[]
}

export interface ProvisioningSchema {
  readonly users: ObjectMapping
  readonly groups: ObjectMapping
}

/** What a mapping yields: SCIM path to value, in the order of the mapping. Null never flows, so there is none. */
export type TargetValue = string | number | boolean | TargetList

/** What a multi-valued attribute is to hold, written as a whole. */
export interface TargetList {
  readonly kind: 'list'
  /** Not empty; no value twice. */
  readonly elements: readonly TargetElement[]
  /** `add`: what else the target holds stays. `replace`: it goes. `assert`: it goes, and a change replaces even an empty list. */
  readonly mode: 'add' | 'replace' | 'assert'
}

/** One element of a list. */
export interface TargetElement {
  readonly value: string
  readonly display?: string
  readonly type?: string
  readonly primary?: boolean
  /** What an addition in the legacy dialect carries as the element's value instead, alone (reference 2.8). */
  readonly legacyText?: string
}

export type TargetAttributes = ReadonlyMap<string, TargetValue>

/** The object found in the target, as its JSON. */
export interface TargetResource {
  readonly id: string
  readonly [attribute: string]: unknown
}

/** One attribute that differs. `before` absent: the target showed no value. */
export interface AttributeChange {
  readonly path: string
  readonly before?: TargetValue
  readonly after: TargetValue
}

/** Why someone is, or is not, provisioned: the facts the scoping step shows. */
export interface ScopeFacts {
  readonly isActive: boolean
  readonly isAssigned: boolean
  readonly hasRequiredRole: boolean
  readonly passesScopingFilter: boolean
  /** The job provisions everybody: assignments do not matter. */
  readonly syncsAll?: boolean
  /** What each clause of the scoping filters came to, by `title.attribute OPERATOR 'value'`. */
  readonly clauses?: Readonly<Record<string, boolean>>
  /** Of these, the clauses that compare integers and met something else. Absent: none. */
  readonly notIntegers?: readonly string[]
}

export type SkipReason =
  | 'NotEffectivelyEntitled'
  | 'RedundantExport'
  | 'EntrySynchronizationSkipped'
  | 'ImportSkipped'
  | 'UnableToResolveReferenceAttributeValue'

/** The one thing to do for one person. */
export type UserAction =
  | { readonly kind: 'create'; readonly attributes: TargetAttributes }
  | { readonly kind: 'update'; readonly targetId: string; readonly changes: readonly AttributeChange[] }
  | { readonly kind: 'disable'; readonly targetId: string; readonly changes: readonly AttributeChange[] }
  | { readonly kind: 'delete'; readonly targetId: string }
  | { readonly kind: 'skip'; readonly reason: SkipReason; readonly targetId?: string }

/** The one thing to do for one group; its members follow in a later pass. */
export type GroupAction =
  | { readonly kind: 'create'; readonly attributes: TargetAttributes }
  | { readonly kind: 'update'; readonly targetId: string; readonly changes: readonly AttributeChange[] }
  | { readonly kind: 'delete'; readonly targetId: string }
  | { readonly kind: 'skip'; readonly reason: SkipReason; readonly targetId?: string }

/** The reference pass for one group: target ids. */
export interface MembershipChange {
  readonly targetId: string
  readonly add: readonly string[]
  readonly remove: readonly string[]
  /** Source ids of members that have no counterpart in the target. */
  readonly unresolved: readonly string[]
}

/** How the service speaks to a target: which of the client's PATCH dialects. */
export type PatchDialect = 'legacy' | 'compliant'

/** What differs between vendors and jobs, as values. */
export interface ProvisioningPolicy {
  readonly dialect: PatchDialect
  /** The source's primary domain, for expressions. Absent: none. */
  readonly defaultDomain?: string
  /** Reproduce the documented fault of `Switch` (reference 5.3): its target is blanked when only other attributes change. */
  readonly switchBug?: boolean
  /** What leaving scope does to a linked user. */
  readonly onUnassign: 'disable' | 'delete' | 'nothing'
  readonly defaultRoleCounts: boolean
  readonly intervalMinutes: number
  /** Members per PATCH. */
  readonly memberBatch: number
  /** Requests in flight. */
  readonly concurrency: number
  readonly timeoutMs: number
  /**
   * A header sent with every request. In its value `{date}` stands for the virtual time (ISO) and `{activityId}` for the
   * GUID of the exchange, which is its trace id.
   */
  readonly activityHeader?: { readonly name: string; readonly value: string }
}
