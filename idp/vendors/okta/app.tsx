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

/** The org's origin: what the directory holds, and the control API. Owns no sign-in yet (FID-OKTA-PAGES-1). */
export function createOkta(system: System<OktaShape>): Service {
  const app = createApp(system, { assets: oktaAssets })
  app.get('/', (req, res) => {
    const frame = { nowIso: system.clock.iso(), kitUrl: system.urls['kit'] ?? '', path: req.originalUrl }
    res.type('html').send(renderPage(<OrgPage frame={frame} view={readOrg(system)} />))
  })
  finishApp(app)
  return { name: system.name, handler: app, start: async () => {}, stop: async () => {} }
}
