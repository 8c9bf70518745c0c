import { createApp, finishApp } from '#kit/http/create-app.ts'
import type { Service } from '#kit/system/system.ts'
import { AUDIT_MONITORING, auditRoutes } from './admin/audit/routes.tsx'
import { PROVISIONING_MONITORING, provisioningRoutes } from './admin/provisioning/routes.ts'
import { adminCenterRoutes } from './admin/routes.ts'
import { SIGN_IN_MONITORING, signInLogRoutes } from './admin/sign-in-logs/routes.tsx'
import { signInStateRoutes } from './admin/sign-in-states/routes.tsx'
import type { EntraSystem } from './collections.ts'
import { graphRoutes } from './graph/routes.ts'
import { entraAssets } from './look/look.ts'
import { myAppsSession } from './my-apps/portal.ts'
import { myAppsRoutes } from './my-apps/routes.tsx'
import { entraControlRoutes } from './provisioning/control.ts'
import { createProvisioning } from './provisioning/service.ts'
import { samlRoutes } from './saml/routes.tsx'
import { adminSession, adminSignInRoutes } from './sign-in/admin-session.tsx'
import { adminConsentRoutes } from './sign-in/consent/admin-consent-routes.tsx'
import { portalSignInRoutes } from './sign-in/portal-session.ts'
import { createSignIn, signInRoutes } from './sign-in/routes.ts'

/**
 * The Entra twin's origin. Fixed first segments (`/admin`, `/v1.0`, `/beta`, `/myapps`, `/signin`, `/oidc`) come before `/{tenant}`, so no
 * tenant can take their place.
 */
export function createEntra(system: EntraSystem): Service {
  const signIn = createSignIn(system)
  const admin = adminSession(system)
  const myApps = myAppsSession(system)
  const provisioning = createProvisioning(system)
  const app = createApp(system, {
    assets: entraAssets,
    control: entraControlRoutes({ ...provisioning, oidc: signIn.oidc, wallNowMs: signIn.wallNowMs }),
  })
  app.get('/', (_req, res) => res.redirect('/admin'))
  app.use(adminSignInRoutes(admin, [myApps.sessions]), portalSignInRoutes(myApps, [admin.sessions]))
  const deps = { system, admin, monitoring: [...SIGN_IN_MONITORING, ...AUDIT_MONITORING, ...PROVISIONING_MONITORING] }
  app.use(
    '/admin',
    admin.middleware,
    adminCenterRoutes(
      deps,
      signInLogRoutes(deps),
      signInStateRoutes(deps),
      auditRoutes(deps),
      provisioningRoutes({ ...deps, provisioning }),
    ),
  )
  app.use(graphRoutes({ system, provisioning, oidc: signIn.oidc }))
  app.use(adminConsentRoutes({ system, admin }))
  app.use(myAppsRoutes({ system, session: myApps }))
  app.use(samlRoutes(signIn))
  app.use(signInRoutes(signIn))
  finishApp(app)
  return { name: system.name, handler: app, start: () => signIn.oidc.ready(), stop: () => provisioning.stop() }
}
