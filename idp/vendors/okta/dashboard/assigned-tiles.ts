import { appPersonKey, type OktaApp } from '../apps/records.ts'
import type { OktaReader } from '../collections.ts'

/** One app of somebody's dashboard. */
export interface AppTile {
  readonly id: string
  readonly label: string
  /** The embed link: starts single sign-on (reference sheet 1.4). */
  readonly href: string
  /** What the administrator wants people to know: a VPN that is needed. */
  readonly detail?: string
}

/** Path of an app's embed link below the org's origin. */
export function embedPath(app: { readonly name: string; readonly id: string; readonly embedKey: string }): string {
  return `/home/${app.name}/${app.id}/${app.embedKey}`
}

/**
 * The apps somebody sees: assigned, active, and not hidden from users. A failed or paused provisioning takes nobody's tile away
 * (reference sheet 8.1, 10).
 */
export function assignedTiles(reader: OktaReader, userId: string): readonly AppTile[] {
  return reader
    .find('appUsers', 'user', userId)
    .flatMap(({ appId }) => {
      const app = reader.get('apps', appId)
      if (app === undefined || app.status !== 'ACTIVE' || app.visibility.hideWeb) return []
      // A tile opens the app's own address; an app that begins by itself alone has none.
      if (app.oidc?.loginMode === 'DISABLED') return []
      const vpn = app.general?.vpn
      const detail = vpn === undefined || vpn.notice === 'disabled' ? {} : { detail: vpn.message }
      return [{ id: app.id, label: app.label, href: embedPath(app), ...detail }]
    })
    .sort((one, other) => one.label.localeCompare(other.label, 'en'))
}

/** Active apps with self service that somebody does not have yet (reference sheet 1.4). */
export function addableApps(reader: OktaReader, userId: string): readonly OktaApp[] {
  return Array.from(reader.entries('apps'), ([, app]) => app)
    .filter(({ status, general }) => status === 'ACTIVE' && general?.selfService === true)
    .filter(({ id }) => reader.find('appUsers', 'person', appPersonKey(id, userId)).length === 0)
    .toSorted((one, other) => one.label.localeCompare(other.label, 'en'))
}
