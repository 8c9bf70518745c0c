import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { listField, parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaApp } from '../../../apps/records.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import { setGroupPush, unlinkGroup } from '../../../commands/push-groups.ts'
import type { GroupPushMapping } from '../../../provisioning/records.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { appHref } from '../app-href.ts'
import { APP_PATH, provisionedAppOf } from '../app-of.ts'
import { BulkDeletePage, BulkEditPage } from './bulk-pages.tsx'

const BulkForm = z.strictObject({
  do: z.enum(['activate', 'deactivate', 'delete', 'confirm-delete']),
  mappingId: z.preprocess(listField, z.array(z.string().max(64)).max(2000)),
  target: z.enum(['delete', 'leave']).default('leave'),
})

/** Bulk Edit of the Push Groups tab (reference sheet 1.9): Delete, Deactivate, Activate what is ticked. */
export function bulkPushRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()
  const at = `${APP_PATH}/push/bulk`

  const managed = (req: Request, res: Response) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    return { context, app: provisionedAppOf(deps, req).app }
  }
  const rowsOf = (app: OktaApp) =>
    store
      .find('groupPushMappings', 'app', app.id)
      .map((mapping) => ({ mapping, groupName: store.get('groups', mapping.groupId)?.name ?? 'Deleted group' }))

  router.get(at, (req, res) => {
    const { context, app } = managed(req, res)
    res.type('html').send(renderPage(<BulkEditPage context={context} app={app} rows={rowsOf(app)} />))
  })

  router.post(at, async (req, res) => {
    const { context, app } = managed(req, res)
    const form = parseForm(BulkForm, req.body)
    const chosen = form.ok ? rowsOf(app).filter(({ mapping }) => form.value.mappingId.includes(mapping.id)) : []
    if (!form.ok || chosen.length === 0) {
      return goSaying(deps, req, res, appHref(app, 'push/bulk'), 'Select at least one group.', 'danger')
    }
    const { do: act, target } = form.value
    if (act === 'delete') {
      res.type('html').send(renderPage(<BulkDeletePage context={context} app={app} rows={chosen} />))
      return
    }
    const onEach = async (run: (mapping: GroupPushMapping) => Promise<unknown>): Promise<void> => {
      for (const { mapping } of chosen) await run(mapping)
    }
    const words = `${chosen.length} ${chosen.length === 1 ? 'group push was' : 'group pushes were'}`
    const here = appHref(app, 'push')
    if (act === 'confirm-delete') {
      await onEach(({ id }) => unlinkGroup(deps, context.actor, { mappingId: id, deleteTarget: target === 'delete' }))
      return goSaying(deps, req, res, here, `${words} deleted.`)
    }
    const active = act === 'activate'
    // One that is so already is not pushed again.
    await onEach(async ({ id, status }) => {
      if ((status === 'INACTIVE') === active) await setGroupPush(deps, context.actor, { mappingId: id, active })
    })
    return goSaying(deps, req, res, here, `${words} ${act}d.`)
  })

  return router
}
