import { type Actor, userAction, userTarget } from '../domain/change-log.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import { isRestorable, primaryEmail } from '../domain/user-states.ts'
import type { DialpadUser } from '../records.ts'
import { giveNumber, holdNumbers, takeBackNumbers, toReserved } from './assign-numbers.ts'
import { endSessionsOf } from './end-sessions.ts'
import { officeOf, reserveSeat } from './place-users.ts'
import { companyOf, presentUser, requireAnotherAdmin, requireUsableEmail } from './user-checks.ts'
import { userInWords } from './user-words.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

/**
 * Delete a person: gone from SCIM and search at once, under Deleted Users for 72 hours, the seat free, the number on hold, out of
 * all groups.
 *
 * @throws {DialpadRefusal} `not-found`, `last-company-admin`.
 */
export function deleteUser(system: DialpadSystem, actor: Actor, userId: string): Promise<DialpadUser> {
  return act(system, actor, (work) => removeUser(work, userId))
}

/** {@link deleteUser} inside a transaction that is open already. */
export function removeUser(work: Work, userId: string): DialpadUser {
  const { tx } = work
  const user = presentUser(tx, userId)
  requireAnotherAdmin(tx, user, 'deleted')
  const before = userInWords(tx, user)
  holdNumbers(work, user)
  for (const { groupId } of tx.find('groupMembers', 'user', userId)) tx.delete('groupMembers', `${groupId}/${userId}`)
  for (const { groupId } of tx.find('operators', 'user', userId)) tx.delete('operators', `${groupId}/${userId}`)
  tx.delete('invitations', userId)
  endSessionsOf(tx, userId)
  const deleted: DialpadUser = {
    ...user,
    state: 'deleted',
    deletedAt: work.now,
    ...(user.state === 'pending' ? { wasPending: true as const } : {}),
    version: user.version + 1,
    modifiedAt: work.now,
  }
  tx.put('users', userId, deleted)
  work.log(user.companyId, {
    action: userAction(work.actor, 'deleted'),
    note: `${primaryEmail(user)} deleted; restorable for 72 hours`,
    target: userTarget(user),
  })
  work.note(primaryEmail(user), `User ${primaryEmail(user)} deleted`, {
    type: 'user',
    id: userId,
    before,
    after: userInWords(tx, deleted),
  })
  return deleted
}

/**
 * Permanently Delete: the grace period ends at once. The record is gone, and numbers on hold are among the Reserved Numbers.
 *
 * @throws {DialpadRefusal} `not-found` for anybody who is not among the Deleted Users of the company.
 */
export function permanentlyDeleteUser(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  userId: string,
): Promise<DialpadUser> {
  return act(system, actor, (work) => {
    const user = work.tx.get('users', userId)
    if (user === undefined || user.companyId !== companyId || user.state !== 'deleted') throw notFound('User', userId)
    for (const number of work.tx.find('numbers', 'user', userId)) {
      work.tx.put('numbers', number.number, toReserved(work, number, primaryEmail(user)))
    }
    work.tx.delete('users', userId)
    work.log(companyId, {
      action: 'user_permanently_deleted',
      note: `${primaryEmail(user)} permanently deleted`,
      target: userTarget(user),
    })
    work.note(primaryEmail(user), `User ${primaryEmail(user)} permanently deleted`, { type: 'user', id: userId })
    return user
  })
}

/**
 * Restore somebody from Deleted Users: active again (pending, if they never accepted their invitation), with the seat and the number that was on hold.
 *
 * @throws {DialpadRefusal} `not-found`; `gone` after 72 hours; `duplicate-email` when the address was given to somebody else
 * meanwhile; `no-licence-left`.
 */
export function restoreUser(system: DialpadSystem, actor: Actor, userId: string): Promise<DialpadUser> {
  return act(system, actor, (work) => {
    const { tx } = work
    const user = tx.get('users', userId)
    if (user === undefined || user.state !== 'deleted') throw notFound('User', userId)
    if (!isRestorable(user, work.nowMs)) {
      throw new DialpadRefusal({
        code: 'gone',
        status: 404,
        message: `${primaryEmail(user)} was deleted more than 72 hours ago and cannot be restored`,
      })
    }
    const company = companyOf(tx, user.companyId)
    requireUsableEmail(tx, company, primaryEmail(user), userId)
    const office = officeOf(tx, company, user.officeId)
    reserveSeat(work, company, office, user.licence)
    const { deletedAt: _, wasPending, ...kept } = user
    const state = wasPending ? 'pending' : 'active'
    const restored: DialpadUser = { ...kept, state, version: user.version + 1, modifiedAt: work.now }
    tx.put('users', userId, restored)
    takeBackNumbers(work, restored)
    giveNumber(work, restored, office)
    work.log(company.id, {
      action: 'user_restored',
      note: `${primaryEmail(user)} restored`,
      target: userTarget(restored),
    })
    work.note(primaryEmail(user), `User ${primaryEmail(user)} restored`, {
      type: 'user',
      id: userId,
      after: userInWords(tx, restored),
    })
    return restored
  })
}
