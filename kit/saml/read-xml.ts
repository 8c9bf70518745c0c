import { DOMParser } from '@xmldom/xmldom'
import type { XmlElement } from './xml-tree.ts'

/**
 * Why a text is not read as XML.
 *
 * Messages of SAML have no use for a document type, so none is read: entities that grow, or fetch files, never reach a parser.
 * Comments and instructions are refused because readers differ about the text around them, and a name that two readers understand in
 * two ways signs in the wrong person.
 */
export type XmlProblem = 'doctype' | 'entity' | 'comment' | 'instruction' | 'too-deep' | 'not-well-formed'

export type XmlReading =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly problem: XmlProblem }

/** Deeper than any message; well within what a stack holds. */
const DEEPEST = 64

const DECLARATION = /^\s*<\?xml\s[^?]*\?>/

/** Read a whole document strictly: whatever a parser would warn of is refused. The size is the caller's to bound. */
export function readXml(text: string): XmlReading {
  const problem = forbiddenIn(text)
  if (problem !== undefined) return { ok: false, problem }
  let hasProblems = false
  const stop = (): never => {
    hasProblems = true
    // Going on would take it seconds: for each problem it looks through the rest of the text again.
    throw new Error('This is not well-formed.')
  }
  let root: Element | null
  try {
    const parser = new DOMParser({ locator: {}, errorHandler: { warning: stop, error: stop, fatalError: stop } })
    root = parser.parseFromString(text, 'text/xml')?.documentElement ?? null
  } catch {
    // The parser throws for some of what it does not understand, too.
    root = null
  }
  if (root === null || hasProblems) return { ok: false, problem: 'not-well-formed' }
  const tree = treeOf(root, 1)
  return typeof tree === 'string' ? { ok: false, problem: tree } : { ok: true, root: tree }
}

/** In well-formed XML `<!` and `<?` begin nothing but these: `<` is escaped in texts and attributes. CDATA is text, and stays. */
function forbiddenIn(text: string): XmlProblem | undefined {
  const body = text.replace(DECLARATION, '')
  if (/<!ENTITY/i.test(body)) return 'entity'
  if (/<!(?!--|\[CDATA\[)/.test(body)) return 'doctype'
  if (body.includes('<!--')) return 'comment'
  return body.includes('<?') ? 'instruction' : undefined
}

const ELEMENT = 1
const TEXT = 3
const CDATA = 4
const XMLNS = 'http://www.w3.org/2000/xmlns/'

function treeOf(element: Element, depth: number): XmlElement | XmlProblem {
  if (depth > DEEPEST) return 'too-deep'
  if (!isBound(element)) return 'not-well-formed'
  const children: XmlElement[] = []
  let text = ''
  for (let node = element.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType === ELEMENT) {
      const child = treeOf(node as Element, depth + 1)
      if (typeof child === 'string') return child
      children.push(child)
    } else if (node.nodeType === TEXT || node.nodeType === CDATA) {
      text += node.nodeValue ?? ''
    }
  }
  const attributes = Array.from({ length: element.attributes.length }, (_, index) => element.attributes.item(index))
    .filter((each) => each !== null)
    .filter((each) => each.namespaceURI !== XMLNS && each.name !== 'xmlns')
  if (!attributes.every(isBound)) return 'not-well-formed'
  const values = attributes.map((each) => ({
    namespace: each.namespaceURI ?? '',
    name: each.localName ?? each.name,
    value: each.value,
  }))
  return { namespace: element.namespaceURI ?? '', name: element.localName, attributes: values, children, text }
}

/** A prefix that stands for no namespace, which the parser lets pass. */
function isBound(node: Element | Attr): boolean {
  return node.prefix === null || node.prefix === undefined || node.prefix === 'xml' || Boolean(node.namespaceURI)
}
