import type { Exchange } from './certificate.ts'
import type { Json } from './server-under-test.ts'
import type { Finding } from './sheet.ts'
import { isSuccess } from './wire.ts'

/** What is found in a stored resource, or in a list of exchanges. */

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** The value at a path of names; `undefined` where there is none. */
export function valueAt(resource: unknown, ...path: readonly string[]): unknown {
  let value = resource
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Json)[name]
  }
  return value
}

/** What an attribute of the list's element of that type holds. */
export function inList(resource: Json | undefined, list: string, type: string, member = 'value'): unknown {
  const elements = resource?.[list]
  if (!Array.isArray(elements)) return undefined
  const element = (elements as Json[]).find((each) => String(each['type']).toLowerCase() === type)
  return element?.[member]
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

/** Compare what is stored with what was sent. */
export function differences(pairs: readonly (readonly [name: string, found: unknown, sent: unknown])[]): Finding {
  const wrong = pairs.filter(([, found, sent]) => found !== sent)
  if (wrong.length === 0) return undefined
  return wrong.map(([name, found, sent]) => `${name} is ${shown(found)} instead of ${shown(sent)}`).join('; ')
}

/** Ids of a group's members as the server shows them. */
export function memberIds(group: Json | undefined): readonly string[] | undefined {
  const members = group?.['members']
  if (members === undefined || members === null) return []
  if (!Array.isArray(members)) return undefined
  return (members as unknown[]).map((each) => String(valueAt(each, 'value')))
}

export function wrongMembers(group: Json | undefined, expected: readonly string[]): Finding {
  const found = memberIds(group)
  if (group === undefined) return 'The group cannot be read.'
  if (found === undefined) return 'members is not a list.'
  const missing = expected.filter((id) => !found.includes(id)).length
  const extra = found.filter((id) => !expected.includes(id)).length
  if (missing === 0 && extra === 0 && found.length === expected.length) return undefined
  return `The group has ${found.length} members instead of ${expected.length}: ${missing} missing, ${extra} that do not belong.`
}

/** How the answers to creations differ from the standard's, where clients live with it. */
export function creationWarning(exchanges: readonly Exchange[]): Finding {
  const odd = exchanges.find((each) => each.method === 'POST' && isSuccess(each) && each.status !== 201)
  return odd === undefined ? undefined : { warning: `A creation was answered ${odd.status} instead of 201.` }
}

export const ofMethod = (exchanges: readonly Exchange[], method: string): readonly Exchange[] =>
  exchanges.filter((each) => each.method === method)

/** Why nothing can be said of an account that is gone. */
export const NOT_TAKEN_AWAY = 'No account could be taken away beforehand: the server deletes none.'
