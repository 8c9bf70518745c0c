import { DOMParser, XMLSerializer } from '@xmldom/xmldom'
import type { Browser } from '#kit/test/browser.ts'
import type { SamlReason } from '../sign-in/saml/refusal-reasons.ts'
import type { SamlLab } from './saml-lab.ts'
import type { AnswerValues, SamlSigner } from './saml-provider.ts'

/** One way to deceive the receiver of answers: a file of `saml-refusals/` each. */
export interface SamlAttack {
  readonly name: string
  /** What the journal says of it. */
  readonly reason: SamlReason
  /** The XML that is posted in place of the genuine answer. */
  readonly forge: (scene: Scene) => string | Promise<string>
  /** In which browser it is posted; absent: in the one that asked. */
  readonly postedIn?: 'another browser'
}

/** A login under way, and its genuine answer. */
export interface Scene {
  readonly lab: SamlLab
  readonly browser: Browser
  readonly values: AnswerValues
  readonly genuine: string
  readonly signer: SamlSigner
  /** A key nobody trusts. */
  readonly stranger: SamlSigner
  /** Whom the attacker would like to be. */
  readonly victim: string
}

/** The parts of a signed answer, to be moved about. */
export interface AnswerParts {
  readonly document: Document
  readonly response: Element
  readonly assertion: Element
  /** Of the assertion, or of the answer when only that is signed. */
  readonly signature: Element
  /** A copy of an element, whatever is signed in it taken out, about somebody else and under another ID. */
  copyAbout(element: Element, nameId: string): Element
}

export function editAnswer(xml: string, edit: (parts: AnswerParts) => void): string {
  const document = new DOMParser().parseFromString(xml, 'text/xml')
  edit({
    document,
    response: document.documentElement,
    assertion: first(document.documentElement, 'Assertion'),
    signature: first(document.documentElement, 'Signature'),
    copyAbout(element, nameId) {
      const copy = element.cloneNode(true) as Element
      copy.setAttribute('ID', `_evil_${copy.localName}`)
      for (const signature of Array.from(copy.getElementsByTagNameNS('*', 'Signature'))) {
        signature.parentNode?.removeChild(signature)
      }
      if (copy.localName === 'Response') first(copy, 'Assertion').setAttribute('ID', '_evil_Assertion')
      first(copy, 'NameID').textContent = nameId
      return copy
    },
  })
  return new XMLSerializer().serializeToString(document)
}

export function first(element: Element, name: string): Element {
  const found = element.getElementsByTagNameNS('*', name).item(0)
  if (found === null) throw new Error(`There is no ${name}.`)
  return found
}

/** Take an element out of where it stands; it can be put elsewhere. */
export function detach(element: Element): void {
  element.parentNode?.removeChild(element)
}
