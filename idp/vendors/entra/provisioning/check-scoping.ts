import { checkScopingFilters, type ScopingProblem } from '#idp/core/provisioning/scoping/check-filters.ts'
import type { ObjectMapping } from '#idp/core/provisioning/types.ts'
import { SOURCE_ATTRIBUTES } from './source-attributes.ts'

/** What must be put right in the scoping filters of a mapping, judged by the attributes this directory has. */
export function scopingProblemsOf(
  mapping: Pick<ObjectMapping, 'scopingFilters' | 'sourceObjectName'>,
): readonly ScopingProblem[] {
  return checkScopingFilters(mapping.scopingFilters, SOURCE_ATTRIBUTES[mapping.sourceObjectName])
}

/** The same, in sentences that name the filter: for a refusal that stands beside no field. */
export function scopingProblemTexts(
  mapping: Pick<ObjectMapping, 'scopingFilters' | 'sourceObjectName'>,
): readonly string[] {
  return scopingProblemsOf(mapping).map(({ filter, clause, message }) => {
    const title = mapping.scopingFilters[filter]?.title.trim() ?? ''
    const name = title === '' ? `Scoping filter ${filter + 1}` : `Scoping filter ${title}`
    return `${name}${clause === undefined ? '' : `, clause ${clause + 1}`}: ${message}`
  })
}
