import { type NextFunction, type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { withholdAnswer } from '#kit/http/record.ts'
import { renderPage } from '#kit/ui/render.ts'
import { GROUP_FILTERS } from '../../../apps/records.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import { assignGroup } from '../../../commands/assignments.ts'
import { notFound } from '../../../commands/refusal.ts'
import { isOidc, type OidcApp } from '../../../oauth/clients.ts'
import {
  addClientSecret,
  createOidcApp,
  deleteClientSecret,
  editOidcApp,
  openSecret,
  setClientSecretStatus,
  usualSettings,
} from '../../../oauth/commands/apps.ts'
import { APPLICATION_TYPES, type ApplicationType } from '../../../oauth/records.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { type FormView, problemsOf } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { APP_PATH, appOf } from '../app-of.ts'
import {
  ChooseTypePage,
  CREATE_HREF,
  DeleteSecretPage,
  NewOidcAppPage,
  OidcGeneralPage,
  OidcSignOnPage,
} from './pages.tsx'
import { SETTINGS_FORM, settingsOf, settingsTexts } from './settings-form.tsx'

const Type = z.enum(APPLICATION_TYPES)
const NewForm = z.object({
  ...SETTINGS_FORM,
  type: Type,
  label: z.string().trim(),
  access: z.enum(['everyone', 'group', 'none']).default('none'),
  groupId: z.string().default(''),
})
const EditForm = z.object(SETTINGS_FORM)
const GroupsForm = z.object({
  name: z.string().trim().max(100).default(''),
  filter: z.enum(GROUP_FILTERS),
  value: z.string().trim().max(255).default(''),
})

/** Create App Integration > OIDC, and the General and Sign On tabs of OpenID Connect apps. Mount before those of other apps. */
export function oidcAppRoutes(deps: ConsoleDeps): Router {
  const { system } = deps
  const { store } = system
  const router = Router()
  const create = CREATE_HREF.replace('/admin', '')

  const groups = () =>
    Array.from(store.entries('groups'), ([, { id, name }]) => ({ id, name })).toSorted((one, other) =>
      one.name.localeCompare(other.name, 'en'),
    )

  router.get(create, (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    res.type('html').send(renderPage(<ChooseTypePage context={context} />))
  })

  const showNew = (req: Request, res: Response, type: ApplicationType, sent?: FormView): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const view = sent ?? { values: settingsTexts(usualSettings(type)), problems: {} }
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<NewOidcAppPage context={context} type={type} view={view} groups={groups()} />))
  }

  router.get(`${create}/new`, (req, res) => {
    const type = Type.safeParse(req.query['type'])
    if (type.success) showNew(req, res, type.data)
    else res.redirect(303, CREATE_HREF)
  })

  router.post(`${create}/new`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const form = parseForm(NewForm, req.body)
    const asked = Type.safeParse((req.body as Record<string, unknown>)['type'])
    const type: ApplicationType = asked.success ? asked.data : 'web'
    if (!form.ok) return showNew(req, res, type, form)
    const { label, access, groupId } = form.value
    const refuse = (problems: FormView['problems']): void =>
      showNew(req, res, type, { values: textsOf(form.value), problems })
    const settings = settingsOf(form.value, type)
    if (!settings.ok) return refuse(settings.problems)
    if (access === 'group' && !store.has('groups', groupId)) return refuse({ groupId: 'Choose a group' })
    try {
      const { app, secret } = await createOidcApp({ system }, actor, {
        label,
        applicationType: type,
        settings: settings.patch,
      })
      const everyone = groups().find(({ name }) => name === 'Everyone')
      const assigned = access === 'group' ? groupId : access === 'everyone' ? everyone?.id : undefined
      if (assigned !== undefined) await assignGroup({ system }, actor, { appId: app.id, groupId: assigned })
      const words = secret === undefined ? '' : ' Its client secret is below: select Show.'
      await goSaying(deps, req, res, appHref(app, 'general'), `${app.label} has been added.${words}`)
    } catch (error) {
      refuse(problemsOf(error))
    }
  })

  /** The app of the address if it is one of these; others are for other routes. */
  const oidcOf = (req: Request): OidcApp | undefined => {
    const app = appOf(deps, req)
    return isOidc(app) ? app : undefined
  }
  const known = (req: Request): OidcApp => {
    const app = oidcOf(req)
    if (app === undefined) throw notFound('OAuthClient', String(req.params['appId']))
    return app
  }

  const showGeneral = (
    req: Request,
    res: Response,
    app: OidcApp,
    more: {
      readonly revealed?: { readonly secretId: string; readonly value: string }
      readonly edit?: FormView
      readonly status?: number
    } = {},
  ): void => {
    if (more.revealed !== undefined) {
      withholdAnswer()
      res.setHeader('cache-control', 'no-store')
    }
    const page = (
      <OidcGeneralPage context={contextOf(deps, req, res)} app={app} revealed={more.revealed} edit={more.edit} />
    )
    res
      .status(more.status ?? 200)
      .type('html')
      .send(renderPage(page))
  }

  router.get(`${APP_PATH}/general`, (req: Request, res: Response, next: NextFunction) => {
    const app = oidcOf(req)
    if (app === undefined) next()
    else showGeneral(req, res, app)
  })

  router.get(`${APP_PATH}/general/oidc/edit`, (req, res) => {
    mustAdminister(store, contextOf(deps, req, res).actor, 'apps')
    const app = known(req)
    showGeneral(req, res, app, { edit: { values: settingsTexts(app.oidc), problems: {} } })
  })

  router.post(`${APP_PATH}/general/oidc/edit`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = known(req)
    const form = parseForm(EditForm, req.body)
    if (!form.ok) return showGeneral(req, res, app, { edit: form, status: 422 })
    const refuse = (problems: FormView['problems']): void =>
      showGeneral(req, res, app, { edit: { values: textsOf(form.value), problems }, status: 422 })
    const settings = settingsOf(form.value, app.oidc.applicationType)
    if (!settings.ok) return refuse(settings.problems)
    try {
      await editOidcApp({ system }, actor, { appId: app.id, patch: settings.patch })
    } catch (error) {
      return refuse(problemsOf(error))
    }
    return goSaying(deps, req, res, appHref(app, 'general'), 'The app settings were saved.')
  })

  const secrets = `${APP_PATH}/general/oidc/secrets`

  router.post(`${secrets}/new`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = known(req)
    try {
      const made = await addClientSecret({ system }, actor, { appId: app.id })
      showGeneral(req, res, made.app, { revealed: { secretId: made.secretId, value: made.secret } })
    } catch (error) {
      const [words = 'This could not be done.'] = Object.values(problemsOf(error))
      await goSaying(deps, req, res, appHref(app, 'general'), words, 'danger')
    }
  })

  /** Shown because it was asked for, by somebody who may change the app; never part of the page otherwise. */
  router.post(`${secrets}/:secretId/reveal`, (req, res) => {
    mustAdminister(store, contextOf(deps, req, res).actor, 'apps')
    const app = known(req)
    const secretId = String(req.params['secretId'])
    showGeneral(req, res, app, { revealed: { secretId, value: openSecret(system, app.oidc, secretId) } })
  })

  for (const [act, status] of [
    ['activate', 'ACTIVE'],
    ['deactivate', 'INACTIVE'],
  ] as const) {
    router.post(`${secrets}/:secretId/${act}`, async (req, res) => {
      const { actor } = contextOf(deps, req, res)
      const app = known(req)
      try {
        await setClientSecretStatus({ system }, actor, {
          appId: app.id,
          secretId: String(req.params['secretId']),
          status,
        })
        await goSaying(deps, req, res, appHref(app, 'general'), `The secret was ${act}d.`)
      } catch (error) {
        const [words = 'This could not be done.'] = Object.values(problemsOf(error))
        await goSaying(deps, req, res, appHref(app, 'general'), words, 'danger')
      }
    })
  }

  router.get(`${secrets}/:secretId/delete`, (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const app = known(req)
    const secret = app.oidc.secrets.find(({ id }) => id === req.params['secretId'])
    if (secret === undefined) throw notFound('OAuth2ClientSecret', String(req.params['secretId']))
    res.type('html').send(renderPage(<DeleteSecretPage context={context} app={app} secret={secret} />))
  })

  router.post(`${secrets}/:secretId/delete`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = known(req)
    await deleteClientSecret({ system }, actor, { appId: app.id, secretId: String(req.params['secretId']) })
    await goSaying(deps, req, res, appHref(app, 'general'), 'The secret was deleted.')
  })

  const showSignOn = (req: Request, res: Response, app: OidcApp, edit?: FormView, status = 200): void => {
    const page = <OidcSignOnPage context={contextOf(deps, req, res)} app={app} issuer={system.origin} edit={edit} />
    res.status(status).type('html').send(renderPage(page))
  }

  router.get(`${APP_PATH}/signon`, (req: Request, res: Response, next: NextFunction) => {
    const app = oidcOf(req)
    if (app === undefined) next()
    else showSignOn(req, res, app)
  })

  router.get(`${APP_PATH}/signon/oidc/edit`, (req, res) => {
    mustAdminister(store, contextOf(deps, req, res).actor, 'apps')
    const app = known(req)
    const { name = '', filter = 'starts-with', value = '' } = app.oidc.groupsClaim ?? {}
    showSignOn(req, res, app, { values: { name, filter, value }, problems: {} })
  })

  router.post(`${APP_PATH}/signon/oidc/edit`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = known(req)
    const form = parseForm(GroupsForm, req.body)
    if (!form.ok) return showSignOn(req, res, app, form, 422)
    const { name } = form.value
    try {
      if (name === '') await editOidcApp({ system }, actor, { appId: app.id, patch: {}, withoutGroupsClaim: true })
      else await editOidcApp({ system }, actor, { appId: app.id, patch: { groupsClaim: form.value } })
    } catch (error) {
      return showSignOn(req, res, app, { values: form.value, problems: problemsOf(error) }, 422)
    }
    return goSaying(deps, req, res, appHref(app, 'signon'), 'The settings were saved.')
  })

  /** What belongs to SAML has no pages for these. */
  router.use(`${APP_PATH}/signon`, (req: Request, _res: Response, next: NextFunction) => {
    if (oidcOf(req) !== undefined) throw notFound('Page', req.path)
    next()
  })

  return router
}

function textsOf(value: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, each === undefined ? '' : String(each)]))
}
