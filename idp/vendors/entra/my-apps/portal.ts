import type { EntraSystem } from '../collections.ts'
import { type Portal, type PortalSession, portalSession } from '../sign-in/portal-session.ts'
import { MY_APPS_APP_ID } from '../world.ts'

/** My Apps as a client of the sign-in service. */
export const MY_APPS: Portal = { clientId: MY_APPS_APP_ID, home: '/myapps', cookie: 'myapps' }

/** The sign-in of My Apps, with a session of its own beside the admin center's. */
export function myAppsSession(system: EntraSystem): PortalSession {
  return portalSession(system, MY_APPS)
}

/** "Manage your application", and below it the question before permissions are revoked. */
export function managePath(appId: string, step?: 'revoke'): string {
  return `${MY_APPS.home}/apps/${appId}${step === undefined ? '' : `/${step}`}`
}
