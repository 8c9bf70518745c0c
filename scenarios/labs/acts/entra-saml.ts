import type { EntraSceneCalls } from '#idp/app.ts'
import { COMPANY } from '#kit/world/cast.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import type { Act } from './act.ts'

type Told = EntraSceneCalls['add-saml-app']['answer']

/** The app of the gallery by which people sign in to Dialpad with SAML, as the labs call it. */
export const SAML_APP = 'Dialpad SAML'

/** What Dialpad tells of itself as a service provider: "SP SSO Url" and "SP Entity ID" of its page, provider Custom. */
export const DIALPAD_ACS = `https://dialpad.com/saml/sso/custom/${COMPANY.domain}`
export const DIALPAD_ENTITY_ID = `https://dialpad.com/api/saml/metadata/custom/${COMPANY.domain}`

/** What is entered otherwise than it should be. */
export interface EntraSamlSlip {
  /** In Entra: another identifier, another reply URL, other claims, another name. */
  readonly entra?: {
    readonly identifier?: string
    readonly replyUrl?: string
    readonly claims?: Readonly<Record<string, string>>
    readonly nameId?: string
  }
  /** At Dialpad. */
  readonly dialpad?: (told: Told) => { readonly idpEntityId?: string }
}

export const CLAIMS: Readonly<Record<string, string>> = {
  FirstName: 'user.givenname',
  LastName: 'user.surname',
  Email: 'user.mail',
}

/** Both sides are set up with SAML, each with what the other tells; with a slip, all but that. */
export const setUpEntraSaml = ({ entra, dialpad }: EntraSamlSlip = {}): Act => ({
  by: 'command',
  does: 'SAML is set up in Entra and at Dialpad',
  async run({ control }) {
    const { nameId, ...slip } = entra ?? {}
    const told = (await control.entra.run('add-saml-app', {
      name: SAML_APP,
      identifier: DIALPAD_ENTITY_ID,
      replyUrl: DIALPAD_ACS,
      claims: CLAIMS,
      ...slip,
    })) as Told
    if (nameId !== undefined) await control.entra.run('edit-saml-app', { app: SAML_APP, nameId })
    await tell(control, told, dialpad)
  },
})

/** Dialpad is told again what the app is, as it is now. */
export const tellDialpad: Act = {
  by: 'command',
  does: 'Dialpad is told of the app',
  async run({ control }) {
    await tell(control, (await control.entra.run('edit-saml-app', { app: SAML_APP })) as Told)
  },
}

async function tell(control: KitAccess['control'], told: Told, slip?: EntraSamlSlip['dialpad']): Promise<void> {
  await control.dialpad.run('set-saml', {
    provider: 'custom',
    idpSsoUrl: told.loginUrl,
    idpEntityId: told.entraIdentifier,
    certificate: told.certificate,
    ...slip?.(told),
  })
}
