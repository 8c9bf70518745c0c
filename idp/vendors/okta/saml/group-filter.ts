import type { GroupFilter } from '../apps/records.ts'

const LONGEST_PATTERN = 200
const MOST_REPETITIONS = 3

/** What is wrong with the value of a group filter; `undefined`: nothing. A pattern that could take for ever is refused. */
export function groupFilterProblem(filter: GroupFilter, value: string): string | undefined {
  if (value === '') return 'This field cannot be left blank'
  if (value.length > LONGEST_PATTERN) return `Use at most ${LONGEST_PATTERN} characters`
  if (filter !== 'regex') return undefined
  if (/\)[*+{]/.test(value) || (value.match(/[*+{]/g) ?? []).length > MOST_REPETITIONS) {
    return `Use at most ${MOST_REPETITIONS} repetitions, and none of a group in parentheses`
  }
  try {
    new RegExp(value, 'u')
    return undefined
  } catch {
    return 'This is not a regular expression'
  }
}

/** Whether a group's name passes. Case counts; a regular expression has to match the whole name. */
export function passesGroupFilter(filter: GroupFilter, value: string, name: string): boolean {
  switch (filter) {
    case 'starts-with':
      return name.startsWith(value)
    case 'equals':
      return name === value
    case 'contains':
      return name.includes(value)
    case 'regex':
      return groupFilterProblem(filter, value) === undefined && new RegExp(`^(?:${value})$`, 'u').test(name)
  }
}
