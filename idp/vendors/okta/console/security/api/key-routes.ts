import { Router } from 'express'
import { retireServerKey, rollServerKey } from '../../../oauth/commands/server-keys.ts'
import { contextOf, goSaying } from '../../context.ts'
import { SERVER_PATH, type ServerDesk } from './server-desk.tsx'
import { serverHref } from './server-page.tsx'

/** Signing keys on the Settings tab of an authorization server. */
export function keyRoutes(desk: ServerDesk): Router {
  const { system, serverOf, confirm } = desk
  const commands = { system }
  const router = Router()

  router.post(`${SERVER_PATH}/rotate-keys`, async (req, res) => {
    const { actor } = contextOf(desk, req, res)
    const server = serverOf(req)
    await rollServerKey(commands, actor, { serverId: server.id })
    await goSaying(
      desk,
      req,
      res,
      serverHref(server),
      'A new key signs from now on. The ones before are still published.',
    )
  })
  router.get(`${SERVER_PATH}/keys/:kid/retire`, (req, res) => {
    const loss = 'Tokens it has signed are refused by everybody who asks for the keys.'
    confirm(req, res, {
      title: 'Retire signing key',
      subject: String(req.params['kid']),
      label: 'Retire',
      cancel: serverHref(serverOf(req)),
      loss,
    })
  })
  router.post(`${SERVER_PATH}/keys/:kid/retire`, async (req, res) => {
    const { actor } = contextOf(desk, req, res)
    const server = serverOf(req)
    await retireServerKey(commands, actor, { serverId: server.id, kid: String(req.params['kid']) })
    await goSaying(desk, req, res, serverHref(server), 'The key was retired.')
  })

  return router
}
