import { ScimRefusal } from './answer.ts'
import type { Call } from './operation.ts'

/** Conditional requests (RFC 7644 §3.14, RFC 9110 §13). Versions are weak tags, and compared as such everywhere. */

/**
 * For GET: whether the client has this version already, which is answered with 304.
 * @throws {ScimRefusal} 412 when `If-Match` names other versions.
 */
export function isUnmodified(call: Call, version: string): boolean {
  requireMatch(call, version)
  return names(call.req.headers['if-none-match'], version)
}

/** For PUT, PATCH and DELETE. @throws {ScimRefusal} 412 when a condition of the client's does not hold. */
export function requireVersion(call: Call, version: string): void {
  requireMatch(call, version)
  if (names(call.req.headers['if-none-match'], version)) {
    throw new ScimRefusal(412, `The resource is there, and its version is ${version}`)
  }
}

function requireMatch(call: Call, version: string): void {
  const condition = call.req.headers['if-match']
  if (condition === undefined || names(condition, version)) return
  throw new ScimRefusal(412, `The resource has changed: its version is ${version}`)
}

function names(condition: string | undefined, version: string): boolean {
  if (condition === undefined) return false
  if (condition.trim() === '*') return true
  const opaque = version.replace(/^W\//, '')
  return condition.match(/"[^"]*"/g)?.some((tag) => tag === opaque) ?? false
}
