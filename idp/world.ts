import { memberKey } from '#idp/core/directory/members.ts'
import type {
  Application,
  AppRoleAssignment,
  DirectoryGroup,
  DirectoryShape,
  DirectoryUser,
  GroupMember,
  OAuth2PermissionGrant,
  ServicePrincipal,
} from '#idp/core/directory/records.ts'
import { guidOf } from '#kit/ids.ts'
import type { Writer } from '#kit/store/store.ts'
import { type CastGroup, type CastPerson, TARGET_GROUP_MEMBERS } from '#kit/world/cast.ts'
import { OTHER_TENANT } from '#kit/world/constants.ts'
import type { World } from '#kit/world/worlds.ts'

/**
 * The cast as directory records, for any vendor that keeps its people in `idp/core/directory`. Pure: ids are values of the
 * tenant and the handle, so every world and every system that knows the two knows the id.
 */

/** Object id of a person of the cast: anyone can compute it from the tenant id and the handle. */
export function personIdOf(tenantId: string, handle: string): string {
  return guidOf(`${tenantId}/user/${handle}`)
}

/** Object id of a seeded group. */
export function seededGroupIdOf(tenantId: string, name: string): string {
  return guidOf(`${tenantId}/group/${name}`)
}

/** Name of the group that is meant for the target app. */
export const TARGET_GROUP_NAME = 'Dialpad Users'

/** The groups a directory starts with: the target app's, where its members exist in the world, then those of the cast. */
export function castGroups(world: World): readonly CastGroup[] {
  const handles = new Set(world.people.map((person) => person.handle))
  const members = TARGET_GROUP_MEMBERS.filter((handle) => handles.has(handle))
  if (members.length === 0) return world.groups
  return [
    { name: TARGET_GROUP_NAME, description: 'Everybody who gets a Dialpad account', members, nested: [] },
    ...world.groups,
  ]
}

/** What a directory starts with. */
export interface DirectoryShare {
  readonly users: readonly DirectoryUser[]
  readonly groups: readonly DirectoryGroup[]
  readonly members: readonly GroupMember[]
  readonly applications: readonly Application[]
  readonly servicePrincipals: readonly ServicePrincipal[]
  readonly grants: readonly OAuth2PermissionGrant[]
  readonly assignments: readonly AppRoleAssignment[]
}

export interface ShareOptions {
  readonly tenantId: string
  /** Domain of the addresses. */
  readonly domain: string
  readonly people: readonly CastPerson[]
  readonly groups: readonly CastGroup[]
  /** Virtual instant of the seed, ISO. */
  readonly createdAt: string
  /** One hash for everybody: the training password is the same, and hashing it 100,000 times is not a start time. */
  readonly passwordHash: string
}

interface OfficeAddress {
  readonly streetAddress: string
  readonly city: string
  readonly state?: string
  readonly postalCode: string
  /** Number ranges set aside for fiction; the last two digits follow. */
  readonly phone?: string
}

const OFFICE_ADDRESSES: Readonly<Record<string, OfficeAddress>> = {
  Denver: {
    streetAddress: '1 Example Plaza',
    city: 'Denver',
    state: 'CO',
    postalCode: '80202',
    phone: '+1 720 555 01',
  },
  Toronto: {
    streetAddress: '2 Example Street',
    city: 'Toronto',
    state: 'ON',
    postalCode: 'M5V 0A1',
    phone: '+1 416 555 01',
  },
  London: { streetAddress: '3 Example Lane', city: 'London', postalCode: 'EC1A 1AA', phone: '+44 20 7946 09' },
  'Lyon Part-Dieu': { streetAddress: '4 rue de l’Exemple', city: 'Lyon', postalCode: '69003' },
  Osaka: { streetAddress: '5 Rei-cho', city: 'Osaka', postalCode: '530-0001' },
}

/** Phone numbers in the ranges set aside are few; a large world does without. */
const PEOPLE_WITH_PHONES = 100

/** People, groups and memberships of one tenant. No apps: those differ by vendor. Cost: one hash per person. */
export function directoryShare(options: ShareOptions): DirectoryShare {
  const { tenantId, createdAt } = options
  const users = options.people.map((person, index) => userOf(person, index, options))
  const groups = options.groups.map(
    (group): DirectoryGroup => ({
      id: seededGroupIdOf(tenantId, group.name),
      tenantId,
      displayName: group.name,
      description: group.description,
      mailNickname: group.name.replaceAll(' ', ''),
      securityEnabled: true,
      mailEnabled: false,
      createdDateTime: createdAt,
      changeSeq: 0,
    }),
  )
  const members = options.groups.flatMap((group): GroupMember[] => {
    const groupId = seededGroupIdOf(tenantId, group.name)
    return [
      ...group.members.map(
        (handle): GroupMember => ({ groupId, memberId: personIdOf(tenantId, handle), memberType: 'user' }),
      ),
      ...group.nested.map(
        (name): GroupMember => ({ groupId, memberId: seededGroupIdOf(tenantId, name), memberType: 'group' }),
      ),
    ]
  })
  return { users, groups, members, applications: [], servicePrincipals: [], grants: [], assignments: [] }
}

function userOf(
  person: CastPerson,
  index: number,
  { tenantId, domain, createdAt, passwordHash, people }: ShareOptions,
): DirectoryUser {
  const isGuest = person.roles.includes('guest')
  const address = OFFICE_ADDRESSES[person.office]
  const telephoneNumber =
    address?.phone !== undefined && people.length <= PEOPLE_WITH_PHONES
      ? `${address.phone}${String(index).padStart(2, '0')}`
      : undefined
  return {
    id: personIdOf(tenantId, person.handle),
    tenantId,
    ...(isGuest ? guestNames(person.handle, domain) : memberNames(person.handle, domain)),
    displayName: `${person.givenName} ${person.familyName}`,
    givenName: person.givenName,
    surname: person.familyName,
    jobTitle: person.title,
    department: person.department,
    physicalDeliveryOfficeName: person.office,
    ...(address === undefined
      ? {}
      : {
          streetAddress: address.streetAddress,
          city: address.city,
          ...(address.state === undefined ? {} : { state: address.state }),
          postalCode: address.postalCode,
        }),
    country: person.country,
    usageLocation: person.country,
    preferredLanguage: person.language,
    ...(telephoneNumber === undefined ? {} : { telephoneNumber }),
    employeeId: `BW-${1001 + index}`,
    ...(person.managerHandle === undefined ? {} : { managerId: personIdOf(tenantId, person.managerHandle) }),
    userType: isGuest ? 'Guest' : 'Member',
    accountEnabled: !person.roles.includes('blocked'),
    passwordHash,
    createdDateTime: createdAt,
    changeSeq: 0,
  }
}

type UserNames = Pick<DirectoryUser, 'userPrincipalName' | 'mail' | 'mailNickname'>

function memberNames(handle: string, domain: string): UserNames {
  return { userPrincipalName: `${handle}@${domain}`, mail: `${handle}@${domain}`, mailNickname: handle }
}

/** Home of the guest of the cast: the other company. */
export const GUEST_DOMAIN = OTHER_TENANT.domain

/** A guest's name is the address at home, its @ made an underscore, a mark, and this tenant's domain. */
function guestNames(handle: string, domain: string): UserNames {
  const nickname = `${handle}_${GUEST_DOMAIN}#EXT#`
  return { userPrincipalName: `${nickname}@${domain}`, mail: `${handle}@${GUEST_DOMAIN}`, mailNickname: nickname }
}

/** Several shares as one: the tenants of one directory. */
export function joinShares(shares: readonly DirectoryShare[]): DirectoryShare {
  return {
    users: shares.flatMap((share) => share.users),
    groups: shares.flatMap((share) => share.groups),
    members: shares.flatMap((share) => share.members),
    applications: shares.flatMap((share) => share.applications),
    servicePrincipals: shares.flatMap((share) => share.servicePrincipals),
    grants: shares.flatMap((share) => share.grants),
    assignments: shares.flatMap((share) => share.assignments),
  }
}

/**
 * Write a share into an empty directory. The change feed starts empty: its readers begin with everything there is and follow
 * the feed from then on, so seeded objects need no entries. For seeds: it replaces nothing and checks nothing, so it costs
 * one write per record.
 */
export function writeDirectoryShare(tx: Writer<DirectoryShape>, share: DirectoryShare): void {
  for (const user of share.users) tx.put('users', user.id, user)
  for (const group of share.groups) tx.put('groups', group.id, group)
  for (const pair of share.members) tx.put('groupMembers', memberKey(pair.groupId, pair.memberId), pair)
  for (const application of share.applications) tx.put('applications', application.id, application)
  for (const principal of share.servicePrincipals) tx.put('servicePrincipals', principal.id, principal)
  for (const grant of share.grants) tx.put('permissionGrants', grant.id, grant)
  for (const assignment of share.assignments) tx.put('appRoleAssignments', assignment.id, assignment)
  tx.put('directoryCounter', 'seq', { seq: 0 })
}
