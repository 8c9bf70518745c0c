import { type Request, type Response, Router } from 'express'
import { jobOfApp, readJobStatus } from '#idp/engine/jobs.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { PropertiesForm, updateProperties } from '../../provisioning/commands/properties.ts'
import {
  allowDeletes,
  restartProvisioning,
  startProvisioning,
  stopProvisioning,
} from '../../provisioning/commands/run-job.ts'
import { connectorOf } from '../../provisioning/connectors.ts'
import { goSaying } from '../context.ts'
import { type ProvisioningPageDeps, visitApp, visitJob } from './deps.ts'
import { LandingPage } from './landing-page.tsx'
import { OverviewPage } from './overview-page.tsx'
import { formValuesOf, type PropertiesEdit, PropertiesPage } from './properties-page.tsx'
import { provisioningHref } from './provisioning-page.tsx'
import { AllowDeletesPage } from './quarantine-banner.tsx'

/** Overview with its commands, Properties with its pencil. */
export function overviewRoutes(deps: ProvisioningPageDeps): Router {
  const { system, provisioning } = deps
  const router = Router({ mergeParams: true })

  router.get('/', (req, res) => {
    const { context, app } = visitApp(deps, req, res)
    const job = jobOfApp(system.store, app.id)
    const status = job === undefined ? undefined : readJobStatus(system.store, job.id)
    const page =
      status === undefined ? (
        <LandingPage context={context} app={app} isSupported={connectorOf(app) !== undefined} />
      ) : (
        <OverviewPage context={context} view={{ app, status }} />
      )
    res.type('html').send(renderPage(page))
  })

  const acts = [
    { path: '/start', act: startProvisioning, text: 'Provisioning was started. The first cycle begins now.' },
    { path: '/stop', act: stopProvisioning, text: 'Provisioning was stopped. A cycle that is running finishes.' },
    { path: '/restart', act: restartProvisioning, text: 'Provisioning was restarted with an initial cycle.' },
    {
      path: '/allow-deletes',
      act: allowDeletes,
      text: 'The staged deletions are allowed. A cycle that sends them begins now.',
    },
  ] as const
  router.get('/allow-deletes', (req, res) => {
    const { context, app, job } = visitJob(deps, req, res)
    const status = readJobStatus(system.store, job.id)
    if (status === undefined || status.staged === 0) {
      res.redirect(303, provisioningHref(app.id))
      return
    }
    res.type('html').send(renderPage(<AllowDeletesPage context={context} app={app} status={status} />))
  })

  for (const { path, act, text } of acts) {
    router.post(path, async (req, res) => {
      const { context, app } = visitApp(deps, req, res)
      await act(provisioning, context.actor, { appId: app.id })
      await goSaying(deps, req, res, provisioningHref(app.id), text)
    })
  }

  function showProperties(req: Request, res: Response, edit?: PropertiesEdit | 'open'): void {
    const { context, app, job } = visitJob(deps, req, res)
    const status = readJobStatus(system.store, job.id)
    if (status === undefined) return
    const open = edit === 'open' ? { values: formValuesOf(job), problems: {} } : edit
    res.type('html').send(renderPage(<PropertiesPage context={context} view={{ app, status, edit: open }} />))
  }

  router.get('/properties', (req, res) => showProperties(req, res))
  router.get('/properties/edit', (req, res) => showProperties(req, res, 'open'))

  router.post('/properties/edit', async (req, res) => {
    const { context, app } = visitJob(deps, req, res)
    const form = parseForm(PropertiesForm, req.body)
    if (!form.ok) {
      res.status(422)
      showProperties(req, res, { values: form.values, problems: form.problems })
      return
    }
    const { changed, scopeChanged } = await updateProperties(provisioning, context.actor, {
      appId: app.id,
      properties: form.value,
    })
    const text = !changed
      ? 'There were no changes to save.'
      : scopeChanged
        ? 'The properties were saved. Restart provisioning for the new scope to take effect.'
        : 'The properties were saved.'
    await goSaying(deps, req, res, provisioningHref(app.id, 'properties'), text)
  })

  return router
}
