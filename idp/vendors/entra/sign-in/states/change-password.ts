import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { DirectoryRefusal } from '#idp/core/directory/refusal.ts'
import { liveUser, updateUser } from '#idp/core/directory/users.ts'
import { hashPassword } from '#kit/secrets.ts'
import { auditUser } from '../../audit/audit-directory.ts'
import type { EntraSystem } from '../../collections.ts'
import { standingOf } from '../../commands/actor.ts'
import { checkNewPassword } from '../../commands/passwords.ts'
import { tenantFacts } from '../../commands/users.ts'
import { checkPassword } from '../check-password.ts'

/** What was typed. */
export interface PasswordChange {
  readonly current: string
  readonly next: string
  readonly repeated: string
}

export type PasswordChangeOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'refused'; readonly field: 'current' | 'next' | 'repeated'; readonly problem: string }

/**
 * Give oneself a new password at sign-in. The old one is checked again and refused as the new one; whatever the person was signed in to
 * ends, since sessions and tokens are bound to the password.
 */
export async function changeOwnPassword(
  system: EntraSystem,
  user: DirectoryUser,
  typed: PasswordChange,
): Promise<PasswordChangeOutcome> {
  const refuse = (field: 'current' | 'next' | 'repeated', problem: string): PasswordChangeOutcome => ({
    kind: 'refused',
    field,
    problem,
  })
  if (typed.next !== typed.repeated) return refuse('repeated', "Passwords don't match.")
  try {
    checkNewPassword(typed.next)
  } catch (error) {
    if (error instanceof DirectoryRefusal) return refuse('next', error.message)
    throw error
  }
  const outcome = await checkPassword(system, user.userPrincipalName, typed.current)
  if (outcome.kind === 'refused') {
    return refuse('current', `Your current password is incorrect. (AADSTS${outcome.code})`)
  }
  if (typed.next === typed.current) {
    return refuse('next', 'Choose a password that is different from your current one.')
  }
  const passwordHash = await hashPassword(typed.next)
  await system.store.transact((tx) => {
    const standing = standingOf(tx, { kind: 'person', userId: user.id })
    const facts = tenantFacts(standing.tenant)
    liveUser(tx, facts.id, user.id)
    const changed = updateUser(tx, facts, user.id, { passwordHash, forceChangePasswordNextSignIn: null })
    auditUser(tx, system.clock, standing, 'Change user password', changed)
  })
  system.journal.record({
    kind: 'state',
    title: `${user.displayName} changed their password`,
    subject: user.userPrincipalName,
  })
  return { kind: 'changed' }
}
