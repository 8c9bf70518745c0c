import { readdirSync } from 'node:fs'
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import samlify from 'samlify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SamlAttack, Scene } from './saml-attack.ts'
import { openSamlLab, type SamlLab } from './saml-lab.ts'
import { createSigner, ISSUER, type SamlSigner, signAnswer, writeAnswer } from './saml-provider.ts'
import { ADMIN, type ServedPages, servePages } from './serve-pages.ts'

/**
 * What two libraries would accept of the catalogue, each as strict as its options make it: the list behind docs/decisions/0009-saml.md. A
 * library that has become stricter makes this test fail, and the decision worth another look.
 */

const folder = new URL('./saml-refusals/', import.meta.url)

let served: ServedPages
let lab: SamlLab
let stranger: SamlSigner
beforeAll(async () => {
  served = await servePages()
  lab = await openSamlLab(served)
  stranger = createSigner()
})
afterAll(() => served.close())

/** @returns the name it read. */
type Receiver = (xml: string, scene: Scene) => Promise<unknown>

async function acceptedBy(receiver: Receiver): Promise<readonly string[]> {
  const accepted: string[] = []
  for (const file of readdirSync(folder)) {
    const { attack } = (await import(new URL(file, folder).href)) as { readonly attack: SamlAttack }
    const values = lab.values({ inResponseTo: '_asked' })
    const signer = lab.signer()
    const genuine = signAnswer(writeAnswer(values), signer)
    const scene: Scene = { lab, browser: served.browser(), values, signer, stranger, genuine, victim: ADMIN }
    const xml = await attack.forge(scene)
    await receiver(xml, { ...scene, signer: lab.signer() }).then(
      (name) => accepted.push(file.replace('.ts', name === ADMIN ? ' as the victim' : '')),
      () => undefined,
    )
    await lab.mend()
  }
  return accepted
}

const posted = (xml: string): string => Buffer.from(xml).toString('base64')

test('node-saml', async () => {
  const accepted = await acceptedBy(async (xml, { signer, values }) => {
    const asked = new Map([['_asked', new Date().toISOString()]])
    const saml = new SAML({
      idpCert: signer.certificate,
      idpIssuer: ISSUER,
      issuer: values.audience,
      audience: lab.entityId,
      callbackUrl: lab.acs,
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: false,
      validateInResponseTo: ValidateInResponseTo.ifPresent,
      cacheProvider: {
        saveAsync: () => Promise.resolve(null),
        getAsync: (key) => Promise.resolve(asked.get(key ?? '') ?? null),
        removeAsync: () => Promise.resolve(null),
      },
    })
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: posted(xml) })
    return profile?.nameID
  })
  expect(accepted).toEqual([
    'another-browser',
    'canonical-form-with-comments',
    'comment-in-name',
    'doctype',
    'element-in-name as the victim',
    'expired-certificate',
    'holder-of-key',
    'local-time',
    'no-statement',
    'old-version',
    'other-issuer-around',
    'oversized',
    'replay-in-new-clothes',
    'replay',
    'request-stripped',
    'response-signature-broken',
    'session-over',
    'sha1-digest',
    'sha1-signature',
    'signed-without-destination',
    'status-not-success',
    'too-deep',
    'two-names',
    'unknown-condition',
    'wrong-attribute',
    'wrong-destination',
    'wrong-issuer',
    'wrong-recipient',
    'xsw-status-detail',
    'xsw7',
  ])
})

test('samlify', async () => {
  samlify.setSchemaValidator({ validate: () => Promise.resolve('skipped') })
  const accepted = await acceptedBy(async (xml, { signer }) => {
    const idp = samlify.IdentityProvider({
      entityID: ISSUER,
      signingCert: signer.certificate,
      singleSignOnService: [
        { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', Location: 'http://idp.example/sso' },
      ],
      singleLogoutService: [
        { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', Location: 'http://idp.example/slo' },
      ],
    })
    const sp = samlify.ServiceProvider({
      entityID: lab.entityId,
      wantAssertionsSigned: true,
      assertionConsumerService: [{ Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', Location: lab.acs }],
    })
    const { extract } = await sp.parseLoginResponse(idp, 'post', { body: { SAMLResponse: posted(xml) } })
    return extract.nameID
  })
  expect(accepted).toEqual([
    'another-browser',
    'canonical-form-with-comments',
    'comment-in-name',
    'doctype',
    'element-in-name as the victim',
    'endless',
    'expired-certificate',
    'holder-of-key',
    'local-time',
    'no-audience',
    'no-statement',
    'old-version',
    'other-issuer-around',
    'other-provider-audience',
    'oversized',
    'replay-in-new-clothes',
    'replay',
    'request-stripped',
    'response-signed-only',
    'second-assertion',
    'second-audience-restriction',
    'sha1-digest',
    'sha1-signature',
    'signed-without-destination',
    'swapped-addresses',
    'too-deep',
    'two-names',
    'unknown-condition',
    'wrong-attribute',
    'wrong-audience',
    'wrong-destination',
    'wrong-recipient',
    'wrong-request',
    'xsw-no-namespace',
    'xsw-status-detail',
    'xsw1',
    'xsw2',
    'xsw3',
    'xsw5',
    'xsw6',
    'xsw7',
    'xsw8',
  ])
})
