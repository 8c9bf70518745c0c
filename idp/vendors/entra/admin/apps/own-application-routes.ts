import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { mustAddApps } from '../../commands/actor.ts'
import { CUSTOM_APP } from '../../commands/app-templates.ts'
import { instantiateApp } from '../../commands/instantiate-app.ts'
import { type AdminDeps, contextOf, goSaying } from '../context.ts'
import { problemsOf } from '../forms.ts'
import { appHref } from './app-page.tsx'
import type { OwnApplicationView } from './own-application-pane.tsx'

const OwnApplicationForm = z.strictObject({
  displayName: z
    .string({ error: 'Enter a name.' })
    .trim()
    .min(1, 'Enter a name.')
    .max(120, 'Name has at most 120 characters.'),
  purpose: z.literal('non-gallery', { error: 'Choose what can be done here: Non-gallery.' }),
})

/** Create your own application, relative to its pane: shown over the gallery, which `show` renders. */
export function ownApplicationRoutes(
  deps: AdminDeps,
  show: (req: Request, res: Response, own: OwnApplicationView) => void,
): Router {
  const router = Router()

  router.get('/', (req, res) => {
    mustAddApps(deps.system.store, contextOf(deps, req, res).actor)
    show(req, res, { values: {}, problems: {} })
  })

  router.post('/', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    mustAddApps(deps.system.store, actor)
    const form = parseForm(OwnApplicationForm, req.body)
    if (!form.ok) {
      res.status(422)
      return show(req, res, form)
    }
    try {
      const { displayName } = form.value
      const { app } = await instantiateApp(deps, actor, { templateId: CUSTOM_APP.id, displayName })
      await goSaying(deps, req, res, appHref(app.id), `${app.displayName} was added to the enterprise apps.`)
    } catch (error) {
      const problems = problemsOf(error)
      res.status(422)
      show(req, res, { values: { ...form.value }, problems })
    }
  })

  return router
}
