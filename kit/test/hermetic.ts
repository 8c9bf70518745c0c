import { Socket } from 'node:net'

/**
 * Refuse any TCP connection beyond this machine while tests run, so that no test can depend on the network.
 * Installed by `vitest.config.ts` in every worker, once however many files it runs.
 */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1'])

const { connect } = Socket.prototype

if (connect.name !== hermeticConnect.name) Socket.prototype.connect = hermeticConnect as typeof connect

function hermeticConnect(this: Socket, ...args: unknown[]): Socket {
  const target = Array.isArray(args[0]) ? args[0][0] : args[0]
  const host = typeof target === 'object' && target !== null && 'host' in target ? target.host : undefined
  if (typeof host === 'string' && !LOOPBACK.has(host)) {
    throw new Error(`A test tried to connect to ${host}. Tests stay on this machine; use a server on 127.0.0.1.`)
  }
  return Reflect.apply(connect, this, args) as Socket
}
