import type { OktaGroup } from '../../collections.ts'
import { hinted, link } from '../links.ts'

/** A group (reference sheet 6.3). `lastMembershipUpdated` is the last change of the group itself: memberships have no time here. */
export function groupResource(base: string, group: OktaGroup) {
  const { id, type, name, description, created, lastUpdated } = group
  return {
    id,
    created,
    lastUpdated,
    lastMembershipUpdated: lastUpdated,
    objectClass: ['okta:user_group'],
    type,
    profile: { name, description: description === '' ? null : description },
    _links: {
      users: link(`${base}/groups/${id}/users`),
      apps: link(`${base}/groups/${id}/apps`),
      ...(type === 'BUILT_IN' ? {} : { self: hinted(`${base}/groups/${id}`, 'GET', 'PUT', 'DELETE') }),
    },
  }
}
