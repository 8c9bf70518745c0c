import type { Reader } from '#kit/store/store.ts'
import type { DirectoryShape, DirectoryUser } from './records.ts'
import { badValue, DirectoryRefusal } from './refusal.ts'

/** What the transitions need to know of a tenant. */
export interface TenantFacts {
  readonly id: string
  /** Domains a user principal name may end in, lower case. */
  readonly verifiedDomains: readonly string[]
}

const LOCAL_PART = /^[A-Za-z0-9'._!#^~-]{1,64}$/
const NICKNAME = /^[\x21\x23-\x27\x2a\x2b\x2d-\x39\x3d\x3f\x41-\x5a\x5e-\x7e]{1,64}$/
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/**
 * The rules every user keeps, checked on the whole record before it is written. Uniqueness of the user principal name
 * holds among live users of all tenants, as sign-in finds its tenant by it.
 *
 * @throws {DirectoryRefusal} `Request_BadRequest` with the property at fault; `ObjectConflict` for a name in use.
 */
export function checkUser(reader: Reader<DirectoryShape>, tenant: TenantFacts, user: DirectoryUser): void {
  checkPrincipalName(reader, tenant, user)
  checkText('displayName', 'Display name', user.displayName, 256)
  if (!NICKNAME.test(user.mailNickname)) {
    throw badValue(
      'mailNickname',
      'The mail nickname needs 1 to 64 ASCII characters without spaces and without @ ( ) \\ [ ] " ; : < > ,',
    )
  }
  if (user.mail !== undefined && !MAIL.test(user.mail)) {
    throw badValue('mail', `'${user.mail}' is not an e-mail address.`)
  }
  if (user.usageLocation !== undefined && !/^[A-Z]{2}$/.test(user.usageLocation)) {
    throw badValue('usageLocation', 'The usage location is a country code of two capital letters, such as US.')
  }
  checkManager(reader, user)
}

function checkPrincipalName(reader: Reader<DirectoryShape>, tenant: TenantFacts, user: DirectoryUser): void {
  const field = 'userPrincipalName'
  const name = user.userPrincipalName
  const at = name.lastIndexOf('@')
  const local = name.slice(0, Math.max(at, 0))
  const domain = name.slice(at + 1).toLowerCase()
  if (at < 1 || !LOCAL_PART.test(local) || local.startsWith('.') || local.endsWith('.')) {
    throw badValue(
      field,
      `'${name}' is not a user principal name. Use letters, digits and ' . - _ ! # ^ ~ before the @, and a domain after it.`,
    )
  }
  if (!tenant.verifiedDomains.includes(domain)) {
    throw badValue(field, `The domain '${domain}' is not a verified domain of this organization.`)
  }
  const holder = reader.find('users', 'userPrincipalName', name.toLowerCase())[0]
  if (holder !== undefined && holder.id !== user.id) {
    throw new DirectoryRefusal('ObjectConflict', `Another user already has the user principal name '${name}'.`, field)
  }
}

/** @throws {DirectoryRefusal} when `text` is blank or longer than `longest` characters. */
export function checkText(field: string, label: string, text: string, longest: number): void {
  if (text.trim() === '') throw badValue(field, `${label} is required.`)
  if (text.length > longest) throw badValue(field, `${label} has at most ${longest} characters.`)
}

function checkManager(reader: Reader<DirectoryShape>, user: DirectoryUser): void {
  if (user.managerId === undefined) return
  if (user.managerId === user.id) throw badValue('managerId', 'Nobody can be their own manager.')
  const manager = reader.get('users', user.managerId)
  // A manager in the recycle bin stays recorded: restoring them restores the line.
  if (manager === undefined || manager.tenantId !== user.tenantId) {
    throw badValue('managerId', `There is no user with the id '${user.managerId}' to be the manager.`)
  }
}
