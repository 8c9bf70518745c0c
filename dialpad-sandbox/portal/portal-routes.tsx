import { type RequestHandler, Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import { adminRights } from '../domain/admin-rights.ts'
import { companyState } from '../domain/company-states.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { pageFaults } from '../sign-in/page-faults.ts'
import { accountOf, frameOf, userOf, visitorOf } from '../sign-in/visitor.ts'
import { mountAddUsers } from './add-users-routes.tsx'
import { BILLING, COMPANY, SAML } from './addresses.ts'
import { mountAdministrators } from './administrators-routes.tsx'
import { mountApiKeys } from './api-keys-routes.tsx'
import { mountBilling } from './billing-routes.tsx'
import { mountBulkUsers } from './bulk-users-routes.tsx'
import { mountChangeLog } from './change-log-routes.tsx'
import { mountCompanyDetails } from './company-details-routes.tsx'
import { mountCompany } from './company-routes.tsx'
import { mountDepartments } from './departments-routes.tsx'
import { mountGroups } from './groups-routes.tsx'
import { mountLeftOut } from './left-out-routes.tsx'
import { mountLicences } from './licences-routes.tsx'
import { mountMainLine } from './main-line-routes.tsx'
import { NotAdminPage } from './not-admin-page.tsx'
import { judgeOfficeAdminPage, pathOf } from './office-admin-pages.ts'
import { mountOffices } from './office-routes.tsx'
import { mountReservedNumbers } from './reserved-numbers-routes.tsx'
import { mountSaml } from './saml-routes.tsx'
import { mountScimSettings } from './scim-settings-routes.tsx'
import { mountUserLists } from './user-list-routes.tsx'
import { mountUsers } from './user-routes.tsx'
import { adminRoutes } from './visit.ts'

/** `/admin/…`: the admin portal, for Company Admins; what of it is their office's, for Office Admins. */
export function portalRoutes(deps: PageDeps): Router {
  const router = Router()
  router.use('/admin', requireAdmin(deps), requirePaidCompany(deps), pageFaults(deps, 'portal.page'))
  // The direct address that a guide gives.
  router.get('/authentication/saml', (_req, res) => res.redirect(303, SAML))
  router.get('/admin', (_req, res) => res.redirect(303, COMPANY))
  const routes = adminRoutes(deps, router)
  mountCompany(deps, routes)
  mountOffices(deps, routes)
  mountMainLine(deps, routes)
  mountLeftOut(deps, routes)
  mountLicences(deps, routes)
  mountBilling(deps, routes)
  mountReservedNumbers(deps, routes)
  mountApiKeys(deps, routes)
  mountSaml(deps, routes)
  mountScimSettings(deps, routes)
  mountCompanyDetails(deps, routes)
  mountDepartments(deps, routes)
  mountAdministrators(deps, routes)
  mountChangeLog(deps, routes)
  mountGroups(deps, routes)
  mountUserLists(deps, routes)
  mountAddUsers(deps, routes)
  mountBulkUsers(deps, routes)
  mountUsers(deps, routes)
  return router
}

function requireAdmin(deps: PageDeps): RequestHandler {
  return (req, res, next) => {
    const visitor = visitorOf(deps, req)
    switch (visitor.kind) {
      case 'nobody':
        res.redirect(303, req.method === 'GET' ? `/login?next=${encodeURIComponent(req.originalUrl)}` : '/login')
        return
      case 'ended':
        res.redirect(303, '/login')
        return
      case 'user': {
        const rights = adminRights(visitor.user)
        if (rights?.kind === 'company') {
          next()
          return
        }
        if (rights !== undefined) {
          const verdict = judgeOfficeAdminPage(deps.system.store, rights, req.method, pathOf(req))
          if (verdict.kind === 'open') {
            next()
            return
          }
          if (verdict.kind === 'elsewhere') {
            const query = req.originalUrl.split('?')[1]
            res.redirect(303, query === undefined ? verdict.href : `${verdict.href}?${query}`)
            return
          }
        }
        const company = deps.system.store.get('companies', visitor.user.companyId)
        const page = (
          <NotAdminPage
            frame={frameOf(deps, req)}
            user={accountOf(deps, visitor.user)}
            company={company?.name ?? ''}
            officeNames={(visitor.user.officeAdminOf ?? []).flatMap(
              (id) => deps.system.store.get('offices', id)?.name ?? [],
            )}
            next={req.method === 'GET' ? req.originalUrl : '/admin'}
          />
        )
        res.status(403).send(renderPage(page))
      }
    }
  }
}

/** While the company is suspended for its bill its admins look at everything and change nothing but that. */
function requirePaidCompany(deps: PageDeps): RequestHandler {
  return (req, _res, next) => {
    const company = deps.system.store.get('companies', userOf(deps, req)?.companyId ?? '')
    const isStopped = company !== undefined && companyState(company, deps.system.clock.now()) === 'suspended'
    if (!isStopped || req.method === 'GET' || req.originalUrl.startsWith(BILLING)) {
      next()
      return
    }
    throw new DialpadRefusal({
      code: 'company-suspended',
      status: 403,
      message: `${company.name} is suspended: nothing can be changed until its bill is paid under Billing`,
    })
  }
}
