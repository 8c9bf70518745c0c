import type { Request, Response } from 'express'
import type { VNode } from 'preact'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustManageApp } from '../../../commands/actor.ts'
import { type AdminDeps, goSaying } from '../../context.ts'
import { type AppContext, appContextOf } from '../app-context.ts'
import { ssoHref } from './sso-page.tsx'

/** What the routes of single sign-on have in common. */
export interface SignOnPages {
  send(res: Response, page: VNode, status?: number): void
  /** The context of a page that changes something. @throws {Refusal} `role_needed` for those who may only read. */
  managed(req: Request, res: Response): AppContext
  /** Back to a page of single sign-on, which tells what happened. */
  done(req: Request, res: Response, app: ServicePrincipal, page: string, text: string): Promise<void>
}

export function signOnPages(deps: AdminDeps): SignOnPages {
  return {
    send(res, page, status = 200) {
      res.status(status).type('html').send(renderPage(page))
    },
    managed(req, res) {
      const found = appContextOf(deps, req, res)
      mustManageApp(deps.system.store, found.context.actor, found.app.id)
      return found
    },
    done: (req, res, app, page, text) => goSaying(deps, req, res, ssoHref(app.id, page), text),
  }
}

/** Every text of a posted form. */
export function textsOf(body: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries((body ?? {}) as Readonly<Record<string, unknown>>)
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === 'string' && name !== '_csrf' ? [[name, value.trim()]] : [])),
  )
}
