import type { AppVisibility, OktaApp } from '../../apps/records.ts'
import type { OktaWriter } from '../../collections.ts'
import { VISIBLE } from '../../commands/apps.ts'
import type { AttributeDefinition } from '../../profiles/records.ts'
import type { OidcApp } from '../clients.ts'
import type { OidcAppSettings } from '../records.ts'
import { OIDC_APP_NAME } from '../start-routes.ts'

/** Key under which the catalog would have these apps; it lists none. */
const CATALOG_KEY = 'oidc'

/** Profile of an account in such an app: the user name, nothing else. */
const USER_NAME: AttributeDefinition = {
  name: 'userName',
  title: 'Username',
  type: 'string',
  required: true,
  scope: 'SELF',
  union: false,
  custom: false,
}

export interface OidcAppIds {
  /** The client id as well. */
  readonly id: string
  readonly embedKey: string
  readonly mappingToApp: string
  readonly mappingToUser: string
}

/** Write a new OpenID Connect app with its profile and mappings: for the command and for worlds. */
export function writeOidcApp(
  tx: OktaWriter,
  ids: OidcAppIds,
  {
    label,
    oidc,
    now,
    visibility = VISIBLE,
    status = 'ACTIVE',
  }: {
    readonly label: string
    readonly oidc: OidcAppSettings
    readonly now: string
    readonly visibility?: AppVisibility
    readonly status?: OktaApp['status']
  },
): OidcApp {
  const app = {
    id: ids.id,
    name: OIDC_APP_NAME,
    catalogKey: CATALOG_KEY,
    label,
    status,
    signOnMode: 'OPENID_CONNECT',
    // It has none: nothing finds it by SAML.
    samlKey: `none-${ids.id}`,
    embedKey: ids.embedKey,
    created: now,
    lastUpdated: now,
    visibility,
    notesForUsers: '',
    notesForAdmins: '',
    signOn: {
      usernameTemplate: { format: 'okta-username', pushStatus: 'PUSH' },
      defaultRelayState: '',
      acsUrl: '',
      spEntityId: '',
      disableForceAuthn: true,
      attributeStatements: [],
    },
    oidc,
  } as const satisfies OidcApp
  tx.put('apps', app.id, app)
  tx.put('profileSchemas', app.id, { ownerId: app.id, title: `${label} User`, attributes: [USER_NAME] })
  for (const [id, direction] of [
    [ids.mappingToApp, 'to-app'],
    [ids.mappingToUser, 'to-user'],
  ] as const) {
    tx.put('profileMappings', id, { id, appId: app.id, direction, properties: {} })
  }
  return app
}
