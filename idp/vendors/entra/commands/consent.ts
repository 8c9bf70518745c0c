import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type {
  Application,
  DirectoryUser,
  OAuth2PermissionGrant,
  ServicePrincipal,
} from '#idp/core/directory/records.ts'
import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import { Refusal } from '#kit/http/errors.ts'
import { initiatorOf } from '../audit/initiators.ts'
import { appTarget, recordAudit } from '../audit/record-audit.ts'
import type { EntraReader, EntraSystem, EntraWriter } from '../collections.ts'
import { appInTenant, liveAccount } from '../sign-in/accounts.ts'
import { describePermission } from '../sign-in/consent/describe-permission.ts'
import { consentChoice } from '../sign-in/consent-rules.ts'
import { type Actor, type CommandDeps, roleNeeded, type Standing, standingOf } from './actor.ts'
import { auditConsent, type Consenting, grantScopes, principalFor } from './consent-grants.ts'
import { journalChange } from './journal-change.ts'
import { consentRolesNeeded } from './registrations/admin-consent.ts'
import { type KnownPermission, knownPermission } from './registrations/permission-names.ts'

export interface ConsentInput {
  readonly clientId: string
  /** Scopes of the request. */
  readonly requested: readonly string[]
  /** On behalf of everybody in the organization. */
  readonly forOrganization: boolean
  /** Everything was asked for again, whatever was consented to before. */
  readonly again?: boolean
}

/**
 * A person accepts what an app asks for. The app comes into the person's tenant if it was not there, and the consent is
 * recorded for the person, or for the organization; then it covers what people have consented to for themselves, too.
 *
 * @param actorId The person.
 * @returns the grant; of an app that asks for permissions of several APIs Graph's, else the first.
 * @throws {Refusal} `needs_admin` (403) when the person may not grant this; `not_found` (404) for an unknown app or person;
 *   `unknown_api` (422).
 */
export async function consentToApp(
  system: Pick<EntraSystem, 'store' | 'clock' | 'journal'>,
  actorId: string,
  input: ConsentInput,
): Promise<OAuth2PermissionGrant> {
  const { grant, app, person, isNew } = await system.store.transact((tx) => {
    const user = liveAccount(tx, actorId)
    const known = user === undefined ? undefined : appInTenant(tx, input.clientId, user.tenantId)
    if (user === undefined || known === undefined) {
      throw new Refusal('not_found', 404, 'The application or the account does not exist any more.')
    }
    const choice = consentChoice(tx, user, input.clientId, input.requested, input.again)
    const isForAll = input.forOrganization
    if (choice.kind === 'needs-admin' || (isForAll && !choice.forOrganization)) {
      throw new Refusal('needs_admin', 403, 'Only an administrator may grant these permissions.')
    }
    const consenting = consentingIn(system, tx, { tenantId: user.tenantId, userId: user.id })
    const { principal, isNew } = principalFor(consenting, known.application)
    const names = isForAll ? choice.everything : choice.permissions.map(({ value }) => value)
    const [first] = grantScopes(consenting, principal, names, isForAll ? undefined : user.id)
    if (first === undefined) throw badValue('scope', 'A consent names at least one permission.')
    auditConsent(consenting, principal, { onBehalfOfAll: isForAll, permissions: names })
    return { grant: first, app: principal, person: user, isNew }
  })
  if (isNew) journalNew(system, app, person)
  system.journal.record({
    kind: 'state',
    title: `${person.displayName} consented to ${app.displayName}${input.forOrganization ? ' for the organization' : ''}`,
    subject: person.userPrincipalName,
    change: { type: 'permission-grant', id: grant.id, after: grant },
  })
  return grant
}

/** What an administrator grants an app for everybody. */
export interface OrganizationConsent {
  readonly clientId: string
  /** Delegated permissions, as registrations write them. */
  readonly delegated: readonly string[]
  /** Permissions the app uses without a person, written likewise. */
  readonly application: readonly string[]
}

/**
 * An administrator grants an app permissions for the whole organization. The app comes into the tenant if it was not there; what was
 * granted before stays.
 *
 * @throws {Refusal} `role_needed`: Application and Cloud Application Administrators may not grant application permissions of Graph.
 * @throws {DirectoryRefusal} `Request_ResourceNotFound` for an unknown app; `Request_BadRequest` with nothing to grant.
 */
export async function consentForOrganization(
  { system }: CommandDeps,
  actor: Actor,
  input: OrganizationConsent,
): Promise<{ readonly app: ServicePrincipal; readonly granted: readonly string[] }> {
  const done = await system.store.transact((tx) => {
    const standing = standingOf(tx, actor)
    const application = applicationByAppId(tx, input.clientId)
    if (application === undefined) throw notFound('application', input.clientId)
    return grantForEverybody(system, tx, standing, application, input)
  })
  journalForEverybody(system, done)
  return done
}

/** The same, as a part of another transaction. Tell the journal with {@link journalForEverybody} once that has been kept. */
export function grantForEverybody(
  system: Pick<EntraSystem, 'clock'>,
  tx: EntraWriter,
  standing: Standing,
  application: Application,
  input: Pick<OrganizationConsent, 'delegated' | 'application'>,
): { readonly app: ServicePrincipal; readonly granted: readonly string[] } {
  const tenantId = standing.tenant.id
  const asked = permissionsNamed(tx, tenantId, input)
  const needed = organizationConsentRoles(standing, asked)
  if (needed !== undefined) throw roleNeeded(`Granting admin consent for ${application.displayName}`, needed)
  const delegated = asked.scopes
  const roles = asked.roles.map(({ name }) => name)
  if (delegated.length + roles.length === 0) throw badValue('permissions', 'The application asks for no permissions.')
  const consenting = consentingIn(system, tx, { tenantId, ...standing })
  const { principal } = principalFor(consenting, application)
  grantScopes(consenting, principal, delegated)
  const before = principal.applicationPermissions ?? []
  const after = [...new Set([...before, ...roles])]
  const app = after.length === 0 ? principal : { ...principal, applicationPermissions: after }
  tx.put('servicePrincipals', app.id, app)
  if (after.length > before.length) {
    const value = { name: 'AppRole.Value', oldValue: null, newValue: JSON.stringify(after.join(' ')) }
    recordAudit(tx, system.clock, {
      tenantId,
      activity: 'Add app role assignment to service principal',
      initiatedBy: consenting.initiatedBy,
      targets: [appTarget(app, [value])],
    })
  }
  const granted = [...delegated, ...roles]
  auditConsent(consenting, app, { onBehalfOfAll: true, permissions: granted })
  return { app, granted }
}

/** Write a consent for everybody into the journal, after its transaction. */
export function journalForEverybody(
  system: Pick<EntraSystem, 'journal'>,
  { app, granted }: { readonly app: ServicePrincipal; readonly granted: readonly string[] },
): void {
  journalChange(system, {
    title: `Admin consent was granted for ${app.displayName}`,
    subject: app.displayName,
    change: { type: 'permission-grant', id: app.id, after: granted.map((name) => ({ name })) },
  })
}

/** Permissions by name, those their APIs offer now. */
export interface NamedPermissions {
  readonly scopes: readonly string[]
  readonly roles: readonly KnownPermission[]
}

/** Of the names given, those an API offers. */
export function permissionsNamed(
  reader: EntraReader,
  tenantId: string,
  input: Pick<OrganizationConsent, 'delegated' | 'application'>,
): NamedPermissions {
  return {
    scopes: [...new Set(input.delegated)].filter((name) => describePermission(reader, name) !== undefined),
    roles: [...new Set(input.application)].flatMap(
      (name) => knownPermission(reader, tenantId, 'application', name) ?? [],
    ),
  }
}

/** Roles somebody lacks to grant these for everybody; `undefined` when they may. */
export function organizationConsentRoles(standing: Standing, { roles }: NamedPermissions) {
  return consentRolesNeeded(standing, roles)
}

function consentingIn(
  { clock }: Pick<EntraSystem, 'clock'>,
  tx: EntraWriter,
  who: { readonly tenantId: string } & Pick<Standing, 'userId' | 'application'>,
): Consenting {
  return { tx, clock, tenantId: who.tenantId, initiatedBy: initiatorOf(tx, who) }
}

function journalNew(system: Pick<EntraSystem, 'journal'>, app: ServicePrincipal, person: DirectoryUser): void {
  system.journal.record({
    kind: 'state',
    title: `${app.displayName} was added to the enterprise apps by consent`,
    subject: person.userPrincipalName,
    change: { type: 'service-principal', id: app.id, after: app },
  })
}
