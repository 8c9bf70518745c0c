import type { IncomingMessage } from 'node:http'
import { stringify } from 'node:querystring'

/**
 * The request with its body readable again. A form parser in front of the provider has consumed the stream; the provider
 * wants to read it itself, so it is given the parsed fields and what else it asks of a request. (A second `IncomingMessage` would close the
 * connection when it ends; a stream of one piece costs more than the rest of reading it.)
 */
export function withBody(req: IncomingMessage): IncomingMessage {
  const body: unknown = 'body' in req ? req.body : undefined
  if (!req.readableEnded || typeof body !== 'object' || body === null) return req
  const bytes = Buffer.from(stringify(body as Record<string, string | string[]>))
  const { method, httpVersion, socket } = req
  const headers = { ...req.headers, 'content-length': String(bytes.byteLength) }
  return {
    method,
    httpVersion,
    socket,
    headers,
    url: req.url,
    readable: true,
    readableEncoding: null,
    iterator: () => [bytes],
  } as unknown as IncomingMessage
}
