import { Router } from 'express'
import type { NavItem } from '#kit/ui/side-nav.tsx'
import { credentialRoutes } from './credentials-routes.tsx'
import type { ProvisioningPageDeps } from './deps.ts'
import { appLogRoutes, TENANT_LOGS_HREF, tenantLogRoutes } from './logs-routes.tsx'
import { mappingRoutes } from './mapping-routes.tsx'
import { onDemandRoutes } from './on-demand-routes.tsx'
import { overviewRoutes } from './overview-routes.tsx'

/** What provisioning adds to the Monitoring group of the left navigation. */
export const PROVISIONING_MONITORING: readonly NavItem[] = [
  { label: 'Provisioning logs', href: TENANT_LOGS_HREF, icon: 'document' },
]

/** Pages of provisioning, addresses relative to `/admin`: below each app, and the log of the whole tenant. */
export function provisioningRoutes(deps: ProvisioningPageDeps): Router {
  const router = Router()
  router.use(
    '/apps/:appId/provisioning',
    overviewRoutes(deps),
    credentialRoutes(deps),
    mappingRoutes(deps),
    onDemandRoutes(deps),
    appLogRoutes(deps),
  )
  router.use('/provisioning-logs', tenantLogRoutes(deps))
  return router
}
