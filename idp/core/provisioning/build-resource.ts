import { ROLE_TYPE, wireElement } from './target-list.ts'
import { parseTargetPath, type TargetPath } from './target-path.ts'
import type { TargetAttributes, TargetValue } from './types.ts'

const USER_SCHEMAS = [
  'urn:ietf:params:scim:schemas:core:2.0:User',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
] as const
const GROUP_SCHEMAS = ['urn:ietf:params:scim:schemas:core:2.0:Group'] as const

type Draft = Record<string, unknown>

/**
 * The body of a SCIM create: both schemas for a user, the core one for a group (reference 2.5, 2.10). An extension of one's own
 * gets its block but is not listed in `schemas`; that is how the service sends it. Work mail and work address are primary.
 * Users carry an empty `roles` unless roles are mapped, groups an empty `members`.
 *
 * Paths that cannot be read are left out: a mapping is checked when it is saved.
 */
export function buildResource(kind: 'User' | 'Group', attributes: TargetAttributes): Readonly<Record<string, unknown>> {
  const body: Draft = { schemas: kind === 'User' ? [...USER_SCHEMAS] : [...GROUP_SCHEMAS] }
  for (const [path, value] of attributes) {
    const parsed = parseTargetPath(path)
    if (parsed !== undefined) place(body, path, parsed, value)
  }
  body['meta'] = { resourceType: kind }
  if (kind === 'User') body['roles'] ??= []
  else body['members'] ??= []
  return body
}

function place(body: Draft, path: string, { urn, attribute, element, sub }: TargetPath, value: TargetValue): void {
  const holder = urn === undefined ? body : child(body, urn)
  if (typeof value === 'object') {
    const existing: unknown = holder[attribute]
    const list: readonly unknown[] = Array.isArray(existing) ? existing : []
    holder[attribute] = [...list, ...value.elements.map((each) => wireElement(path, each))]
  } else if (element !== undefined) elementOf(holder, attribute, element)[sub ?? 'value'] = value
  else if (sub !== undefined) child(holder, attribute)[sub] = value
  else holder[attribute] = value
}

/** The object under a name, made when it is not there. */
function child(holder: Draft, name: string): Draft {
  const existing = holder[name]
  if (isDraft(existing)) return existing
  const made: Draft = {}
  holder[name] = made
  return made
}

/** The element of a list that a filter names, made when it is not there. */
function elementOf(holder: Draft, attribute: string, filter: { attribute: string; value: string }): Draft {
  const existing = holder[attribute]
  const list: unknown[] = Array.isArray(existing) ? existing : []
  holder[attribute] = list
  const wanted = filter.attribute === 'primary' ? filter.value.toLowerCase() === 'true' : filter.value
  const found = list.find((item): item is Draft => isDraft(item) && item[filter.attribute] === wanted)
  if (found !== undefined) return found
  const made: Draft = { [filter.attribute]: wanted }
  const isPrimary = wanted === 'work' && (attribute === 'emails' || attribute === 'addresses')
  if (isPrimary) made['primary'] = true
  if (attribute === 'roles' && made['type'] === undefined) made['type'] = ROLE_TYPE
  list.push(made)
  return made
}

function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
