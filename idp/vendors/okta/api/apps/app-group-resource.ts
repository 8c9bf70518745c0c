import type { AppGroup } from '../../apps/records.ts'

/** An assignment of a group as the API shows it (reference sheet 6.3). */
export function appGroupResource(origin: string, appGroup: AppGroup): Readonly<Record<string, unknown>> {
  const api = `${origin}/api/v1`
  const { appId, groupId } = appGroup
  return {
    id: groupId,
    lastUpdated: appGroup.lastUpdated,
    priority: appGroup.priority,
    profile: appGroup.profile,
    _links: {
      app: { href: `${api}/apps/${appId}` },
      self: { href: `${api}/apps/${appId}/groups/${groupId}` },
      group: { href: `${api}/groups/${groupId}` },
    },
  }
}
