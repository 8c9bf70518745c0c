import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import { APP_TEMPLATES } from '../../commands/app-templates.ts'
import { instantiateApp } from '../../commands/instantiate-app.ts'
import { type AdminDeps, contextOf, goSaying } from '../context.ts'
import type { FormView } from '../form-problem.tsx'
import { problemsOf } from '../forms.ts'
import { appHref } from './app-page.tsx'

const NameForm = z.strictObject({
  displayName: z.string().trim().min(1, 'Enter a name.').max(120, 'Name has at most 120 characters.'),
})

/** Create, in the pane of a gallery app that is made here; relative to the gallery. A refusal shows the pane again. */
export function galleryAppRoutes(
  deps: AdminDeps,
  show: (req: Request, res: Response, templateId: string, adding: FormView) => void,
): Router {
  const router = Router()

  router.post('/:templateId', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const { templateId } = req.params
    const template = APP_TEMPLATES.find((each) => each.templateId === templateId && each.makesApplication)
    if (template === undefined) throw new Refusal('not_found', 404, `The gallery cannot create '${templateId}'.`)
    const form = parseForm(NameForm, req.body)
    if (!form.ok) {
      res.status(422)
      return show(req, res, templateId, form)
    }
    try {
      const { displayName } = form.value
      const { app } = await instantiateApp(deps, actor, { templateId: template.id, displayName })
      await goSaying(deps, req, res, appHref(app.id), `${app.displayName} was added to the enterprise apps.`)
    } catch (error) {
      const problems = problemsOf(error)
      res.status(422)
      show(req, res, templateId, { values: { ...form.value }, problems })
    }
  })

  return router
}
