import type { Express } from 'express'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, call } from '#kit/test/call.ts'
import { type ServedSample, serveSample } from '#kit/test/sample-system.ts'
import { csrf } from './csrf.ts'
import { createSessions, type Sessions } from './sessions.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

let sample: ServedSample
let sessions: Sessions

beforeEach(async () => {
  sample = await serveSample({
    mount(app, system) {
      sessions = createSessions(system, { cookie: 'session', idleMinutes: 30 })
      mountPages(app, sessions)
    },
  })
})
afterEach(() => sample.close())

function mountPages(app: Express, of: Sessions): void {
  app.get('/form', async (req, res) => {
    const { csrfToken } = await of.anonymous(req, res)
    await of.set(req, { state: 'xyz', gone: undefined })
    res.send(csrfToken)
  })
  app.get('/me', (req, res) => {
    res.json(of.of(req) ?? null)
  })
  app.use(csrf(of))
  app.post('/sign-in', async (_req, res) => {
    const session = await of.open(res, 'ada', { method: 'password' })
    res.send(session.csrfToken)
  })
  app.post('/sign-out', async (req, res) => {
    await of.close(req, res)
    res.send('bye')
  })
}

const cookieOf = (answer: Answer): string => answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
const me = async (cookie: string): Promise<unknown> =>
  JSON.parse((await call(`${sample.url}/me`, { headers: { cookie } })).text)
const advance = (duration: string): Promise<unknown> => sample.system.control.moveClock({ kind: 'advance', duration })

interface Post {
  readonly cookie: string
  readonly token: string
  readonly headers?: Record<string, string>
}

function post(path: string, { cookie, token, headers = { origin: sample.url } }: Post): Promise<Answer> {
  return call(`${sample.url}${path}`, {
    method: 'POST',
    headers: { ...FORM, cookie, ...headers },
    body: `_csrf=${token}`,
  })
}

async function signIn(): Promise<{ readonly anonymous: string; readonly cookie: string; readonly token: string }> {
  const form = await call(`${sample.url}/form`)
  const answer = await post('/sign-in', { cookie: cookieOf(form), token: form.text })
  expect(answer.status).toBe(200)
  return { anonymous: cookieOf(form), cookie: cookieOf(answer), token: answer.text }
}

describe('createSessions', () => {
  test('the cookie carries the name of the system and is out of reach of scripts', async () => {
    const form = await call(`${sample.url}/form`)
    expect(form.headers['set-cookie']).toEqual([
      expect.stringMatching(/^sample_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ])
  })

  test('a flow before sign-in keeps its data; a second visit keeps the session', async () => {
    const form = await call(`${sample.url}/form`)
    const cookie = cookieOf(form)
    expect(await me(cookie)).toMatchObject({ subjectId: '', csrfToken: form.text, data: { state: 'xyz' } })
    const again = await call(`${sample.url}/form`, { headers: { cookie } })
    expect([again.text, again.headers['set-cookie']]).toEqual([form.text, undefined])
  })

  test('signing in changes the identifier and the token, and ends the anonymous session', async () => {
    const { anonymous, cookie, token } = await signIn()
    expect(cookie).not.toBe(anonymous)
    expect(await me(anonymous)).toBeNull()
    expect(await me(cookie)).toEqual({
      subjectId: 'ada',
      csrfToken: token,
      createdAt: expect.any(String),
      data: { method: 'password' },
    })
    expect(sample.system.store.count('kitSessions')).toBe(1)
  })

  test('the store holds a hash, not what the browser holds', async () => {
    const { cookie } = await signIn()
    expect(JSON.stringify(sample.system.store.dump())).not.toContain(cookie.split('=')[1])
  })

  test('half an hour of virtual time without a request ends it; requests prolong it', async () => {
    const { cookie } = await signIn()
    await advance('PT20M')
    expect(await me(cookie)).toMatchObject({ subjectId: 'ada' })
    await advance('PT20M')
    expect(await me(cookie)).toMatchObject({ subjectId: 'ada' })
    await advance('PT30M')
    expect(await me(cookie)).toBeNull()
  })

  test('signing out ends it and takes the cookie away', async () => {
    const { cookie, token } = await signIn()
    const answer = await post('/sign-out', { cookie, token })
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^sample_session=; Path=\/; Expires=Thu, 01 Jan 1970/)
    expect(await me(cookie)).toBeNull()
  })

  test('all sessions of a person end at once, those of others stay', async () => {
    const one = await signIn()
    const two = await signIn()
    const form = await call(`${sample.url}/form`)
    const ended = await sample.system.store.transact((tx) => sessions.closeAllOf(tx, 'ada'))
    expect(ended).toBe(2)
    expect([await me(one.cookie), await me(two.cookie)]).toEqual([null, null])
    expect(await me(cookieOf(form))).not.toBeNull()
  })

  test('made-up, empty and foreign cookies are nobody', async () => {
    await signIn()
    for (const cookie of ['', 'sample_session=', 'sample_session=guess', 'other_session=guess', 'sample_session=%']) {
      expect(await me(cookie)).toBeNull()
    }
  })

  test('a session of one kind is nothing to another kind', async () => {
    const { cookie } = await signIn()
    const value = cookie.split('=')[1] ?? ''
    const other = createSessions(sample.system, { cookie: 'admin', idleMinutes: 30 })
    const request = (name: string) => ({ headers: { cookie: `${name}=${value}` } }) as Parameters<Sessions['of']>[0]
    expect(sessions.of(request('sample_session'))?.subjectId).toBe('ada')
    expect(other.of(request('sample_admin'))).toBeUndefined()
  })

  test('a flood of visitors does not pile up; signed-in sessions stay', async () => {
    const { cookie } = await signIn()
    const { store, clock } = sample.system
    await store.transact((tx) => {
      for (let n = 0; n < 2500; n += 1) {
        tx.put('kitSessions', `old-${n}`, {
          subjectId: '',
          csrfToken: 'x',
          createdAt: clock.iso(),
          expiresAt: new Date(clock.now() + 60_000).toISOString(),
          data: {},
        })
      }
    })
    for (let n = 0; n < 40; n += 1) await call(`${sample.url}/form`)
    expect(store.count('kitSessions', 'subject', '')).toBeLessThanOrEqual(2000)
    expect(await me(cookie)).not.toBeNull()
  })

  test('what has expired is swept away as new sessions begin', async () => {
    for (let n = 0; n < 10; n += 1) await call(`${sample.url}/form`)
    await advance('P1D')
    await call(`${sample.url}/form`)
    expect(sample.system.store.count('kitSessions')).toBe(1)
  })
})

describe('csrf', () => {
  test('a form of ours with its token passes, by any name of this machine', async () => {
    const { cookie, token } = await signIn()
    const port = new URL(sample.url).port
    for (const headers of [
      { origin: `http://localhost:${port}` },
      { origin: `http://127.0.0.1:${port}` },
      { referer: `http://localhost:${port}/form?x=1` },
    ]) {
      const again = await signIn()
      expect((await post('/sign-out', { cookie: again.cookie, token: again.token, headers })).status).toBe(200)
    }
    expect((await post('/sign-out', { cookie, token })).status).toBe(200)
  })

  test.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:2' },
    { referer: 'https://evil.example/' },
    { referer: 'about:blank' },
    {},
  ])('a form from %j is refused', async (headers) => {
    const { cookie, token } = await signIn()
    const answer = await post('/sign-out', { cookie, token, headers: headers as Record<string, string> })
    expect(answer.status).toBe(403)
    expect(await me(cookie)).not.toBeNull()
  })

  test('no token, a wrong one, one of another session, one sent twice, no session: refused', async () => {
    const { cookie } = await signIn()
    const other = await signIn()
    for (const token of ['', 'wrong', other.token, `${other.token}&_csrf=${other.token}`]) {
      expect((await post('/sign-out', { cookie, token })).status).toBe(403)
    }
    expect((await post('/sign-out', { cookie: '', token: other.token })).status).toBe(403)
    const noBody = await call(`${sample.url}/sign-out`, { method: 'POST', headers: { cookie, origin: sample.url } })
    expect(noBody.status).toBe(403)
  })
})
