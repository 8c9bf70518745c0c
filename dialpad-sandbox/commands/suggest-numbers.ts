import type { Reader } from '#kit/store/store.ts'
import { numberInArea, numberStatus } from '../domain/numbers.ts'
import type { DialpadShape, Office } from '../records.ts'

/** A number for somebody who is about to be added: what would be given, without giving it. */
export interface NumberSuggestion {
  readonly number: string
  /** `false`: a new number of the office's area code. */
  readonly isReserved: boolean
}

/** The Reserved Numbers of an office that can be given out at this moment. */
export function availableNumbers(reader: Reader<DialpadShape>, officeId: string, nowMs: number): readonly string[] {
  const held = reader.find('numbers', 'hold', officeId).filter((number) => numberStatus(number, nowMs) === 'reserved')
  return [...reader.find('numbers', 'pool', officeId), ...held].map(({ number }) => number)
}

/** `count` numbers in the order they would be given: the reserve first, then new ones; fewer where an area is used up. */
export function suggestNumbers(
  reader: Reader<DialpadShape>,
  office: Office,
  nowMs: number,
  count: number,
): readonly NumberSuggestion[] {
  const reserved = availableNumbers(reader, office.id, nowMs).slice(0, count)
  const suggestions = reserved.map((number): NumberSuggestion => ({ number, isReserved: true }))
  for (let index = reader.count('numbers', 'area', office.areaCode); suggestions.length < count; index += 1) {
    const number = numberInArea(office.country, office.areaCode, index)
    if (number === undefined) break
    if (!reader.has('numbers', number)) suggestions.push({ number, isReserved: false })
  }
  return suggestions
}
