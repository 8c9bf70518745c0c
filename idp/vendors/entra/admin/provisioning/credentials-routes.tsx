import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { jobOfApp } from '#idp/engine/jobs.ts'
import { createTraceId, currentContext } from '#kit/context.ts'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import {
  ConnectionRefused,
  createConfiguration,
  updateConnectivity,
} from '../../provisioning/commands/configuration.ts'
import { SecretTokenField, TenantUrlField } from '../../provisioning/commands/credentials.ts'
import { testConnection } from '../../provisioning/commands/test-connection.ts'
import { connectorOf } from '../../provisioning/connectors.ts'
import { goSaying } from '../context.ts'
import type { TestedConnection } from './connection-notice.tsx'
import { ConnectivityPage } from './connectivity-page.tsx'
import { type CredentialsDraft, dropDraft, keepDraft, readDraft, withKeptSecret } from './credentials-draft.ts'
import { type AppVisit, type ProvisioningPageDeps, visitApp, visitJob } from './deps.ts'
import { NewConfigurationPage } from './new-configuration-page.tsx'
import { provisioningHref } from './provisioning-page.tsx'

/** Which of the form's buttons was pressed. */
const ActField = z.enum(['test', 'create', 'save'])

const CredentialsForm = z.strictObject({
  act: ActField,
  method: z.literal('bearer', 'Only bearer authentication is supported.').default('bearer'),
  tenantUrl: TenantUrlField,
  secretToken: SecretTokenField,
})

/** What a form came to: what to show again, or the end. */
interface Outcome {
  readonly draft: CredentialsDraft
  readonly problems: Readonly<Record<string, string>>
  readonly tested?: TestedConnection
}

const requestId = (): string => currentContext()?.traceId ?? createTraceId()

/** Fields at fault by the code of what a command refused. @throws the error itself when the form is not at fault. */
function outcomeOf(error: unknown, draft: CredentialsDraft): Outcome {
  if (error instanceof ConnectionRefused) {
    return {
      draft: { ...draft, isTested: false },
      problems: {},
      tested: { result: error.test, requestId: requestId() },
    }
  }
  if (!(error instanceof Refusal)) throw error
  const untested = { ...draft, isTested: false }
  if (error.code === 'invalid_tenant_url') return { draft: untested, problems: { tenantUrl: error.message } }
  if (error.code === 'invalid_secret') return { draft: untested, problems: { secretToken: error.message } }
  throw error
}

/** The credentials of a configuration: `/new` and `/connectivity`. */
export function credentialRoutes(deps: ProvisioningPageDeps): Router {
  const { system, provisioning } = deps
  const router = Router({ mergeParams: true })

  /** Read the form. @returns the draft and the button, or what to show again. */
  function readCredentials(req: Request, appId: string) {
    const form = parseForm(CredentialsForm, req.body)
    const before = readDraft(deps, req, appId)
    if (form.ok) {
      const { act, tenantUrl, secretToken } = form.value
      return { kind: 'read', act, draft: withKeptSecret({ tenantUrl, secretToken }, before) } as const
    }
    const { tenantUrl = '', secretToken = '' } = form.values
    const draft = { ...withKeptSecret({ tenantUrl, secretToken }, before), isTested: false }
    return { kind: 'problems', outcome: { draft, problems: form.problems } } as const
  }

  async function test(visit: AppVisit, draft: CredentialsDraft): Promise<Outcome> {
    try {
      const { tenantUrl, secretToken } = draft
      const result = await testConnection(provisioning, visit.context.actor, {
        appId: visit.app.id,
        tenantUrl,
        secretToken,
      })
      return { draft: { ...draft, isTested: result.ok }, problems: {}, tested: { result, requestId: requestId() } }
    } catch (error) {
      return outcomeOf(error, draft)
    }
  }

  /** A refused form is 422; a test that was made is an answer, whatever it found. */
  const statusOf = ({ problems, tested }: Outcome): number =>
    Object.keys(problems).length > 0 || tested === undefined ? 422 : 200

  function showNew(res: Response, { context, app }: AppVisit, outcome: Outcome): void {
    const { draft, problems, tested } = outcome
    const { tenantUrl, isTested } = draft
    const view = { app, tenantUrl, hasSecret: draft.secretToken !== '', isTested, problems, tested }
    res.type('html').send(renderPage(<NewConfigurationPage context={context} view={view} />))
  }

  router.get('/new', async (req, res) => {
    const visit = visitApp(deps, req, res)
    if (jobOfApp(system.store, visit.app.id) !== undefined || connectorOf(visit.app) === undefined) {
      res.redirect(303, provisioningHref(visit.app.id))
      return
    }
    await dropDraft(deps, req, visit.app.id)
    showNew(res, visit, { draft: { tenantUrl: '', secretToken: '', isTested: false }, problems: {} })
  })

  router.post('/new', async (req, res) => {
    const visit = visitApp(deps, req, res)
    const { context, app } = visit
    const answer = async (outcome: Outcome): Promise<void> => {
      await keepDraft(deps, req, app.id, outcome.draft)
      res.status(statusOf(outcome))
      showNew(res, visit, outcome)
    }
    const reading = readCredentials(req, app.id)
    if (reading.kind === 'problems') return answer(reading.outcome)
    const { act, draft } = reading
    if (act === 'test') return answer(await test(visit, draft))
    if (!draft.isTested) {
      const message = 'These values have not been tested. Select Test Connection first.'
      return answer({ draft, problems: { '': message } })
    }
    try {
      const { tenantUrl, secretToken } = draft
      await createConfiguration(provisioning, context.actor, { appId: app.id, tenantUrl, secretToken })
    } catch (error) {
      return answer(outcomeOf(error, draft))
    }
    await dropDraft(deps, req, app.id)
    await goSaying(deps, req, res, provisioningHref(app.id), `Provisioning of ${app.displayName} is configured.`)
  })

  function showConnectivity(res: Response, { context, app }: AppVisit, outcome: Outcome): void {
    const { draft, problems, tested } = outcome
    const view = { app, tenantUrl: draft.tenantUrl, hasSecret: true, problems, tested }
    res.type('html').send(renderPage(<ConnectivityPage context={context} view={view} />))
  }

  router.get('/connectivity', async (req, res) => {
    const visit = visitJob(deps, req, res)
    await dropDraft(deps, req, visit.app.id)
    const draft = { tenantUrl: visit.job.tenantUrl, secretToken: '', isTested: false }
    showConnectivity(res, visit, { draft, problems: {} })
  })

  router.post('/connectivity', async (req, res) => {
    const visit = visitJob(deps, req, res)
    const { context, app } = visit
    const answer = async (outcome: Outcome): Promise<void> => {
      await keepDraft(deps, req, app.id, outcome.draft)
      res.status(statusOf(outcome))
      showConnectivity(res, visit, outcome)
    }
    const reading = readCredentials(req, app.id)
    if (reading.kind === 'problems') return answer(reading.outcome)
    const { act, draft } = reading
    if (act === 'test') return answer(await test(visit, draft))
    try {
      const { tenantUrl, secretToken } = draft
      await updateConnectivity(provisioning, context.actor, { appId: app.id, tenantUrl, secretToken })
    } catch (error) {
      return answer(outcomeOf(error, draft))
    }
    await dropDraft(deps, req, app.id)
    const text = 'The connection was tested and the credentials were saved.'
    await goSaying(deps, req, res, provisioningHref(app.id, 'connectivity'), text)
  })

  return router
}
