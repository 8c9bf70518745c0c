import { type Request, Router } from 'express'
import { z } from 'zod'
import type { OAuth2PermissionGrant } from '#idp/core/directory/records.ts'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { graphPrincipalIdOf } from '../../commands/registrations/graph-permissions.ts'
import {
  changePermissionGrant,
  createPermissionGrant,
  deletePermissionGrant,
} from '../../commands/registrations/permission-grants.ts'
import { mustSupport, satisfies } from '../filter.ts'
import { admit, contextOf, type GraphDeps, type GraphPlace } from '../graph-call.ts'
import { missing } from '../graph-error.ts'
import { collectPage, readListQuery, readSelect, selected, sendPage } from '../list-query.ts'
import { Guid, readBody } from '../read-body.ts'
import { servicePrincipalOf } from './app-routes.ts'

const WRITE: readonly ApplicationPermission[] = ['DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All']
const READ: readonly ApplicationPermission[] = [...WRITE, 'Directory.Read.All']
const FILTER = {
  id: ['eq'],
  clientId: ['eq'],
  consentType: ['eq'],
  principalId: ['eq'],
  resourceId: ['eq'],
} as const

const Ignored = z.string().max(64).nullable().optional()
const GrantBody = z.strictObject({
  clientId: Guid,
  consentType: z.enum(['AllPrincipals', 'Principal']),
  principalId: Guid.nullable().optional(),
  resourceId: Guid,
  scope: z.string().max(4000),
  // Kept for old callers; the service has ignored both for long.
  startTime: Ignored,
  expiryTime: Ignored,
})
const ChangeBody = z.strictObject({ scope: z.string().max(4000) })

/** A delegated permission grant under Graph's names. */
function grantResource(grant: OAuth2PermissionGrant): Readonly<Record<string, unknown>> {
  return {
    clientId: grant.clientId,
    consentType: grant.consentType,
    id: grant.id,
    principalId: grant.principalId ?? null,
    resourceId: grant.resourceId ?? graphPrincipalIdOf(grant.tenantId),
    scope: grant.scope,
  }
}

/** Delegated permission grants: `oauth2PermissionGrants`, and those of one client. */
export function permissionGrantRoutes(deps: GraphDeps): Router {
  const { store } = deps.system
  const router = Router()

  const grantOf = (call: GraphPlace, req: Request): OAuth2PermissionGrant => {
    const key = String(req.params['grantId'])
    const grant = store.get('permissionGrants', key.toLowerCase())
    if (grant?.tenantId !== call.tenant.id) throw missing(key)
    return grant
  }

  router.get('/oauth2PermissionGrants', (req, res) => {
    const call = admit(res, READ)
    const query = readListQuery(req, { filter: true })
    mustSupport(query.filter, FILTER, 'OAuth2PermissionGrant')
    const client = query.filter.find(({ path, operator }) => path === 'clientId' && operator === 'eq')?.value
    const page = collectPage(
      query,
      typeof client === 'string'
        ? (offset, limit) => store.findPage('permissionGrants', 'client', client.toLowerCase(), offset, limit)
        : (offset, limit) => store.page('permissionGrants', offset, limit),
      (grant) => {
        const whole = grantResource(grant)
        if (grant.tenantId !== call.tenant.id || !satisfies(whole, query.filter, false)) return undefined
        return selected(whole, query.select, 'oAuth2PermissionGrant')
      },
    )
    sendPage(req, res, call, { context: 'oauth2PermissionGrants', page, query })
  })

  router.post('/oauth2PermissionGrants', async (req, res) => {
    const call = admit(res, WRITE)
    const { principalId, startTime: _, expiryTime: __, ...body } = readBody(GrantBody, req, 'OAuth2PermissionGrant')
    const grant = await createPermissionGrant(deps, call.actor, { ...body, ...(principalId ? { principalId } : {}) })
    res.setHeader('location', `${call.base}/oauth2PermissionGrants/${grant.id}`)
    res.status(201).json({ ...contextOf(call, 'oauth2PermissionGrants/$entity'), ...grantResource(grant) })
  })

  router.get('/oauth2PermissionGrants/:grantId', (req, res) => {
    const call = admit(res, READ)
    const whole = grantResource(grantOf(call, req))
    res.json({
      ...contextOf(call, 'oauth2PermissionGrants/$entity'),
      ...selected(whole, readSelect(req), 'oAuth2PermissionGrant'),
    })
  })

  router.patch('/oauth2PermissionGrants/:grantId', async (req, res) => {
    const call = admit(res, WRITE)
    const { id: grantId } = grantOf(call, req)
    const { scope } = readBody(ChangeBody, req, 'OAuth2PermissionGrant')
    await changePermissionGrant(deps, call.actor, { grantId, scope })
    res.status(204).end()
  })

  router.delete('/oauth2PermissionGrants/:grantId', async (req, res) => {
    const call = admit(res, WRITE)
    await deletePermissionGrant(deps, call.actor, { grantId: grantOf(call, req).id })
    res.status(204).end()
  })

  router.get('/servicePrincipals/:spId/oauth2PermissionGrants', (req, res) => {
    const call = admit(res, READ)
    const app = servicePrincipalOf(deps, call, req)
    const query = readListQuery(req)
    const page = collectPage(
      query,
      (offset, limit) => store.findPage('permissionGrants', 'client', app.id, offset, limit),
      (grant) => selected(grantResource(grant), query.select, 'oAuth2PermissionGrant'),
    )
    sendPage(req, res, call, { context: 'oauth2PermissionGrants', page, query })
  })

  return router
}
