import { type ControlRoute, controlRoute } from '#kit/control/control-route.ts'
import { createApp, finishApp } from '#kit/http/create-app.ts'
import type { Service } from '#kit/system/system.ts'
import type { OktaSystem } from './collections.ts'
import { consoleRoutes } from './console/routes.ts'
import { dashboardRoutes } from './dashboard/routes.tsx'
import { oktaAssets } from './look/look.ts'
import { signInRoutes } from './sign-in/routes.tsx'
import { oktaSession } from './sign-in/session.ts'

/** The org in one line, for the card of the kit home. */
function summaryRoute({ store }: OktaSystem): ControlRoute {
  return controlRoute({
    method: 'GET',
    path: '/summary',
    handle: () => {
      const [people, groups] = [store.count('users'), store.count('groups')]
      const figures = [
        { label: 'People', value: people },
        { label: 'Groups', value: groups },
      ]
      return { line: `${people} people, ${groups} groups`, figures }
    },
  })
}

/** The org's origin: sign-in, end-user dashboard, admin console, and the control API. */
export function createOkta(system: OktaSystem): Service {
  const session = oktaSession(system)
  const app = createApp(system, { assets: oktaAssets, control: [summaryRoute(system)] })
  app.use(signInRoutes({ system, session }))
  app.use(dashboardRoutes({ system, session }))
  app.use('/admin', session.middleware, consoleRoutes({ system, session }))
  finishApp(app)
  return { name: system.name, handler: app, start: async () => {}, stop: async () => {} }
}
