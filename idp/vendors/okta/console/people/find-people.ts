import type { OktaReader, OktaUser, OktaUserStatus } from '../../collections.ts'
import { PAGE_SIZE } from '../read-query.ts'

/** People read at a time while searching. */
const CHUNK = 500

export interface PeoplePage {
  readonly people: readonly OktaUser[]
  /** Absent while searching: counting all matches would read everybody. */
  readonly total?: number
  readonly hasMore: boolean
}

/** Whether somebody's name, user name or e-mail begins with the text; a text of several words begins a full name. Pure. */
export function matchesText({ profile }: Pick<OktaUser, 'profile'>, text: string): boolean {
  const wanted = text.toLowerCase()
  const { firstName, lastName, login, email } = profile
  return [firstName, lastName, `${firstName} ${lastName}`, login, email].some((each) =>
    each.toLowerCase().startsWith(wanted),
  )
}

/** One page of the org's people, by state or by the beginning of a name. */
export function findPeople(
  reader: OktaReader,
  request: { readonly text: string; readonly status: OktaUserStatus | undefined; readonly page: number },
  limit: number = PAGE_SIZE,
): PeoplePage {
  const { text, status } = request
  const offset = (request.page - 1) * limit
  if (text === '') {
    const total = status === undefined ? reader.count('users') : reader.count('users', 'status', status)
    const people =
      status === undefined
        ? reader.page('users', offset, limit)
        : reader.findPage('users', 'status', status, offset, limit)
    return { people, total, hasMore: offset + people.length < total }
  }
  const found: OktaUser[] = []
  for (let start = 0; found.length <= offset + limit; start += CHUNK) {
    const chunk = reader.page('users', start, CHUNK)
    found.push(...chunk.filter((user) => (status === undefined || user.status === status) && matchesText(user, text)))
    if (chunk.length < CHUNK) break
  }
  return { people: found.slice(offset, offset + limit), hasMore: found.length > offset + limit }
}
