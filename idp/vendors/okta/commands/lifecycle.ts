import type { OktaUser } from '../collections.ts'
import type { Actor, CommandDeps } from './actor.ts'
import { type PersonInput, requireStatus, transition, withStatus } from './people.ts'

/** Transitions scripts ask for beside those of the console (reference sheet 4.1, 6.3). */

/** The next sign-in asks for a new password; who is signed in stays so. @throws {OktaRefusal} E0000006, E0000007, E0000038. */
export function expirePassword(deps: CommandDeps, actor: Actor, input: PersonInput): Promise<OktaUser> {
  return transition(
    deps,
    actor,
    input,
    'told to change their password',
    'user.account.expire_password',
    (change, user) => {
      requireStatus(user, ['ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED'])
      return withStatus(change, user, 'PASSWORD_EXPIRED')
    },
  )
}

/** People have no second factors here: the reset is noted in the System Log. @throws {OktaRefusal} E0000006, E0000007, E0000038. */
export function resetFactors(deps: CommandDeps, actor: Actor, input: PersonInput): Promise<OktaUser> {
  return transition(deps, actor, input, 'freed of their factors', 'user.mfa.factor.reset_all', (_change, user) => {
    requireStatus(user, ['ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED', 'LOCKED_OUT', 'SUSPENDED', 'PROVISIONED'])
    return user
  })
}
