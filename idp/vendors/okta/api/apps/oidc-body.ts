import { z } from 'zod'
import { GROUP_FILTERS } from '../../apps/records.ts'
import type { ClientJwk, GrantType, OidcAppSettings } from '../../oauth/records.ts'
import { APPLICATION_TYPES, CLIENT_AUTH_METHODS, GRANT_TYPES } from '../../oauth/records.ts'

/** `credentials.oauthClient` and `settings.oauthClient` of an OpenID Connect app (reference sheet 6.3). */

const Addresses = z.array(z.string().trim().max(1024)).max(200).nullish()

export const OAuthClientCredentials = z.object({
  client_id: z.string().max(100).nullish(),
  client_secret: z.string().max(200).nullish(),
  autoKeyRotation: z.boolean().nullish(),
  pkce_required: z.boolean().nullish(),
  token_endpoint_auth_method: z.enum(CLIENT_AUTH_METHODS).nullish(),
})

export const OAuthClientSettings = z.object({
  application_type: z.enum(APPLICATION_TYPES).nullish(),
  response_types: z.array(z.literal('code', 'This org answers the response type code alone')).nullish(),
  grant_types: z.array(z.enum(GRANT_TYPES)).nullish(),
  redirect_uris: Addresses,
  post_logout_redirect_uris: Addresses,
  initiate_login_uri: z.string().trim().max(1024).nullish(),
  idp_initiated_login: z
    .object({ mode: z.enum(['DISABLED', 'SPEC']).nullish(), default_scope: z.array(z.string()).nullish() })
    .nullish(),
  consent_method: z.enum(['TRUSTED', 'REQUIRED']).nullish(),
  issuer_mode: z.literal('ORG_URL').nullish(),
  wildcard_redirect: z.literal('DISABLED').nullish(),
  refresh_token: z
    .object({ rotation_type: z.enum(['ROTATE', 'STATIC']).nullish(), leeway: z.number().nullish() })
    .nullish(),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(10) }).nullish(),
  groups_claim: z
    .object({ name: z.string().trim().max(100), filter: z.enum(GROUP_FILTERS), value: z.string().max(255) })
    .nullish(),
})

interface OidcInput {
  readonly credentials?:
    | { readonly oauthClient?: z.output<typeof OAuthClientCredentials> | null | undefined }
    | null
    | undefined
  readonly settings?:
    | {
        readonly oauthClient?: z.output<typeof OAuthClientSettings> | null | undefined
        readonly implicitAssignment?: boolean | null | undefined
      }
    | null
    | undefined
}

/** Texts of a key that are public; private parts that were sent by mistake are dropped. */
function publicKey(key: Readonly<Record<string, unknown>>): ClientJwk {
  const PUBLIC = ['kty', 'kid', 'use', 'alg', 'n', 'e', 'crv', 'x', 'y']
  return Object.fromEntries(
    PUBLIC.flatMap((name) => {
      const value = key[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}

function given<T>(value: T | null | undefined, name: keyof OidcAppSettings): Readonly<Record<string, T>> {
  return value === undefined || value === null ? {} : { [name]: value }
}

/** What a body changes; members that are left out stay. */
export function oidcPatchOf({ credentials, settings }: OidcInput): Partial<Omit<OidcAppSettings, 'secrets'>> {
  const client = credentials?.oauthClient
  const own = settings?.oauthClient
  const grants: readonly GrantType[] | null | undefined = own?.grant_types
  const patch = {
    ...given(own?.application_type, 'applicationType'),
    ...given(grants === undefined || grants === null ? grants : [...new Set(grants)], 'grantTypes'),
    ...given(client?.token_endpoint_auth_method, 'authMethod'),
    ...given(client?.pkce_required, 'pkceRequired'),
    ...given(own?.redirect_uris, 'redirectUris'),
    ...given(own?.post_logout_redirect_uris, 'postLogoutRedirectUris'),
    ...given(own?.initiate_login_uri, 'initiateLoginUri'),
    ...given(own?.idp_initiated_login?.mode, 'loginMode'),
    ...given(own?.consent_method, 'consentMethod'),
    ...given(own?.refresh_token?.rotation_type, 'refreshRotation'),
    ...given(own?.jwks?.keys.map(publicKey), 'jwks'),
    ...given(own?.groups_claim, 'groupsClaim'),
    ...given(settings?.implicitAssignment, 'implicitAssignment'),
  }
  return patch as Partial<Omit<OidcAppSettings, 'secrets'>>
}

/** The same settings as the API shows them. The secret is the newest that is active. */
export function oidcResource(appId: string, oidc: OidcAppSettings, secret: string | undefined) {
  return {
    credentials: {
      oauthClient: {
        autoKeyRotation: true,
        client_id: appId,
        ...(secret === undefined ? {} : { client_secret: secret }),
        token_endpoint_auth_method: oidc.authMethod,
        pkce_required: oidc.pkceRequired,
      },
    },
    settings: {
      oauthClient: {
        client_uri: null,
        logo_uri: null,
        redirect_uris: oidc.redirectUris,
        post_logout_redirect_uris: oidc.postLogoutRedirectUris,
        response_types: oidc.grantTypes.includes('authorization_code') ? ['code'] : [],
        grant_types: oidc.grantTypes,
        ...(oidc.initiateLoginUri === '' ? {} : { initiate_login_uri: oidc.initiateLoginUri }),
        application_type: oidc.applicationType,
        consent_method: oidc.consentMethod,
        issuer_mode: 'ORG_URL',
        idp_initiated_login: { mode: oidc.loginMode, default_scope: [] },
        wildcard_redirect: 'DISABLED',
        ...(oidc.grantTypes.includes('refresh_token')
          ? { refresh_token: { rotation_type: oidc.refreshRotation, leeway: 0 } }
          : {}),
        ...(oidc.jwks.length === 0 ? {} : { jwks: { keys: oidc.jwks } }),
        ...(oidc.groupsClaim === undefined ? {} : { groups_claim: oidc.groupsClaim }),
      },
    },
  }
}
