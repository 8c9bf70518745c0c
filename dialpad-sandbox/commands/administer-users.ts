import type { Actor } from '../domain/change-log.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import { holdsSeat } from '../domain/user-states.ts'
import type { DialpadUser } from '../records.ts'
import { removeUser } from './delete-user.ts'
import { addRemoval } from './licences.ts'
import { changeUser } from './update-user.ts'
import { presentUser } from './user-checks.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

/** What an administrator of the portal does to people, one or several (reference sheet 3.5). */

/**
 * Delete somebody and keep the licence for the next one, or have it removed at the next billing date.
 *
 * @throws {DialpadRefusal} as `deleteUser`; `not-found` for somebody of another company.
 */
export function deleteUserWithLicence(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  userId: string,
  licence: 'keep' | 'remove',
): Promise<DialpadUser> {
  return act(system, actor, (work) => {
    const user = companyUser(work, companyId, userId)
    const deleted = removeUser(work, userId)
    if (licence === 'remove' && holdsSeat(user.state)) {
      const office = work.tx.get('offices', user.officeId)
      if (office !== undefined && office.seats[user.licence] !== null) {
        addRemoval(work, { companyId, officeId: office.id, licence: user.licence, quantity: 1 })
      }
    }
    return deleted
  }).finally(() => system.schedule.touch())
}

/**
 * Make somebody Office Admin of an office, or no longer.
 *
 * @throws {DialpadRefusal} `not-found`; `invalid-value` for somebody without a seat.
 */
export function setOfficeAdmin(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  officeId: string,
  userId: string,
  isAdmin: boolean,
): Promise<DialpadUser> {
  return act(system, actor, (work) => {
    const user = companyUser(work, companyId, userId)
    if (isAdmin && !holdsSeat(user.state)) {
      throw new DialpadRefusal({
        code: 'invalid-value',
        status: 400,
        field: 'userId',
        message: `${user.emails[0] ?? user.id} is suspended and cannot administer an office`,
      })
    }
    const others = (user.officeAdminOf ?? []).filter((id) => id !== officeId)
    return changeUser(work, userId, { officeAdminOf: isAdmin ? [...others, officeId] : others })
  })
}

function companyUser(work: Work, companyId: string, userId: string): DialpadUser {
  const user = presentUser(work.tx, userId)
  if (user.companyId !== companyId) throw notFound('User', userId)
  return user
}
