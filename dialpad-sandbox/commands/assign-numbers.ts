import type { Reader } from '#kit/store/store.ts'
import { userTarget } from '../domain/change-log.ts'
import { licenceOf } from '../domain/licences.ts'
import { numberInArea, numberStatus } from '../domain/numbers.ts'
import type { DialpadShape, DialpadUser, Office, PhoneNumber } from '../records.ts'
import type { Work } from './work.ts'

/** Direct numbers as they come and go with people (reference sheet 1.8, 1.9). Parts of commands: they run inside a {@link Work}. */

/** Held numbers looked at when the reserved pool is empty; they are filed oldest first, so the first ones run out first. */
const HELD_LOOKED_AT = 20

/** The numbers a person has at present, the primary one first. */
export function numbersOf(reader: Reader<DialpadShape>, userId: string): readonly PhoneNumber[] {
  return inOrder(reader.find('numbers', 'user', userId).filter((number) => number.status === 'assigned'))
}

/** Numbers of one owner, the primary one first. */
export function inOrder(numbers: readonly PhoneNumber[]): readonly PhoneNumber[] {
  return numbers.length < 2 ? numbers : [...numbers].sort((one, other) => (one.position ?? 0) - (other.position ?? 0))
}

/**
 * Give a person their direct number: from the office's reserved pool, else the next free one of the office's area code. Nothing
 * happens when the licence brings none or they have one; when none is to be had the person stays without and the log says so.
 */
export function giveNumber(work: Work, user: DialpadUser, office: Office): void {
  if (!licenceOf(user.licence).directNumber || numbersOf(work.tx, user.id).length > 0) return
  const reserved = reservedNumber(work, office.id)
  const number = reserved?.number ?? nextFreeNumber(work, office.country, office.areaCode)
  if (number === undefined) {
    work.log(office.companyId, {
      action: 'no_number_available',
      note: `No number available in area code ${office.areaCode}: created without one`,
      target: userTarget(user),
    })
    return
  }
  work.tx.put('numbers', number, {
    number,
    companyId: office.companyId,
    officeId: office.id,
    areaCode: reserved?.areaCode ?? office.areaCode,
    status: 'assigned',
    userId: user.id,
    since: work.now,
  })
  work.log(office.companyId, {
    action: 'number_assigned',
    note: `${number} assigned from ${reserved === undefined ? `area code ${office.areaCode}` : 'the reserved numbers'}`,
    target: userTarget(user),
    additionalData: { number },
  })
}

/** On deletion: on hold for 72 hours; the number of somebody who never accepted the invitation is destroyed at once. */
export function holdNumbers(work: Work, user: DialpadUser): void {
  for (const number of numbersOf(work.tx, user.id)) {
    if (user.state === 'pending') work.tx.delete('numbers', number.number)
    else
      work.tx.put('numbers', number.number, {
        ...number,
        status: 'hold',
        lastOwner: user.emails[0] ?? '',
        since: work.now,
      })
    work.log(user.companyId, {
      action: 'number_released',
      note: user.state === 'pending' ? `${number.number} released` : `${number.number} on hold for 72 hours`,
      target: userTarget(user),
      additionalData: { number: number.number },
    })
  }
}

/** On a move to an office in another country: straight back to the old office's Reserved Numbers. */
export function returnNumbers(work: Work, user: DialpadUser): void {
  for (const number of numbersOf(work.tx, user.id)) {
    work.tx.put('numbers', number.number, toReserved(work, number, user.emails[0] ?? ''))
    work.log(user.companyId, {
      action: 'number_released',
      note: `${number.number} returned to the reserved numbers`,
      target: userTarget(user),
      additionalData: { number: number.number },
    })
  }
}

/** On restoring a deleted person: numbers still on hold for them are theirs again. */
export function takeBackNumbers(work: Work, user: DialpadUser): void {
  for (const number of work.tx.find('numbers', 'user', user.id)) {
    if (numberStatus(number, work.nowMs) !== 'hold') continue
    const { lastOwner: _, ...kept } = number
    work.tx.put('numbers', number.number, { ...kept, status: 'assigned', since: work.now })
  }
}

/** The number as it lies among the Reserved Numbers of its office. */
export function toReserved(work: Work, number: PhoneNumber, lastOwner: string): PhoneNumber {
  const { userId: _user, target: _target, position: _position, ...kept } = number
  return { ...kept, status: 'reserved', lastOwner, since: work.now }
}

/** The next of an office's Reserved Numbers; one whose hold has run out counts as reserved. */
export function reservedNumber(work: Work, officeId: string): PhoneNumber | undefined {
  for (const key of work.tx.findKeys('numbers', 'pool', officeId)) return work.tx.get('numbers', key)
  let looked = 0
  for (const key of work.tx.findKeys('numbers', 'hold', officeId)) {
    const number = work.tx.get('numbers', key)
    if (number !== undefined && numberStatus(number, work.nowMs) === 'reserved') return number
    looked += 1
    if (looked === HELD_LOOKED_AT) return undefined
  }
  return undefined
}

/** Numbers are given out in ascending order, so the count of the area's numbers is the place to look first. */
export function nextFreeNumber(work: Work, country: string, areaCode: string): string | undefined {
  for (let index = work.tx.count('numbers', 'area', areaCode); ; index += 1) {
    const number = numberInArea(country, areaCode, index)
    if (number === undefined || !work.tx.has('numbers', number)) return number
  }
}
