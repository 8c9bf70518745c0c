import { numbersOf } from '../commands/assign-numbers.ts'
import { HOLD_MS, numberStatus } from '../domain/numbers.ts'
import { displayName, holdsSeat, isRestorable, primaryEmail } from '../domain/user-states.ts'
import type { Company, DialpadUser } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { withQuery } from './addresses.ts'
import { ownOffice } from './own-records.ts'
import { pageNumber } from './page-number.ts'
import {
  type DeletedRow,
  DeletedUsersPage,
  type ListOffice,
  listPath,
  ReservedNumbersPage,
  type ReservedRow,
  type UserFilter,
  UserListPage,
  type UserRow,
} from './user-list-page.tsx'
import type { AdminRoutes, AdminVisit } from './visit.ts'

const PAGE_SIZE = 50
/** People a search shows at most. */
const FOUND_LIMIT = 100
/** People a search reads at a time. */
const STEP = 1_000

/** Users of the company and of an office, with their tabs Reserved Numbers and Deleted Users. */
export function mountUserLists({ system }: PageDeps, routes: AdminRoutes): void {
  const { store, clock } = system

  function rowOf(user: DialpadUser): UserRow {
    return {
      id: user.id,
      name: displayName(user),
      email: primaryEmail(user),
      office: store.get('offices', user.officeId)?.name ?? '',
      numbers: numbersOf(store, user.id).map((number) => number.number),
      licence: user.licence,
      state: user.state,
      isCompanyAdmin: user.isCompanyAdmin,
    }
  }

  /** A slice of the people who hold a seat: of an office, or of the company with the pending ones first. */
  function seated(company: Company, office: ListOffice, offset: number): readonly DialpadUser[] {
    if (office !== undefined) return store.findPage('users', 'office', office.id, offset, PAGE_SIZE)
    const pending = store.count('users', 'state', `${company.id}/pending`)
    const first = store.findPage('users', 'state', `${company.id}/pending`, offset, PAGE_SIZE)
    const rest = PAGE_SIZE - first.length
    const then = store.findPage('users', 'state', `${company.id}/active`, Math.max(0, offset - pending), rest)
    return [...first, ...then]
  }

  function countSeated(company: Company, office: ListOffice): number {
    return office !== undefined
      ? store.count('users', 'office', office.id)
      : store.count('users', 'state', `${company.id}/pending`) + store.count('users', 'state', `${company.id}/active`)
  }

  /** Everybody not deleted whose name or one of whose addresses holds the words (without words: who holds a seat), and whom the filter leaves; one more than is shown tells that there are more. */
  function search(
    company: Company,
    office: ListOffice,
    { words, licence, permission }: UserFilter,
  ): readonly DialpadUser[] {
    const wanted = words.toLowerCase()
    const found: DialpadUser[] = []
    for (let offset = 0; found.length <= FOUND_LIMIT; offset += STEP) {
      const people = store.findPage('users', 'visible', company.id, offset, STEP)
      found.push(
        ...people.filter(
          (user) =>
            (office === undefined || user.officeId === office.id) &&
            (words !== '' || holdsSeat(user.state)) &&
            (licence === '' || user.licence === licence) &&
            (permission !== 'company-admin' || user.isCompanyAdmin) &&
            (permission !== 'office-admin' || (user.officeAdminOf ?? []).length > 0) &&
            [displayName(user), ...user.emails].some((text) => text.toLowerCase().includes(wanted)),
        ),
      )
      if (people.length < STEP) break
    }
    return found
  }

  async function showUsers(visit: AdminVisit, office: ListOffice): Promise<void> {
    const { company, query, show } = visit
    const filter: UserFilter = {
      words: query('q').trim(),
      licence: query('licence'),
      permission: query('permission'),
    }
    const path = listPath(office, 'users')
    if (Object.values(filter).some((text) => text !== '')) {
      const found = search(company, office, filter)
      const rows = found.slice(0, FOUND_LIMIT).map(rowOf)
      const view = { rows, filter, from: 1, hasMore: found.length > FOUND_LIMIT }
      await show((chrome) => <UserListPage chrome={chrome} office={office} view={view} />)
      return
    }
    const page = pageNumber(query('page'))
    const offset = (page - 1) * PAGE_SIZE
    const total = countSeated(company, office)
    const view = {
      rows: seated(company, office, offset).map(rowOf),
      filter,
      from: offset + 1,
      total,
      previousHref: page > 1 ? withQuery(path, { page: page - 1 }) : undefined,
      nextHref: offset + PAGE_SIZE < total ? withQuery(path, { page: page + 1 }) : undefined,
    }
    await show((chrome) => <UserListPage chrome={chrome} office={office} view={view} />)
  }

  function reservedRows(company: Company, office: ListOffice): readonly ReservedRow[] {
    const offices = store.find('offices', 'company', company.id).filter((each) => !office || each.id === office.id)
    return offices.flatMap(({ id, name }) =>
      [...store.find('numbers', 'pool', id), ...store.find('numbers', 'hold', id)].map((number) => ({
        number: number.number,
        lastOwner: number.lastOwner,
        office: name,
        since: number.since,
        ...(numberStatus(number, clock.now()) === 'hold'
          ? { heldUntil: new Date(Date.parse(number.since) + HOLD_MS).toISOString() }
          : {}),
      })),
    )
  }

  /** Last deleted first. */
  function deletedRows(company: Company, office: ListOffice): readonly DeletedRow[] {
    return store
      .find('users', 'state', `${company.id}/deleted`)
      .filter((user) => (!office || user.officeId === office.id) && isRestorable(user, clock.now()))
      .map((user) => {
        const deletedAt = user.deletedAt ?? user.modifiedAt
        return { ...rowOf(user), deletedAt, goneAt: new Date(Date.parse(deletedAt) + HOLD_MS).toISOString() }
      })
      .sort((one, other) => other.deletedAt.localeCompare(one.deletedAt))
  }

  async function showReserved(visit: AdminVisit, office: ListOffice): Promise<void> {
    const rows = reservedRows(visit.company, office)
    await visit.show((chrome) => <ReservedNumbersPage chrome={chrome} office={office} rows={rows} />)
  }

  async function showDeleted(visit: AdminVisit, office: ListOffice): Promise<void> {
    const rows = deletedRows(visit.company, office)
    await visit.show((chrome) => <DeletedUsersPage chrome={chrome} office={office} rows={rows} />)
  }

  const anyOffice = { id: ':id', name: '' }
  for (const [tab, show] of [
    ['users', showUsers],
    ['reserved-numbers', showReserved],
    ['deleted-users', showDeleted],
  ] as const) {
    routes.get(listPath(undefined, tab), (visit) => show(visit, undefined))
    routes.get(listPath(anyOffice, tab), (visit) => show(visit, ownOffice(store, visit)))
  }
}
