/**
 * Somebody with a browser without scripts: keeps cookies, follows redirects, follows links by their words, and sends forms as a
 * browser would: with what is typed, ticked and chosen, controls elsewhere on the page that name the form included.
 */
export interface Visitor {
  /** Address below the origin, of the page shown. */
  readonly path: string
  readonly status: number
  readonly html: string
  /** The `h1`. */
  readonly title: string
  /** Words of the page, tags removed, blanks folded. */
  readonly text: string
  open(path: string): Promise<void>
  /** Follow the first link with these words or this accessible name. */
  follow(words: string): Promise<void>
  /**
   * Send the form whose action ends with `actionEnd`. `fields` overwrite what the page holds; a list sends a field several
   * times, an empty list not at all.
   */
  submit(
    actionEnd: string,
    fields?: Readonly<Record<string, string | readonly string[]>>,
    options?: { readonly headers?: Readonly<Record<string, string>> },
  ): Promise<void>
  /** Post to an address without a page: for forged requests. */
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<void>
  /** What a field of the page holds; `undefined` when there is none. */
  valueOf(name: string): string | undefined
  /** The link's address, `undefined` when there is none with these words. */
  linkTo(words: string): string | undefined
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

const plain = (text: string): string =>
  text.replace(/&([a-z]+|#\d+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
const wordsOf = (html: string): string =>
  plain(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag)
  return value === null ? undefined : plain(value[1] ?? '')
}

interface Control {
  readonly name: string
  readonly value: string
}

/** Names and values a browser would send of these controls, buttons apart. */
function controlsOf(html: string, belongs: (tag: string) => boolean): readonly Control[] {
  const found: Control[] = []
  const tags = /<(input|textarea|select)\b[^>]*>(?:([\s\S]*?)<\/\1>)?/g
  for (const [whole, kind = '', inner = ''] of html.matchAll(tags)) {
    const tag = whole.slice(0, whole.indexOf('>') + 1)
    const name = attribute(tag, 'name')
    if (name === undefined || !belongs(tag) || attribute(tag, 'disabled') !== undefined) continue
    if (kind === 'textarea') found.push({ name, value: plain(inner) })
    else if (kind === 'select') {
      const options = [...inner.matchAll(/<option\b[^>]*>/g)].map(([option]) => option)
      const chosen = options.find((option) => attribute(option, 'selected') !== undefined) ?? options[0]
      found.push({ name, value: (chosen && attribute(chosen, 'value')) ?? '' })
    } else {
      const type = attribute(tag, 'type')
      const isBox = type === 'checkbox' || type === 'radio'
      if (isBox && attribute(tag, 'checked') === undefined) continue
      found.push({ name, value: attribute(tag, 'value') ?? (isBox ? 'on' : '') })
    }
  }
  return found
}

export function createVisitor(origin: string): Visitor {
  const cookies = new Map<string, string>()
  let shown = { url: new URL(origin), status: 0, html: '' }

  const keep = (response: Response): void => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const at = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/'
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      const isGone = attributes.some((each) => /^expires=Thu, 01 Jan 1970/i.test(each))
      if (isGone || value === '') cookies.delete(`${name} ${at}`)
      else cookies.set(`${name} ${at}`, value)
    }
  }
  const cookieHeader = (path: string): string =>
    [...cookies]
      .filter(([key]) => path.startsWith(key.slice(key.indexOf(' ') + 1)))
      .map(([key, value]) => `${key.slice(0, key.indexOf(' '))}=${value}`)
      .join('; ')

  const request = async (address: string, init: RequestInit = {}): Promise<void> => {
    let url = new URL(address, shown.url)
    let next = init
    for (let hops = 0; hops < 15; hops += 1) {
      const headers = {
        accept: 'text/html',
        ...(next.headers as Record<string, string>),
        cookie: cookieHeader(url.pathname),
      }
      const response = await fetch(url, { ...next, redirect: 'manual', headers })
      keep(response)
      const location = response.headers.get('location')
      if (location === null) {
        shown = { url, status: response.status, html: await response.text() }
        return
      }
      url = new URL(location, url)
      next = {}
    }
    throw new Error(`Too many redirects, last to ${url.href}.`)
  }

  const send = (path: string, body: URLSearchParams, headers: Readonly<Record<string, string>>): Promise<void> =>
    request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin, ...headers },
      body: body.toString(),
    })

  const titleOf = (): string => wordsOf(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(shown.html)?.[1] ?? '')

  const linkTo = (words: string): string | undefined => {
    for (const [whole, inner = ''] of shown.html.matchAll(/<a\b[^>]*>([\s\S]*?)<\/a>/g)) {
      const tag = whole.slice(0, whole.indexOf('>') + 1)
      if (wordsOf(inner) === words || attribute(tag, 'aria-label') === words) return attribute(tag, 'href')
    }
    return undefined
  }

  return {
    get path() {
      return shown.url.pathname + shown.url.search
    },
    get status() {
      return shown.status
    },
    get html() {
      return shown.html
    },
    get title() {
      return titleOf()
    },
    get text() {
      return wordsOf(shown.html)
    },
    open: (path) => request(new URL(path, origin).href),
    linkTo,
    async follow(words) {
      const href = linkTo(words)
      if (href === undefined) throw new Error(`No link "${words}" on "${titleOf()}": ${wordsOf(shown.html)}`)
      await request(href)
    },
    async submit(actionEnd, fields = {}, { headers = {} } = {}) {
      const forms = [...shown.html.matchAll(/<form\b[^>]*>([\s\S]*?)<\/form>/g)].map(([whole, inner = '']) => ({
        tag: whole.slice(0, whole.indexOf('>') + 1),
        inner,
      }))
      const form = forms.find(({ tag }) => attribute(tag, 'action')?.endsWith(actionEnd))
      if (form === undefined)
        throw new Error(`No form ends with ${actionEnd} on "${titleOf()}": ${wordsOf(shown.html)}`)
      const id = attribute(form.tag, 'id')
      const controls = [
        ...controlsOf(form.inner, (tag) => attribute(tag, 'form') === undefined),
        ...(id === undefined ? [] : controlsOf(shown.html, (tag) => attribute(tag, 'form') === id)),
      ].filter(({ name }) => !(name in fields))
      const body = new URLSearchParams(controls.map(({ name, value }) => [name, value]))
      for (const [name, value] of Object.entries(fields)) {
        for (const each of typeof value === 'string' ? [value] : value) body.append(name, each)
      }
      const action = attribute(form.tag, 'action') ?? ''
      if (attribute(form.tag, 'method') === 'get') await request(`${action}?${body}`)
      else await send(action, body, headers)
    },
    post: (path, fields, headers = {}) => send(new URL(path, origin).href, new URLSearchParams(fields), headers),
    valueOf: (name) => controlsOf(shown.html, () => true).find((control) => control.name === name)?.value,
  }
}
