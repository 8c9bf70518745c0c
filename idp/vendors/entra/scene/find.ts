import type { DirectoryGroup, DirectoryUser, ServicePrincipal } from '#idp/core/directory/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import type { SceneDeps } from './entra-command.ts'

// What commands of a scene mean by a name: people are called by their principal name, the rest by what pages call it.

type Reader = { readonly system: { readonly store: SceneDeps['system']['store'] } }

/** The app commands speak of unless they name another. */
const USUAL_APP = 'Dialpad'

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** By id or display name. @throws {Refusal} `unknown_app` (404), `ambiguous_app` (409) for a name of several. */
export function appNamed({ system }: Reader, name = USUAL_APP): ServicePrincipal {
  const apps = system.store.find('servicePrincipals', 'tenant', TENANT_ID)
  const found = apps.filter((app) => app.id === name || same(app.displayName, name))
  return theOnly('app', name, found, `There are: ${apps.map((app) => app.displayName).join(', ')}.`)
}

/** A live person by id or principal name. @throws {Refusal} `unknown_person` (404). */
export function personNamed(reader: Reader, name: string): DirectoryUser {
  const person = livePerson(reader, name)
  if (person !== undefined) return person
  throw unknown('person', name, 'Name them by user principal name or object id.')
}

/** Somebody in the recycle bin, by id or the principal name they had; of several the last one deleted. @throws {Refusal} `unknown_person` (404). */
export function deletedPersonNamed({ system }: Reader, name: string): DirectoryUser {
  const [person] = system.store
    .find('users', 'deleted', TENANT_ID)
    .filter((user) => user.id === name || same(user.userPrincipalName, name))
    .toSorted((one, other) => (other.deletedDateTime ?? '').localeCompare(one.deletedDateTime ?? ''))
  if (person !== undefined) return person
  throw unknown('person', name, 'Nobody of that name is among the deleted users.')
}

/** A live group by id or display name. @throws {Refusal} `unknown_group` (404), `ambiguous_group` (409). */
export function groupNamed(reader: Reader, name: string): DirectoryGroup {
  return theOnly('group', name, liveGroups(reader, name), 'Name it by display name or object id.')
}

/** A group in the recycle bin. @throws {Refusal} `unknown_group` (404), `ambiguous_group` (409). */
export function deletedGroupNamed({ system }: Reader, name: string): DirectoryGroup {
  const deleted = system.store
    .find('groups', 'deleted', TENANT_ID)
    .filter((group) => group.id === name || same(group.displayName, name))
  return theOnly('group', name, deleted, 'No group of that name is among the deleted groups.')
}

/** Id of a person or a group. @throws {Refusal} `unknown_principal` (404), `ambiguous_group` (409). */
export function principalNamed(reader: Reader, name: string): string {
  const person = livePerson(reader, name)
  if (person !== undefined) return person.id
  if (liveGroups(reader, name).length > 0) return groupNamed(reader, name).id
  throw unknown(
    'principal',
    name,
    'Name a person by user principal name, a group by display name, either by object id.',
  )
}

/** Ids of people and groups, in the order they were named. */
export function principalsNamed(reader: Reader, names: string | readonly string[]): readonly string[] {
  return (typeof names === 'string' ? [names] : names).map((name) => principalNamed(reader, name))
}

function livePerson({ system: { store } }: Reader, name: string): DirectoryUser | undefined {
  const person = store.get('users', name) ?? store.find('users', 'userPrincipalName', name.toLowerCase())[0]
  return person?.tenantId === TENANT_ID && person.deletedDateTime === undefined ? person : undefined
}

function liveGroups({ system: { store } }: Reader, name: string): readonly DirectoryGroup[] {
  const group = store.get('groups', name)
  if (group?.tenantId === TENANT_ID && group.deletedDateTime === undefined) return [group]
  return store.find('groups', 'displayName', `${TENANT_ID}/${name.toLowerCase()}`)
}

function theOnly<T extends { readonly id: string }>(what: string, name: string, found: readonly T[], hint: string): T {
  const [first, ...others] = found
  if (first === undefined) throw unknown(what, name, hint)
  if (others.length === 0) return first
  throw new Refusal(`ambiguous_${what}`, 409, `"${name}" is the name of ${found.length} ${what}s.`, {
    hint: `Name one by its object id: ${found.map(({ id }) => id).join(', ')}.`,
  })
}

function unknown(what: string, name: string, hint: string): Refusal {
  return new Refusal(`unknown_${what}`, 404, `There is no ${what} "${name}".`, { hint })
}
