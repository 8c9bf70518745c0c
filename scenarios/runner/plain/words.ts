import { HTMLElement, NodeType } from 'node-html-parser'

/** The words of a page's parts. Nothing is laid out: hidden is what says so, or lies in something folded. */

const UNSEEN = ['TEMPLATE', 'SCRIPT', 'STYLE', 'HEAD', 'DATALIST']

/** Whether the element itself, whatever is around it, cannot be seen. */
function isUnseen(element: HTMLElement): boolean {
  if (UNSEEN.includes(element.tagName) || element.hasAttribute('hidden')) return true
  const parent = element.parentNode
  return parent?.tagName === 'DETAILS' && !parent.hasAttribute('open') && element.tagName !== 'SUMMARY'
}

/** Whether it can be seen, with all around it. */
export function isSeen(element: HTMLElement): boolean {
  for (let up: HTMLElement | null = element; up !== null; up = up.parentNode) if (isUnseen(up)) return false
  return true
}

/** Blanks folded. */
export const fold = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The words of an element that can be seen, blanks folded. */
export const wordsOf = (element: HTMLElement): string => fold(textIn(element))

function textIn(element: HTMLElement): string {
  return element.childNodes
    .map((node) => (node instanceof HTMLElement ? (isUnseen(node) ? '' : textIn(node)) : node.text))
    .join('')
}

const FIELDS = ['INPUT', 'SELECT', 'TEXTAREA']
/** Elements that are called by what they hold. */
const BY_CONTENT = ['A', 'BUTTON', 'SUMMARY', 'OPTION', 'LABEL']

/**
 * What an element is called (W3C accname), as far as our pages name things: by other elements, by a label of its own, by what
 * stands in it.
 */
export function nameOf(element: HTMLElement): string {
  const referred = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter((id) => id !== '')
  const labels = referred.map((id) => rootOf(element).getElementById(id)).filter((each) => each !== null)
  if (labels.length > 0) return fold(labels.map(contentName).join(' '))
  const own = element.getAttribute('aria-label')
  if (own !== undefined && own !== '') return fold(own)
  return fold(nativeName(element) || element.getAttribute('title') || element.getAttribute('placeholder') || '')
}

function nativeName(element: HTMLElement): string {
  const { tagName } = element
  const kind = element.getAttribute('type')
  if (tagName === 'INPUT' && (kind === 'submit' || kind === 'button')) return element.getAttribute('value') ?? ''
  if (FIELDS.includes(tagName)) return labelsOf(element).map(contentName).join(' ')
  const title = { FIELDSET: 'LEGEND', TABLE: 'CAPTION' }[tagName]
  if (title !== undefined)
    return children(element)
      .filter((each) => each.tagName === title)
      .map(contentName)
      .join(' ')
  return BY_CONTENT.includes(tagName) || element.hasAttribute('role') ? roleName(element) : ''
}

/** Buttons, tabs and the like are called by what they hold; places are not. */
function roleName(element: HTMLElement): string {
  const role = element.getAttribute('role')
  const isPlace =
    role !== undefined && !['button', 'link', 'tab', 'menuitem', 'option', 'radio', 'switch', 'checkbox'].includes(role)
  return isPlace ? '' : contentName(element)
}

function labelsOf(field: HTMLElement): readonly HTMLElement[] {
  const id = field.getAttribute('id')
  const around = field.closest('label')
  const named =
    id === undefined
      ? []
      : rootOf(field)
          .querySelectorAll('label')
          .filter((each) => each.getAttribute('for') === id)
  return around === null || named.includes(around) ? named : [around, ...named]
}

/** Names and words within an element, apart from one another; fields within a label are no part of it. */
function contentName(element: HTMLElement): string {
  return element.childNodes
    .map((node) => {
      if (!(node instanceof HTMLElement)) return node.nodeType === NodeType.TEXT_NODE ? node.text : ''
      if (isUnseen(node) || node.getAttribute('aria-hidden') === 'true' || FIELDS.includes(node.tagName)) return ''
      return ` ${node.getAttribute('aria-label') ?? node.getAttribute('alt') ?? contentName(node)} `
    })
    .join('')
}

const children = (element: HTMLElement): readonly HTMLElement[] =>
  element.childNodes.filter((node): node is HTMLElement => node instanceof HTMLElement)

function rootOf(element: HTMLElement): HTMLElement {
  let root = element
  while (root.parentNode !== null) root = root.parentNode
  return root
}
