import { randomBytes } from 'node:crypto'
import type { DirectoryUser, ServicePrincipal } from '#idp/core/directory/records.ts'
import type { AuthenticatedPerson, ResponsePolicy } from '#idp/protocols/saml/answer-login.ts'
import type { SamlAttribute } from '#idp/protocols/saml/write-response.ts'
import type { EntraReader } from '../collections.ts'
import { subjectOf } from '../sign-in/accounts.ts'
import { samlIssuerOf } from './addresses.ts'
import { claimsOf, claimValue, groupsOf, NAME_ID_URNS } from './claims.ts'
import type { NameIdFormat, SamlSettings } from './records.ts'

/** What answers say ("SAML token claims reference"; "Single Sign-On SAML protocol"). */

const MINUTE_MS = 60_000

const UNSPECIFIED = 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified'
const IDENTITY = 'http://schemas.microsoft.com/identity/claims'
const PASSWORD = 'http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password'

/** Who may be told in what form; others: as the app is set up. */
const ASKED_FORMATS: readonly NameIdFormat[] = ['persistent', 'transient', 'emailAddress', 'unspecified']

/** What the tenant and the app's administrator have settled. Answers hold five minutes back and an hour on. */
export function responsePolicyOf(settings: SamlSettings, replyUrl: string, audience: string): ResponsePolicy {
  return {
    owner: settings.principalId,
    issuer: samlIssuerOf(settings.tenantId),
    acsUrl: replyUrl,
    audience,
    validBeforeMs: 5 * MINUTE_MS,
    validAfterMs: 60 * MINUTE_MS,
    authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
    signed: { assertion: settings.signingOption !== 'response', response: settings.signingOption !== 'assertion' },
  }
}

/** A person who cannot be told of: the attribute that names them has no value. */
export interface Unnamed {
  readonly unnamed: string
}

/**
 * The person as the app is told of them: five claims every answer has, then those of the app.
 * @param askedFormat What the request wants of the NameID; a form that is known wins over the one set up.
 */
export function statedPerson(
  reader: EntraReader,
  {
    user,
    app,
    settings,
  }: { readonly user: DirectoryUser; readonly app: ServicePrincipal; readonly settings: SamlSettings },
  askedFormat: string | undefined,
): Omit<AuthenticatedPerson, 'authenticatedAtMs'> | Unnamed {
  const asked = ASKED_FORMATS.find((each) => NAME_ID_URNS[each] === askedFormat)
  const format = asked === undefined || asked === 'unspecified' ? settings.nameId.format : asked
  const nameId = nameIdOf(user, app, format, settings.nameId.source)
  if (nameId === undefined) return { unnamed: settings.nameId.source }
  const groups = groupsOf(reader, user, app, settings.groupsClaim)
  return {
    nameId,
    nameIdFormat: NAME_ID_URNS[format],
    attributes: [
      one(`${IDENTITY}/tenantid`, user.tenantId),
      one(`${IDENTITY}/objectidentifier`, user.id),
      one(`${IDENTITY}/displayname`, user.displayName),
      one(`${IDENTITY}/identityprovider`, samlIssuerOf(user.tenantId)),
      one('http://schemas.microsoft.com/claims/authnmethodsreferences', PASSWORD),
      ...claimsOf(user, settings.claims).map(([name, value]) => one(name, value)),
      ...(groups === undefined ? [] : [{ ...groups, nameFormat: UNSPECIFIED }]),
    ],
  }
}

function one(name: string, value: string): SamlAttribute {
  return { name, nameFormat: UNSPECIFIED, values: [value] }
}

/** A persistent identifier is one of its own for each app, a transient one for each answer; other forms carry the source. */
function nameIdOf(
  user: DirectoryUser,
  app: ServicePrincipal,
  format: NameIdFormat,
  source: string,
): string | undefined {
  if (format === 'persistent') return subjectOf(user.id, app.appId)
  return format === 'transient' ? `_${randomBytes(16).toString('hex')}` : claimValue(user, source)
}
