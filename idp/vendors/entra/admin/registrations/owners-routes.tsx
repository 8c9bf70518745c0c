import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Application } from '#idp/core/directory/records.ts'
import { parseForm } from '#kit/http/forms.ts'
import { addRegistrationOwners, removeRegistrationOwner } from '../../commands/registrations/registration-owners.ts'
import { mustManageRegistration } from '../../commands/registrations/registration-standing.ts'
import { type AdminDeps, goSaying } from '../context.ts'
import { countWords, problemsOf } from '../forms.ts'
import { PICKER_FIELDS } from '../picker-form.ts'
import { readPicker } from '../read-picker.ts'
import { type Owner, RegistrationOwnersPage, RemoveRegistrationOwnerPage } from './owners-page.tsx'
import { registrationContextOf } from './registration-context.ts'
import { registrationHref } from './registration-page.tsx'
import { sendPage } from './send-page.ts'

const AddOwnersForm = z.strictObject({ ...PICKER_FIELDS, do: z.enum(['search', 'select']) })

interface OpenPicker {
  readonly text: string
  readonly ids: readonly string[]
  readonly problem?: string
}

/** Owners of a registration: `/{applicationId}/owners`, `/owners/add`, `/owners/{ownerId}/remove`. */
export function registrationOwnerRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()
  const href = (id: string): string => registrationHref(id, 'owners')

  /** A person, or an application by its service principal; none for somebody who is gone. */
  const ownerOf = (id: string): readonly Owner[] => {
    const user = store.get('users', id)
    if (user !== undefined) {
      const { displayName: name, userPrincipalName: detail, deletedDateTime } = user
      return deletedDateTime === undefined ? [{ id, name, detail, href: `/admin/users/${id}` }] : []
    }
    const app = store.get('servicePrincipals', id)
    return app === undefined ? [] : [{ id, name: app.displayName, detail: 'Application', href: `/admin/apps/${id}` }]
  }

  const show = (req: Request, res: Response, open?: OpenPicker): void => {
    const { context, registration, readOnly } = registrationContextOf(deps, req, res)
    const held = registration.ownerIds ?? []
    if (open !== undefined) mustManageRegistration(store, context.actor, registration.id)
    const picker =
      open &&
      readPicker(store, {
        tenantId: context.tenant.id,
        text: open.text,
        selectedIds: open.ids,
        kinds: ['User'],
        unavailable: (id) => (held.includes(id) ? 'Already an owner' : undefined),
      })
    const view = { registration, owners: held.flatMap(ownerOf), readOnly, picker, problem: open?.problem }
    const problems: Record<string, string> = open?.problem === undefined ? {} : { '': open.problem }
    sendPage(res, <RegistrationOwnersPage context={context} view={view} />, problems)
  }

  router.get('/:applicationId/owners', (req, res) => show(req, res))
  router.get('/:applicationId/owners/add', (req, res) => show(req, res, { text: '', ids: [] }))

  router.post('/:applicationId/owners/add', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const form = parseForm(AddOwnersForm, req.body)
    if (!form.ok) return show(req, res, { text: '', ids: [], problem: 'The form could not be read.' })
    const { q, id: ids } = form.value
    if (form.value.do === 'search') return show(req, res, { text: q, ids })
    try {
      await addRegistrationOwners(deps, context.actor, { applicationId: registration.id, ownerIds: ids })
      const text = `${countWords(ids.length, 'owner')} added to ${registration.displayName}.`
      await goSaying(deps, req, res, href(registration.id), text)
    } catch (error) {
      show(req, res, { text: q, ids, problem: Object.values(problemsOf(error)).join(' ') })
    }
  })

  const namedOwner = (registration: Application, id: string): { readonly id: string; readonly name: string } => ({
    id,
    name: (registration.ownerIds?.includes(id) ? ownerOf(id)[0]?.name : undefined) ?? id,
  })

  router.get('/:applicationId/owners/:ownerId/remove', (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    mustManageRegistration(store, context.actor, registration.id)
    const owner = namedOwner(registration, req.params.ownerId)
    sendPage(res, <RemoveRegistrationOwnerPage context={context} registration={registration} owner={owner} />)
  })

  router.post('/:applicationId/owners/:ownerId/remove', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const { ownerId } = req.params
    const { name } = namedOwner(registration, ownerId)
    await removeRegistrationOwner(deps, context.actor, { applicationId: registration.id, ownerId })
    const text = `${name} is no longer an owner of ${registration.displayName}.`
    await goSaying(deps, req, res, href(registration.id), text)
  })

  return router
}
