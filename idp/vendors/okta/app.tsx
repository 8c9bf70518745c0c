import { type ControlRoute, controlRoute } from '#kit/control/control-route.ts'
import { createApp, finishApp } from '#kit/http/create-app.ts'
import type { Service, System } from '#kit/system/system.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaShape, OktaUserStatus } from './collections.ts'
import { oktaAssets } from './look/look.ts'
import { OrgPage, type OrgView } from './org-page.tsx'

const STATUSES: readonly OktaUserStatus[] = [
  'ACTIVE',
  'STAGED',
  'PROVISIONED',
  'SUSPENDED',
  'LOCKED_OUT',
  'DEPROVISIONED',
]

function readOrg({ store }: System<OktaShape>): OrgView {
  const people = STATUSES.map((status) => ({ status, count: store.count('users', 'status', status) }))
  return {
    companyName: store.get('org', 'org')?.companyName ?? '',
    people: people.filter(({ count }) => count > 0),
    groups: store.count('groups'),
  }
}

/** The org in one line, for the card of the kit home. */
function summaryRoute(system: System<OktaShape>): ControlRoute {
  return controlRoute({
    method: 'GET',
    path: '/summary',
    handle: () => {
      const { people, groups } = readOrg(system)
      const total = people.reduce((sum, { count }) => sum + count, 0)
      const figures = [
        { label: 'People', value: total },
        { label: 'Groups', value: groups },
      ]
      return { line: `${total} people, ${groups} groups`, figures }
    },
  })
}

/** The org's origin: what the directory holds, and the control API. Owns no sign-in yet (FID-OKTA-PAGES-1). */
export function createOkta(system: System<OktaShape>): Service {
  const app = createApp(system, { assets: oktaAssets, control: [summaryRoute(system)] })
  app.get('/', (req, res) => {
    const frame = { nowIso: system.clock.iso(), kitUrl: system.urls['kit'] ?? '', path: req.originalUrl }
    res.type('html').send(renderPage(<OrgPage frame={frame} view={readOrg(system)} />))
  })
  finishApp(app)
  return { name: system.name, handler: app, start: async () => {}, stop: async () => {} }
}
