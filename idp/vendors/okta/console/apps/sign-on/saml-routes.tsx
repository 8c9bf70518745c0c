import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { responseValues } from '#idp/protocols/saml/answer-login.ts'
import { indentXml } from '#idp/protocols/saml/indent-xml.ts'
import { certificatesOf } from '#idp/protocols/saml/signing-certificates.ts'
import { writeResponse } from '#idp/protocols/saml/write-response.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { certificatePem } from '#kit/x509/certificates.ts'
import { appPersonKey, type OktaApp } from '../../../apps/records.ts'
import { userNameOf } from '../../../apps/user-name.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import { editSignOn } from '../../../commands/apps.ts'
import { notFound } from '../../../commands/refusal.ts'
import { expressionScope } from '../../../profiles/expression-scope.ts'
import { answerNowMs } from '../../../saml/answer-clock.ts'
import { assertedPerson, FailedStatement, responsePolicyOf } from '../../../saml/assertion.ts'
import {
  activateAppCertificate,
  deleteAppCertificate,
  generateCertificate,
} from '../../../saml/certificate-commands.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { problemsOf } from '../../form-view.tsx'
import { queryText } from '../../read-query.ts'
import { appHref } from '../app-href.ts'
import { APP_PATH, appOf } from '../app-of.ts'
import { readAttributes, type TypedAttributes } from './attributes-form.ts'
import { AttributesPage } from './attributes-page.tsx'
import {
  ConfirmCertificatePage,
  isCertificateAct,
  PreviewPage,
  type PreviewView,
  SetupInstructionsPage,
} from './saml-pages.tsx'
import { samlViewOf } from './saml-view.ts'

const Texts = z.record(z.string(), z.string().max(2000, 'This is too long'))

/** Attributes, preview, setup instructions and certificates of the Sign On tab. */
export function signOnSamlRoutes(deps: ConsoleDeps): Router {
  const { system } = deps
  const router = Router()
  const at = `${APP_PATH}/signon`
  const certificate = `${at}/certificates/:kid`

  const showAttributes = (
    req: Request,
    res: Response,
    typed: TypedAttributes,
    problems: Readonly<Record<string, string>> = {},
  ): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(system.store, context.actor, 'apps')
    const page = <AttributesPage context={context} app={appOf(deps, req)} typed={typed} problems={problems} />
    res
      .status(Object.keys(problems).length === 0 ? 200 : 422)
      .type('html')
      .send(renderPage(page))
  }

  router.get(`${at}/attributes`, (req, res) => {
    const { attributeStatements, groupStatements = [] } = appOf(deps, req).signOn
    showAttributes(req, res, { statements: attributeStatements, groups: groupStatements })
  })

  router.post(`${at}/attributes`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const form = parseForm(Texts, req.body)
    const typed = readAttributes(form.ok ? form.value : form.values)
    if (!form.ok) return showAttributes(req, res, typed, { '': 'A field was sent twice, or is too long.' })
    const patch = { attributeStatements: typed.statements, groupStatements: typed.groups }
    try {
      await editSignOn(deps, actor, { appId: app.id, patch })
    } catch (error) {
      return showAttributes(req, res, typed, problemsOf(error))
    }
    return goSaying(deps, req, res, appHref(app, 'signon'), 'The attributes were saved.')
  })

  /** The answer of this moment for whoever has that user name; the administrator themselves unless told. */
  function previewOf(app: OktaApp, login: string): PreviewView {
    const user = system.store.find('users', 'login', login.toLowerCase())[0]
    if (user === undefined) {
      return { login, isAssigned: false, result: { ok: false, problem: 'Nobody has this username' } }
    }
    const appUser = system.store.find('appUsers', 'person', appPersonKey(app.id, user.id))[0]
    const scope = expressionScope(system.store, system.clock, { user, app })
    const account = appUser ?? { userName: userNameOf(app.signOn.usernameTemplate, scope), profile: {} }
    const isAssigned = appUser !== undefined
    try {
      const now = answerNowMs(system.switches)
      const person = { ...assertedPerson(system.store, system.clock, { app, user, account }), authenticatedAtMs: now }
      const xml = indentXml(writeResponse(responseValues(responsePolicyOf(app), person, undefined, now)))
      return { login, isAssigned, result: { ok: true, xml } }
    } catch (error) {
      if (!(error instanceof FailedStatement)) throw error
      return { login, isAssigned, result: { ok: false, problem: `${error.statement}: ${error.message}` } }
    }
  }

  router.get(`${at}/preview`, (req, res) => {
    const context = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const asked = queryText(req, 'login')
    const view = previewOf(app, asked === '' ? context.person.profile.login : asked)
    res
      .status(view.result.ok ? 200 : 422)
      .type('html')
      .send(renderPage(<PreviewPage context={context} app={app} view={view} />))
  })

  router.get(`${APP_PATH}/setup/help/SAML_2_0/instructions`, async (req, res) => {
    const context = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const view = await samlViewOf(system, app)
    res.type('html').send(renderPage(<SetupInstructionsPage context={context} app={app} view={view} />))
  })

  router.post(`${at}/certificates/generate`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    await generateCertificate(deps, actor, { appId: app.id })
    const text = 'A new certificate was generated. It is inactive until you activate it.'
    await goSaying(deps, req, res, appHref(app, 'signon'), text)
  })

  router.get(`${certificate}/okta.cert`, (req, res) => {
    const app = appOf(deps, req)
    const kid = String(req.params['kid'])
    const record = certificatesOf(system.store, app.id).find(({ id }) => id === kid)
    if (record === undefined) throw notFound('Certificate', kid)
    res.attachment('okta.cert').type('application/x-x509-ca-cert').send(certificatePem(record.certificate))
  })

  router.get(`${certificate}/:act`, (req, res, next) => {
    const { act } = req.params
    if (act === undefined || !isCertificateAct(act)) return next()
    const context = contextOf(deps, req, res)
    mustAdminister(system.store, context.actor, 'apps')
    const app = appOf(deps, req)
    const kid = String(req.params['kid'])
    if (!certificatesOf(system.store, app.id).some(({ id }) => id === kid)) throw notFound('Certificate', kid)
    res.type('html').send(renderPage(<ConfirmCertificatePage context={context} app={app} kid={kid} act={act} />))
  })

  router.post(`${certificate}/:act`, async (req, res, next) => {
    const { act } = req.params
    if (act === undefined || !isCertificateAct(act)) return next()
    const { actor } = contextOf(deps, req, res)
    const app = appOf(deps, req)
    const input = { appId: app.id, kid: String(req.params['kid']) }
    if (act === 'activate') await activateAppCertificate(deps, actor, input)
    else await deleteAppCertificate(deps, actor, input)
    const text =
      act === 'activate' ? 'The certificate is active and signs from now on.' : 'The certificate was deleted.'
    return goSaying(deps, req, res, appHref(app, 'signon'), text)
  })

  return router
}
