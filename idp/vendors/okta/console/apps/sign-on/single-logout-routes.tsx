import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { certificatePem } from '#kit/x509/certificates.ts'
import type { OktaApp } from '../../../apps/records.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import { editSignOn } from '../../../commands/apps.ts'
import { notFound } from '../../../commands/refusal.ts'
import { mayLogOut, NO_SINGLE_LOGOUT, pastedCertificate } from '../../../saml/single-logout.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { type FormView, problemsOf } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { APP_PATH, appOf } from '../app-of.ts'
import { EditSingleLogoutPage } from './single-logout-page.tsx'

const TypedLogout = z.strictObject({
  enabled: z.literal('true').optional(),
  url: z.string().trim().max(2000, 'This is too long'),
  issuer: z.string().trim().max(2000, 'This is too long'),
  certificate: z.string().trim().max(20_000, 'This is too long'),
})

/** Single Logout on the Sign On tab; apps of the catalog have no such page. */
export function singleLogoutRoutes(deps: ConsoleDeps): Router {
  const router = Router()
  const path = `${APP_PATH}/signon/logout`

  function ownApp(req: Request): OktaApp {
    const app = appOf(deps, req)
    if (!mayLogOut(app)) throw notFound('Single Logout', app.id)
    return app
  }

  const show = (req: Request, res: Response, edit: FormView, status: number): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(deps.system.store, context.actor, 'apps')
    const page = <EditSingleLogoutPage context={context} app={ownApp(req)} edit={edit} />
    res.status(status).type('html').send(renderPage(page))
  }

  router.get(path, (req, res) => {
    const { enabled, url, issuer, certificate } = ownApp(req).signOn.singleLogout ?? NO_SINGLE_LOGOUT
    const pem = certificate === '' ? '' : certificatePem(certificate)
    show(req, res, { values: { enabled: String(enabled), url, issuer, certificate: pem }, problems: {} }, 200)
  })

  router.post(path, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = ownApp(req)
    const form = parseForm(TypedLogout, req.body)
    if (!form.ok) return show(req, res, form, 422)
    const { enabled, url, issuer, certificate } = form.value
    const singleLogout = { enabled: enabled === 'true', url, issuer, certificate: pastedCertificate(certificate) }
    try {
      await editSignOn(deps, actor, { appId: app.id, patch: { singleLogout } })
    } catch (error) {
      const values = { enabled: String(singleLogout.enabled), url, issuer, certificate }
      return show(req, res, { values, problems: problemsOf(error) }, 422)
    }
    return goSaying(deps, req, res, appHref(app, 'signon'), 'The Single Logout settings were saved.')
  })

  return router
}
