import type { Actor } from '../domain/change-log.ts'
import { licenceOf } from '../domain/licences.ts'
import { notFound } from '../domain/refusal.ts'
import type { DialpadUser, LicenceType } from '../records.ts'
import { returnNumbers } from './assign-numbers.ts'
import { changeUser } from './update-user.ts'
import { presentUser } from './user-checks.ts'
import { act, type DialpadSystem } from './work.ts'

/**
 * Give somebody another licence in their office. One that comes without a direct number (Support) sends theirs to the Reserved
 * Numbers; one that comes with a number brings one (reference sheet 1.6, 1.8).
 *
 * @throws {DialpadRefusal} `not-found`, `no-licence-left`.
 */
export function changeLicence(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  userId: string,
  licence: LicenceType,
): Promise<DialpadUser> {
  return act(system, actor, (work) => {
    const before = presentUser(work.tx, userId)
    if (before.companyId !== companyId) throw notFound('User', userId)
    const after = changeUser(work, userId, { licence })
    if (after !== before && !licenceOf(licence).directNumber) returnNumbers(work, after)
    return after
  })
}
