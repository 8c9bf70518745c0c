import type { GroupPushMapping } from '../../provisioning/records.ts'

/** Mappings are `ACTIVE` while they are being pushed: the API tells three states (reference sheet 6.3). */
export function pushMappingStatus({ status }: Pick<GroupPushMapping, 'status'>): 'ACTIVE' | 'INACTIVE' | 'ERROR' {
  return status === 'PUSHING' ? 'ACTIVE' : status
}

/** A pushed group as the API shows it. `targetGroupId` is the id in the app, absent until the group is there. */
export function pushMappingResource(origin: string, mapping: GroupPushMapping): Readonly<Record<string, unknown>> {
  const api = `${origin}/api/v1`
  const self = `${api}/apps/${mapping.appId}/group-push/mappings/${mapping.id}`
  return {
    id: mapping.id,
    sourceGroupId: mapping.groupId,
    targetGroupId: mapping.targetGroupId ?? null,
    status: pushMappingStatus(mapping),
    errorSummary: mapping.error ?? null,
    lastPush: mapping.lastPush ?? null,
    created: mapping.created,
    lastUpdated: mapping.lastUpdated,
    _links: {
      self: { href: self },
      app: { href: `${api}/apps/${mapping.appId}` },
      sourceGroup: { href: `${api}/groups/${mapping.groupId}` },
    },
  }
}
