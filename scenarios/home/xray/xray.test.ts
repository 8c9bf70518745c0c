import { parse } from 'node-html-parser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Answer, call } from '#kit/test/call.ts'
import { connectDialpad } from '#scenarios/library/scene/connect-dialpad.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { createPlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import { signInToEntra, signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'

const ADA = 'ada.okafor@brightwave.example'

let kit: Kit
beforeAll(async () => {
  kit = await startKit({ world: 'connected-entra' })
  await kit.control.entra.call('POST', '/commands/remove-member', { group: 'Dialpad Users', member: ADA })
  await kit.control.entra.call('POST', '/commands/run-cycle', {})
})
afterAll(() => kit.close())

const get = (path: string): Promise<Answer> => call(`${kit.urls.kit}${path}`, { headers: { accept: 'text/html' } })

/** HAR 1.2, what its specification requires of each member; ours begin with an underscore. */
const Pair = z.strictObject({ name: z.string(), value: z.string() })
const Verdict = z.strictObject({
  of: z.enum(['saml', 'id-token']),
  accepted: z.boolean(),
  key: z.strictObject({ kind: z.string(), id: z.string(), from: z.string(), algorithm: z.string().optional() }),
  checks: z
    .array(
      z.strictObject({
        name: z.string(),
        passed: z.boolean(),
        found: z.string().optional(),
        expected: z.string().optional(),
      }),
    )
    .min(1),
  header: z.looseObject({}).optional(),
  claims: z.looseObject({}).optional(),
})
const Har = z.strictObject({
  log: z.strictObject({
    version: z.literal('1.2'),
    creator: z.strictObject({ name: z.string(), version: z.string() }),
    comment: z.string().optional(),
    entries: z.array(
      z.strictObject({
        startedDateTime: z.iso.datetime(),
        time: z.number().min(0),
        request: z.strictObject({
          method: z.string(),
          url: z.url(),
          httpVersion: z.string(),
          cookies: z.array(z.never()),
          headers: z.array(Pair),
          queryString: z.array(Pair),
          postData: z
            .strictObject({ mimeType: z.string(), text: z.string(), comment: z.string().optional() })
            .optional(),
          headersSize: z.number(),
          bodySize: z.number(),
        }),
        response: z.strictObject({
          status: z.number(),
          statusText: z.string(),
          httpVersion: z.string(),
          cookies: z.array(z.never()),
          headers: z.array(Pair),
          content: z.strictObject({
            size: z.number(),
            mimeType: z.string(),
            text: z.string().optional(),
            comment: z.string().optional(),
          }),
          redirectURL: z.string(),
          headersSize: z.number(),
          bodySize: z.number(),
          _error: z.string().optional(),
        }),
        cache: z.strictObject({}),
        timings: z.strictObject({
          send: z.number().min(0),
          wait: z.number().min(0),
          receive: z.number().min(0),
          comment: z.string().optional(),
        }),
        _verdict: Verdict.optional(),
        comment: z.string(),
        _virtualTime: z.iso.datetime(),
        _trace: z.string(),
        _from: z.string(),
        _to: z.string(),
      }),
    ),
    _saml: z.array(
      z.strictObject({
        message: z.string(),
        id: z.string(),
        xml: z.string(),
        system: z.string(),
        title: z.string(),
        at: z.iso.datetime(),
        _trace: z.string(),
        verdict: Verdict.optional(),
      }),
    ),
  }),
})

describe('the sequence diagram', () => {
  test('shows each exchange as an arrow that leads to its entry, and the same as a list', async () => {
    const page = parse((await get('/xray?last=50')).text)
    const arrow = page.querySelectorAll('.seq-step').find((step) => step.textContent.includes('PATCH /scim/Users/'))
    expect(arrow?.getAttribute('aria-label')).toMatch(/^\d+ PATCH \/scim\/Users\/\d+ → 200, Entra to Dialpad, 200 ok$/)
    expect((await get(arrow?.getAttribute('href') ?? '')).status).toBe(200)
    const list = page.querySelectorAll('.seq-list li').map((item) => item.textContent)
    expect(list).toHaveLength(page.querySelectorAll('.seq-step').length)
    expect(list.some((line) => line.includes('User ada.okafor@brightwave.example suspended'))).toBe(true)
  })

  test('of one trace: what one request caused, and nothing else', async () => {
    const { items } = await kit.control.dialpad.journal({ subject: ADA })
    const trace = items.find(({ kind }) => kind === 'state')?.correlationId ?? ''
    const page = parse((await get(`/xray?trace=${trace}`)).text)
    const list = page.querySelectorAll('.seq-list a').map((link) => link.textContent)
    // Within one millisecond the systems' clocks do not tell who was first.
    expect(list.map((line) => line.replace(/\d{10,}/, 'ID')).sort()).toEqual([
      'Dialpad: User ada.okafor@brightwave.example suspended',
      'Entra to Dialpad: GET /scim/Users/ID → 200',
      'Entra to Dialpad: PATCH /scim/Users/ID → 200',
    ])
    expect((await get('/xray?trace=none')).status).toBe(404)
  })

  test('says what to do where nothing matches; what a query does not know counts as not asked', async () => {
    expect((await get('/xray?subject=nothing-of-the-kind')).text).toContain('Nothing matches')
    expect((await get('/xray?last=many&kind=odd&since=never')).status).toBe(200)
    expect((await get('/xray?since=2999-01-01T00:00')).text).toContain('Nothing matches')
    expect((await get('/xray?before=twelve')).status).toBe(400)
  })
})

describe('taken away', () => {
  test('as HAR 1.2, without secrets', async () => {
    const answer = await get('/xray.har?last=200')
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="?xray\.har/)
    const { log } = Har.parse(JSON.parse(answer.text))
    const patch = log.entries.find(({ request }) => request.method === 'PATCH' && request.url.includes('/scim/Users/'))
    expect(patch).toMatchObject({ _from: 'entra', _to: 'dialpad', response: { status: 200, statusText: 'OK' } })
    expect(patch?.request.headers).toContainEqual({ name: 'authorization', value: 'Bearer [redacted]' })
    expect(JSON.parse(patch?.request.postData?.text ?? '{}')).toMatchObject({ Operations: expect.any(Array) })
    // Measured, not made up: an exchange over a socket takes some of a millisecond, and ends when it was noted.
    expect(patch?.time).toBeGreaterThan(0)
    expect(patch?.time).toBe((patch?.timings.send ?? 0) + (patch?.timings.wait ?? 0) + (patch?.timings.receive ?? 0))
    const { items } = await kit.control.entra.journal({ kind: 'http-out' })
    const noted = items.find(
      ({ at }) =>
        Date.parse(at) - Math.floor(patch?.time ?? 0) - 1 <= Date.parse(patch?.startedDateTime ?? '') &&
        Date.parse(patch?.startedDateTime ?? '') <= Date.parse(at),
    )
    expect(noted).toBeDefined()
    expect(answer.text).not.toMatch(/set-cookie|eyJ/i)
  })

  test('as one HTML file that needs nothing else and holds no script', async () => {
    const answer = await get('/xray.html?last=200')
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="?xray\.html/)
    const page = parse(answer.text)
    expect(page.querySelectorAll('script, link, img, iframe')).toHaveLength(0)
    expect(page.querySelectorAll('svg')).toHaveLength(1)
    expect(page.textContent).toContain('From a training simulation, not affiliated with the vendors.')
    expect(page.querySelectorAll('details').length).toBeGreaterThan(3)
    expect(page.querySelector('style')?.textContent).not.toContain('&')
  })

  test('what people typed is text in both', async () => {
    const name = '<img src=x onerror=alert(1)>'
    await kit.control.entra.call('POST', '/commands/add-group', { name })
    const { text } = await get('/xray.html')
    expect(text).toContain('&lt;img src=x')
    expect(parse(text).querySelectorAll('img')).toHaveLength(0)
    expect(parse((await get('/xray')).text).querySelectorAll('img')).toHaveLength(0)
  })
})

describe('the entry of the timeline', () => {
  test('shows a change field by field', async () => {
    const { items } = await kit.control.dialpad.journal({ subject: ADA })
    const entry = items.find(({ title }) => title.endsWith('suspended'))
    const page = parse((await get(`/timeline/dialpad:${entry?.seq}`)).text)
    expect(page.querySelectorAll('del').map((each) => each.textContent)).toEqual(['active'])
    expect(page.querySelectorAll('ins').map((each) => each.textContent)).toEqual(['suspended'])
  })

  test('takes a SAML answer apart, and says what its receiver made of it', async () => {
    await kit.control.kit.reset({ world: 'brightwave' })
    await connectDialpad(kit, { from: 'okta', assign: ['Dialpad Users'], saml: true })
    const browser = createPlainBrowser(Object.values(kit.urls))
    const dashboard = createPlainDesk(browser, kit.urls.okta, () => undefined)
    await dashboard.open('/')
    await signInToOkta(dashboard, ADA)
    await dashboard.see('Dialpad')
    const there = createPlainDesk(browser, kit.urls.dialpad, () => undefined)
    await there.open(await dashboard.addressOf('Dialpad'))
    await there.see('Signed in as Ada Okafor')
    const { items } = await kit.control.okta.journal({ kind: 'saml', subject: ADA })
    const sent = items.find(({ title }) => title.startsWith('SAML answer'))
    const page = parse((await get(`/timeline/okta:${sent?.seq}`)).text)
    const facts = Object.fromEntries(
      page
        .querySelectorAll('.k-definition')
        .map((row) => [row.querySelector('dt')?.textContent ?? '', row.querySelector('dd')?.textContent ?? '']),
    )
    expect(facts).toMatchObject({
      Status: 'Success',
      'Name ID': ADA,
      Audience: 'https://dialpad.com/api/saml/metadata/okta/brightwave.example',
      Conditions: expect.stringMatching(/valid when it was noted$/),
      Algorithm: 'rsa-sha256',
      'SHA-256': expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    })
    expect(page.textContent).toContain('Dialpad: SAML answer accepted.')
    expect(page.textContent).toContain('The certificate in the message is the one the receiver trusts.')
    expect(checksOf(page)).toMatchObject({
      'signature: its value and the digests': ['Holds', '-', '-'],
      audience: ['Holds', facts['Audience'], expect.stringContaining(facts['Audience'] ?? '')],
      'first use': ['Holds', '-', '-'],
    })
    expect(page.textContent).toContain(facts['SHA-256'])
    expect(page.querySelector('[aria-label="SAML XML"]')?.textContent).toMatch(/\n {2}(<|&lt;)saml2:Issuer/)
    expect(page.querySelector('[aria-label="SAML XML"]')?.textContent).toContain('[redacted]')
  })

  test('takes the SAML answer along in both exports, decoded, with what was found out, and without its signature', async () => {
    const { log } = Har.parse(JSON.parse((await get('/xray.har?last=200&kind=saml')).text))
    const accepted = log._saml.find(({ title }) => title === 'SAML answer accepted')
    expect(accepted?.verdict).toMatchObject({ of: 'saml', accepted: true, key: { kind: 'certificate' } })
    expect(accepted?.xml).toMatch(/SignatureValue>\[redacted\]</)
    const { text } = await get('/xray.html?last=200&kind=saml')
    const details = parse(text)
      .querySelectorAll('details')
      .find((each) => each.textContent.includes('SAML answer accepted'))
    expect(details?.textContent).toContain('SAML Response, decoded')
    expect(details?.textContent).toContain('Verified by whoever received it, certificate')
    expect(details?.textContent).toContain('[redacted]')
  })

  test('shows which check of a SAML answer did not hold', async () => {
    const { items } = await kit.control.okta.journal({ kind: 'saml', subject: ADA })
    expect(items.length).toBeGreaterThan(0)
    await call(`${kit.urls.dialpad}/saml/sso/okta/brightwave.example`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ SAMLResponse: Buffer.from('<a/>').toString('base64') }).toString(),
    })
    const judged = await kit.control.dialpad.journal({ kind: 'saml' })
    const refused = judged.items.find(({ title }) => title === 'SAML answer refused: not-a-response')
    const page = parse((await get(`/timeline/dialpad:${refused?.seq}`)).text)
    expect(checksOf(page)).toEqual({
      'form: one answer, one assertion, nothing hidden': [
        'Does not hold',
        'The document is a a, not a SAML 2.0 Response.',
        '-',
      ],
    })
  })

  test('shows an ID token, decoded, and what both ends found out about it', async () => {
    await kit.control.kit.reset({ world: 'connected-entra' })
    const browser = createPlainBrowser(Object.values(kit.urls))
    const desk = createPlainDesk(browser, kit.urls.dialpad, () => undefined)
    await desk.open('/login')
    await desk.press('Log in with Microsoft')
    await signInToEntra(desk, ADA)
    await desk.see('Signed in as Ada Okafor')
    const { items } = await kit.control.dialpad.journal({ kind: 'oidc' })
    const back = items.find(({ verdict }) => verdict !== undefined)
    expect(back?.title).toBe('GET /login/microsoft/callback → 303')
    const page = parse((await get(`/timeline/dialpad:${back?.seq}`)).text)
    expect(page.textContent).toContain('Verified by Dialpad')
    expect(Object.entries(checksOf(page)).map(([name, [result]]) => `${name}: ${result}`)).toEqual([
      'issuer: Holds',
      'audience: Holds',
      'nonce: Holds',
      'time: Holds',
      'signature: Holds',
    ])
    const claims = JSON.parse(page.querySelector('[aria-label="ID token claims"]')?.textContent ?? '{}')
    expect(claims).toMatchObject({
      preferred_username: ADA,
      aud: expect.any(String),
      iss: expect.stringMatching(/v2\.0$/),
    })
    const header = JSON.parse(page.querySelector('[aria-label="ID token header"]')?.textContent ?? '{}')
    const keys = (await (await fetch(String(back?.verdict?.key?.from))).json()) as {
      readonly keys: readonly { readonly kid: string }[]
    }
    expect(keys.keys.map(({ kid }) => kid)).toContain(header.kid)

    const issued = await kit.control.entra.journal({ kind: 'oidc' })
    const token = issued.items.find(({ verdict }) => verdict !== undefined)
    expect(token?.title).toMatch(/^POST \/.*\/token → 200$/)
    expect(token?.verdict).toMatchObject({
      accepted: true,
      key: { id: header.kid, from: back?.verdict?.key?.from },
      claims: { nonce: claims.nonce },
    })
    const { log } = Har.parse(JSON.parse((await get('/xray.har?last=200')).text))
    expect(log.entries.some(({ _verdict }) => _verdict?.claims?.['preferred_username'] === ADA)).toBe(true)
  })
})

/** Result, found and expected of each check, by its name. */
function checksOf(page: ReturnType<typeof parse>): Readonly<Record<string, readonly string[]>> {
  const table = page.querySelectorAll('table').find((each) => each.querySelector('caption')?.textContent === 'Checks')
  return Object.fromEntries(
    (table?.querySelectorAll('tbody tr') ?? []).map((row) => {
      const [name = '', ...rest] = row.querySelectorAll('th, td').map((cell) => cell.textContent)
      return [name, rest]
    }),
  )
}
