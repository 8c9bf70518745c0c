import type { Request, Response, Router } from 'express'
import type { VNode } from 'preact'
import type { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import type { Actor } from '../../../commands/actor.ts'
import type { AuthorizationServer } from '../../../oauth/records.ts'
import { type ConsoleContext, contextOf, goSaying } from '../../context.ts'
import { type FormView, problemsOf } from '../../form-view.tsx'
import { SERVER_PATH, type ServerDesk } from './server-desk.tsx'
import { serverHref } from './server-page.tsx'

/** A thing of a server with a form: what the pages show, and what a form of it does. */
export interface Part<T> {
  /** Below the server: `scopes`, `policies/:policyId/rules`. */
  readonly path: string
  /** Where its list is. */
  readonly list: string
  readonly noun: string
  readonly schema: z.ZodType<T>
  readonly initial: Readonly<Record<string, string>>
  textsOf(server: AuthorizationServer, req: Request, id: string): Readonly<Record<string, string>>
  nameOf(server: AuthorizationServer, req: Request, id: string): string
  page(props: {
    readonly context: ConsoleContext
    readonly server: AuthorizationServer
    readonly title: string
    readonly action: string
    readonly view: FormView
  }): VNode
  put(actor: Actor, server: AuthorizationServer, req: Request, id: string | undefined, value: T): Promise<unknown>
  remove(actor: Actor, server: AuthorizationServer, req: Request, id: string): Promise<unknown>
  /** What goes when it is deleted. */
  readonly loss: string
}

/** Words of a field that lists several, apart by blanks, commas or lines. */
export function wordsOf(given: string): readonly string[] {
  return given.split(/[\s,]+/).filter(Boolean)
}

/** Values as the fields of a form show them. */
export function textsOf(value: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, each === undefined ? '' : String(each)]))
}

/** Mount the pages that add, edit and delete one kind of part. */
export function mountPart<T extends Readonly<Record<string, unknown>>>(
  router: Router,
  desk: ServerDesk,
  part: Part<T>,
): void {
  const { admitted, serverOf, send, confirm } = desk
  const { noun } = part
  const show = (req: Request, res: Response, view: FormView, status = 200): void => {
    const title = `${req.params['id'] === undefined ? 'Add' : 'Edit'} ${noun}`
    const action = req.originalUrl.split('?')[0] ?? ''
    send(res, part.page({ context: admitted(req, res), server: serverOf(req), title, action, view }), status)
  }
  const idOf = (req: Request): string => String(req.params['id'])
  router.get(`${SERVER_PATH}/${part.path}/new`, (req: Request, res: Response) => {
    show(req, res, { values: part.initial, problems: {} })
  })
  router.get(`${SERVER_PATH}/${part.path}/:id/edit`, (req: Request, res: Response) => {
    show(req, res, { values: part.textsOf(serverOf(req), req, idOf(req)), problems: {} })
  })
  router.post(
    [`${SERVER_PATH}/${part.path}/new`, `${SERVER_PATH}/${part.path}/:id/edit`],
    async (req: Request, res: Response) => {
      const { actor } = contextOf(desk, req, res)
      const server = serverOf(req)
      const id = req.params['id'] as string | undefined
      const form = parseForm(part.schema, req.body)
      if (!form.ok) return show(req, res, form, 422)
      try {
        await part.put(actor, server, req, id, form.value)
        await goSaying(
          desk,
          req,
          res,
          serverHref(server, part.list),
          `The ${noun.toLowerCase()} was ${id === undefined ? 'added' : 'saved'}.`,
        )
      } catch (error) {
        show(req, res, { values: textsOf(form.value), problems: problemsOf(error) }, 422)
      }
    },
  )
  router.get(`${SERVER_PATH}/${part.path}/:id/delete`, (req: Request, res: Response) => {
    const server = serverOf(req)
    const subject = part.nameOf(server, req, idOf(req))
    confirm(req, res, {
      title: `Delete ${noun}`,
      subject,
      label: 'Delete',
      cancel: serverHref(server, part.list),
      loss: part.loss,
    })
  })
  router.post(`${SERVER_PATH}/${part.path}/:id/delete`, async (req: Request, res: Response) => {
    const { actor } = contextOf(desk, req, res)
    const server = serverOf(req)
    await part.remove(actor, server, req, idOf(req))
    await goSaying(desk, req, res, serverHref(server, part.list), `The ${noun.toLowerCase()} was deleted.`)
  })
}
