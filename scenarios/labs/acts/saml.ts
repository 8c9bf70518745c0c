import type { OktaSceneCalls } from '#idp/app.ts'
import type { Act } from './act.ts'

type SignOn = OktaSceneCalls['edit-sign-on']['input']
type SignOnTold = OktaSceneCalls['edit-sign-on']['answer']

/** What is entered otherwise than it should be. */
export interface SamlSlip {
  /** At Dialpad, by what Okta tells. */
  readonly dialpad?: (told: SignOnTold) => { readonly idpEntityId?: string; readonly idpSsoUrl?: string }
  /** In Okta, by what Dialpad tells. */
  readonly okta?: (told: { readonly acs: string; readonly entityId: string }) => SignOn
}

/** Attribute statements Dialpad reads, with the one that names people written as told. */
export const statements = (email: string): NonNullable<SignOn['attributeStatements']> => [
  { name: 'FirstName', expression: 'user.firstName' },
  { name: 'LastName', expression: 'user.lastName' },
  { name: email, expression: 'user.email' },
]

/** Set SAML up on both sides, each with what the other tells; with a slip, all but that. */
export const setUpSaml = ({ dialpad, okta }: SamlSlip = {}): Act => ({
  by: 'command',
  does: 'SAML is set up on both sides',
  async run({ control }) {
    const told = (await control.okta.run('edit-sign-on')) as SignOnTold
    const sp = (await control.dialpad.run('set-saml', {
      provider: 'okta',
      idpSsoUrl: told.ssoUrl,
      idpEntityId: told.issuer,
      certificate: told.certificate,
      ...dialpad?.(told),
    })) as { readonly acs: string; readonly entityId: string }
    await control.okta.run('edit-sign-on', {
      acsUrl: sp.acs,
      spEntityId: sp.entityId,
      attributeStatements: statements('Email'),
      ...okta?.(sp),
    })
  },
})
