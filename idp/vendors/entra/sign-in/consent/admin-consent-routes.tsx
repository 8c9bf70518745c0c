import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { csrf } from '#kit/http/csrf.ts'
import { nameSubject, recordAs } from '#kit/http/record.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { EntraSystem } from '../../collections.ts'
import {
  consentForOrganization,
  type NamedPermissions,
  organizationConsentRoles,
  permissionsNamed,
} from '../../commands/consent.ts'
import { aadsts } from '../aadsts.ts'
import { belongsTo } from '../access.ts'
import type { AdminSession } from '../admin-session.tsx'
import { paramsOf, sendErrorPage } from '../authorize.tsx'
import { frameOf } from '../frame.ts'
import { AdminConsentPage, NoAdminPage, WrongTenantPage } from '../pages/admin-consent-pages.tsx'
import type { CurrentUser } from '../portal-session.ts'
import { type Realm, readRealm } from '../tenancy.ts'
import { type AdminConsentRequest, grantedAddress, readAdminConsent, refusedAddress } from './admin-consent-request.ts'
import { type AskedPermission, describePermission } from './describe-permission.ts'

/** Parameters of a request that its forms carry. */
const PARAMETERS = ['client_id', 'scope', 'redirect_uri', 'state'] as const

const DecisionForm = z.looseObject({ decision: z.enum(['accept', 'cancel', 'return', 'switch']) })

/** Addresses of admin consent, and the version of the endpoint each stands for. */
const ENDPOINTS = [
  { path: '/:realm/v2.0/adminconsent', version: 2 },
  { path: '/:realm/adminconsent', version: 1 },
] as const

/** A request that is sound, of somebody who is signed in. */
interface Asking {
  readonly request: AdminConsentRequest
  readonly realm: Realm
  readonly user: CurrentUser
  /** Of the request, what is offered now. */
  readonly asked: NamedPermissions
  readonly params: Readonly<Record<string, string>>
}

/**
 * Admin consent by a link ("Admin consent on the Microsoft identity platform"): an application sends an administrator here, who grants what it
 * asks for on behalf of the organization. Who asks is signed in by the admin center's session; every form carries its token.
 */
export function adminConsentRoutes(deps: { readonly system: EntraSystem; readonly admin: AdminSession }): Router {
  const { system, admin } = deps
  const { store, clock } = system
  const router = Router()
  const guard = csrf(admin.sessions)

  /** What was asked for; answered already when it is not sound. */
  const read = (req: Request, res: Response, version: 1 | 2): Asking | undefined => {
    const realm = readRealm(store, String(req.params['realm']))
    const given = paramsOf(req)
    const request = readAdminConsent(system, realm, version, given)
    if (request.kind === 'page') return void sendErrorPage(system, req, res, request.error)
    if (request.kind === 'answer') return void res.redirect(303, refusedAddress(request, request.error))
    const user = admin.currentUser(req)
    nameSubject(user.user.userPrincipalName)
    const params = Object.fromEntries(
      PARAMETERS.flatMap((name) => {
        const value = given.get(name)
        return value === null ? [] : [[name, value]]
      }),
    )
    const { delegated, roles } = request
    const asked = permissionsNamed(store, user.tenant.id, { delegated, application: roles })
    return { request, realm, user, asked, params }
  }

  /** Why this person cannot grant it, as a page; `undefined` when they can. */
  const refusal = (req: Request, asking: Asking) => {
    const { request, realm, user, asked } = asking
    const about = aboutPage(req, asking)
    if (!belongsTo(user.user, realm)) {
      const tenant = realm.kind === 'tenant' ? realm.tenant.displayName : realm.segment
      const values = { user: about.email, tenant, clientId: request.application.appId, app: about.appName }
      return <WrongTenantPage {...about} error={aadsts(clock, 50020, values)} />
    }
    const { application } = request
    if (application.signInAudience === 'AzureADMyOrg' && application.tenantId !== user.tenant.id) {
      const values = { clientId: application.appId, tenant: user.tenant.displayName }
      return <WrongTenantPage {...about} error={aadsts(clock, 700016, values)} />
    }
    const standing = { tenant: user.tenant, userId: user.user.id, roles: user.roles }
    const needed = organizationConsentRoles(standing, asked)
    if (needed === undefined) return undefined
    return <NoAdminPage {...about} needed={needed} error={aadsts(clock, 90094, { app: about.appName })} />
  }

  const aboutPage = (req: Request, { request, user, params }: Asking) => ({
    frame: frameOf(system, req.originalUrl, user.csrfToken),
    action: req.path,
    params,
    email: user.user.userPrincipalName,
    appName: request.application.displayName,
    publisher: request.application.publisherName,
  })

  const show = (req: Request, res: Response, asking: Asking): void => {
    const { request, user, asked } = asking
    const refused = refusal(req, asking)
    if (refused !== undefined) {
      res.status(403).send(renderPage(refused))
      return
    }
    const permissions = [
      ...asked.scopes.flatMap((name) => describePermission(store, name, 'administrator') ?? []),
      ...asked.roles.map(asRole),
    ]
    const view = { permissions, organization: user.tenant.displayName, redirectUri: request.redirectUri }
    res.send(renderPage(<AdminConsentPage {...aboutPage(req, asking)} {...view} />))
  }

  for (const { path, version } of ENDPOINTS) {
    router.use(path, recordAs('oidc'), (_req, res, next) => {
      res.setHeader('cache-control', 'no-store')
      next()
    })

    router.get(
      path,
      (req, res, next) => {
        // Nobody is asked to sign in for a request that cannot be answered.
        const realm = readRealm(store, String(req.params['realm']))
        const reading = readAdminConsent(system, realm, version, paramsOf(req))
        if (reading.kind === 'page') sendErrorPage(system, req, res, reading.error)
        else if (reading.kind === 'answer') res.redirect(303, refusedAddress(reading, reading.error))
        else next()
      },
      admin.middleware,
      (req, res) => {
        const asking = read(req, res, version)
        if (asking !== undefined) show(req, res, asking)
      },
    )

    router.post(path, guard, async (req, res) => {
      const asking = read(req, res, version)
      if (asking === undefined) return
      const { request, user, asked, params } = asking
      const form = DecisionForm.safeParse(req.body)
      if (!form.success) return show(req, res, asking)
      switch (form.data.decision) {
        case 'switch':
          await admin.sessions.close(req, res)
          return admin.begin(req, res, { returnTo: `${req.path}?${new URLSearchParams(params)}`, selectAccount: true })
        case 'cancel':
          return res.redirect(303, refusedAddress(request, aadsts(clock, 65004)))
        case 'return':
          return res.redirect(
            303,
            refusedAddress(request, aadsts(clock, 90094, { app: request.application.displayName })),
          )
        case 'accept': {
          if (refusal(req, asking) !== undefined) return show(req, res, asking)
          const { granted } = await consentForOrganization(
            deps,
            { kind: 'person', userId: user.user.id },
            {
              clientId: request.application.appId,
              delegated: asked.scopes,
              application: asked.roles.map(({ name }) => name),
            },
          )
          return res.redirect(303, grantedAddress(request, user.tenant.id, granted))
        }
      }
    })
  }

  return router
}

/** An application permission, as the page lists it. */
function asRole({ name, title, api, application }: NamedPermissions['roles'][number]): AskedPermission {
  return {
    value: name,
    title,
    detail: 'The app does this by itself, without anybody signed in.',
    adminOnly: true,
    ...(application === undefined ? {} : { api: api.displayName }),
  }
}
