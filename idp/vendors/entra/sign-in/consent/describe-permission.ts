import type { EntraReader } from '../../collections.ts'
import { type DelegatedPermission, permissionOf } from '../permissions.ts'
import { apiNamed } from '../tokens/resources.ts'

/** A delegated permission as consent shows it. */
export interface AskedPermission extends DelegatedPermission {
  /** Name of the application whose API it is; absent for Graph. */
  readonly api?: string
}

/**
 * How consent shows a permission: Graph's in our words, an application's own in those of its publisher, who has words for people and
 * words for administrators; without words for people they read the others ("Add a scope").
 *
 * @param name As registrations write it: bare for Graph, with the API's name in front for others.
 * @returns `undefined` when no API of that name offers it any more.
 */
export function describePermission(
  reader: EntraReader,
  name: string,
  reading: 'person' | 'administrator' = 'person',
): AskedPermission | undefined {
  const cut = name.lastIndexOf('/')
  if (cut === -1) return permissionOf(name)
  const application = apiNamed(reader, name.slice(0, cut))
  const scope = application?.api?.oauth2PermissionScopes.find(
    (each) => each.isEnabled && each.value === name.slice(cut + 1),
  )
  if (application === undefined || scope === undefined) return undefined
  const { adminConsentDisplayName: title, adminConsentDescription: detail } = scope
  const forPeople = reading === 'person'
  return {
    value: name,
    title: (forPeople ? scope.userConsentDisplayName : undefined) ?? title,
    detail: (forPeople ? scope.userConsentDescription : undefined) ?? detail,
    adminOnly: scope.type === 'Admin',
    api: application.displayName,
  }
}
