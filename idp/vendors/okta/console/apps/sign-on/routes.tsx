import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { NAME_ID_FORMATS, USERNAME_FORMATS } from '../../../apps/records.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import { editSignOn, updateUsernamesNow } from '../../../commands/apps.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { type FormView, problemsOf } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { APP_PATH, appOf } from '../app-of.ts'
import { serviceLabels } from './labels.ts'
import { samlViewOf } from './saml-view.ts'
import { EditSignOnPage, SignOnPage, UpdateNowPage } from './sign-on-page.tsx'

const Form = z
  .strictObject({
    defaultRelayState: z.string().trim().max(1024).default(''),
    disableForceAuthn: z.literal('true').optional(),
    acsUrl: z.string().trim(),
    spEntityId: z.string().trim(),
    nameIdFormat: z.enum(NAME_ID_FORMATS).optional(),
    format: z.enum(USERNAME_FORMATS),
    custom: z.string().trim().max(1000).default(''),
    pushStatus: z.enum(['PUSH', 'DONT_PUSH']),
  })
  .refine(({ format, custom }) => format !== 'custom' || custom !== '', {
    path: ['custom'],
    message: 'This field cannot be left blank',
  })

/** The Sign On tab: settings, credentials details, Update Now. */
export function signOnRoutes(deps: ConsoleDeps): Router {
  const router = Router()
  const at = `${APP_PATH}/signon`

  router.get(at, async (req, res) => {
    const context = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const view = await samlViewOf(deps.system, app)
    res.type('html').send(renderPage(<SignOnPage context={context} app={app} view={view} />))
  })

  const showEdit = (req: Request, res: Response, sent?: FormView): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(deps.system.store, context.actor, 'apps')
    const app = appOf(deps, req)
    const { usernameTemplate, defaultRelayState, acsUrl, spEntityId, disableForceAuthn } = app.signOn
    const { nameIdFormat = 'unspecified' } = app.signOn
    const { format, custom = '', pushStatus } = usernameTemplate
    const values = {
      defaultRelayState,
      acsUrl,
      spEntityId,
      nameIdFormat,
      disableForceAuthn: String(disableForceAuthn),
      format,
      custom,
      pushStatus,
    }
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<EditSignOnPage context={context} app={app} edit={sent ?? { values, problems: {} }} />))
  }

  router.get(`${at}/edit`, (req, res) => showEdit(req, res))

  router.post(`${at}/edit`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const form = parseForm(Form, req.body)
    if (!form.ok) return showEdit(req, res, form)
    const { format, custom, pushStatus, disableForceAuthn, nameIdFormat, ...rest } = form.value
    const usernameTemplate = { format, pushStatus, ...(format === 'custom' ? { custom } : {}) }
    // The catalog settles the format for its apps.
    const chosen = serviceLabels(app).choosesNameId && nameIdFormat !== undefined ? { nameIdFormat } : {}
    const patch = { ...rest, ...chosen, disableForceAuthn: disableForceAuthn === 'true', usernameTemplate }
    try {
      await editSignOn(deps, actor, { appId: app.id, patch })
    } catch (error) {
      const { nameIdFormat: typed, ...others } = form.value
      const values = {
        ...others,
        ...(typed === undefined ? {} : { nameIdFormat: typed }),
        disableForceAuthn: String(disableForceAuthn === 'true'),
      }
      return showEdit(req, res, { values, problems: problemsOf(error) })
    }
    return goSaying(deps, req, res, appHref(app, 'signon'), 'The sign-on settings were saved.')
  })

  router.get(`${at}/update-now`, (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(deps.system.store, context.actor, 'apps')
    res.type('html').send(renderPage(<UpdateNowPage context={context} app={appOf(deps, req)} />))
  })

  router.post(`${at}/update-now`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const count = await updateUsernamesNow(deps, actor, { appId: app.id })
    const text = `${count} application ${count === 1 ? 'username was' : 'usernames were'} updated.`
    await goSaying(deps, req, res, appHref(app, 'signon'), text)
  })

  return router
}
