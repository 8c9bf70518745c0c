import { once } from 'node:events'
import { type Request, type Response, Router } from 'express'
import { createApp, finishApp } from '#kit/http/create-app.ts'
import { listen } from '#kit/http/listen.ts'
import { recordAs, withholdAnswer } from '#kit/http/record.ts'
import { escapeXml } from '#kit/saml/escape-xml.ts'
import { METADATA_TYPE, NAME_ID_EMAIL } from '#kit/saml/names.ts'
import { openSystem } from '#kit/system/open-system.ts'
import type { SystemSpec } from '#kit/system/system.ts'
import { answerLogin, type ResponsePolicy, responseValues } from '../answer-login.ts'
import { type AuthnRequest, judgeAuthnRequest, readAuthnRequest } from '../authn-request.ts'
import { SAML_COLLECTIONS, type SamlShape } from '../collections.ts'
import { idpMetadata } from '../metadata.ts'
import { activateCertificate, certificatesOf } from '../signing-certificates.ts'
import { ADA, certify, POLICY } from './open-provider.ts'

/**
 * An identity provider as a process of its own, as small as one can be: whoever asks is the person `PERSON`. `ACS_URL` and `AUDIENCE`
 * say where answers go and for whom, `FORM_ACTION` where the browser posts them. Writes its origin on standard output, and ends with
 * its input.
 */
const SPEC: SystemSpec<SamlShape> = {
  name: 'sample',
  collections: SAML_COLLECTIONS,
  operations: [],
  ledger: [],
  seed: () => undefined,
}

const { PERSON = '', ACS_URL = '', AUDIENCE = '', FORM_ACTION = ACS_URL } = process.env
const listener = await listen({ system: 'sample', host: '127.0.0.1', port: 0, variable: 'PORT' })
const origin = `http://localhost:${listener.port}`
const system = await openSystem(SPEC, { dataDir: null, world: 'brightwave', urls: { sample: origin } })
await certify(system)

const ssoUrl = `${origin}/sso`
const policy: ResponsePolicy = { ...POLICY, acsUrl: ACS_URL, audience: AUDIENCE }

function send(res: Response, request: AuthnRequest | undefined, relayState: unknown): void {
  const now = Date.now()
  const attributes = [...ADA.attributes, { ...ADA.attributes[0], name: 'Email', nameFormat: '', values: [PERSON] }]
  const person = { nameId: PERSON, nameIdFormat: NAME_ID_EMAIL, attributes, authenticatedAtMs: now }
  const values = responseValues(policy, person, request, now)
  const { fields } = answerLogin(system, policy, values, typeof relayState === 'string' ? relayState : undefined)
  withholdAnswer()
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeXml(value)}">`,
  )
  res.type('html').send(`<h1>Continue</h1><form method="post" action="${FORM_ACTION}">${inputs.join('')}</form>`)
}

function answer(binding: 'redirect' | 'post') {
  return (req: Request, res: Response): void => {
    const { SAMLRequest, RelayState } = binding === 'redirect' ? req.query : req.body
    if (SAMLRequest === undefined) {
      send(res, undefined, RelayState)
      return
    }
    const reading = readAuthnRequest(binding, String(SAMLRequest))
    const problem = reading.ok
      ? judgeAuthnRequest(reading.request, { acsUrl: ACS_URL, ssoUrls: [ssoUrl] })
      : reading.problem
    if (!reading.ok || problem !== undefined) res.status(400).type('html').send(`<h1>Refused: ${problem}</h1>`)
    else send(res, reading.request, RelayState)
  }
}

const routes = Router()
routes.use(recordAs('saml'))
routes.get('/sso', answer('redirect'))
routes.post('/sso', answer('post'))
routes.post('/rollover', async (_req, res) => {
  const next = await certify(system, { activate: false })
  await system.store.transact((tx) => activateCertificate(tx, POLICY.owner, next.id))
  res.json({})
})
routes.get('/metadata', (_req, res) => {
  const certificates = certificatesOf(system.store, POLICY.owner).filter(({ isActive }) => isActive)
  res.type(METADATA_TYPE).send(
    idpMetadata({
      entityId: POLICY.issuer,
      ssoUrl,
      nameIdFormats: [NAME_ID_EMAIL],
      certificates: certificates.map(({ certificate }) => certificate),
    }),
  )
})

const app = createApp(system)
app.use(routes)
listener.attach(finishApp(app))
process.stdout.write(`${origin}\n`)
process.stdin.resume()
await once(process.stdin, 'end')
await listener.close()
await system.close()
