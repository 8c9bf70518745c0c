import type { Clock } from '#kit/clock.ts'
import type { OktaApp } from '../apps/records.ts'
import type { OktaReader, OktaUser } from '../collections.ts'
import { type ExpressionScope, type ExpressionValue, type Reference, referenceTo } from '../expression/values.ts'
import { groupIdsOf } from '../groups/membership.ts'
import { schemaOf, USER_SCHEMA } from './read.ts'
import type { AttributeDefinition, ProfileValue } from './records.ts'

/** Attributes of the schema, null where the profile has none; any other name is unknown. */
function profileReference(
  attributes: readonly AttributeDefinition[],
  values: Readonly<Record<string, ProfileValue | undefined>>,
): Reference {
  const names = new Set(attributes.map(({ name }) => name))
  return (attribute) => (names.has(attribute) ? ((values[attribute] ?? null) as ExpressionValue) : undefined)
}

/** What an expression about people alone may ask: `user`, and the functions of groups. */
export function userScope(reader: OktaReader, clock: Clock, user: OktaUser): ExpressionScope {
  const groups = groupIdsOf(reader, user.id).flatMap((id) => reader.get('groups', id) ?? [])
  return {
    references: { user: profileReference(schemaOf(reader, USER_SCHEMA).attributes, user.profile) },
    groups: groups.map(({ id, name, type }) => ({ id, name, type })),
    internal: { id: user.id, status: user.status },
    nowIso: clock.iso(),
  }
}

export interface ScopeFacts {
  readonly user?: OktaUser
  readonly app: OktaApp
  /** Profile of the account in the app. */
  readonly account?: Readonly<Record<string, ProfileValue>>
}

/**
 * What expressions of an app may ask. `source` is the person on the way to the app, and the account on the way back.
 */
export function expressionScope(reader: OktaReader, clock: Clock, { user, app, account }: ScopeFacts): ExpressionScope {
  const ofUser = profileReference(schemaOf(reader, USER_SCHEMA).attributes, user?.profile ?? {})
  const ofAccount = profileReference(schemaOf(reader, app.id).attributes, account ?? {})
  const org = reader.get('org', 'org')
  const groups = user === undefined ? [] : groupIdsOf(reader, user.id).flatMap((id) => reader.get('groups', id) ?? [])
  return {
    references: {
      user: ofUser,
      appuser: ofAccount,
      source: user === undefined ? ofAccount : ofUser,
      org: referenceTo({ name: org?.companyName, subDomain: org?.companyName.toLowerCase() }),
      app: referenceTo({ id: app.id, name: app.name, label: app.label }),
    },
    groups: groups.map(({ id, name, type }) => ({ id, name, type })),
    internal: user === undefined ? {} : { id: user.id, status: user.status },
    nowIso: clock.iso(),
  }
}
