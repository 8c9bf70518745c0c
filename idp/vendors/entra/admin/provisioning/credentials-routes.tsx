import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { jobOfApp } from '#idp/engine/jobs.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { createConfiguration, updateConnectivity } from '../../provisioning/commands/configuration.ts'
import { SecretTokenField, TenantUrlField } from '../../provisioning/commands/credentials.ts'
import { connectorOf } from '../../provisioning/connectors.ts'
import { goSaying } from '../context.ts'
import { ConnectivityPage } from './connectivity-page.tsx'
import { dropDraft, keepDraft, readDraft, withKeptSecret } from './credentials-draft.ts'
import { type Outcome, outcomeOf, statusOf, testCredentials } from './credentials-outcome.ts'
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
    if (act === 'test') return answer(await testCredentials(deps, visit, draft))
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
    if (act === 'test') return answer(await testCredentials(deps, visit, draft))
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
