import { Router } from 'express'
import { z } from 'zod'
import { notFound } from '../../../commands/refusal.ts'
import { deleteScope, putScope } from '../../../oauth/commands/scopes.ts'
import type { AuthorizationServer } from '../../../oauth/records.ts'
import { scopesOf } from '../../../oauth/servers.ts'
import { contextOf } from '../../context.ts'
import { box, text } from './form-fields.ts'
import { mountPart, textsOf } from './part-routes.ts'
import { ScopeFormPage, ScopesPage } from './scope-pages.tsx'
import { SERVER_PATH, type ServerDesk } from './server-desk.tsx'

const ScopeForm = z.object({
  name: text,
  displayName: text,
  description: text,
  consent: z.enum(['IMPLICIT', 'REQUIRED']).default('IMPLICIT'),
  isDefault: box,
  isPublished: box,
})

/** Scopes tab of an authorization server. */
export function scopeRoutes(desk: ServerDesk): Router {
  const { system, serverOf, send } = desk
  const { store } = system
  const commands = { system }
  const router = Router()

  router.get(`${SERVER_PATH}/scopes`, (req, res) => {
    const server = serverOf(req)
    send(res, <ScopesPage context={contextOf(desk, req, res)} server={server} scopes={scopesOf(store, server.id)} />)
  })

  const scopeNamed = ({ id: serverId }: AuthorizationServer, id: string) => {
    const scope = scopesOf(store, serverId).find((each) => each.id === id)
    if (scope === undefined) throw notFound('OAuth2Scope', id)
    return scope
  }
  mountPart(router, desk, {
    path: 'scopes',
    list: 'scopes',
    noun: 'Scope',
    loss: 'Applications that ask for it are refused from now on.',
    schema: ScopeForm,
    initial: { consent: 'IMPLICIT', isPublished: 'true' },
    textsOf: (server, _req, id) => textsOf({ ...scopeNamed(server, id) }),
    nameOf: (server, _req, id) => scopeNamed(server, id).name,
    page: (props) => <ScopeFormPage {...props} />,
    put: (actor, { id: serverId }, _req, scopeId, { isDefault, isPublished, ...rest }) =>
      putScope(commands, actor, {
        serverId,
        ...(scopeId === undefined ? {} : { scopeId }),
        settings: { ...rest, isDefault: isDefault === 'true', isPublished: isPublished === 'true' },
      }),
    remove: (actor, { id: serverId }, _req, scopeId) => deleteScope(commands, actor, { serverId, scopeId }),
  })

  return router
}
