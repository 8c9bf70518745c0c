import type { AppUser } from '../../apps/records.ts'
import type { OktaReader } from '../../collections.ts'

/** An assignment of a person as the API shows it (reference sheet 4.4, 6.3). */
export function appUserResource(
  reader: OktaReader,
  origin: string,
  appUser: AppUser,
): Readonly<Record<string, unknown>> {
  const api = `${origin}/api/v1`
  return {
    id: appUser.userId,
    externalId: appUser.externalId ?? null,
    created: appUser.created,
    lastUpdated: appUser.lastUpdated,
    scope: appUser.scope,
    status: appUser.status,
    statusChanged: appUser.statusChanged,
    passwordChanged: null,
    syncState: appUser.syncState,
    ...(appUser.lastSync === undefined ? {} : { lastSync: appUser.lastSync }),
    credentials: { userName: appUser.userName },
    profile: appUser.profile,
    _links: {
      app: { href: `${api}/apps/${appUser.appId}` },
      user: { href: `${api}/users/${appUser.userId}` },
      ...(appUser.groupId === undefined
        ? {}
        : {
            group: {
              name: reader.get('groups', appUser.groupId)?.name ?? appUser.groupId,
              href: `${api}/groups/${appUser.groupId}`,
            },
          }),
    },
  }
}
