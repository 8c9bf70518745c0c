import { Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import { numbersOf } from '../commands/assign-numbers.ts'
import { licenceName } from '../domain/licences.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { takeFlash } from '../sign-in/flash.ts'
import { accountOf, frameOf, userOf, visitorOf } from '../sign-in/visitor.ts'
import { AccountPage } from './account-page.tsx'
import { HomePage } from './home-page.tsx'

/** `/`, the public page, and `/app`, the page a sign-in lands on. */
export function siteRoutes(deps: PageDeps): Router {
  const { store } = deps.system
  const router = Router()

  router.get('/', (req, res) => {
    const user = userOf(deps, req)
    const view = {
      user: user === undefined ? undefined : accountOf(deps, user),
      hasMicrosoft: deps.microsoft !== undefined,
    }
    res.send(renderPage(<HomePage frame={frameOf(deps, req)} view={view} />))
  })

  router.get('/app', async (req, res) => {
    const visitor = visitorOf(deps, req)
    if (visitor.kind !== 'user') {
      res.redirect(303, '/login')
      return
    }
    const { user } = visitor
    const view = {
      account: accountOf(deps, user),
      company: store.get('companies', user.companyId)?.name ?? '',
      office: store.get('offices', user.officeId)?.name ?? '',
      licence: licenceName(user.licence),
      numbers: numbersOf(store, user.id).map((number) => number.number),
      isCompanyAdmin: user.isCompanyAdmin,
      officeAdminOf: (user.officeAdminOf ?? []).flatMap((id) => store.get('offices', id)?.name ?? []),
      linkedToMicrosoft: user.microsoft !== undefined,
      done: await takeFlash(deps.sessions, req),
    }
    res.send(renderPage(<AccountPage frame={frameOf(deps, req)} view={view} />))
  })

  return router
}
