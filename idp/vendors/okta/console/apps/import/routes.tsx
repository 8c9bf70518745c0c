import { type Request, type Response, Router } from 'express'
import { listField } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaSystem } from '../../../collections.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import {
  clearUnconfirmed,
  confirmImport,
  type ImportDecision,
  importNow,
  resumeImport,
} from '../../../commands/imports.ts'
import { OktaRefusal } from '../../../commands/refusal.ts'
import { userByLogin } from '../../../sign-in/check-password.ts'
import { fullName } from '../../account.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { problemsOf } from '../../form-view.tsx'
import { PAGE_SIZE, pageOf, pagerOf } from '../../read-query.ts'
import { appHref } from '../app-href.ts'
import { APP_PATH, provisionedAppOf } from '../app-of.ts'
import { decisionName, ImportPage, SPECIFIED, specifiedName } from './import-page.tsx'

/** The decisions about the rows that were ticked. @throws {OktaRefusal} E0000001 for a username nobody has. */
function decisionsOf(store: OktaSystem['store'], body: Readonly<Record<string, unknown>>): readonly ImportDecision[] {
  return listField(body['externalId']).flatMap((externalId): readonly ImportDecision[] => {
    if (typeof externalId !== 'string') return []
    const choice = body[decisionName(externalId)]
    if (choice === 'new' || choice === 'ignore') return [{ externalId, kind: choice }]
    if (typeof choice !== 'string') return []
    if (choice !== SPECIFIED) return [{ externalId, kind: 'join', userId: choice }]
    const username = String(body[specifiedName(externalId)] ?? '').trim()
    const person = userByLogin(store, username)
    if (person === undefined) throw new OktaRefusal('E0000001', `No person has the username "${username}".`)
    return [{ externalId, kind: 'join', userId: person.id }]
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
    const page = pageOf(req)
    const total = store.count('importRows', 'app', app.id)
    const rows = store.findPage('importRows', 'app', app.id, (page - 1) * PAGE_SIZE, PAGE_SIZE).map((row) => {
      const person = row.userId === undefined ? undefined : store.get('users', row.userId)
      return { row, proposed: person && fullName(person) }
    })
    const hasMore = page * PAGE_SIZE < total
    const pager = pagerOf(page, { count: rows.length, total, hasMore }, 'users', appHref(app, 'import'))
    const view = { run: store.get('importRuns', app.id), rows, pager }
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
    const to = appHref(app, 'import')
    try {
      const decisions = decisionsOf(store, req.body)
      if (decisions.length === 0) return await goSaying(deps, req, res, to, 'Tick at least one user.', 'danger')
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
