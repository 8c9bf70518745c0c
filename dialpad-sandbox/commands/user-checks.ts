import type { Reader } from '#kit/store/store.ts'
import { isEmail, isOwnDomain } from '../domain/emails.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import { holdsSeat } from '../domain/user-states.ts'
import type { Company, DialpadShape, DialpadUser } from '../records.ts'

/** Conditions that several user commands share, as refusals. */

/** @throws {DialpadRefusal} `not-found`. */
export function companyOf(reader: Reader<DialpadShape>, companyId: string): Company {
  const company = reader.get('companies', companyId)
  if (company === undefined) throw notFound('Company', companyId)
  return company
}

/** Somebody who is not deleted. @throws {DialpadRefusal} `not-found`. */
export function presentUser(reader: Reader<DialpadShape>, userId: string): DialpadUser {
  const user = reader.get('users', userId)
  if (user === undefined || user.state === 'deleted') throw notFound('User', userId)
  return user
}

/** @throws {DialpadRefusal} `invalid-email`, `foreign-domain` or `duplicate-email` unless `self` may have this address. */
export function requireUsableEmail(
  reader: Reader<DialpadShape>,
  company: Company,
  email: string,
  self: string | undefined,
): void {
  if (!isEmail(email)) {
    throw new DialpadRefusal({
      code: 'invalid-email',
      status: 400,
      scimType: 'invalidValue',
      field: 'email',
      message: `"${email}" is not an email address`,
    })
  }
  if (!isOwnDomain(company, email)) {
    throw new DialpadRefusal({
      code: 'foreign-domain',
      status: 400,
      scimType: 'invalidValue',
      field: 'email',
      message: 'Domain not associated with this company',
    })
  }
  if (isEmailTaken(reader, email, self)) {
    throw new DialpadRefusal({
      code: 'duplicate-email',
      status: 409,
      scimType: 'uniqueness',
      field: 'email',
      message: `A user with the email ${email} already exists`,
    })
  }
}

/** Whether anybody but `self`, deleted people apart, has this address, be it as a secondary one. */
export function isEmailTaken(reader: Reader<DialpadShape>, email: string, self: string | undefined): boolean {
  return reader.find('users', 'email', email.toLowerCase()).some((user) => user.id !== self)
}

/** @throws {DialpadRefusal} `last-company-admin`: somebody must be left who can manage the company (sheet 1.11). */
export function requireAnotherAdmin(reader: Reader<DialpadShape>, user: DialpadUser, doing: string): void {
  if (!user.isCompanyAdmin || !holdsSeat(user.state) || reader.count('users', 'admin', user.companyId) > 1) return
  throw new DialpadRefusal({
    code: 'last-company-admin',
    status: 400,
    scimType: 'mutability',
    message: `${user.emails[0] ?? user.id} is the last Company Admin and cannot be ${doing}`,
  })
}
