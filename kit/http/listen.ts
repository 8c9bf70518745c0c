import http, { type RequestListener } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { LocalTls } from '#kit/tls/open-tls.ts'
import { createFittedMessages } from './fitted-messages.ts'
import { createSecurePort } from './secure-port.ts'

export interface ListenOptions {
  /** Name of the system, for messages. */
  readonly system: string
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** The environment variable that sets the port. */
  readonly variable: string
  /** Speak https with this certificate; plain http unless given. */
  readonly tls?: LocalTls | undefined
}

export interface Listener {
  readonly port: number
  /** Hand requests to `handler` from now on; before, every request is answered 503 `starting`. */
  attach(handler: RequestListener): void
  /** Stop listening and end open connections. */
  close(): Promise<void>
}

/** The system cannot listen where it should; `message` says what to change. */
export class ListenFailed extends Error {
  override readonly name = 'ListenFailed'
}

/**
 * How long an idle connection is kept, in wall milliseconds: longer than clients keep theirs, so that it is them who end it.
 * A server that ends it first may do so while a request is on its way.
 */
const KEEP_ALIVE_MS = 65_000

/** Listen at once, so that the origin is known before the services that need it are built. @throws {ListenFailed} */
export async function listen({ system, host, port, variable, tls }: ListenOptions): Promise<Listener> {
  let handler: RequestListener = (_req, res) => {
    res.writeHead(503, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1' })
    res.end(JSON.stringify({ status: 'starting', system }))
  }
  const messages = createFittedMessages()
  const answer: RequestListener = (req, res) => handler(req, res)
  const web =
    tls === undefined
      ? http.createServer(messages.options, answer)
      : https.createServer({ ...messages.options, ...tls.identity }, answer)
  web.keepAliveTimeout = KEEP_ALIVE_MS
  const server = web instanceof https.Server && tls !== undefined ? createSecurePort(web, tls) : web
  await new Promise<void>((settle, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(failureOf(error, { system, host, port, variable })))
    server.listen(port, host, settle)
  })
  const address = server.address() as AddressInfo
  return {
    port: address.port,
    attach(next) {
      messages.fit(next)
      handler = next
    },
    close: () =>
      new Promise((settle) => {
        server.close(() => settle())
        server.closeAllConnections()
      }),
  }
}

function failureOf(error: NodeJS.ErrnoException, { system, host, port, variable }: ListenOptions): ListenFailed {
  const options = { cause: error }
  switch (error.code) {
    case 'EADDRINUSE':
      return new ListenFailed(
        `${system} cannot start: port ${port} on ${host} is in use. Stop what uses it, or choose another port with ${variable}.`,
        options,
      )
    case 'EACCES':
      return new ListenFailed(
        `${system} cannot start: port ${port} needs special rights. Choose a port above 1023 with ${variable}.`,
        options,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ListenFailed(`${system} cannot start: ${host} is no address of this machine. Change HOST.`, options)
    default:
      return new ListenFailed(`${system} cannot listen on ${host}:${port}: ${error.message}`, options)
  }
}
