import { Refusal } from '#kit/http/errors.ts'
import { presentUser } from '../commands/user-checks.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { SERVICE_OWNER_ID } from '../domain/api-keys.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import type { ApiKey, Company, DialpadUser, DirectoryGroup, Office } from '../records.ts'

// What calls of the kit mean by a name: they speak of people by address and of the rest by what pages call it.

type Reader = Pick<DialpadSystem, 'store'>

/** The company of the world. @throws {Refusal} `no_company` (409) before anybody has signed up. */
export function firstCompany({ store }: Reader): Company {
  const [company] = store.page('companies', 0, 1)
  if (company !== undefined) return company
  throw new Refusal('no_company', 409, 'Nobody has signed up yet: there is no company.', {
    hint: 'Sign up at /signup, or reset to another world.',
  })
}

/** By id or login address. @throws {Refusal} `unknown_person` (404). */
export function personNamed({ store }: Reader, person: string): DialpadUser {
  const user = store.get('users', person) ?? store.find('users', 'email', person.toLowerCase())[0]
  if (user === undefined) throw unknown('person', person, 'Name them by id or e-mail address.')
  return presentUser(store, user.id)
}

/** By id or name. @throws {Refusal} `unknown_office` (404). */
export function officeNamed(system: Reader, name: string): Office {
  const offices = system.store.find('offices', 'company', firstCompany(system).id)
  const office = offices.find((each) => each.id === name || each.name.toLowerCase() === name.toLowerCase())
  if (office !== undefined) return office
  throw unknown('office', name, `There are: ${offices.map((each) => each.name).join(', ')}.`)
}

/** A directory group by id or name. @throws {Refusal} `unknown_group` (404). */
export function groupNamed(system: Reader, name: string): DirectoryGroup {
  const groups = system.store.find('groups', 'company', firstCompany(system).id)
  const group = groups.find((each) => each.id === name || each.displayName.toLowerCase() === name.toLowerCase())
  if (group !== undefined) return group
  throw unknown('group', name, 'Groups come by SCIM, or by the command add-group.')
}

/** A key that is not revoked, by id or name. @throws {Refusal} `unknown_key` (404). */
export function keyNamed(system: Reader, name: string): ApiKey {
  const keys = system.store.find('apiKeys', 'company', firstCompany(system).id)
  const key = keys.find((each) => (each.id === name || each.name === name) && each.revokedAt === undefined)
  if (key !== undefined) return key
  throw unknown('key', name, 'Keys that work are listed under Authentication, API Keys.')
}

/** The admin named, else the first of the first company; where a company has nobody and takes any domain, its service. */
export function ownerNamed(
  { store }: Reader,
  owner: string | undefined,
): { readonly companyId: string; readonly ownerId: string } {
  if (owner !== undefined) {
    const user = store.get('users', owner) ?? store.find('users', 'email', owner.toLowerCase())[0]
    if (user !== undefined) return { companyId: user.companyId, ownerId: user.id }
    throw new Refusal('unknown_owner', 404, `There is no user ${owner}.`, {
      hint: 'Name a Company Admin by id or e-mail address, or leave "owner" out.',
    })
  }
  const company = firstCompany({ store })
  return { companyId: company.id, ownerId: store.find('users', 'admin', company.id)[0]?.id ?? SERVICE_OWNER_ID }
}

/** The product's refusal as one of the control API. @throws {Refusal} always */
export function refuse(error: unknown): never {
  if (!(error instanceof DialpadRefusal)) throw error
  const status = error.status === 400 ? 422 : error.status
  throw new Refusal(error.code.replaceAll('-', '_'), status, `${error.message}.`, {
    hint: error.field === undefined ? 'Correct the request.' : `Correct "${error.field}".`,
    cause: error,
  })
}

function unknown(what: string, name: string, hint: string): Refusal {
  return new Refusal(`unknown_${what}`, 404, `There is no ${what} "${name}".`, { hint })
}
