import type { Application } from '#idp/core/directory/records.ts'
import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import { liveUser } from '#idp/core/directory/users.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { appTarget, recordAudit, registrationTarget, userTarget } from '../../audit/record-audit.ts'
import type { AuditTarget } from '../../audit/records.ts'
import type { EntraReader } from '../../collections.ts'
import type { Actor, CommandDeps } from '../actor.ts'
import { journalRegistration, type RegistrationInput } from './change-registration.ts'
import { mustManageRegistration } from './registration-standing.ts'

/** Owners of a registration at most. */
const MOST_OWNERS = 100

/** A person, or an application by its service principal, as a target of the audit log. */
function ownerTarget(reader: EntraReader, id: string): readonly AuditTarget[] {
  const user = reader.get('users', id)
  if (user !== undefined) return [userTarget(user)]
  const principal = reader.get('servicePrincipals', id)
  return principal === undefined ? [] : [appTarget(principal)]
}

/**
 * Make people, or applications by their service principals, owners of a registration: all of them, or none.
 * @throws {Refusal} `role_needed` or `permission_needed`. @throws {DirectoryRefusal} `Request_BadRequest` on `ownerIds` for nobody, and for an
 *   owner; `Request_ResourceNotFound` for somebody unknown.
 */
export async function addRegistrationOwners(
  { system }: CommandDeps,
  actor: Actor,
  { applicationId, ownerIds }: RegistrationInput & { readonly ownerIds: readonly string[] },
): Promise<Application> {
  const { before, after } = await system.store.transact((tx) => {
    const standing = mustManageRegistration(tx, actor, applicationId)
    const { registration, tenant } = standing
    const held = registration.ownerIds ?? []
    if (ownerIds.length === 0) throw badValue('ownerIds', 'Select at least one person.')
    for (const id of ownerIds) {
      if (held.includes(id)) throw badValue('ownerIds', `${nameOf(tx, id)} is an owner already.`)
      if (tx.get('servicePrincipals', id)?.tenantId !== tenant.id) liveUser(tx, tenant.id, id)
      recordAudit(tx, system.clock, {
        tenantId: tenant.id,
        activity: 'Add owner to application',
        initiatedBy: initiatorOf(tx, standing),
        targets: [...ownerTarget(tx, id), registrationTarget(registration)],
      })
    }
    const next: Application = { ...registration, ownerIds: [...new Set([...held, ...ownerIds])] }
    if ((next.ownerIds?.length ?? 0) > MOST_OWNERS) {
      throw badValue('ownerIds', `A registration has at most ${MOST_OWNERS} owners.`)
    }
    tx.put('applications', applicationId, next)
    return { before: registration, after: next }
  })
  journalRegistration(system, `Owners of the registration ${after.displayName} were added`, before, after)
  return after
}

/** @throws as {@link addRegistrationOwners} does; `Request_ResourceNotFound` for one who is no owner. */
export async function removeRegistrationOwner(
  { system }: CommandDeps,
  actor: Actor,
  { applicationId, ownerId }: RegistrationInput & { readonly ownerId: string },
): Promise<Application> {
  const { before, after } = await system.store.transact((tx) => {
    const standing = mustManageRegistration(tx, actor, applicationId)
    const { registration, tenant } = standing
    const held = registration.ownerIds ?? []
    if (!held.includes(ownerId)) throw notFound(`owner of '${registration.displayName}'`, ownerId)
    const next: Application = { ...registration, ownerIds: held.filter((id) => id !== ownerId) }
    tx.put('applications', applicationId, next)
    recordAudit(tx, system.clock, {
      tenantId: tenant.id,
      activity: 'Remove owner from application',
      initiatedBy: initiatorOf(tx, standing),
      targets: [...ownerTarget(tx, ownerId), registrationTarget(registration)],
    })
    return { before: registration, after: next }
  })
  journalRegistration(system, `An owner of the registration ${after.displayName} was removed`, before, after)
  return after
}

function nameOf(reader: EntraReader, id: string): string {
  return reader.get('users', id)?.displayName ?? reader.get('servicePrincipals', id)?.displayName ?? id
}
