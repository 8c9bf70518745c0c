import { type Request, Router } from 'express'
import { z } from 'zod'
import { applicationByAppId, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { editApp } from '../../commands/applications.ts'
import { GRAPH_API, graphPrincipalIdOf } from '../../commands/registrations/graph-permissions.ts'
import {
  giveAppPermission,
  permissionsOfClient,
  permissionsOfResource,
  takeAppPermission,
} from '../../commands/registrations/permission-grants.ts'
import { createPrincipalOf } from '../../commands/registrations/register.ts'
import { admit, contextOf, type GraphDeps } from '../graph-call.ts'
import { badRequest, missing } from '../graph-error.ts'
import { collectPage, readListQuery, readSelect, selected, sendPage } from '../list-query.ts'
import { Guid, readBody } from '../read-body.ts'
import { appPermissionResource, servicePrincipalResource } from './app-resources.ts'
import { servicePrincipalOf } from './app-routes.ts'
import { graphPrincipalResource } from './graph-principal.ts'

const READ: readonly ApplicationPermission[] = [
  'Application.Read.All',
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
]
const WRITE: readonly ApplicationPermission[] = [
  'Application.ReadWrite.OwnedBy',
  'Application.ReadWrite.All',
  'Directory.ReadWrite.All',
]
const ASSIGN: readonly ApplicationPermission[] = ['AppRoleAssignment.ReadWrite.All']

const NewBody = z.strictObject({ appId: Guid })
const ChangeBody = z.strictObject({
  accountEnabled: z.boolean().optional(),
  appRoleAssignmentRequired: z.boolean().optional(),
  displayName: z.string().trim().min(1).max(120).optional(),
  homepage: z.string().max(2048).nullable().optional(),
  notes: z.string().max(1024).nullable().optional(),
})
const AssignmentBody = z.strictObject({ principalId: Guid, resourceId: Guid, appRoleId: Guid })

/** Enterprise apps written by Graph: made from a registration, changed; and the application permissions they hold. */
export function servicePrincipalWriteRoutes(deps: GraphDeps): Router {
  const { store } = deps.system
  const router = Router()

  router.post('/servicePrincipals', async (req, res) => {
    const call = admit(res, WRITE)
    const { appId } = readBody(NewBody, req, 'ServicePrincipal')
    const application = applicationByAppId(store, appId)
    if (application?.tenantId !== call.tenant.id || application.firstParty) {
      throw badRequest(`The appId '${appId}' names no application registered in this tenant.`)
    }
    if (servicePrincipalByAppId(store, call.tenant.id, appId) !== undefined) {
      throw badRequest(
        `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
      )
    }
    const app = await createPrincipalOf(deps, call.actor, { applicationId: application.id })
    res.setHeader('location', `${call.base}/servicePrincipals/${app.id}`)
    res.status(201).json({ ...contextOf(call, 'servicePrincipals/$entity'), ...servicePrincipalResource(store, app) })
  })

  router.patch('/servicePrincipals/:spId', async (req, res) => {
    const call = admit(res, WRITE)
    const app = servicePrincipalOf(deps, call, req)
    const { displayName, homepage, notes, accountEnabled, appRoleAssignmentRequired } = readBody(
      ChangeBody,
      req,
      'ServicePrincipal',
    )
    await editApp(deps, call.actor, {
      appId: app.id,
      patch: {
        ...(displayName === undefined ? {} : { displayName }),
        ...(homepage === undefined ? {} : { homepage }),
        ...(notes === undefined ? {} : { notes }),
        ...(accountEnabled === undefined ? {} : { accountEnabled }),
        ...(appRoleAssignmentRequired === undefined ? {} : { appRoleAssignmentRequired }),
      },
    })
    res.status(204).end()
  })

  /** Graph itself, which every tenant has: what scripts look for to give permissions. */
  const sendGraph = (req: Request, res: Parameters<typeof admit>[0]): void => {
    const call = admit(res, READ)
    const whole = graphPrincipalResource(call.tenant.id)
    res.json({
      ...contextOf(call, 'servicePrincipals/$entity'),
      ...selected(whole, readSelect(req), 'servicePrincipal'),
    })
  }
  router.get('/servicePrincipals/:spId', (req, res, next) => {
    const call = admit(res, READ)
    if (String(req.params['spId']).toLowerCase() !== graphPrincipalIdOf(call.tenant.id)) return next()
    sendGraph(req, res)
  })
  router.get('/servicePrincipals/\\$appId/:appId', (req, res, next) => {
    admit(res, READ)
    if (String(req.params['appId']).toLowerCase() !== GRAPH_API.appId) return next()
    sendGraph(req, res)
  })
  router.get('/servicePrincipals/:spId/appRoleAssignedTo', (req, res, next) => {
    const call = admit(res, [...READ, ...ASSIGN])
    const id = graphPrincipalIdOf(call.tenant.id)
    if (String(req.params['spId']).toLowerCase() !== id) return next()
    const query = readListQuery(req)
    const held = permissionsOfResource(store, call.tenant.id, id)
    const page = collectPage(
      query,
      (offset, limit) => held.slice(offset, offset + limit),
      (each) => selected(appPermissionResource(each), query.select, 'appRoleAssignment'),
    )
    sendPage(req, res, call, { context: 'appRoleAssignments', page, query })
  })

  router.get('/servicePrincipals/:spId/appRoleAssignments', (req, res) => {
    const call = admit(res, [...READ, ...ASSIGN])
    const held = permissionsOfClient(store, servicePrincipalOf(deps, call, req))
    const query = readListQuery(req)
    const page = collectPage(
      query,
      (offset, limit) => held.slice(offset, offset + limit),
      (each) => selected(appPermissionResource(each), query.select, 'appRoleAssignment'),
    )
    sendPage(req, res, call, { context: 'appRoleAssignments', page, query })
  })

  router.post('/servicePrincipals/:spId/appRoleAssignments', async (req, res) => {
    const call = admit(res, ASSIGN)
    const app = servicePrincipalOf(deps, call, req)
    const { principalId, resourceId, appRoleId } = readBody(AssignmentBody, req, 'AppRoleAssignment')
    if (principalId !== app.id) {
      throw badRequest("The property 'principalId' names another service principal than the address.")
    }
    const given = await giveAppPermission(deps, call.actor, { clientId: app.id, resourceId, appRoleId })
    const path = `servicePrincipals('${app.id}')/appRoleAssignments`
    res.setHeader('location', `${call.base}/${path}/${given.id}`)
    res.status(201).json({ ...contextOf(call, `${path}/$entity`), ...appPermissionResource(given) })
  })

  router.get('/servicePrincipals/:spId/appRoleAssignments/:assignmentId', (req, res) => {
    const call = admit(res, [...READ, ...ASSIGN])
    const app = servicePrincipalOf(deps, call, req)
    const key = String(req.params['assignmentId'])
    const found = permissionsOfClient(store, app).find(({ id }) => id === key.toLowerCase())
    if (found === undefined) throw missing(key)
    const path = `servicePrincipals('${app.id}')/appRoleAssignments/$entity`
    res.json({ ...contextOf(call, path), ...appPermissionResource(found) })
  })

  router.delete('/servicePrincipals/:spId/appRoleAssignments/:assignmentId', async (req, res) => {
    const call = admit(res, ASSIGN)
    const app = servicePrincipalOf(deps, call, req)
    const assignmentId = String(req.params['assignmentId']).toLowerCase()
    await takeAppPermission(deps, call.actor, { clientId: app.id, assignmentId })
    res.status(204).end()
  })

  return router
}
