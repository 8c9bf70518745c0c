import type { Company } from '../records.ts'

/** Addresses: the login, the match key, and the proof of belonging to the company (sheet 1.3, 1.11). */

const ADDRESS = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/

/** Whether `text` is a full `handle@domain`, which SCIM's `userName` has to be. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && ADDRESS.test(text)
}

/** The part behind the last `@`, lower case. */
export function emailDomain(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase()
}

/** Further domains are added by support only, so an address of any other is refused. */
export function isOwnDomain(company: Company, email: string): boolean {
  return company.anyDomain || company.domains.includes(emailDomain(email))
}

export function sameEmail(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/**
 * The addresses after a change of the primary one: the old primary stays as a secondary (removal is done by support), further
 * ones are appended, none twice.
 */
export function mergeEmails(primary: string, further: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return [primary, ...further].filter((email) => {
    const key = email.toLowerCase()
    return !seen.has(key) && seen.add(key) !== undefined
  })
}
