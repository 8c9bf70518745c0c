import type { Request } from 'express'
import type { SignInFilter } from '../../sign-in-logs/find-sign-ins.ts'
import type { SignInKind, SignInStatus } from '../../sign-in-logs/records.ts'
import { spanOf } from '../date-spans.ts'
import { queryText } from '../read-query.ts'

/** The lists of the page, by what the address says; the first is shown unless told. */
export const SIGN_IN_LISTS = {
  interactive: { label: 'User sign-ins (interactive)', kind: 'interactiveUser' },
  'non-interactive': { label: 'User sign-ins (non-interactive)', kind: 'nonInteractiveUser' },
  'service-principal': { label: 'Service principal sign-ins', kind: 'servicePrincipal' },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly kind: SignInKind }>>
export type SignInList = keyof typeof SIGN_IN_LISTS

/** How entries ended, in the page's words. */
export const SIGN_IN_STATUSES = {
  success: 'Success',
  failure: 'Failure',
  interrupted: 'Interrupted',
} as const satisfies Readonly<Record<SignInStatus, string>>

/** The filter of the page as an address says it; empty texts ask for nothing. */
export interface SignInQuery {
  /** Empty: the first. */
  readonly list: SignInList | ''
  readonly date: string
  readonly status: string
  readonly user: string
  readonly application: string
  readonly code: string
  readonly correlation: string
}

/** Read the filter of a request. A list, status, date or number that is none counts as absent. */
export function signInQueryOf(
  req: Request,
  nowMs: number,
): { readonly query: SignInQuery; readonly filter: SignInFilter; readonly list: SignInList } {
  const text = (name: string): string => queryText(req, name)
  const span = spanOf(text('date'), nowMs)
  const lists = Object.keys(SIGN_IN_LISTS) as SignInList[]
  const list = lists.find((each) => each === text('list')) ?? 'interactive'
  const status = (Object.keys(SIGN_IN_STATUSES) as SignInStatus[]).find((each) => each === text('status'))
  const code = /^(?:AADSTS)?(\d{1,8})$/i.exec(text('code'))?.[1] ?? ''
  const user = text('user')
  const application = text('application')
  const correlation = text('correlation').toLowerCase()
  return {
    list,
    query: {
      list: list === 'interactive' ? '' : list,
      date: span?.value ?? '',
      status: status ?? '',
      user,
      application,
      code,
      correlation,
    },
    filter: {
      kind: SIGN_IN_LISTS[list].kind,
      status,
      user,
      application,
      errorCode: code === '' ? undefined : Number(code),
      correlationId: correlation === '' ? undefined : correlation,
      sinceMs: span?.sinceMs,
    },
  }
}
