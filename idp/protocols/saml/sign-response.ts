// As a whole: Node does not see all its names, whose exports are computed.
import samlify from 'samlify'
import { REDACTED } from '#kit/journal/redact.ts'
import type { Signer } from './signing-certificates.ts'

export interface SignedParts {
  readonly assertion: boolean
  readonly response: boolean
}

/** Names of the signatures made here, in messages and in addresses. */
export const SIGNATURE_ALGORITHMS = {
  sha256: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  sha1: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
} as const

/** Exclusive canonical form, the signature itself left out: what SAML core §5.4.4 allows, and no more. */
const TRANSFORMS = ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#']

/**
 * The library, but for the public key of the certificate, which it reads anew for each signature and which only verifying needs: reading
 * costs more than signing.
 */
const SIGNING: typeof samlify.SamlLib = {
  ...samlify.SamlLib,
  getKeyInfo: (certificate, config) => ({ ...samlify.SamlLib.getKeyInfo(certificate, config), getKey: () => '' }),
}

const ASSERTION = "/*[local-name(.)='Response']/*[local-name(.)='Assertion']"

/**
 * Sign an answer of `writeResponse`: the assertion first, since the signature of the whole covers it. Each signature stands after
 * the issuer of what it signs, where the schema wants it.
 */
export function signResponse(xml: string, signer: Signer, parts: SignedParts): string {
  const common = commonTo(signer)
  let signed = xml
  if (parts.assertion) {
    signed = SIGNING.constructSAMLSignature({
      ...common,
      rawSamlMessage: signed,
      referenceTagXPath: ASSERTION,
      signatureConfig: {
        prefix: 'ds',
        location: { reference: `${ASSERTION}/*[local-name(.)='Issuer']`, action: 'after' },
      },
    })
  }
  return parts.response ? signMessage(signed, signer) : signed
}

/** Sign a message as a whole. The signature stands after its issuer. */
export function signMessage(xml: string, signer: Signer): string {
  return SIGNING.constructSAMLSignature({
    ...commonTo(signer),
    rawSamlMessage: xml,
    isMessageSigned: true,
    signatureConfig: {
      prefix: 'ds',
      location: { reference: "/*/*[local-name(.)='Issuer']", action: 'after' },
    },
  })
}

function commonTo(signer: Signer) {
  return {
    // Handed on as it is to Node, which takes either; read from text for each signature, it would take longer than signing.
    privateKey: signer.privateKey as unknown as string,
    signingCert: signer.certificate,
    signatureAlgorithm: SIGNATURE_ALGORITHMS[signer.hash],
    transformationAlgorithms: TRANSFORMS,
    isBase64Output: false,
  }
}

/** What was signed here, of no use to whoever copies it: for the journal. */
export function withoutSignatures(xml: string): string {
  return xml.replace(/(<ds:SignatureValue>)[^<]*/g, `$1${REDACTED}`)
}
