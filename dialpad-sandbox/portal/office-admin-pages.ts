import type { Request } from 'express'
import type { Reader } from '#kit/store/store.ts'
import { type AdminRights, mayChangeUser } from '../domain/admin-rights.ts'
import type { DialpadShape } from '../records.ts'
import { COMPANY, DEPARTMENTS, officePath } from './addresses.ts'
import { LEFT_OUT_OF_OFFICE } from './left-out.ts'

/** The path of a request as the guard and the pages see it, whatever router it has reached. */
export function pathOf(req: Request): string {
  return req.originalUrl.split('?', 1)[0] ?? ''
}

type OfficeRights = Extract<AdminRights, { kind: 'offices' }>

export type OfficeAdminVerdict =
  /** With the office the page is about. */
  | { readonly kind: 'open'; readonly officeId: string }
  /** A page of the company that an office has too: theirs is shown instead. */
  | { readonly kind: 'elsewhere'; readonly href: string }
  | { readonly kind: 'closed' }

/** What of an office is open to its Office Admins; its administrators are not: only Company Admins add and remove them. */
const OFFICE_PAGES = new Set([
  '',
  'edit',
  'users',
  'users/add',
  'users/add/confirm',
  'users/bulk',
  'reserved-numbers',
  'reserved-numbers/add',
  'reserved-numbers/delete',
  'deleted-users',
  'licenses',
  'departments',
  'main-line',
  'billing',
  ...LEFT_OUT_OF_OFFICE.map(({ page }) => page),
])

/** What they look at of everybody in their office, and what they do to those who are no Company Admin. */
const USER_VIEWS = new Set(['', 'options'])
const USER_ACTIONS = new Set([
  'edit',
  'email',
  'license',
  'numbers',
  'numbers/unassign',
  'resend-invite',
  'suspend',
  'reactivate',
  'delete',
  'restore',
  'permanently-delete',
])

/** Lists of the company that lead to those of the office. */
const COMPANY_LISTS = new Set(['users', 'reserved-numbers', 'deleted-users', 'licenses', 'departments'])

/**
 * Judge a page of the portal for an Office Admin, by its address. What is not listed is closed. What a form says of other offices is
 * judged by the page that takes it (`AdminVisit.administers`).
 *
 * @param path Without the query.
 */
export function judgeOfficeAdminPage(
  reader: Reader<DialpadShape>,
  rights: OfficeRights,
  method: string,
  path: string,
): OfficeAdminVerdict {
  const [home = ''] = rights.officeIds
  const [, , room = '', id = '', ...rest] = path.replace(/\/$/, '').split('/')
  const page = rest.join('/')
  switch (room) {
    case '':
      return { kind: 'elsewhere', href: officePath(home) }
    case 'offices':
      return rights.officeIds.includes(id) && OFFICE_PAGES.has(page) ? { kind: 'open', officeId: id } : CLOSED
    case 'users': {
      const user = reader.get('users', id)
      if (user === undefined || !rights.officeIds.includes(user.officeId)) return CLOSED
      const isOpen = USER_VIEWS.has(page) || (USER_ACTIONS.has(page) && mayChangeUser(rights, user))
      return isOpen ? { kind: 'open', officeId: user.officeId } : CLOSED
    }
    case 'company':
      return judgeCompanyPage(reader, rights, method, path, home)
    default:
      return CLOSED
  }
}

const CLOSED: OfficeAdminVerdict = { kind: 'closed' }

function judgeCompanyPage(
  reader: Reader<DialpadShape>,
  rights: OfficeRights,
  method: string,
  path: string,
  home: string,
): OfficeAdminVerdict {
  const page = path.slice(COMPANY.length).replace(/^\/|\/$/g, '')
  if (method === 'GET' && page === '') return { kind: 'elsewhere', href: officePath(home) }
  if (method === 'GET' && COMPANY_LISTS.has(page)) return { kind: 'elsewhere', href: officePath(home, page) }
  if (!path.startsWith(`${DEPARTMENTS}/`)) return CLOSED
  const [id = ''] = path.slice(DEPARTMENTS.length + 1).split('/')
  if (id === 'new') return { kind: 'open', officeId: home }
  const officeId = reader.get('departments', id)?.officeId ?? ''
  return rights.officeIds.includes(officeId) ? { kind: 'open', officeId } : CLOSED
}
