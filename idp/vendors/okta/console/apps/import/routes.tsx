import { type Request, type Response, Router } from 'express'
import { listField } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import {
  clearUnconfirmed,
  confirmImport,
  type ImportDecision,
  importNow,
  resumeImport,
} from '../../../commands/imports.ts'
import { fullName } from '../../account.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { problemsOf } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { APP_PATH, provisionedAppOf } from '../app-of.ts'
import { decisionName, ImportPage } from './import-page.tsx'

/** People a row can be joined with, and rows shown, at most. */
const SHOWN = 200

/** The decisions about the rows that were ticked. */
function decisionsOf(body: Readonly<Record<string, unknown>>): readonly ImportDecision[] {
  return listField(body['externalId']).flatMap((externalId): readonly ImportDecision[] => {
    if (typeof externalId !== 'string') return []
    const choice = body[decisionName(externalId)]
    if (choice === 'new' || choice === 'ignore') return [{ externalId, kind: choice }]
    return typeof choice === 'string' ? [{ externalId, kind: 'join', userId: choice }] : []
  })
}

/** The Import tab. */
export function importRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()
  const at = `${APP_PATH}/import`
  const managed = (req: Request, res: Response) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    return { context, app: provisionedAppOf(deps, req).app }
  }

  router.get(at, (req, res) => {
    const { app } = provisionedAppOf(deps, req)
    const found = store.findPage('importRows', 'app', app.id, 0, SHOWN)
    const rows = found.map((row) => {
      const person = row.userId === undefined ? undefined : store.get('users', row.userId)
      return { row, proposed: person && fullName(person) }
    })
    const proposed = rows.flatMap(({ row }) => (row.userId === undefined ? [] : (store.get('users', row.userId) ?? [])))
    const people = [...new Set([...proposed, ...store.page('users', 0, SHOWN)])].map((person) => ({
      id: person.id,
      name: `${fullName(person)} (${person.profile.login})`,
    }))
    const view = { run: store.get('importRuns', app.id), rows, people: rows.length === 0 ? [] : people }
    res.type('html').send(renderPage(<ImportPage context={contextOf(deps, req, res)} app={app} view={view} />))
  })

  router.post(`${at}/now`, async (req, res) => {
    const { context, app } = managed(req, res)
    const run = await importNow(deps, context.actor, { appId: app.id })
    const failed = run.state === 'FAILED'
    const text = failed ? `The import failed: ${run.error ?? 'no answer'}` : 'Import complete.'
    await goSaying(deps, req, res, appHref(app, 'import'), text, failed ? 'danger' : 'success')
  })

  router.post(`${at}/confirm`, async (req, res) => {
    const { context, app } = managed(req, res)
    const decisions = decisionsOf(req.body)
    const to = appHref(app, 'import')
    if (decisions.length === 0) return goSaying(deps, req, res, to, 'Tick at least one user.', 'danger')
    try {
      const activate = req.body['activate'] === 'true'
      const count = await confirmImport(deps, context.actor, { appId: app.id, decisions, activate })
      return await goSaying(deps, req, res, to, `${count} ${count === 1 ? 'user was' : 'users were'} confirmed.`)
    } catch (error) {
      return goSaying(deps, req, res, to, Object.values(problemsOf(error)).join(' '), 'danger')
    }
  })

  router.post(`${at}/clear`, async (req, res) => {
    const { context, app } = managed(req, res)
    const count = await clearUnconfirmed(deps, context.actor, { appId: app.id })
    await goSaying(deps, req, res, appHref(app, 'import'), `${count} unconfirmed users were cleared.`)
  })

  router.post(`${at}/resume`, async (req, res) => {
    const { context, app } = managed(req, res)
    const count = await resumeImport(deps, context.actor, { appId: app.id })
    await goSaying(deps, req, res, appHref(app, 'import'), `The import went on: ${count} people lost ${app.label}.`)
  })

  return router
}
