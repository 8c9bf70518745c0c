import type { Request, Response } from 'express'
import type { VNode } from 'preact'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { renderPage } from '#kit/ui/render.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import { knownServer } from '../../../oauth/commands/servers.ts'
import type { AuthorizationServer } from '../../../oauth/records.ts'
import { type ConsoleContext, type ConsoleDeps, contextOf } from '../../context.ts'
import { ApiFormPage, SERVERS_HREF } from './api-page.tsx'
import { serverHref } from './server-page.tsx'

/** Below the console: where an authorization server's pages are. */
export const SERVER_PATH = `${SERVERS_HREF.replace('/admin', '')}/:serverId`

/** What is asked before something goes. */
export interface Question {
  readonly title: string
  readonly subject: string
  readonly label: string
  readonly cancel: string
  /** What goes with it. */
  readonly loss: string
}

/** What every tab of an authorization server does with a request. */
export interface ServerDesk extends ConsoleDeps {
  /** The page's context for somebody who may change apps. @throws {OktaRefusal} E0000006. */
  admitted(req: Request, res: Response): ConsoleContext
  /** @throws {OktaRefusal} E0000007. */
  serverOf(req: Request): AuthorizationServer
  send(res: Response, page: VNode, status?: number): void
  /** Ask on a page of its own, which posts to where it stands. */
  confirm(req: Request, res: Response, question: Question): void
}

export function createServerDesk(deps: ConsoleDeps): ServerDesk {
  const { store } = deps.system
  const serverOf = (req: Request): AuthorizationServer => knownServer(store, String(req.params['serverId']))
  const admitted = (req: Request, res: Response): ConsoleContext => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    return context
  }
  const send = (res: Response, page: VNode, status = 200): void =>
    void res.status(status).type('html').send(renderPage(page))
  return {
    ...deps,
    admitted,
    serverOf,
    send,
    confirm(req, res, { title, subject, label, cancel, loss }) {
      const context = admitted(req, res)
      const server = serverOf(req)
      const form = (
        <ConfirmForm
          title={title}
          headingLevel={2}
          subject={subject}
          action={req.originalUrl.split('?')[0] ?? ''}
          confirmLabel={label}
          cancelHref={cancel}
          kind="danger"
        >
          <p>{loss}</p>
        </ConfirmForm>
      )
      send(
        res,
        <ApiFormPage context={context} title={title} path={[{ label: server.name, href: serverHref(server) }]}>
          {form}
        </ApiFormPage>,
      )
    },
  }
}
