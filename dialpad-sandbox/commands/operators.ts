import type { Reader } from '#kit/store/store.ts'
import type { Actor, ChangeLine } from '../domain/change-log.ts'
import { departmentTarget, MOST_OPERATORS } from '../domain/departments.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import { displayName, holdsSeat } from '../domain/user-states.ts'
import type { Company, DialpadShape, DialpadUser, GroupRef, Operator } from '../records.ts'
import { officeOf } from './place-users.ts'
import { companyOf, presentUser } from './user-checks.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

/** Who answers the main line of an office or a department (reference sheet 3.10, 4.5). */

/** The people who can take calls of the group at present: suspended ones stay on the list and are not shown. */
export function operatorsOf(reader: Reader<DialpadShape>, groupId: string): readonly DialpadUser[] {
  return reader.find('operators', 'group', groupId).flatMap(({ userId }) => {
    const user = reader.get('users', userId)
    return user !== undefined && holdsSeat(user.state) ? [user] : []
  })
}

/** The groups somebody is an operator of. */
export function operatorshipsOf(reader: Reader<DialpadShape>, userId: string): readonly Operator[] {
  return reader.find('operators', 'user', userId)
}

/**
 * Make somebody an operator; again with another role changes the role.
 *
 * @throws {DialpadRefusal} `not-found`; `invalid-value` for somebody without a seat; `too-many-operators` (departments).
 */
export function addOperator(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  group: GroupRef,
  userId: string,
  role: Operator['role'],
): Promise<DialpadUser> {
  return act(system, actor, (work) => {
    const { tx } = work
    const target = groupTarget(tx, companyOf(tx, companyId), group)
    const user = companyUser(work, companyId, userId)
    if (!holdsSeat(user.state)) {
      throw new DialpadRefusal({
        code: 'invalid-value',
        status: 400,
        field: 'operator_id',
        message: `${displayName(user)} is suspended and cannot be an operator`,
      })
    }
    const key = `${group.id}/${userId}`
    const before = tx.get('operators', key)
    if (before?.role === role) return user
    if (
      before === undefined &&
      group.type === 'department' &&
      tx.count('operators', 'group', group.id) >= MOST_OPERATORS
    ) {
      throw new DialpadRefusal({
        code: 'too-many-operators',
        status: 400,
        field: 'operator_id',
        message: `A department can have ${MOST_OPERATORS} operators at most`,
      })
    }
    tx.put('operators', key, { ...before, groupType: group.type, groupId: group.id, userId, role })
    const note = `${displayName(user)} added as ${role}`
    work.log(companyId, { action: 'operator_added', note, target, additionalData: { user_id: userId } })
    work.note(target.name, `${target.name}: ${note}`, {
      type: group.type,
      id: group.id,
      after: { operator: userId, role },
    })
    return user
  })
}

/** @throws {DialpadRefusal} `not-found`, also for somebody who is no operator of the group. */
export function removeOperator(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  group: GroupRef,
  userId: string,
): Promise<DialpadUser> {
  return act(system, actor, (work) => {
    const target = groupTarget(work.tx, companyOf(work.tx, companyId), group)
    const user = companyUser(work, companyId, userId)
    if (!work.tx.delete('operators', `${group.id}/${userId}`)) throw notFound('Operator', userId)
    const note = `${displayName(user)} removed`
    work.log(companyId, { action: 'operator_removed', note, target, additionalData: { user_id: userId } })
    work.note(target.name, `${target.name}: ${note}`, { type: group.type, id: group.id, before: { operator: userId } })
    return user
  })
}

/** Part of deleting a group. */
export function removeAllOperators(work: Work, groupId: string): void {
  for (const { userId } of work.tx.find('operators', 'group', groupId)) {
    work.tx.delete('operators', `${groupId}/${userId}`)
  }
}

/** "Do not disturb" of somebody for the calls of one group. @throws {DialpadRefusal} `not-found` when they are no operator of it. */
export function setGroupDoNotDisturb(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  group: GroupRef,
  userId: string,
  doNotDisturb: boolean,
): Promise<void> {
  return act(system, actor, (work) => {
    const target = groupTarget(work.tx, companyOf(work.tx, companyId), group)
    const key = `${group.id}/${userId}`
    const operator = work.tx.get('operators', key)
    if (operator === undefined) throw notFound('Operator', userId)
    if ((operator.doNotDisturb ?? false) === doNotDisturb) return
    work.tx.put('operators', key, { ...operator, doNotDisturb })
    const user = companyUser(work, companyId, userId)
    const note = `${displayName(user)}: do not disturb ${doNotDisturb ? 'on' : 'off'}`
    work.log(companyId, { action: 'line_settings_changed', note, target, additionalData: { user_id: userId } })
    work.note(target.name, `${target.name}: ${note}`, {
      type: group.type,
      id: group.id,
      after: { userId, doNotDisturb },
    })
  })
}

/** A group of the company as change-log lines name it. @throws {DialpadRefusal} `not-found`. */
export function groupTarget(reader: Reader<DialpadShape>, company: Company, group: GroupRef): ChangeLine['target'] {
  if (group.type === 'office') {
    const office = officeOf(reader, company, group.id)
    return { type: 'office', id: office.id, name: office.name }
  }
  const department = reader.get('departments', group.id)
  if (department === undefined || department.companyId !== company.id) throw notFound('Department', group.id)
  return departmentTarget(department)
}

function companyUser(work: Work, companyId: string, userId: string): DialpadUser {
  const user = presentUser(work.tx, userId)
  if (user.companyId !== companyId) throw notFound('User', userId)
  return user
}
