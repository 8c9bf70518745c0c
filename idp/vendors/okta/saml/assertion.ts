import { randomBytes } from 'node:crypto'
import type { AuthenticatedPerson, ResponsePolicy } from '#idp/protocols/saml/answer-login.ts'
import type { SamlAttribute } from '#idp/protocols/saml/write-response.ts'
import type { Clock } from '#kit/clock.ts'
import { NAME_ID_EMAIL } from '#kit/saml/names.ts'
import type { AttributeStatement, NameFormat, NameIdFormat, OktaApp } from '../apps/records.ts'
import type { OktaReader, OktaUser } from '../collections.ts'
import { previewExpression } from '../expression/evaluate.ts'
import { type ExpressionScope, isList, textOf } from '../expression/values.ts'
import { expressionScope } from '../profiles/expression-scope.ts'
import type { ProfileValue } from '../profiles/records.ts'
import { issuerOf } from './addresses.ts'
import { passesGroupFilter } from './group-filter.ts'

/** What answers say (reference sheet 5.2). */

const FIVE_MINUTES_MS = 300_000

export const NAME_ID_URNS: Readonly<Record<NameIdFormat, string>> = {
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  emailAddress: NAME_ID_EMAIL,
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
}

const NAME_FORMAT_URNS: Readonly<Record<NameFormat, string>> = {
  unspecified: 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified',
  uri: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
  basic: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
}

/** The formats metadata names: what the app uses, and the one that says nothing. */
export function nameIdFormatsOf({ signOn }: Pick<OktaApp, 'signOn'>): readonly string[] {
  const format = signOn.nameIdFormat ?? 'unspecified'
  return [...new Set([NAME_ID_URNS.unspecified, NAME_ID_URNS[format]])]
}

/** `id` and digits nobody can guess. */
function responseId(): string {
  return `id${BigInt(`0x${randomBytes(16).toString('hex')}`)}`
}

/** What the org and the app's administrator have settled: both parts signed, five minutes on either side. */
export function responsePolicyOf(app: OktaApp): ResponsePolicy {
  return {
    owner: app.id,
    issuer: issuerOf(app),
    issuerFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
    acsUrl: app.signOn.acsUrl,
    audience: app.signOn.spEntityId,
    validBeforeMs: FIVE_MINUTES_MS,
    validAfterMs: FIVE_MINUTES_MS,
    authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    signed: { assertion: true, response: true },
    createId: responseId,
  }
}

/**
 * The person as the app is told of them: NameID is the user name of the assignment, whatever it is; attributes are computed now.
 * @param account User name and profile of the assignment.
 * @throws {FailedStatement} for a statement that cannot be computed.
 */
export function assertedPerson(
  reader: OktaReader,
  clock: Clock,
  { app, user, account }: AssertedAccount,
): Omit<AuthenticatedPerson, 'authenticatedAtMs'> {
  const scope = expressionScope(reader, clock, {
    user,
    app,
    account: { ...account.profile, userName: account.userName },
  })
  const names = scope.groups.map(({ name }) => name)
  const groups = (app.signOn.groupStatements ?? []).map(
    ({ name, nameFormat, filter, value }): SamlAttribute => ({
      name,
      nameFormat: NAME_FORMAT_URNS[nameFormat],
      values: names.filter((each) => passesGroupFilter(filter, value, each)),
    }),
  )
  return {
    nameId: account.userName,
    nameIdFormat: NAME_ID_URNS[app.signOn.nameIdFormat ?? 'unspecified'],
    attributes: [...app.signOn.attributeStatements.map((each) => attributeOf(each, scope)), ...groups],
  }
}

export interface AssertedAccount {
  readonly app: OktaApp
  readonly user: OktaUser
  readonly account: { readonly userName: string; readonly profile: Readonly<Record<string, ProfileValue>> }
}

/** A statement that cannot be computed for this person. */
export class FailedStatement extends Error {
  override readonly name = 'FailedStatement'
  readonly statement: string
  constructor(statement: string, message: string) {
    super(message)
    this.statement = statement
  }
}

/** A list gives several values; what is null or empty gives none, and the attribute is left out. */
function attributeOf({ name, nameFormat = 'unspecified', expression }: AttributeStatement, scope: ExpressionScope) {
  const preview = previewExpression(expression, scope)
  if (!preview.ok) throw new FailedStatement(name, preview.message)
  const { value } = preview
  const values = (isList(value) ? value : [value]).map(textOf).filter((text) => text !== '')
  return { name, nameFormat: NAME_FORMAT_URNS[nameFormat], values }
}
