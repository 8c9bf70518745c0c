import type { Application, DirectoryUser } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../collections.ts'
import type { AadstsCode } from './aadsts.ts'
import { appInTenant, isAssigned } from './accounts.ts'
import type { Realm } from './tenancy.ts'

/** A rule that says no: the error's number. */
export type AccessRule = { readonly kind: 'allowed' } | { readonly kind: 'refused'; readonly code: AadstsCode }

const ALLOWED: AccessRule = { kind: 'allowed' }

/**
 * Whether an application may be asked for at all by this address: single-tenant apps are used by their own tenant's address.
 * Pure.
 */
export function judgeAudience(application: Application | undefined, realm: Realm): AccessRule {
  if (application === undefined) return { kind: 'refused', code: 700016 }
  if (application.signInAudience === 'AzureADMultipleOrgs') return ALLOWED
  if (realm.kind === 'any') return { kind: 'refused', code: 50194 }
  if (realm.kind === 'tenant' && realm.tenant.id !== application.tenantId) return { kind: 'refused', code: 700016 }
  return ALLOWED
}

/**
 * Whether a signed-in person may use an application, consent aside: of the right tenant, app not disabled there, assigned
 * where assignment is required.
 */
export function judgeAccess(reader: EntraReader, user: DirectoryUser, clientId: string, realm: Realm): AccessRule {
  if (!belongsTo(user, realm)) return { kind: 'refused', code: 50020 }
  const app = appInTenant(reader, clientId, user.tenantId)
  if (app === undefined) return { kind: 'refused', code: 700016 }
  const { application, principal } = app
  if (application.signInAudience === 'AzureADMyOrg' && application.tenantId !== user.tenantId) {
    return { kind: 'refused', code: 50020 }
  }
  if (principal === undefined) return ALLOWED
  if (!principal.accountEnabled) return { kind: 'refused', code: 7000112 }
  if (principal.appRoleAssignmentRequired && !isAssigned(reader, user.id, principal)) {
    return { kind: 'refused', code: 50105 }
  }
  return ALLOWED
}

/** Whether an account may sign in by this address. */
export function belongsTo(user: DirectoryUser, realm: Realm): boolean {
  return realm.kind === 'any' || (realm.kind === 'tenant' && realm.tenant.id === user.tenantId)
}
