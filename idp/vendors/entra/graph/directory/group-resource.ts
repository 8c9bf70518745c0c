import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { graphTime } from './graph-time.ts'

/** A group under Graph's names (Graph v1.0, group resource type). Every group is a security group of members assigned by hand. */
export function groupResource(group: DirectoryGroup): Readonly<Record<string, unknown>> {
  return {
    id: group.id,
    deletedDateTime: graphTime(group.deletedDateTime),
    createdDateTime: graphTime(group.createdDateTime),
    description: group.description ?? null,
    displayName: group.displayName,
    groupTypes: [],
    mail: null,
    mailEnabled: group.mailEnabled,
    mailNickname: group.mailNickname,
    securityEnabled: group.securityEnabled,
    visibility: null,
  }
}
