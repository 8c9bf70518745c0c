import { ENTERPRISE_USER_URN } from '#kit/scim/core-schemas.ts'
import { badRequest } from '#kit/scim/errors.ts'
import { isObject, type JsonObject, own, ownKey } from '#kit/scim/json.ts'
import { readResource } from '#kit/scim/resource.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { parseLicence } from '../domain/licences.ts'
import type { Leniency } from './dialects/tolerated.ts'
import { enterpriseOf, textOf } from './office-words.ts'
import type { Call } from './operation.ts'
import { DIALPAD_USER_TYPE } from './resource-types.ts'

/** A person as a client sends them: what of it counts, by the dialects and switches in force. */

/** The body of a POST or PUT. @throws {ScimError} */
export function readUser(call: Call): JsonObject {
  return understoodOf(call, readResource(withoutGroups(call.body, call.dialect), DIALPAD_USER_TYPE, call.dialect))
}

/** A resource as it was sent, or as a PATCH would leave it, without what is passed over. @throws {ScimError} */
export function understoodOf({ system, dialect }: Call, resource: JsonObject): JsonObject {
  return withKnownLicence(withoutPassword(resource, dialect), system)
}

function withoutGroups(body: unknown, dialect: Leniency): unknown {
  const key = isObject(body) ? ownKey(body, 'groups') : undefined
  if (!isObject(body) || key === undefined) return body
  if (!dialect.passOverGroups) throw badRequest('invalidSyntax', 'There is no attribute groups.')
  const { [key]: _, ...rest } = body
  return rest
}

/** Nobody's password is kept, so a server that minds what it is sent has to say so. */
function withoutPassword(resource: JsonObject, dialect: Leniency): JsonObject {
  if (own(resource, 'password') === undefined) return resource
  if (!dialect.passOverPassword) throw badRequest('invalidValue', 'password cannot be set: it is not kept here.')
  const { password: _, ...rest } = resource
  return rest
}

/** FID-DIALPAD-LICENCE-03: a spelling nobody knows is refused where the licence is read, unless it is to count as not sent. */
function withKnownLicence(resource: JsonObject, { switches }: DialpadSystem): JsonObject {
  const enterprise = enterpriseOf(resource)
  const spelling = textOf(enterprise, 'licenseType')
  const isKnown = spelling === undefined || parseLicence(spelling) !== undefined
  if (isKnown || switches.value('unknown-licence') === 'refuse') return resource
  const { licenseType: _, ...others } = enterprise
  return { ...resource, [ENTERPRISE_USER_URN]: others }
}
