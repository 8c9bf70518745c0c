import { Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import { mustAdminister } from '../../commands/actor.ts'
import { refreshAppGroups } from '../../commands/push-groups.ts'
import { isConnected } from '../../provisioning/target.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../context.ts'
import { APP_PATH, provisionedAppOf } from './app-of.ts'
import { assignUsersRoutes } from './assign-users/routes.tsx'
import { DialpadGuidePage } from './guide-page.tsx'
import { MonitorImportsPage } from './imports-page.tsx'

/** What the page Monitor Imports lists. */
const IMPORT_EVENTS = ['system.import.start', 'system.import.complete', 'system.import.roadblock'] as const
const IMPORT_EVENTS_SHOWN = 50

/** Assign Users to App, More > Refresh Application Data, Monitor Imports, the Dialpad Configuration Guide. */
export function wholeOrgRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()
  router.use(assignUsersRoutes(deps))

  router.post('/apps/refresh', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    mustAdminister(store, actor, 'apps')
    const failed: string[] = []
    let read = 0
    for (const [, app] of [...store.entries('apps')]) {
      if (!isConnected(app)) continue
      const outcome = await refreshAppGroups(deps, actor, { appId: app.id })
      if (outcome.ok) read += 1
      else failed.push(`${app.label}: ${outcome.message}`)
    }
    const text = `The data of ${read} ${read === 1 ? 'app was' : 'apps were'} refreshed.`
    const tone = failed.length === 0 ? 'success' : 'danger'
    await goSaying(deps, req, res, '/admin/apps/active', [text, ...failed].join(' '), tone)
  })

  router.get('/apps/guides/dialpad', (req, res) => {
    res.type('html').send(renderPage(<DialpadGuidePage context={contextOf(deps, req, res)} />))
  })

  router.get(`${APP_PATH}/imports`, (req, res) => {
    const { app } = provisionedAppOf(deps, req)
    const events = IMPORT_EVENTS.flatMap((eventType) => store.find('systemLog', 'eventType', eventType))
      .filter(({ target }) => target.some(({ id }) => id === app.id))
      .toSorted((one, other) => (one.key < other.key ? 1 : -1))
      .slice(0, IMPORT_EVENTS_SHOWN)
    const props = { context: contextOf(deps, req, res), app, run: store.get('importRuns', app.id), events }
    res.type('html').send(renderPage(<MonitorImportsPage {...props} />))
  })

  return router
}
