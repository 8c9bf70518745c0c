import type { Reader } from '#kit/store/store.ts'
import type { Actor } from '../domain/change-log.ts'
import { userTarget } from '../domain/change-log.ts'
import { isAreaCode, numberStatus } from '../domain/numbers.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import type { ChangeLogEntry, Company, DialpadShape, DialpadUser, GroupRef, Office, PhoneNumber } from '../records.ts'
import { inOrder, nextFreeNumber, numbersOf, reservedNumber, toReserved } from './assign-numbers.ts'
import { officeOf } from './place-users.ts'
import { companyOf, presentUser } from './user-checks.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

/**
 * Numbers as an administrator moves them about (reference sheet 3.7, 4.4, 4.5): assign, unassign, swap, put in order. The
 * numbers that come and go with people are in `assign-numbers.ts`.
 */

/** Whom a number rings at. */
export type NumberTarget = { readonly type: 'user'; readonly id: string } | GroupRef

export interface NumberWish {
  /** E.164, of the company's Reserved Numbers. */
  readonly number?: string | undefined
  /** For a new number, when there is none in reserve. */
  readonly areaCode?: string | undefined
  /** `true`: a new number, whatever lies in reserve. */
  readonly fresh?: boolean | undefined
  /** Default: it becomes the first one. */
  readonly primary?: boolean | undefined
}

/** The numbers of a person, an office's main line or a department, the primary one first. */
export function numbersOfTarget(reader: Reader<DialpadShape>, target: NumberTarget): readonly PhoneNumber[] {
  if (target.type === 'user') return numbersOf(reader, target.id)
  return inOrder(reader.find('numbers', 'target', `${target.type}/${target.id}`))
}

/**
 * Assign a number: the one that is named, else one of the Reserved Numbers, else a new one of the area code that is named, else of
 * the office's.
 *
 * @throws {DialpadRefusal} `not-found` for the target; `number-not-available` for a number that is not in reserve (409 when
 * somebody has it), or when there is none to be had; `invalid-value` for the area code.
 */
export function assignNumber(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  target: NumberTarget,
  wish: NumberWish,
): Promise<PhoneNumber> {
  return act(system, actor, (work) => addNumber(work, companyOf(work.tx, companyId), target, wish))
}

/** {@link assignNumber} inside a transaction that is open already. */
export function addNumber(work: Work, company: Company, target: NumberTarget, wish: NumberWish): PhoneNumber {
  const { office } = ownerOf(work.tx, company, target)
  const found =
    wish.number !== undefined
      ? namedNumber(work, company, wish.number)
      : wish.fresh === true
        ? newNumber(work, office, wish.areaCode ?? office.areaCode)
        : anyNumber(work, office, wish.areaCode)
  return giveNumberTo(work, company, target, found, wish.primary !== false)
}

function giveNumberTo(
  work: Work,
  company: Company,
  target: NumberTarget,
  found: PhoneNumber,
  primary: boolean,
): PhoneNumber {
  const owner = ownerOf(work.tx, company, target)
  const present = numbersOfTarget(work.tx, target)
  const positions = present.map((number) => number.position ?? 0)
  const { userId: _user, target: _target, lastOwner: _owner, ...kept } = found
  const assigned: PhoneNumber = {
    ...kept,
    officeId: owner.office.id,
    status: 'assigned',
    ...(target.type === 'user' ? { userId: target.id } : { target }),
    ...(present.length === 0 ? {} : { position: primary ? Math.min(...positions) - 1 : Math.max(...positions) + 1 }),
    since: work.now,
  }
  work.tx.put('numbers', assigned.number, assigned)
  touched(work, owner)
  work.log(company.id, {
    action: 'number_assigned',
    note: `${assigned.number} assigned`,
    target: owner.named,
    additionalData: { number: assigned.number },
  })
  work.note(owner.named.name, `${assigned.number} assigned to ${owner.named.name}`, change(assigned, 'assigned'))
  return assigned
}

/** What became of a number that was taken away. `released`: it is the company's no more. */
export interface Unassigned {
  readonly number: PhoneNumber
  readonly released: boolean
}

/**
 * Take a number away from whoever has it: back to the Reserved Numbers, or, with `release`, out of the company altogether, which
 * also goes for a number in reserve.
 *
 * @param from When given, the number must be theirs.
 * @throws {DialpadRefusal} `not-found`; `number-not-assigned`.
 */
export function unassignNumber(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  number: string,
  { from, release = false }: { readonly from?: NumberTarget; readonly release?: boolean } = {},
): Promise<Unassigned> {
  return act(system, actor, (work) => {
    const company = companyOf(work.tx, companyId)
    if (from !== undefined) ownerOf(work.tx, company, from)
    const found = ownNumber(work.tx, company, number)
    const target = targetOfNumber(found)
    const isTheirs =
      target !== undefined && (from === undefined || (from.type === target.type && from.id === target.id))
    if (!isTheirs && !(release && from === undefined && target === undefined)) {
      throw new DialpadRefusal({
        code: 'number-not-assigned',
        status: 400,
        field: 'number',
        message:
          from === undefined ? `${number} is not assigned` : `${number} is not assigned to ${from.type} ${from.id}`,
      })
    }
    return takeNumber(work, company, found, release)
  })
}

/** Which number replaces the primary one. */
export type Swap =
  | { readonly kind: 'provided'; readonly number: string }
  | { readonly kind: 'area-code'; readonly areaCode: string }
  /** One of the Reserved Numbers, else a new one of the office's area code. */
  | { readonly kind: 'auto' }

/** Replace the primary number; the old one goes to the Reserved Numbers. @throws {DialpadRefusal} as {@link assignNumber}, `number-not-assigned`. */
export function swapNumber(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  target: NumberTarget,
  swap: Swap,
): Promise<PhoneNumber> {
  return act(system, actor, (work) => {
    const company = companyOf(work.tx, companyId)
    const { office } = ownerOf(work.tx, company, target)
    const [old] = numbersOfTarget(work.tx, target)
    if (old === undefined) {
      throw new DialpadRefusal({
        code: 'number-not-assigned',
        status: 400,
        field: 'target',
        message: `${target.type} ${target.id} has no number to swap`,
      })
    }
    const fresh = giveNumberTo(work, company, target, replacementOf(work, company, office, swap), true)
    takeNumber(work, company, old, false)
    return fresh
  })
}

function replacementOf(work: Work, company: Company, office: Office, swap: Swap): PhoneNumber {
  switch (swap.kind) {
    case 'provided':
      return namedNumber(work, company, swap.number)
    case 'area-code':
      return newNumber(work, office, swap.areaCode)
    case 'auto':
      return anyNumber(work, office, undefined)
  }
}

/**
 * The numbers a person keeps, in this order; those left out go to the Reserved Numbers.
 *
 * @throws {DialpadRefusal} `number-not-assigned` for one that is not theirs: new ones are assigned, not written (sheet 4.4).
 */
export function arrangeNumbers(work: Work, user: DialpadUser, wanted: readonly string[]): void {
  const company = companyOf(work.tx, user.companyId)
  const present = numbersOf(work.tx, user.id)
  const stranger = wanted.find((number) => !present.some((own) => own.number === number))
  if (stranger !== undefined) {
    throw new DialpadRefusal({
      code: 'number-not-assigned',
      status: 400,
      field: 'phone_numbers',
      message: `${stranger} is not assigned to this user: phone_numbers can only re-order or remove numbers`,
    })
  }
  const order = [...new Set(wanted)]
  for (const number of present) if (!order.includes(number.number)) takeNumber(work, company, number, false)
  if (order.every((number, index) => present[index]?.number === number)) return
  order.forEach((key, position) => {
    const number = work.tx.get('numbers', key)
    if (number !== undefined) work.tx.put('numbers', key, { ...number, position })
  })
  touched(work, ownerOf(work.tx, company, { type: 'user', id: user.id }))
}

/** Most numbers that are reserved at once. */
export const MOST_RESERVED_AT_ONCE = 25

/**
 * Put new numbers of an area code among the Reserved Numbers of an office.
 *
 * @throws {DialpadRefusal} `not-found`; `invalid-value` for area code or count; `number-not-available` when the area is used up.
 */
export function reserveNewNumbers(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  officeId: string,
  { areaCode, count }: { readonly areaCode: string; readonly count: number },
): Promise<readonly PhoneNumber[]> {
  return act(system, actor, (work) => {
    const office = officeOf(work.tx, companyOf(work.tx, companyId), officeId)
    if (!(Number.isInteger(count) && count >= 1 && count <= MOST_RESERVED_AT_ONCE)) {
      throw new DialpadRefusal({
        code: 'invalid-value',
        status: 400,
        field: 'count',
        message: `Choose from 1 to ${MOST_RESERVED_AT_ONCE} numbers`,
      })
    }
    return Array.from({ length: count }, () => {
      const number = newNumber(work, office, areaCode)
      work.tx.put('numbers', number.number, number)
      work.log(companyId, {
        action: 'number_reserved',
        note: `${number.number} added to the reserved numbers`,
        target: { type: 'office', id: office.id, name: office.name },
        additionalData: { number: number.number },
      })
      work.note(
        office.name,
        `${number.number} added to the reserved numbers of ${office.name}`,
        change(number, 'reserved'),
      )
      return number
    })
  })
}

/** All numbers of a group that goes away, back to the Reserved Numbers. */
export function takeAllNumbers(work: Work, company: Company, target: NumberTarget): void {
  for (const number of numbersOfTarget(work.tx, target)) takeNumber(work, company, number, false)
}

/** Whose a number is at present; nobody's while in reserve or on hold. */
export function targetOfNumber(number: PhoneNumber): NumberTarget | undefined {
  if (number.status !== 'assigned') return undefined
  return number.target ?? (number.userId === undefined ? undefined : { type: 'user', id: number.userId })
}

/** A number of the company. @throws {DialpadRefusal} `not-found`. */
export function ownNumber(reader: Reader<DialpadShape>, company: Company, number: string): PhoneNumber {
  const found = reader.get('numbers', number)
  if (found === undefined || found.companyId !== company.id) throw notFound('Number', number)
  return found
}

interface Owner {
  readonly office: Office
  readonly named: ChangeLogEntry['target']
  readonly user?: DialpadUser
}

/** @throws {DialpadRefusal} `not-found` for what is none of the company's. */
function ownerOf(reader: Reader<DialpadShape>, company: Company, target: NumberTarget): Owner {
  switch (target.type) {
    case 'user': {
      const user = presentUser(reader, target.id)
      if (user.companyId !== company.id) throw notFound('User', target.id)
      return { office: officeOf(reader, company, user.officeId), named: userTarget(user), user }
    }
    case 'office': {
      const office = officeOf(reader, company, target.id)
      return { office, named: { type: 'office', id: office.id, name: office.name } }
    }
    case 'department': {
      const department = reader.get('departments', target.id)
      if (department === undefined || department.companyId !== company.id) throw notFound('Department', target.id)
      return {
        office: officeOf(reader, company, department.officeId),
        named: { type: 'department', id: department.id, name: department.name },
      }
    }
  }
}

function takeNumber(work: Work, company: Company, number: PhoneNumber, release: boolean): Unassigned {
  const target = targetOfNumber(number)
  const owner = target === undefined ? undefined : ownerOf(work.tx, company, target)
  const lastOwner =
    owner?.user === undefined ? (owner?.named.name ?? number.lastOwner ?? '') : (owner.user.emails[0] ?? '')
  const after = toReserved(work, number, lastOwner)
  if (release) work.tx.delete('numbers', number.number)
  else work.tx.put('numbers', number.number, after)
  if (owner !== undefined) touched(work, owner)
  const what = release ? 'released' : 'returned to the reserved numbers'
  work.log(company.id, {
    action: 'number_released',
    note: `${number.number} ${what}`,
    target: owner?.named ?? { type: 'company', id: company.id, name: company.name },
    additionalData: { number: number.number },
  })
  work.note(
    owner?.named.name ?? company.name,
    `${number.number} ${what}`,
    change(number, release ? 'released' : 'reserved'),
  )
  return { number: after, released: release }
}

function namedNumber(work: Work, company: Company, number: string): PhoneNumber {
  const found = work.tx.get('numbers', number)
  if (found === undefined || found.companyId !== company.id) {
    throw notAvailable(400, `${number} is not among the reserved numbers of the company`)
  }
  if (numberStatus(found, work.nowMs) !== 'reserved') throw notAvailable(409, `${number} is not available`)
  return found
}

/** Of the office's reserve, of another office's in the same country, else a new one. */
function anyNumber(work: Work, office: Office, areaCode: string | undefined): PhoneNumber {
  const others = work.tx
    .find('offices', 'company', office.companyId)
    .filter((other) => other.id !== office.id && other.country === office.country)
  for (const candidate of [office, ...others]) {
    const reserved = reservedNumber(work, candidate.id)
    if (reserved !== undefined) return reserved
  }
  return newNumber(work, office, areaCode ?? office.areaCode)
}

function newNumber(work: Work, office: Office, areaCode: string): PhoneNumber {
  if (!isAreaCode(office.country, areaCode)) {
    throw new DialpadRefusal({
      code: 'invalid-value',
      status: 400,
      field: 'area_code',
      message: `There are no numbers with area code "${areaCode}" in ${office.country}`,
    })
  }
  const number = nextFreeNumber(work, office.country, areaCode)
  if (number === undefined) throw notAvailable(400, `No number is available in area code ${areaCode}`)
  return {
    number,
    companyId: office.companyId,
    officeId: office.id,
    areaCode,
    status: 'reserved',
    since: work.now,
  }
}

/** A person whose numbers changed has changed for SCIM too, which shows them. */
function touched(work: Work, { user }: Owner): void {
  if (user === undefined) return
  const current = work.tx.get('users', user.id) ?? user
  work.tx.put('users', user.id, { ...current, version: current.version + 1, modifiedAt: work.now })
}

function notAvailable(status: 400 | 409, message: string): DialpadRefusal {
  return new DialpadRefusal({ code: 'number-not-available', status, field: 'number', message })
}

function change(number: PhoneNumber, status: string): { type: string; id: string; after: object } {
  return { type: 'number', id: number.number, after: { number: number.number, status } }
}
