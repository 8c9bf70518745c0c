import type { EntraReader } from '../collections.ts'
import type { Standing } from '../commands/actor.ts'
import type { AuditInitiator } from './records.ts'

/** The engine, as provisioning logs and audit logs call it (reference 11.6). */
export const PROVISIONING_SERVICE: AuditInitiator = { kind: 'app', displayName: 'Azure AD Provisioning Service' }

/** What the directory does by itself: emptying the recycle bin. */
export const DIRECTORY_SERVICE: AuditInitiator = { kind: 'app', displayName: 'Azure AD Directory Service' }

/** The control API of the kit, which is no part of the product. */
const KIT: AuditInitiator = { kind: 'app', displayName: 'Training kit' }

/** Who acts, as an audit event names them: a person, an application by itself, or the kit. */
export function initiatorOf(
  reader: EntraReader,
  { userId, application }: Pick<Standing, 'userId' | 'application'>,
): AuditInitiator {
  const user = userId === undefined ? undefined : reader.get('users', userId)
  if (user !== undefined) {
    const { id, displayName, userPrincipalName } = user
    return { kind: 'user', id, displayName, userPrincipalName }
  }
  const principal = application === undefined ? undefined : reader.get('servicePrincipals', application.id)
  if (principal === undefined) return KIT
  const { id, displayName, appId } = principal
  return { kind: 'app', displayName, servicePrincipalId: id, appId }
}
