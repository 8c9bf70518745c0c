import { castGroups, GUEST_DOMAIN, TARGET_GROUP_NAME } from '#idp/world.ts'
import { lettersOf } from '#kit/ids.ts'
import { hashSeededPassword } from '#kit/secrets.ts'
import type { Seed } from '#kit/system/system.ts'
import { type CastGroup, type CastPerson, COMPANY, TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { parseWorld, type World } from '#kit/world/worlds.ts'
import { adminRolesOfCast } from './admin-roles.ts'
import type { OktaGroup, OktaUser, OktaUserProfile, OktaUserStatus, OktaWriter } from './collections.ts'
import { seedOAuth } from './oauth/world.ts'
import { seedConnectedApp } from './provisioning/world.ts'

const EVERYONE = 'Everyone'

/** Id of a person of the cast in the org. */
export function oktaUserIdOf(handle: string): string {
  return lettersOf(`okta/user/${handle}`, '00u', 17)
}

/** Id of a seeded group in the org. */
export function oktaGroupIdOf(name: string): string {
  return lettersOf(`okta/group/${name}`, '00g', 17)
}

function statusOf(person: CastPerson): OktaUserStatus {
  if (person.roles.includes('staged')) return 'STAGED'
  return person.roles.includes('suspended') ? 'SUSPENDED' : 'ACTIVE'
}

/** A guest keeps the address of home; the org has no guests apart, only people. */
function addressOf(person: CastPerson): string {
  return `${person.handle}@${person.roles.includes('guest') ? GUEST_DOMAIN : COMPANY.domain}`
}

function profileOf(person: CastPerson, index: number, names: ReadonlyMap<string, string>): OktaUserProfile {
  const address = addressOf(person)
  const manager = person.managerHandle
  const managerName = manager === undefined ? undefined : names.get(manager)
  return {
    login: address,
    email: address,
    firstName: person.givenName,
    lastName: person.familyName,
    displayName: `${person.givenName} ${person.familyName}`,
    title: person.title,
    department: person.department,
    organization: COMPANY.name,
    countryCode: person.country,
    preferredLanguage: person.language.replace('-', '_'),
    employeeNumber: `BW-${1001 + index}`,
    userType: person.roles.includes('guest') ? 'Guest' : 'Employee',
    ...(manager === undefined ? {} : { managerId: oktaUserIdOf(manager) }),
    ...(managerName === undefined ? {} : { manager: managerName }),
  }
}

function usersOf(world: World, now: string): readonly OktaUser[] {
  const passwordHash = hashSeededPassword(TRAINING_PASSWORD, 'okta/users')
  const names = new Map(world.people.map((person) => [person.handle, `${person.givenName} ${person.familyName}`]))
  return world.people.map((person, index) => {
    const status = statusOf(person)
    const adminRoles = adminRolesOfCast(person.roles)
    return {
      id: oktaUserIdOf(person.handle),
      status,
      created: now,
      ...(status === 'STAGED' ? {} : { activated: now, passwordHash }),
      statusChanged: now,
      lastUpdated: now,
      profile: profileOf(person, index, names),
      ...(adminRoles.length === 0 ? {} : { adminRoles }),
    }
  })
}

/** Everybody in a group, those of the groups inside it too: this directory does not nest groups. */
function flatMembers(group: CastGroup, groups: readonly CastGroup[]): ReadonlySet<string> {
  const inner = groups.filter((each) => group.nested.includes(each.name))
  return new Set([...group.members, ...inner.flatMap((each) => [...flatMembers(each, groups)])])
}

function groupOf(name: string, description: string, type: OktaGroup['type'], now: string): OktaGroup {
  return { id: oktaGroupIdOf(name), type, name, description, created: now, lastUpdated: now }
}

/**
 * Write this vendor's share of a world into an empty store: the org, its people (one staged, one suspended) and groups. Only
 * `connected-okta` has an app.
 *
 * @throws {Error} when there is no such world: the name is checked before.
 */
export function seedOktaWorld(tx: OktaWriter, seed: Seed): void {
  const world = parseWorld(seed.world)
  if (world === undefined) throw new Error(`There is no world called ${seed.world}.`)
  const now = new Date(seed.nowMs).toISOString()
  tx.put('org', 'org', {
    id: lettersOf(`okta/org/${COMPANY.domain}`, '00o', 17),
    companyName: COMPANY.name,
    domain: COMPANY.domain,
    created: now,
  })
  for (const user of usersOf(world, now)) tx.put('users', user.id, user)
  tx.put('groups', oktaGroupIdOf(EVERYONE), groupOf(EVERYONE, 'All users in your organization', 'BUILT_IN', now))
  const groups = castGroups(world)
  for (const group of groups) {
    const groupId = oktaGroupIdOf(group.name)
    tx.put('groups', groupId, groupOf(group.name, group.description, 'OKTA_GROUP', now))
    for (const handle of flatMembers(group, groups)) {
      const userId = oktaUserIdOf(handle)
      tx.put('groupMembers', `${groupId}/${userId}`, { groupId, userId })
    }
  }
  seedOAuth(tx, seed)
  if (world.kind === 'connected-okta') seedConnectedApp(tx, seed, oktaGroupIdOf(TARGET_GROUP_NAME), oktaUserIdOf)
}
