import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { IMPORT_SCHEDULES, type ImportSafeguard, ORG_SAFEGUARD, type ToOktaSettings } from '../../../apps/records.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import { saveToApp, saveToOkta, setOrgSafeguard } from '../../../commands/integration.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { problemsOf } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { APP_PATH, provisionedAppOf } from '../app-of.ts'
import { readMappings } from '../mappings/read-mappings.ts'
import { integrationRoutes } from './integration-routes.tsx'
import { ToAppPage } from './to-app-page.tsx'
import { ToOktaPage } from './to-okta-page.tsx'

const box = z
  .literal('true')
  .optional()
  .transform((value) => value === 'true')

const ToAppForm = z.strictObject({
  createUsers: box,
  updateAttributes: box,
  deactivateUsers: box,
  syncPassword: box,
  passwordSource: z.enum(['OKTA', 'RANDOM']).default('OKTA'),
})

const PERCENT = 'Type a whole number from 1 to 100.'
const percent = z.coerce.number(PERCENT).int(PERCENT).min(1, PERCENT).max(100, PERCENT)
const ToOktaForm = z.strictObject({
  schedule: z.enum(IMPORT_SCHEDULES),
  usernameFormat: z.enum(['email', 'app-username', 'custom']),
  customUsername: z.string().trim().max(1000).default(''),
  exactMatch: z.enum(['username', 'email', 'custom']),
  matchAttribute: z.string().trim().max(100).default(''),
  allowPartial: box,
  confirmExact: box,
  confirmPartial: box,
  confirmNew: box,
  activateNew: box,
  isSource: box,
  whenDeactivated: z.enum(['nothing', 'deactivate', 'suspend']),
  reactivateSuspended: box,
  reactivateDeactivated: box,
  safeguard: box,
  safeguardPercent: percent,
  orgSafeguard: box,
  orgSafeguardPercent: percent,
})

/** The Provisioning tab: setup, Integration, To App, To Okta. */
export function provisioningRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()
  const at = `${APP_PATH}/provisioning`
  router.use(integrationRoutes(deps))

  const showToApp = (req: Request, res: Response, isEdited: boolean): void => {
    const { app, provisioning } = provisionedAppOf(deps, req)
    if (!provisioning.configured) {
      res.redirect(303, appHref(app, 'provisioning'))
      return
    }
    const context = contextOf(deps, req, res)
    if (isEdited) mustAdminister(store, context.actor, 'apps')
    const mappings = readMappings(store, app, 'to-app', req)
    const props = { context, app, provisioning, isEdited, mappings }
    res.type('html').send(renderPage(<ToAppPage {...props} />))
  }

  router.get(`${at}/to-app`, (req, res) => showToApp(req, res, false))
  router.get(`${at}/to-app/edit`, (req, res) => showToApp(req, res, true))

  router.post(`${at}/to-app/edit`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const { app } = provisionedAppOf(deps, req)
    const form = parseForm(ToAppForm, req.body)
    if (!form.ok) return showToApp(req, res, true)
    await saveToApp(deps, actor, { appId: app.id, settings: form.value })
    return goSaying(deps, req, res, appHref(app, 'provisioning/to-app'), 'The provisioning settings were saved.')
  })

  const orgSafeguard = (): ImportSafeguard => store.get('org', 'org')?.importSafeguard ?? ORG_SAFEGUARD

  interface SentToOkta {
    readonly settings: ToOktaSettings
    readonly orgSafeguard: ImportSafeguard
    readonly problems: Readonly<Record<string, string>>
  }

  const showToOkta = (req: Request, res: Response, isEdited: boolean, sent?: SentToOkta): void => {
    const { app, provisioning } = provisionedAppOf(deps, req)
    if (!provisioning.configured) {
      res.redirect(303, appHref(app, 'provisioning'))
      return
    }
    const context = contextOf(deps, req, res)
    if (isEdited) mustAdminister(store, context.actor, 'apps')
    const view = sent ?? { settings: provisioning.toOkta, orgSafeguard: orgSafeguard(), problems: {} }
    const mappings = readMappings(store, app, 'to-user', req)
    const props = { context, app, isEdited, mappings, ...view }
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<ToOktaPage {...props} />))
  }

  router.get(`${at}/to-okta`, (req, res) => showToOkta(req, res, false))
  router.get(`${at}/to-okta/edit`, (req, res) => showToOkta(req, res, true))

  router.post(`${at}/to-okta/edit`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const { app, provisioning } = provisionedAppOf(deps, req)
    const form = parseForm(ToOktaForm, req.body)
    if (!form.ok) {
      const before = { settings: provisioning.toOkta, orgSafeguard: orgSafeguard() }
      return showToOkta(req, res, true, { ...before, problems: form.problems })
    }
    const { safeguard, safeguardPercent, customUsername, matchAttribute, ...more } = form.value
    const { orgSafeguard: isOrgOn, orgSafeguardPercent, ...rest } = more
    const settings: ToOktaSettings = {
      ...rest,
      ...(customUsername === '' ? {} : { customUsername }),
      ...(matchAttribute === '' ? {} : { matchAttribute }),
      safeguard: { enabled: safeguard, percent: safeguardPercent },
    }
    const org: ImportSafeguard = { enabled: isOrgOn, percent: orgSafeguardPercent }
    try {
      await saveToOkta(deps, actor, { appId: app.id, settings })
      await setOrgSafeguard(deps, actor, org)
    } catch (error) {
      return showToOkta(req, res, true, { settings, orgSafeguard: org, problems: problemsOf(error) })
    }
    return goSaying(deps, req, res, appHref(app, 'provisioning/to-okta'), 'The import settings were saved.')
  })

  return router
}
