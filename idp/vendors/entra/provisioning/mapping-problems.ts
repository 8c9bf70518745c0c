import { checkMapping, type MappingProblem } from '#idp/core/provisioning/check-mapping.ts'
import type { ObjectMapping } from '#idp/core/provisioning/types.ts'
import { scopingProblemTexts } from './check-scoping.ts'
import { SOURCE_ATTRIBUTES } from './source-attributes.ts'

/**
 * Everything that must be put right before a mapping is saved: its rows, judged by the attributes both sides have, then its
 * scoping filters.
 */
export function mappingProblems(mapping: ObjectMapping): readonly MappingProblem[] {
  return [
    ...checkMapping(mapping, SOURCE_ATTRIBUTES[mapping.sourceObjectName]),
    ...scopingProblemTexts(mapping).map((message) => ({ message })),
  ]
}
