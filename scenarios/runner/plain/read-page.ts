import type { HTMLElement } from 'node-html-parser'
import type { Where } from '#scenarios/walkthroughs/walkthrough.ts'
import { namePattern } from '../labels.ts'
import { fold, isSeen, nameOf, wordsOf } from './words.ts'

/** Finds things on a page by role and name, as somebody who hears it read would. */

const CONTROLS =
  'a[href], button, summary, option, input[type=submit], input[type=button], input[type=radio], [role=link], [role=button], [role=tab], [role=menuitem], [role=option], [role=radio]'
const BOXES = 'input[type=checkbox], input[type=radio], [role=switch], [role=checkbox]'
const FIELDS =
  'textarea, select, input:not([type=hidden], [type=submit], [type=button], [type=checkbox], [type=radio], [type=reset], [type=image])'
const PLACES =
  'nav, table, form, section, fieldset, details, aside, header, ul, ol, search, dialog, [role=navigation], [role=dialog], [role=table], [role=form], [role=region], [role=group], [role=complementary], [role=banner], [role=list], [role=search], [role=radiogroup]'
const ROWS = 'tr, li, [role=row], [role=listitem]'

/** The elements of a page that an instruction can mean, best match first. */
export interface PageReader {
  controls(label: string, scope: readonly HTMLElement[]): readonly HTMLElement[]
  boxes(label: string, scope: readonly HTMLElement[]): readonly HTMLElement[]
  fields(label: string, scope: readonly HTMLElement[]): readonly HTMLElement[]
  links(label: string, scope: readonly HTMLElement[]): readonly HTMLElement[]
  /** The parts of the page that are called so; the whole page when nothing is said. */
  scope(where?: Where): readonly HTMLElement[]
  /** Rows of tables and items of lists that say all of `words`. */
  rows(...words: readonly string[]): readonly HTMLElement[]
  says(text: string, scope: readonly HTMLElement[]): boolean
}

export function readPage(page: HTMLElement): PageReader {
  const body = page.querySelector('body') ?? page

  const within = (scope: readonly HTMLElement[], selector: string): readonly HTMLElement[] => [
    ...new Set(scope.flatMap((root) => root.querySelectorAll(selector)).filter(isSeen)),
  ]

  function named(scope: readonly HTMLElement[], selector: string, label: string): readonly (readonly HTMLElement[])[] {
    const pattern = namePattern(label)
    const all = within(scope, selector)
    return [all.filter((each) => pattern.test(nameOf(each))), all.filter((each) => holds(each, pattern))]
  }

  const firstTier = (tiers: readonly (readonly HTMLElement[])[]): readonly HTMLElement[] =>
    tiers.find((tier) => tier.length > 0) ?? []

  return {
    scope({ within: place } = {}) {
      if (place === undefined) return [body]
      const pattern = namePattern(place)
      return within([body], PLACES).filter((each) => pattern.test(nameOf(each)))
    },
    controls: (label, scope) => {
      const [exact = [], loose = []] = named(scope, CONTROLS, label)
      // Something called so comes before a heading that folds it away.
      return firstTier([exact.filter((each) => each.tagName !== 'SUMMARY'), exact, loose])
    },
    links: (label, scope) => {
      const [exact = []] = named(scope, 'a[href]', label)
      const loose = within(scope, 'a[href]').filter((each) => contains(nameOf(each), label))
      return firstTier([exact, loose])
    },
    fields: (label, scope) => named(scope, FIELDS, label)[0] ?? [],
    boxes: (label, scope) => {
      const [exact = []] = named(scope, BOXES, label)
      return firstTier([exact, within(scope, BOXES).filter((each) => contains(nameOf(each), label))])
    },
    rows: (...words) => within([body], ROWS).filter((each) => words.every((word) => contains(wordsOf(each), word))),
    says(text, scope) {
      if (scope.some((each) => contains(wordsOf(each), text))) return true
      const pattern = namePattern(text)
      return within(scope, `${CONTROLS}, ${FIELDS}, ${PLACES}, [aria-label], [title]`).some(
        (each) => pattern.test(nameOf(each)) || pattern.test(each.getAttribute('title') ?? ''),
      )
    },
  }
}

const contains = (text: string, part: string): boolean => fold(text).toLowerCase().includes(fold(part).toLowerCase())

/** Whether the words, alone, stand somewhere in the element: the name of a tile that says more. */
function holds(element: HTMLElement, pattern: RegExp): boolean {
  return element.querySelectorAll('*').some((each) => pattern.test(fold(each.textContent)))
}
