import type { ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import { DIALPAD_DEFAULT_MAPPING } from './default-mapping.ts'
import { ENTERPRISE_USER, expression, from, matchedBy } from './mapping-rows.ts'
import { SCIM_USER_ATTRIBUTES } from './target-attributes.ts'

/** Template of a configuration that speaks SCIM to an app that is in no gallery. */
export const CUSTOM_APP_TEMPLATE_ID = 'scim'

/** The mapping such an app starts with (reference 5.4). Manager and members are references and follow in their own pass. */
export const CUSTOM_APP_DEFAULT_MAPPING: ProvisioningSchema = {
  users: {
    ...DIALPAD_DEFAULT_MAPPING.users,
    targetAttributes: SCIM_USER_ATTRIBUTES,
    attributeMappings: [
      matchedBy('userPrincipalName', 'userName'),
      expression('Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'active'),
      from('displayName', 'displayName'),
      from('jobTitle', 'title'),
      from('mail', 'emails[type eq "work"].value'),
      from('preferredLanguage', 'preferredLanguage'),
      from('givenName', 'name.givenName'),
      from('surname', 'name.familyName'),
      expression('Join(" ", [givenName], [surname])', 'name.formatted'),
      from('physicalDeliveryOfficeName', 'addresses[type eq "work"].formatted'),
      from('streetAddress', 'addresses[type eq "work"].streetAddress'),
      from('city', 'addresses[type eq "work"].locality'),
      from('state', 'addresses[type eq "work"].region'),
      from('postalCode', 'addresses[type eq "work"].postalCode'),
      from('country', 'addresses[type eq "work"].country'),
      from('telephoneNumber', 'phoneNumbers[type eq "work"].value'),
      from('mobile', 'phoneNumbers[type eq "mobile"].value'),
      from('facsimileTelephoneNumber', 'phoneNumbers[type eq "fax"].value'),
      from('mailNickname', 'externalId'),
      from('employeeId', `${ENTERPRISE_USER}:employeeNumber`),
      from('department', `${ENTERPRISE_USER}:department`),
      from('manager', `${ENTERPRISE_USER}:manager`),
    ],
  },
  groups: DIALPAD_DEFAULT_MAPPING.groups,
}
