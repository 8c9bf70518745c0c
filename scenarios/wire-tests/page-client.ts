/**
 * A browser without scripts for tests over HTTP: keeps the cookies of one host, follows redirects, finds a form on a page and
 * sends it the way its button would.
 */

export interface ShownPage {
  readonly url: string
  readonly status: number
  readonly html: string
  /** Words of the page, tags removed, blanks folded. */
  readonly text: string
  readonly title: string
}

export interface PageClient {
  open(path: string): Promise<ShownPage>
  /** Send the page's form whose action ends so; `fields` replaces what its fields hold, `undefined` leaves one out. */
  send(page: ShownPage, actionEnd: string, fields?: Readonly<Record<string, string | undefined>>): Promise<ShownPage>
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const plain = (text: string): string =>
  text.replace(/&([a-z]+|#\d+);/g, (whole, name: string) => ENTITIES[name] ?? whole)

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : plain(value)
}

/** Values a form would send: inputs, areas and chosen options, ticked boxes only; buttons send what `fields` says. */
function valuesOf(form: string): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const isBox = /\stype="(checkbox|radio)"/.test(tag)
    if (name === undefined || (isBox && !/\schecked(\s|>|=|\/)/.test(tag))) continue
    values[name] = attribute(tag, 'value') ?? (isBox ? 'on' : '')
  }
  for (const [area, text = ''] of form.matchAll(/<textarea\b[^>]*>([\s\S]*?)<\/textarea>/g)) {
    const name = attribute(area, 'name')
    if (name !== undefined) values[name] = plain(text)
  }
  for (const [select, inner = ''] of form.matchAll(/<select\b[^>]*>([\s\S]*?)<\/select>/g)) {
    const name = attribute(select.slice(0, select.indexOf('>') + 1), 'name')
    const options = [...inner.matchAll(/<option\b[^>]*>/g)].map(([tag]) => tag)
    const chosen = options.find((tag) => /\sselected(\s|>|=)/.test(tag)) ?? options[0]
    if (name !== undefined && chosen !== undefined) values[name] = attribute(chosen, 'value') ?? ''
  }
  return values
}

/** @param origin Every redirect stays there; leaving is a failure. */
export function createPageClient(origin: string): PageClient {
  const cookies = new Map<string, string>()

  function keep(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const at = pair.indexOf('=')
      const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/'
      cookies.set(`${pair.slice(0, at)} ${path}`, pair.slice(at + 1))
    }
  }

  function cookieHeader(path: string): string {
    return [...cookies]
      .filter(([key, value]) => value !== '' && path.startsWith(key.slice(key.indexOf(' ') + 1)))
      .map(([key, value]) => `${key.slice(0, key.indexOf(' '))}=${value}`)
      .join('; ')
  }

  async function follow(address: string, first: RequestInit = {}): Promise<ShownPage> {
    let url = new URL(address, origin)
    let init = first
    for (let hops = 0; hops < 15; hops += 1) {
      if (url.origin !== origin) throw new Error(`The page leads away, to ${url.href}.`)
      const headers = { accept: 'text/html', cookie: cookieHeader(url.pathname), ...(init.headers as object) }
      const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
      keep(answer)
      const location = answer.headers.get('location')
      if (location === null) {
        const html = await answer.text()
        const text = plain(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ')
        const title = plain(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? '')
        return { url: url.href, status: answer.status, html, text, title }
      }
      url = new URL(location, url)
      init = {}
    }
    throw new Error(`Too many redirects, the last to ${url.href}.`)
  }

  return {
    open: (path) => follow(path),
    async send(page, actionEnd, fields = {}) {
      const forms = page.html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)
      for (const [form] of forms) {
        const action = attribute(form.slice(0, form.indexOf('>') + 1), 'action') ?? ''
        if (!action.endsWith(actionEnd)) continue
        const values = Object.entries({ ...valuesOf(form), ...fields }).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        )
        return follow(new URL(action, page.url).href, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
          body: new URLSearchParams(values).toString(),
        })
      }
      throw new Error(`No form leads to ${actionEnd} on "${page.title}": ${page.text}`)
    },
  }
}
