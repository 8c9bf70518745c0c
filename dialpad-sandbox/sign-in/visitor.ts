import type { Request, Response } from 'express'
import { nameSubject } from '#kit/http/record.ts'
import type { Account } from '#kit/ui/account-menu.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { ENDED } from '../commands/end-sessions.ts'
import { recordSignIn } from '../commands/sign-in.ts'
import { adminRights } from '../domain/admin-rights.ts'
import { displayName, isSignInAllowed, primaryEmail } from '../domain/user-states.ts'
import { mayStay } from '../domain/ways-in.ts'
import type { DialpadUser } from '../records.ts'
import type { PageDeps } from './deps.ts'

/** Who asks, and what their pages have in common. */
export type Visitor =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'user'; readonly user: DialpadUser }
  /** Signed in once, and suspended or deleted since, or the company is: the session is of no more use (reference sheet 1.11). */
  | { readonly kind: 'ended'; readonly why: 'account' | 'company' }

/** Judged on every request, so that a suspension by anyone takes effect with the next one; one that was ended stays so. */
export function visitorOf({ system, sessions }: PageDeps, req: Request): Visitor {
  const { subjectId = '', data = {} } = sessions.of(req) ?? {}
  if (subjectId === '') return { kind: 'nobody' }
  if (data[ENDED] !== undefined) return { kind: 'ended', why: 'account' }
  const user = system.store.get('users', subjectId)
  if (!isSignInAllowed(user)) return { kind: 'ended', why: 'account' }
  const company = system.store.get('companies', user.companyId)
  if (company !== undefined && !mayStay(user, company, system.clock.now())) return { kind: 'ended', why: 'company' }
  return { kind: 'user', user }
}

/** The signed-in user, `undefined` for everybody else. */
export function userOf(deps: PageDeps, req: Request): DialpadUser | undefined {
  const visitor = visitorOf(deps, req)
  return visitor.kind === 'user' ? visitor.user : undefined
}

/**
 * Begin the session of a person who has proved who they are, under a new identifier, and note it in the change log.
 * @param data What the session carries from the start; secrets sealed.
 */
export async function signIn(
  deps: PageDeps,
  res: Response,
  user: DialpadUser,
  method: string,
  data: Readonly<Record<string, string>> = {},
): Promise<void> {
  const signedIn = await recordSignIn(deps.system, user.id, method)
  nameSubject(primaryEmail(signedIn))
  await deps.sessions.open(res, signedIn.id, data)
}

/** The frame of a page without forms: whoever has no session is given none. */
export function frameOf({ system, sessions }: PageDeps, req: Request): Frame {
  return {
    nowIso: system.clock.iso(),
    kitUrl: system.urls['kit'] ?? '',
    csrfToken: sessions.of(req)?.csrfToken,
    path: req.originalUrl,
  }
}

/** The frame of a page with forms: whoever has no session gets an anonymous one, whose token the forms carry. */
export async function formFrameOf(deps: PageDeps, req: Request, res: Response): Promise<Frame> {
  const { csrfToken } = await deps.sessions.anonymous(req, res)
  return { ...frameOf(deps, req), csrfToken }
}

/** The account menu of a signed-in person. */
export function accountOf({ system }: PageDeps, user: DialpadUser): Account {
  return {
    name: displayName(user),
    detail: primaryEmail(user),
    organisation: system.store.get('companies', user.companyId)?.name,
    signOutAction: '/logout',
    signOutLabel: 'Log out',
    links: [
      { kind: 'link', label: 'Your account', href: '/app' },
      ...(adminRights(user) === undefined ? [] : [{ kind: 'link', label: 'Admin settings', href: '/admin' } as const]),
    ],
  }
}
