import http from 'node:http'
import type https from 'node:https'
import net, { type Socket } from 'node:net'
import type { LocalTls } from '#kit/tls/open-tls.ts'

/** First byte of a TLS connection: a record of type handshake (RFC 8446 §5.1). No method of HTTP begins with it. */
const HANDSHAKE = 22

/** The part of a web server that whoever listens needs. */
export interface SecurePort {
  once(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown
  listen(port: number, host: string, listening: () => void): unknown
  address(): net.AddressInfo | string | null
  close(closed: () => void): unknown
  closeAllConnections(): void
}

/**
 * A port that hands what begins as TLS to `web`, and tells whoever speaks plain http there what to do instead: a browser is sent on, a
 * program is told, since a client that follows redirects with its secrets should be corrected. The certificate is renewed when its time
 * is near.
 */
export function createSecurePort(web: https.Server, tls: LocalTls): SecurePort {
  const plain = http.createServer(tellHttps)
  const sockets = new Set<Socket>()
  const port = net.createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // Who hangs up before it has spoken is no concern of anybody.
    socket.on('error', () => socket.destroy())
    socket.setTimeout(web.headersTimeout, () => socket.destroy())
    socket.once('readable', () => void handOver(socket))
  })

  async function handOver(socket: Socket): Promise<void> {
    const chunk: Buffer | null = socket.read()
    if (chunk === null) return
    socket.setTimeout(0)
    socket.removeAllListeners('timeout')
    const isTls = chunk[0] === HANDSHAKE
    // A renewal that fails is tried again at the next connection; the certificate is good for days yet.
    const identity = isTls ? await tls.renewed().catch(() => undefined) : undefined
    if (identity !== undefined) web.setSecureContext(identity)
    if (socket.destroyed) return
    socket.unshift(chunk)
    ;(isTls ? web : plain).emit('connection', socket)
  }

  return {
    once: (event, listener) => port.once(event, listener),
    listen: (number, host, listening) => port.listen(number, host, listening),
    address: () => port.address(),
    close: (closed) => port.close(closed),
    closeAllConnections() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

function tellHttps(req: http.IncomingMessage, res: http.ServerResponse): void {
  const { host } = req.headers
  const here = host === undefined ? undefined : `https://${host}${req.url ?? '/'}`
  const target = here !== undefined && URL.canParse(here) ? new URL(here) : undefined
  const isPage = req.method === 'GET' && /\btext\/html\b/.test(req.headers.accept ?? '')
  const words = `This port speaks https: begin the address with https://${target === undefined ? '' : `, as in ${target.origin}`}.\n`
  res.writeHead(target !== undefined && isPage ? 307 : 400, {
    'content-type': 'text/plain; charset=utf-8',
    connection: 'close',
    ...(target !== undefined && isPage ? { location: target.href } : {}),
  })
  res.end(words)
}
