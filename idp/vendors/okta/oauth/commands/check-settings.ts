import { invalidFields, type RefusalCause } from '../../commands/refusal.ts'
import { groupFilterProblem } from '../../saml/group-filter.ts'
import type { OidcAppSettings } from '../records.ts'

const LONGEST = 1024
const MOST_ADDRESSES = 100

/** An address a browser may be sent to: complete, without a fragment; a scheme of one's own for installed apps alone. */
function addressProblem(address: string, isNative: boolean): string | undefined {
  if (address.length > LONGEST) return `Use at most ${LONGEST} characters`
  if (/\s/.test(address) || !URL.canParse(address)) return `'${address}' must be a complete address`
  const { protocol, hash, username, password } = new URL(address)
  if (hash !== '' || address.endsWith('#')) return `'${address}' must not contain a fragment`
  if (username !== '' || password !== '') return `'${address}' must not contain a user name or password`
  if (protocol === 'http:' || protocol === 'https:') return undefined
  if (['javascript:', 'data:', 'vbscript:', 'file:'].includes(protocol))
    return `'${address}' has a scheme that is not allowed`
  return isNative ? undefined : `'${address}' must begin with https:// or http://`
}

/** What is wrong with the settings of an OpenID Connect app, by the API's name of each member. */
export function settingsProblems(oidc: OidcAppSettings): readonly RefusalCause[] {
  const causes: RefusalCause[] = []
  const { applicationType, grantTypes, authMethod, redirectUris, postLogoutRedirectUris, groupsClaim } = oidc
  const add = (field: string, summary: string | undefined): void => {
    if (summary !== undefined) causes.push({ field, summary })
  }
  const isNative = applicationType === 'native'
  for (const [field, addresses] of [
    ['redirect_uris', redirectUris],
    ['post_logout_redirect_uris', postLogoutRedirectUris],
  ] as const) {
    if (addresses.length > MOST_ADDRESSES) add(field, `Use at most ${MOST_ADDRESSES} addresses`)
    for (const address of addresses) add(field, addressProblem(address, isNative))
  }
  const hasCode = grantTypes.includes('authorization_code')
  if (grantTypes.length === 0) add('grant_types', 'At least one grant type is required')
  if (hasCode && redirectUris.length === 0)
    add('redirect_uris', "At least one 'redirect_uri' must be specified for the authorization code grant")
  if (grantTypes.includes('refresh_token') && !hasCode)
    add('grant_types', 'The refresh token grant needs the authorization code grant')
  if (applicationType === 'service' && (hasCode || !grantTypes.includes('client_credentials'))) {
    add('grant_types', "An application of the type 'service' uses the client credentials grant alone")
  }
  if (authMethod === 'none' && (applicationType === 'web' || applicationType === 'service')) {
    add('token_endpoint_auth_method', `An application of the type '${applicationType}' has to authenticate`)
  }
  if (applicationType === 'browser' && authMethod !== 'none') {
    add('token_endpoint_auth_method', "An application of the type 'browser' can keep no secret, so it is 'none'")
  }
  if (authMethod === 'none' && grantTypes.includes('client_credentials')) {
    add('grant_types', 'The client credentials grant needs a client that authenticates')
  }
  if (authMethod === 'none' && !oidc.pkceRequired)
    add('pkce_required', 'A client without authentication has to use PKCE')
  if (authMethod === 'private_key_jwt' && oidc.jwks.length === 0) add('jwks', 'At least one public key is required')
  if (oidc.loginMode === 'SPEC') add('initiate_login_uri', addressProblem(oidc.initiateLoginUri, false))
  if (groupsClaim !== undefined) {
    add('groups_claim', groupsClaim.name === '' ? 'The name of the groups claim cannot be left blank' : undefined)
    add('groups_claim', groupFilterProblem(groupsClaim.filter, groupsClaim.value))
  }
  return causes
}

/** @throws {OktaRefusal} E0000001 with every cause. */
export function checkOidcSettings(oidc: OidcAppSettings): OidcAppSettings {
  const causes = settingsProblems(oidc)
  if (causes.length > 0) throw invalidFields(causes)
  return oidc
}
