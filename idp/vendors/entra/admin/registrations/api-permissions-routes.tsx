import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { apiNameOf, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { Application } from '#idp/core/directory/records.ts'
import { notFound } from '#idp/core/directory/refusal.ts'
import { listField, parseForm } from '#kit/http/forms.ts'
import { roleNeeded } from '../../commands/actor.ts'
import {
  consentRolesNeeded,
  grantAdminConsent,
  permissionsToGrant,
  revokeAdminConsent,
} from '../../commands/registrations/admin-consent.ts'
import {
  addApiPermissions,
  permissionsAskedFor,
  removeApiPermission,
} from '../../commands/registrations/api-permissions.ts'
import { permissionLines } from '../../commands/registrations/granted-permissions.ts'
import {
  type PermissionType,
  permissionsOfApplication,
  permissionsOfGraph,
} from '../../commands/registrations/permission-names.ts'
import { mustManageRegistration, registrationOf } from '../../commands/registrations/registration-standing.ts'
import { type AdminContext, type AdminDeps, goSaying, say } from '../context.ts'
import { problemsOf } from '../forms.ts'
import { queryText } from '../read-query.ts'
import {
  API_TABS,
  type ApiEntry,
  ApiPermissionsPage,
  type ApiTab,
  GrantConsentPage,
  PermissionConfirmPage,
  type PermissionsPane,
} from './api-permissions-page.tsx'
import { registrationContextOf } from './registration-context.ts'
import { registrationHref } from './registration-page.tsx'
import { attempt, sendPage } from './send-page.ts'

const GRAPH: ApiEntry = {
  key: 'graph',
  name: 'Microsoft Graph',
  detail: 'Users, groups, applications and logs of this tenant.',
}

const AddForm = z.strictObject({
  type: z.enum(['delegated', 'application']),
  permission: z.preprocess(listField, z.array(z.string().max(400)).max(200)),
})
const OneForm = z.strictObject({ type: z.enum(['delegated', 'application']), name: z.string().max(400) })

/** API permissions: `/{applicationId}/permissions`, `/add`, `/add/{api}`, `/consent`, `/remove`, `/revoke`. */
export function apiPermissionRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()
  const href = (id: string): string => registrationHref(id, 'permissions')

  const show = (
    req: Request,
    res: Response,
    pane?: PermissionsPane,
    problems: Readonly<Record<string, string>> = {},
  ): void => {
    const { context, registration, readOnly } = registrationContextOf(deps, req, res)
    const asked = permissionsToGrant(store, context.tenant.id, registration)
    const needed = consentRolesNeeded(context.standing, asked)
    const lines = permissionLines(store, context.tenant.id, registration)
    const cannotConsent = needed && roleNeeded('Granting admin consent', needed).message
    const view = { registration, readOnly, cannotConsent, ...lines, pane }
    sendPage(res, <ApiPermissionsPage context={context} view={view} />, problems)
  }
  const mustManage = (req: Request, res: Response) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    mustManageRegistration(store, context.actor, registration.id)
    return { context, registration }
  }

  /** Applications among the enterprise apps that offer something others can ask for. */
  const apisOf = ({ tenant, person }: AdminContext, tab: ApiTab): readonly ApiEntry[] => {
    if (tab === 'microsoft') return [GRAPH]
    const own = store
      .find('applications', 'tenant', tenant.id)
      .filter((api) => !api.firstParty && offersSomething(api))
      .filter((api) => servicePrincipalByAppId(store, tenant.id, api.appId) !== undefined)
      .filter(({ ownerIds = [] }) => tab === 'organization' || ownerIds.includes(person.id))
      .toSorted((one, other) => one.displayName.localeCompare(other.displayName, 'en'))
    const entries = own.map((api) => ({ key: api.id, name: api.displayName, detail: apiNameOf(api) }))
    return tab === 'organization' ? [GRAPH, ...entries] : entries
  }

  /** @throws {DirectoryRefusal} `Request_ResourceNotFound` for an API that is none of this tenant's. */
  const paneOf = (
    { tenant }: AdminContext,
    registration: Application,
    key: string,
    type: PermissionType,
    problems: Readonly<Record<string, string>> = {},
  ): PermissionsPane => {
    const held = permissionsAskedFor(registration, type)
    if (key === GRAPH.key) {
      return { kind: 'permissions', api: GRAPH, type, offered: permissionsOfGraph(type), held, problems }
    }
    const api = registrationOf(store, tenant.id, key)
    const entry = { key, name: api.displayName, detail: apiNameOf(api) }
    return { kind: 'permissions', api: entry, type, offered: permissionsOfApplication(api, type), held, problems }
  }

  router.get('/:applicationId/permissions', (req, res) => show(req, res))

  router.get('/:applicationId/permissions/add', (req, res) => {
    const { context } = mustManage(req, res)
    const tab = API_TABS.find(({ value }) => value === queryText(req, 'tab'))?.value ?? 'microsoft'
    show(req, res, { kind: 'api', tab, apis: apisOf(context, tab) })
  })

  router.get('/:applicationId/permissions/add/:api', (req, res) => {
    const { context, registration } = mustManage(req, res)
    const type = queryText(req, 'type') === 'application' ? 'application' : 'delegated'
    show(req, res, paneOf(context, registration, req.params.api, type))
  })

  router.post('/:applicationId/permissions/add/:api', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const form = parseForm(AddForm, req.body)
    const type = form.ok ? form.value.type : 'delegated'
    const refuse = (problems: Readonly<Record<string, string>>): void =>
      show(req, res, paneOf(context, registration, req.params.api, type, problems), problems)
    if (!form.ok) return refuse(form.problems)
    await attempt(async () => {
      const names = form.value.permission
      const saved = await addApiPermissions(deps, context.actor, { applicationId: registration.id, type, names })
      await goSaying(deps, req, res, href(saved.id), `The permissions of ${saved.displayName} were saved.`)
    }, refuse)
  })

  const grantable = (context: AdminContext, registration: Application) => {
    const asked = permissionsToGrant(store, context.tenant.id, registration)
    const needed = consentRolesNeeded(context.standing, asked)
    if (needed !== undefined) throw roleNeeded(`Granting admin consent for ${registration.displayName}`, needed)
    return asked
  }

  router.get('/:applicationId/permissions/consent', (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const names = grantable(context, registration).map(({ value }) => value)
    sendPage(res, <GrantConsentPage context={context} registration={registration} names={names} />)
  })

  router.post('/:applicationId/permissions/consent', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    try {
      await grantAdminConsent(deps, context.actor, { applicationId: registration.id })
    } catch (error) {
      await say(deps, req, `Could not grant admin consent. ${Object.values(problemsOf(error)).join(' ')}`, 'danger')
      res.redirect(303, href(registration.id))
      return
    }
    const text = 'Successfully granted admin consent for the requested permissions.'
    await goSaying(deps, req, res, href(registration.id), text)
  })

  for (const what of ['remove', 'revoke'] as const) {
    const mustMay = (req: Request, res: Response) =>
      what === 'remove' ? mustManage(req, res) : registrationContextOf(deps, req, res)

    router.get(`/:applicationId/permissions/${what}`, (req, res) => {
      const { context, registration } = mustMay(req, res)
      const [type, name] = [queryText(req, 'type'), textOf(req.query['name'])]
      const { configured, other } = permissionLines(store, context.tenant.id, registration)
      const line = [...configured, ...other].find((each) => each.type === type && each.name === name)
      if (line === undefined) throw notFound('permission', name)
      sendPage(res, <PermissionConfirmPage context={context} registration={registration} what={what} line={line} />)
    })

    router.post(`/:applicationId/permissions/${what}`, async (req, res) => {
      const { context, registration } = registrationContextOf(deps, req, res)
      const form = parseForm(OneForm, req.body)
      if (!form.ok) throw notFound('permission', '')
      const { type, name } = form.value
      const at = { applicationId: registration.id }
      if (what === 'remove') await removeApiPermission(deps, context.actor, { ...at, type, name })
      else await revokeAdminConsent(deps, context.actor, { ...at, permission: { type, name } })
      const text = what === 'remove' ? `${name} was removed.` : `Admin consent for ${name} was revoked.`
      await goSaying(deps, req, res, href(registration.id), text)
    })
  }

  return router
}

function offersSomething(api: Application): boolean {
  const types: readonly PermissionType[] = ['delegated', 'application']
  return types.some((type) => permissionsOfApplication(api, type).length > 0)
}

/** A name of a permission is longer than what {@link queryText} takes. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 400) : ''
}
