import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import { saveApiIntegration, testApiCredentials } from '../../../commands/integration.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { problemsOf } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { APP_PATH, provisionedAppOf } from '../app-of.ts'
import { dropDraft, keepDraft, readDraft } from './integration-draft.ts'
import {
  DisableImportGroupsPage,
  EditIntegrationPage,
  IntegrationPage,
  type IntegrationView,
  NotEnabledPage,
} from './integration-page.tsx'

const Form = z.strictObject({
  enabled: z.literal('true').optional(),
  baseUrl: z.string().trim().max(1024).optional(),
  token: z.string().max(8192).default(''),
  importGroups: z.literal('true').optional(),
  do: z.enum(['test', 'save']),
  confirmed: z.literal('true').optional(),
})

/** Provisioning before it is set up, and its Integration settings. */
export function integrationRoutes(deps: ConsoleDeps): Router {
  const router = Router()
  const at = `${APP_PATH}/provisioning`

  router.get(at, (req, res) => {
    const { app, provisioning } = provisionedAppOf(deps, req)
    if (provisioning.configured) return res.redirect(303, appHref(app, 'provisioning/to-app'))
    res.type('html').send(renderPage(<NotEnabledPage context={contextOf(deps, req, res)} app={app} />))
  })

  router.get(`${at}/integration`, (req, res) => {
    const { app, provisioning } = provisionedAppOf(deps, req)
    if (!provisioning.configured) return res.redirect(303, appHref(app, 'provisioning'))
    const props = { context: contextOf(deps, req, res), app, provisioning }
    res.type('html').send(renderPage(<IntegrationPage {...props} />))
  })

  const showEdit = (req: Request, res: Response, view: IntegrationView, status = 200): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(deps.system.store, context.actor, 'apps')
    const page = <EditIntegrationPage context={context} {...provisionedAppOf(deps, req)} view={view} />
    res.status(status).set('cache-control', 'no-store').type('html').send(renderPage(page))
  }

  router.get(`${at}/integration/edit`, (req, res) => {
    const { app, provisioning } = provisionedAppOf(deps, req)
    const draft = readDraft(deps, req, app.id)
    const { enabled, importGroups, baseUrl } = provisioning
    showEdit(req, res, { enabled, importGroups, baseUrl, ...draft, hasDraft: draft !== undefined, problems: {} })
  })

  router.post(`${at}/integration/edit`, async (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(deps.system.store, context.actor, 'apps')
    const { app, provisioning } = provisionedAppOf(deps, req)
    const form = parseForm(Form, req.body)
    const before = readDraft(deps, req, app.id)
    if (!form.ok) {
      const { importGroups, baseUrl } = provisioning
      const view = { enabled: true, importGroups, baseUrl, hasDraft: before !== undefined, problems: form.problems }
      return showEdit(req, res, view, 422)
    }
    const { value } = form
    // The answer to a question carries nothing but the answer: the rest is in the draft.
    const sent = {
      token: value.token,
      importGroups: value.importGroups === 'true',
      baseUrl: value.baseUrl ?? before?.baseUrl ?? provisioning.baseUrl,
    }
    const draft =
      value.confirmed === 'true' && before !== undefined
        ? before
        : { ...sent, token: sent.token || (before?.token ?? '') }
    const enabled = value.enabled === 'true'
    const view = {
      enabled,
      importGroups: draft.importGroups,
      baseUrl: draft.baseUrl,
      hasDraft: draft.token !== '',
      problems: {},
    }
    const credentials = {
      ...(draft.token === '' ? {} : { token: draft.token }),
      ...(provisioning.dialect === 'wizard' ? { baseUrl: draft.baseUrl } : {}),
      importGroups: draft.importGroups,
    }
    try {
      if (value.do === 'test') {
        if (draft.token !== '') await keepDraft(deps, req, app.id, draft)
        const outcome = await testApiCredentials(deps, context.actor, { appId: app.id, ...credentials })
        return showEdit(req, res, { ...view, outcome }, outcome.ok ? 200 : 422)
      }
      if (enabled && provisioning.importGroups && !draft.importGroups && value.confirmed === undefined) {
        await keepDraft(deps, req, app.id, draft)
        return res.type('html').send(renderPage(<DisableImportGroupsPage context={context} app={app} />))
      }
      const outcome = await saveApiIntegration(deps, context.actor, { appId: app.id, enabled, ...credentials })
      if (!outcome.ok) return showEdit(req, res, { ...view, outcome }, 422)
    } catch (error) {
      return showEdit(req, res, { ...view, problems: problemsOf(error) }, 422)
    }
    await dropDraft(deps, req, app.id)
    const text = enabled
      ? `${app.label} was verified successfully! The API settings were saved.`
      : 'API integration is off: nothing more is pushed. Assignments stay.'
    return goSaying(deps, req, res, appHref(app, 'provisioning'), text)
  })

  return router
}
