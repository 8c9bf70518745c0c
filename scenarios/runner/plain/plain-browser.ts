import { CookieJar } from 'tough-cookie'

/** One request as a browser without scripts makes it. */
export interface PlainRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  /** The page whose form or link it is. */
  readonly from?: URL | undefined
  readonly body?: URLSearchParams | FormData | undefined
}

export interface PlainAnswer {
  /** Of the last request: a redirect after a form is fetched with GET. */
  readonly method: PlainRequest['method']
  readonly url: URL
  readonly status: number
  readonly contentType: string
  readonly text: string
}

/** A browser without scripts and windows: keeps cookies and follows redirects. Several desks share one, as tabs do. */
export interface PlainBrowser {
  /** @throws when an address is not of the kit, redirects go round in a circle, or nobody answers. */
  load(request: PlainRequest): Promise<PlainAnswer>
}

const MOST_REDIRECTS = 20

/**
 * A server may close a connection that lay idle at the moment it is used again; the request was then not taken, and goes
 * over a new one, as in browsers.
 */
async function send(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (!isClosedByServer(error)) throw error
    return fetch(url, init)
  }
}

function isClosedByServer(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : undefined
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET'
}

/** @param origins Of the kit's systems. It goes nowhere else, whatever a page links to. */
export function createPlainBrowser(origins: readonly string[]): PlainBrowser {
  const jar = new CookieJar()

  async function once({ method, url, from, body }: PlainRequest): Promise<Response> {
    if (!origins.includes(url.origin)) throw new Error(`${url.href} is no address of the kit.`)
    const cookie = await jar.getCookieString(url.href)
    const answer = await send(url, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'text/html,application/xhtml+xml',
        'accept-language': 'en-US',
        ...(cookie === '' ? {} : { cookie }),
        ...(from === undefined ? {} : { referer: from.href }),
        ...(method === 'POST' && from !== undefined ? { origin: from.origin } : {}),
      },
      ...(body === undefined ? {} : { body }),
    })
    for (const line of answer.headers.getSetCookie()) await jar.setCookie(line, url.href, { ignoreError: true })
    return answer
  }

  return {
    async load(request) {
      let { url, method } = request
      let answer = await once(request)
      for (let hops = 0; hops < MOST_REDIRECTS; hops += 1) {
        const location = answer.headers.get('location')
        if (location === null || answer.status < 300 || answer.status >= 400) {
          const contentType = answer.headers.get('content-type') ?? ''
          return { method, url, status: answer.status, contentType, text: await answer.text() }
        }
        await answer.arrayBuffer()
        const from = url
        url = new URL(location, url)
        method = 'GET'
        answer = await once({ method: 'GET', url, from })
      }
      throw new Error(`${request.url.href} was redirected more than ${MOST_REDIRECTS} times, the last to ${url.href}.`)
    },
  }
}
