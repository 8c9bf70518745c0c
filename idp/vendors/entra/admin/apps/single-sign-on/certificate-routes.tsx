import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { notFound } from '#idp/core/directory/refusal.ts'
import { parseForm } from '#kit/http/forms.ts'
import { certificatePem } from '#kit/x509/certificates.ts'
import {
  activateSamlCertificate,
  deleteSamlCertificate,
  newSamlCertificate,
  saveSigning,
} from '../../../saml/commands.ts'
import type { SamlSettings } from '../../../saml/records.ts'
import type { AdminDeps } from '../../context.ts'
import type { FormView } from '../../form-problem.tsx'
import { problemsOf } from '../../forms.ts'
import { appContextOf } from '../app-context.ts'
import { ConfirmCertificatePage, SigningCertificatePage } from './certificates-page.tsx'
import { type CertificateView, samlViewOf } from './saml-view.ts'
import { signOnPages, textsOf } from './sign-on-pages.ts'

const SigningForm = z.strictObject({
  option: z.enum(['assertion', 'response', 'both'], 'Choose what is signed.'),
  hash: z.enum(['sha256', 'sha1'], 'Choose an algorithm.'),
  notificationEmails: z.string().transform((text) => text.split(/[\s,;]+/).filter(Boolean)),
})

/** Forms of the certificate's download: text between BEGIN and END lines, or the bytes. */
const DOWNLOADS = { base64: 'cer', pem: 'pem', raw: 'cer' } as const

/** SAML Signing Certificate: `/{appId}/sign-on/certificates` and below. */
export function certificateRoutes(deps: AdminDeps): Router {
  const { system } = deps
  const router = Router()
  const { send, managed, done } = signOnPages(deps)

  const showCertificates = async (req: Request, res: Response, form?: FormView): Promise<void> => {
    const { context, app, readOnly } = managed(req, res)
    const view = await samlViewOf(system, app, readOnly)
    const saved = { values: signingValues(view.settings, view.active), problems: {} }
    const status = form === undefined ? 200 : 422
    send(res, <SigningCertificatePage context={context} view={view} form={form ?? saved} />, status)
  }
  router.get('/:appId/sign-on/certificates', (req, res) => showCertificates(req, res))
  router.post('/:appId/sign-on/certificates', async (req, res) => {
    const { context, app } = managed(req, res)
    const form = parseForm(SigningForm, req.body)
    if (!form.ok) return showCertificates(req, res, form)
    try {
      await saveSigning(deps, context.actor, { appId: app.id, signing: form.value })
    } catch (error) {
      return showCertificates(req, res, { values: textsOf(req.body), problems: problemsOf(error) })
    }
    return done(req, res, app, '', 'How answers are signed was saved.')
  })
  router.post('/:appId/sign-on/certificates/new', async (req, res) => {
    const { context, app } = managed(req, res)
    try {
      await newSamlCertificate(deps, context.actor, { appId: app.id })
    } catch (error) {
      const view = await samlViewOf(system, app, undefined)
      const problems = { '': Object.values(problemsOf(error))[0] ?? '' }
      return showCertificates(req, res, { values: signingValues(view.settings, view.active), problems })
    }
    return done(req, res, app, 'certificates', 'A certificate was made. It is inactive until you make it active.')
  })

  const certificateOf = async (req: Request, app: ServicePrincipal): Promise<CertificateView> => {
    const id = String(req.params['certificateId'])
    const { certificates } = await samlViewOf(system, app, undefined)
    const found = certificates.find(({ record }) => record.id === id)
    if (found === undefined) throw notFound('certificate', id)
    return found
  }

  for (const act of ['activate', 'delete'] as const) {
    router.get(`/:appId/sign-on/certificates/:certificateId/${act}`, async (req, res) => {
      const { context, app } = managed(req, res)
      const certificate = await certificateOf(req, app)
      send(res, <ConfirmCertificatePage context={context} app={app} certificate={certificate} act={act} />)
    })
    router.post(`/:appId/sign-on/certificates/:certificateId/${act}`, async (req, res) => {
      const { context, app } = managed(req, res)
      const { record } = await certificateOf(req, app)
      const command = act === 'activate' ? activateSamlCertificate : deleteSamlCertificate
      await command(deps, context.actor, { appId: app.id, certificateId: record.id })
      const text = act === 'activate' ? 'The certificate signs from now on.' : 'The certificate was deleted.'
      await done(req, res, app, 'certificates', text)
    })
  }

  for (const [kind, ending] of Object.entries(DOWNLOADS)) {
    router.get(`/:appId/sign-on/certificates/:certificateId/${kind}`, async (req, res) => {
      const { app } = appContextOf(deps, req, res)
      const { record } = await certificateOf(req, app)
      const isText = kind !== 'raw'
      const der = Buffer.from(record.certificate, 'base64')
      res.type(isText ? 'application/x-pem-file' : 'application/pkix-cert').attachment(`${app.displayName}.${ending}`)
      res.send(isText ? certificatePem(record.certificate) : der)
    })
  }

  return router
}

function signingValues(
  { signingOption, notificationEmails }: SamlSettings,
  active: CertificateView,
): FormView['values'] {
  return { option: signingOption, hash: active.record.hash, notificationEmails: notificationEmails.join('\n') }
}
