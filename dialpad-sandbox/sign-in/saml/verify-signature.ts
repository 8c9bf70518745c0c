import { X509Certificate } from 'node:crypto'
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import { encodePosted } from '#kit/saml/message-encoding.ts'
import type { UnverifiedAnswer } from './read-answer.ts'
import { type Checked, passed, refused } from './refusal-reasons.ts'

/** node-saml as far as its verified bytes; what they say is read and judged here, where nothing is left out. */
class SignatureVerifier extends SAML {
  protected override processValidlySignedAssertionAsync(xml: string) {
    const profile = { issuer: '', nameID: '', nameIDFormat: '', getAssertionXml: () => xml }
    return Promise.resolve({ profile, loggedOut: false })
  }
}

/**
 * Verify the signature of the assertion, and that of the answer when it has one, with the certificate that was saved.
 *
 * @param certificate Base64 of DER.
 * @param nowMs Virtual: by when the certificate has run out is judged as the pages show it.
 * @returns the assertion as it was signed, byte for byte: nothing else of the document is to be believed.
 */
export async function verifySignature(
  { xml, envelope }: UnverifiedAnswer,
  certificate: string,
  nowMs: number,
): Promise<Checked<string>> {
  const { validTo } = new X509Certificate(Buffer.from(certificate, 'base64'))
  if (nowMs > Date.parse(validTo)) return refused('certificate-expired', `The certificate was valid to ${validTo}.`)
  const verifier = new SignatureVerifier({
    idpCert: certificate,
    issuer: 'judged-afterwards',
    callbackUrl: 'judged-afterwards',
    audience: false,
    validateInResponseTo: ValidateInResponseTo.never,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: envelope.isResponseSigned,
  })
  try {
    const { profile } = await verifier.validatePostResponseAsync({ SAMLResponse: encodePosted(xml) })
    const assertion = profile?.getAssertionXml?.()
    if (assertion !== undefined) return passed(assertion)
  } catch {
    // The library throws for every signature that does not hold, and tells no more than that.
  }
  return refused('signature', 'The signature does not hold with the certificate of the settings.')
}
