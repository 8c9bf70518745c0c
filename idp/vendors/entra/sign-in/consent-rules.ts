import { apiNameOf, applicationByAppId } from '#idp/core/directory/applications.ts'
import type { Application, DirectoryUser, OAuth2PermissionGrant } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../collections.ts'
import { CONSENT_DEFAULTS, type ConsentSettings } from '../commands/consent-records.ts'
import { appInTenant, mayConsentForAll } from './accounts.ts'
import { type AskedPermission, describePermission } from './consent/describe-permission.ts'
import { consentsTo } from './consents-to.ts'
import { OIDC_SCOPES } from './permissions.ts'
import { readScopes, type ScopeSystem, scopesFor } from './tokens/resource-scopes.ts'
import { apiNamed } from './tokens/resources.ts'

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
  const { own, organization } = consentsTo(reader, user.id, app.principal.id)
  const scopes = [...organization, ...own].flatMap((grant) => scopesOf(reader, grant))
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

/** What an application has registered of what is offered: all that `.default` asks for, of whatever API. */
export function registeredScopes(reader: EntraReader, clientId: string): readonly string[] {
  const { requiredScopes = [] } = applicationByAppId(reader, clientId) ?? {}
  return requiredScopes.filter((name) => describePermission(reader, name) !== undefined)
}

/** Under which name an authorization request that asks for `.default` keeps its `scope` as it came. */
export const DEFAULT_SCOPE = 'entra_default_scope'

/**
 * Whether nobody has to be asked for a request that names resources by `.default` alone: something of each has been consented to before. A
 * token then holds that, whatever else the application has registered since (the `.default` scope, "when the user has already given consent").
 *
 * @param granted What was consented to.
 * @param scope As it came: {@link DEFAULT_SCOPE}; absent where the request has no `.default`.
 */
export function isDefaultHeld(
  system: ScopeSystem,
  application: Application,
  granted: readonly string[],
  scope: string | undefined,
): boolean {
  const reading = scope === undefined ? undefined : readScopes(system, scope, application)
  if (reading?.kind !== 'scopes') return false
  return reading.resources.every(({ resource, isDefault }) => isDefault && scopesFor(resource, granted).length > 0)
}

/** What the consent page offers a person. */
export type ConsentChoice = {
  /** What is asked for now. */
  readonly permissions: readonly AskedPermission[]
  /** Names of these and of what was consented to before, among those: what an administrator grants for everybody. */
  readonly everything: readonly string[]
} & (
  | {
      readonly kind: 'may-consent'
      /** The person may tick "Consent on behalf of your organization". */
      readonly forOrganization: boolean
    }
  | { readonly kind: 'needs-admin' }
)

/** What a first consent to an application holds besides what it asks for (consent types, "automatically included in the initial consent"). */
const WITH_FIRST_CONSENT: readonly string[] = ['User.Read', 'offline_access']

/**
 * What to ask for: of the permissions of this request, and those of any first consent, the ones nobody has consented to for this person
 * yet (incremental consent). What the app has registered and does not ask for is not among them: `.default` asks for that. People without
 * a consenting role may grant what the tenant lets them.
 *
 * @param again Everything is asked for, whatever was consented to before (`prompt=consent`).
 */
export function consentChoice(
  reader: EntraReader,
  user: DirectoryUser,
  clientId: string,
  requested: readonly string[],
  again = false,
): ConsentChoice {
  const application = appInTenant(reader, clientId, user.tenantId)?.application
  const held = grantedScopes(reader, user, clientId, requested)
  const names = [...new Set([...requested, ...(held === undefined ? WITH_FIRST_CONSENT : [])])]
  const known = names.flatMap((name) => describePermission(reader, name) ?? [])
  const granted = again ? [] : (held ?? [])
  const missing = known.filter(({ value }) => !granted.includes(value))
  const permissions = missing.length === 0 ? known : missing
  const everything = known.map(({ value }) => value)
  if (mayConsentForAll(reader, user.id)) {
    return { kind: 'may-consent', permissions, everything, forOrganization: true }
  }
  const settings = consentSettingsOf(reader, user.tenantId)
  const isOwn = application?.tenantId === user.tenantId
  return permissions.every((each) => mayPersonGrant(settings, each, isOwn))
    ? { kind: 'may-consent', permissions, everything, forOrganization: false }
    : { kind: 'needs-admin', permissions, everything }
}

/** How a tenant handles consent, defaults filled in. */
export function consentSettingsOf(reader: EntraReader, tenantId: string): Required<ConsentSettings> {
  return { ...CONSENT_DEFAULTS, ...reader.get('consentSettings', tenantId) }
}

/**
 * Whether people may grant a permission for themselves. Pure.
 * @param isOwn The app is registered in their tenant. Of no other is the publisher verified (FID-ENTRA-CONSENT-7).
 */
function mayPersonGrant(
  { userConsent, lowImpact }: Required<ConsentSettings>,
  { value, adminOnly }: AskedPermission,
  isOwn: boolean,
): boolean {
  switch (userConsent) {
    case 'block':
      return false
    case 'low-impact':
      return isOwn && !adminOnly && lowImpact.includes(value)
    case 'allow':
      return !adminOnly
  }
}
