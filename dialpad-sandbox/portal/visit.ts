import type { NextFunction, Request, Response, Router } from 'express'
import type { VNode } from 'preact'
import { renderPage } from '#kit/ui/render.ts'
import { type AdminRights, administersOffice, adminRights } from '../domain/admin-rights.ts'
import { type Actor, actorOfUser } from '../domain/change-log.ts'
import { companyState, suspendedFrom } from '../domain/company-states.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import type { Company, DialpadUser } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { leaveFlash, takeFlash } from '../sign-in/flash.ts'
import { accountOf, frameOf, visitorOf } from '../sign-in/visitor.ts'
import type { Chrome } from './admin-page.tsx'
import { judgeOfficeAdminPage, pathOf } from './office-admin-pages.ts'

/** One request of an admin to the portal. */
export interface AdminVisit {
  readonly req: Request
  readonly res: Response
  readonly admin: DialpadUser
  /** What of the company they administer; pages that are closed to them are not reached (`office-admin-pages.ts`). */
  readonly rights: AdminRights
  readonly company: Company
  readonly actor: Actor
  /** Whether this office is the company's, and theirs: asked of every office that a form names. */
  administers(officeId: string): boolean
  /** The named part of the path; empty when there is none. */
  param(name: string): string
  /** A value of the query; empty when absent or given several times. */
  query(name: string): string
  /** Answer with a page. */
  show(page: (chrome: Chrome) => VNode, status?: number): Promise<void>
  /** Done: go to `href`, where `message` is told. */
  done(href: string, message: string): Promise<void>
}

export type AdminHandler = (visit: AdminVisit) => Promise<void>

/** Declares pages and actions of the portal: each is answered for admins only (the guard of `portal-routes.tsx` stands before). */
export interface AdminRoutes {
  get(path: string, handler: AdminHandler): void
  post(path: string, handler: AdminHandler): void
}

export function adminRoutes(deps: PageDeps, router: Router): AdminRoutes {
  const { system, sessions } = deps

  function answer(handler: AdminHandler) {
    return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
      const visitor = visitorOf(deps, req)
      const company = visitor.kind === 'user' ? system.store.get('companies', visitor.user.companyId) : undefined
      const rights = visitor.kind === 'user' ? adminRights(visitor.user) : undefined
      if (visitor.kind !== 'user' || rights === undefined || company === undefined) {
        next()
        return
      }
      const { user } = visitor
      const offices = system.store
        .find('offices', 'company', company.id)
        .filter((office) => administersOffice(rights, office.id))
        .map(({ id, name }) => ({ id, name }))
      await handler({
        req,
        res,
        admin: user,
        rights,
        company,
        administers: (officeId) => offices.some(({ id }) => id === officeId),
        actor: actorOfUser(user),
        param(name) {
          const value: unknown = req.params[name]
          return typeof value === 'string' ? value : ''
        },
        query(name) {
          const value = req.query[name]
          return typeof value === 'string' ? value : ''
        },
        async show(page, status = 200) {
          const chrome: Chrome = {
            frame: frameOf(deps, req),
            user: accountOf(deps, user),
            companyName: company.name,
            rights,
            offices,
            pageOffice: rights.kind === 'company' ? undefined : (officeOf(req, rights) ?? offices[0]),
            billing: unpaid(company, system.clock.now()),
            // A page that looks again by itself must not take the words from the page a redirect leads to.
            done: req.headers['hx-request'] === undefined ? await takeFlash(sessions, req) : undefined,
          }
          res.status(status).send(renderPage(page(chrome)))
        },
        async done(href, message) {
          await leaveFlash(sessions, req, message)
          res.redirect(303, href)
        },
      })
    }
  }

  /** The office a page of an Office Admin is about: their menu shows it. */
  function officeOf(req: Request, rights: Extract<AdminRights, { kind: 'offices' }>): Chrome['pageOffice'] {
    const verdict = judgeOfficeAdminPage(system.store, rights, req.method, pathOf(req))
    const office = verdict.kind === 'open' ? system.store.get('offices', verdict.officeId) : undefined
    return office === undefined ? undefined : { id: office.id, name: office.name }
  }

  return {
    get: (path, handler) => void router.get(path, answer(handler)),
    post: (path, handler) => void router.post(path, answer(handler)),
  }
}

function unpaid(company: Company, nowMs: number): Chrome['billing'] {
  const state = companyState(company, nowMs)
  const from = suspendedFrom(company)
  return state === 'active' || from === undefined ? undefined : { state, suspendedFrom: from }
}

export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: DialpadRefusal }

/** Run a command whose refusal the page can show. What is not there stays a refusal of its own: a 404. */
export async function attempt<T>(command: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await command() }
  } catch (error) {
    if (error instanceof DialpadRefusal && error.status !== 404) return { ok: false, refusal: error }
    throw error
  }
}
