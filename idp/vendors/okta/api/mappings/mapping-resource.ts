import type { OktaReader } from '../../collections.ts'
import { knownApp } from '../../commands/known.ts'
import type { ProfileMapping } from '../../profiles/records.ts'
import { userTypeIdOf } from '../org/user-type.ts'
import { userSchemaId } from '../schemas/schema-id.ts'

/** A profile mapping as the API shows it (reference sheet 6.3). The user type stands for people, the app for its accounts. */

export interface MappingEnds {
  readonly sourceId: string
  readonly targetId: string
}

/** Ids of what flows into what. */
export function mappingEnds(reader: OktaReader, { appId, direction }: ProfileMapping): MappingEnds {
  const people = userTypeIdOf(reader)
  return direction === 'to-app' ? { sourceId: people, targetId: appId } : { sourceId: appId, targetId: people }
}

function peopleEnd(reader: OktaReader, origin: string): object {
  const api = `${origin}/api/v1`
  const id = userTypeIdOf(reader)
  return {
    id,
    name: 'user',
    type: 'user',
    _links: {
      self: { href: `${api}/meta/types/user/${id}` },
      schema: { href: `${api}/meta/schemas/user/${userSchemaId(reader)}` },
    },
  }
}

function appEnd(reader: OktaReader, origin: string, appId: string): object {
  const api = `${origin}/api/v1`
  return {
    id: appId,
    name: knownApp(reader, appId).name,
    type: 'appuser',
    _links: {
      self: { href: `${api}/apps/${appId}` },
      schema: { href: `${api}/meta/schemas/apps/${appId}/default` },
    },
  }
}

/** @param withProperties A list leaves them out. */
export function mappingResource(
  reader: OktaReader,
  origin: string,
  mapping: ProfileMapping,
  withProperties: boolean,
): Readonly<Record<string, unknown>> {
  const [people, app] = [peopleEnd(reader, origin), appEnd(reader, origin, mapping.appId)]
  const [source, target] = mapping.direction === 'to-app' ? [people, app] : [app, people]
  return {
    id: mapping.id,
    source,
    target,
    ...(withProperties ? { properties: mapping.properties } : {}),
    _links: { self: { href: `${origin}/api/v1/mappings/${mapping.id}` } },
  }
}
