import type { Request } from 'express'
import type { OktaApp } from '../../../apps/records.ts'
import type { OktaReader } from '../../../collections.ts'
import { mappingOf, schemaOf, USER_SCHEMA } from '../../../profiles/read.ts'
import type { AttributeDefinition, MappingDirection } from '../../../profiles/records.ts'
import { queryText } from '../../read-query.ts'
import type { MappingTableView } from './mapping-table.tsx'

/** Attributes a direction writes to, and those its expressions read. */
export function mappingSides(
  reader: OktaReader,
  app: OktaApp,
  direction: MappingDirection,
): { readonly target: readonly AttributeDefinition[]; readonly source: readonly AttributeDefinition[] } {
  const [user, account] = [schemaOf(reader, USER_SCHEMA).attributes, schemaOf(reader, app.id).attributes]
  return direction === 'to-app' ? { target: account, source: user } : { target: user, source: account }
}

/** The mapping table of one direction; `unmapped=show` in the query opens the rest. */
export function readMappings(
  reader: OktaReader,
  app: OktaApp,
  direction: MappingDirection,
  req: Request,
): MappingTableView {
  const { properties } = mappingOf(reader, app.id, direction)
  const rows = mappingSides(reader, app, direction).target.map((attribute) => ({
    attribute,
    mapped: properties[attribute.name],
  }))
  return { direction, rows, showsAll: queryText(req, 'unmapped') === 'show' }
}
