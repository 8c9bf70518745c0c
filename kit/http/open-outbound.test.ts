import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runInContext } from '#kit/context.ts'
import { openJournal } from '#kit/journal/open-journal.ts'
import { type OpenedOutbound, openOutbound } from './open-outbound.ts'
import type { OutboundRequest } from './outbound.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'

type Handler = (req: IncomingMessage, res: ServerResponse, body: string) => void

let server: Server
let port: number
let handler: Handler
let outbound: OpenedOutbound
let hosts: string[]
let urls: Record<string, string>
const journal = () => log.read({}).items
let log: ReturnType<typeof openJournal>

beforeEach(async () => {
  handler = (req, res, body) => {
    res.setHeader('content-type', 'application/json')
    res.end(JSON.stringify({ method: req.method, url: req.url, headers: req.headers, body }))
  }
  server = createServer((req, res) => {
    let body = ''
    req.setEncoding('utf8')
    req.on('data', (chunk: string) => {
      body += chunk
    })
    req.on('end', () => handler(req, res, body))
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  port = (server.address() as AddressInfo).port
  hosts = []
  urls = { own: `http://localhost:${port}`, smtp: 'smtp://localhost:4025' }
  reopen()
})

afterEach(async () => {
  outbound.close()
  server.closeAllConnections()
  await new Promise((settle) => server.close(settle))
})

function reopen(): void {
  log = openJournal({
    system: 'sample',
    clock: { now: Date.now, iso: () => new Date().toISOString() },
    wall: Date.now,
    correlation: () => undefined,
  })
  outbound = openOutbound({
    urls,
    journal: log,
    aliases: () => ({ 'app.example': `http://localhost:${port}`, 'elsewhere.example': 'http://elsewhere.test' }),
    hosts: () => hosts,
  })
}

const send = (request: Partial<OutboundRequest>) =>
  outbound.send({ method: 'GET', url: `http://localhost:${port}/`, timeoutMs: 2000, ...request })

describe('send', () => {
  test('tells how long it took until the answer was there, whole', async () => {
    const begun = performance.now()
    await send({})
    const elapsed = performance.now() - begun
    const [entry] = journal()
    expect(entry?.durationMs).toBeGreaterThan(0)
    expect(entry?.durationMs).toBeLessThanOrEqual(elapsed + 0.1)
  })

  test('a call to the control API of one of our systems leaves no entry, by its own address or an alias', async () => {
    await send({ url: `http://localhost:${port}/_kit/health` })
    await send({ url: 'https://app.example/_kit' })
    expect(journal()).toEqual([])
    await send({ url: `http://localhost:${port}/_kitchen` })
    expect(journal()).toHaveLength(1)
  })

  test('an aliased host reaches the local origin, path and query kept', async () => {
    const answer = await send({
      method: 'POST',
      url: 'https://app.example/scim/Users?a=1',
      headers: { Authorization: 'Bearer TOP-SECRET', 'Content-Type': 'application/scim+json' },
      body: '{"userName":"ada","password":"TOP-SECRET"}',
      subject: 'ada',
    })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({
      method: 'POST',
      url: '/scim/Users?a=1',
      body: '{"userName":"ada","password":"TOP-SECRET"}',
      headers: { authorization: 'Bearer TOP-SECRET', host: `localhost:${port}`, 'content-length': '42' },
    })
    expect(journal()).toMatchObject([
      {
        kind: 'http-out',
        subject: 'ada',
        title: 'POST https://app.example/scim/Users → 200',
        request: { method: 'POST', url: 'https://app.example/scim/Users?a=1', bodyLength: 42 },
        response: { status: 200 },
      },
    ])
    expect(JSON.stringify(journal()[0]?.request)).not.toContain('TOP-SECRET')
  })

  test('a path that looks like a host stays a path', async () => {
    const answer = await send({ url: 'https://app.example//intranet.test/x?y' })
    expect(JSON.parse(answer.body).url).toBe('//intranet.test/x?y')
  })

  test('the trace goes to our own origins only', async () => {
    const own = await runInContext({ traceId: TRACE }, () => send({}))
    expect(JSON.parse(own.body).headers.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`))
    expect(journal()[0]?.correlationId).toBe(TRACE)
    urls = {}
    reopen()
    const other = await runInContext({ traceId: TRACE }, () => send({ url: `http://127.0.0.1:${port}/` }))
    expect(JSON.parse(other.body).headers.traceparent).toBeUndefined()
  })

  test.each([
    'http://intranet.test/',
    'https://8.8.8.8/',
    'http://0.0.0.0/',
    'http://[::ffff:127.0.0.1]/',
    'http://localhost.test/',
    'http://127.0.0.1.test/',
    'https://elsewhere.example/',
    'http://169.254.169.254/',
  ])('%s is not allowed, and nothing is sent', async (url) => {
    await expect(send({ url })).rejects.toMatchObject({ name: 'OutboundFailure', kind: 'refused' })
    expect(journal()).toMatchObject([
      { kind: 'http-out', title: expect.stringMatching(/→ not allowed$/), response: { error: expect.any(String) } },
    ])
  })

  test('a host the user added may be called; with a port, at that port only', async () => {
    hosts = ['intranet.test:8443']
    await expect(send({ url: 'http://intranet.test/' })).rejects.toMatchObject({ kind: 'refused' })
    hosts = ['intranet.test']
    // Allowed now: what refuses it here is the guard of the tests, which lets no connection leave the machine.
    await expect(send({ url: 'http://intranet.test/' })).rejects.not.toMatchObject({ kind: 'refused' })
  })

  test.each([
    ['not an address', 'complete web address'],
    ['ftp://localhost/', 'https:// or http://'],
    ['http://ada:secret@localhost/', 'user name or password'],
  ])('%s is refused as an address', async (url, words) => {
    await expect(send({ url })).rejects.toMatchObject({ kind: 'invalid-url', message: expect.stringContaining(words) })
    expect(JSON.stringify(journal())).not.toContain('secret')
  })

  test('a redirect is an answer, not followed', async () => {
    handler = (_req, res) => {
      res.writeHead(302, { location: 'http://intranet.test/' })
      res.end()
    }
    expect(await send({})).toMatchObject({ status: 302, headers: { location: 'http://intranet.test/' } })
  })

  test('nobody listening, an answer in no HTTP, a closed connection: told apart and journalled', async () => {
    await expect(send({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
      kind: 'connection',
      message: '127.0.0.1:1: connection refused.',
    })
    handler = (req) => req.socket.destroy()
    await expect(send({})).rejects.toMatchObject({ kind: 'connection' })
    const babble = createTcpServer((socket) => socket.end('220 mail ready\r\n'))
    await new Promise<void>((settle) => babble.listen(0, '127.0.0.1', settle))
    const address = babble.address() as AddressInfo
    await expect(send({ url: `http://127.0.0.1:${address.port}/` })).rejects.toMatchObject({ kind: 'protocol' })
    babble.close()
    expect(journal().map((entry) => entry.title.split(' → ')[1])).toEqual([
      'no connection',
      'no connection',
      'unreadable answer',
    ])
  })

  test('an answer that takes too long, or a call that is ended, is a time-out', async () => {
    handler = () => undefined
    await expect(send({ timeoutMs: 50 })).rejects.toMatchObject({ kind: 'timeout' })
    const stop = new AbortController()
    const call = send({ signal: stop.signal })
    setImmediate(() => stop.abort())
    await expect(call).rejects.toMatchObject({ kind: 'timeout' })
    await expect(send({ signal: stop.signal })).rejects.toMatchObject({ kind: 'timeout' })
  })

  test('an answer that stops half-way is a time-out too', async () => {
    handler = (_req, res) => {
      res.writeHead(200, { 'content-length': '10' })
      res.write('half')
    }
    await expect(send({ timeoutMs: 80 })).rejects.toMatchObject({ kind: 'timeout' })
  })

  test('an answer without end is cut off', async () => {
    handler = (_req, res) => {
      res.end(Buffer.alloc(6_000_000, 'x'))
    }
    await expect(send({})).rejects.toMatchObject({ kind: 'protocol', message: expect.stringContaining('larger than') })
  })

  test('a server that repeats the credential does not bring it into the journal', async () => {
    handler = (req, res) => {
      const [, token = ''] = (req.headers.authorization ?? '').split(' ')
      res.writeHead(400, { 'x-seen': token })
      res.end(JSON.stringify({ detail: `${token} is not good, ${token}` }))
    }
    await outbound.send({
      method: 'GET',
      url: `http://localhost:${port}/scim/Users`,
      headers: { Authorization: 'Bearer repeated-secret-4711' },
      timeoutMs: 1000,
    })
    const text = JSON.stringify(journal())
    expect(text).toContain('is not good')
    expect(text).not.toContain('repeated-secret-4711')
  })

  test('connections are kept and used again', async () => {
    const ports = new Set<number | undefined>()
    handler = (req, res) => {
      ports.add(req.socket.remotePort)
      res.end()
    }
    for (let n = 0; n < 5; n += 1) await send({})
    expect(ports.size).toBe(1)
  })
})
