import { digitsOf, nextIdSeed } from '#kit/ids.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { emailDomain, isEmail } from '../domain/emails.ts'
import { NUMBERED_COUNTRIES } from '../domain/numbers.ts'
import { present } from '../domain/present.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import type { Company, DialpadUser, Office } from '../records.ts'
import { addUser } from './create-user.ts'
import { act, type DialpadSystem, type DialpadWriter, type Work } from './work.ts'

/** The sign-up (reference sheet 2.1): a company, its first office, and the person who signed up as Company Admin. */

export interface SignUp {
  readonly companyName: string
  readonly office: {
    readonly name: string
    /** ISO 3166 alpha-2; one of `NUMBERED_COUNTRIES`. */
    readonly country: string
    readonly areaCode: string
    readonly timezone: string
    /** Talk / Connect licences bought at sign-up, the first admin's included. */
    readonly seats: number
  }
  readonly admin: {
    readonly email: string
    readonly givenName: string
    readonly familyName: string
    /** By "Sign up with Microsoft": pins the person, and the company to their tenant. */
    readonly microsoft?: { readonly tenantId: string; readonly objectId: string } | undefined
    /** By "Sign up with email": `hashPassword` of `kit/secrets.ts`. */
    readonly passwordHash?: string | undefined
  }
}

export interface SignedUp {
  readonly company: Company
  readonly office: Office
  readonly admin: DialpadUser
}

/**
 * Create the company. The first person to sign up is Company Admin; the company's domain is that of their address.
 *
 * @throws {DialpadRefusal} `duplicate-name` (409) when a company has that domain already, `duplicate-email`, `invalid-email`,
 * `invalid-value`.
 */
export function signUpCompany(system: DialpadSystem, input: SignUp): Promise<SignedUp> {
  return act(system, SYSTEM_ACTOR, (work) => {
    checkSignUp(work.tx, input)
    const { tx } = work
    const company: Company = {
      id: digitsOf(nextIdSeed(tx)),
      name: input.companyName.trim(),
      domains: [emailDomain(input.admin.email)],
      anyDomain: false,
      ...present({ microsoftTenantId: input.admin.microsoft?.tenantId }),
      scim: { officeField: 'physicalDeliveryOfficeName', mismatch: { kind: 'best' }, exhaustion: 'reject' },
      createdAt: work.now,
    }
    tx.put('companies', company.id, company)
    const office: Office = {
      id: digitsOf(nextIdSeed(tx)),
      companyId: company.id,
      name: input.office.name.trim(),
      country: input.office.country.toUpperCase(),
      areaCode: input.office.areaCode,
      timezone: input.office.timezone,
      isPrimary: true,
      seats: { talk: input.office.seats },
    }
    tx.put('offices', office.id, office)
    logCompany(work, company, input.admin.email)
    const admin = addUser(work, {
      companyId: company.id,
      email: input.admin.email,
      givenName: input.admin.givenName,
      familyName: input.admin.familyName,
      placement: { kind: 'office', officeId: office.id },
      state: 'active',
      origin: 'sign-up',
      isCompanyAdmin: true,
      ...present({ microsoft: input.admin.microsoft, passwordHash: input.admin.passwordHash }),
    })
    return { company, office, admin }
  })
}

function logCompany(work: Work, company: Company, email: string): void {
  const target = { type: 'company', id: company.id, name: company.name }
  work.log(company.id, { action: 'company_created', note: `${company.name} signed up by ${email}`, target })
  work.note(email, `Company ${company.name} created`, {
    type: 'company',
    id: company.id,
    after: { name: company.name },
  })
}

function checkSignUp(tx: DialpadWriter, input: SignUp): void {
  const { email } = input.admin
  if (!isEmail(email)) throw refuse('invalid-email', 'email', `"${email}" is not an email address`)
  if (input.companyName.trim() === '') throw refuse('invalid-value', 'companyName', 'Enter the company name')
  if (input.office.name.trim() === '') throw refuse('invalid-value', 'officeName', 'Enter the office name')
  if (!NUMBERED_COUNTRIES.includes(input.office.country.toUpperCase())) {
    throw refuse('invalid-value', 'country', `Choose one of ${NUMBERED_COUNTRIES.join(', ')}`)
  }
  if (!/^[1-9]\d{1,2}$/.test(input.office.areaCode)) {
    throw refuse('invalid-value', 'areaCode', 'Enter an area code of two or three digits')
  }
  if (!Number.isInteger(input.office.seats) || input.office.seats < 1) {
    throw refuse('invalid-value', 'seats', 'Buy at least one license')
  }
  if (tx.count('companies', 'domain', emailDomain(email)) > 0) {
    throw new DialpadRefusal({
      code: 'duplicate-name',
      status: 409,
      scimType: 'uniqueness',
      field: 'email',
      message: `A company with the domain ${emailDomain(email)} has signed up already; ask its Company Admin for an account`,
    })
  }
}

function refuse(code: 'invalid-email' | 'invalid-value', field: string, message: string): DialpadRefusal {
  return new DialpadRefusal({ code, status: 400, scimType: 'invalidValue', field, message })
}
