import { Router } from 'express'
import type { NavItem } from '#kit/ui/side-nav.tsx'
import { classicRoutes } from './classic/classic-routes.tsx'
import { credentialRoutes } from './credentials-routes.tsx'
import type { ProvisioningPageDeps } from './deps.ts'
import { builderRoutes } from './expression-builder/builder-routes.tsx'
import { appLogRoutes, TENANT_LOGS_HREF, tenantLogRoutes } from './logs-routes.tsx'
import { mappingRoutes } from './mapping/routes.tsx'
import { schemaEditorFlag } from './mapping/schema-editor-flag.ts'
import { unsavedNotice } from './mapping/unsaved-notice.ts'
import { onDemandRoutes } from './on-demand-routes.tsx'
import { overviewRoutes } from './overview-routes.tsx'
import { schemaRoutes } from './schema/schema-routes.tsx'
import { scopingRoutes } from './scoping/routes.tsx'

/** What provisioning adds to the Monitoring group of the left navigation. */
export const PROVISIONING_MONITORING: readonly NavItem[] = [
  { label: 'Provisioning logs', href: TENANT_LOGS_HREF, icon: 'document' },
]

/** Pages of provisioning, addresses relative to `/admin`: below each app, and the log of the whole tenant. */
export function provisioningRoutes(deps: ProvisioningPageDeps): Router {
  const router = Router()
  router.use(
    '/apps/:appId/provisioning',
    schemaEditorFlag(deps),
    unsavedNotice(deps),
    classicRoutes(deps),
    overviewRoutes(deps),
    credentialRoutes(deps),
    scopingRoutes(deps),
    mappingRoutes(deps),
    schemaRoutes(deps),
    builderRoutes(deps),
    onDemandRoutes(deps),
    appLogRoutes(deps),
  )
  router.use('/provisioning-logs', tenantLogRoutes(deps))
  return router
}
