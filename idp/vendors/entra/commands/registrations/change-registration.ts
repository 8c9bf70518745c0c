import type { Application, ServicePrincipal } from '#idp/core/directory/records.ts'
import type { AuditActivity } from '../../audit/activities.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { modifiedProperties } from '../../audit/modified-properties.ts'
import { recordAudit, registrationTarget } from '../../audit/record-audit.ts'
import type { AuditedProperty } from '../../audit/records.ts'
import type { EntraSystem, EntraWriter } from '../../collections.ts'
import type { Actor, CommandDeps, Standing } from '../actor.ts'
import { journalChange } from '../journal-change.ts'
import { checkRegistration, checkUnusedUris } from './check-registration.ts'
import { renamePermissions } from './permission-names.ts'
import { mustManageRegistration } from './registration-standing.ts'

/** What every command about one registration is told. */
export interface RegistrationInput {
  /** Object id of the application. */
  readonly applicationId: string
}

export interface RegistrationChange {
  /** The registration as it is to be. Pure, unless ids have to be made. */
  readonly decide: (before: Application, tx: EntraWriter, standing: Standing) => Application
  /** One line for the journal: `The redirect URIs of Sample web app were changed`. */
  readonly title: (after: Application) => string
  /** `Update application` unless told. */
  readonly activity?: AuditActivity
  /** What the audit log says changed, where that is not simply the properties that differ. */
  readonly modified?: (before: Application, after: Application) => readonly AuditedProperty[]
}

/**
 * Change one registration: who may, what it may become, its service principals, audit log and journal, in one transaction. A change
 * of nothing is neither audited nor journalled.
 *
 * @throws {Refusal} `role_needed` or `permission_needed` (403). @throws {DirectoryRefusal} `Request_ResourceNotFound`; what
 *   `checkRegistration` refuses; `ObjectConflict` for an Application ID URI in use.
 */
export async function changeRegistration(
  { system }: CommandDeps,
  actor: Actor,
  { applicationId }: RegistrationInput,
  change: RegistrationChange,
): Promise<Application> {
  const { before, after } = await system.store.transact((tx) => {
    const standing = mustManageRegistration(tx, actor, applicationId)
    const { registration, tenant } = standing
    const next = change.decide(registration, tx, standing)
    if (isSame(registration, next)) return { before: registration, after: registration }
    checkRegistration(registration, next, tenant)
    if (next.identifierUris !== registration.identifierUris) {
      checkUnusedUris(next, tx.find('applications', 'tenant', tenant.id))
    }
    tx.put('applications', next.id, next)
    renamePermissions(tx, registration, next)
    keepPrincipalsInStep(tx, registration, next)
    const modified = (change.modified ?? modifiedProperties)(registration, next)
    recordAudit(tx, system.clock, {
      tenantId: tenant.id,
      activity: change.activity ?? 'Update application',
      initiatedBy: initiatorOf(tx, standing),
      targets: [registrationTarget(next, modified)],
    })
    // What it is called in lists of its own may have been renamed with the rest.
    return { before: registration, after: tx.get('applications', next.id) ?? next }
  })
  if (!isSame(before, after)) journalRegistration(system, change.title(after), before, after)
  return after
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Every tenant's enterprise app offers the roles of its registration; name and home page follow in the home tenant. */
function keepPrincipalsInStep(tx: EntraWriter, before: Application, after: Application): void {
  for (const [id, principal] of [...tx.entries('servicePrincipals')]) {
    if (principal.applicationId !== after.id) continue
    const next = inStep(principal, before, after)
    if (!isSame(next, principal)) tx.put('servicePrincipals', id, next)
  }
}

function inStep(principal: ServicePrincipal, before: Application, after: Application): ServicePrincipal {
  const withRoles = { ...principal, appRoles: after.appRoles }
  if (principal.tenantId !== after.tenantId) return withRoles
  const { homepage: _, ...rest } = withRoles
  const isRenamed = before.displayName !== after.displayName
  const homepage = before.homepage === after.homepage ? principal.homepage : after.homepage
  return {
    ...rest,
    displayName: isRenamed ? after.displayName : principal.displayName,
    ...(homepage === undefined ? {} : { homepage }),
  }
}

/** Write a change of a registration into the journal; credentials appear by their ids and ends alone. */
export function journalRegistration(
  system: Pick<EntraSystem, 'journal'>,
  title: string,
  before: Application | undefined,
  after: Application | undefined,
): void {
  const named = after ?? before
  journalChange(system, {
    title,
    subject: named?.displayName ?? '',
    change: {
      type: 'application',
      id: named?.id ?? '',
      ...(before === undefined ? {} : { before: shown(before) }),
      ...(after === undefined ? {} : { after: shown(after) }),
    },
  })
}

function shown({ secrets, keyCredentials = [], ...rest }: Application): object {
  return {
    ...rest,
    passwordCredentials: secrets.map(({ hash: _, ...secret }) => secret),
    keyCredentials: keyCredentials.map(({ certificate: _, ...key }) => key),
  }
}
