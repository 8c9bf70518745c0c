import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { afterEach, describe, expect, test } from 'vitest'
import { currentContext } from '#kit/context.ts'
import { call } from '#kit/test/call.ts'
import { type ServedSample, serveSample } from '#kit/test/sample-system.ts'
import { Refusal } from './errors.ts'
import { nameSubject, noteVerdict, recordAs, withholdAddress, withholdAnswer } from './record.ts'

let sample: ServedSample
afterEach(() => sample.close())

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** So long one of the answers below takes at least, in wall milliseconds. */
const BUSY_MS = 15

async function serve(): Promise<void> {
  sample = await serveSample({
    app: { leaveBody: (req) => req.path === '/raw' },
    mount(app) {
      app.get('/hello', (_req, res) => {
        res.send('<p>hello</p>')
      })
      app.get('/busy', (_req, res) => {
        const begun = performance.now()
        let done = 0
        while (performance.now() - begun < BUSY_MS) done += 1
        res.send(`${done > 0}`)
      })
      app.get('/judged', (_req, res) => {
        noteVerdict({
          of: 'id-token',
          accepted: false,
          checks: [{ name: 'audience', passed: false, found: 'Bearer abcdefghij.klmnop' }],
          claims: { sub: 'ada', client_secret: 'held-by-mistake' },
        })
        res.send('')
      })
      app.get('/trace', (_req, res) => {
        res.json(currentContext())
      })
      app.post('/echo', (req, res) => {
        res.json(req.body)
      })
      app.post('/raw', express.text({ type: () => true }), (req, res) => {
        res.json({ text: req.body })
      })
      app.get('/bug', () => {
        throw new Error('the secret sauce spilled')
      })
      app.get('/late-bug', async () => {
        await Promise.resolve()
        throw new Error('spilled later')
      })
      app.get('/no', () => {
        throw new Refusal('closed', 409, 'The <office> is closed.', {
          hint: 'Come back tomorrow.',
          headers: { 'retry-after': '60' },
        })
      })
      app.get('/events', (_req, res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream' })
        res.end('data: 1\n\n')
      })
      app.use(
        '/scim',
        recordAs('scim', (req) => req.get('x-user')),
      )
      app.get('/scim/Users', (_req, res) => {
        nameSubject('ada@brightwave.example')
        res.setHeader('content-type', 'application/scim+json')
        res.end('{"totalResults":0}')
      })
      app.get('/dropped', (req) => {
        req.socket.destroy()
      })
      app.post('/keys', (_req, res) => {
        withholdAnswer()
        res.send('<code>just-made-key</code>')
      })
      app.get('/follow/:link', (_req, res) => {
        withholdAddress('/follow/…')
        res.redirect(303, '/hello')
      })
      app.get('/picture', (_req, res) => {
        res.type('png').send(Buffer.alloc(1000))
      })
    },
  })
}

const journalled = () => sample.system.journal.read({}).items

describe('createApp', () => {
  test('sends security headers and none that name the server', async () => {
    await serve()
    const { headers } = await call(`${sample.url}/hello`)
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin')
    expect(headers['strict-transport-security']).toBeUndefined()
    const policy = Object.fromEntries(
      String(headers['content-security-policy'])
        .split(';')
        .map((line) => [line.split(' ')[0], line.split(' ').slice(1)]),
    )
    expect(policy['default-src']).toEqual(["'self'"])
    expect(policy['img-src']).toEqual(["'self'", 'data:'])
    expect(policy['frame-ancestors']).toEqual(["'none'"])
    expect(headers['x-frame-options']).toBeUndefined()
    expect(policy['form-action']).toEqual(
      expect.arrayContaining(["'self'", 'http://localhost:*', 'https://localhost:*', 'http://127.0.0.1:*']),
    )
    expect(policy['script-src']).toBeUndefined()
  })

  test('the kit home alone may show our pages in a frame, errors too; we show those we name', async () => {
    sample = await serveSample({
      urls: { sample: 'http://localhost:1', kit: 'http://localhost:4000' },
      app: { frames: ['http://localhost:2'] },
    })
    for (const path of ['/', '/nothing', '/_kit/health']) {
      const { headers } = await call(`${sample.url}${path}`, { headers: { host: 'localhost:1' } })
      const policy = String(headers['content-security-policy']).split(';')
      expect(policy).toContain("frame-ancestors 'self' http://localhost:4000")
      expect(policy).toContain("frame-src 'self' http://localhost:2")
      expect(headers['x-frame-options']).toBeUndefined()
    }
  })

  test('takes over the trace of the caller, and makes one otherwise', async () => {
    await serve()
    const given = await call(`${sample.url}/trace`, { headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` } })
    expect(given.json()['traceId']).toBe(TRACE)
    for (const traceparent of [
      'nonsense',
      `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
      `ff-${TRACE}-00f067aa0ba902b7-01`,
      `00-${TRACE}-00f067aa0ba902b7-01-more`,
    ]) {
      const { traceId } = (await call(`${sample.url}/trace`, { headers: { traceparent } })).json()
      expect(traceId).toMatch(/^[0-9a-f]{32}$/)
      expect(traceId).not.toBe(TRACE)
    }
  })

  test('reads forms up to 256 kB, and leaves alone what it is told to', async () => {
    await serve()
    const form = await call(`${sample.url}/echo`, { method: 'POST', headers: FORM, body: 'name=Ada&tag=a&tag=b' })
    expect(form.json()).toEqual({ name: 'Ada', tag: ['a', 'b'] })
    const large = await call(`${sample.url}/echo`, {
      method: 'POST',
      headers: { ...FORM, accept: 'application/json' },
      body: `a=${'x'.repeat(257 * 1024)}`,
    })
    expect([large.status, large.json()['error']]).toMatchObject([413, { code: 'too_large' }])
    const raw = await call(`${sample.url}/raw`, { method: 'POST', headers: FORM, body: 'name=Ada' })
    expect(raw.json()).toEqual({ text: 'name=Ada' })
  })

  test('serves the files it is given, and says 304 when they are known', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assets-'))
    const filePath = join(folder, 'page.css')
    writeFileSync(filePath, 'p{}')
    sample = await serveSample({ app: { assets: [{ urlPath: '/_assets/page.css', filePath }] } })
    const first = await call(`${sample.url}/_assets/page.css`)
    expect([first.status, first.text, first.headers['content-type']]).toEqual([200, 'p{}', 'text/css; charset=utf-8'])
    const again = await call(`${sample.url}/_assets/page.css`, {
      headers: { 'if-none-match': String(first.headers.etag) },
    })
    expect([again.status, again.text]).toEqual([304, ''])
    expect((await call(`${sample.url}/_assets/../package.json`)).status).toBe(404)
    expect((await call(`${sample.url}/_assets/other.css`)).status).toBe(404)
    rmSync(folder, { recursive: true })
  })
})

describe('the journal', () => {
  test('has request and answer, with secrets and cookies left out', async () => {
    await serve()
    await call(`${sample.url}/echo?code=SECRET-1&view=list`, {
      method: 'POST',
      headers: {
        ...FORM,
        authorization: 'Bearer SECRET-2',
        cookie: 'app=SECRET-3',
        traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
      },
      body: 'user=ada&password=SECRET-4',
    })
    expect(journalled()).toHaveLength(1)
    const [entry] = journalled()
    expect(entry).toMatchObject({
      kind: 'http-in',
      title: 'POST /echo → 200',
      correlationId: TRACE,
      request: { method: 'POST', bodyLength: 26 },
      response: { status: 200, body: expect.stringContaining('"user":"ada"') },
    })
    expect(entry?.request?.url).toContain('view=list')
    expect(JSON.stringify(entry)).not.toContain('SECRET')
    expect(entry?.request?.headers).not.toHaveProperty('cookie')
  })

  test('takes kind and subject from the router', async () => {
    await serve()
    await call(`${sample.url}/scim/Users`)
    expect(journalled()).toHaveLength(1)
    expect(journalled()[0]).toMatchObject({
      kind: 'scim',
      subject: 'ada@brightwave.example',
      title: 'GET /scim/Users → 200',
      response: { body: '{"totalResults":0}' },
    })
    await call(`${sample.url}/scim/none`, { headers: { 'x-user': 'ben' } })
    expect(journalled()).toHaveLength(2)
    expect(journalled()[1]).toMatchObject({ kind: 'scim', subject: 'ben', title: 'GET /scim/none → 404' })
  })

  test('keeps the length of what is no text, not its bytes', async () => {
    await serve()
    await call(`${sample.url}/picture`)
    expect(journalled()).toHaveLength(1)
    expect(journalled()[0]?.response).toMatchObject({ bodyLength: 1000 })
    expect(journalled()[0]?.response?.body).toBeUndefined()
  })

  test('leaves out an answer that shows a secret just made', async () => {
    await serve()
    expect((await call(`${sample.url}/keys`, { method: 'POST' })).text).toContain('just-made-key')
    expect(journalled()).toMatchObject([{ title: 'POST /keys → 200', response: { bodyLength: 26 } }])
    expect(JSON.stringify(journalled())).not.toContain('just-made-key')
  })

  test('a path that is a secret is not in the journal', async () => {
    await serve()
    await call(`${sample.url}/follow/sent-by-mail?from=mail`)
    expect(journalled().map(({ title }) => title)).toContain('GET /follow/… → 303')
    expect(JSON.stringify(journalled())).not.toContain('sent-by-mail')
  })

  test('says so when there was no answer', async () => {
    await serve()
    await expect(call(`${sample.url}/dropped`)).rejects.toThrow()
    await expect
      .poll(journalled)
      .toMatchObject([{ title: 'GET /dropped → no answer', response: { error: expect.any(String) } }])
  })

  test('tells how long an exchange took, until its answer was ready', async () => {
    await serve()
    const begun = performance.now()
    await call(`${sample.url}/busy`)
    const elapsed = performance.now() - begun
    const [entry] = journalled()
    expect(entry?.durationMs).toBeGreaterThanOrEqual(BUSY_MS)
    expect(entry?.durationMs).toBeLessThanOrEqual(elapsed + 0.1)
  })

  test('tells what was found out about a signed message of the exchange', async () => {
    await serve()
    await call(`${sample.url}/judged`)
    expect(journalled()[0]?.verdict).toEqual({
      of: 'id-token',
      accepted: false,
      checks: [{ name: 'audience', passed: false, found: 'Bearer [redacted]' }],
      claims: { sub: 'ada', client_secret: '[redacted]' },
    })
  })

  test('has no refreshes of live parts, but has what people send from them', async () => {
    await serve()
    await call(`${sample.url}/hello`, { headers: { 'hx-request': 'true' } })
    await call(`${sample.url}/echo`, { method: 'POST', headers: { ...FORM, 'hx-request': 'true' }, body: 'a=1' })
    expect(journalled().map((entry) => entry.title)).toEqual(['POST /echo → 200'])
  })

  test('has no control calls, files, icons and event streams', async () => {
    await serve()
    for (const path of ['/_kit/health', '/_KIT/health', '/_assets/none.css', '/favicon.ico', '/events'])
      await call(`${sample.url}${path}`)
    await call(`${sample.url}/hello`)
    expect(journalled().map((entry) => entry.title)).toEqual(['GET /hello → 200'])
  })
})

describe('finishApp', () => {
  test('what nobody answers is a page, or JSON for a program', async () => {
    await serve()
    const page = await call(`${sample.url}/none`, { headers: { accept: 'text/html' } })
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
    expect(page.text).toContain('<h1>Page not found</h1>')
    const json = await call(`${sample.url}/none`, { headers: { accept: 'application/json' } })
    expect(json.json()).toMatchObject({
      error: { code: 'not_found', requestId: expect.stringMatching(/^[0-9a-f]{32}$/) },
    })
  })

  test('a refusal says what to do, escaped', async () => {
    await serve()
    const answer = await call(`${sample.url}/no`)
    expect([answer.status, answer.headers['retry-after']]).toEqual([409, '60'])
    expect(answer.text).toContain('The &lt;office&gt; is closed.')
    expect(answer.text).toContain('Come back tomorrow.')
  })

  test.each(['/bug', '/late-bug'])('a bug at %s shows the request id and nothing from inside', async (path) => {
    await serve()
    const answer = await call(`${sample.url}${path}`, { headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` } })
    expect(answer.status).toBe(500)
    expect(answer.text).toContain(TRACE)
    expect(answer.text).not.toMatch(/spilled|at .*\.ts|node_modules/)
  })
})
