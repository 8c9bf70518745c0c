import { ExpressionError } from '../expression/error.ts'
import { evaluateExpression } from '../expression/evaluate.ts'
import type { ExpressionScope, ExpressionValue } from '../expression/values.ts'
import type { AttributeDefinition, MappedProperty, Profile, ProfileValue } from './records.ts'

/** A group's assignment as far as it gives values. */
export interface GroupValues {
  readonly profile: Profile
}

export interface ProfileSources {
  readonly attributes: readonly AttributeDefinition[]
  readonly properties: Readonly<Record<string, MappedProperty>>
  readonly scope: ExpressionScope
  /** Values of the administrator for this person. */
  readonly overrides: Profile
  /** Assignments of groups, the highest priority first; empty for an individual assignment. */
  readonly groups: readonly GroupValues[]
  /** What the account held before, and which of it came from a group; absent at assignment. */
  readonly before?: { readonly profile: Profile; readonly fromGroup: readonly string[] }
  /**
   * Leave mapped values as they are: only groups or the administrator's values changed. Expressions about groups are not computed
   * again then (reference sheet 3.7).
   */
  readonly keepMapped?: boolean
}

export interface AppProfile {
  readonly profile: Profile
  readonly fromGroup: readonly string[]
}

/** A value as a profile keeps it; `undefined` for null, which is dropped (reference sheet 3.6). */
export function profileValueOf(value: ExpressionValue): ProfileValue | undefined {
  if (value === null) return undefined
  if (typeof value !== 'object') return value
  return value.filter((each): each is string | number => typeof each === 'string' || typeof each === 'number')
}

/** What the mapping gives for an attribute; an expression that fails gives nothing. */
export function mappedValue(property: MappedProperty, scope: ExpressionScope): ProfileValue | undefined {
  try {
    return profileValueOf(evaluateExpression(property.expression, scope))
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

/**
 * The profile of an account (reference sheet 3.6): the administrator's value, else the highest group's (arrays combined where the
 * attribute says so), else the mapping's. "Create" only maps at assignment; what is not mapped keeps its stored value.
 */
export function appProfileOf(sources: ProfileSources): AppProfile {
  const { attributes, properties, scope, overrides, groups, before, keepMapped = false } = sources
  const profile: Record<string, ProfileValue> = {}
  const fromGroup: string[] = []
  for (const attribute of attributes) {
    const { name } = attribute
    const ofGroup = groupValue(attribute, groups)
    if (ofGroup !== undefined && overrides[name] === undefined) fromGroup.push(name)
    const property = properties[name]
    const wasOfGroup = before?.fromGroup.includes(name) === true
    const isComputed =
      property !== undefined && (before === undefined || wasOfGroup || (property.pushStatus === 'PUSH' && !keepMapped))
    const stored = wasOfGroup ? undefined : before?.profile[name]
    const value = overrides[name] ?? ofGroup ?? (isComputed ? mappedValue(property, scope) : stored)
    if (value !== undefined) profile[name] = value
  }
  return { profile, fromGroup }
}

function groupValue(
  { name, union, type }: AttributeDefinition,
  groups: readonly GroupValues[],
): ProfileValue | undefined {
  const values = groups.flatMap(({ profile }) => {
    const value = profile[name]
    return value === undefined || value === '' ? [] : [value]
  })
  if (!union || !type.startsWith('array_')) return values[0]
  return values.length === 0 ? undefined : [...new Set(values.flat() as (string | number)[])]
}

export function sameProfile(one: Profile, other: Profile): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]))
}
