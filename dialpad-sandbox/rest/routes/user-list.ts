import { z } from 'zod'
import type { DialpadUser, UserState } from '../../records.ts'
import { defineRoute, type RawCall } from '../define-route.ts'
import { type Listing, PAGE_SIZE, PageQuery, type Part, readPage } from '../paging.ts'
import { renderUser, UserCollection } from '../shapes/users.ts'
import { QueryBoolean, QueryNumber, STATES } from '../values.ts'

const UserQuery = PageQuery.extend({
  state: z
    .enum([...STATES, 'all'])
    .optional()
    .describe('Without one: active and pending.'),
  company_admin: QueryBoolean.optional(),
  email: z.string().optional(),
  number: QueryNumber.optional(),
  limit: PageQuery.shape.limit.describe('Deprecated: above 100 pages have 100, and one such call in five is refused.'),
})
type UserQuery = z.output<typeof UserQuery>

const STATES_WITHOUT_FILTER: readonly UserState[] = ['active', 'pending']
const ALL_STATES: readonly UserState[] = ['active', 'pending', 'suspended', 'deleted']

/** `GET /users`. */
export const USER_LIST_ROUTE = defineRoute({
  name: 'rest.users.list',
  method: 'GET',
  path: '/users',
  summary: 'User -- List',
  query: UserQuery,
  answer: UserCollection,
  handle: (call) => {
    const { query, system } = call
    if (query.limit !== undefined && query.limit > PAGE_SIZE) call.allowance.takeLargePage(call.key.id)
    const { items, ...rest } = readPage(call, query, listingFor(call, query))
    const nowMs = system.clock.now()
    return { items: items.map((user) => renderUser(system.store, user, nowMs)), ...rest }
  },
})

function listingFor(call: RawCall, query: UserQuery): Listing<DialpadUser> {
  const { state, company_admin, email, number } = query
  const states = statesOf(state)
  const found = lookUp(call, email, number)
  const isWanted = (user: DialpadUser): boolean => company_admin === undefined || user.isCompanyAdmin === company_admin
  return {
    name: `rest.users.list ${JSON.stringify({ state, company_admin, email, number })}`,
    keyOf: (user) => user.id,
    keep: isWanted,
    parts:
      found !== undefined
        ? [listed(found.filter((user) => user.companyId === call.company.id && states.includes(user.state)))]
        : states.map((each) => inState(call, each, company_admin === true)),
  }
}

function statesOf(state: UserQuery['state']): readonly UserState[] {
  switch (state) {
    case undefined:
      return STATES_WITHOUT_FILTER
    case 'all':
      return ALL_STATES
    case 'cancelled':
      return []
    default:
      return [state]
  }
}

/** By address and number, each of which one person has at most; `undefined`: neither was asked for. */
function lookUp(
  { system: { store } }: RawCall,
  email: string | undefined,
  number: string | undefined,
): readonly DialpadUser[] | undefined {
  if (email === undefined && number === undefined) return undefined
  const assigned = number === undefined ? undefined : store.get('numbers', number)
  const owner =
    assigned?.status === 'assigned' && assigned.userId !== undefined ? store.get('users', assigned.userId) : undefined
  const byNumber = owner === undefined ? [] : [owner]
  if (email === undefined) return byNumber
  const byEmail = store.find('users', 'email', email.toLowerCase())
  return number === undefined ? byEmail : byEmail.filter((user) => user.id === owner?.id)
}

function inState({ system: { store }, company }: RawCall, state: UserState, adminsOnly: boolean): Part<DialpadUser> {
  const index = adminsOnly ? 'adminState' : 'state'
  const value = `${company.id}/${state}`
  return {
    count: () => store.count('users', index, value),
    page: (offset, limit) => store.findPage('users', index, value, offset, limit),
  }
}

function listed(users: readonly DialpadUser[]): Part<DialpadUser> {
  return { count: () => users.length, page: (offset, limit) => users.slice(offset, offset + limit) }
}
