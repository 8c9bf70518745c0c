import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { call } from '#kit/test/call.ts'
import { type ServedHome, serveHome, visitorOf } from './serve-home.ts'

let served: ServedHome
beforeEach(async () => {
  served = await serveHome()
})
afterEach(() => served.close())

const PAGES = [
  '/',
  '/lessons',
  '/timeline',
  '/xray',
  '/story',
  '/mail',
  '/clock',
  '/worlds',
  '/snapshots',
  '/faults',
  '/negatives',
  '/switches',
]

describe('pages', () => {
  test.each(PAGES)('%s has one heading, says where it is, and shows world and clock', async (path) => {
    const { status, text } = await visitorOf(served.url).get(path)
    expect(status).toBe(200)
    expect(text.match(/<h1/g)).toHaveLength(1)
    expect(text).toContain(`<a href="${path}" aria-current="page">`)
    expect(text).toContain('World <strong>brightwave</strong>')
    expect(text).toContain('+40 min')
    expect(text).not.toMatch(/ style="| on[a-z]+="/)
  })

  test.each(PAGES)('%s is whole while a system is away, and says what to do', async (path) => {
    await served.dialpad.stop()
    const { status, text } = await visitorOf(served.url).get(path)
    expect(status).toBe(200)
    if (!['/mail', '/worlds', '/lessons', '/story'].includes(path)) expect(text).toMatch(/not reachable/i)
  })

  test('the launchpad says how each system is, where it is, and whom to be', async () => {
    const { text } = await visitorOf(served.url).get('/')
    expect(text).toContain(`href="${served.entra.url}/"`)
    expect(text).toContain('marta.silva@brightwave.example')
    expect(text).toContain('Practice-2026!')
    expect(text).toContain(`${served.dialpad.url}/scim`)
    await served.dialpad.stop()
    const without = (await visitorOf(served.url).get('/')).text
    expect(without).toContain(`Dialpad does not answer at ${served.dialpad.url}.`)
  })

  test('a form passes only from a page of ours, with its token', async () => {
    const visitor = visitorOf(served.url)
    for (const options of [{ token: false }, { origin: 'https://evil.example' }] as const) {
      const { status, text } = await visitor.post('/worlds/reset', { world: 'fresh' }, options)
      expect(status).toBe(403)
      expect(text).toContain('Go back, reload the page and send the form again.')
    }
    expect(served.home.world()).toBe('brightwave')
  })

  test.each(PAGES)('%s is told to nobody who asks by a foreign name', async (path) => {
    const { status, text } = await call(`${served.url}${path}`, { headers: { host: 'evil.example' } })
    expect(status).toBe(403)
    expect(text).not.toContain('brightwave.example')
  })

  test('programs that keep no cookie do not pile up sessions', async () => {
    for (let number = 0; number < 210; number += 1) await call(`${served.url}/worlds`)
    expect(served.home.store.count('kitSessions')).toBe(200)
  })

  test('an address that is none is a page', async () => {
    const { status, text } = await visitorOf(served.url).get('/nothing')
    expect(status).toBe(404)
    expect(text).toContain('There is nothing at /nothing.')
  })

  test('the home has no more than the control API lets it: foreign names are refused', async () => {
    const refused = await call(`${served.url}/_kit/journal`, { headers: { host: 'evil.example' } })
    expect(refused.json()).toMatchObject({ error: { code: 'foreign_host' } })
  })
})

describe('timeline', () => {
  const HOSTILE = '<script>alert(1)</script>'

  test('what others wrote is shown as text', async () => {
    const entry = served.entra.system.journal.record({
      kind: 'http-in',
      title: `POST /${HOSTILE} → 200`,
      subject: HOSTILE,
      request: { method: 'POST', url: `/${HOSTILE}`, headers: { 'x-odd': HOSTILE } },
      response: { status: 200, body: JSON.stringify({ name: HOSTILE }) },
      change: { type: HOSTILE, id: '1', after: { name: HOSTILE } },
    })
    const visitor = visitorOf(served.url)
    for (const path of ['/', '/timeline', `/timeline/entra:${entry.seq}`]) {
      const { text } = await visitor.get(path)
      expect(text).not.toContain(HOSTILE)
      expect(text).toContain('&lt;script>')
    }
  })

  test('request and answer stand side by side, secrets masked, JSON indented', async () => {
    const entry = served.entra.system.journal.record({
      kind: 'oidc',
      title: 'POST /token → 400',
      request: {
        method: 'POST',
        url: '/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer abc' },
        body: 'grant_type=refresh_token&client_secret=hidden-value',
      },
      response: { status: 400, body: '{"error":"invalid_grant"}' },
    })
    const { text } = await visitorOf(served.url).get(`/timeline/entra:${entry.seq}`)
    expect(text).toContain('grant_type = refresh_token\nclient_secret = [redacted]')
    expect(text).toContain('{\n  &quot;error&quot;: &quot;invalid_grant&quot;\n}')
    expect(text).not.toMatch(/hidden-value|Bearer abc/)
  })

  test('pages that were only looked at are left out unless asked for; refused ones are not', async () => {
    const { journal } = served.entra.system
    const look = (url: string, status: number) =>
      journal.record({
        kind: 'http-in',
        title: `GET ${url} → ${status}`,
        request: { method: 'GET', url },
        response: { status },
      })
    look('/looked-at', 200)
    look('/refused', 403)
    const visitor = visitorOf(served.url)
    for (const path of ['/', '/timeline']) {
      const { text } = await visitor.get(path)
      expect(text).toContain('GET /refused → 403')
      expect(text).not.toContain('/looked-at')
    }
    for (const query of ['views=shown', 'kind=http-in']) {
      expect((await visitor.get(`/timeline?${query}`)).text).toContain('GET /looked-at → 200')
    }
  })

  test('filters choose, pages lead to what is older, and a row that is gone says so', async () => {
    for (let number = 0; number < 120; number += 1) {
      served.entra.system.journal.record({ kind: 'state', title: `Change ${number}`, subject: `person-${number}` })
    }
    const visitor = visitorOf(served.url)
    const newest = (await visitor.get('/timeline')).text
    expect(newest).toContain('Change 119')
    expect(newest).not.toContain('Change 9<')
    const older = /href="(\/timeline\?before=[^"]+)"/.exec(newest)?.[1]?.replaceAll('&amp;', '&')
    const second = (await visitor.get(older ?? '')).text
    expect(second).toContain('Change 60<')
    expect(second).not.toContain('Change 119')
    expect((await visitor.get('/timeline?subject=PERSON-7')).text).not.toContain('Change 80<')
    expect((await visitor.get('/timeline?subject=PERSON-7')).text).toContain('Change 70<')
    expect((await visitor.get('/timeline?system=dialpad')).text).not.toContain('Change')
    expect((await visitor.get('/timeline/entra:99999')).status).toBe(404)
    expect((await visitor.get('/timeline/nonsense')).status).toBe(400)
  })
})

describe('faults and switches', () => {
  test('a rule is added beside what is left of others, then all are cleared', async () => {
    const visitor = visitorOf(served.url)
    const rule = { on: 'notes.list', effect: 'status', status: '503', retryAfter: '', delayMs: '', times: '2' }
    expect((await visitor.post('/faults/dialpad', rule)).text).toContain('notes.list of Dialpad will fail 2 times.')
    served.dialpad.system.faults.take('notes.list')
    await visitor.post('/faults/dialpad', { ...rule, effect: 'drop', times: '' })
    expect(served.dialpad.system.control.faults()).toMatchObject([
      { on: 'notes.list', effect: { status: 503 }, times: 1 },
      { on: 'notes.list', effect: { drop: true } },
    ])
    expect((await visitor.get('/faults')).text).toContain('connection closed')
    expect((await visitor.get('/faults/dialpad/clear')).text).toContain('2 rules go; everything works again.')
    expect((await visitor.post('/faults/dialpad/clear')).text).toContain('Dialpad has no fault rules any more.')
    expect(served.dialpad.system.control.faults()).toEqual([])
  })

  test('a rule that cannot be is refused beside its field', async () => {
    const visitor = visitorOf(served.url)
    const { status, text } = await visitor.post('/faults/dialpad', { on: '', effect: 'late', delayMs: '' })
    expect(status).toBe(422)
    expect(text).toContain('Choose an operation.')
    expect((await visitor.post('/faults/dialpad', { on: 'x', effect: 'late', delayMs: '' })).text).toContain(
      'Say how late.',
    )
    expect((await visitor.post('/faults/dialpad', { on: 'x', effect: 'drop' })).text).toContain(
      'There is no operation &quot;x&quot;.',
    )
    expect((await visitor.post('/faults/nobody', { on: 'x', effect: 'drop' })).status).toBe(404)
  })

  test('a switch is set and says what it is now', async () => {
    const visitor = visitorOf(served.url)
    expect((await visitor.post('/switches/entra', { id: 'order', value: 'old' })).text).toContain(
      'order of Entra is now old.',
    )
    expect(served.entra.system.switches.value('order')).toBe('old')
    expect((await visitor.post('/switches/entra', { id: 'order', value: 'odd' })).text).toContain(
      'cannot be &quot;odd&quot;',
    )
  })
})
