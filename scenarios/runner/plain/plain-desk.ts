import { setTimeout as pause } from 'node:timers/promises'
import { type HTMLElement, parse } from 'node-html-parser'
import type { Desk, Where } from '#scenarios/walkthroughs/walkthrough.ts'
import { namePattern } from '../labels.ts'
import type { PlainBrowser, PlainRequest } from './plain-browser.ts'
import { type PageReader, readPage } from './read-page.ts'
import { wordsOf } from './words.ts'

/** How long a page may take to say something: work goes on behind it. Wall milliseconds. */
const PATIENCE_MS = 30_000
/** How often a page is asked for again meanwhile. Wall milliseconds. */
const AGAIN_MS = 100

/** What is no text of the page; everything else is. */
const AS_PAGE = { blockTextElements: { script: true, style: true } } as const

interface Shown {
  readonly url: URL
  readonly document: HTMLElement
  readonly reader: PageReader
  /** Asked for with GET: it may be asked for again. */
  readonly again: boolean
}

/** A desk in no browser, which knows where it is. */
export interface PlainDesk extends Desk {
  /** Address of the page it reads; `undefined` before any. */
  address(): string | undefined
  /** Whether that page was asked for with GET. */
  canReload(): boolean
}

/**
 * A desk without a browser: it reads pages as HTML and sends their forms over HTTP, so every step can be done where no
 * browser is. Scripts are not run; what a page needs a script for cannot be done here.
 */
export function createPlainDesk(browser: PlainBrowser, origin: string, met: (label: string) => void): PlainDesk {
  let shown: Shown | undefined
  let lastFilled: HTMLElement | undefined

  function page(): Shown {
    if (shown === undefined) throw new Error(`Nothing has been opened at ${origin} yet.`)
    return shown
  }

  async function load(request: PlainRequest): Promise<void> {
    const { method, url, text } = await browser.load(request)
    const document = parse(text, AS_PAGE)
    shown = { url, document, reader: readPage(document), again: method === 'GET' }
    lastFilled = undefined
    // The answer to an application is a form that sends itself.
    const form = document.querySelector('form[data-submit-at-once]')
    if (form !== null) await send(form)
  }

  async function send(form: HTMLElement, button?: HTMLElement): Promise<void> {
    const { url } = page()
    const said = (name: string): string | null | undefined =>
      button?.getAttribute(`form${name}`) ?? form.getAttribute(name)
    const action = new URL(said('action') || url.href, url)
    const fields = fieldsOf(form, button)
    if ((said('method') ?? 'get').toLowerCase() === 'get') {
      action.search = new URLSearchParams(fields).toString()
      return load({ method: 'GET', url: action, from: url })
    }
    const isMultipart = said('enctype') === 'multipart/form-data'
    return load({
      method: 'POST',
      url: action,
      from: url,
      body: isMultipart ? multipart(fields) : new URLSearchParams(fields),
    })
  }

  /** Ask for the page again until `look` finds something. */
  async function wait<T>(look: (reader: PageReader) => T | undefined, what: string): Promise<T> {
    const until = performance.now() + PATIENCE_MS
    for (;;) {
      const found = look(page().reader)
      if (found !== undefined) return found
      const { again, url, document } = page()
      const isLive = again && document.querySelector('[data-live=watching]') !== null
      if (!isLive || performance.now() > until) throw new Error(`${url.href} shows no ${what}. It says: ${gist()}`)
      await pause(AGAIN_MS)
      await load({ method: 'GET', url })
    }
  }

  const gist = (): string => wordsOf(page().document.querySelector('main') ?? page().document).slice(0, 400)

  const one = (
    find: (reader: PageReader, scope: readonly HTMLElement[]) => readonly HTMLElement[],
    what: string,
    where?: Where,
  ): Promise<HTMLElement> =>
    wait((reader) => {
      const found = find(reader, reader.scope(where))
      const addresses = new Set(found.map((each, index) => each.getAttribute('href') ?? `#${index}`))
      if (addresses.size > 1)
        throw new Error(`${page().url.href} shows ${found.length} things that are ${what}: say which.`)
      return found[0]
    }, what)

  async function click(element: HTMLElement): Promise<void> {
    const { url } = page()
    const href = element.getAttribute('href')
    if (element.tagName === 'A' && href !== undefined)
      return load({ method: 'GET', url: new URL(href, url), from: url })
    if (element.tagName === 'SUMMARY') return toggle(element.closest('details') ?? element, 'open')
    if (element.tagName === 'OPTION') return select(element)
    if (element.getAttribute('type') === 'radio') return check(element, true)
    if (element.hasAttribute('disabled')) throw new Error(`${url.href}: "${wordsOf(element)}" cannot be pressed.`)
    const form = formOf(element)
    const kind = element.getAttribute('type') ?? 'submit'
    if (kind === 'submit' && form !== undefined) return send(form, element)
  }

  function formOf(element: HTMLElement): HTMLElement | undefined {
    const id = element.getAttribute('form')
    const form = id === undefined ? element.closest('form') : page().document.getElementById(id)
    return form ?? undefined
  }

  /** What the form would send: its own controls and those that name it, in the order of the page. */
  function fieldsOf(form: HTMLElement, button: HTMLElement | undefined): [string, string][] {
    const controls = page().document.querySelectorAll('input, select, textarea, button')
    return controls
      .filter(
        (control) =>
          formOf(control) === form &&
          !control.hasAttribute('disabled') &&
          control.closest('fieldset[disabled]') === null,
      )
      .flatMap((control) =>
        valuesOf(control, button).map((value): [string, string] => [control.getAttribute('name') ?? '', value]),
      )
      .filter(([name]) => name !== '')
  }

  return {
    address: () => shown?.url.href,
    canReload: () => shown?.again !== false,
    open: (path) => load({ method: 'GET', url: new URL(path, origin) }),
    async press(label, where) {
      const element = await one((reader, scope) => reader.controls(label, scope), `link or button "${label}"`, where)
      await click(element)
      met(label)
    },
    async pressInRow(row, label) {
      const element = await one(
        (reader) => reader.controls(label, innermost(reader.rows(row))),
        `"${label}" in the row of "${row}"`,
      )
      await click(element)
      met(label)
    },
    async fill(label, text, where) {
      const field = await one((reader, scope) => reader.fields(label, scope), `field "${label}"`, where)
      if (field.hasAttribute('disabled') || field.hasAttribute('readonly'))
        throw new Error(`"${label}" cannot be filled in.`)
      write(field, text)
      lastFilled = field
      met(label)
    },
    async choose(label, option, where) {
      const field = await one((reader, scope) => reader.fields(label, scope), `drop-down "${label}"`, where)
      const chosen = field.querySelectorAll('option').find((each) => wordsOf(each) === option)
      if (chosen === undefined) throw new Error(`"${label}" offers no "${option}": ${wordsOf(field)}`)
      select(chosen)
      met(label)
    },
    async tick(label, on = true, where) {
      const box = await one((reader, scope) => reader.boxes(label, scope), `box "${label}"`, where)
      if (box.hasAttribute('disabled')) throw new Error(`"${label}" cannot be ticked.`)
      check(box, on)
      met(label)
    },
    async see(text, where) {
      await wait((reader) => (reader.says(text, reader.scope(where)) ? true : undefined), `"${text}"`)
      met(text)
    },
    async read(label) {
      return textOf(await one((reader, scope) => reader.fields(label, scope), `field "${label}"`))
    },
    async shows(label, where) {
      const { reader } = page()
      const scope = reader.scope(where)
      return reader.controls(label, scope).length + reader.fields(label, scope).length > 0
    },
    async enter() {
      const form = lastFilled === undefined ? undefined : formOf(lastFilled)
      if (form === undefined) throw new Error(`${page().url.href}: no field of a form has been filled in.`)
      await send(form, firstButton(form))
    },
    async openRow(...words) {
      const link = await wait(
        (reader) => innermost(reader.rows(...words))[0]?.querySelector('a[href]') ?? undefined,
        `row that says ${words.join(', ')}`,
      )
      await click(link)
      for (const word of words) met(word)
    },
    async copy(label) {
      const pattern = namePattern(`Copy ${label}`)
      const button = await wait(() => {
        const buttons = page().document.querySelectorAll('[data-copy]')
        return buttons.find((each) => pattern.test(each.getAttribute('aria-label') ?? ''))
      }, `button that copies "${label}"`)
      met(label)
      return button.getAttribute('data-copy') ?? ''
    },
    async copyInRow(row) {
      const value = await wait(
        (reader) => innermost(reader.rows(row))[0]?.querySelector('code') ?? undefined,
        `value in the row of "${row}"`,
      )
      return wordsOf(value)
    },
    async addressOf(label, where) {
      const link = await one((reader, scope) => reader.links(label, scope), `link "${label}"`, where)
      return new URL(link.getAttribute('href') ?? '', page().url).href
    },
    async download(label) {
      const { url } = page()
      const link = await one((reader, scope) => reader.links(label, scope), `link "${label}"`)
      const { text } = await browser.load({
        method: 'GET',
        url: new URL(link.getAttribute('href') ?? '', url),
        from: url,
      })
      met(label)
      return text
    },
  }

  function check(box: HTMLElement, on: boolean): void {
    if (box.getAttribute('type') === 'radio') {
      const all = page().document.querySelectorAll('input[type=radio]')
      const same = all.filter(
        (each) => each.getAttribute('name') === box.getAttribute('name') && formOf(each) === formOf(box),
      )
      for (const each of same) each.removeAttribute('checked')
    }
    toggle(box, 'checked', on)
  }

  function firstButton(form: HTMLElement): HTMLElement | undefined {
    const all = page().document.querySelectorAll('button, input[type=submit]')
    return all.find((each) => formOf(each) === form && (each.getAttribute('type') ?? 'submit') === 'submit')
  }
}

function isWithin(element: HTMLElement, other: HTMLElement): boolean {
  for (let up = element.parentNode; up !== null; up = up.parentNode) if (up === other) return true
  return false
}

/** Without the rows that hold another of them: a list in a row of a list. */
function innermost(rows: readonly HTMLElement[]): readonly HTMLElement[] {
  return rows.filter((row) => !rows.some((other) => other !== row && isWithin(other, row)))
}

function valuesOf(control: HTMLElement, button: HTMLElement | undefined): readonly string[] {
  const kind = control.getAttribute('type')
  if (control.tagName === 'BUTTON' || kind === 'submit' || kind === 'button' || kind === 'image') {
    return control === button ? [control.getAttribute('value') ?? ''] : []
  }
  if (kind === 'checkbox' || kind === 'radio') {
    return control.hasAttribute('checked') ? [control.getAttribute('value') ?? 'on'] : []
  }
  if (control.tagName === 'SELECT')
    return chosenIn(control).map((option) => option.getAttribute('value') ?? wordsOf(option))
  return kind === 'file' || kind === 'reset' ? [] : [textOf(control)]
}

// What a person changes is kept in the attributes a page came with: they are all this desk reads.

const textOf = (field: HTMLElement): string =>
  field.tagName === 'SELECT'
    ? (chosenIn(field)[0]?.getAttribute('value') ?? '')
    : field.tagName === 'TEXTAREA'
      ? (field.getAttribute('value') ?? field.textContent)
      : (field.getAttribute('value') ?? '')

const write = (field: HTMLElement, text: string): void => void field.setAttribute('value', text)

function toggle(element: HTMLElement, attribute: string, on = !element.hasAttribute(attribute)): void {
  if (on) element.setAttribute(attribute, '')
  else element.removeAttribute(attribute)
}

/** A list to choose one of has its first option chosen until another is. */
function chosenIn(field: HTMLElement): readonly HTMLElement[] {
  const options = field.querySelectorAll('option')
  const chosen = options.filter((option) => option.hasAttribute('selected'))
  return field.hasAttribute('multiple') || chosen.length > 0 ? chosen : options.slice(0, 1)
}

function select(option: HTMLElement): void {
  const field = option.closest('select')
  if (field?.hasAttribute('multiple') === false) {
    for (const each of field.querySelectorAll('option')) each.removeAttribute('selected')
  }
  option.setAttribute('selected', '')
}

function multipart(fields: readonly (readonly [string, string])[]): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}
