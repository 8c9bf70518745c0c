import { Router } from 'express'
import type { OAuth2PermissionGrant } from '#idp/core/directory/records.ts'
import { notFound } from '#idp/core/directory/refusal.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustManageApp } from '../../commands/actor.ts'
import { revokeConsent } from '../../commands/applications.ts'
import { type AdminDeps, goSaying } from '../context.ts'
import { appContextOf } from './app-context.ts'
import { appHref } from './app-page.tsx'
import { type GrantView, PermissionsPage, RevokePage } from './permissions-page.tsx'

/** Consents of an app: `/{appId}/permissions`, `/permissions/{grantId}/revoke`. */
export function permissionRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()

  const viewOf = (grant: OAuth2PermissionGrant): GrantView => {
    const { principalId } = grant
    if (principalId === undefined) return { grant }
    return { grant, person: store.get('users', principalId)?.displayName ?? principalId }
  }

  router.get('/:appId/permissions', (req, res) => {
    const { context, app, readOnly } = appContextOf(deps, req, res)
    const grants = store
      .find('permissionGrants', 'client', app.id)
      .map(viewOf)
      .sort((one, other) => (one.person ?? '').localeCompare(other.person ?? '', 'en'))
    res.type('html').send(renderPage(<PermissionsPage context={context} view={{ app, grants, readOnly }} />))
  })

  router.get('/:appId/permissions/:grantId/revoke', (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    mustManageApp(store, context.actor, app.id)
    const grant = store.get('permissionGrants', req.params.grantId)
    if (grant === undefined || grant.clientId !== app.id) throw notFound('permission grant', req.params.grantId)
    res.type('html').send(renderPage(<RevokePage context={context} app={app} view={viewOf(grant)} />))
  })

  router.post('/:appId/permissions/:grantId/revoke', async (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    await revokeConsent(deps, context.actor, { appId: app.id, grantId: req.params.grantId })
    await goSaying(deps, req, res, appHref(app.id, 'permissions'), `Permissions of ${app.displayName} were revoked.`)
  })

  return router
}
