import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Application, AppRole } from '#idp/core/directory/records.ts'
import { notFound } from '#idp/core/directory/refusal.ts'
import { parseForm } from '#kit/http/forms.ts'
import { removeAppRole, saveAppRole } from '../../commands/registrations/app-roles.ts'
import { mustManageRegistration } from '../../commands/registrations/registration-standing.ts'
import { type AdminDeps, goSaying, say } from '../context.ts'
import { problemsOf } from '../forms.ts'
import { registrationContextOf } from './registration-context.ts'
import { registrationHref } from './registration-page.tsx'
import { DeleteRolePage, MEMBER_CHOICES, memberChoiceOf, RolesPage, type RolesView } from './roles-page.tsx'
import { attempt, sendPage, typedTexts } from './send-page.ts'

const Text = z.string().trim().max(2048)
const RoleForm = z.strictObject({
  roleDisplayName: Text,
  allowedMemberTypes: z.enum(
    MEMBER_CHOICES.map(({ value }) => value),
    'Select who can hold the role.',
  ),
  value: Text,
  description: Text,
  enabled: z.literal('true').optional(),
})

/** App roles: `/{applicationId}/roles`, `/new`, `/{roleId}`, `/{roleId}/delete`. */
export function roleRoutes(deps: AdminDeps): Router {
  const router = Router()
  const href = (id: string): string => registrationHref(id, 'roles')

  const show = (req: Request, res: Response, pane?: RolesView['pane']): void => {
    const { context, registration, principal, readOnly } = registrationContextOf(deps, req, res)
    const assignHref = principal && `/admin/apps/${principal.id}/users`
    sendPage(res, <RolesPage context={context} view={{ registration, readOnly, assignHref, pane }} />, pane?.problems)
  }
  const mustManage = (req: Request, res: Response) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    mustManageRegistration(deps.system.store, context.actor, registration.id)
    return { context, registration }
  }
  const roleOf = (req: Request, registration: Application): AppRole => {
    const id = String(req.params['roleId'])
    const role = registration.appRoles.find((each) => each.id === id)
    if (role === undefined) throw notFound('app role', id)
    return role
  }

  router.get('/:applicationId/roles', (req, res) => show(req, res))

  router.get('/:applicationId/roles/new', (req, res) => {
    mustManage(req, res)
    show(req, res, { values: { enabled: 'true' }, problems: {} })
  })

  router.get('/:applicationId/roles/:roleId', (req, res) => {
    const { registration } = mustManage(req, res)
    const role = roleOf(req, registration)
    const values = {
      roleDisplayName: role.displayName,
      allowedMemberTypes: memberChoiceOf(role).value,
      value: role.value,
      description: role.description,
      enabled: String(role.isEnabled),
    }
    show(req, res, { roleId: role.id, values, problems: {} })
  })

  router.post('/:applicationId/roles/:roleId', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const roleId = req.params.roleId === 'new' ? undefined : roleOf(req, registration).id
    const refuse = (problems: Readonly<Record<string, string>>): void =>
      show(req, res, { roleId, values: typedTexts(req.body), problems })
    const form = parseForm(RoleForm, req.body)
    if (!form.ok) return refuse(form.problems)
    const { roleDisplayName: displayName, allowedMemberTypes, value, description, enabled } = form.value
    const types = MEMBER_CHOICES.find((choice) => choice.value === allowedMemberTypes)?.types ?? ['User']
    await attempt(async () => {
      await saveAppRole(deps, context.actor, {
        applicationId: registration.id,
        ...(roleId === undefined ? {} : { roleId }),
        role: { displayName, value, description, isEnabled: enabled !== undefined, allowedMemberTypes: types },
      })
      await goSaying(deps, req, res, href(registration.id), `The app role ${displayName} was saved.`)
    }, refuse)
  })

  router.get('/:applicationId/roles/:roleId/delete', (req, res) => {
    const { context, registration } = mustManage(req, res)
    const role = roleOf(req, registration)
    sendPage(res, <DeleteRolePage context={context} registration={registration} role={role} />)
  })

  router.post('/:applicationId/roles/:roleId/delete', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const role = roleOf(req, registration)
    try {
      await removeAppRole(deps, context.actor, { applicationId: registration.id, roleId: role.id })
    } catch (error) {
      await say(deps, req, Object.values(problemsOf(error)).join(' '), 'danger')
      res.redirect(303, href(registration.id))
      return
    }
    await goSaying(deps, req, res, href(registration.id), `The app role ${role.displayName} was deleted.`)
  })

  return router
}
