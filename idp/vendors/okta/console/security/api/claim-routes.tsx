import { Router } from 'express'
import { z } from 'zod'
import { GROUP_FILTERS } from '../../../apps/records.ts'
import { notFound } from '../../../commands/refusal.ts'
import { deleteClaim, putClaim } from '../../../oauth/commands/claims.ts'
import type { AuthorizationServer } from '../../../oauth/records.ts'
import { claimsOfServer } from '../../../oauth/servers.ts'
import { contextOf } from '../../context.ts'
import { ClaimFormPage, ClaimsPage } from './claim-pages.tsx'
import { box, text } from './form-fields.ts'
import { mountPart, textsOf, wordsOf } from './part-routes.ts'
import { SERVER_PATH, type ServerDesk } from './server-desk.tsx'

const ClaimForm = z.object({
  name: text,
  claimType: z.enum(['RESOURCE', 'IDENTITY']),
  when: z.enum(['always', 'userinfo']).default('always'),
  valueType: z.enum(['EXPRESSION', 'GROUPS']),
  groupFilter: z.enum(GROUP_FILTERS).default('starts-with'),
  value: text,
  scopes: text,
  disabled: box,
})

/** Claims tab of an authorization server. */
export function claimRoutes(desk: ServerDesk): Router {
  const { system, serverOf, send } = desk
  const { store } = system
  const commands = { system }
  const router = Router()

  router.get(`${SERVER_PATH}/claims`, (req, res) => {
    const server = serverOf(req)
    send(
      res,
      <ClaimsPage context={contextOf(desk, req, res)} server={server} claims={claimsOfServer(store, server.id)} />,
    )
  })

  const claimNamed = ({ id: serverId }: AuthorizationServer, id: string) => {
    const claim = claimsOfServer(store, serverId).find((each) => each.id === id)
    if (claim === undefined) throw notFound('OAuth2Claim', id)
    return claim
  }
  mountPart(router, desk, {
    path: 'claims',
    list: 'claims',
    noun: 'Claim',
    loss: 'Tokens do not have it any more.',
    schema: ClaimForm,
    initial: {},
    textsOf(server, _req, id) {
      const { scopes, status, alwaysInclude, ...rest } = claimNamed(server, id)
      return textsOf({
        ...rest,
        scopes: scopes.join(' '),
        disabled: status === 'INACTIVE',
        when: alwaysInclude ? 'always' : 'userinfo',
      })
    },
    nameOf: (server, _req, id) => claimNamed(server, id).name,
    page: (props) => <ClaimFormPage {...props} />,
    put: (actor, { id: serverId }, _req, claimId, { when, scopes, disabled, groupFilter, ...rest }) =>
      putClaim(commands, actor, {
        serverId,
        ...(claimId === undefined ? {} : { claimId }),
        settings: {
          ...rest,
          scopes: wordsOf(scopes),
          alwaysInclude: when === 'always',
          status: disabled === 'true' ? 'INACTIVE' : 'ACTIVE',
          ...(rest.valueType === 'GROUPS' ? { groupFilter } : {}),
        },
      }),
    remove: (actor, { id: serverId }, _req, claimId) => deleteClaim(commands, actor, { serverId, claimId }),
  })

  return router
}
