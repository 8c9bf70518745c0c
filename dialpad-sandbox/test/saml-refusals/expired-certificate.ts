import type { SamlAttack } from '../saml-attack.ts'
import { createSigner, signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'a signature by a key whose certificate has run out',
  reason: 'certificate-expired',
  forge: async ({ lab, values }) => {
    const expired = createSigner({ notAfter: new Date(Date.now() - 3_600_000) })
    const before = await lab.rollOver(expired)
    lab.afterwards(() => lab.rollOver(before))
    return signAnswer(writeAnswer(values), expired)
  },
}
