import { lettersOf } from '#kit/ids.ts'
import { hashSecret } from '#kit/secrets.ts'
import type { Seed } from '#kit/system/system.ts'
import type { OktaWriter } from '../collections.ts'
import { type OidcAppIds, writeOidcApp } from './commands/write-app.ts'
import type { OAuthScope, OidcAppSettings } from './records.ts'
import { OKTA_SAMPLE_SPA, OKTA_SAMPLE_WEB_APP, SAMPLE_ORIGINS } from './samples.ts'
import { DEFAULT_SERVER } from './servers.ts'

const of = (text: string, prefix: string): string => lettersOf(`okta/${text}`, prefix, 17)

/** Scopes every custom server begins with, and their words for the consent page. */
const SYSTEM_SCOPES: readonly (readonly [
  name: string,
  displayName: string,
  description: string,
  consent: OAuthScope['consent'],
])[] = [
  ['openid', 'openid', 'Signals that a request is an OpenID request.', 'IMPLICIT'],
  [
    'profile',
    'View your profile information.',
    'The exact data varies based on what profile information you have provided, such as: name, time zone, picture, or birthday.',
    'REQUIRED',
  ],
  ['email', 'View your email address.', 'This allows the app to view your email address.', 'REQUIRED'],
  [
    'address',
    'View your address.',
    'This allows the app to view your address, such as: street address, city, state, and zip code.',
    'REQUIRED',
  ],
  ['phone', 'View your phone number.', 'This allows the app to view your phone number.', 'REQUIRED'],
  [
    'offline_access',
    'Keep you signed in to the app.',
    'This keeps you signed in to the app, even when you are not using it.',
    'REQUIRED',
  ],
]

/** Write the scopes and the claim a custom server begins with. `idOf` makes an id of a name and a prefix. */
export function writeServerParts(
  tx: OktaWriter,
  serverId: string,
  idOf: (name: string, prefix: string) => string,
): void {
  for (const [name, displayName, description, consent] of SYSTEM_SCOPES) {
    const id = idOf(`scope/${name}`, 'scp')
    tx.put('oauthScopes', id, {
      id,
      serverId,
      name,
      displayName,
      description,
      consent,
      isPublished: true,
      isDefault: false,
      system: true,
    })
  }
  const id = idOf('claim/sub', 'ocl')
  tx.put('oauthClaims', id, {
    id,
    serverId,
    name: 'sub',
    claimType: 'RESOURCE',
    valueType: 'SYSTEM',
    value: '(appuser != null) ? appuser.userName : app.clientId',
    status: 'ACTIVE',
    alwaysInclude: true,
    scopes: [],
    system: true,
  })
}

function appIds(clientId: string, name: string): OidcAppIds {
  return {
    id: clientId,
    embedKey: of(`app/${name}/embed`, 'aln'),
    mappingToApp: of(`app/${name}/to-app`, 'prm'),
    mappingToUser: of(`app/${name}/to-user`, 'prm'),
  }
}

const BLANK_SETTINGS = {
  grantTypes: ['authorization_code', 'refresh_token'],
  secrets: [],
  jwks: [],
  loginMode: 'DISABLED',
  initiateLoginUri: '',
  consentMethod: 'TRUSTED',
  refreshRotation: 'ROTATE',
  // Federation Broker Mode: whoever tries the samples needs no assignment.
  implicitAssignment: true,
  groupsClaim: { name: 'groups', filter: 'regex', value: '.*' },
  anyLoopbackPort: true,
} as const satisfies Partial<OidcAppSettings>

/**
 * What every org begins with: the custom server `default` with a policy that lets everybody assigned in (reference sheet 6.1), the two
 * samples, and their origins among the trusted ones.
 */
export function seedOAuth(tx: OktaWriter, seed: Seed): void {
  const now = new Date(seed.nowMs).toISOString()
  const dates = { created: now, lastUpdated: now } as const
  tx.put('authorizationServers', DEFAULT_SERVER, {
    id: DEFAULT_SERVER,
    name: DEFAULT_SERVER,
    description: 'Default Authorization Server for your Applications',
    audience: 'api://default',
    status: 'ACTIVE',
    ...dates,
  })
  writeServerParts(tx, DEFAULT_SERVER, (name, prefix) => of(`as/${DEFAULT_SERVER}/${name}`, prefix))
  const policyId = of('as/default/policy', '00p')
  tx.put('accessPolicies', policyId, {
    id: policyId,
    serverId: DEFAULT_SERVER,
    name: 'Default Policy',
    description: 'Default policy description',
    priority: 1,
    status: 'ACTIVE',
    clients: 'ALL_CLIENTS',
    ...dates,
  })
  const ruleId = of('as/default/rule', '0pr')
  tx.put('accessRules', ruleId, {
    id: ruleId,
    policyId,
    serverId: DEFAULT_SERVER,
    name: 'Default Policy Rule',
    priority: 1,
    status: 'ACTIVE',
    grantTypes: ['authorization_code', 'client_credentials'],
    scopes: 'ANY',
    people: 'EVERYONE',
    accessTokenMinutes: 60,
    refreshTokenMinutes: 0,
    refreshTokenWindowMinutes: 7 * 24 * 60,
    ...dates,
  })
  writeOidcApp(tx, appIds(OKTA_SAMPLE_WEB_APP.clientId, 'sample-web-app'), {
    label: OKTA_SAMPLE_WEB_APP.label,
    now,
    oidc: {
      ...BLANK_SETTINGS,
      applicationType: 'web',
      grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
      authMethod: 'client_secret_basic',
      redirectUris: OKTA_SAMPLE_WEB_APP.redirectUris,
      postLogoutRedirectUris: OKTA_SAMPLE_WEB_APP.postLogoutRedirectUris,
      pkceRequired: false,
      secrets: [
        {
          id: of('app/sample-web-app/secret', 'ocs'),
          sealedSecret: seed.vault.seal(OKTA_SAMPLE_WEB_APP.secret),
          secretHash: hashSecret(OKTA_SAMPLE_WEB_APP.secret),
          status: 'ACTIVE',
          ...dates,
        },
      ],
    },
  })
  writeOidcApp(tx, appIds(OKTA_SAMPLE_SPA.clientId, 'sample-spa'), {
    label: OKTA_SAMPLE_SPA.label,
    now,
    oidc: {
      ...BLANK_SETTINGS,
      applicationType: 'browser',
      authMethod: 'none',
      redirectUris: OKTA_SAMPLE_SPA.redirectUris,
      postLogoutRedirectUris: OKTA_SAMPLE_SPA.postLogoutRedirectUris,
      pkceRequired: true,
    },
  })
  for (const origin of SAMPLE_ORIGINS) {
    const id = of(`trusted-origin/${origin}`, 'tos')
    const name = `Sample single-page app (${new URL(origin).hostname})`
    tx.put('trustedOrigins', id, {
      id,
      name,
      origin,
      cors: true,
      redirect: true,
      status: 'ACTIVE',
      ...dates,
      anyLoopbackPort: true,
    })
  }
}
