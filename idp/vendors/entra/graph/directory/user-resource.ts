import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { graphTime } from './graph-time.ts'

/** A user with every property this twin keeps, under Graph's names (Graph v1.0, user resource type). */
export function userResource(user: DirectoryUser): Readonly<Record<string, unknown>> {
  return {
    id: user.id,
    deletedDateTime: graphTime(user.deletedDateTime),
    accountEnabled: user.accountEnabled,
    businessPhones: user.telephoneNumber === undefined ? [] : [user.telephoneNumber],
    city: user.city ?? null,
    country: user.country ?? null,
    createdDateTime: graphTime(user.createdDateTime),
    department: user.department ?? null,
    displayName: user.displayName,
    employeeId: user.employeeId ?? null,
    givenName: user.givenName ?? null,
    jobTitle: user.jobTitle ?? null,
    mail: user.mail ?? null,
    mailNickname: user.mailNickname,
    mobilePhone: user.mobile ?? null,
    officeLocation: user.physicalDeliveryOfficeName ?? null,
    postalCode: user.postalCode ?? null,
    preferredLanguage: user.preferredLanguage ?? null,
    state: user.state ?? null,
    streetAddress: user.streetAddress ?? null,
    surname: user.surname ?? null,
    usageLocation: user.usageLocation ?? null,
    userPrincipalName: user.userPrincipalName,
    userType: user.userType,
  }
}

/** What v1.0 answers without `$select`; beta answers everything. */
export const DEFAULT_USER_PROPERTIES: readonly string[] = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
]
