import type { ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import { ENTERPRISE_USER, expression, from, matchedBy } from './mapping-rows.ts'
import { DIALPAD_USER_ATTRIBUTES, SCIM_GROUP_ATTRIBUTES } from './target-attributes.ts'

/**
 * The mapping a new Dialpad configuration starts with. No table is published; this one is derived from what Dialpad is known
 * to read (reference 5.5), and is marked assumed. There is no phone row: Dialpad's numbers are read-only there, so a row for
 * them would send a PATCH at every evaluation.
 */
export const DIALPAD_DEFAULT_MAPPING: ProvisioningSchema = {
  users: {
    name: 'Provision Microsoft Entra ID Users',
    enabled: true,
    sourceObjectName: 'User',
    targetObjectName: ENTERPRISE_USER,
    scopingFilters: [],
    targetAttributes: DIALPAD_USER_ATTRIBUTES,
    actions: { create: true, update: true, delete: true },
    attributeMappings: [
      matchedBy('userPrincipalName', 'userName'),
      expression('Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'active'),
      from('displayName', 'displayName'),
      from('mail', 'emails[type eq "work"].value'),
      from('givenName', 'name.givenName'),
      from('surname', 'name.familyName'),
      expression('Join(" ", [givenName], [surname])', 'name.formatted'),
      from('jobTitle', 'title'),
      from('preferredLanguage', 'preferredLanguage'),
      from('country', 'addresses[type eq "work"].country'),
      from('department', `${ENTERPRISE_USER}:department`),
      from('physicalDeliveryOfficeName', `${ENTERPRISE_USER}:physicalDeliveryOfficeName`),
      from('objectId', 'externalId'),
    ],
  },
  groups: {
    name: 'Provision Microsoft Entra ID Groups',
    enabled: true,
    sourceObjectName: 'Group',
    targetObjectName: 'urn:ietf:params:scim:schemas:core:2.0:Group',
    scopingFilters: [],
    targetAttributes: SCIM_GROUP_ATTRIBUTES,
    actions: { create: true, update: true, delete: true },
    attributeMappings: [
      matchedBy('displayName', 'displayName'),
      from('objectId', 'externalId'),
      from('members', 'members'),
    ],
  },
}
