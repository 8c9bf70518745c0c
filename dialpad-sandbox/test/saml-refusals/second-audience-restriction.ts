import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

/** Restrictions add up (SAML core §2.5.1.4). */
export const attack: SamlAttack = {
  name: 'an assertion that is for somebody else as well, and so for neither',
  reason: 'audience',
  forge: ({ values, signer }) => {
    const other =
      '<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience></saml:AudienceRestriction>'
    return signAnswer(writeAnswer(values).replace('</saml:Conditions>', `${other}$&`), signer)
  },
}
