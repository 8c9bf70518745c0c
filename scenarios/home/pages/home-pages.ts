import { Router } from 'express'
import { codesRoutes } from '../codes/codes-routes.tsx'
import { demoRoutes } from '../demo/demo-routes.tsx'
import { labsRoutes } from '../labs/labs-routes.tsx'
import { lessonsRoutes } from '../lessons/lessons-routes.tsx'
import { mailRoutes } from '../mail/routes.tsx'
import { negativesRoutes } from '../negatives/negatives-routes.tsx'
import { storyRoutes } from '../story/routes.tsx'
import { timelineRoutes } from '../timeline/routes.tsx'
import { xrayRoutes } from '../xray/routes.tsx'
import { clockRoutes } from './clock-routes.tsx'
import type { HomeDeps } from './deps.ts'
import { faultsRoutes } from './faults-routes.tsx'
import { launchpadRoutes } from './launchpad-routes.tsx'
import { snapshotsRoutes } from './snapshots-routes.tsx'
import { switchesRoutes } from './switches-routes.tsx'
import { createVisits } from './visits.ts'
import { worldsRoutes } from './worlds-routes.tsx'

/** All pages of the home. Forms pass only from our own pages. */
export function homePages(deps: HomeDeps): Router {
  const visits = createVisits(deps.system)
  const pageDeps = { ...deps, visits }
  const router = Router()
  router.use(visits.guard)
  router.use(launchpadRoutes(pageDeps))
  router.use(codesRoutes(pageDeps))
  router.use(lessonsRoutes(pageDeps))
  router.use(labsRoutes(pageDeps))
  router.use(demoRoutes(pageDeps))
  router.use(timelineRoutes(pageDeps))
  router.use(xrayRoutes(pageDeps))
  router.use(storyRoutes(pageDeps))
  router.use(mailRoutes(pageDeps))
  router.use(clockRoutes(pageDeps))
  router.use(worldsRoutes(pageDeps))
  router.use(snapshotsRoutes(pageDeps))
  router.use(faultsRoutes(pageDeps))
  router.use(negativesRoutes(pageDeps))
  router.use(switchesRoutes(pageDeps))
  return router
}
