import { randomBytes } from 'node:crypto'
import { hashPassword } from '#kit/secrets.ts'
import { endSessionsOf } from '../sign-in/session.ts'
import { recordEvent, userTarget } from '../system-log/record-event.ts'
import { type Actor, type CommandDeps, mustAdminister } from './actor.ts'
import { notFound, OktaRefusal } from './refusal.ts'

/** Letters and digits that are not mistaken for each other. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/**
 * Give somebody a temporary password: their state becomes PASSWORD_EXPIRED, their sessions end, and the next sign-in asks for a
 * new one. The password is returned and kept nowhere. @throws {OktaRefusal} E0000006, E0000007, E0000038 in a state without password.
 */
export async function resetPassword(
  { system }: CommandDeps,
  actor: Actor,
  { userId }: { readonly userId: string },
): Promise<{ readonly temporaryPassword: string }> {
  const { store, clock } = system
  const letters = Array.from(randomBytes(12), (byte) => LETTERS[byte % LETTERS.length]).join('')
  const temporaryPassword = `${letters}aA1`
  const passwordHash = await hashPassword(temporaryPassword)
  await store.transact((tx) => {
    const by = mustAdminister(tx, actor, 'people')
    const user = tx.get('users', userId)
    if (user === undefined) throw notFound('User', userId)
    if (user.status !== 'ACTIVE' && user.status !== 'PASSWORD_EXPIRED' && user.status !== 'RECOVERY') {
      throw new OktaRefusal('E0000038', "This operation is not allowed in the user's current status.")
    }
    const now = clock.iso()
    tx.put('users', userId, {
      ...user,
      passwordHash,
      passwordChanged: now,
      status: 'PASSWORD_EXPIRED',
      statusChanged: now,
      lastUpdated: now,
    })
    tx.delete('signInGuards', userId)
    endSessionsOf(tx, userId)
    recordEvent(tx, clock, { eventType: 'user.account.reset_password', actor: by, target: [userTarget(user)] })
  })
  return { temporaryPassword }
}

/** End every session of a person. @returns how many. @throws {OktaRefusal} E0000006, E0000007. */
export async function clearSessions(
  { system }: CommandDeps,
  actor: Actor,
  { userId }: { readonly userId: string },
): Promise<number> {
  return system.store.transact((tx) => {
    const by = mustAdminister(tx, actor, 'people')
    const user = tx.get('users', userId)
    if (user === undefined) throw notFound('User', userId)
    const ended = endSessionsOf(tx, userId)
    recordEvent(tx, system.clock, { eventType: 'user.session.clear', actor: by, target: [userTarget(user)] })
    return ended
  })
}
