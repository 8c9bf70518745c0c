import { hashPassword } from '#kit/secrets.ts'
import { displayNameOf } from '../assignments/settle.ts'
import type { OktaUser } from '../collections.ts'
import { passwordProblem } from '../sign-in/password-policy.ts'
import { endSessionsOf } from '../sign-in/session.ts'
import { recordEvent, userTarget } from '../system-log/record-event.ts'
import { type CommandDeps, logActorOf } from './actor.ts'
import { inOwnChange } from './in-change.ts'
import { knownUser } from './known.ts'
import { keepPassword } from './people.ts'
import { invalid } from './refusal.ts'

/** What people do to their own account on their way in. */

/** A sign-in that did not succeed, for the System Log. */
export async function noteFailedSignIn(
  { system: { store, clock } }: CommandDeps,
  { user, reason }: { readonly user: OktaUser; readonly reason: string },
): Promise<void> {
  await store.transact((tx) => {
    const actor = logActorOf(tx, user.id)
    recordEvent(tx, clock, { eventType: 'user.session.start', actor, target: [userTarget(user)], failure: reason })
  })
}

/**
 * Choose the new password that is asked for: the person is active, earlier sessions are over.
 * @throws {OktaRefusal} E0000001 for one the policy does not take, E0000007, E0000038.
 */
export async function chooseOwnPassword(
  deps: CommandDeps,
  { userId, password }: { readonly userId: string; readonly password: string },
): Promise<OktaUser> {
  const problem = passwordProblem(password, knownUser(deps.system.store, userId).profile.login)
  if (problem !== undefined) throw invalid('password', problem)
  const passwordHash = await hashPassword(password)
  return inOwnChange(
    deps,
    userId,
    (change) => {
      endSessionsOf(change.tx, userId)
      return keepPassword(deps, change, userId, password, passwordHash)
    },
    (user) => ({
      title: `${displayNameOf(user)} chose a new password`,
      subject: user.profile.login,
      change: { type: 'user', id: user.id },
    }),
  )
}

/** End one session. @returns whether there was such a session. */
export function endSession({ system }: CommandDeps, key: string): Promise<boolean> {
  return system.store.transact((tx) => tx.delete('kitSessions', key))
}

/** A session begins its idle time anew. */
export async function refreshSession(
  { system: { store, clock } }: CommandDeps,
  { key, idleMinutes }: { readonly key: string; readonly idleMinutes: number },
): Promise<void> {
  const expiresAt = new Date(clock.now() + idleMinutes * 60_000).toISOString()
  await store.transact((tx) => {
    const session = tx.get('kitSessions', key)
    if (session !== undefined) tx.put('kitSessions', key, { ...session, expiresAt })
  })
}
