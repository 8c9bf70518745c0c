import { verify, X509Certificate } from 'node:crypto'
// As a whole: Node does not see all its names, whose exports are computed.
import samlify from 'samlify'
import { XML_SIGNATURE } from '#kit/saml/names.ts'
import { readXml } from '#kit/saml/read-xml.ts'
import { attributeOf, childrenNamed, everyElement, isNamed, onlyChild, type XmlElement } from '#kit/saml/xml-tree.ts'

/** Whether a request was signed by the holder of a certificate. */
export type RequestSignature = 'right' | 'missing' | 'wrong'

/** Algorithms of signatures that are taken, by their names in messages. RSA alone: certificates of other keys are not registered. */
const HASHES: Readonly<Record<string, string>> = {
  'http://www.w3.org/2000/09/xmldsig#rsa-sha1': 'sha1',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384': 'sha384',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512': 'sha512',
}

/** The form a whole message is signed in (SAML core §5.4.4). */
const TRANSFORMS: readonly (string | undefined)[] = [
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
]

/**
 * Verify a request in an address (SAML bindings §3.4.4.1): the signature covers message, RelayState and algorithm as they were encoded.
 *
 * @param rawQuery What stands after the `?`, byte for byte.
 * @param fields What was read of it and is going to be followed: it must be what was signed.
 * @param certificate Base64 of DER.
 */
export function verifyRedirected(
  rawQuery: string,
  fields: { readonly message: string; readonly relayState: string | undefined },
  certificate: string,
): RequestSignature {
  const raw = new Map<string, string>()
  for (const part of rawQuery.split('&')) {
    const at = part.indexOf('=')
    const name = at < 0 ? part : part.slice(0, at)
    // A second one might be what somebody else reads.
    if (raw.has(name)) return 'wrong'
    raw.set(name, at < 0 ? '' : part.slice(at + 1))
  }
  const [message, relayState, algorithm, signature] = ['SAMLRequest', 'RelayState', 'SigAlg', 'Signature'].map((name) =>
    raw.get(name),
  )
  if (signature === undefined || algorithm === undefined) return 'missing'
  const hash = HASHES[decoded(algorithm) ?? '']
  const isWhole = decoded(message) === fields.message && decoded(relayState) === fields.relayState
  if (message === undefined || !isWhole || hash === undefined) return 'wrong'
  const signed = [
    `SAMLRequest=${message}`,
    ...(relayState === undefined ? [] : [`RelayState=${relayState}`]),
    `SigAlg=${algorithm}`,
  ].join('&')
  const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
  const isRight = verify(hash, Buffer.from(signed), publicKey, Buffer.from(decoded(signature) ?? '', 'base64'))
  return isRight ? 'right' : 'wrong'
}

/** A value of an address as forms decode it; `undefined` for none, and for one that is not UTF-8. */
function decoded(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

/**
 * Verify a request with its signature inside (SAML core §5.4): one signature, below the root, of the root as a whole. So nothing that is
 * read of the message stands outside of what was signed.
 *
 * @param certificate Base64 of DER; a certificate the message brings along must be this one.
 */
export function verifyPosted(xml: string, certificate: string): RequestSignature {
  const reading = readXml(xml)
  if (!reading.ok) return 'wrong'
  const signatures = [...everyElement(reading.root)].filter((each) => isNamed(each, XML_SIGNATURE, 'Signature'))
  if (signatures.length === 0) return 'missing'
  const [signature] = signatures
  if (signatures.length > 1 || signature === undefined || !isOfWhole(reading.root, signature)) return 'wrong'
  try {
    const metadata = { getX509Certificate: () => certificate } as unknown as Known
    const [isRight] = samlify.SamlLib.verifySignature(xml, { metadata })
    return isRight ? 'right' : 'wrong'
  } catch {
    // The library throws for what it cannot verify, and for a certificate that is not the one registered.
    return 'wrong'
  }
}

/** The library asks it for one thing, the certificate. */
type Known = NonNullable<Parameters<typeof samlify.SamlLib.verifySignature>[1]['metadata']>

function isOfWhole(root: XmlElement, signature: XmlElement): boolean {
  const info = onlyChild(signature, XML_SIGNATURE, 'SignedInfo')
  const reference = onlyChild(info, XML_SIGNATURE, 'Reference')
  const transforms = childrenNamed(onlyChild(reference, XML_SIGNATURE, 'Transforms'), XML_SIGNATURE, 'Transform')
  const algorithm = attributeOf(onlyChild(info, XML_SIGNATURE, 'SignatureMethod'), 'Algorithm') ?? ''
  const id = attributeOf(root, 'ID')
  const bearers = [...everyElement(root)].filter(({ attributes }) =>
    attributes.some(({ name, value }) => name.toLowerCase() === 'id' && value === id),
  )
  return (
    root.children.includes(signature) &&
    id !== undefined &&
    bearers.length === 1 &&
    attributeOf(reference, 'URI') === `#${id}` &&
    transforms.every((each) => TRANSFORMS.includes(attributeOf(each, 'Algorithm'))) &&
    Object.hasOwn(HASHES, algorithm)
  )
}
