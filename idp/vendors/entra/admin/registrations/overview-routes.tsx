import { type Request, type Response, Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import { deleteRegistration } from '../../commands/registrations/deleted-registrations.ts'
import { createPrincipalOf } from '../../commands/registrations/register.ts'
import { mustManageRegistration } from '../../commands/registrations/registration-standing.ts'
import { type AdminDeps, goSaying } from '../context.ts'
import { DeleteRegistrationPage, type Endpoint, RegistrationOverviewPage } from './overview-page.tsx'
import { registrationContextOf } from './registration-context.ts'
import { REGISTRATIONS_HREF, registrationHref } from './registration-page.tsx'

/** Addresses of a tenant here, under the names of the real ones. */
function endpointsOf(origin: string, tenantId: string): readonly Endpoint[] {
  const tenant = `${origin}/${tenantId}`
  return [
    { name: 'OAuth 2.0 authorization endpoint (v2)', url: `${tenant}/oauth2/v2.0/authorize` },
    { name: 'OAuth 2.0 token endpoint (v2)', url: `${tenant}/oauth2/v2.0/token` },
    { name: 'OpenID Connect metadata document', url: `${tenant}/v2.0/.well-known/openid-configuration` },
    { name: 'Microsoft Graph API endpoint', url: origin },
    { name: 'Federation metadata document', url: `${tenant}/federationmetadata/2007-06/federationmetadata.xml` },
    { name: 'SAML-P sign-on endpoint', url: `${tenant}/saml2` },
    { name: 'SAML-P sign-out endpoint', url: `${tenant}/saml2` },
  ]
}

/** Overview of a registration, its endpoints, its deletion, its enterprise app. */
export function overviewRoutes(deps: AdminDeps): Router {
  const { store, origin } = deps.system
  const router = Router()

  const show = (req: Request, res: Response, showEndpoints: boolean): void => {
    const { context, ...view } = registrationContextOf(deps, req, res)
    const endpoints = showEndpoints ? endpointsOf(origin, context.tenant.id) : undefined
    res.type('html').send(renderPage(<RegistrationOverviewPage context={context} view={{ ...view, endpoints }} />))
  }
  router.get('/:applicationId', (req, res) => show(req, res, false))
  router.get('/:applicationId/endpoints', (req, res) => show(req, res, true))

  router.post('/:applicationId/service-principal', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const app = await createPrincipalOf(deps, context.actor, { applicationId: registration.id })
    const text = `${app.displayName} was added to the enterprise apps.`
    await goSaying(deps, req, res, registrationHref(registration.id), text)
  })

  router.get('/:applicationId/delete', (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    mustManageRegistration(store, context.actor, registration.id)
    res.type('html').send(renderPage(<DeleteRegistrationPage context={context} registration={registration} />))
  })

  router.post('/:applicationId/delete', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    await deleteRegistration(deps, context.actor, { applicationId: registration.id })
    const text = `${registration.displayName} was deleted. It can be restored for 30 days.`
    await goSaying(deps, req, res, `${REGISTRATIONS_HREF}?tab=deleted`, text)
  })

  return router
}
