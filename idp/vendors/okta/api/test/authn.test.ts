import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { oktaUserIdOf } from '../../world.ts'
import { type RunningApi, startApi } from './start-api.ts'

let api: RunningApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const post = (path: string, body: object) => api.ask('POST', `/api/v1${path}`, { body, token: null })

const signIn = (handle: string, password = TRAINING_PASSWORD) =>
  post('/authn', { username: `${handle}@brightwave.example`, password })

const NEW_PASSWORD = 'Correct-horse-7'

describe('a sign-in', () => {
  test('gives a session token, which opens a session once, whose cookie is good for the dashboard', async () => {
    const answer = await signIn('ada.okafor')
    expect(answer.status, answer.text).toBe(200)
    const { status, sessionToken, _embedded } = answer.json()
    expect(status).toBe('SUCCESS')
    expect(_embedded).toMatchObject({
      user: { id: oktaUserIdOf('ada.okafor'), profile: { login: 'ada.okafor@brightwave.example' } },
    })
    const opened = await post('/sessions', { sessionToken: String(sessionToken) })
    expect(opened.json()).toMatchObject({
      id: expect.stringMatching(/^102\w+$/),
      login: 'ada.okafor@brightwave.example',
      status: 'ACTIVE',
      amr: ['pwd'],
    })
    const cookie = String(opened.headers['set-cookie']?.[0]).split(';')[0] ?? ''
    const me = await api.ask('GET', '/api/v1/sessions/me', { token: null, headers: { cookie } })
    expect(me.json()['id']).toBe(opened.json()['id'])
    expect((await api.ask('GET', '/', { token: null, headers: { cookie } })).status).toBe(200)
    const again = await post('/sessions', { sessionToken: String(sessionToken) })
    expect([again.status, again.json()['errorCode']]).toEqual([401, 'E0000004'])
    const journal = JSON.stringify(api.system.journal.read({}))
    expect(journal).not.toContain(sessionToken)
    expect(journal).not.toContain(TRAINING_PASSWORD)
  })

  test.each([
    ['ada.okafor', 'wrong'],
    ['nobody', TRAINING_PASSWORD],
  ])('of %s with a wrong name or password is E0000004 alike', async (handle, password) => {
    const answer = await signIn(handle, password)
    expect([answer.status, answer.json()['errorCode'], answer.json()['errorSummary']]).toEqual([
      401,
      'E0000004',
      'Authentication failed',
    ])
  })

  test('of somebody suspended is E0000004', async () => {
    await api.ask('POST', '/api/v1/users/george.mensah/lifecycle/suspend')
    expect((await signIn('george.mensah')).json()['errorCode']).toBe('E0000004')
  })

  test('wrong ten times locks the account', async () => {
    for (let time = 1; time < 10; time += 1) expect((await signIn('naomi.clarke', 'wrong')).status).toBe(401)
    expect((await signIn('naomi.clarke', 'wrong')).json()).toMatchObject({ status: 'LOCKED_OUT' })
    expect((await signIn('naomi.clarke')).json()).toMatchObject({ status: 'LOCKED_OUT' })
    await api.ask('POST', '/api/v1/users/naomi.clarke/lifecycle/unlock')
    expect((await signIn('naomi.clarke')).json()).toMatchObject({ status: 'SUCCESS' })
  })

  test('with an expired password asks for a new one, and takes a good one once', async () => {
    await api.ask('POST', '/api/v1/users/jonas.weber/lifecycle/expire_password')
    const started = await signIn('jonas.weber')
    expect(started.json()).toMatchObject({
      status: 'PASSWORD_EXPIRED',
      _links: { next: { name: 'changePassword', href: `${api.origin}/api/v1/authn/credentials/change_password` } },
    })
    const stateToken = String(started.json()['stateToken'])
    const change = (oldPassword: string, newPassword: string) =>
      post('/authn/credentials/change_password', { stateToken, oldPassword, newPassword })
    for (const [oldPassword, newPassword] of [
      ['wrong', NEW_PASSWORD],
      [TRAINING_PASSWORD, 'weak'],
    ] as const) {
      const refused = await change(oldPassword, newPassword)
      expect([refused.status, refused.json()['errorCode']]).toEqual([403, 'E0000014'])
    }
    expect((await change(TRAINING_PASSWORD, NEW_PASSWORD)).json()).toMatchObject({ status: 'SUCCESS' })
    expect((await change(NEW_PASSWORD, 'Another-horse-8')).json()['errorCode']).toBe('E0000011')
    expect((await signIn('jonas.weber', NEW_PASSWORD)).json()).toMatchObject({ status: 'SUCCESS' })
  })

  test('can be cancelled, and its token is good for five minutes', async () => {
    await api.ask('POST', '/api/v1/users/jonas.weber/lifecycle/expire_password')
    const first = (await signIn('jonas.weber', NEW_PASSWORD)).json()
    expect((await post('/authn/cancel', { stateToken: first['stateToken'] })).status).toBe(200)
    expect((await post('/authn/cancel', { stateToken: first['stateToken'] })).status).toBe(401)
    const second = (await signIn('jonas.weber', NEW_PASSWORD)).json()
    await api.advance('PT5M')
    expect((await post('/authn/cancel', { stateToken: second['stateToken'] })).status).toBe(401)
  })

  test('without its members is E0000001', async () => {
    expect((await post('/authn', { username: 'x' })).json()['errorCode']).toBe('E0000001')
    expect((await post('/sessions', {})).json()['errorCode']).toBe('E0000001')
  })
})

describe('sessions', () => {
  const open = async (): Promise<{ readonly id: string; readonly cookie: string }> => {
    const { sessionToken } = (await signIn('ada.okafor')).json()
    const opened = await post('/sessions', { sessionToken: String(sessionToken) })
    return { id: String(opened.json()['id']), cookie: String(opened.headers['set-cookie']?.[0]).split(';')[0] ?? '' }
  }
  const me = (method: string, cookie: string, rest = '') =>
    api.ask(method, `/api/v1/sessions/me${rest}`, { token: null, headers: { cookie } })

  test('are seen, refreshed and ended by an administrator', async () => {
    const { id, cookie } = await open()
    const path = `/api/v1/sessions/${id}`
    const before = (await api.ask('GET', path)).json()
    await api.advance('PT30M')
    const refreshed = (await api.ask('POST', `${path}/lifecycle/refresh`)).json()
    expect(Date.parse(String(refreshed['expiresAt']))).toBeGreaterThan(Date.parse(String(before['expiresAt'])))
    const reader = await api.token('oskar.lindqvist')
    expect((await api.ask('DELETE', path, { token: reader })).json()['errorCode']).toBe('E0000006')
    expect((await api.ask('DELETE', path)).status).toBe(204)
    expect((await api.ask('GET', path)).json()['errorCode']).toBe('E0000007')
    expect((await me('GET', cookie)).json()['errorCode']).toBe('E0000007')
  })

  test('are ended by their own browser, and nobody has one without a cookie', async () => {
    const { cookie } = await open()
    expect((await me('POST', cookie, '/lifecycle/refresh')).status).toBe(200)
    expect((await me('DELETE', cookie)).status).toBe(204)
    expect((await me('GET', cookie)).status).toBe(404)
    expect((await api.ask('GET', '/api/v1/sessions/me', { token: null })).status).toBe(404)
  })
})
