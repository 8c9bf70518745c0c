import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { APP_TEMPLATES, type AppTemplate } from '../../commands/app-templates.ts'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { removeApp } from '../../commands/applications.ts'
import { assignToApp, removeAssignments } from '../../commands/assignments.ts'
import { instantiateApp } from '../../commands/instantiate-app.ts'
import {
  giveAppPermission,
  permissionsOfResource,
  takeAppPermission,
} from '../../commands/registrations/permission-grants.ts'
import { connectorOf } from '../../provisioning/connectors.ts'
import { mustSupport, satisfies } from '../filter.ts'
import { admit, callOf, contextOf, type GraphCall, type GraphDeps } from '../graph-call.ts'
import { badRequest, missing } from '../graph-error.ts'
import { collectPage, readListQuery, readSelect, selected, sendPage } from '../list-query.ts'
import { Guid, readBody } from '../read-body.ts'
import {
  applicationResource,
  appPermissionResource,
  assignmentResource,
  servicePrincipalResource,
} from './app-resources.ts'
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

const TEXT = ['eq', 'startswith'] as const
const TEMPLATE_FILTER = { id: ['eq'], displayName: [...TEXT, 'contains'], publisher: TEXT } as const
const APP_FILTER = {
  id: ['eq'],
  appId: ['eq'],
  displayName: TEXT,
  accountEnabled: ['eq'],
  applicationTemplateId: ['eq'],
} as const
const ASSIGNMENT_FILTER = { id: ['eq'], principalId: ['eq'], appRoleId: ['eq'], principalType: ['eq'] } as const

const InstantiateBody = z.strictObject({
  displayName: z.string().trim().min(1).max(120),
  serviceManagementReference: z.string().nullable().optional(),
})
const AssignmentBody = z.strictObject({ principalId: Guid, resourceId: Guid, appRoleId: Guid })

function templateResource(template: AppTemplate): Readonly<Record<string, unknown>> {
  const canProvision = connectorOf(template) !== undefined
  return {
    id: template.id,
    displayName: template.displayName,
    homePageUrl: null,
    supportedSingleSignOnModes: template.singleSignOnModes,
    supportedProvisioningTypes: canProvision ? ['sync'] : [],
    logoUrl: null,
    categories: template.categories,
    publisher: template.publisher,
    description: template.description,
  }
}

/**
 * The service principal of the address, of the caller's tenant.
 * @throws {GraphError} `Request_ResourceNotFound`.
 */
export function servicePrincipalOf({ system }: GraphDeps, call: GraphCall, req: Request): ServicePrincipal {
  const key = String(req.params['spId'])
  const app = system.store.get('servicePrincipals', key.toLowerCase())
  if (app === undefined || app.tenantId !== call.tenant.id) throw missing(key)
  return app
}

/** The gallery, enterprise apps and who is assigned to them (reference 11.1). */
export function appRoutes(deps: GraphDeps): Router {
  const { store } = deps.system
  const router = Router()

  router.get('/applicationTemplates', (req, res) => {
    // Anybody with a token may read the gallery.
    const call = callOf(res)
    const query = readListQuery(req, { filter: true })
    mustSupport(query.filter, TEMPLATE_FILTER, 'ApplicationTemplate')
    const page = collectPage(
      query,
      (offset, limit) => APP_TEMPLATES.slice(offset, offset + limit),
      (template) => {
        const whole = templateResource(template)
        return satisfies(whole, query.filter, false) ? selected(whole, query.select, 'applicationTemplate') : undefined
      },
    )
    sendPage(req, res, call, { context: 'applicationTemplates', page, query })
  })

  const templateAt = (req: Request): AppTemplate => {
    const key = String(req.params['templateId'])
    const template = APP_TEMPLATES.find(({ id }) => id === key.toLowerCase())
    if (template === undefined) throw missing(key)
    return template
  }

  router.get('/applicationTemplates/:templateId', (req, res) => {
    const call = callOf(res)
    const whole = templateResource(templateAt(req))
    res.json({
      ...contextOf(call, 'applicationTemplates/$entity'),
      ...selected(whole, readSelect(req), 'applicationTemplate'),
    })
  })

  router.post('/applicationTemplates/:templateId/instantiate', async (req, res) => {
    const call = admit(res, WRITE)
    const { displayName } = readBody(InstantiateBody, req, 'ApplicationTemplate')
    const template = templateAt(req)
    if (!template.makesApplication) mustNotHave(call, template)
    const { application, app } = await instantiateApp(deps, call.actor, { templateId: template.id, displayName })
    res.status(201).json({
      ...contextOf(call, 'microsoft.graph.applicationServicePrincipal'),
      application: applicationResource(store, application),
      servicePrincipal: servicePrincipalResource(store, app),
    })
  })

  /** A publisher's app is in a tenant once. @throws {GraphError} with the code of a taken name. */
  const mustNotHave = (call: GraphCall, { templateId, displayName }: AppTemplate): void => {
    const [application] = store.find('applications', 'templateId', templateId)
    if (application === undefined || servicePrincipalByAppId(store, call.tenant.id, application.appId) === undefined) {
      return
    }
    throw badRequest(`The service principal of ${displayName} exists in this tenant already.`)
  }

  router.get('/servicePrincipals', (req, res) => {
    const call = admit(res, READ)
    const query = readListQuery(req, { filter: true, count: true })
    mustSupport(query.filter, APP_FILTER, 'ServicePrincipal')
    let page = collectPage(
      query,
      (offset, limit) => store.findPage('servicePrincipals', 'tenant', call.tenant.id, offset, limit),
      (app) => {
        const whole = servicePrincipalResource(store, app)
        return satisfies(whole, query.filter, false) ? selected(whole, query.select, 'servicePrincipal') : undefined
      },
    )
    const graph = graphPrincipalResource(call.tenant.id)
    if (query.filter.length > 0 && page.next === undefined && satisfies(graph, query.filter, false)) {
      page = { ...page, items: [...page.items, selected(graph, query.select, 'servicePrincipal')] }
    }
    const total = query.filter.length === 0 ? store.count('servicePrincipals', 'tenant', call.tenant.id) : undefined
    sendPage(req, res, call, {
      context: 'servicePrincipals',
      page: { ...page, ...(total === undefined ? {} : { total }) },
      query,
    })
  })

  const sendApp = (req: Request, res: Response, call: GraphCall, app: ServicePrincipal): void => {
    const whole = servicePrincipalResource(store, app)
    res.json({
      ...contextOf(call, 'servicePrincipals/$entity'),
      ...selected(whole, readSelect(req), 'servicePrincipal'),
    })
  }

  router.get('/servicePrincipals/:spId', (req, res) => {
    const call = admit(res, READ)
    sendApp(req, res, call, servicePrincipalOf(deps, call, req))
  })

  /** The address `servicePrincipals(appId='…')`. */
  router.get('/servicePrincipals/\\$appId/:appId', (req, res) => {
    const call = admit(res, READ)
    const key = String(req.params['appId'])
    const app = servicePrincipalByAppId(store, call.tenant.id, key.toLowerCase())
    if (app === undefined) throw missing(key)
    sendApp(req, res, call, app)
  })

  router.delete('/servicePrincipals/:spId', async (req, res) => {
    const call = admit(res, WRITE)
    await removeApp(deps, call.actor, { appId: servicePrincipalOf(deps, call, req).id })
    res.status(204).end()
  })

  router.get('/servicePrincipals/:spId/appRoleAssignedTo', (req, res) => {
    const call = admit(res, [...READ, ...ASSIGN])
    const app = servicePrincipalOf(deps, call, req)
    const query = readListQuery(req, { filter: true })
    mustSupport(query.filter, ASSIGNMENT_FILTER, 'AppRoleAssignment')
    const people = store.count('appRoleAssignments', 'resource', app.id)
    const apps = permissionsOfResource(store, call.tenant.id, app.id)
    const page = collectPage(
      query,
      // People and groups come first, then the applications that hold a role.
      (offset, limit) => [
        ...(offset < people ? store.findPage('appRoleAssignments', 'resource', app.id, offset, limit) : []),
        ...apps.slice(Math.max(0, offset - people), Math.max(0, offset + limit - people)),
      ],
      (assignment) => {
        const whole =
          'client' in assignment ? appPermissionResource(assignment) : assignmentResource(store, app, assignment)
        return satisfies(whole, query.filter, false) ? selected(whole, query.select, 'appRoleAssignment') : undefined
      },
    )
    sendPage(req, res, call, { context: 'appRoleAssignments', page, query })
  })

  router.post('/servicePrincipals/:spId/appRoleAssignedTo', async (req, res) => {
    const call = admit(res, ASSIGN)
    const app = servicePrincipalOf(deps, call, req)
    const { principalId, resourceId, appRoleId } = readBody(AssignmentBody, req, 'AppRoleAssignment')
    if (resourceId !== app.id) {
      throw badRequest("The property 'resourceId' names another service principal than the address.")
    }
    if (store.has('servicePrincipals', principalId)) {
      const given = await giveAppPermission(deps, call.actor, { clientId: principalId, resourceId, appRoleId })
      const at = `servicePrincipals('${app.id}')/appRoleAssignedTo`
      res.setHeader('location', `${call.base}/${at}/${given.id}`)
      res.status(201).json({ ...contextOf(call, `${at}/$entity`), ...appPermissionResource(given) })
      return
    }
    const [assignment] = await assignToApp(deps, call.actor, { appId: app.id, principalIds: [principalId], appRoleId })
    if (assignment === undefined) throw new Error('An assignment was made, and there is none.')
    const path = `servicePrincipals('${app.id}')/appRoleAssignedTo`
    res.setHeader('location', `${call.base}/${path}/${assignment.id}`)
    res.status(201).json({ ...contextOf(call, `${path}/$entity`), ...assignmentResource(store, app, assignment) })
  })

  router.get('/servicePrincipals/:spId/appRoleAssignedTo/:assignmentId', (req, res) => {
    const call = admit(res, [...READ, ...ASSIGN])
    const app = servicePrincipalOf(deps, call, req)
    const key = String(req.params['assignmentId'])
    const held = permissionsOfResource(store, call.tenant.id, app.id).find(({ id }) => id === key.toLowerCase())
    const assignment = store.get('appRoleAssignments', key.toLowerCase())
    if (held === undefined && assignment?.resourceId !== app.id) throw missing(key)
    const path = `servicePrincipals('${app.id}')/appRoleAssignedTo/$entity`
    const whole =
      held === undefined ? assignment && assignmentResource(store, app, assignment) : appPermissionResource(held)
    res.json({ ...contextOf(call, path), ...whole })
  })

  router.delete('/servicePrincipals/:spId/appRoleAssignedTo/:assignmentId', async (req, res) => {
    const call = admit(res, ASSIGN)
    const app = servicePrincipalOf(deps, call, req)
    const assignmentId = String(req.params['assignmentId']).toLowerCase()
    const held = permissionsOfResource(store, call.tenant.id, app.id).find(({ id }) => id === assignmentId)
    if (held !== undefined) {
      await takeAppPermission(deps, call.actor, { clientId: held.client.id, assignmentId })
      res.status(204).end()
      return
    }
    const assignmentIds = [assignmentId]
    await removeAssignments(deps, call.actor, { appId: app.id, assignmentIds })
    res.status(204).end()
  })

  return router
}
