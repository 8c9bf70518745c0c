import type { AppProvisioning, OktaApp } from '../apps/records.ts'
import type { OktaSystem } from '../collections.ts'
import { createScimClient, type ScimClient } from './scim-client.ts'

/** An app whose integration is on. */
export interface ConnectedApp extends OktaApp {
  readonly provisioning: AppProvisioning & { readonly sealedToken: string }
}

/** Whether anything is sent to the app at all: it is active, and its integration saved and on. */
export function isConnected(app: OktaApp): app is ConnectedApp {
  return app.status === 'ACTIVE' && app.provisioning?.enabled === true && app.provisioning.sealedToken !== undefined
}

/** The client of an app, its token unsealed. @throws when the vault has another key. */
export function clientOf({ outbound, vault }: OktaSystem, { provisioning }: ConnectedApp): ScimClient {
  const { baseUrl, dialect, sealedToken } = provisioning
  return createScimClient(outbound, { baseUrl, dialect, token: vault.open(sealedToken) })
}
