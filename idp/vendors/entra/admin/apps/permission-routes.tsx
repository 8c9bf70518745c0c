import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Application, OAuth2PermissionGrant, ServicePrincipal } from '#idp/core/directory/records.ts'
import { notFound } from '#idp/core/directory/refusal.ts'
import { parseForm } from '#kit/http/forms.ts'
import { mustManageApp, roleNeeded } from '../../commands/actor.ts'
import { revokeConsent } from '../../commands/applications.ts'
import { consentForOrganization, organizationConsentRoles, permissionsNamed } from '../../commands/consent.ts'
import { revokeApplicationPermissions, revokeOnePermission } from '../../commands/consent-revocations.ts'
import { GRAPH_API } from '../../commands/registrations/graph-permissions.ts'
import { knownPermission, permissionName } from '../../commands/registrations/permission-names.ts'
import { describePermission } from '../../sign-in/consent/describe-permission.ts'
import { type AdminContext, type AdminDeps, goSaying } from '../context.ts'
import { queryText } from '../read-query.ts'
import { sendPage } from '../registrations/send-page.ts'
import { appContextOf } from './app-context.ts'
import {
  APPLICATION_CONSENT,
  type ConsentView,
  GrantPage,
  PermissionsPage,
  permissionsHref,
  ReviewPage,
  RevokePage,
} from './permissions-page.tsx'

const RevokeForm = z.strictObject({ permission: z.string().max(400).optional() })

/** Consents of an app: `/{appId}/permissions`, `/consent`, `/review`, and `/permissions/{grantId | application}/revoke`. */
export function permissionRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()

  const apiOf = ({ resourceId }: OAuth2PermissionGrant): Application | undefined =>
    store.get('applications', store.get('servicePrincipals', resourceId ?? '')?.applicationId ?? '')

  const viewOf = (grant: OAuth2PermissionGrant): ConsentView => {
    const { principalId, resourceId } = grant
    const api = apiOf(grant)
    const apiName = resourceId === undefined ? GRAPH_API.displayName : (api?.displayName ?? 'API no longer known')
    return {
      id: grant.id,
      person: principalId === undefined ? undefined : (store.get('users', principalId)?.displayName ?? principalId),
      about: resourceId === undefined ? undefined : apiName,
      grantedIso: grant.createdDateTime,
      rows: grant.scope.split(' ').map((value) => {
        const name = api === undefined ? value : permissionName(api, value)
        const known =
          resourceId === undefined || api !== undefined ? describePermission(store, name, 'administrator') : undefined
        return { value, title: known?.title ?? value, api: apiName }
      }),
    }
  }

  /** What the app does by itself; none when nothing was granted. */
  const applicationConsent = ({ applicationPermissions = [], tenantId }: ServicePrincipal): readonly ConsentView[] => {
    if (applicationPermissions.length === 0) return []
    const rows = applicationPermissions.map((value) => {
      const known = knownPermission(store, tenantId, 'application', value)
      return { value, title: known?.title ?? value, api: known?.api.displayName ?? 'API no longer known' }
    })
    return [{ id: APPLICATION_CONSENT, rows }]
  }

  /** What admin consent would grant: everything the app has registered. */
  const registeredBy = ({ applicationId, tenantId }: ServicePrincipal) => {
    const application = store.get('applications', applicationId)
    return permissionsNamed(store, tenantId, {
      delegated: application?.requiredScopes ?? [],
      application: application?.requiredRoles ?? [],
    })
  }
  const namesOf = ({ scopes, roles }: ReturnType<typeof registeredBy>): readonly string[] => [
    ...scopes,
    ...roles.map(({ name }) => name),
  ]
  const whyNotGrant = ({ standing }: AdminContext, app: ServicePrincipal): string | undefined => {
    const asked = registeredBy(app)
    if (namesOf(asked).length === 0) return 'The application asks for no permissions.'
    const needed = organizationConsentRoles(standing, asked)
    return needed && roleNeeded('Granting admin consent', needed).message
  }

  router.get('/:appId/permissions', (req, res) => {
    const { context, app, readOnly } = appContextOf(deps, req, res)
    const tab = queryText(req, 'tab') === 'user' ? 'user' : 'admin'
    const grants = store.find('permissionGrants', 'client', app.id)
    const consents = grants
      .filter(({ principalId }) => (principalId === undefined) === (tab === 'admin'))
      .map(viewOf)
      .toSorted((one, other) =>
        `${one.person} ${one.about ?? ''}`.localeCompare(`${other.person} ${other.about ?? ''}`, 'en'),
      )
    const view = {
      app,
      tab,
      consents: tab === 'user' ? consents : [...consents, ...applicationConsent(app)],
      readOnly,
      cannotGrant: whyNotGrant(context, app),
    } as const
    sendPage(res, <PermissionsPage context={context} view={view} />)
  })

  router.get('/:appId/permissions/review', (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    sendPage(res, <ReviewPage context={context} app={app} />)
  })

  router.get('/:appId/permissions/consent', (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    const asked = registeredBy(app)
    const needed = organizationConsentRoles(context.standing, asked)
    if (needed !== undefined) throw roleNeeded(`Granting admin consent for ${app.displayName}`, needed)
    sendPage(res, <GrantPage context={context} app={app} names={namesOf(asked)} />)
  })

  router.post('/:appId/permissions/consent', async (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    const { scopes, roles } = registeredBy(app)
    const application = roles.map(({ name }) => name)
    await consentForOrganization(deps, context.actor, { clientId: app.appId, delegated: scopes, application })
    const text = 'Successfully granted admin consent for the requested permissions.'
    await goSaying(deps, req, res, permissionsHref(app), text)
  })

  /** The consent an address names. @throws {DirectoryRefusal} `Request_ResourceNotFound`. */
  const consentOf = (req: Request, app: ServicePrincipal): ConsentView => {
    const id = String(req.params['grantId'])
    const [application] = id === APPLICATION_CONSENT ? applicationConsent(app) : []
    if (application !== undefined) return application
    const grant = store.get('permissionGrants', id)
    if (grant === undefined || grant.clientId !== app.id) throw notFound('permission grant', id)
    return viewOf(grant)
  }

  router.get('/:appId/permissions/:grantId/revoke', (req: Request, res: Response) => {
    const { context, app } = appContextOf(deps, req, res)
    mustManageApp(store, context.actor, app.id)
    const consent = consentOf(req, app)
    const { permission: asked } = req.query
    const permission = typeof asked === 'string' ? asked : undefined
    if (permission !== undefined && !consent.rows.some(({ value }) => value === permission)) {
      throw notFound('granted permission', permission)
    }
    sendPage(res, <RevokePage context={context} app={app} consent={consent} permission={permission} />)
  })

  router.post('/:appId/permissions/:grantId/revoke', async (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    const form = parseForm(RevokeForm, req.body)
    const permission = form.ok ? form.value.permission : ''
    const { grantId } = req.params
    const at = { appId: app.id, grantId }
    const isOwn = store.get('permissionGrants', grantId)?.principalId !== undefined
    if (grantId === APPLICATION_CONSENT) {
      const one = permission === undefined ? {} : { name: permission }
      await revokeApplicationPermissions(deps, context.actor, { appId: app.id, ...one })
    } else if (permission === undefined) await revokeConsent(deps, context.actor, at)
    else await revokeOnePermission(deps, context.actor, { ...at, value: permission })
    const text =
      permission === undefined
        ? `Permissions of ${app.displayName} were revoked.`
        : `${permission} of ${app.displayName} was revoked.`
    await goSaying(deps, req, res, permissionsHref(app) + (isOwn ? '?tab=user' : ''), text)
  })

  return router
}
