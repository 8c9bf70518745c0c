import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { publishedKeys } from '#idp/protocols/oidc/signing-keys.ts'
import { parseForm } from '#kit/http/forms.ts'
import { createServer, deleteServer, editServer, setServerStatus } from '../../../oauth/commands/servers.ts'
import { authorizationServersOf, issuerAddress } from '../../../oauth/servers.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { type FormView, problemsOf } from '../../form-view.tsx'
import { SERVERS_HREF } from './api-page.tsx'
import { claimRoutes } from './claim-routes.tsx'
import { text } from './form-fields.ts'
import { keyRoutes } from './key-routes.ts'
import { policyRoutes } from './policy-routes.tsx'
import { scopeRoutes } from './scope-routes.tsx'
import { createServerDesk, SERVER_PATH } from './server-desk.tsx'
import { serverHref } from './server-page.tsx'
import { ServerFormPage, ServersPage } from './servers-page.tsx'
import { SettingsPage } from './settings-page.tsx'

const ServerForm = z.object({ name: text, audience: text, description: text })

/** Security > API > Authorization Servers: the servers and their settings; their other tabs are mounted. */
export function authorizationServerRoutes(deps: ConsoleDeps): Router {
  const { system } = deps
  const { store } = system
  const commands = { system }
  const router = Router()
  const desk = createServerDesk(deps)
  const { admitted, serverOf, send, confirm } = desk
  const base = SERVERS_HREF.replace('/admin', '')

  router.get(base, (req, res) => {
    const servers = authorizationServersOf(store).map((server) => ({
      server,
      issuer: issuerAddress(system.origin, server.id),
    }))
    send(res, <ServersPage context={contextOf(deps, req, res)} servers={servers} />)
  })

  const showServerForm = (req: Request, res: Response, view: FormView, status = 200): void => {
    const isNew = req.params['serverId'] === undefined
    const action = isNew ? `${SERVERS_HREF}/new` : serverHref(serverOf(req), 'edit')
    const title = isNew ? 'Add Authorization Server' : 'Edit Authorization Server'
    const cancel = isNew ? SERVERS_HREF : serverHref(serverOf(req))
    send(
      res,
      <ServerFormPage context={admitted(req, res)} title={title} action={action} cancel={cancel} view={view} />,
      status,
    )
  }
  router.get(`${base}/new`, (req, res) => showServerForm(req, res, { values: {}, problems: {} }))
  router.get(`${SERVER_PATH}/edit`, (req, res) => {
    const { name, audience, description } = serverOf(req)
    showServerForm(req, res, { values: { name, audience, description }, problems: {} })
  })
  router.post([`${base}/new`, `${SERVER_PATH}/edit`], async (req: Request, res: Response) => {
    const { actor } = contextOf(deps, req, res)
    const form = parseForm(ServerForm, req.body)
    if (!form.ok) return showServerForm(req, res, form, 422)
    const serverId = req.params['serverId'] as string | undefined
    try {
      const server =
        serverId === undefined
          ? await createServer(commands, actor, form.value)
          : await editServer(commands, actor, { serverId, ...form.value })
      await goSaying(
        deps,
        req,
        res,
        serverHref(server),
        `${server.name} was ${serverId === undefined ? 'added' : 'saved'}.`,
      )
    } catch (error) {
      showServerForm(req, res, { values: form.value, problems: problemsOf(error) }, 422)
    }
  })

  router.get(SERVER_PATH, (req, res) => {
    const server = serverOf(req)
    const page = (
      <SettingsPage
        context={contextOf(deps, req, res)}
        server={server}
        issuer={issuerAddress(system.origin, server.id)}
        keys={publishedKeys(store, server.id)}
      />
    )
    send(res, page)
  })

  for (const [act, status] of [
    ['activate', 'ACTIVE'],
    ['deactivate', 'INACTIVE'],
  ] as const) {
    router.post(`${SERVER_PATH}/${act}`, async (req, res) => {
      const { actor } = contextOf(deps, req, res)
      const server = await setServerStatus(commands, actor, { serverId: serverOf(req).id, status })
      await goSaying(deps, req, res, serverHref(server), `${server.name} was ${act}d.`)
    })
  }

  router.get(`${SERVER_PATH}/delete`, (req, res) => {
    const { id, name } = serverOf(req)
    const loss = 'Its scopes, claims and policies go, and its tokens are worth nothing any more.'
    confirm(req, res, {
      title: 'Delete Authorization Server',
      subject: name,
      label: 'Delete',
      cancel: serverHref({ id }),
      loss,
    })
  })
  router.post(`${SERVER_PATH}/delete`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const server = serverOf(req)
    try {
      await deleteServer(commands, actor, { serverId: server.id })
    } catch (error) {
      const [said = 'This could not be done.'] = Object.values(problemsOf(error))
      return goSaying(deps, req, res, serverHref(server), said, 'danger')
    }
    return goSaying(deps, req, res, SERVERS_HREF, `${server.name} was deleted.`)
  })

  router.use(keyRoutes(desk), scopeRoutes(desk), claimRoutes(desk), policyRoutes(desk))
  return router
}
