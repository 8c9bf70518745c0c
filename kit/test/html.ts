import { type HTMLElement, parse } from 'node-html-parser'

/** What tests read of a page: its words, its links, and what its forms would send. */
export interface Document {
  /** Words of the first `h1`. */
  readonly title: string
  /** Words of the body: text only, in the order of the source, blanks folded. */
  readonly text: string
  /** Where the first link with these words or this accessible name leads. */
  linkTo(words: string): string | undefined
  /** What the first control of this name holds. */
  valueOf(name: string): string | undefined
  /** The form with this action, else the first whose action ends so. */
  form(actionEnd: string): Form | undefined
}

export interface Form {
  readonly action: string
  readonly method: 'get' | 'post'
  /** What it sends untouched, names in the order of the page. Buttons are left out: none is pressed. */
  readonly fields: readonly Field[]
}

export type Field = readonly [name: string, value: string]

export function readDocument(html: string): Document {
  const root = parse(html)
  const body = root.querySelector('body') ?? root
  const controls = root.querySelectorAll('input, select, textarea')
  return {
    title: wordsOf(root.querySelector('h1')),
    text: wordsOf(body),
    linkTo: (words) =>
      root
        .querySelectorAll('a')
        .find((link) => wordsOf(link) === words || link.getAttribute('aria-label') === words)
        ?.getAttribute('href'),
    valueOf: (name) => controls.flatMap(fieldsOf).find(([each]) => each === name)?.[1],
    form(actionEnd) {
      const forms = root.querySelectorAll('form')
      const actionOf = (form: HTMLElement) => form.getAttribute('action') ?? ''
      const found =
        forms.find((form) => actionOf(form) === actionEnd) ?? forms.find((form) => actionOf(form).endsWith(actionEnd))
      if (found === undefined) return undefined
      const id = found.getAttribute('id')
      // A control outside names its form; one inside may name another.
      const belongs = (control: HTMLElement) =>
        control.hasAttribute('form') ? control.getAttribute('form') === id : control.closest('form') === found
      return {
        action: actionOf(found),
        method: found.getAttribute('method')?.toLowerCase() === 'post' ? 'post' : 'get',
        fields: controls.filter(belongs).flatMap(fieldsOf),
      }
    },
  }
}

function wordsOf(element: HTMLElement | null): string {
  return textsOf(element).join(' ').replace(/\s+/g, ' ').trim()
}

function textsOf(element: HTMLElement | null): string[] {
  if (element === null || element.rawTagName === 'script' || element.rawTagName === 'style') return []
  return element.childNodes.flatMap((node) =>
    'childNodes' in node && node.nodeType === 1 ? textsOf(node as HTMLElement) : node.nodeType === 3 ? [node.text] : [],
  )
}

/** What a browser would send of a control (HTML, "constructing the entry list"). */
function fieldsOf(control: HTMLElement): Field[] {
  const name = control.getAttribute('name')
  if (name === undefined || name === '' || control.hasAttribute('disabled')) return []
  if (control.rawTagName === 'textarea') return [[name, control.text]]
  if (control.rawTagName === 'select') {
    const options = control.querySelectorAll('option').filter((option) => !option.hasAttribute('disabled'))
    const selected = options.filter((option) => option.hasAttribute('selected'))
    const chosen = control.hasAttribute('multiple') ? selected : [selected.at(-1) ?? options[0]]
    return chosen.flatMap((option) =>
      option === undefined ? [] : [[name, option.getAttribute('value') ?? option.text]],
    )
  }
  const type = control.getAttribute('type')
  if (type === 'submit' || type === 'button' || type === 'image' || type === 'reset') return []
  const isBox = type === 'checkbox' || type === 'radio'
  if (isBox && !control.hasAttribute('checked')) return []
  return [[name, control.getAttribute('value') ?? (isBox ? 'on' : '')]]
}
