import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { jobOfApp, readJobStatus } from '#idp/engine/jobs.ts'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { PropertiesForm } from '../../../provisioning/commands/properties.ts'
import { saveClassic } from '../../../provisioning/commands/save-classic.ts'
import { connectorOf } from '../../../provisioning/connectors.ts'
import { chooseExperience, goSaying } from '../../context.ts'
import { type CredentialsDraft, dropDraft, keepDraft, readDraft, withKeptSecret } from '../credentials-draft.ts'
import { outcomeOf, statusOf, testCredentials } from '../credentials-outcome.ts'
import { type AppVisit, type ProvisioningPageDeps, visitApp } from '../deps.ts'
import { provisioningHref } from '../provisioning-page.tsx'
import { ClassicForm, type ClassicValues, propertyFields, valuesOf } from './classic-form.ts'
import { ClassicPage, type ClassicView } from './classic-page.tsx'

const ExperienceForm = z.strictObject({ experience: z.enum(['current', 'classic']) })

/** The classic layout of provisioning: one form with two buttons, and the way from one layout to the other. */
export function classicRoutes(deps: ProvisioningPageDeps): Router {
  const { system, provisioning } = deps
  const router = Router({ mergeParams: true })

  type Shown = Pick<ClassicView, 'problems' | 'tested'> & {
    readonly values?: ClassicValues
    readonly draft?: CredentialsDraft
  }

  function show(res: Response, { context, app }: AppVisit, shown: Shown): void {
    const job = jobOfApp(system.store, app.id)
    const view: ClassicView = {
      app,
      status: job === undefined ? undefined : readJobStatus(system.store, job.id),
      values: { ...valuesOf(job), ...shown.values },
      hasSecret: job !== undefined || (shown.draft?.secretToken ?? '') !== '',
      tested: shown.tested,
      problems: shown.problems,
    }
    res.type('html').send(renderPage(<ClassicPage context={context} view={view} />))
  }

  router.get('/', async (req, res, next) => {
    const visit = visitApp(deps, req, res)
    const { context, app } = visit
    if (context.experienceOf(app.id) !== 'classic' || connectorOf(app) === undefined) return next()
    // A live part looks again in the background, which must not forget what is being typed.
    if (req.get('hx-request') === undefined) await dropDraft(deps, req, app.id)
    show(res, visit, { problems: {} })
  })

  router.post('/experience', async (req, res) => {
    const { app } = visitApp(deps, req, res)
    const form = parseForm(ExperienceForm, req.body)
    await chooseExperience(deps, req, app.id, form.ok ? form.value.experience : 'current')
    res.redirect(303, provisioningHref(app.id))
  })

  /** What was typed, with both halves of the form checked. */
  function readForm(req: Request, appId: string) {
    const form = parseForm(ClassicForm, req.body)
    const typed = textsOf(req.body)
    const properties = parseForm(PropertiesForm, propertyFields(typed, jobOfApp(system.store, appId)))
    const draft = withKeptSecret(
      { tenantUrl: typed['tenantUrl'] ?? '', secretToken: typed['secretToken'] ?? '' },
      readDraft(deps, req, appId),
    )
    const problems = { ...(properties.ok ? {} : properties.problems), ...(form.ok ? {} : form.problems) }
    return { act: typed['act'], typed, form, properties, draft, problems }
  }

  router.post('/classic', async (req, res) => {
    const visit = visitApp(deps, req, res)
    const { context, app } = visit
    const { act, typed, form, properties, draft, problems } = readForm(req, app.id)
    const answer = async (status: number, shown: Shown): Promise<void> => {
      await keepDraft(deps, req, app.id, shown.draft ?? draft)
      res.status(status)
      show(res, visit, { values: shownAgain(typed), draft, ...shown })
    }

    if (act === 'test') {
      const { tenantUrl, secretToken } = problems
      if (tenantUrl !== undefined || secretToken !== undefined) {
        return answer(422, { problems: { ...(tenantUrl && { tenantUrl }), ...(secretToken && { secretToken }) } })
      }
      const outcome = await testCredentials(deps, visit, draft)
      return answer(statusOf(outcome), outcome)
    }
    if (form.ok && form.value.mode === 'manual' && jobOfApp(system.store, app.id) === undefined) {
      return answer(422, { problems: { mode: 'Set the Provisioning Mode to Automatic.' } })
    }
    if (!form.ok || !properties.ok) return answer(422, { problems })
    if (jobOfApp(system.store, app.id) === undefined && !draft.isTested) {
      return answer(422, { problems: { '': 'These values have not been tested. Select Test Connection first.' } })
    }
    try {
      const { status, restoreDefaults } = form.value
      const said = await saveClassic(provisioning, context.actor, {
        appId: app.id,
        credentials: { appId: app.id, tenantUrl: draft.tenantUrl, secretToken: draft.secretToken },
        properties: properties.value,
        restoreDefaults: restoreDefaults !== undefined,
        ...(status === undefined ? {} : { status }),
      })
      await dropDraft(deps, req, app.id)
      await goSaying(deps, req, res, provisioningHref(app.id), said)
    } catch (error) {
      if (error instanceof Refusal && error.code === 'still_started') {
        return answer(422, { problems: { restoreDefaults: error.message } })
      }
      const outcome = outcomeOf(error, draft)
      return answer(statusOf(outcome), outcome)
    }
  })

  return router
}

/** Fields of a form, as far as they are single texts. */
function textsOf(body: unknown): ClassicValues {
  const fields = Object.entries(typeof body === 'object' && body !== null ? body : {})
  return Object.fromEntries(fields.filter((field): field is [string, string] => typeof field[1] === 'string'))
}

/** The form as it was typed, boxes that were not ticked included; never the secret. */
function shownAgain({ secretToken: _, act: __, _csrf: ___, ...typed }: ClassicValues): ClassicValues {
  return { notificationsEnabled: '', guardEnabled: '', ...typed }
}
