import { CookieJar } from 'tough-cookie'
import { createLocalFetch, type LocalFetch } from '#kit/http/local-fetch.ts'

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
  /** Note its cookies; the function it gives puts them back. */
  bookmark(): () => void
}

const MOST_REDIRECTS = 20

/**
 * @param origins Of the kit's systems. It goes nowhere else, whatever a page links to.
 * @param fetch That of the kit, which trusts its CA.
 */
export function createPlainBrowser(
  origins: readonly string[],
  fetch: LocalFetch = createLocalFetch(undefined),
): PlainBrowser {
  let jar = new CookieJar()

  async function once({ method, url, from, body }: PlainRequest): Promise<Response> {
    if (!origins.includes(url.origin)) throw new Error(`${url.href} is no address of the kit.`)
    const cookie = await jar.getCookieString(url.href)
    const answer = await fetch(url, {
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
    bookmark() {
      const noted = jar.cloneSync()
      return () => {
        jar = noted?.cloneSync() ?? new CookieJar()
      }
    },
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
