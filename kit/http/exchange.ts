import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { createSecureContext, rootCertificates } from 'node:tls'
import { OutboundFailure, type OutboundRequest, type OutboundResponse } from './outbound.ts'

/** Largest answer that is read, bytes. */
const MAX_RESPONSE_BYTES = 5_000_000

/** Open connections to one server at a time. */
const MAX_SOCKETS = 64

/** The connections that are kept between exchanges. */
export interface OutboundAgents {
  readonly 'http:': http.Agent
  readonly 'https:': https.Agent
}

/** @param ca An authority to trust besides the usual ones, PEM. */
export function createAgents(ca?: string): OutboundAgents {
  const options = { keepAlive: true, maxSockets: MAX_SOCKETS }
  // Made once: reading all authorities anew for every connection takes longer than the connection.
  const trust = ca === undefined ? {} : { secureContext: createSecureContext({ ca: [ca, ...rootCertificates] }) }
  return {
    'http:': new http.Agent(options),
    'https:': new https.Agent({ ...options, ...trust }),
  }
}

/** `localhost` without asking a resolver; the server may listen on either family. */
const lookupLoopback: LookupFunction = (_hostname, options, callback) => {
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]
  if (options.all === true) callback(null, addresses)
  else if (options.family === 6) callback(null, '::1', 6)
  else callback(null, '127.0.0.1', 4)
}

/**
 * One exchange over `agents`. @throws {OutboundFailure} `timeout`, `connection` or `protocol`; any status is an answer.
 */
export function exchange(
  agents: OutboundAgents,
  url: URL,
  request: OutboundRequest,
  headers: Record<string, string>,
): Promise<OutboundResponse> {
  const secure = url.protocol === 'https:'
  return new Promise((settle, fail) => {
    const ended = new AbortController()
    const timer = setTimeout(
      () => stop(new OutboundFailure('timeout', `No answer from ${url.host} within ${request.timeoutMs} ms.`)),
      request.timeoutMs,
    )
    const onAbort = (): void =>
      stop(new OutboundFailure('timeout', `The call to ${url.host} was ended before an answer came.`))
    const clear = (): void => {
      clearTimeout(timer)
      request.signal?.removeEventListener('abort', onAbort)
    }
    const stop = (failure: OutboundFailure): void => {
      clear()
      fail(failure)
      ended.abort()
    }
    if (request.signal?.aborted) return onAbort()
    request.signal?.addEventListener('abort', onAbort, { once: true })

    const call = (secure ? https : http).request(
      url,
      {
        method: request.method,
        headers,
        agent: secure ? agents['https:'] : agents['http:'],
        signal: ended.signal,
        ...(url.hostname === 'localhost' ? { lookup: lookupLoopback } : {}),
      },
      (answer) => {
        const chunks: Buffer[] = []
        let bytes = 0
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          if (bytes > MAX_RESPONSE_BYTES) {
            stop(
              new OutboundFailure('protocol', `The answer of ${url.host} is larger than ${MAX_RESPONSE_BYTES} bytes.`),
            )
            return
          }
          chunks.push(chunk)
        })
        answer.on('error', (error) => stop(failureOf(error, url)))
        answer.on('end', () => {
          clear()
          settle({
            status: answer.statusCode ?? 0,
            headers: flatten(answer.headers),
            body: Buffer.concat(chunks).toString('utf8'),
          })
        })
      },
    )
    call.on('error', (error) => stop(failureOf(error, url)))
    call.end(request.body)
  })
}

function failureOf(error: Error, url: URL): OutboundFailure {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code.startsWith('HPE_')) {
    return new OutboundFailure('protocol', `${url.host} did not answer in HTTP.`, { cause: error })
  }
  const reason = CONNECTION_WORDS[code] ?? 'the connection failed'
  return new OutboundFailure('connection', `${url.host}: ${reason}.`, { cause: error })
}

const CONNECTION_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed before an answer came',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  EPROTO: 'it does not speak https',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak https',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}
