import { isDeepStrictEqual } from 'node:util'
import { digitsOf, nextIdSeed } from '#kit/ids.ts'
import type { Reader } from '#kit/store/store.ts'
import type { Actor } from '../domain/change-log.ts'
import { DESCRIPTION_LENGTH, departmentTarget, isHours, NAME_LENGTH, RING_SECONDS } from '../domain/departments.ts'
import { present } from '../domain/present.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import type { Company, Department, DialpadShape, LineSettings } from '../records.ts'
import { takeAllNumbers } from './numbers.ts'
import { removeAllOperators } from './operators.ts'
import { officeOf } from './place-users.ts'
import { companyOf } from './user-checks.ts'
import { act, type DialpadSystem } from './work.ts'

/** Dialpad departments (reference sheet 3.10, 4.5): lines of an office. Nothing a directory sends makes or changes one. */

export interface NewDepartment {
  readonly companyId: string
  readonly officeId: string
  readonly name: string
  readonly line: LineSettings
}

export interface DepartmentChange {
  readonly name?: string
  /** Members that are given replace the ones there are; hours, day by day. */
  readonly line?: LineSettings
}

/** @throws {DialpadRefusal} `not-found` for the office, `invalid-value`. */
export function createDepartment(system: DialpadSystem, actor: Actor, input: NewDepartment): Promise<Department> {
  return act(system, actor, (work) => {
    const { tx } = work
    const company = companyOf(tx, input.companyId)
    const office = officeOf(tx, company, input.officeId)
    const department: Department = {
      id: digitsOf(nextIdSeed(tx)),
      companyId: company.id,
      officeId: office.id,
      name: checkedName(input.name),
      line: checkedLine(input.line),
      createdAt: work.now,
    }
    tx.put('departments', department.id, department)
    work.log(company.id, {
      action: 'department_created',
      note: `Department ${department.name} created in ${office.name}`,
      target: departmentTarget(department),
    })
    work.note(department.name, `Department ${department.name} created in ${office.name}`, {
      type: 'department',
      id: department.id,
      after: { name: department.name, office: office.name },
    })
    return department
  })
}

/** Without a difference nothing is written. @throws {DialpadRefusal} `not-found`, `invalid-value`. */
export function updateDepartment(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  departmentId: string,
  change: DepartmentChange,
): Promise<Department> {
  return act(system, actor, (work) => {
    const before = departmentOf(work.tx, companyOf(work.tx, companyId), departmentId)
    const after: Department = {
      ...before,
      name: change.name === undefined ? before.name : checkedName(change.name),
      line: change.line === undefined ? before.line : checkedLine(mergeLine(before.line, change.line)),
    }
    if (isDeepStrictEqual(before, after)) return before
    work.tx.put('departments', departmentId, after)
    const note = before.name === after.name ? 'Settings changed' : `Renamed from ${before.name} to ${after.name}`
    work.log(companyId, { action: 'department_updated', note, target: departmentTarget(after) })
    work.note(after.name, `Department ${after.name} updated`, {
      type: 'department',
      id: departmentId,
      before: { name: before.name },
      after: { name: after.name },
    })
    return after
  })
}

/** Its numbers go to the Reserved Numbers, its operators stay what they are elsewhere. @throws {DialpadRefusal} `not-found`. */
export function deleteDepartment(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  departmentId: string,
): Promise<Department> {
  return act(system, actor, (work) => {
    const company = companyOf(work.tx, companyId)
    const department = departmentOf(work.tx, company, departmentId)
    takeAllNumbers(work, company, { type: 'department', id: departmentId })
    removeAllOperators(work, departmentId)
    work.tx.delete('departments', departmentId)
    work.log(companyId, {
      action: 'department_deleted',
      note: `Department ${department.name} deleted`,
      target: departmentTarget(department),
    })
    work.note(department.name, `Department ${department.name} deleted`, {
      type: 'department',
      id: departmentId,
      before: { name: department.name },
    })
    return department
  })
}

/** A department of the company. @throws {DialpadRefusal} `not-found`. */
export function departmentOf(reader: Reader<DialpadShape>, company: Company, departmentId: string): Department {
  const department = reader.get('departments', departmentId)
  if (department === undefined || department.companyId !== company.id) throw notFound('Department', departmentId)
  return department
}

/** The settings after a change; absent members stay. */
export function mergeLine(before: LineSettings, change: LineSettings): LineSettings {
  const hours = change.hours === undefined ? before.hours : { ...before.hours, ...change.hours }
  return { ...before, ...change, ...present({ hours }) }
}

/** @throws {DialpadRefusal} `invalid-value` for what no line can be set to. */
export function checkedLine(line: LineSettings): LineSettings {
  if ((line.description ?? '').length > DESCRIPTION_LENGTH) {
    throw invalid('group_description', `The description can have ${DESCRIPTION_LENGTH} characters at most`)
  }
  const { ringSeconds } = line
  if (ringSeconds !== undefined && !(ringSeconds >= RING_SECONDS.least && ringSeconds <= RING_SECONDS.most)) {
    throw invalid('ring_seconds', `Choose from ${RING_SECONDS.least} to ${RING_SECONDS.most} seconds`)
  }
  for (const [day, times] of Object.entries(line.hours ?? {})) {
    if (!isHours(times))
      throw invalid(`${day}_hours`, 'Give opening and closing times in turn, such as 08:00 and 18:00')
  }
  return line
}

function checkedName(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > NAME_LENGTH) throw invalid('name', `Give a name of 1 to ${NAME_LENGTH} characters`)
  return name
}

function invalid(field: string, message: string): DialpadRefusal {
  return new DialpadRefusal({ code: 'invalid-value', status: 400, scimType: 'invalidValue', field, message })
}
