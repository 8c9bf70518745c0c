import { type Answer, call } from './call.ts'
import { type Document, readDocument } from './html.ts'

/** A page as somebody without scripts sees it. */
export interface Page extends Pick<Document, 'title' | 'text' | 'linkTo' | 'valueOf' | 'form'> {
  readonly kind: 'page'
  readonly url: URL
  readonly status: number
  readonly html: string
}

/** A redirect that leads away from the site: a test looks at it, nobody needs to listen there. */
export interface Left {
  readonly kind: 'left'
  readonly url: URL
}

export type Visit = Page | Left

/** What replaces a form's own fields: a list sends a field several times, `undefined` and an empty list not at all. */
export type Typed = Readonly<Record<string, string | readonly string[] | undefined>>

export type Headers = Readonly<Record<string, string>>

/** Keeps cookies, follows the redirects of its site, and sends forms as their page holds them, with an `Origin`. */
export interface Browser {
  readonly origin: string
  /** Values by `{name} {path}`. */
  readonly cookies: Map<string, string>
  /** The value of the cookie of this name, whatever its path. */
  cookie(name: string): string | undefined
  /** Open an address of the site, absolute or below its origin. */
  visit(address: string | URL): Promise<Visit>
  /** The same. @throws when a redirect leads away. */
  go(address: string | URL): Promise<Page>
  /** The address away from the site that a redirect leads to. @throws when none does. */
  leave(address: string | URL): Promise<URL>
  /** Send the form of `page` whose action is or ends with `actionEnd`. @throws when there is none. */
  send(page: Visit, actionEnd: string, typed?: Typed, headers?: Headers): Promise<Visit>
  /** The same. @throws when a redirect leads away. */
  submit(page: Visit, actionEnd: string, typed?: Typed, headers?: Headers): Promise<Page>
  /** Post without a page, for forged requests; redirects are followed. */
  post(address: string | URL, typed: Typed, headers?: Headers): Promise<Visit>
  /** One request with the cookies, no redirects followed. */
  raw(method: string, address: string | URL, typed?: Typed, headers?: Headers): Promise<Answer>
  /** The same cookies in another browser: what a thief of a cookie has. */
  copy(): Browser
}

const MOST_REDIRECTS = 15

/** @param origin The site, `http://{host}:{port}`. It is reached on the loopback address whatever its name. */
export function createBrowser(origin: string, held: ReadonlyMap<string, string> = new Map()): Browser {
  const cookies = new Map(held)
  const { host, port } = new URL(origin)

  const raw: Browser['raw'] = async (method, address, typed, headers = {}) => {
    const url = new URL(address, origin)
    const cookie = cookieHeader(cookies, url.pathname)
    const form = typed === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin }
    const answer = await call(`http://127.0.0.1:${port}${url.pathname}${url.search}`, {
      method,
      headers: { host, accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...form, ...headers },
      ...(typed === undefined ? {} : { body: encode([], typed).toString() }),
    })
    keepCookies(cookies, answer.headers['set-cookie'] ?? [])
    return answer
  }

  async function follow(method: string, address: string | URL, typed?: Typed, headers?: Headers): Promise<Visit> {
    let url = new URL(address, origin)
    if (url.origin !== origin) return { kind: 'left', url }
    let answer = await raw(method, url.href, typed, headers)
    for (let hops = 0; hops < MOST_REDIRECTS; hops += 1) {
      const { location } = answer.headers
      if (location === undefined) return pageFrom(url, answer)
      url = new URL(location, url)
      if (url.origin !== origin) return { kind: 'left', url }
      answer = await raw('GET', url.href)
    }
    throw new Error(`Too many redirects, the last to ${url.href}.`)
  }

  const send: Browser['send'] = (visit, actionEnd, typed = {}, headers) => {
    const page = pageOf(visit)
    const form = page.form(actionEnd)
    if (form === undefined) throw new Error(`No form ends with ${actionEnd} on "${page.title}": ${page.text}`)
    const fields = form.fields.filter(([name]) => !(name in typed))
    const action = new URL(form.action, page.url)
    if (form.method === 'post') return follow('POST', action.href, byName(fields, typed), headers)
    action.search = encode(fields, typed).toString()
    return follow('GET', action.href)
  }

  return {
    origin,
    cookies,
    cookie: (name) => [...cookies].find(([key]) => key.startsWith(`${name} `))?.[1],
    visit: (address) => follow('GET', address),
    go: async (address) => pageOf(await follow('GET', address)),
    leave: async (address) => leftFor(await follow('GET', address)),
    send,
    submit: async (...form) => pageOf(await send(...form)),
    post: (address, typed, headers) => follow('POST', address, typed, headers),
    raw,
    copy: () => createBrowser(origin, cookies),
  }
}

/** The page of a visit. @throws when the browser has left. */
export function pageOf(visit: Visit): Page {
  if (visit.kind === 'left') throw new Error(`Expected a page, but the browser left for ${visit.url.href}.`)
  return visit
}

/** The address the browser left for. @throws when it shows a page. */
export function leftFor(visit: Visit): URL {
  if (visit.kind === 'left') return visit.url
  throw new Error(`Expected to leave, but "${visit.title}" is shown (${visit.status}): ${visit.text}`)
}

function pageFrom(url: URL, answer: Answer): Page {
  return { kind: 'page', url, status: answer.status, html: answer.text, ...readDocument(answer.text) }
}

function encode(fields: readonly (readonly [string, string])[], typed: Typed): URLSearchParams {
  const body = new URLSearchParams(fields.map(([name, value]) => [name, value]))
  for (const [name, value = []] of Object.entries(typed)) {
    for (const each of typeof value === 'string' ? [value] : value) body.append(name, each)
  }
  return body
}

function byName(fields: readonly (readonly [string, string])[], typed: Typed): Typed {
  const all: Record<string, string[]> = {}
  for (const [name, value] of fields) all[name] = [...(all[name] ?? []), value]
  return { ...all, ...typed }
}

/** Keep what an answer sets; an empty value and a date of the epoch take a cookie away. */
function keepCookies(cookies: Map<string, string>, lines: readonly string[]): void {
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split('; ')
    const at = pair.indexOf('=')
    const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/'
    const key = `${pair.slice(0, at)} ${path}`
    const value = pair.slice(at + 1)
    const isGone = attributes.some((each) => /^(expires=Thu, 01 Jan 1970|max-age=0$)/i.test(each))
    if (isGone || value === '') cookies.delete(key)
    else cookies.set(key, value)
  }
}

/** Cookies whose path holds this one, longest path first (RFC 6265 §5.1.4, §5.4). */
function cookieHeader(cookies: ReadonlyMap<string, string>, path: string): string {
  return [...cookies]
    .map(([key, value]) => ({ name: key.slice(0, key.indexOf(' ')), path: key.slice(key.indexOf(' ') + 1), value }))
    .filter((each) => path === each.path || path.startsWith(each.path.endsWith('/') ? each.path : `${each.path}/`))
    .sort((one, other) => other.path.length - one.path.length)
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
}
