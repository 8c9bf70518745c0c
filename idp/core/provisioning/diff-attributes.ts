import { isCaseExactPath } from './target-path.ts'
import { readTargetValue } from './target-value.ts'
import type { AttributeChange, TargetAttributes, TargetResource, TargetValue } from './types.ts'

/**
 * What must change for the resource to hold what is desired, in the order of the mapping. Texts that differ in case only are
 * equal, unless the attribute is case-exact (reference 5.2). What is not desired is left alone: null never flows.
 */
export function diffAttributes(desired: TargetAttributes, resource: TargetResource): readonly AttributeChange[] {
  const changes: AttributeChange[] = []
  for (const [path, after] of desired) {
    const before = readTargetValue(resource, path)
    if (before === undefined) changes.push({ path, after })
    else if (!isEqual(path, before, after)) changes.push({ path, before, after })
  }
  return changes
}

function isEqual(path: string, before: TargetValue, after: TargetValue): boolean {
  if (typeof before !== 'string' || typeof after !== 'string') return before === after
  return before === after || (!isCaseExactPath(path) && before.toLowerCase() === after.toLowerCase())
}
