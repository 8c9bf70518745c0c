import type { OAuth2PermissionGrant } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../collections.ts'

/** What an app was granted for one person: by themselves, and for everybody. Cost: the person's consents and those for everybody. */
export function consentsTo(
  reader: EntraReader,
  userId: string,
  principalId: string,
): { readonly own: readonly OAuth2PermissionGrant[]; readonly organization: readonly OAuth2PermissionGrant[] } {
  return {
    own: reader.find('permissionGrants', 'principal', userId).filter(({ clientId }) => clientId === principalId),
    organization: reader.find('permissionGrants', 'organization', principalId),
  }
}
