import type { AttributeDefinition } from '#idp/core/provisioning/types.ts'

function text(name: string, more: Partial<AttributeDefinition> = {}): AttributeDefinition {
  return {
    name,
    type: 'String',
    primaryKey: false,
    required: false,
    multiValued: false,
    caseExact: false,
    referencedObjects: [],
    ...more,
  }
}

const OBJECT_ID = text('objectId', { primaryKey: true, required: true })

/**
 * Attributes of the directory a mapping may read, under the legacy names mappings use (reference 5.4). Directory extensions
 * are not kept; photos, SamAccountName and userType cannot be mapped (reference 5.2).
 */
export const SOURCE_ATTRIBUTES: Readonly<Record<'User' | 'Group', readonly AttributeDefinition[]>> = {
  User: [
    OBJECT_ID,
    text('userPrincipalName', { required: true }),
    text('originalUserPrincipalName'),
    text('displayName', { required: true }),
    text('givenName'),
    text('surname'),
    text('mail'),
    text('mailNickname', { required: true }),
    text('jobTitle'),
    text('department'),
    text('physicalDeliveryOfficeName'),
    text('streetAddress'),
    text('city'),
    text('state'),
    text('postalCode'),
    text('country'),
    text('usageLocation'),
    text('preferredLanguage'),
    text('telephoneNumber'),
    text('mobile'),
    text('facsimileTelephoneNumber'),
    text('employeeId'),
    text('manager', { type: 'Reference', referencedObjects: ['User'] }),
    text('accountEnabled', { type: 'Boolean', required: true }),
    text('IsSoftDeleted', { type: 'Boolean', required: true }),
    text('appRoleAssignments', { multiValued: true }),
  ],
  Group: [
    OBJECT_ID,
    text('displayName', { required: true }),
    text('description'),
    text('mailNickname', { required: true }),
    text('securityEnabled', { type: 'Boolean', required: true }),
    text('mailEnabled', { type: 'Boolean', required: true }),
    text('securityEnabled', { type: 'Boolean', required: true }),
    text('mailEnabled', { type: 'Boolean', required: true }),
    text('IsSoftDeleted', { type: 'Boolean', required: true }),
    text('members', { type: 'Reference', multiValued: true, referencedObjects: ['User', 'Group'] }),
  ],
}
