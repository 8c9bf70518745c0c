import { type Answer, call } from '#kit/test/call.ts'

/** A page as somebody without scripts sees it. */
export interface Page {
  readonly status: number
  readonly url: URL
  /** The `h1`. */
  readonly title: string
  /** Words without markup. */
  readonly text: string
  readonly html: string
}

/** Where a redirect led away from the site. */
export interface Left {
  readonly status: number
  readonly location: URL
}

/** A browser without scripts: cookies, redirects on its own site, forms sent as they stand. */
export interface Browser {
  /** @throws when a redirect leads away. */
  go(path: string): Promise<Page>
  /** Go where a redirect leads away from the site. @throws when it does not. */
  leave(path: string): Promise<Left>
  /** Send the form of `page` that posts to `action`, with its hidden fields and these. @throws when there is none. */
  submit(page: Page, action: string, fields?: Readonly<Record<string, string>>): Promise<Page>
  /** Any request with the cookies, no redirects followed. */
  raw(method: string, path: string, fields?: Readonly<Record<string, string>>, headers?: object): Promise<Answer>
  /** The value of the session's cookie. */
  session(): string | undefined
  /** The same cookies in another browser: what a thief of a cookie has. */
  copy(): Browser
}

export function createBrowser(origin: string, cookies: ReadonlyMap<string, string> = new Map()): Browser {
  const jar = new Map(cookies)
  const address = origin.replace('localhost', '127.0.0.1')

  async function raw(
    method: string,
    path: string,
    fields?: Readonly<Record<string, string>>,
    headers: object = {},
  ): Promise<Answer> {
    const answer = await call(`${address}${path}`, {
      method,
      headers: {
        host: new URL(origin).host,
        accept: 'text/html',
        ...(jar.size === 0 ? {} : { cookie: Array.from(jar, ([name, value]) => `${name}=${value}`).join('; ') }),
        ...(fields === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin }),
        ...headers,
      },
      ...(fields === undefined ? {} : { body: new URLSearchParams(fields).toString() }),
    })
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }

  /** Follow redirects on the site. */
  async function follow(method: string, path: string, fields?: Readonly<Record<string, string>>): Promise<Page | Left> {
    const answer = await raw(method, path, fields)
    const { location } = answer.headers
    if (location === undefined) return pageOf(answer, new URL(path, origin))
    const next = new URL(location, new URL(path, origin))
    return next.origin === origin
      ? follow('GET', `${next.pathname}${next.search}`)
      : { status: answer.status, location: next }
  }

  async function toPage(method: string, path: string, fields?: Readonly<Record<string, string>>): Promise<Page> {
    const found = await follow(method, path, fields)
    if ('location' in found) throw new Error(`${path} led away to ${found.location}`)
    return found
  }

  return {
    raw,
    go: (path) => toPage('GET', path),
    async leave(path) {
      const found = await follow('GET', path)
      if ('location' in found) return found
      throw new Error(`${path} stayed: ${found.status} ${found.title} ${found.text}`)
    },
    submit(page, action, fields = {}) {
      const form = page.html.match(new RegExp(`<form[^>]*action="${action}"[^>]*>.*?</form>`, 's'))?.[0]
      if (form === undefined) throw new Error(`"${page.title}" has no form that posts to ${action}`)
      return toPage('POST', action, { ...fieldsOf(form), ...fields })
    },
    session: () => jar.get('dialpad_session'),
    copy: () => createBrowser(origin, jar),
  }
}

/** What a form sends untouched: hidden fields, texts, selected options, ticked choices. */
export function fieldsOf(form: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const { name, value = '', type } = attributes(tag)
    const isOff = (type === 'radio' || type === 'checkbox') && !/\schecked\b/.test(tag)
    if (name !== undefined && !isOff) fields[name] = value
  }
  for (const [, head = '', body = ''] of form.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
    const { name } = attributes(head)
    const selected = [...body.matchAll(/<option\b[^>]*>/g)].find(([tag]) => /\sselected\b/.test(tag))
    if (name !== undefined && selected !== undefined) fields[name] = attributes(selected[0]).value ?? ''
  }
  return fields
}

function attributes(tag: string): { name?: string; value?: string; type?: string } {
  return Object.fromEntries(
    [...tag.matchAll(/\b(name|value|type)="([^"]*)"/g)].map(([, name, value = '']) => [name, plain(value)]),
  )
}

function pageOf(answer: Answer, url: URL): Page {
  const body = answer.text.replace(/<head>.*?<\/head>/s, '')
  return {
    status: answer.status,
    url,
    title: words(/<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1] ?? ''),
    text: words(body),
    html: answer.text,
  }
}

function words(html: string): string {
  return plain(html.replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
