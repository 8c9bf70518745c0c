import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openOutbound } from '#kit/http/open-outbound.ts'
import { call } from '#kit/test/call.ts'
import { openSample } from '#kit/test/sample-system.ts'
import { type LocalTls, openTls } from '#kit/tls/open-tls.ts'
import { type Listener, listen } from './listen.ts'
import { createLocalFetch, type LocalFetch } from './local-fetch.ts'

const dir = mkdtempSync(join(tmpdir(), 'twin-secure-port-'))
let tls: LocalTls
let trusting: LocalFetch
beforeAll(async () => {
  tls = await openTls({ dir })
  trusting = createLocalFetch(tls.ca)
})
afterAll(() => rmSync(dir, { recursive: true }))

let listener: Listener
let at: string
async function open(given: LocalTls = tls): Promise<void> {
  listener = await listen({ system: 'sample', host: '127.0.0.1', port: 0, variable: 'SAMPLE_PORT', tls: given })
  at = `localhost:${listener.port}`
}
beforeEach(() => open())
afterEach(() => listener.close())

describe('a port that speaks https', () => {
  test('answers whoever trusts its authority, on every name of this machine', async () => {
    expect((await trusting(`https://${at}/_kit/health`)).status).toBe(503)
    listener.attach((req, res) => res.end(`${req.method} ${req.socket.localPort === listener.port}`))
    for (const host of ['localhost', '127.0.0.1']) {
      const answer = await trusting(`https://${host}:${listener.port}/`)
      expect(await answer.text()).toBe('GET true')
    }
    await expect(fetch(`https://${at}/`)).rejects.toThrow('fetch failed')
  })

  test('sends a browser that speaks http on, and tells a program', async () => {
    const { port } = listener
    const page = await call(`http://127.0.0.1:${port}/admin?a=1`, { headers: { host: at, accept: 'text/html,*/*' } })
    expect([page.status, page.headers['location']]).toEqual([307, `https://${at}/admin?a=1`])
    for (const options of [{}, { method: 'POST', headers: { accept: 'text/html' }, body: 'a=1' }]) {
      const told = await call(`http://127.0.0.1:${port}/token`, options)
      expect([told.status, told.headers['location']]).toEqual([400, undefined])
      expect(told.text).toBe(
        `This port speaks https: begin the address with https://, as in https://127.0.0.1:${port}.\n`,
      )
    }
  })

  test('is not troubled by who hangs up, and ends the silent when it closes', async () => {
    const silent = net.connect(listener.port, '127.0.0.1')
    const rude = net.connect(listener.port, '127.0.0.1')
    const ended = new Promise((resolve) => silent.on('close', resolve))
    await new Promise((resolve) => rude.once('connect', resolve))
    rude.resetAndDestroy()
    const halfHello = net.connect(listener.port, '127.0.0.1')
    halfHello.on('error', () => undefined)
    halfHello.end(Buffer.from([22, 3]))
    expect((await trusting(`https://${at}/`)).status).toBe(503)
    await listener.close()
    await ended
  })

  test('shows the renewed certificate to whoever connects next', async () => {
    await listener.close()
    const later = await openTls({ dir, hosts: ['renewed.test'] })
    let isDue = false
    await open({ ...tls, identity: tls.identity, renewed: async () => (isDue ? later.identity : undefined) })
    const namesShown = async (): Promise<string> => {
      const { connect } = await import('node:tls')
      return new Promise((resolve, reject) => {
        const socket = connect({ port: listener.port, host: '127.0.0.1', servername: 'localhost', ca: tls.ca }, () => {
          resolve(socket.getPeerX509Certificate()?.subjectAltName ?? '')
          socket.destroy()
        })
        socket.once('error', reject)
      })
    }
    expect(await namesShown()).not.toContain('renewed.test')
    isDue = true
    expect(await namesShown()).toContain('renewed.test')
  })
})

describe('fetch with the local authority', () => {
  test('sends bodies, reads streams and several cookies, and follows redirects as fetch does', async () => {
    listener.attach((req, res) => {
      if (req.url === '/away') return void res.writeHead(302, { location: '/here' }).end()
      if (req.url === '/again') return void res.writeHead(307, { location: '/here' }).end()
      if (req.url === '/circle') return void res.writeHead(302, { location: '/circle' }).end()
      if (req.url === '/none') return void res.writeHead(204).end()
      res.writeHead(200, [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['content-type', 'text/plain'],
      ] as never)
      res.write(`${req.method} ${req.headers['content-type'] ?? 'no type'}: `)
      req.pipe(res)
    })
    const form = new URLSearchParams({ name: 'Zoë' })
    const post = { method: 'POST', body: form }
    const taken = await trusting(`https://${at}/here`, post)
    expect(taken.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(await taken.text()).toBe('POST application/x-www-form-urlencoded;charset=UTF-8: name=Zo%C3%AB')
    expect(await (await trusting(`https://${at}/away`, post)).text()).toBe('GET no type: ')
    expect(await (await trusting(`https://${at}/again`, post)).text()).toContain('name=Zo%C3%AB')
    expect((await trusting(`https://${at}/away`, { redirect: 'manual' })).status).toBe(302)
    await expect(trusting(`https://${at}/circle`)).rejects.toThrow('fetch failed')
    await expect(trusting(`https://${at}/away`, { redirect: 'error' })).rejects.toThrow('fetch failed')
    expect((await trusting(`https://${at}/none`)).status).toBe(204)
  })

  test('ends with its signal, before and while it waits', async () => {
    const over = AbortSignal.abort(new Error('over'))
    await expect(trusting(`https://${at}/`, { signal: over })).rejects.toThrow('over')
    const stop = new AbortController()
    listener.attach(() => stop.abort(new Error('enough')))
    await expect(trusting(`https://${at}/`, { signal: stop.signal })).rejects.toThrow('enough')
  })
})

describe('the way out', () => {
  test('trusts the local authority for our own origins, and for nobody else', async () => {
    listener.attach((_req, res) => res.end('ours'))
    const other = await listen({ system: 'other', host: '127.0.0.1', port: 0, variable: 'OTHER_PORT', tls })
    const { journal, close } = await openSample()
    const outbound = openOutbound({
      urls: { sample: `https://${at}` },
      journal,
      aliases: () => ({ 'app.example.com': `https://${at}` }),
      hosts: () => [],
      ca: tls.ca,
    })
    const send = (url: string) => outbound.send({ method: 'GET', url, timeoutMs: 20_000 })
    expect((await send(`https://127.0.0.1:${listener.port}/`)).body).toBe('ours')
    expect((await send('https://app.example.com/x')).body).toBe('ours')
    await expect(send(`https://localhost:${other.port}/`)).rejects.toThrow('its certificate is not trusted')
    outbound.close()
    await other.close()
    await close()
  })
})
