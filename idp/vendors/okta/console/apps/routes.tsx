import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { CATALOG, type CatalogEntry, catalogEntry } from '../../apps/catalog.ts'
import type { OktaApp } from '../../apps/records.ts'
import { mustAdminister } from '../../commands/actor.ts'
import { addApp, deleteApp, editAppSettings, setAppStatus } from '../../commands/apps.ts'
import { notFound } from '../../commands/refusal.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../context.ts'
import { type FormView, problemsOf } from '../form-view.tsx'
import { pageOf, queryText, sliceOf } from '../read-query.ts'
import { appHref } from './app-href.ts'
import { APP_PATH, appOf } from './app-of.ts'
import { AppsPage } from './apps-page.tsx'
import { AddIntegrationPage, CatalogEntryPage, CatalogPage, CreateAppPage } from './catalog-pages.tsx'
import { generalTexts, readGeneral, texts, VISIBILITY_FORM } from './general-forms.ts'
import { ConfirmAppPage, GENERAL_SECTIONS, GeneralPage, type GeneralSection, isAppAct } from './general-page.tsx'
import { wholeOrgRoutes } from './whole-org-routes.tsx'

const AddForm = z.strictObject({ label: z.string().trim(), ...VISIBILITY_FORM })
const CreateForm = z.strictObject({ label: z.string().trim(), baseUrl: z.string().trim().max(1024) })

/** Applications: list, catalog, the General tab and the state of each app. */
export function appRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()

  const entryOf = (req: Request): CatalogEntry => {
    const key = String(req.params['key'])
    const entry = catalogEntry(key)
    if (entry === undefined || !entry.listed) throw notFound('CatalogEntry', key)
    return entry
  }

  router.get(['/apps', '/apps/active'], (req, res) => {
    const text = queryText(req, 'q')
    const asked = queryText(req, 'status')
    const status: OktaApp['status'] | undefined = asked === 'ACTIVE' || asked === 'INACTIVE' ? asked : undefined
    const all = Array.from(store.entries('apps'), ([, app]) => app)
    const active = all.filter((app) => app.status === 'ACTIVE').length
    const wanted = all.filter(
      (app) => (status === undefined || app.status === status) && app.label.toLowerCase().includes(text.toLowerCase()),
    )
    const query = { q: text, status: status ?? '' }
    const { items, pager } = sliceOf(wanted, pageOf(req), 'apps', '/admin/apps/active', query)
    const counts = { ACTIVE: active, INACTIVE: all.length - active }
    const view = { apps: items, counts, text, status, pager }
    res.type('html').send(renderPage(<AppsPage context={contextOf(deps, req, res)} view={view} />))
  })

  router.use(wholeOrgRoutes(deps))

  router.get('/apps/add-app', (req, res) => {
    const text = queryText(req, 'q')
    const entries = CATALOG.filter(({ listed, name }) => listed && name.toLowerCase().includes(text.toLowerCase()))
    res.type('html').send(renderPage(<CatalogPage context={contextOf(deps, req, res)} entries={entries} text={text} />))
  })

  router.get('/apps/add-app/:key', (req, res) => {
    res.type('html').send(renderPage(<CatalogEntryPage context={contextOf(deps, req, res)} entry={entryOf(req)} />))
  })

  const showAdd = (req: Request, res: Response, sent?: FormView): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const entry = entryOf(req)
    const view = sent ?? { values: { label: entry.name }, problems: {} }
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<AddIntegrationPage context={context} entry={entry} view={view} />))
  }

  router.get('/apps/add-app/:key/settings', (req, res) => showAdd(req, res))

  router.post('/apps/add-app/:key/settings', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const entry = entryOf(req)
    const form = parseForm(AddForm, req.body)
    if (!form.ok) return showAdd(req, res, form)
    const { label, ...visibility } = form.value
    try {
      const app = await addApp(deps, actor, { catalogKey: entry.key, label, visibility })
      await goSaying(deps, req, res, appHref(app, 'assignments'), `${app.label} has been added.`)
    } catch (error) {
      showAdd(req, res, { values: texts(form.value), problems: problemsOf(error) })
    }
  })

  const showCreate = (req: Request, res: Response, sent?: FormView): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<CreateAppPage context={context} view={sent ?? { values: {}, problems: {} }} />))
  }

  router.get('/apps/create', (req, res) => showCreate(req, res))

  router.post('/apps/create', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const form = parseForm(CreateForm, req.body)
    if (!form.ok) return showCreate(req, res, form)
    try {
      const app = await addApp(deps, actor, { catalogKey: 'scim', ...form.value })
      await goSaying(deps, req, res, appHref(app, 'provisioning'), `${app.label} has been added.`)
    } catch (error) {
      showCreate(req, res, { values: form.value, problems: problemsOf(error) })
    }
  })

  router.get(APP_PATH, (req, res) => res.redirect(303, appHref(appOf(deps, req))))

  router.get(`${APP_PATH}/general`, (req, res) => {
    res.type('html').send(renderPage(<GeneralPage context={contextOf(deps, req, res)} app={appOf(deps, req)} />))
  })

  const sectionOf = (req: Request): GeneralSection => {
    const asked = req.params['section'] ?? 'settings'
    const section = GENERAL_SECTIONS.find((each) => each === asked)
    if (section === undefined) throw notFound('Section', String(asked))
    return section
  }

  const showEdit = (req: Request, res: Response, sent?: FormView): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const app = appOf(deps, req)
    const view = sent ?? { values: generalTexts(app), problems: {} }
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<GeneralPage context={context} app={app} edit={{ section: sectionOf(req), view }} />))
  }

  const editPaths = [`${APP_PATH}/general/edit`, `${APP_PATH}/general/:section/edit`]
  router.get(editPaths, (req, res) => showEdit(req, res))

  router.post(editPaths, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const form = readGeneral(sectionOf(req), req.body)
    if (!form.ok) return showEdit(req, res, form)
    try {
      await editAppSettings(deps, actor, { appId: app.id, ...form.value.patch })
    } catch (error) {
      return showEdit(req, res, { values: form.value.texts, problems: problemsOf(error) })
    }
    return goSaying(deps, req, res, appHref(app, 'general'), 'The app settings were saved.')
  })

  router.get(`${APP_PATH}/:act`, (req, res, next) => {
    const { act } = req.params
    if (act === undefined || !isAppAct(act)) return next()
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    res.type('html').send(renderPage(<ConfirmAppPage context={context} app={appOf(deps, req)} act={act} />))
  })

  router.post(`${APP_PATH}/:act`, async (req, res, next) => {
    const { act } = req.params
    if (act === undefined || !isAppAct(act)) return next()
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    if (act === 'delete') {
      await deleteApp(deps, actor, { appId: app.id })
      return goSaying(deps, req, res, '/admin/apps/active', `${app.label} was deleted.`)
    }
    await setAppStatus(deps, actor, { appId: app.id, status: act === 'activate' ? 'ACTIVE' : 'INACTIVE' })
    return goSaying(deps, req, res, appHref(app), `${app.label} was ${act}d.`)
  })

  return router
}
