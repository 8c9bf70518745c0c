import { SAML_ASSERTION } from '#kit/saml/names.ts'
import { readXml } from '#kit/saml/read-xml.ts'
import { attributeOf, childrenNamed, isNamed, onlyChild, textOf, type XmlElement } from '#kit/saml/xml-tree.ts'
import { type Checked, passed, refused } from './refusal-reasons.ts'

/** One way in which the subject is confirmed (SAML core §2.4.1.1). Times in milliseconds; `NaN` for one that is no time. */
export interface Confirmation {
  readonly method: string
  readonly recipient?: string
  readonly inResponseTo?: string
  readonly notBeforeMs?: number
  readonly notOnOrAfterMs?: number
}

/** What a verified assertion says. */
export interface AssertionFacts {
  readonly id: string
  readonly issuer: string
  readonly nameId: string
  readonly confirmations: readonly Confirmation[]
  readonly notBeforeMs?: number
  readonly notOnOrAfterMs?: number
  /** One list for each restriction: all must be met, each by any of its list. */
  readonly audiences: readonly (readonly string[])[]
  /** Conditions beyond those of the standard: none is understood. */
  readonly unknownConditions: readonly string[]
  /** How many statements say that the person signed in, and until when the sign-in counts. */
  readonly authnStatements: number
  readonly sessionEndsMs?: number
  readonly attributes: ReadonlyMap<string, readonly string[]>
}

/** Understood, or harmless: what may be done with the assertion elsewhere. */
const KNOWN_CONDITIONS = new Set(['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction'])

/** @param xml As it was signed. */
export function readAssertion(xml: string): Checked<AssertionFacts> {
  const reading = readXml(xml)
  if (!reading.ok || !isNamed(reading.root, SAML_ASSERTION, 'Assertion')) {
    return refused('unreadable', 'What was signed is not an assertion.')
  }
  const { root } = reading
  if (attributeOf(root, 'Version') !== '2.0') return refused('not-a-response', 'The assertion is not of SAML 2.0.')
  const subject = onlyChild(root, SAML_ASSERTION, 'Subject')
  const nameId = textOf(onlyChild(subject, SAML_ASSERTION, 'NameID'))
  if (!nameId) return refused('name-id', 'The assertion names nobody, or in a way that can be read twice.')
  const conditionSets = childrenNamed(root, SAML_ASSERTION, 'Conditions')
  if (conditionSets.length > 1) return refused('condition', 'The assertion has several sets of conditions.')
  const [conditions] = conditionSets
  const statements = childrenNamed(root, SAML_ASSERTION, 'AuthnStatement')
  return passed({
    id: attributeOf(root, 'ID') ?? '',
    issuer: textOf(onlyChild(root, SAML_ASSERTION, 'Issuer')) ?? '',
    nameId,
    confirmations: childrenNamed(subject, SAML_ASSERTION, 'SubjectConfirmation').map(confirmation),
    ...times(conditions),
    audiences: childrenNamed(conditions, SAML_ASSERTION, 'AudienceRestriction').map((each) =>
      childrenNamed(each, SAML_ASSERTION, 'Audience').map((audience) => textOf(audience) ?? ''),
    ),
    unknownConditions: (conditions?.children ?? [])
      .filter(({ namespace, name }) => namespace !== SAML_ASSERTION || !KNOWN_CONDITIONS.has(name))
      .map(({ name }) => name),
    authnStatements: statements.length,
    ...earliestEnd(statements),
    attributes: attributesOf(root),
  })
}

function confirmation(element: XmlElement): Confirmation {
  const data = onlyChild(element, SAML_ASSERTION, 'SubjectConfirmationData')
  const recipient = attributeOf(data, 'Recipient')
  const inResponseTo = attributeOf(data, 'InResponseTo')
  return {
    method: attributeOf(element, 'Method') ?? '',
    ...times(data),
    ...(recipient === undefined ? {} : { recipient }),
    ...(inResponseTo === undefined ? {} : { inResponseTo }),
  }
}

function times(element: XmlElement | undefined): { readonly notBeforeMs?: number; readonly notOnOrAfterMs?: number } {
  const notBefore = attributeOf(element, 'NotBefore')
  const notOnOrAfter = attributeOf(element, 'NotOnOrAfter')
  return {
    ...(notBefore === undefined ? {} : { notBeforeMs: instant(notBefore) }),
    ...(notOnOrAfter === undefined ? {} : { notOnOrAfterMs: instant(notOnOrAfter) }),
  }
}

function earliestEnd(statements: readonly XmlElement[]): { readonly sessionEndsMs?: number } {
  const ends = statements.flatMap((each) => attributeOf(each, 'SessionNotOnOrAfter') ?? []).map(instant)
  return ends.length === 0 ? {} : { sessionEndsMs: Math.min(...ends) }
}

/** Values of one name are gathered, whichever statement they stand in. */
function attributesOf(root: XmlElement): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const statement of childrenNamed(root, SAML_ASSERTION, 'AttributeStatement')) {
    for (const attribute of childrenNamed(statement, SAML_ASSERTION, 'Attribute')) {
      const name = attributeOf(attribute, 'Name') ?? ''
      const values = childrenNamed(attribute, SAML_ASSERTION, 'AttributeValue').map((each) => textOf(each) ?? '')
      found.set(name, [...(found.get(name) ?? []), ...values])
    }
  }
  return found
}

/** In UTC and with a `Z` (SAML core §1.3.3). @returns `NaN` for anything else. */
function instant(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) ? Date.parse(text) : Number.NaN
}
