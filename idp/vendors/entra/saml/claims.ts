import type { DirectoryGroup, DirectoryUser, ServicePrincipal } from '#idp/core/directory/records.ts'
import { NAME_ID_EMAIL } from '#kit/saml/names.ts'
import type { EntraReader } from '../collections.ts'
import type { GroupsClaim, NameIdFormat, SamlClaim, SamlSettings } from './records.ts'

/** Namespace of the four claims every new app begins with. */
export const CLAIMS_NAMESPACE = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'

const GROUPS_CLAIM = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups'

/** Groups an answer names at most; more of them: none, and a link instead (SAML token limit as published). */
export const MOST_GROUPS = 150

/** What an app is set up with: the Unique User Identifier and four claims ("Customize SAML token claims"). */
export const DEFAULT_NAME_ID: SamlSettings['nameId'] = { format: 'emailAddress', source: 'user.userprincipalname' }

export const DEFAULT_CLAIMS: readonly SamlClaim[] = [
  { name: 'givenname', namespace: CLAIMS_NAMESPACE, source: 'user.givenname' },
  { name: 'surname', namespace: CLAIMS_NAMESPACE, source: 'user.surname' },
  { name: 'emailaddress', namespace: CLAIMS_NAMESPACE, source: 'user.mail' },
  { name: 'name', namespace: CLAIMS_NAMESPACE, source: 'user.userprincipalname' },
]

type AttributeReader = (user: DirectoryUser) => string | undefined

/** Attributes a claim may be made of, by the names the page offers. */
export const CLAIM_ATTRIBUTES: Readonly<Record<string, AttributeReader>> = {
  'user.city': (user) => user.city,
  'user.country': (user) => user.country,
  'user.department': (user) => user.department,
  'user.displayname': (user) => user.displayName,
  'user.employeeid': (user) => user.employeeId,
  'user.givenname': (user) => user.givenName,
  'user.jobtitle': (user) => user.jobTitle,
  'user.mail': (user) => user.mail,
  'user.mailnickname': (user) => user.mailNickname,
  'user.mobilephone': (user) => user.mobile,
  'user.objectid': (user) => user.id,
  'user.physicaldeliveryofficename': (user) => user.physicalDeliveryOfficeName,
  'user.postalcode': (user) => user.postalCode,
  'user.preferredlanguage': (user) => user.preferredLanguage,
  'user.state': (user) => user.state,
  'user.streetaddress': (user) => user.streetAddress,
  'user.surname': (user) => user.surname,
  'user.telephonenumber': (user) => user.telephoneNumber,
  'user.userprincipalname': (user) => user.userPrincipalName,
  'user.usertype': (user) => user.userType,
}

export const NAME_ID_URNS: Readonly<Record<NameIdFormat, string>> = {
  emailAddress: NAME_ID_EMAIL,
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
}

/** The text in the quotes of a source; `undefined` for an attribute. */
function constantIn(source: string): string | undefined {
  return /^"(.*)"$/s.exec(source)?.[1]
}

/** Whether a source is one: a known attribute, or a text in quotes that is not empty. */
export function isClaimSource(source: string): boolean {
  return constantIn(source) === undefined ? Object.hasOwn(CLAIM_ATTRIBUTES, source) : source.length > 2
}

/** The value of a source for a person; `undefined` when the person has none. */
export function claimValue(user: DirectoryUser, source: string): string | undefined {
  const value = constantIn(source) ?? CLAIM_ATTRIBUTES[source]?.(user)
  return value === '' ? undefined : value
}

/** A claim as answers name it. */
export function claimName({ name, namespace }: SamlClaim): string {
  return namespace === undefined ? name : `${namespace.replace(/\/$/, '')}/${name}`
}

/** A person's claims by their full names, those without a value left out. */
export function claimsOf(user: DirectoryUser, claims: readonly SamlClaim[]): readonly (readonly [string, string])[] {
  return claims.flatMap((claim) => {
    const value = claimValue(user, claim.source)
    return value === undefined ? [] : [[claimName(claim), value] as const]
  })
}

/**
 * The groups claim of a person: groups they are a direct member of, `assigned` narrowed to those assigned to the app.
 * @returns nothing without a claim, without groups, and for more than {@link MOST_GROUPS}.
 */
export function groupsOf(
  reader: EntraReader,
  user: DirectoryUser,
  principal: ServicePrincipal,
  claim: GroupsClaim | undefined,
): { readonly name: string; readonly values: readonly string[] } | undefined {
  if (claim === undefined) return undefined
  const groups = reader
    .find('groupMembers', 'member', user.id)
    .flatMap(({ groupId }) => reader.get('groups', groupId) ?? [])
    .filter((group) => group.deletedDateTime === undefined && isNamed(reader, group, principal, claim.which))
  if (groups.length === 0 || groups.length > MOST_GROUPS) return undefined
  return { name: GROUPS_CLAIM, values: groups.map((group) => group[claim.sourceAttribute]) }
}

function isNamed(
  reader: EntraReader,
  group: DirectoryGroup,
  principal: ServicePrincipal,
  which: GroupsClaim['which'],
): boolean {
  switch (which) {
    case 'all':
      return true
    case 'security':
      return group.securityEnabled
    case 'assigned':
      return reader.count('appRoleAssignments', 'pair', `${principal.id}/${group.id}`) > 0
  }
}
