import https from 'node:https'
import { Readable } from 'node:stream'
import { isLoopback } from './origins.ts'

/** `fetch`, for addresses in one text or one value. */
export type LocalFetch = (url: string | URL, init?: RequestInit) => Promise<Response>

const MOST_REDIRECTS = 20
const NO_BODY = new Set([204, 205, 304])

/**
 * A `fetch` that trusts the local authority `ca` (PEM) for https on this machine, and is the platform's own for everything else. The
 * platform's reads its certificates when the process starts, so it cannot be told of an authority made later.
 *
 * @returns the platform's `fetch` when there is no authority.
 */
export function createLocalFetch(ca: string | undefined): LocalFetch {
  if (ca === undefined) return (url, init) => fetch(url, init)
  const agent = new https.Agent({ ca, keepAlive: true })

  async function send(url: string | URL, init: RequestInit, hops: number): Promise<Response> {
    const target = new URL(url)
    if (target.protocol !== 'https:' || !isLoopback(target.hostname)) return fetch(target, init)
    const request = new Request(target, init)
    const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer())
    const answer = await exchange(agent, target, request, body)
    const location = answer.headers.get('location')
    if (request.redirect === 'manual' || location === null || answer.status < 300 || answer.status >= 400) return answer
    if (request.redirect === 'error') throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') })
    await answer.body?.cancel()
    if (hops === MOST_REDIRECTS) throw new TypeError('fetch failed', { cause: new Error('redirect count exceeded') })
    return send(...afterRedirect(new URL(location, target), answer.status, request, body), hops + 1)
  }

  return (url, init = {}) => send(url, init, 0)
}

/** What to ask next, as browsers do (Fetch standard, HTTP-redirect fetch): a form that was taken is followed by a look. */
function afterRedirect(
  next: URL,
  status: number,
  request: Request,
  body: Buffer | undefined,
): readonly [URL, RequestInit] {
  const headers = new Headers(request.headers)
  if (next.origin !== new URL(request.url).origin) headers.delete('authorization')
  const becomesGet = status === 303 || ((status === 301 || status === 302) && request.method === 'POST')
  if (becomesGet) for (const name of ['content-type', 'content-length']) headers.delete(name)
  const method = becomesGet ? 'GET' : request.method
  const again = { headers, method, signal: request.signal }
  return [next, becomesGet || body === undefined ? again : { ...again, body: new Uint8Array(body) }]
}

function exchange(agent: https.Agent, target: URL, request: Request, body: Buffer | undefined): Promise<Response> {
  const { signal } = request
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const call = https.request(
      target,
      {
        agent,
        method: request.method,
        signal,
        headers: {
          ...Object.fromEntries(request.headers),
          ...(body === undefined ? {} : { 'content-length': String(body.length) }),
        },
      },
      (answer) => {
        const headers = new Headers()
        for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2) {
          headers.append(answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? '')
        }
        const status = answer.statusCode ?? 0
        const isEmpty = NO_BODY.has(status) || request.method === 'HEAD'
        if (isEmpty) answer.resume()
        const stream = isEmpty ? null : (Readable.toWeb(answer) as unknown as ReadableStream<Uint8Array>)
        resolve(new Response(stream, { status, statusText: answer.statusMessage ?? '', headers }))
      },
    )
    call.on('error', (error) =>
      reject(signal.aborted ? signal.reason : new TypeError('fetch failed', { cause: error })),
    )
    call.end(body)
  })
}
