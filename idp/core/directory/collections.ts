import type { CollectionSpecs } from '#kit/store/store.ts'
import type { DirectoryShape } from './records.ts'
import { prefixKeys } from './search-words.ts'

const lower = (text: string): string => text.toLowerCase()

/** How directory records are found. Live means: not in the recycle bin. */
export const DIRECTORY_COLLECTIONS: CollectionSpecs<DirectoryShape> = {
  users: {
    indexes: {
      userPrincipalName: (user) => (user.deletedDateTime ? undefined : lower(user.userPrincipalName)),
      mail: (user) => (user.deletedDateTime || !user.mail ? undefined : `${user.tenantId}/${lower(user.mail)}`),
      live: (user) => (user.deletedDateTime ? undefined : user.tenantId),
      deleted: (user) => (user.deletedDateTime ? user.tenantId : undefined),
      manager: (user) => user.managerId,
      /** Beginnings of names, for `searchUsers`: about four keys a user. */
      words: (user) =>
        user.deletedDateTime
          ? undefined
          : prefixKeys(user.tenantId, [user.displayName, user.userPrincipalName, user.mail ?? '']),
    },
  },
  groups: {
    indexes: {
      live: (group) => (group.deletedDateTime ? undefined : group.tenantId),
      deleted: (group) => (group.deletedDateTime ? group.tenantId : undefined),
      displayName: (group) => (group.deletedDateTime ? undefined : `${group.tenantId}/${lower(group.displayName)}`),
      words: (group) => (group.deletedDateTime ? undefined : prefixKeys(group.tenantId, [group.displayName])),
    },
  },
  groupMembers: { indexes: { group: (pair) => pair.groupId, member: (pair) => pair.memberId } },
  applications: {
    indexes: {
      appId: (app) => (app.deletedDateTime ? undefined : app.appId),
      tenant: (app) => (app.deletedDateTime ? undefined : app.tenantId),
      deleted: (app) => (app.deletedDateTime ? app.tenantId : undefined),
      templateId: (app) => (app.deletedDateTime ? undefined : app.templateId),
    },
  },
  servicePrincipals: {
    indexes: {
      tenant: (principal) => principal.tenantId,
      /** `tenant/appId`: at most one. */
      appId: (principal) => `${principal.tenantId}/${principal.appId}`,
    },
  },
  permissionGrants: {
    indexes: {
      client: (grant) => grant.clientId,
      /** Consents on behalf of everybody, by client. */
      organization: (grant) => (grant.principalId === undefined ? grant.clientId : undefined),
      principal: (grant) => grant.principalId,
      resource: (grant) => grant.resourceId,
    },
  },
  appRoleAssignments: {
    indexes: {
      resource: (assignment) => assignment.resourceId,
      principal: (assignment) => assignment.principalId,
      pair: (assignment) => `${assignment.resourceId}/${assignment.principalId}`,
    },
  },
  directoryChanges: { indexes: { object: (change) => `${change.objectType}/${change.objectId}` } },
  directoryCounter: {},
}
