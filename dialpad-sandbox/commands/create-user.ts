import { digitsOf, nextIdSeed } from '#kit/ids.ts'
import { type Actor, userAction, userTarget } from '../domain/change-log.ts'
import { isOwnDomain, mergeEmails } from '../domain/emails.ts'
import { DEFAULT_LICENCE, licenceName } from '../domain/licences.ts'
import { present } from '../domain/present.ts'
import { holdsSeat } from '../domain/user-states.ts'
import type { DialpadUser, LicenceType } from '../records.ts'
import { giveNumber } from './assign-numbers.ts'
import { findPlace, type Placement, reserveSeat } from './place-users.ts'
import { companyOf, isEmailTaken, requireUsableEmail } from './user-checks.ts'
import { userInWords } from './user-words.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

export interface NewUser {
  readonly companyId: string
  /** The login address. */
  readonly email: string
  /** Kept as secondary ones where they are of the company's domain and nobody else's; otherwise left out. */
  readonly furtherEmails?: readonly string[]
  readonly givenName: string
  readonly familyName: string
  readonly title?: string | undefined
  readonly language?: string | undefined
  readonly country?: string | undefined
  readonly placement: Placement
  /** Default: Talk / Connect (sheet 1.6). */
  readonly licence?: LicenceType | undefined
  /** `pending`: invited by a person and not signed in yet. `suspended`: takes no seat and no number. */
  readonly state: 'active' | 'pending' | 'suspended'
  readonly origin: DialpadUser['origin']
  readonly isCompanyAdmin?: boolean
  /** `false`: no direct number is given. Default: one is, where the licence brings one. */
  readonly withNumber?: boolean
  readonly passwordHash?: string
  readonly microsoft?: DialpadUser['microsoft']
  readonly scimExtras?: DialpadUser['scimExtras']
  /** Seeds only: ids of a world's people are computed from their names. */
  readonly id?: string
}

/**
 * Add a person: checks the address, chooses the office, takes the seat, gives the number.
 *
 * @throws {DialpadRefusal} `invalid-email`, `foreign-domain`, `duplicate-email`, `no-office`, `no-licence-left`; nothing is
 * written then.
 */
export function createUser(system: DialpadSystem, actor: Actor, input: NewUser): Promise<DialpadUser> {
  return act(system, actor, (work) => addUser(work, input))
}

/** {@link createUser} inside a transaction that is open already. */
export function addUser(work: Work, input: NewUser): DialpadUser {
  const { tx } = work
  const company = companyOf(tx, input.companyId)
  requireUsableEmail(tx, company, input.email, undefined)

  const licence = input.licence ?? DEFAULT_LICENCE
  const country = input.country?.toUpperCase()
  const place = findPlace(tx, company, input.placement, country, licence)
  if (holdsSeat(input.state)) reserveSeat(work, company, place.office, licence)

  const further = (input.furtherEmails ?? []).filter(
    (email) => isOwnDomain(company, email) && !isEmailTaken(tx, email, undefined),
  )
  const user: DialpadUser = {
    id: input.id ?? digitsOf(nextIdSeed(tx)),
    companyId: company.id,
    officeId: place.office.id,
    emails: mergeEmails(input.email, further),
    givenName: input.givenName,
    familyName: input.familyName,
    ...present({
      title: input.title,
      language: input.language,
      country,
      passwordHash: input.passwordHash,
      microsoft: input.microsoft,
    }),
    licence,
    state: input.state,
    isCompanyAdmin: input.isCompanyAdmin ?? false,
    origin: input.origin,
    scimExtras: input.scimExtras ?? {},
    version: 1,
    createdAt: work.now,
    modifiedAt: work.now,
  }
  tx.put('users', user.id, user)
  work.log(company.id, {
    action: userAction(work.actor, 'created'),
    note: `${input.email} added to ${place.office.name} with license ${licenceName(licence)}`,
    target: userTarget(user),
    additionalData: { office: place.office.name, licence },
  })
  if (place.remark !== undefined) {
    work.log(company.id, { action: 'office_not_matched', note: place.remark, target: userTarget(user) })
  }
  if (holdsSeat(user.state) && input.withNumber !== false) giveNumber(work, user, place.office)
  work.note(input.email, `User ${input.email} created in ${place.office.name}`, {
    type: 'user',
    id: user.id,
    after: userInWords(tx, user),
  })
  return user
}
