import { applicationByAppId, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { OidcClient } from '#idp/protocols/oidc/policy.ts'
import type { EntraReader } from '../collections.ts'
import { resumePath } from './addresses.ts'

/**
 * An app with SAML as the sign-in service knows it: a client with one reply address, the page that goes on with the single sign-on. So the
 * steps of a sign-in, and the rules that refuse it, are those of every app. Nobody asks for it from outside: the address is registered
 * nowhere, and the code that comes with the answer is bound to a verifier nobody keeps.
 *
 * @returns `undefined` for an app without SAML.
 */
export function samlClient(reader: EntraReader, clientId: string, origin: string): OidcClient | undefined {
  const application = applicationByAppId(reader, clientId)
  if (application === undefined) return undefined
  const principal = servicePrincipalByAppId(reader, application.tenantId, clientId)
  if (principal === undefined || reader.get('samlSettings', principal.id) === undefined) return undefined
  const address = `${origin}${resumePath(principal.tenantId)}`
  return { clientId, name: principal.displayName, redirectUris: [address], kind: 'public' }
}
