/**
 * A browser without scripts: keeps cookies, follows redirects, finds forms and sends them with an `Origin`. It stops where a
 * redirect leaves for an address nobody listens at (an application's callback) and tells that address.
 */

export interface Page {
  readonly url: string
  readonly status: number
  readonly html: string
  /** Text of the page, tags removed, blanks folded. */
  readonly text: string
  readonly title: string
}

export interface Stop {
  readonly kind: 'left'
  readonly url: URL
}

export type Visit = ({ readonly kind: 'page' } & Page) | Stop

interface FoundForm {
  readonly action: string
  readonly fields: Record<string, string>
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

function plain(text: string): string {
  return text.replace(/&([a-z]+|#\d+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : plain(value)
}

function formsOf(html: string): FoundForm[] {
  return [...html.matchAll(/<form\b[^>]*>([\s\S]*?)<\/form>/g)].map(([whole, inner = '']) => {
    const fields: Record<string, string> = {}
    for (const [tag] of inner.matchAll(/<input\b[^>]*>/g)) {
      const name = attribute(tag, 'name')
      const type = attribute(tag, 'type')
      if (name === undefined || type === 'checkbox') continue
      fields[name] = attribute(tag, 'value') ?? ''
    }
    return { action: attribute(whole.slice(0, whole.indexOf('>') + 1), 'action') ?? '', fields }
  })
}

export interface Browser {
  readonly cookies: Map<string, string>
  go(url: string): Promise<Visit>
  /** Send the form of `page` whose action ends with `actionEnd`, its fields overwritten by `fields`. */
  send(
    page: Visit,
    actionEnd: string,
    fields?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Visit>
}

/** @param home Origins that are followed; anything else is where the browser leaves. */
export function createBrowser(home: string): Browser {
  const cookies = new Map<string, string>()

  const keep = (response: Response): void => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const name = pair.slice(0, pair.indexOf('='))
      const value = pair.slice(pair.indexOf('=') + 1)
      const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/'
      const isGone = attributes.some((each) => /^expires=Thu, 01 Jan 1970/i.test(each))
      if (isGone || value === '') cookies.delete(`${name} ${path}`)
      else cookies.set(`${name} ${path}`, value)
    }
  }

  const cookieHeader = (path: string): string =>
    [...cookies]
      .filter(([key]) => {
        const at = key.slice(key.indexOf(' ') + 1)
        return at === '/' || path === at || path.startsWith(`${at}/`)
      })
      .sort(([one], [other]) => other.length - one.length)
      .map(([key, value]) => `${key.slice(0, key.indexOf(' '))}=${value}`)
      .join('; ')

  const follow = async (address: string, init: RequestInit = {}): Promise<Visit> => {
    let url = new URL(address)
    let request = init
    for (let hops = 0; hops < 15; hops += 1) {
      if (url.origin !== home) return { kind: 'left', url }
      const response = await fetch(url, {
        ...request,
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          ...(request.headers as Record<string, string>),
          cookie: cookieHeader(url.pathname),
        },
      })
      keep(response)
      const location = response.headers.get('location')
      if (location === null) {
        const html = await response.text()
        const text = plain(html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '))
        const title = plain(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? '')
        return { kind: 'page', url: url.href, status: response.status, html, text, title }
      }
      url = new URL(location, url)
      request = {}
    }
    throw new Error(`Too many redirects, last to ${url.href}.`)
  }

  return {
    cookies,
    go: (url) => follow(url),
    async send(page, actionEnd, fields = {}, headers = {}) {
      if (page.kind === 'left') throw new Error(`The browser has left for ${page.url.href}.`)
      const form = formsOf(page.html).find((each) => each.action.endsWith(actionEnd))
      if (form === undefined) throw new Error(`No form ends with ${actionEnd} on "${page.title}": ${page.text}`)
      return follow(new URL(form.action, page.url).href, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: home, ...headers },
        body: new URLSearchParams({ ...form.fields, ...fields }).toString(),
      })
    },
  }
}

/** The page of a visit. @throws when the browser has left. */
export function pageOf(visit: Visit): Page {
  if (visit.kind === 'left') throw new Error(`Expected a page, but the browser left for ${visit.url.href}.`)
  return visit
}

/** The address the browser left for. @throws when it shows a page. */
export function leftFor(visit: Visit): URL {
  if (visit.kind === 'page')
    throw new Error(`Expected to leave, but "${visit.title}" is shown (${visit.status}): ${visit.text}`)
  return visit.url
}
