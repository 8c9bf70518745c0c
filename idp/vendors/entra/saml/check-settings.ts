import { badValue } from '#idp/core/directory/refusal.ts'
import type { EntraReader } from '../collections.ts'
import { CLAIM_ATTRIBUTES, claimName, isClaimSource } from './claims.ts'
import { identifierKey, type SamlClaim, type SamlSettings } from './records.ts'

const LONGEST = 1024
const LONGEST_NAME = 255
/** Identifiers and reply URLs an app has at most, each. */
export const MOST_ADDRESSES = 10
/** Claims an app has at most, the groups claim apart. */
export const MOST_CLAIMS = 50
const MOST_EMAILS = 5

/** What "Basic SAML Configuration" holds. */
export type BasicSaml = Pick<SamlSettings, 'identifiers' | 'replyUrls' | 'signOnUrl' | 'relayState' | 'logoutUrl'>

/** Whose settings are checked: the tenant they are in, and the app that may hold an identifier already. */
type Holder = Pick<SamlSettings, 'principalId' | 'tenantId'>

/** @throws {DirectoryRefusal} `Request_BadRequest` naming the field: `identifier.0`, `replyUrl.1`, `signOnUrl` … */
export function checkBasicSaml(reader: EntraReader, own: Holder, basic: BasicSaml): void {
  if (basic.identifiers.length === 0) throw badValue('identifier.0', 'Identifier (Entity ID) is required.')
  if (basic.replyUrls.length === 0) {
    throw badValue('replyUrl.0', 'Reply URL (Assertion Consumer Service URL) is required.')
  }
  checkList('identifier', basic.identifiers, (text) => identifierProblem(reader, own, text))
  checkList('replyUrl', basic.replyUrls, addressProblem)
  checkOne('signOnUrl', basic.signOnUrl, addressProblem)
  checkOne('logoutUrl', basic.logoutUrl, addressProblem)
  checkOne('relayState', basic.relayState, (text) => (text.length > LONGEST ? tooLong(LONGEST) : undefined))
}

function checkList(field: string, texts: readonly string[], problemOf: (text: string) => string | undefined): void {
  if (texts.length > MOST_ADDRESSES) throw badValue(`${field}.0`, `Use at most ${MOST_ADDRESSES} values.`)
  for (const [index, text] of texts.entries()) {
    const problem = texts.indexOf(text) < index ? 'This value is in the list already.' : problemOf(text)
    if (problem !== undefined) throw badValue(`${field}.${index}`, problem)
  }
}

function checkOne(field: string, text: string | undefined, problemOf: (text: string) => string | undefined): void {
  const problem = text === undefined ? undefined : problemOf(text)
  if (problem !== undefined) throw badValue(field, problem)
}

/** By its identifier a request finds its app, so two apps of a tenant cannot share one. */
function identifierProblem(reader: EntraReader, own: Holder, text: string): string | undefined {
  if (text.length > LONGEST) return tooLong(LONGEST)
  if (!URL.canParse(text)) return 'The identifier must be a URI, such as https://app.example/saml or urn:app:example.'
  if (/[\s*]/.test(text)) return 'The identifier must not contain spaces or wildcards.'
  const holder = reader
    .find('samlSettings', 'identifier', identifierKey(own.tenantId, text))
    .find(({ principalId }) => principalId !== own.principalId)
  if (holder === undefined) return undefined
  const name = reader.get('servicePrincipals', holder.principalId)?.displayName ?? holder.principalId
  return `The identifier is used by another application of this directory: ${name}.`
}

function addressProblem(text: string): string | undefined {
  if (text.length > LONGEST) return tooLong(LONGEST)
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return 'Enter a complete web address.'
  const url = new URL(text)
  if (text.includes('*')) return 'Wildcards are not allowed.'
  if (url.username !== '' || url.password !== '') return 'The address must not contain a user name or password.'
  return url.hash === '' ? undefined : 'The address must not contain a fragment (#).'
}

function tooLong(most: number): string {
  return `Use at most ${most} characters.`
}

/** @throws {DirectoryRefusal} `Request_BadRequest` for field `source`. */
export function checkSource(source: string): void {
  if (isClaimSource(source) && source.length <= LONGEST) return
  const known = Object.keys(CLAIM_ATTRIBUTES).join(', ')
  throw badValue('source', `Choose an attribute (${known}), or type a text in double quotes.`)
}

/**
 * @param others The app's other claims.
 * @throws {DirectoryRefusal} `Request_BadRequest` for fields `name`, `namespace`, `source`.
 */
export function checkClaim(claim: SamlClaim, others: readonly SamlClaim[]): void {
  if (claim.name === '') throw badValue('name', 'Name is required.')
  if (claim.name.length > LONGEST_NAME) throw badValue('name', tooLong(LONGEST_NAME))
  if (/\s/.test(claim.name)) throw badValue('name', 'A claim name contains no spaces.')
  if (claim.namespace !== undefined && !URL.canParse(claim.namespace)) {
    throw badValue('namespace', 'The namespace must be a URI, or empty.')
  }
  checkSource(claim.source)
  if (others.some((each) => claimName(each) === claimName(claim))) {
    throw badValue('name', `There is a claim ${claimName(claim)} already.`)
  }
  if (others.length >= MOST_CLAIMS) throw badValue('name', `An app has at most ${MOST_CLAIMS} claims.`)
}

/** @throws {DirectoryRefusal} `Request_BadRequest` for field `notificationEmails`. */
export function checkNotificationEmails(emails: readonly string[]): void {
  if (emails.length > MOST_EMAILS) throw badValue('notificationEmails', `Use at most ${MOST_EMAILS} addresses.`)
  for (const email of emails) {
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw badValue('notificationEmails', `'${email}' is no email address.`)
  }
}
