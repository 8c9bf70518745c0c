import { type Request, type Response, Router } from 'express'
import { Refusal } from '#kit/http/errors.ts'
import { renderPage } from '#kit/ui/render.ts'
import { saveMapping } from '../../provisioning/commands/save-mapping.ts'
import { connectorOf } from '../../provisioning/connectors.ts'
import { goSaying, say } from '../context.ts'
import { type ProvisioningPageDeps, visitJob } from './deps.ts'
import { MappingPage, type MappingTab } from './mapping-page.tsx'
import { provisioningHref } from './provisioning-page.tsx'

function tabOf(req: Request): MappingTab {
  const { tab } = req.params
  if (tab === 'users' || tab === 'groups') return tab
  throw new Refusal('not_found', 404, 'There is a mapping of users and one of groups, no other.')
}

/** Attribute Mapping: `/mapping/users`, `/mapping/groups`. */
export function mappingRoutes(deps: ProvisioningPageDeps): Router {
  const router = Router({ mergeParams: true })

  const show = (req: Request, res: Response, tab: MappingTab): void => {
    const { context, app, job } = visitJob(deps, req, res)
    const view = { app, schema: job.schema, tab, notes: connectorOf(app)?.notes ?? [] }
    res.type('html').send(renderPage(<MappingPage context={context} view={view} />))
  }
  router.get('/mapping', (req, res) => show(req, res, 'users'))
  router.get('/mapping/:tab', (req, res) => show(req, res, tabOf(req)))

  router.post('/mapping/:tab', async (req, res) => {
    const tab = tabOf(req)
    const { context, app, job } = visitJob(deps, req, res)
    const changed = await saveMapping(deps.provisioning, context.actor, { appId: app.id, schema: job.schema })
    const href = provisioningHref(app.id, `mapping/${tab}`)
    if (changed) {
      await goSaying(deps, req, res, href, 'The mapping was saved. The next cycle looks at everybody again.')
      return
    }
    await say(deps, req, 'There were no changes to save.', 'info')
    res.redirect(303, href)
  })

  return router
}
