import { X509Certificate } from 'node:crypto'
import type { JournalEntry } from '#kit/journal.ts'
import { inflateRedirected } from '#kit/saml/message-encoding.ts'
import { SAML_ASSERTION, SAML_PROTOCOL, XML_SIGNATURE } from '#kit/saml/names.ts'
import { readXml } from '#kit/saml/read-xml.ts'
import { attributeOf, childrenNamed, everyElement, onlyChild, textOf, type XmlElement } from '#kit/saml/xml-tree.ts'

/** A SAML message of the journal, taken apart for reading. */
export interface SamlMessage {
  /** `Response`, `AuthnRequest`. */
  readonly name: string
  readonly id: string
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  readonly attributes: readonly { readonly name: string; readonly values: readonly string[] }[]
  readonly signatures: readonly SamlSignature[]
  /** One element a line. */
  readonly xml: string
}

/** What of a signature the journal keeps: everything but its value, which would let a copy be used. */
export interface SamlSignature {
  /** What is signed: `Response`, `Assertion`. */
  readonly over: string
  readonly algorithm: string
  readonly digest: string
  readonly certificate?: SamlCertificate
}

export interface SamlCertificate {
  readonly subject: string
  /** SHA-256, in pairs. */
  readonly fingerprint: string
  readonly validFrom: string
  readonly validTo: string
}

/** The message an entry holds; `undefined` when there is none, or none that can be read. Pure. */
export function samlMessageOf(
  entry: Pick<JournalEntry, 'kind' | 'request' | 'response' | 'at'>,
): SamlMessage | undefined {
  if (entry.kind !== 'saml') return undefined
  const xml = xmlIn(entry)
  if (xml === undefined) return undefined
  const reading = readXml(xml)
  if (!reading.ok || reading.root.namespace !== SAML_PROTOCOL) return undefined
  const { root } = reading
  const assertion = onlyChild(root, SAML_ASSERTION, 'Assertion')
  return {
    name: root.name,
    id: attributeOf(root, 'ID') ?? '',
    facts: factsOf(root, assertion, entry.at),
    attributes: childrenNamed(assertion, SAML_ASSERTION, 'AttributeStatement').flatMap((statement) =>
      childrenNamed(statement, SAML_ASSERTION, 'Attribute').map((attribute) => ({
        name: attributeOf(attribute, 'Name') ?? '',
        values: childrenNamed(attribute, SAML_ASSERTION, 'AttributeValue').map((value) => textOf(value) ?? ''),
      })),
    ),
    signatures: [root, ...(assertion === undefined ? [] : [assertion])].flatMap(signatureOf),
    xml: indentMessage(xml),
  }
}

/** In a body as it was noted, or deflated in the address (SAML bindings §3.4). */
function xmlIn({ request, response }: Pick<JournalEntry, 'request' | 'response'>): string | undefined {
  const body = [response?.body, request?.body].find(
    (each) => each?.trimStart().startsWith('<') && each.includes(SAML_PROTOCOL),
  )
  if (body !== undefined) return body
  for (const url of [request?.url, response?.headers?.['location']]) {
    if (url === undefined || !URL.canParse(url, 'http://here')) continue
    const message = new URL(url, 'http://here').searchParams.get('SAMLRequest')
    const decoded = message === null ? undefined : inflateRedirected(message)
    if (decoded?.ok) return decoded.xml
  }
  return undefined
}

function factsOf(root: XmlElement, assertion: XmlElement | undefined, at: string): SamlMessage['facts'] {
  const conditions = onlyChild(assertion, SAML_ASSERTION, 'Conditions')
  const audiences = childrenNamed(conditions, SAML_ASSERTION, 'AudienceRestriction').flatMap((restriction) =>
    childrenNamed(restriction, SAML_ASSERTION, 'Audience').map((each) => textOf(each) ?? ''),
  )
  const subject = onlyChild(assertion, SAML_ASSERTION, 'Subject')
  const nameId =
    onlyChild(subject, SAML_ASSERTION, 'NameID') ??
    onlyChild(onlyChild(root, SAML_ASSERTION, 'Subject'), SAML_ASSERTION, 'NameID')
  const confirmation = onlyChild(
    onlyChild(subject, SAML_ASSERTION, 'SubjectConfirmation'),
    SAML_ASSERTION,
    'SubjectConfirmationData',
  )
  const status = onlyChild(onlyChild(root, SAML_PROTOCOL, 'Status'), SAML_PROTOCOL, 'StatusCode')
  const [from, to] = [attributeOf(conditions, 'NotBefore'), attributeOf(conditions, 'NotOnOrAfter')]
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Message', root.name],
    ['ID', attributeOf(root, 'ID')],
    ['Issuer', textOf(onlyChild(root, SAML_ASSERTION, 'Issuer'))],
    ['Destination', attributeOf(root, 'Destination')],
    ['Answer to be sent to', attributeOf(root, 'AssertionConsumerServiceURL')],
    ['In response to', attributeOf(root, 'InResponseTo')],
    ['Status', attributeOf(status, 'Value')?.split(':').at(-1)],
    ['Name ID', textOf(nameId)],
    ['Name ID format', attributeOf(nameId, 'Format')],
    ['Audience', audiences.length === 0 ? undefined : audiences.join(', ')],
    ['Recipient', attributeOf(confirmation, 'Recipient')],
    ['Conditions', from === undefined || to === undefined ? undefined : `${from} to ${to}: ${inTime(from, to, at)}`],
  ]
  return facts.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]))
}

/** By wall time: assertions and their conditions know no other. */
function inTime(from: string, to: string, at: string): string {
  if (Date.parse(at) < Date.parse(from)) return 'not yet valid when it was noted'
  return Date.parse(at) < Date.parse(to) ? 'valid when it was noted' : 'no longer valid when it was noted'
}

function signatureOf(element: XmlElement): readonly SamlSignature[] {
  return childrenNamed(element, XML_SIGNATURE, 'Signature').map((signature) => {
    const elements = [...everyElement(signature)]
    const named = (name: string) => elements.find((each) => each.namespace === XML_SIGNATURE && each.name === name)
    const certificate = certificateOf(textOf(named('X509Certificate')))
    return {
      over: element.name,
      algorithm: attributeOf(named('SignatureMethod'), 'Algorithm')?.split('#').at(-1) ?? '',
      digest: textOf(named('DigestValue')) ?? '',
      ...(certificate === undefined ? {} : { certificate }),
    }
  })
}

function certificateOf(base64: string | undefined): SamlCertificate | undefined {
  if (base64 === undefined) return undefined
  try {
    const { subject, fingerprint256, validFrom, validTo } = new X509Certificate(Buffer.from(base64, 'base64'))
    return { subject: subject.replaceAll('\n', ', '), fingerprint: fingerprint256, validFrom, validTo }
  } catch {
    // Made by somebody to see what happens: it is no certificate, and the message shows it as it is.
    return undefined
  }
}

/** One element a line, text-only elements on theirs. For reading: blanks that are added would break a signature. */
function indentMessage(xml: string): string {
  const lines: string[] = []
  let depth = 0
  let opened = ''
  for (const [token, tag = '', text = ''] of xml.matchAll(/(<[^>]+>)([^<]*)/g)) {
    const isClosing = tag.startsWith('</')
    if (isClosing) depth -= 1
    const name = /^<\/?([^\s/>]+)/.exec(tag)?.[1] ?? ''
    if (isClosing && opened === name) lines[lines.length - 1] = `${lines.at(-1)}${tag}`
    else lines.push(`${'  '.repeat(Math.max(depth, 0))}${tag}${text.trim()}`)
    const isOpening = !isClosing && !tag.endsWith('/>') && !token.startsWith('<?')
    if (isOpening) depth += 1
    opened = isOpening ? name : ''
  }
  return lines.join('\n')
}
