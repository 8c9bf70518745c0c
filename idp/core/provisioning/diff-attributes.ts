import { isCaseExact, typeOf } from './attribute-definition.ts'
import { readDate } from './expression/instant.ts'
import { diffList } from './target-list.ts'
import { readTargetValue } from './target-value.ts'
import type {
  AttributeChange,
  AttributeDefinition,
  TargetAttributes,
  TargetList,
  TargetResource,
  TargetValue,
} from './types.ts'

export interface DiffOptions {
  /** What the target is known to hold: types, and where case matters. */
  readonly definitions?: readonly AttributeDefinition[]
  /** Paths that are written even when they agree (`FlowAlways`). */
  readonly always?: ReadonlySet<string>
}

/**
 * What must change for the resource to hold what is desired, in the order of the mapping. Texts that differ in case only are
 * equal, unless the attribute is case-exact (reference 5.2); dates are compared as instants, numbers by their digits. Of a list
 * to be added to only the missing values are written. What is not desired is left alone: null never flows.
 */
export function diffAttributes(
  desired: TargetAttributes,
  resource: TargetResource,
  { definitions = [], always = new Set() }: DiffOptions = {},
): readonly AttributeChange[] {
  const changes: AttributeChange[] = []
  for (const [path, after] of desired) {
    if (typeof after === 'object') {
      const change = diffList(after, resource, path, isCaseExact(definitions, path))
      if (change !== undefined) changes.push({ path, ...change })
      continue
    }
    const type = typeOf(definitions, path)
    const before = readTargetValue(resource, path, type)
    if (before === undefined) changes.push({ path, after })
    else if (always.has(path) || !isEqual(before, after, type, isCaseExact(definitions, path))) {
      changes.push({ path, before, after })
    }
  }
  return changes
}

function isEqual(
  before: string | boolean,
  after: Exclude<TargetValue, TargetList>,
  type: AttributeDefinition['type'],
  caseExact: boolean,
): boolean {
  if (typeof before === 'boolean' || typeof after === 'boolean') return before === after
  const text = String(after)
  if (before === text || (!caseExact && before.toLowerCase() === text.toLowerCase())) return true
  if (type !== 'DateTime') return false
  const instant = readDate(before)
  return instant !== undefined && instant === readDate(text)
}
