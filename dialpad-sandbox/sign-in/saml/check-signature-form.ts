import { XML_SIGNATURE } from '#kit/saml/names.ts'
import { attributeOf, childrenNamed, onlyChild, type XmlElement } from '#kit/saml/xml-tree.ts'
import { type Checked, passed, refused } from './refusal-reasons.ts'

/** RSA with SHA-2. SHA-1 can be forged; HMAC would make a key of what everybody knows, the certificate. */
const SIGNATURE_METHODS = new Set([
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
])
const DIGEST_METHODS = new Set([
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512',
])
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/**
 * The form SAML core §5.4 gives a signature: one reference to the element it stands in, by its ID, nothing transformed but the signature
 * itself taken out and exclusive canonical form, algorithms of the list, and nothing else in it.
 */
export function checkSignatureForm(signature: XmlElement, signedId: string | undefined): Checked<true> {
  const info = onlyChild(signature, XML_SIGNATURE, 'SignedInfo')
  const references = childrenNamed(info, XML_SIGNATURE, 'Reference')
  const [reference] = references
  if (info === undefined || reference === undefined || references.length > 1) {
    return refused('signature-form', `A signature refers to ${references.length} elements.`)
  }
  if (childrenNamed(signature, XML_SIGNATURE, 'Object').length > 0) {
    return refused('signature-form', 'A signature carries an object.')
  }
  if (!signedId || attributeOf(reference, 'URI') !== `#${signedId}`) {
    return refused('signature-form', 'A signature refers to another element than the one it stands in.')
  }
  const method = algorithmOf(onlyChild(info, XML_SIGNATURE, 'SignatureMethod'))
  if (!SIGNATURE_METHODS.has(method)) return refused('algorithm', `The signature is made with ${method || 'nothing'}.`)
  const digest = algorithmOf(onlyChild(reference, XML_SIGNATURE, 'DigestMethod'))
  if (!DIGEST_METHODS.has(digest)) return refused('algorithm', `The digest is made with ${digest || 'nothing'}.`)
  const canonical = algorithmOf(onlyChild(info, XML_SIGNATURE, 'CanonicalizationMethod'))
  const transforms = childrenNamed(onlyChild(reference, XML_SIGNATURE, 'Transforms'), XML_SIGNATURE, 'Transform')
  const [first, second] = transforms.map(algorithmOf)
  if (canonical !== EXCLUSIVE || transforms.length !== 2 || first !== ENVELOPED || second !== EXCLUSIVE) {
    return refused('signature-form', 'What is signed is transformed in a way that SAML does not know.')
  }
  return passed(true)
}

function algorithmOf(element: XmlElement | undefined): string {
  return attributeOf(element, 'Algorithm') ?? ''
}
