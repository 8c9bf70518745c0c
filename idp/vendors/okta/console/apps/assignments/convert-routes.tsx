import { Router } from 'express'
import { z } from 'zod'
import { listField, parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import { convertAssignments, convertibleAssignments } from '../../../commands/convert-assignments.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { appHref } from '../app-href.ts'
import { APP_PATH, appOf } from '../app-of.ts'
import { ConfirmConvertPage, ConvertPage } from './convert-pages.tsx'

const ConvertForm = z.strictObject({
  do: z.enum(['review', 'review-all', 'convert']),
  appUserId: z.preprocess(listField, z.array(z.string().max(64)).max(5000)),
})

/** Convert Assignments: choose, confirm. */
export function convertRoutes(deps: ConsoleDeps): Router {
  const router = Router()
  const at = `${APP_PATH}/assignments/convert`

  router.get(at, (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(deps.system.store, context.actor, 'apps')
    const app = appOf(deps, req)
    const rows = convertibleAssignments(deps, app.id)
    res.type('html').send(renderPage(<ConvertPage context={context} app={app} rows={rows} />))
  })

  router.post(at, async (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(deps.system.store, context.actor, 'apps')
    const app = appOf(deps, req)
    const form = parseForm(ConvertForm, req.body)
    const act = form.ok ? form.value.do : 'review'
    const chosen = form.ok ? form.value.appUserId : []
    // Who is no group's any more since the page was shown is left out.
    const rows = convertibleAssignments(deps, app.id).filter(
      ({ appUser }) => act === 'review-all' || chosen.includes(appUser.id),
    )
    if (rows.length === 0) {
      return goSaying(deps, req, res, appHref(app, 'assignments/convert'), 'Select at least one person.', 'danger')
    }
    if (act !== 'convert') {
      res.type('html').send(renderPage(<ConfirmConvertPage context={context} app={app} rows={rows} />))
      return
    }
    const appUserIds = rows.map(({ appUser }) => appUser.id)
    const count = await convertAssignments(deps, context.actor, { appId: app.id, appUserIds })
    const text = `${count} ${count === 1 ? 'assignment was' : 'assignments were'} converted.`
    return goSaying(deps, req, res, appHref(app, 'assignments'), text)
  })

  return router
}
