import { hardDeleteGroup } from '#idp/core/directory/groups.ts'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { type PendingHardDelete, pendingHardDeletes } from '#idp/core/directory/recycle-bin.ts'
import { notFound } from '#idp/core/directory/refusal.ts'
import { hardDeleteUser } from '#idp/core/directory/users.ts'
import type { DueItem, DueSource } from '#kit/clock.ts'
import { DIRECTORY_SERVICE } from '../audit/initiators.ts'
import { groupTarget, recordAudit, registrationTarget, userTarget } from '../audit/record-audit.ts'
import type { EntraSystem, EntraWriter } from '../collections.ts'
import { forgetSignInStates } from '../sign-in/states/forget.ts'
import { journalChange } from './journal-change.ts'
import { eraseRegistration } from './registrations/deleted-registrations.ts'

/**
 * Remove a user from the recycle bin with everything that hangs on the account: roles, failed sign-ins, multifactor
 * authentication, sessions of pages and of the sign-in service, tokens; and what the directory itself removes. Call it inside a transaction.
 * @throws {DirectoryRefusal} `Request_ResourceNotFound` unless the user is in the tenant's bin.
 */
export function eraseUser(tx: EntraWriter, tenantId: string, userId: string): DirectoryUser {
  const user = tx.get('users', userId)
  if (user === undefined) throw notFound('deleted user', userId)
  hardDeleteUser(tx, tenantId, userId)
  for (const key of tx.findKeys('directoryRoles', 'user', userId)) tx.delete('directoryRoles', key)
  tx.delete('signInGuards', userId)
  forgetSignInStates(tx, userId)
  for (const key of tx.findKeys('kitSessions', 'subject', userId)) tx.delete('kitSessions', key)
  for (const key of tx.findKeys('oidcModels', 'account', userId)) tx.delete('oidcModels', key)
  return user
}

/**
 * The recycle bin as scheduled work: each user, group and app registration goes 30 virtual days after it was deleted (reference 1.3).
 * Register it once: `system.schedule.register(recycleBin(system))`.
 */
export function recycleBin(system: EntraSystem): DueSource {
  const { store } = system
  const pending = (): readonly (PendingHardDelete & { readonly tenantId: string })[] =>
    [...store.entries('tenants')].flatMap(([tenantId]) =>
      pendingHardDeletes(store, tenantId).map((each) => ({ ...each, tenantId })),
    )
  const idOf = (each: PendingHardDelete): string => `recycle-bin/${each.kind}/${each.id}`

  return {
    list: (): readonly DueItem[] =>
      pending().map((each) => ({
        id: idOf(each),
        what: `Recycle bin: ${each.displayName} goes for good`,
        at: each.at,
      })),

    async run(item) {
      const due = pending().find((each) => idOf(each) === item.id && each.at === item.at)
      if (due === undefined) return 'Nothing to do: it was restored or removed meanwhile.'
      const subject = await store.transact((tx) => {
        const note = { tenantId: due.tenantId, initiatedBy: DIRECTORY_SERVICE }
        if (due.kind === 'user') {
          const user = eraseUser(tx, due.tenantId, due.id)
          recordAudit(tx, system.clock, { ...note, activity: 'Hard Delete user', targets: [userTarget(user)] })
          return user.userPrincipalName
        }
        if (due.kind === 'application') {
          const application = tx.get('applications', due.id)
          eraseRegistration(tx, due.id)
          const targets = application === undefined ? [] : [registrationTarget(application)]
          recordAudit(tx, system.clock, { ...note, activity: 'Hard Delete application', targets })
          return due.displayName
        }
        const group = tx.get('groups', due.id)
        hardDeleteGroup(tx, due.tenantId, due.id)
        const targets = group === undefined ? [] : [groupTarget(group)]
        recordAudit(tx, system.clock, { ...note, activity: 'Hard Delete group', targets })
        return due.displayName
      })
      const title = `${due.displayName} was deleted permanently: 30 days in the recycle bin are over`
      journalChange(system, { title, subject, change: { type: due.kind, id: due.id } })
      return title
    },
  }
}
