import type { Actor } from '../domain/change-log.ts'
import { licenceOf } from '../domain/licences.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import type { DialpadUser, UserLine } from '../records.ts'
import { giveNumber, numbersOf, returnNumbers } from './assign-numbers.ts'
import { arrangeNumbers } from './numbers.ts'
import { officeOf } from './place-users.ts'
import { changeUser, type UserChange } from './update-user.ts'
import { companyOf, presentUser } from './user-checks.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

/** What the REST API does to people beyond what a directory can (reference sheet 4.4): numbers never come by themselves. */

export interface UserPatch extends Omit<UserChange, 'line' | 'withNumber' | 'placement'> {
  /** Moves the person. Into another country only somebody without numbers can be moved this way. */
  readonly officeId?: string
  /** The numbers to keep, in order. */
  readonly numbers?: readonly string[]
  /** `false`: numbers go to the reserve when the licence becomes one that brings none. Default: they stay. */
  readonly keepNumbers?: boolean
  /** Members that are given replace the ones there are; `null` removes. */
  readonly line?: LineChange
}

export type LineChange = { readonly [K in keyof UserLine]?: UserLine[K] | null }

/**
 * Change a person of the company, all of it or nothing.
 *
 * @throws {DialpadRefusal} as `updateUser`; `number-not-assigned`; `numbers-in-the-way` for a move into another country.
 */
export function patchUser(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  userId: string,
  patch: UserPatch,
): Promise<DialpadUser> {
  return act(system, actor, (work) => {
    const before = ownUser(work, companyId, userId)
    const { officeId, numbers, keepNumbers, line, ...change } = patch
    if (numbers !== undefined) arrangeNumbers(work, before, numbers)
    if (officeId !== undefined) requireNoNumbersAbroad(work, before, officeId)
    const after = changeUser(work, userId, {
      ...change,
      ...(officeId === undefined ? {} : { placement: { kind: 'office', officeId } }),
      ...(line === undefined ? {} : { line: changedLine(before.line, line) }),
      withNumber: false,
    })
    if (keepNumbers === false && before.licence !== after.licence && !licenceOf(after.licence).directNumber) {
      returnNumbers(work, after)
    }
    return work.tx.get('users', userId) ?? after
  })
}

/** Change nothing but the settings of somebody's line. @throws {DialpadRefusal} `not-found`. */
export function setUserLine(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  userId: string,
  line: LineChange,
): Promise<DialpadUser> {
  return patchUser(system, actor, companyId, userId, { line })
}

/**
 * Move a person to another office. Between countries their numbers go to the old office's reserve, and a new one is assigned;
 * otherwise the numbers come along.
 *
 * @throws {DialpadRefusal} `not-found`, `no-licence-left`.
 */
export function moveUser(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  userId: string,
  officeId: string,
): Promise<DialpadUser> {
  return act(system, actor, (work) => {
    const before = ownUser(work, companyId, userId)
    const company = companyOf(work.tx, companyId)
    const isAbroad =
      officeOf(work.tx, company, before.officeId).country !== officeOf(work.tx, company, officeId).country
    if (isAbroad) returnNumbers(work, before)
    const after = changeUser(work, userId, { placement: { kind: 'office', officeId }, withNumber: false })
    if (isAbroad) giveNumber(work, after, officeOf(work.tx, company, officeId))
    return after
  })
}

function ownUser(work: Work, companyId: string, userId: string): DialpadUser {
  const user = presentUser(work.tx, userId)
  if (user.companyId !== companyId) throw notFound('User', userId)
  return user
}

function requireNoNumbersAbroad(work: Work, user: DialpadUser, officeId: string): void {
  const company = companyOf(work.tx, user.companyId)
  const [from, to] = [officeOf(work.tx, company, user.officeId), officeOf(work.tx, company, officeId)]
  if (from.country === to.country || numbersOf(work.tx, user.id).length === 0) return
  throw new DialpadRefusal({
    code: 'numbers-in-the-way',
    status: 400,
    field: 'office_id',
    message: `Office ${to.name} is in another country: unassign the user's phone numbers first, or use move_office`,
  })
}

/** Without any setting the member is absent. */
function changedLine(before: UserLine | undefined, change: LineChange): UserLine {
  return Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([, value]) => value !== null && value !== undefined),
  )
}
