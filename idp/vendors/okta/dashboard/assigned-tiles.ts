import type { OktaReader } from '../collections.ts'

/** One app of somebody's dashboard. */
export interface AppTile {
  readonly id: string
  readonly label: string
  /** The embed link: starts single sign-on (reference sheet 1.4). */
  readonly href: string
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
      return [{ id: app.id, label: app.label, href: embedPath(app) }]
    })
    .sort((one, other) => one.label.localeCompare(other.label, 'en'))
}
