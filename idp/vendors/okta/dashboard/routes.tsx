import { Router } from 'express'
import { Refusal } from '#kit/http/errors.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaSystem } from '../collections.ts'
import { isAdmin } from '../commands/actor.ts'
import { accountOf } from '../console/account.ts'
import { frameOf } from '../frame.ts'
import type { OktaSession } from '../sign-in/session.ts'
import { addAppsRoutes } from './add-apps.tsx'
import { addableApps, assignedTiles } from './assigned-tiles.ts'
import { DashboardPage } from './dashboard-page.tsx'

/** `/`: the end-user dashboard of whoever is signed in. */
export function dashboardRoutes({ system, session }: { readonly system: OktaSystem; readonly session: OktaSession }) {
  const router = Router()
  router.use(addAppsRoutes({ system, session }))
  router.get(['/', '/app/UserHome'], session.middleware, (req, res) => {
    const current = session.currentUser(req)
    if (current === undefined) throw new Refusal('signed_out', 401, 'You are signed out.', { hint: 'Sign in again.' })
    const { user, csrfToken } = current
    const text = typeof req.query['q'] === 'string' ? req.query['q'].trim().slice(0, 100) : ''
    const tiles = assignedTiles(system.store, user.id)
    const view = {
      tiles: tiles.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase())),
      hasApps: tiles.length > 0,
      text,
      mayAdd: addableApps(system.store, user.id).length > 0,
    }
    const mayAdminister = isAdmin(system.store, user.id)
    const account = accountOf(system, user, { adminLink: mayAdminister, dashboardLink: false })
    const frame = frameOf(system, req.originalUrl, csrfToken)
    res
      .type('html')
      .send(renderPage(<DashboardPage frame={frame} account={account} view={view} mayAdminister={mayAdminister} />))
  })
  return router
}
