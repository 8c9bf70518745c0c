import { decodePosted, MESSAGE_LIMIT } from '#kit/saml/message-encoding.ts'
import { SAML_ASSERTION, SAML_PROTOCOL, STATUS_SUCCESS, XML_SIGNATURE } from '#kit/saml/names.ts'
import { readXml, type XmlProblem } from '#kit/saml/read-xml.ts'
import {
  attributeOf,
  childrenNamed,
  everyElement,
  isNamed,
  onlyChild,
  textOf,
  type XmlElement,
} from '#kit/saml/xml-tree.ts'
import { checkSignatureForm } from './check-signature-form.ts'
import { type Checked, passed, refused, type SamlReason } from './refusal-reasons.ts'

/** The outside of an answer. Not trusted unless the whole is signed: it serves to refuse, never to accept. */
export interface AnswerEnvelope {
  readonly id: string
  /** Absent: the answer names none, as it may (SAML core §3.2.2). */
  readonly issuer?: string
  readonly destination?: string
  readonly inResponseTo?: string
  readonly isResponseSigned: boolean
}

/** A document with the form of one answer with one signed assertion. Nothing in it is verified yet. */
export interface UnverifiedAnswer {
  readonly xml: string
  readonly envelope: AnswerEnvelope
}

const PROBLEMS: Readonly<Record<XmlProblem, SamlReason>> = {
  doctype: 'doctype',
  entity: 'entity',
  comment: 'comment',
  instruction: 'instruction',
  'too-deep': 'unreadable',
  'not-well-formed': 'unreadable',
}

/** The XML that was posted, as text. */
export function decodeAnswer(posted: unknown): Checked<string> {
  if (typeof posted !== 'string' || posted === '') return refused('missing', 'The form holds no SAMLResponse.')
  const decoded = decodePosted(posted)
  if (decoded.ok) return passed(decoded.xml)
  return decoded.problem === 'too-large'
    ? refused('too-large', `The answer is longer than ${MESSAGE_LIMIT} bytes.`)
    : refused('unreadable', `The answer is ${decoded.problem.replaceAll('-', ' ')}.`)
}

/**
 * Read the form of an answer, before anything in it is believed: exactly one assertion, in its place and signed, every signature at the
 * element it covers and nowhere else, every identifier once. A document in which a signed element could be taken for another one ("wrapping",
 * XSW) has a form that no genuine answer has.
 */
export function readAnswer(xml: string): Checked<UnverifiedAnswer> {
  const reading = readXml(xml)
  if (!reading.ok) return refused(PROBLEMS[reading.problem], `The answer is no plain XML: ${reading.problem}.`)
  const { root } = reading
  const all = [...everyElement(root)]
  if (!isNamed(root, SAML_PROTOCOL, 'Response') || attributeOf(root, 'Version') !== '2.0') {
    return refused('not-a-response', `The document is a ${root.name}, not a SAML 2.0 Response.`)
  }
  const status = attributeOf(onlyChild(onlyChild(root, SAML_PROTOCOL, 'Status'), SAML_PROTOCOL, 'StatusCode'), 'Value')
  if (status !== STATUS_SUCCESS) return refused('status', `The provider answered with the status ${status ?? 'none'}.`)
  if (all.some(({ name }) => name === 'EncryptedAssertion' || name === 'EncryptedData' || name === 'EncryptedID')) {
    return refused('encrypted', 'The answer is encrypted; no key for that was given out.')
  }
  const assertions = childrenNamed(root, SAML_ASSERTION, 'Assertion')
  const named = (name: string): number => all.filter((each) => each.name === name).length
  if (assertions.length > 1) return refused('assertion-count', `The answer holds ${assertions.length} assertions.`)
  if (named('Assertion') > assertions.length || named('Response') > 1) {
    return refused('wrapping', 'An assertion or answer stands inside of another element.')
  }
  const [assertion] = assertions
  if (assertion === undefined) return refused('no-assertion', 'The answer holds no assertion.')
  const repeated = repeatedId(all)
  if (repeated !== undefined) return refused('duplicate-id', `More than one element has the ID ${repeated}.`)
  const signatures = checkSignatures(root, assertion, all)
  if (!signatures.ok) return signatures
  const issuer = textOf(onlyChild(root, SAML_ASSERTION, 'Issuer'))
  const destination = attributeOf(root, 'Destination')
  const inResponseTo = attributeOf(root, 'InResponseTo')
  return passed({
    xml,
    envelope: {
      id: attributeOf(root, 'ID') ?? '',
      isResponseSigned: signatures.value.isResponseSigned,
      ...(issuer === undefined ? {} : { issuer }),
      ...(destination === undefined ? {} : { destination }),
      ...(inResponseTo === undefined ? {} : { inResponseTo }),
    },
  })
}

function checkSignatures(
  root: XmlElement,
  assertion: XmlElement,
  all: readonly XmlElement[],
): Checked<{ readonly isResponseSigned: boolean }> {
  const ofResponse = childrenNamed(root, XML_SIGNATURE, 'Signature')
  const ofAssertion = childrenNamed(assertion, XML_SIGNATURE, 'Signature')
  const everywhere = all.filter(({ name }) => name === 'Signature').length
  if (everywhere > ofResponse.length + ofAssertion.length) {
    return refused('wrapping', 'A signature stands inside of an element it has no place in.')
  }
  if (ofResponse.length > 1 || ofAssertion.length > 1) return refused('wrapping', 'An element has two signatures.')
  const [signature] = ofAssertion
  if (signature === undefined) return refused('unsigned', 'The assertion has no signature.')
  const form = checkSignatureForm(signature, attributeOf(assertion, 'ID'))
  if (!form.ok) return form
  const [outer] = ofResponse
  if (outer === undefined) return passed({ isResponseSigned: false })
  const outerForm = checkSignatureForm(outer, attributeOf(root, 'ID'))
  return outerForm.ok ? passed({ isResponseSigned: true }) : outerForm
}

/** Identifiers in any spelling: which one a signature's reference finds must not be a question. */
function repeatedId(all: readonly XmlElement[]): string | undefined {
  const seen = new Set<string>()
  for (const { attributes } of all) {
    for (const { name, value } of attributes) {
      if (name.toLowerCase() !== 'id') continue
      if (seen.has(value)) return value
      seen.add(value)
    }
  }
  return undefined
}
