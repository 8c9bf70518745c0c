import { z } from 'zod'
import { equalityOf, type Filter } from '#kit/scim/filter.ts'
import { LONGEST_BEGINNING, type OktaReader, type OktaUser } from '../../collections.ts'
import { schemaOf, USER_SCHEMA } from '../../profiles/read.ts'
import { ApiError, invalidValue } from '../api-error.ts'
import type { ApiCall } from '../define-route.ts'
import { type Listing, listingOf, pageQuery, readPage } from '../paging.ts'
import { type Abilities, parseSearch, type SearchOperator, satisfies } from '../search-expression.ts'
import { type ApiAnswer, pageOf } from '../send.ts'
import { placeOf } from './user-place.ts'
import { userRow } from './user-resource.ts'

/** `GET /users` (reference sheet 6.3): plain, or with one of `q`, `filter`, `search`. */

/** Rows of `q` without a limit. */
const Q_ROWS = 10
const ROWS = 200

export const UsersQuery = z.object({
  ...pageQuery({ usual: ROWS, most: ROWS }),
  q: z.string().optional(),
  filter: z.string().optional(),
  search: z.string().optional(),
  sortBy: z.string().optional(),
  sortOrder: z.string().optional(),
})
type UsersQuery = z.output<typeof UsersQuery>

const TIMES: readonly SearchOperator[] = ['eq', 'gt', 'ge', 'lt', 'le', 'pr']
const ANY: readonly SearchOperator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sw', 'co', 'ew', 'pr']
const TIME_MEMBERS: ReadonlySet<string> = new Set(['created', 'activated', 'statusChanged', 'lastUpdated', 'lastLogin'])

/** `filter` knows these alone. */
const FILTERABLE: Readonly<Record<string, readonly SearchOperator[]>> = {
  id: ['eq'],
  status: ['eq'],
  lastUpdated: TIMES,
  'profile.login': ['eq'],
  'profile.email': ['eq'],
  'profile.firstName': ['eq'],
  'profile.lastName': ['eq'],
}

/** `search` knows every attribute of the profile too. */
function searchAbilities(reader: OktaReader): Abilities {
  const attributes = new Set(schemaOf(reader, USER_SCHEMA).attributes.map(({ name }) => `profile.${name}`))
  return (path) => {
    if (TIME_MEMBERS.has(path)) return TIMES
    return path === 'id' || path === 'status' || path === 'type.id' || attributes.has(path) ? ANY : undefined
  }
}

const keyOf = ({ id }: OktaUser): string => id

/** Everybody, or those an index says may satisfy the expression. */
function candidates(reader: OktaReader, filter: Filter | undefined): Listing<OktaUser> {
  const equalities = filter === undefined ? [] : equalityOf(filter)
  const wanted = (attribute: string): string | undefined =>
    equalities.find((each) => each.attribute === attribute)?.value
  const id = wanted('id')
  if (id !== undefined) return listingOf([reader.get('users', id) ?? []].flat(), keyOf)
  for (const index of ['login', 'email'] as const) {
    const value = wanted(`profile.${index}`)?.toLowerCase()
    if (value !== undefined) return indexed(reader, index, value)
  }
  const status = wanted('status')
  if (status !== undefined) return indexed(reader, 'status', status.toUpperCase())
  return { count: () => reader.count('users'), page: (offset, limit) => reader.page('users', offset, limit), keyOf }
}

function indexed(reader: OktaReader, index: string, value: string): Listing<OktaUser> {
  return {
    count: () => reader.count('users', index, value),
    page: (offset, limit) => reader.findPage('users', index, value, offset, limit),
    keyOf,
  }
}

const isDeactivated = ({ status }: OktaUser): boolean => status === 'DEPROVISIONED'

/** People whose first name, last name or e-mail begins with the text. */
function beginningWith(reader: OktaReader, text: string): Listing<OktaUser> {
  const wanted = text.toLowerCase()
  return {
    ...indexed(reader, 'beginning', wanted.slice(0, LONGEST_BEGINNING)),
    keep: (user) => {
      const { firstName, lastName, email } = user.profile
      return !isDeactivated(user) && [firstName, lastName, email].some((each) => each.toLowerCase().startsWith(wanted))
    },
  }
}

function listingFor(call: ApiCall<UsersQuery>): Listing<OktaUser> {
  const { reader, query } = call
  const { q = '', filter = '', search = '' } = query
  const type = { id: placeOf(call).typeId }
  if (search !== '') {
    const expression = parseSearch(search, searchAbilities(reader))
    return { ...candidates(reader, expression), keep: (user) => satisfies({ ...user, type }, expression) }
  }
  if (filter !== '') {
    const expression = parseSearch(filter, (path) => (Object.hasOwn(FILTERABLE, path) ? FILTERABLE[path] : undefined))
    return { ...candidates(reader, expression), keep: (user) => satisfies(user, expression) }
  }
  if (q.trim() !== '') return beginningWith(reader, q.trim())
  return { ...candidates(reader, undefined), keep: (user) => !isDeactivated(user) }
}

/** @throws {ApiError} E0000001 for more than one way to search, E0000031 for an expression that cannot be meant. */
export function listUsers(call: ApiCall<UsersQuery>): ApiAnswer {
  const { q = '', filter = '', search = '', sortBy, limit, after } = call.query
  if ([q, filter, search].filter((each) => each !== '').length > 1) {
    throw invalidValue('search', 'q, filter and search cannot be used together')
  }
  if (sortBy !== undefined) throw new ApiError('E0000031', { causes: ['Sorting is not supported here.'] })
  const isQ = q.trim() !== '' && call.req.query['limit'] === undefined
  const page = readPage(call, { limit: isQ ? Q_ROWS : limit, after }, listingFor(call))
  const place = placeOf(call)
  return pageOf(page, (user) => userRow(place, user))
}
