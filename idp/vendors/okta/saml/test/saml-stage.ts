import { SAML } from '@node-saml/node-saml'
import { activeCertificateOf } from '#idp/protocols/saml/signing-certificates.ts'
import type { AnswerFields } from '#idp/protocols/saml/test/answer-message.ts'
import type { Page } from '#kit/test/browser.ts'
import type { Visitor } from '#kit/test/visitor.ts'
import type { AppSignOn, OktaApp } from '../../apps/records.ts'
import { editSignOn } from '../../commands/apps.ts'
import { type RunningOkta, startOkta } from '../../console/test/start-okta.ts'
import { embedPath } from '../../dashboard/assigned-tiles.ts'
import { issuerOf, ssoPath } from '../addresses.ts'
import { certificateFor } from '../certificates.ts'

/** The org with the app of the connected world, and a service provider of `@node-saml/node-saml`, as it comes. */

export const KIT = { kind: 'kit' } as const
/** In the group the app is assigned to. */
export const PERSON = 'tomas.berg'
/** Not in it. */
export const STRANGER = 'priya.raman'

export const ACS_URL = 'http://localhost:4999/acs?tenant=a&b=1'
export const ENTITY_ID = 'https://service.example/entity?x=1&y=2'

export interface SamlStage extends RunningOkta {
  app(): OktaApp
  signOn(patch: Partial<AppSignOn>): Promise<OktaApp>
  tile(): string
  /** The service provider, with the certificate that signs now. */
  service(over?: Partial<ConstructorParameters<typeof SAML>[0]>): Promise<SAML>
}

export async function openSamlStage(): Promise<SamlStage> {
  const okta = await startOkta('http://localhost:4300', 'connected-okta')
  const { system, origin } = okta
  const app = (): OktaApp => {
    for (const [, each] of system.store.entries('apps')) if (each.label === 'Dialpad') return each
    throw new Error('There is no app.')
  }
  const stage: SamlStage = {
    ...okta,
    app,
    signOn: (patch) => editSignOn({ system }, KIT, { appId: app().id, patch }),
    tile: () => embedPath(app()),
    async service(over = {}) {
      await certificateFor(system, app())
      return new SAML({
        idpCert: activeCertificateOf(system.store, app().id)?.certificate ?? '',
        idpIssuer: issuerOf(app()),
        entryPoint: origin + ssoPath(app()),
        issuer: ENTITY_ID,
        audience: ENTITY_ID,
        callbackUrl: ACS_URL,
        wantAssertionsSigned: true,
        wantAuthnResponseSigned: true,
        ...over,
      })
    },
  }
  await stage.signOn({ acsUrl: ACS_URL, spEntityId: ENTITY_ID })
  return stage
}

/** The form of the page that carries an answer. */
export function formOf(page: Page | Visitor['page']): { readonly action: string; readonly fields: AnswerFields } {
  const form = page.form('')
  if (form === undefined || page.title !== 'Signing in to Dialpad') throw new Error(`${page.title}: ${page.text}`)
  return { action: form.action, fields: Object.fromEntries(form.fields) }
}
