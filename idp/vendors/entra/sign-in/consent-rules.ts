import type { DirectoryUser, OAuth2PermissionGrant } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../collections.ts'
import { appInTenant, mayConsentForAll } from './accounts.ts'
import { type DelegatedPermission, OIDC_SCOPES, permissionOf } from './permissions.ts'
import { apiNamed, apiNameOf } from './tokens/resources.ts'

/**
 * Scopes a person has consented to for an app, themselves or through the organization. `undefined` when the app is not in the
 * tenant or nobody has consented. The scopes of OpenID Connect itself come with any consent. Apps of the platform itself
 * need none.
 */
export function grantedScopes(
  reader: EntraReader,
  user: DirectoryUser,
  clientId: string,
  requested: readonly string[],
): readonly string[] | undefined {
  const app = appInTenant(reader, clientId, user.tenantId)
  if (app === undefined) return undefined
  if (app.application.firstParty) return [...new Set([...OIDC_SCOPES, ...requested])]
  if (app.principal === undefined) return undefined
  // An app with SAML asks for no permission of its own.
  if (reader.get('samlSettings', app.principal.id) !== undefined) return OIDC_SCOPES
  const scopes = reader
    .find('permissionGrants', 'client', app.principal.id)
    .filter((grant) => grant.principalId === undefined || grant.principalId === user.id)
    .flatMap((grant) => scopesOf(reader, grant))
  scopes.push(...requested.filter((scope) => isPreAuthorized(reader, clientId, scope)))
  return scopes.length === 0 ? undefined : [...new Set([...OIDC_SCOPES, ...scopes])]
}

/** Scopes of a consent as requests name them: those of an API with its name in front. */
function scopesOf(reader: EntraReader, { resourceId, scope }: OAuth2PermissionGrant): readonly string[] {
  const values = scope.split(' ').filter(Boolean)
  if (resourceId === undefined) return values
  const api = reader.get('applications', reader.get('servicePrincipals', resourceId)?.applicationId ?? '')
  return api === undefined ? [] : values.map((value) => `${apiNameOf(api)}/${value}`)
}

/** Whether the API's owner has let the application use the scope without anybody's consent. */
function isPreAuthorized(reader: EntraReader, clientId: string, scope: string): boolean {
  const cut = scope.lastIndexOf('/')
  if (cut === -1) return false
  const api = apiNamed(reader, scope.slice(0, cut))?.api
  const id = api?.oauth2PermissionScopes.find((each) => each.isEnabled && each.value === scope.slice(cut + 1))?.id
  const trusted = api?.preAuthorizedApplications.find((each) => each.appId === clientId)
  return id !== undefined && trusted?.delegatedPermissionIds.includes(id) === true
}

/** What the consent page offers a person. */
export type ConsentChoice =
  | {
      readonly kind: 'may-consent'
      readonly permissions: readonly DelegatedPermission[]
      /** The person may tick "Consent on behalf of your organization". */
      readonly forOrganization: boolean
    }
  | { readonly kind: 'needs-admin'; readonly permissions: readonly DelegatedPermission[] }

/**
 * What to ask for: the permissions the app has registered and those of this request. People without a consenting role may not
 * grant permissions reserved to administrators, nor any when the tenant has switched user consent off.
 */
export function consentChoice(
  reader: EntraReader,
  user: DirectoryUser,
  clientId: string,
  requested: readonly string[],
): ConsentChoice {
  const registered = appInTenant(reader, clientId, user.tenantId)?.application.requiredScopes ?? []
  const permissions = [...new Set([...registered, ...requested])].map(permissionOf)
  if (mayConsentForAll(reader, user.id)) return { kind: 'may-consent', permissions, forOrganization: true }
  const isBlocked = reader.get('consentSettings', user.tenantId)?.userConsent === 'block'
  if (isBlocked || permissions.some((each) => each.adminOnly)) return { kind: 'needs-admin', permissions }
  return { kind: 'may-consent', permissions, forOrganization: false }
}
