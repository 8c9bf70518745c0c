import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustManageApp } from '../../commands/actor.ts'
import { editApp, removeApp } from '../../commands/applications.ts'
import { userAccessPath } from '../../saml/addresses.ts'
import { type AdminDeps, goSaying } from '../context.ts'
import { problemsOf } from '../forms.ts'
import { appContextOf } from './app-context.ts'
import { appHref } from './app-page.tsx'
import { AppPropertiesPage, DeleteAppPage } from './properties-page.tsx'

const YesNo = z.enum(['yes', 'no'], 'Choose Yes or No.').transform((value) => value === 'yes')

const PropertiesForm = z.strictObject({
  accountEnabled: YesNo,
  displayName: z.string().trim().min(1, 'Name is required.').max(120, 'Name has at most 120 characters.'),
  homepage: z.string().trim().max(2048, 'The address has at most 2048 characters.'),
  appRoleAssignmentRequired: YesNo,
  visibleToUsers: YesNo,
  notes: z.string().max(1024, 'Notes have at most 1024 characters.'),
})

function valuesOf(app: ServicePrincipal): Readonly<Record<string, string>> {
  const yesNo = (value: boolean): string => (value ? 'yes' : 'no')
  return {
    accountEnabled: yesNo(app.accountEnabled),
    displayName: app.displayName,
    homepage: app.homepage ?? '',
    appRoleAssignmentRequired: yesNo(app.appRoleAssignmentRequired),
    visibleToUsers: yesNo(app.visibleToUsers),
    notes: app.notes ?? '',
  }
}

/** Properties of an app and its deletion: `/{appId}/properties`, `/{appId}/delete`. */
export function propertyRoutes(deps: AdminDeps): Router {
  const { store, origin } = deps.system
  const userAccessUrlOf = (app: ServicePrincipal): string => origin + userAccessPath(app)
  const router = Router()

  router.get('/:appId/properties', (req, res) => {
    const { context, app, readOnly } = appContextOf(deps, req, res)
    const view = { app, userAccessUrl: userAccessUrlOf(app), values: valuesOf(app), problems: {}, readOnly }
    res.type('html').send(renderPage(<AppPropertiesPage context={context} view={view} />))
  })

  router.post('/:appId/properties', async (req, res) => {
    const { context, app, readOnly } = appContextOf(deps, req, res)
    const refuse = (problems: Readonly<Record<string, string>>): void => {
      const values = { ...valuesOf(app), ...(req.body as Readonly<Record<string, string>>) }
      const view = { app, userAccessUrl: userAccessUrlOf(app), values, problems, readOnly }
      res
        .status(422)
        .type('html')
        .send(renderPage(<AppPropertiesPage context={context} view={view} />))
    }
    const form = parseForm(PropertiesForm, req.body)
    if (!form.ok) return refuse(form.problems)
    try {
      const patch = { ...form.value, homepage: form.value.homepage || null, notes: form.value.notes || null }
      const saved = await editApp(deps, context.actor, { appId: app.id, patch })
      const text = `The properties of ${saved.displayName} were saved.`
      await goSaying(deps, req, res, appHref(app.id, 'properties'), text)
    } catch (error) {
      refuse(problemsOf(error))
    }
  })

  const askDelete = (req: Request, res: Response): void => {
    const { context, app } = appContextOf(deps, req, res)
    mustManageApp(store, context.actor, app.id)
    res.type('html').send(renderPage(<DeleteAppPage context={context} app={app} />))
  }
  router.get('/:appId/delete', askDelete)

  router.post('/:appId/delete', async (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    await removeApp(deps, context.actor, { appId: app.id })
    await goSaying(deps, req, res, '/admin/apps', `${app.displayName} was deleted.`)
  })

  return router
}
