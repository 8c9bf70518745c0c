import type { Writer } from '#kit/store/store.ts'
import type { DirectoryShape, OAuth2PermissionGrant } from './records.ts'
import { badValue, notFound } from './refusal.ts'

/** A consent to record. `principalId` names the person consenting for themselves; absent: for the organization. */
export interface NewGrant {
  readonly id: string
  readonly now: string
  readonly tenantId: string
  /** The service principal of the client. */
  readonly clientId: string
  readonly principalId?: string
  /** The service principal of the API the scopes belong to; absent for the directory's own API. */
  readonly resourceId?: string
  /** Scope values, in the order asked for. */
  readonly scopes: readonly string[]
}

/**
 * Record a consent. There is at most one grant per client, API and principal (or organization): scopes are added to
 * the one there is, each kept once.
 *
 * @throws {DirectoryRefusal} `Request_ResourceNotFound` for an unknown client or person; `Request_BadRequest` without scopes.
 */
export function grantPermissions(tx: Writer<DirectoryShape>, input: NewGrant): OAuth2PermissionGrant {
  const client = tx.get('servicePrincipals', input.clientId)
  if (client === undefined || client.tenantId !== input.tenantId) throw notFound('service principal', input.clientId)
  if (input.scopes.length === 0) throw badValue('scope', 'A consent names at least one permission.')
  if (input.principalId !== undefined) {
    const person = tx.get('users', input.principalId)
    if (person === undefined || person.tenantId !== input.tenantId || person.deletedDateTime !== undefined) {
      throw notFound('user', input.principalId)
    }
  }
  const held = tx
    .find('permissionGrants', 'client', input.clientId)
    .find((grant) => grant.principalId === input.principalId && grant.resourceId === input.resourceId)
  const scope = [...new Set([...(held?.scope.split(' ') ?? []), ...input.scopes])].join(' ')
  const grant: OAuth2PermissionGrant = held
    ? { ...held, scope }
    : {
        id: input.id,
        tenantId: input.tenantId,
        clientId: input.clientId,
        consentType: input.principalId === undefined ? 'AllPrincipals' : 'Principal',
        ...(input.principalId === undefined ? {} : { principalId: input.principalId }),
        ...(input.resourceId === undefined ? {} : { resourceId: input.resourceId }),
        scope,
        createdDateTime: input.now,
      }
  tx.put('permissionGrants', grant.id, grant)
  return grant
}

/** @throws {DirectoryRefusal} `Request_ResourceNotFound` when there is no such grant in this tenant. */
export function revokePermissions(tx: Writer<DirectoryShape>, tenantId: string, grantId: string): void {
  const grant = tx.get('permissionGrants', grantId)
  if (grant === undefined || grant.tenantId !== tenantId) throw notFound('permission grant', grantId)
  tx.delete('permissionGrants', grantId)
}

/** Remove what a person has consented to for themselves; consents for the organization stay. */
export function removeGrantsOfPrincipal(tx: Writer<DirectoryShape>, principalId: string): void {
  for (const grant of tx.find('permissionGrants', 'principal', principalId)) tx.delete('permissionGrants', grant.id)
}
