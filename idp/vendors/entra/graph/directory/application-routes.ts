import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type { Application } from '#idp/core/directory/records.ts'
import { withholdAnswer } from '#kit/http/record.ts'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { changeablePart, ManifestPatch } from '../../commands/registrations/apply-manifest.ts'
import { changeManifest } from '../../commands/registrations/change-manifest.ts'
import { addClientSecret, GRAPH_DEFAULT_DAYS, removeClientSecret } from '../../commands/registrations/credentials.ts'
import { deleteRegistration } from '../../commands/registrations/deleted-registrations.ts'
import { manifestTime } from '../../commands/registrations/manifest.ts'
import { registerAlone } from '../../commands/registrations/register.ts'
import { addRegistrationOwners, removeRegistrationOwner } from '../../commands/registrations/registration-owners.ts'
import { mustSupport, satisfies } from '../filter.ts'
import { admit, contextOf, type GraphCall, type GraphDeps, type GraphPlace } from '../graph-call.ts'
import { missing } from '../graph-error.ts'
import { collectPage, readListQuery, readSelect, selected, sendPage } from '../list-query.ts'
import { Guid, ObjectReference, readBody } from '../read-body.ts'
import { applicationResource, servicePrincipalResource } from './app-resources.ts'
import { userResource } from './user-resource.ts'

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
const FILTER = { id: ['eq'], appId: ['eq'], displayName: ['eq', 'startswith'] } as const
const DAY_MS = 24 * 60 * 60 * 1000

const AnyBody = z.looseObject({})
const NewBody = ManifestPatch.extend({ displayName: z.string().trim().min(1).max(256) }).omit({
  passwordCredentials: true,
})
const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString())
const PasswordBody = z.strictObject({
  passwordCredential: z
    .strictObject({
      displayName: z.string().max(256).nullable().optional(),
      startDateTime: Instant.nullable().optional(),
      endDateTime: Instant.nullable().optional(),
    })
    .nullable()
    .optional(),
})
const RemoveBody = z.strictObject({ keyId: Guid })
const OwnerReference = z.strictObject({ '@odata.id': ObjectReference })

/** App registrations: list, create, get, change, delete, passwords, owners (application resource type). */
export function applicationRoutes(deps: GraphDeps): Router {
  const { store, clock } = deps.system
  const router = Router()

  /** By object id. @throws {GraphError} `Request_ResourceNotFound`, for the service's own clients too. */
  const applicationOf = (call: GraphPlace, req: Request): Application => {
    const key = String(req.params['applicationId'])
    const application = store.get('applications', key.toLowerCase())
    const isHere = application?.tenantId === call.tenant.id && application.deletedDateTime === undefined
    if (application === undefined || !isHere || application.firstParty) throw missing(key)
    return application
  }

  router.get('/applications', (req, res) => {
    const call = admit(res, READ)
    const query = readListQuery(req, { filter: true })
    mustSupport(query.filter, FILTER, 'Application')
    const page = collectPage(
      query,
      (offset, limit) => store.findPage('applications', 'tenant', call.tenant.id, offset, limit),
      (application) => {
        const whole = applicationResource(store, application)
        // The service's own clients are nobody's registrations.
        if (application.firstParty || !satisfies(whole, query.filter, false)) return undefined
        return selected(whole, query.select, 'application')
      },
    )
    sendPage(req, res, call, { context: 'applications', page, query })
  })

  router.post('/applications', async (req, res) => {
    const call = admit(res, WRITE)
    const { displayName, ...patch } = readBody(NewBody, req, 'Application')
    const application = await registerAlone(deps, call.actor, { displayName, patch })
    res.setHeader('location', `${call.base}/applications/${application.id}`)
    res.status(201).json({ ...contextOf(call, 'applications/$entity'), ...applicationResource(store, application) })
  })

  const sendApplication = (req: Request, res: Response, call: GraphCall, application: Application): void => {
    const whole = applicationResource(store, application)
    res.json({ ...contextOf(call, 'applications/$entity'), ...selected(whole, readSelect(req), 'application') })
  }

  router.get('/applications/:applicationId', (req, res) => {
    const call = admit(res, READ)
    sendApplication(req, res, call, applicationOf(call, req))
  })

  /** The address `applications(appId='…')`. */
  router.get('/applications/\\$appId/:appId', (req, res) => {
    const call = admit(res, READ)
    const key = String(req.params['appId'])
    const application = applicationByAppId(store, key.toLowerCase())
    if (application?.tenantId !== call.tenant.id || application.firstParty) throw missing(key)
    sendApplication(req, res, call, application)
  })

  router.patch('/applications/:applicationId', async (req, res) => {
    const call = admit(res, WRITE)
    const application = applicationOf(call, req)
    // Annotations go first: what is compared with the registration is what is left.
    const given = readBody(AnyBody, req, 'Application')
    const part = changeablePart(store, application, given)
    const patch = readBody(ManifestPatch, { body: part } as Request, 'Application')
    await changeManifest(deps, call.actor, { applicationId: application.id, patch })
    res.status(204).end()
  })

  router.delete('/applications/:applicationId', async (req, res) => {
    const call = admit(res, WRITE)
    await deleteRegistration(deps, call.actor, { applicationId: applicationOf(call, req).id })
    res.status(204).end()
  })

  router.post('/applications/:applicationId/addPassword', async (req, res) => {
    const call = admit(res, WRITE)
    const application = applicationOf(call, req)
    const { passwordCredential } = readBody(PasswordBody, req, 'Application')
    const { displayName, startDateTime, endDateTime } = passwordCredential ?? {}
    const from = startDateTime ?? clock.iso()
    // What is made is in the answer.
    withholdAnswer()
    const { secret, secretText } = await addClientSecret(deps, call.actor, {
      applicationId: application.id,
      ...(displayName ? { displayName } : {}),
      startDateTime: from,
      endDateTime: endDateTime ?? new Date(Date.parse(from) + GRAPH_DEFAULT_DAYS * DAY_MS).toISOString(),
    })
    res.json({
      ...contextOf(call, 'microsoft.graph.passwordCredential'),
      customKeyIdentifier: null,
      displayName: secret.displayName ?? null,
      endDateTime: manifestTime(secret.endDateTime ?? ''),
      hint: secret.hint,
      keyId: secret.keyId,
      secretText,
      startDateTime: manifestTime(secret.startDateTime ?? ''),
    })
  })

  router.post('/applications/:applicationId/removePassword', async (req, res) => {
    const call = admit(res, WRITE)
    const { id: applicationId } = applicationOf(call, req)
    const { keyId } = readBody(RemoveBody, req, 'Application')
    await removeClientSecret(deps, call.actor, { applicationId, keyId })
    res.status(204).end()
  })

  router.get('/applications/:applicationId/owners', (req, res) => {
    const call = admit(res, READ)
    const { ownerIds = [] } = applicationOf(call, req)
    const query = readListQuery(req)
    const page = collectPage(
      query,
      (offset, limit) => ownerIds.slice(offset, offset + limit),
      (id) => {
        const user = store.get('users', id)
        if (user !== undefined && user.deletedDateTime === undefined) {
          return { '@odata.type': '#microsoft.graph.user', ...selected(userResource(user), query.select, 'user') }
        }
        const app = store.get('servicePrincipals', id)
        if (app === undefined) return undefined
        const whole = servicePrincipalResource(store, app)
        return {
          '@odata.type': '#microsoft.graph.servicePrincipal',
          ...selected(whole, query.select, 'servicePrincipal'),
        }
      },
    )
    sendPage(req, res, call, { context: 'directoryObjects', page, query })
  })

  router.post('/applications/:applicationId/owners/\\$ref', async (req, res) => {
    const call = admit(res, WRITE)
    const { id: applicationId } = applicationOf(call, req)
    const { '@odata.id': ownerId } = readBody(OwnerReference, req, 'DirectoryObject')
    await addRegistrationOwners(deps, call.actor, { applicationId, ownerIds: [ownerId] })
    res.status(204).end()
  })

  router.delete('/applications/:applicationId/owners/:ownerId/\\$ref', async (req, res) => {
    const call = admit(res, WRITE)
    const { id: applicationId } = applicationOf(call, req)
    const ownerId = String(req.params['ownerId']).toLowerCase()
    await removeRegistrationOwner(deps, call.actor, { applicationId, ownerId })
    res.status(204).end()
  })

  return router
}
