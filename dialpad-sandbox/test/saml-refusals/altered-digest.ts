import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

/** The digest alone proves nothing: it is the signature over it that counts. */
export const attack: SamlAttack = {
  name: 'an altered assertion with a digest that fits it',
  reason: 'signature',
  forge: ({ genuine, values, victim, stranger }) => {
    const altered = { ...values, nameId: victim }
    const digest = /<ds:DigestValue>([^<]*)</.exec(signAnswer(writeAnswer(altered), stranger))?.[1] ?? ''
    return genuine
      .replace(values.nameId, victim)
      .replace(values.nameId, victim)
      .replace(/(<ds:DigestValue>)[^<]*/, `$1${digest}`)
  },
}
