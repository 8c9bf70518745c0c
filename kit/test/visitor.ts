import { type Browser, createBrowser, type Headers, type Page, pageOf, type Typed, type Visit } from './browser.ts'

/** Somebody at one tab of a browser: reads the page shown, follows its links by their words, sends its forms. */
export interface Visitor {
  /** The page shown. @throws before the first is opened. */
  readonly page: Page
  /** Address below the origin, of the page shown. */
  readonly path: string
  readonly status: number
  readonly html: string
  readonly title: string
  readonly text: string
  open(address: string): Promise<void>
  /** Follow the first link with these words or this accessible name. */
  follow(words: string): Promise<void>
  /** Send the page's form whose action ends so. */
  submit(actionEnd: string, typed?: Typed, headers?: Headers): Promise<void>
  /** Post to an address without a page: for forged requests. */
  post(address: string, typed: Typed, headers?: Headers): Promise<void>
  /** What a field of the page holds; `undefined` when there is none. */
  valueOf(name: string): string | undefined
  /** The link's address, `undefined` when there is none with these words. */
  linkTo(words: string): string | undefined
}

export function createVisitor(origin: string, browser: Browser = createBrowser(origin)): Visitor {
  let shown: Page | undefined
  const page = (): Page => {
    if (shown === undefined) throw new Error('No page has been opened yet.')
    return shown
  }
  const show = async (visit: Promise<Visit>): Promise<void> => {
    shown = pageOf(await visit)
  }
  return {
    get page() {
      return page()
    },
    get path() {
      return page().url.pathname + page().url.search
    },
    get status() {
      return page().status
    },
    get html() {
      return page().html
    },
    get title() {
      return page().title
    },
    get text() {
      return page().text
    },
    open: (address) => show(browser.visit(address)),
    linkTo: (words) => page().linkTo(words),
    async follow(words) {
      const href = page().linkTo(words)
      if (href === undefined) throw new Error(`No link "${words}" on "${page().title}": ${page().text}`)
      await show(browser.visit(new URL(href, page().url).href))
    },
    submit: (actionEnd, typed, headers) => show(browser.send(page(), actionEnd, typed, headers)),
    post: (address, typed, headers) => show(browser.post(address, typed, headers)),
    valueOf: (name) => page().valueOf(name),
  }
}
