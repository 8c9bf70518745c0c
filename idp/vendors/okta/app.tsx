import { createApp, finishApp } from '#kit/http/create-app.ts'
import type { Service } from '#kit/system/system.ts'
import { apiRoutes } from './api/routes.ts'
import type { OktaSystem } from './collections.ts'
import { consoleRoutes } from './console/routes.ts'
import { dashboardRoutes } from './dashboard/routes.tsx'
import { oktaAssets } from './look/look.ts'
import { postMessageScript } from './oauth/pages.tsx'
import { oauthRoutes } from './oauth/routes.tsx'
import { createOAuthServices } from './oauth/services.ts'
import { oktaControlRoutes } from './provisioning/control.ts'
import { createOktaProvisioning } from './provisioning/service.ts'
import { submitScript } from './saml/pages.tsx'
import { samlRoutes } from './saml/routes.tsx'
import { signInRoutes } from './sign-in/routes.tsx'
import { oktaSession } from './sign-in/session.ts'

/** The org's origin: sign-in, end-user dashboard, admin console, and the control API. */
export function createOkta(system: OktaSystem): Service {
  const session = oktaSession(system)
  const provisioning = createOktaProvisioning(system)
  const app = createApp(system, {
    assets: [...oktaAssets, submitScript, postMessageScript],
    control: oktaControlRoutes(provisioning),
  })
  app.use(oauthRoutes({ system, session, services: createOAuthServices(system) }))
  app.use('/api/v1', apiRoutes({ system, session }))
  app.use(signInRoutes({ system, session }))
  app.use(samlRoutes({ system, session }))
  app.use(dashboardRoutes({ system, session }))
  app.use('/admin', session.middleware, consoleRoutes({ system, session }))
  finishApp(app)
  return { name: system.name, handler: app, start: async () => {}, stop: () => provisioning.stop() }
}
