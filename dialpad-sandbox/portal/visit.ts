import type { NextFunction, Request, Response, Router } from 'express'
import type { VNode } from 'preact'
import { renderPage } from '#kit/ui/render.ts'
import { type Actor, actorOfUser } from '../domain/change-log.ts'
import { companyState, suspendedFrom } from '../domain/company-states.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import type { Company, DialpadUser } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { leaveFlash, takeFlash } from '../sign-in/flash.ts'
import { accountOf, frameOf, visitorOf } from '../sign-in/visitor.ts'
import type { Chrome } from './admin-page.tsx'

/** One request of a Company Admin to the portal. */
export interface AdminVisit {
  readonly req: Request
  readonly res: Response
  readonly admin: DialpadUser
  readonly company: Company
  readonly actor: Actor
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

/** Declares pages and actions of the portal: each is answered for Company Admins only (the guard of `portal-routes.tsx` stands before). */
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
      if (visitor.kind !== 'user' || company === undefined) {
        next()
        return
      }
      const { user } = visitor
      await handler({
        req,
        res,
        admin: user,
        company,
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
            offices: system.store.find('offices', 'company', company.id).map(({ id, name }) => ({ id, name })),
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
