import { settleEverywhere } from '../assignments/settle.ts'
import type { OktaUser, OktaUserStatus } from '../collections.ts'
import type { EventType } from '../system-log/event-types.ts'
import { recordEvent, userTarget } from '../system-log/record-event.ts'
import type { Change } from './queue.ts'
import type { ConnectedApp } from './target.ts'

/**
 * Profile & Lifecycle Sourcing (reference sheet 1.7, 2.5): what becomes of people when their account in the app goes, or comes back.
 * All of it only where the app is the source of people; an account that is inactive changes nobody whom Okta sources.
 */

function become(change: Change, user: OktaUser, status: OktaUserStatus, eventType: EventType): OktaUser {
  const { tx, clock, actor } = change
  const now = clock.iso()
  const after: OktaUser = { ...user, status, statusChanged: now, lastUpdated: now }
  tx.put('users', user.id, after)
  recordEvent(tx, clock, { eventType, actor, target: [userTarget(after)] })
  return after
}

function endSessions({ tx }: Change, userId: string): void {
  for (const key of [...tx.findKeys('kitSessions', 'subject', userId)]) tx.delete('kitSessions', key)
}

/**
 * "When a user is deactivated in the app": do nothing, deactivate or suspend; the account may be inactive, or gone. A person who is
 * deactivated loses password, administrator roles and every assignment, one who is suspended their sessions.
 * @returns whether the person changed.
 */
export function followDeactivation(change: Change, app: ConnectedApp, user: OktaUser): boolean {
  const { isSource, whenDeactivated } = app.provisioning.toOkta
  if (!isSource) return false
  if (whenDeactivated === 'suspend' && user.status === 'ACTIVE') {
    become(change, user, 'SUSPENDED', 'user.lifecycle.suspend')
    endSessions(change, user.id)
    return true
  }
  if (whenDeactivated === 'deactivate' && user.status !== 'DEPROVISIONED') {
    const { passwordHash: _, adminRoles: __, ...kept } = user
    const gone = become(change, kept, 'DEPROVISIONED', 'user.lifecycle.deactivate')
    endSessions(change, user.id)
    settleEverywhere(change, gone)
    return true
  }
  return false
}

/**
 * "When a user is reactivated in the app": suspended people go on, deactivated ones wait for a password.
 * @returns the person as they are now, `undefined` where the settings leave them as they were.
 */
export function followReactivation(change: Change, app: ConnectedApp, user: OktaUser): OktaUser | undefined {
  const { isSource, reactivateSuspended, reactivateDeactivated } = app.provisioning.toOkta
  if (!isSource) return undefined
  if (user.status === 'SUSPENDED' && reactivateSuspended) {
    return become(change, user, 'ACTIVE', 'user.lifecycle.unsuspend')
  }
  if (user.status === 'DEPROVISIONED' && reactivateDeactivated) {
    const back = become(change, user, 'PROVISIONED', 'user.lifecycle.reactivate')
    settleEverywhere(change, back)
    return back
  }
  return undefined
}
