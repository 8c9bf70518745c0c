import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustManageApp } from '../../commands/actor.ts'
import { addAppOwners, removeAppOwner } from '../../commands/applications.ts'
import { type AdminDeps, goSaying } from '../context.ts'
import { countWords, problemsOf } from '../forms.ts'
import { PICKER_FIELDS } from '../picker-form.ts'
import { readPicker } from '../read-picker.ts'
import { appContextOf } from './app-context.ts'
import { appHref } from './app-page.tsx'
import { OwnersPage, RemoveOwnerPage } from './owners-page.tsx'

const AddOwnersForm = z.strictObject({ ...PICKER_FIELDS, do: z.enum(['search', 'select']) })

interface OpenPicker {
  readonly text: string
  readonly ids: readonly string[]
  readonly problem?: string
}

/** Owners of an app: `/{appId}/owners`, `/owners/add`, `/owners/{userId}/remove`. */
export function ownerRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()

  const show = (req: Request, res: Response, open?: OpenPicker): void => {
    const { context, app, readOnly } = appContextOf(deps, req, res)
    if (open !== undefined) mustManageApp(store, context.actor, app.id)
    const owners = app.ownerIds.flatMap((id) => {
      const owner = store.get('users', id)
      return owner === undefined || owner.deletedDateTime !== undefined ? [] : [owner]
    })
    const picker =
      open &&
      readPicker(store, {
        tenantId: context.tenant.id,
        text: open.text,
        selectedIds: open.ids,
        kinds: ['User'],
        unavailable: (id) => (app.ownerIds.includes(id) ? 'Already an owner' : undefined),
      })
    const view = { app, owners, readOnly, picker, problem: open?.problem }
    res
      .status(open?.problem === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<OwnersPage context={context} view={view} />))
  }

  router.get('/:appId/owners', (req, res) => show(req, res))
  router.get('/:appId/owners/add', (req, res) => show(req, res, { text: '', ids: [] }))

  router.post('/:appId/owners/add', async (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    const form = parseForm(AddOwnersForm, req.body)
    if (!form.ok) return show(req, res, { text: '', ids: [], problem: 'The form could not be read.' })
    const { q, id: ids } = form.value
    if (form.value.do === 'search') return show(req, res, { text: q, ids })
    try {
      await addAppOwners(deps, context.actor, { appId: app.id, userIds: ids })
      const text = `${countWords(ids.length, 'owner')} added to ${app.displayName}.`
      await goSaying(deps, req, res, appHref(app.id, 'owners'), text)
    } catch (error) {
      show(req, res, { text: q, ids, problem: Object.values(problemsOf(error)).join(' ') })
    }
  })

  router.get('/:appId/owners/:userId/remove', (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    mustManageApp(store, context.actor, app.id)
    const { userId } = req.params
    const owner = { id: userId, displayName: store.get('users', userId)?.displayName ?? userId }
    res.type('html').send(renderPage(<RemoveOwnerPage context={context} app={app} owner={owner} />))
  })

  router.post('/:appId/owners/:userId/remove', async (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    const { userId } = req.params
    const name = store.get('users', userId)?.displayName ?? userId
    await removeAppOwner(deps, context.actor, { appId: app.id, userId })
    await goSaying(deps, req, res, appHref(app.id, 'owners'), `${name} is no longer an owner of ${app.displayName}.`)
  })

  return router
}
