import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { definitionOf } from '#idp/core/provisioning/attribute-definition.ts'
import { checkAttributeList } from '#idp/core/provisioning/check-attribute-list.ts'
import { checkMapping, type MappingProblem } from '#idp/core/provisioning/check-mapping.ts'
import type { AttributeDefinition, ObjectMapping, ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import { scopingProblemTexts } from './check-scoping.ts'
import { connectorOf } from './connectors.ts'
import { SOURCE_ATTRIBUTES } from './source-attributes.ts'

/** Whose mapping it is. */
export interface MappingOwner {
  readonly app: Pick<ServicePrincipal, 'templateId'>
  readonly job: Pick<ProvisioningJob, 'schema'>
}

/** Attributes the app's list may hold without being added: those it holds, and those a new configuration starts with. */
function knownAttributes({ app, job }: MappingOwner, kind: keyof ProvisioningSchema): readonly AttributeDefinition[] {
  const held = job.schema[kind].targetAttributes
  const usual = connectorOf(app)?.schema[kind].targetAttributes ?? []
  return [...held, ...usual.filter(({ name }) => definitionOf(held, name) === undefined)]
}

/**
 * Everything that must be put right before a mapping is saved: its rows, judged by the attributes both sides have, then the
 * list of the app's attributes, judged by the one there was, then its scoping filters.
 */
export function mappingProblems(
  owner: MappingOwner,
  kind: keyof ProvisioningSchema,
  mapping: ObjectMapping,
): readonly MappingProblem[] {
  const before = { kind: mapping.sourceObjectName, existing: knownAttributes(owner, kind) }
  return [
    ...checkMapping(mapping, SOURCE_ATTRIBUTES[mapping.sourceObjectName]),
    ...checkAttributeList(before, mapping.targetAttributes, mapping.attributeMappings).map((message) => ({ message })),
    ...scopingProblemTexts(mapping).map((message) => ({ message })),
  ]
}
