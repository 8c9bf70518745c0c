import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { jobOfApp, readJobStatus } from '#idp/engine/jobs.ts'
import { RESET_SCOPES, type ResetScope } from '#idp/engine/restart.ts'
import { Refusal } from '#kit/http/errors.ts'
import { createEmptyJob } from '../../provisioning/commands/create-job.ts'
import { deleteJob } from '../../provisioning/commands/delete-job.ts'
import { linkOf, removeConnection } from '../../provisioning/commands/remove-connection.ts'
import { restartProvisioning, startProvisioning, stopProvisioning } from '../../provisioning/commands/run-job.ts'
import { saveSecrets } from '../../provisioning/commands/save-secrets.ts'
import { testConnection } from '../../provisioning/commands/test-connection.ts'
import { connectorOf } from '../../provisioning/connectors.ts'
import { toGraphSchema } from '../../provisioning/graph-schema.ts'
import { contextOf, type GraphDeps } from '../graph-call.ts'
import { badRequest, GraphError, missing } from '../graph-error.ts'
import { readListQuery, readSelect, selected, sendPage } from '../list-query.ts'
import { readBody } from '../read-body.ts'
import { READ_SYNC, type SyncApp, syncApp, syncJob, syncPath, WRITE_SYNC } from './access.ts'
import { jobResource } from './job-resource.ts'
import { KeyValueList, keyValues, SecretsBody, secretsOf, settingsOf } from './secrets.ts'

const JobBody = z.strictObject({ templateId: z.string().min(1).max(128) })
const CredentialsBody = z.strictObject({
  applicationIdentifier: z.string().nullable().optional(),
  templateId: z.string().max(128).nullable().optional(),
  useSavedCredentials: z.boolean().nullable().optional(),
  credentials: KeyValueList.nullable().optional(),
})
const RestartBody = z.strictObject({
  criteria: z
    .strictObject({ resetScope: z.string().max(256).nullable().optional() })
    .nullable()
    .optional(),
})

/** The flags of `resetScope`, separated by commas. None: what the pages forget. @throws {GraphError} for an unknown one. */
function resetScopesOf(text: string): readonly ResetScope[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return names.map((name) => {
    const known = RESET_SCOPES.find((scope) => scope.toLowerCase() === name.toLowerCase())
    if (known === undefined) throw badRequest(`'${name}' is no reset scope. There are: ${RESET_SCOPES.join(', ')}.`)
    return known
  })
}

/** What the pages tell a person who clicks twice is no news to a script. */
async function unlessDone(work: Promise<unknown>, code: string): Promise<void> {
  try {
    await work
  } catch (refusal) {
    if (!(refusal instanceof Refusal && refusal.code === code)) throw refusal
  }
}

/** Templates, jobs, credentials and what can be done with a job (reference 11.1). */
export function jobRoutes(deps: GraphDeps): Router {
  const { system, provisioning } = deps
  const { store, clock } = system
  const router = Router({ mergeParams: true })

  const templatesOf = ({ app }: SyncApp): readonly object[] => {
    const connector = connectorOf(app)
    if (connector === undefined) return []
    const { templateId: id } = connector
    return [
      {
        id,
        applicationId: app.appId,
        default: true,
        description: `Provisioning of ${app.displayName} over SCIM`,
        discoverable: true,
        factoryTag: connector.tag,
        metadata: [],
        schema: toGraphSchema(connector.schema, { jobId: id, appName: app.displayName }),
      },
    ]
  }

  router.get('/templates', (req, res) => {
    const found = syncApp(deps, req, res, READ_SYNC)
    const query = readListQuery(req)
    const items = templatesOf(found).map((each) => selected(each, query.select, 'synchronizationTemplate'))
    sendPage(req, res, found.call, { context: syncPath(found, 'templates'), page: { items }, query })
  })

  router.get('/templates/:templateId', (req, res) => {
    const found = syncApp(deps, req, res, READ_SYNC)
    const [template] = templatesOf(found)
    const key = String(req.params['templateId'])
    if (template === undefined || connectorOf(found.app)?.templateId !== key) throw missing(key)
    res.json({ ...contextOf(found.call, syncPath(found, 'templates/$entity')), ...template })
  })

  const statusOf = (jobId: string): Readonly<Record<string, unknown>> => {
    const status = readJobStatus(store, jobId)
    if (status === undefined) throw missing(jobId)
    return jobResource(status, clock.iso())
  }

  router.get('/jobs', (req, res) => {
    const found = syncApp(deps, req, res, READ_SYNC)
    const query = readListQuery(req)
    const job = jobOfApp(store, found.app.id)
    const items = job === undefined ? [] : [selected(statusOf(job.id), query.select, 'synchronizationJob')]
    sendPage(req, res, found.call, { context: syncPath(found, 'jobs'), page: { items }, query })
  })

  router.post('/jobs', async (req, res) => {
    const found = syncApp(deps, req, res, WRITE_SYNC)
    const { templateId } = readBody(JobBody, req, 'SynchronizationJob')
    const { id } = await createEmptyJob(provisioning, found.call.actor, { appId: found.app.id, templateId })
    const path = syncPath(found, 'jobs')
    res.setHeader('location', `${found.call.base}/${path}('${id}')`)
    res.status(201).json({ ...contextOf(found.call, `${path}/$entity`), ...statusOf(id) })
  })

  /** Test what was sent, or what is kept. @throws {GraphError} with the service's own code when the target says no. */
  const validate = async (req: Request, res: Response, found: SyncApp): Promise<void> => {
    const body = readBody(CredentialsBody, req, 'SynchronizationJob')
    const { app, call } = found
    const connector = connectorOf(app)
    if (typeof body.templateId === 'string' && body.templateId !== connector?.templateId) {
      throw badRequest(`${app.displayName} has no synchronization template '${body.templateId}'.`)
    }
    const job = jobOfApp(store, app.id)
    const isSaved = body.useSavedCredentials === true
    if (isSaved && (job === undefined || job.tenantUrl === '')) throw badRequest('There are no saved credentials.')
    const values = keyValues(isSaved ? [] : (body.credentials ?? []))
    const secretToken = values.get('SecretToken') ?? ''
    if (!isSaved && secretToken === '')
      throw badRequest("The credentials need the keys 'BaseAddress' and 'SecretToken'.")
    const test = await testConnection(provisioning, call.actor, {
      appId: app.id,
      tenantUrl: isSaved ? (job?.tenantUrl ?? '') : (values.get('BaseAddress') ?? ''),
      secretToken,
    })
    if (!test.ok) {
      const status = test.status === undefined ? '' : ` The target answered ${test.status}.`
      throw new GraphError(test.code, 400, `${test.message} Request: ${test.request}.${status}`)
    }
    res.status(204).end()
  }

  router.post('/jobs/validateCredentials', (req, res) => validate(req, res, syncApp(deps, req, res, WRITE_SYNC)))
  router.post('/jobs/:jobId/validateCredentials', (req, res) => validate(req, res, syncJob(deps, req, res, WRITE_SYNC)))

  router.get('/jobs/:jobId', (req, res) => {
    const found = syncJob(deps, req, res, READ_SYNC)
    const whole = statusOf(found.job.id)
    res.json({
      ...contextOf(found.call, syncPath(found, 'jobs/$entity')),
      ...selected(whole, readSelect(req), 'synchronizationJob'),
    })
  })

  router.delete('/jobs/:jobId', async (req, res) => {
    const { call, app } = syncJob(deps, req, res, WRITE_SYNC)
    await deleteJob(provisioning, call.actor, { appId: app.id })
    res.status(204).end()
  })

  router.post('/jobs/:jobId/start', async (req, res) => {
    const { call, app } = syncJob(deps, req, res, WRITE_SYNC)
    await unlessDone(startProvisioning(provisioning, call.actor, { appId: app.id }), 'started_already')
    res.status(204).end()
  })

  router.post('/jobs/:jobId/pause', async (req, res) => {
    const { call, app } = syncJob(deps, req, res, WRITE_SYNC)
    await unlessDone(stopProvisioning(provisioning, call.actor, { appId: app.id }), 'stopped_already')
    res.status(204).end()
  })

  router.post('/jobs/:jobId/restart', async (req, res) => {
    const { call, app } = syncJob(deps, req, res, WRITE_SYNC)
    const { criteria } = readBody(RestartBody, req, 'SynchronizationJob')
    const resetScope = resetScopesOf(criteria?.resetScope ?? '')
    try {
      await restartProvisioning(provisioning, call.actor, { appId: app.id, resetScope })
    } catch (refusal) {
      if (!(refusal instanceof Refusal && refusal.code === 'never_run')) throw refusal
      // A job that has never run has nothing to forget: it is started.
      await startProvisioning(provisioning, call.actor, { appId: app.id })
    }
    res.status(204).end()
  })

  router.put('/secrets', async (req, res) => {
    const { call, app } = syncApp(deps, req, res, WRITE_SYNC)
    const { value } = readBody(SecretsBody, req, 'Synchronization')
    const settings = settingsOf(keyValues(value))
    if (jobOfApp(store, app.id) === undefined) {
      throw new GraphError(
        'Request_ResourceNotFound',
        404,
        `${app.displayName} has no synchronization job to keep secrets for: create the job first.`,
      )
    }
    await saveSecrets(provisioning, call.actor, { appId: app.id, ...settings })
    res.status(204).end()
  })

  router.get('/secrets', (req, res) => {
    const found = syncApp(deps, req, res, READ_SYNC)
    if (found.call.version !== 'beta') {
      throw new GraphError('Request_BadRequest', 405, 'Secrets are read at /beta; /v1.0 only replaces them.', {
        headers: { allow: 'PUT' },
      })
    }
    const job = jobOfApp(store, found.app.id)
    const items = job === undefined ? [] : secretsOf(job, system.vault)
    sendPage(req, res, found.call, { context: syncPath(found, 'secrets'), page: { items }, query: readListQuery(req) })
  })

  /** Links of source and target, in beta only (manage object connections). */
  const onlyBeta = ({ call }: SyncApp): void => {
    if (call.version === 'beta') return
    throw new GraphError('BadRequest', 400, "Resource not found for the segment 'objectConnections'.")
  }

  router.get('/jobs/:jobId/objectConnections', (req, res) => {
    onlyBeta(syncJob(deps, req, res, READ_SYNC))
    throw badRequest("Connections are not listed: ask for one, objectConnections('{objectId}').")
  })

  router.get('/jobs/:jobId/objectConnections/:objectId', (req, res) => {
    const found = syncJob(deps, req, res, READ_SYNC)
    onlyBeta(found)
    const objectId = String(req.params['objectId'])
    const link = linkOf(store, found.job.id, objectId)
    if (link === undefined) throw missing(objectId)
    const source = store.get('users', link.sourceId) ?? store.get('groups', link.sourceId)
    res.json({
      ...contextOf(found.call, 'objectConnection/$entity'),
      objectId,
      sourceAnchor: link.sourceId,
      targetAnchor: link.targetId,
      displayName: source?.displayName ?? null,
      objectTypeName: link.kind.toLowerCase(),
    })
  })

  router.delete('/jobs/:jobId/objectConnections/:objectId', async (req, res) => {
    const found = syncJob(deps, req, res, WRITE_SYNC)
    onlyBeta(found)
    const objectId = String(req.params['objectId'])
    await removeConnection(provisioning, found.call.actor, { appId: found.app.id, objectId })
    res.status(204).end()
  })

  return router
}
