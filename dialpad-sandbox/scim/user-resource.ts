import { ENTERPRISE_USER_URN, USER_SCHEMA_URN } from '#kit/scim/core-schemas.ts'
import { isObject, type JsonDraft, type JsonObject, own, sameJson } from '#kit/scim/json.ts'
import type { Reader } from '#kit/store/store.ts'
import { numbersOf } from '../commands/assign-numbers.ts'
import type { NewUser } from '../commands/create-user.ts'
import type { UserChange } from '../commands/update-user.ts'
import { isEmail, sameEmail } from '../domain/emails.ts'
import { licenceOf, parseLicence } from '../domain/licences.ts'
import { type OfficeRequest, requestedOffice } from '../domain/offices.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import { displayName, holdsSeat, primaryEmail } from '../domain/user-states.ts'
import type { Company, DialpadShape, DialpadUser, LicenceType } from '../records.ts'
import { countryOf, enterpriseOf, officeRequestOf, textOf } from './office-words.ts'

/**
 * A person as SCIM shows and takes them (reference sheet 1.3, 1.4). What Dialpad has no field for lies in `scimExtras` as it was
 * sent; what a field gives and nobody sent (the display name, the office's name, the licence) is shown, and not stored.
 */

/** Shown from fields: never among the extras. `name` and the extension are split by member. */
const FROM_FIELDS: ReadonlySet<string> = new Set([
  'schemas',
  'id',
  'meta',
  'userName',
  'active',
  'title',
  'preferredLanguage',
  'password',
  'groups',
])

/** Of the extras: shown together with what fields say. */
const SHOWN_APART: ReadonlySet<string> = new Set(['name', 'emails', 'phoneNumbers', ENTERPRISE_USER_URN])

const DIALPAD_PHONE = 'Dialpad'

/** The resource of RFC 7643 §4.1. `base` is the address clients use: `http://localhost:4300/scim`. */
export function renderUser(reader: Reader<DialpadShape>, user: DialpadUser, base: string): JsonObject {
  const { scimExtras: sent } = user
  const schemas = [USER_SCHEMA_URN, ENTERPRISE_USER_URN]
  const shown: JsonDraft = {
    schemas,
    id: user.id,
    userName: primaryEmail(user),
    name: renderName(user, sent['name']),
    displayName: displayName(user),
    active: holdsSeat(user.state),
  }
  if (user.title !== undefined) shown['title'] = user.title
  if (user.language !== undefined) shown['preferredLanguage'] = user.language
  shown['emails'] = renderEmails(user, listIn(sent['emails']))
  const phones = renderPhones(reader, user, listIn(sent['phoneNumbers']))
  if (phones.length > 0) shown['phoneNumbers'] = phones
  for (const key of Object.keys(sent)) {
    if (SHOWN_APART.has(key)) continue
    shown[key] = sent[key]
    if (key.startsWith('urn:')) schemas.push(key)
  }
  const enterprise = sent[ENTERPRISE_USER_URN]
  shown[ENTERPRISE_USER_URN] = renderEnterprise(reader, user, isObject(enterprise) ? enterprise : {})
  shown['meta'] = {
    resourceType: 'User',
    created: user.createdAt,
    lastModified: user.modifiedAt,
    location: `${base}/Users/${user.id}`,
    version: versionOf(user),
  }
  return shown
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function renderName(user: DialpadUser, sent: unknown): JsonObject {
  const name: JsonDraft = { formatted: displayName(user) }
  if (isObject(sent)) Object.assign(name, sent)
  if (user.givenName !== '') name['givenName'] = user.givenName
  if (user.familyName !== '') name['familyName'] = user.familyName
  return name
}

/** A weak entity tag (RFC 7644 §3.14): grows with every change. */
export function versionOf(record: { readonly version: number }): string {
  return `W/"${record.version}"`
}

/** The direct number is the primary one; a client's own are listed behind it. */
function renderPhones(reader: Reader<DialpadShape>, user: DialpadUser, sent: readonly unknown[]): readonly unknown[] {
  const numbers = numbersOf(reader, user.id)
  if (numbers.length === 0) return sent
  const others = sent.map((phone) =>
    isObject(phone) && phone['primary'] === true ? { ...phone, primary: false } : phone,
  )
  return [
    ...numbers.map(({ number }, index) => ({ value: number, type: DIALPAD_PHONE, primary: index === 0 })),
    ...others,
  ]
}

function renderEmails(user: DialpadUser, sent: readonly unknown[]): readonly unknown[] {
  const isSent = (email: string): boolean =>
    sent.some((entry) => isObject(entry) && sameEmail(textOf(entry, 'value') ?? '', email))
  const missing = user.emails.filter((email) => !isSent(email))
  if (missing.length === 0) return sent
  const hasPrimary = sent.some((entry) => isObject(entry) && entry['primary'] === true)
  const hasWork = sent.some((entry) => isObject(entry) && textOf(entry, 'type')?.toLowerCase() === 'work')
  return [
    ...sent,
    ...missing.map((email) =>
      email === primaryEmail(user) && !hasWork
        ? { value: email, type: 'work', ...(hasPrimary ? {} : { primary: true }) }
        : { value: email, type: 'other' },
    ),
  ]
}

function renderEnterprise(reader: Reader<DialpadShape>, user: DialpadUser, sent: JsonObject): JsonObject {
  const office = reader.get('offices', user.officeId)
  const spelling = textOf(sent, 'licenseType')
  const isCurrent = spelling !== undefined && parseLicence(spelling) === user.licence
  const shown: JsonDraft = {}
  if (office !== undefined) shown['officeName'] = office.name
  Object.assign(shown, sent)
  shown['licenseType'] = isCurrent ? spelling : licenceOf(user.licence).spellings[0]
  return shown
}

/** A person to be created from a POST. @throws {DialpadRefusal} `unknown-licence`. */
export function newUserOf(resource: JsonObject, company: Company): NewUser {
  const name = nameOf(resource)
  const email = textOf(resource, 'userName') ?? ''
  return {
    companyId: company.id,
    email,
    furtherEmails: furtherEmailsOf(resource, email),
    givenName: textOf(name, 'givenName') ?? '',
    familyName: textOf(name, 'familyName') ?? '',
    title: textOf(resource, 'title'),
    language: textOf(resource, 'preferredLanguage'),
    country: countryOf(resource),
    placement: { kind: 'request', request: officeRequestOf(resource) },
    licence: licenceIn(resource),
    state: own(resource, 'active') === false ? 'suspended' : 'active',
    origin: 'scim',
    scimExtras: extrasOf(resource, undefined, {}),
  }
}

/**
 * What a PUT or PATCH changes: `after` is the whole resource as it is to be, `before` as it was shown. What a client leaves out of a
 * PUT is cleared, but never `active`, the licence and the office.
 *
 * @throws {DialpadRefusal} `unknown-licence`.
 */
export function userChangeOf(before: JsonObject, after: JsonObject, user: DialpadUser, company: Company): UserChange {
  const name = nameOf(after)
  const email = textOf(after, 'userName') ?? primaryEmail(user)
  const field = company.scim.officeField
  const request = officeAsked(before, after, user)
  const office = requestedOffice(request, field)
  const moves = office !== undefined && office !== requestedOffice(officeAsked(before, before, user), field)
  const active = own(after, 'active')
  const licence = licenceIn(after) ?? user.licence
  return {
    email,
    furtherEmails: furtherEmailsOf(after, email),
    givenName: textOf(name, 'givenName') ?? '',
    familyName: textOf(name, 'familyName') ?? '',
    title: textOf(after, 'title') ?? null,
    language: textOf(after, 'preferredLanguage') ?? null,
    ...(sameJson(countryOf(before), countryOf(after)) ? {} : { country: countryOf(after) ?? null }),
    ...(moves ? { placement: { kind: 'request', request } } : {}),
    ...(licence === user.licence ? {} : { licence }),
    ...(typeof active === 'boolean' ? { active } : {}),
    scimExtras: extrasOf(after, before, user.scimExtras),
  }
}

/**
 * The office a change asks for. A client that sends back what it read sends the office's name too, which nobody asked for: it must
 * not outdo the attribute by which the client does ask.
 */
function officeAsked(before: JsonObject, resource: JsonObject, user: DialpadUser): OfficeRequest {
  const { officeName, ...others } = officeRequestOf(resource)
  const stored = user.scimExtras[ENTERPRISE_USER_URN]
  const wasSent = isObject(stored) && textOf(stored, 'officeName') !== undefined
  const isEcho = !wasSent && officeName === officeRequestOf(before).officeName
  return officeName === undefined || isEcho ? others : { ...others, officeName }
}

function nameOf(resource: JsonObject): JsonObject {
  const name = own(resource, 'name')
  return isObject(name) ? name : {}
}

function furtherEmailsOf(resource: JsonObject, primary: string): readonly string[] {
  const emails = own(resource, 'emails')
  if (!Array.isArray(emails)) return []
  return emails
    .map((email) => (isObject(email) ? textOf(email, 'value') : undefined))
    .filter((email): email is string => email !== undefined && isEmail(email) && !sameEmail(email, primary))
}

function licenceIn(resource: JsonObject): LicenceType | undefined {
  const spelling = textOf(enterpriseOf(resource), 'licenseType')
  if (spelling === undefined) return undefined
  const licence = parseLicence(spelling)
  if (licence !== undefined) return licence
  throw new DialpadRefusal({
    code: 'unknown-licence',
    status: 400,
    scimType: 'invalidValue',
    field: 'licence',
    message: `"${spelling}" is not a license type`,
  })
}

/**
 * What to keep as it was sent. A value that equals what was shown before says nothing new: then the stored one stays, or none.
 */
function extrasOf(
  after: JsonObject,
  before: JsonObject | undefined,
  stored: DialpadUser['scimExtras'],
): DialpadUser['scimExtras'] {
  const extras: JsonDraft = {}
  for (const [key, value] of Object.entries(after)) {
    if (FROM_FIELDS.has(key)) continue
    if (key === 'name') keepMembers(extras, key, value, before, stored, ['givenName', 'familyName'])
    else if (key === ENTERPRISE_USER_URN) keepMembers(extras, key, value, before, stored, [])
    else if (key === 'phoneNumbers') keep(extras, key, withoutDialpad(value), shownPhones(before), stored)
    else keep(extras, key, value, before, stored)
  }
  return extras
}

function keep(
  into: JsonDraft,
  key: string,
  value: unknown,
  before: JsonObject | undefined,
  stored: Readonly<Record<string, unknown>>,
): void {
  const kept = before !== undefined && sameJson(value, own(before, key)) ? own(stored, key) : value
  if (kept !== undefined && !(Array.isArray(kept) && kept.length === 0)) into[key] = kept
}

function keepMembers(
  into: JsonDraft,
  key: string,
  value: unknown,
  before: JsonObject | undefined,
  stored: Readonly<Record<string, unknown>>,
  fromFields: readonly string[],
): void {
  if (!isObject(value)) return
  const members: JsonDraft = {}
  const shown = before === undefined ? undefined : own(before, key)
  const kept = own(stored, key)
  for (const [name, member] of Object.entries(value)) {
    if (fromFields.includes(name)) continue
    keep(members, name, member, isObject(shown) ? shown : undefined, isObject(kept) ? kept : {})
  }
  if (Object.keys(members).length > 0) into[key] = members
}

function isDialpadPhone(phone: unknown): boolean {
  return isObject(phone) && textOf(phone, 'type')?.toLowerCase() === DIALPAD_PHONE.toLowerCase()
}

function withoutDialpad(value: unknown): unknown {
  return Array.isArray(value) ? value.filter((phone) => !isDialpadPhone(phone)) : value
}

function shownPhones(before: JsonObject | undefined): JsonObject | undefined {
  if (before === undefined) return undefined
  return { phoneNumbers: withoutDialpad(own(before, 'phoneNumbers') ?? []) }
}
