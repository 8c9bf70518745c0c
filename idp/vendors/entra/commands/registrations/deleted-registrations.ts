import { deleteServicePrincipal, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import { assign } from '#idp/core/directory/assignments.ts'
import type { Application } from '#idp/core/directory/records.ts'
import { DirectoryRefusal } from '#idp/core/directory/refusal.ts'
import type { AuditActivity } from '../../audit/activities.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { appTarget, recordAudit, registrationTarget } from '../../audit/record-audit.ts'
import type { EntraWriter } from '../../collections.ts'
import { removeJobsOf } from '../../provisioning/remove-jobs.ts'
import type { Actor, CommandDeps, Standing } from '../actor.ts'
import { journalRegistration, type RegistrationInput } from './change-registration.ts'
import { checkUnusedUris } from './check-registration.ts'
import { mustManageRegistration } from './registration-standing.ts'

/**
 * Move a registration to the recycle bin, for 30 virtual days, with its enterprise app of this tenant, the assignments and the
 * consents. Sign-in does not know it any more. Provisioning of the app is removed for good.
 *
 * @throws {Refusal} `role_needed` or `permission_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound`.
 */
export async function deleteRegistration(
  { system }: CommandDeps,
  actor: Actor,
  { applicationId }: RegistrationInput,
): Promise<Application> {
  const { before, after } = await system.store.transact((tx) => {
    const standing = mustManageRegistration(tx, actor, applicationId)
    const { registration, tenant } = standing
    const gone: Application = { ...registration, deletedDateTime: system.clock.iso() }
    const principal = servicePrincipalByAppId(tx, tenant.id, registration.appId)
    tx.put('applications', applicationId, gone)
    auditRegistration(tx, system.clock, standing, 'Delete application', gone)
    if (principal !== undefined) {
      const assignments = tx.find('appRoleAssignments', 'resource', principal.id)
      const grants = (['client', 'resource'] as const).flatMap((side) =>
        tx.find('permissionGrants', side, principal.id),
      )
      tx.put('deletedServicePrincipals', applicationId, { principal, assignments, grants })
      removeJobsOf(tx, principal.id)
      deleteServicePrincipal(tx, tenant.id, principal.id)
      const initiatedBy = initiatorOf(tx, standing)
      const targets = [appTarget(principal)]
      recordAudit(tx, system.clock, { tenantId: tenant.id, activity: 'Remove service principal', initiatedBy, targets })
    }
    return { before: registration, after: gone }
  })
  system.schedule.touch()
  journalRegistration(system, `The registration of ${after.displayName} was deleted`, before, after)
  return after
}

/**
 * Take a registration out of the recycle bin, with its enterprise app, consents, and the assignments of those who are still there.
 * @throws {Refusal} `role_needed` or `permission_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound` unless it is in the
 *   bin; `ObjectConflict` when its Application ID URI is in use meanwhile.
 */
export async function restoreRegistration(
  { system }: CommandDeps,
  actor: Actor,
  { applicationId }: RegistrationInput,
): Promise<Application> {
  const { before, after } = await system.store.transact((tx) => {
    const standing = mustManageRegistration(tx, actor, applicationId, 'deleted')
    const { registration, tenant } = standing
    const { deletedDateTime: _, ...back } = registration
    checkUnusedUris(back, tx.find('applications', 'tenant', tenant.id))
    tx.put('applications', applicationId, back)
    auditRegistration(tx, system.clock, standing, 'Restore application', back)
    const kept = tx.get('deletedServicePrincipals', applicationId)
    if (kept !== undefined) {
      const { principal, assignments, grants } = kept
      tx.put('servicePrincipals', principal.id, principal)
      for (const { createdDateTime: now, ...assignment } of assignments) assignAgain(tx, { ...assignment, now })
      for (const grant of grants) {
        const isKept =
          (grant.principalId === undefined || tx.has('users', grant.principalId)) &&
          tx.has('servicePrincipals', grant.clientId)
        if (isKept) tx.put('permissionGrants', grant.id, grant)
      }
      tx.delete('deletedServicePrincipals', applicationId)
    }
    return { before: registration, after: back }
  })
  system.schedule.touch()
  journalRegistration(system, `The registration of ${after.displayName} was restored`, before, after)
  return after
}

/** Somebody who is gone meanwhile, or a role, stays away. */
function assignAgain(tx: EntraWriter, assignment: Parameters<typeof assign>[1]): void {
  try {
    assign(tx, assignment)
  } catch (error) {
    if (!(error instanceof DirectoryRefusal)) throw error
  }
}

/** Remove a registration from the recycle bin for good. @throws as {@link restoreRegistration} does. */
export async function deleteRegistrationPermanently(
  { system }: CommandDeps,
  actor: Actor,
  { applicationId }: RegistrationInput,
): Promise<Application> {
  const gone = await system.store.transact((tx) => {
    const standing = mustManageRegistration(tx, actor, applicationId, 'deleted')
    eraseRegistration(tx, applicationId)
    auditRegistration(tx, system.clock, standing, 'Hard Delete application', standing.registration)
    return standing.registration
  })
  system.schedule.touch()
  journalRegistration(
    system,
    `The registration of ${gone.displayName} was deleted permanently`,
    { ...gone, secrets: [] },
    undefined,
  )
  return gone
}

/** Drop a registration and what was kept with it, of other tenants too. Call it inside a transaction. */
export function eraseRegistration(tx: EntraWriter, applicationId: string): void {
  tx.delete('applications', applicationId)
  tx.delete('deletedServicePrincipals', applicationId)
}

function auditRegistration(
  tx: EntraWriter,
  clock: CommandDeps['system']['clock'],
  standing: Standing,
  activity: AuditActivity,
  application: Application,
): void {
  recordAudit(tx, clock, {
    tenantId: standing.tenant.id,
    activity,
    initiatedBy: initiatorOf(tx, standing),
    targets: [registrationTarget(application)],
  })
}
