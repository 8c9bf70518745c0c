import { isDeepStrictEqual } from 'node:util'
import { type Actor, userAction, userTarget } from '../domain/change-log.ts'
import { isOwnDomain, mergeEmails, sameEmail } from '../domain/emails.ts'
import { licenceName } from '../domain/licences.ts'
import { present } from '../domain/present.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import { holdsSeat, primaryEmail } from '../domain/user-states.ts'
import type { Company, DialpadUser, LicenceType, Office, UserLine } from '../records.ts'
import { giveNumber, returnNumbers } from './assign-numbers.ts'
import { endSessionsOf } from './end-sessions.ts'
import { findPlace, officeOf, type Placement, reserveSeat } from './place-users.ts'
import { companyOf, isEmailTaken, presentUser, requireAnotherAdmin, requireUsableEmail } from './user-checks.ts'
import { userInWords } from './user-words.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

/** What is to be different. An absent member stays as it is; `null` removes. */
export interface UserChange {
  /** The login address; the old one is kept as a secondary one. */
  readonly email?: string
  readonly furtherEmails?: readonly string[]
  readonly givenName?: string
  readonly familyName?: string
  readonly title?: string | null
  readonly language?: string | null
  readonly country?: string | null
  /** Moves the person when it leads to another office. A directory's words that match nothing leave them where they are. */
  readonly placement?: Placement
  readonly licence?: LicenceType
  /** `false` suspends, `true` reactivates. */
  readonly active?: boolean
  readonly isCompanyAdmin?: boolean
  /** All addresses after the change, the primary one first; those left out are gone. Instead of `email` and `furtherEmails`. */
  readonly allEmails?: readonly string[]
  /** `false`: numbers neither come nor go with the seat, the licence or the office. */
  readonly withNumber?: boolean
  /** Offices to administer. */
  readonly officeAdminOf?: readonly string[]
  readonly line?: UserLine
  readonly scimExtras?: DialpadUser['scimExtras']
}

/**
 * Change a person, all of it or nothing. Without a difference nothing is written and the record is returned as it is.
 *
 * @throws {DialpadRefusal} `not-found`, `invalid-email`, `foreign-domain`, `duplicate-email`, `no-licence-left`,
 * `last-company-admin`.
 */
export function updateUser(
  system: DialpadSystem,
  actor: Actor,
  userId: string,
  change: UserChange,
): Promise<DialpadUser> {
  return act(system, actor, (work) => changeUser(work, userId, change))
}

/** Suspend: the seat is free again, the number stays. Somebody suspended already stays as they are. */
export function suspendUser(system: DialpadSystem, actor: Actor, userId: string): Promise<DialpadUser> {
  return updateUser(system, actor, userId, { active: false })
}

/** Reactivate: needs a free seat. @throws {DialpadRefusal} `no-licence-left`. */
export function reactivateUser(system: DialpadSystem, actor: Actor, userId: string): Promise<DialpadUser> {
  return updateUser(system, actor, userId, { active: true })
}

/** Make somebody a Company Admin, or no longer one. @throws {DialpadRefusal} `last-company-admin`. */
export function setCompanyAdmin(
  system: DialpadSystem,
  actor: Actor,
  userId: string,
  isCompanyAdmin: boolean,
): Promise<DialpadUser> {
  return updateUser(system, actor, userId, { isCompanyAdmin })
}

/** {@link updateUser} inside a transaction that is open already. */
export function changeUser(work: Work, userId: string, change: UserChange): DialpadUser {
  const { tx } = work
  const before = presentUser(tx, userId)
  const company = companyOf(tx, before.companyId)
  const oldOffice = officeOf(tx, company, before.officeId)
  const emails = emailsAfter(work, before, change)
  const state = stateAfter(before, change.active)
  const licence = change.licence ?? before.licence
  const country = change.country === undefined ? before.country : (change.country?.toUpperCase() ?? undefined)
  const office = officeAfter(work, before, oldOffice, change.placement, licence)

  const {
    title: _title,
    language: _language,
    country: _country,
    officeAdminOf: _offices,
    line: _line,
    ...fixed
  } = before
  const candidate: DialpadUser = {
    ...fixed,
    emails,
    givenName: change.givenName ?? before.givenName,
    familyName: change.familyName ?? before.familyName,
    ...present({
      title: change.title === undefined ? before.title : (change.title ?? undefined),
      language: change.language === undefined ? before.language : (change.language ?? undefined),
      country,
      officeAdminOf: change.officeAdminOf === undefined ? before.officeAdminOf : adminOffices(work, company, change),
      line: change.line ?? before.line,
    }),
    officeId: office.id,
    licence,
    state,
    isCompanyAdmin: change.isCompanyAdmin ?? before.isCompanyAdmin,
    scimExtras: change.scimExtras ?? before.scimExtras,
  }
  if (isDeepStrictEqual(candidate, before)) return before

  if (!holdsSeat(state)) requireAnotherAdmin(tx, before, 'suspended')
  if (!candidate.isCompanyAdmin) requireAnotherAdmin(tx, before, 'demoted')
  const seatIsNew = !holdsSeat(before.state) || office.id !== before.officeId || licence !== before.licence
  if (holdsSeat(state) && seatIsNew) reserveSeat(work, company, office, licence)

  const wordsBefore = userInWords(tx, before)
  const after: DialpadUser = { ...candidate, version: before.version + 1, modifiedAt: work.now }
  tx.put('users', userId, after)
  if (holdsSeat(before.state) && !holdsSeat(state)) endSessionsOf(tx, userId)
  logDifferences(work, before, after, oldOffice, office)
  const withNumber = change.withNumber !== false
  if (withNumber && oldOffice.country !== office.country) returnNumbers(work, after)
  if (withNumber && holdsSeat(state) && seatIsNew) giveNumber(work, after, office)
  work.note(primaryEmail(after), `User ${primaryEmail(after)} ${verbFor(before, after)}`, {
    type: 'user',
    id: userId,
    before: wordsBefore,
    after: userInWords(tx, after),
  })
  return after
}

function emailsAfter(work: Work, before: DialpadUser, change: UserChange): readonly string[] {
  const company = companyOf(work.tx, before.companyId)
  if (change.allEmails !== undefined) return exactEmails(work, company, before, change.allEmails)
  const email = change.email ?? primaryEmail(before)
  if (!sameEmail(email, primaryEmail(before))) requireUsableEmail(work.tx, company, email, before.id)
  const further = (change.furtherEmails ?? []).filter(
    (other) => isOwnDomain(company, other) && !isEmailTaken(work.tx, other, before.id),
  )
  return mergeEmails(email, [...before.emails, ...further])
}

/** @throws {DialpadRefusal} also for secondary ones, since each was asked for by name; `invalid-value` for none at all. */
function exactEmails(work: Work, company: Company, before: DialpadUser, wanted: readonly string[]): readonly string[] {
  for (const email of wanted) {
    if (!before.emails.some((known) => sameEmail(known, email))) {
      requireUsableEmail(work.tx, company, email, before.id)
    }
  }
  if (wanted.length === 0) {
    throw new DialpadRefusal({
      code: 'invalid-value',
      status: 400,
      scimType: 'invalidValue',
      field: 'emails',
      message: 'A user needs at least one email address',
    })
  }
  return mergeEmails(wanted[0] ?? '', wanted)
}

/** Without offices the member is absent. @throws {DialpadRefusal} `not-found`. */
function adminOffices(work: Work, company: Company, change: UserChange): readonly string[] | undefined {
  const offices = [...new Set(change.officeAdminOf ?? [])].map((id) => officeOf(work.tx, company, id).id)
  return offices.length === 0 ? undefined : offices
}

function stateAfter(before: DialpadUser, active: boolean | undefined): DialpadUser['state'] {
  if (active === undefined || active === holdsSeat(before.state)) return before.state
  return active ? 'active' : 'suspended'
}

function officeAfter(
  work: Work,
  before: DialpadUser,
  current: Office,
  placement: Placement | undefined,
  licence: LicenceType,
): Office {
  if (placement === undefined) return current
  const company = companyOf(work.tx, before.companyId)
  if (placement.kind === 'office') return officeOf(work.tx, company, placement.officeId)
  // An update never guesses: only a name that an office has moves anybody (sheet 1.5 speaks of creation).
  const exactOnly = {
    ...company,
    scim: { ...company.scim, mismatch: { kind: 'office', officeId: current.id } as const },
  }
  const place = findPlace(work.tx, exactOnly, placement, undefined, licence)
  if (place.remark !== undefined) {
    work.log(company.id, {
      action: 'office_not_matched',
      note: `${place.remark.split(':')[0] ?? ''}: stays in ${current.name}`,
      target: userTarget(before),
    })
  }
  return place.office
}

function verbFor(before: DialpadUser, after: DialpadUser): string {
  if (holdsSeat(before.state) && !holdsSeat(after.state)) return 'suspended'
  if (!holdsSeat(before.state) && holdsSeat(after.state)) return 'reactivated'
  return 'updated'
}

function logDifferences(work: Work, before: DialpadUser, after: DialpadUser, from: Office, to: Office): void {
  const target = userTarget(after)
  const changed = (['emails', 'givenName', 'familyName', 'title', 'language', 'country', 'scimExtras'] as const).filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  )
  if (changed.length > 0) {
    work.log(after.companyId, {
      action: userAction(work.actor, 'updated'),
      note: `Changed: ${changed.map((name) => (name === 'scimExtras' ? 'directory attributes' : name)).join(', ')}`,
      target,
      ...(changed.includes('emails')
        ? { additionalData: { email: primaryEmail(after), was: primaryEmail(before) } }
        : {}),
    })
  }
  if (from.id !== to.id) {
    work.log(after.companyId, { action: 'user_moved', note: `Moved from ${from.name} to ${to.name}`, target })
  }
  if (before.licence !== after.licence) {
    const note = `License changed from ${licenceName(before.licence)} to ${licenceName(after.licence)}`
    work.log(after.companyId, { action: 'licence_changed', note, target })
  }
  if (before.isCompanyAdmin !== after.isCompanyAdmin) {
    const note = after.isCompanyAdmin ? 'Made Company Admin' : 'No longer Company Admin'
    work.log(after.companyId, { action: 'company_admin_changed', note, target })
  }
  if (!isDeepStrictEqual(before.officeAdminOf, after.officeAdminOf)) {
    const names = (after.officeAdminOf ?? []).map((id) => work.tx.get('offices', id)?.name ?? id)
    const note = names.length === 0 ? 'No longer administers an office' : `Administers ${names.join(', ')}`
    work.log(after.companyId, { action: 'office_admin_changed', note, target })
  }
  if (!isDeepStrictEqual(before.line, after.line)) {
    work.log(after.companyId, { action: 'line_settings_changed', note: 'Settings of the line changed', target })
  }
  const verb = verbFor(before, after)
  if (verb === 'suspended') {
    const note = `Suspended: ${licenceName(after.licence)} license in ${to.name} released`
    work.log(after.companyId, { action: userAction(work.actor, 'suspended'), note, target })
  }
  if (verb === 'reactivated') {
    const note = `Reactivated with license ${licenceName(after.licence)} in ${to.name}`
    work.log(after.companyId, { action: userAction(work.actor, 'reactivated'), note, target })
  }
}
