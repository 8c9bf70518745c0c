import { USER_SCHEMA_URN } from '#kit/scim/core-schemas.ts'
import type { AttributeDefinition, Profile, ProfileValue } from '../profiles/records.ts'
import { isJsonObject, type JsonObject, parseExternalName, readAt, writeAt } from './external-name.ts'

/** An account as a SCIM user, and back (reference sheet 2.3). */

/** What is sent of an account. */
export interface Account {
  readonly attributes: readonly AttributeDefinition[]
  readonly userName: string
  readonly profile: Profile
  /** The person's id in the org: what the app is given as `externalId`. */
  readonly userId: string
}

/** Order in which a creation lists what an account may have; what is not named here follows in the order of the schema. */
const ORDER = ['userName', 'name', 'emails', 'title', 'displayName', 'preferredLanguage', 'locale']

/** `en_US` in a profile is `en-US` on the wire. */
function toWire({ type }: AttributeDefinition, value: ProfileValue): unknown {
  return type === 'language_code' && typeof value === 'string' ? value.replaceAll('_', '-') : value
}

/**
 * Lay an account's values over a resource, in place. A custom attribute without a namespace is silently left out, and so is one
 * whose external name cannot be read.
 */
function layOver(resource: JsonObject, { attributes, userName, profile }: Account): void {
  for (const attribute of attributes) {
    const { name, externalName, externalNamespace } = attribute
    const value = name === 'userName' ? userName : profile[name]
    const steps = parseExternalName(externalName ?? '')
    if (value === undefined || steps === undefined || externalNamespace === undefined || externalNamespace === '')
      continue
    const holder = holderOf(resource, externalNamespace)
    // In an element of a list an empty text is no value: it makes none, and takes one away.
    const isCleared = value === '' && steps[0]?.kind === 'element'
    if (isCleared && readAt(holder, steps) === undefined) continue
    writeAt(holder, steps, isCleared ? undefined : toWire(attribute, value))
  }
}

/** The core schema is the resource itself, any other one its member of that name. */
function holderOf(resource: JsonObject, namespace: string): JsonObject {
  if (namespace === USER_SCHEMA_URN) return resource
  const known = resource[namespace]
  const holder: JsonObject = isJsonObject(known) ? known : {}
  resource[namespace] = holder
  return holder
}

function extensionsOf(resource: JsonObject): readonly string[] {
  return Object.keys(resource).filter((name) => name.startsWith('urn:'))
}

/** Body of a creation, keys in the order of the real client: a password always, `groups` always and always empty. */
export function creationOf(account: Account, password: string): JsonObject {
  const values: JsonObject = {}
  layOver(values, account)
  const extensions = extensionsOf(values)
  const core = Object.keys(values).filter((name) => !extensions.includes(name))
  const rank = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)
  const ordered = core.toSorted((one, other) => rank(one) - rank(other))
  return {
    schemas: [USER_SCHEMA_URN, ...extensions],
    ...Object.fromEntries(ordered.map((name) => [name, values[name]])),
    externalId: account.userId,
    ...Object.fromEntries(extensions.map((name) => [name, values[name]])),
    groups: [],
    password,
    active: true,
  }
}

/**
 * Body of an update: what the app returned, with the account's whole profile over it. `active` echoes the app's own unless it is
 * what is being changed.
 */
export function replacementOf(returned: JsonObject, account: Account, active?: boolean): JsonObject {
  const body = structuredClone(returned)
  layOver(body, account)
  const schemas = Array.isArray(body['schemas']) ? (body['schemas'] as unknown[]) : [USER_SCHEMA_URN]
  body['schemas'] = [...new Set([...schemas, ...extensionsOf(body)])]
  body['externalId'] = account.userId
  if (active !== undefined) body['active'] = active
  return body
}

/** The profile an app's user has, as far as the schema knows its attributes: what an import reads. The user name is no part of it. */
export function profileOfResource(resource: JsonObject, attributes: readonly AttributeDefinition[]): Profile {
  const profile: Record<string, ProfileValue> = {}
  for (const { name, externalName, externalNamespace, type } of attributes) {
    const steps = name === 'userName' ? undefined : parseExternalName(externalName ?? '')
    if (steps === undefined || externalNamespace === undefined) continue
    const holder = externalNamespace === USER_SCHEMA_URN ? resource : resource[externalNamespace]
    const value = isJsonObject(holder) ? readAt(holder, steps) : undefined
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    if (isPlain)
      profile[name] = type === 'language_code' && typeof value === 'string' ? value.replaceAll('-', '_') : value
    else if (Array.isArray(value) && value.every((each) => typeof each === 'string' || typeof each === 'number')) {
      profile[name] = value
    }
  }
  return profile
}
