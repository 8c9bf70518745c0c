import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JournalMessage } from '#kit/journal.ts'
import { BODY_LIMIT, REDACTED, redactBody, redactChange, redactHeaders, redactMessage, redactText } from './redact.ts'
import { isSecretName } from './secret-names.ts'

/** The names the contract lists, as they are written on the wire. */
const NAMES = [
  'password',
  'client_secret',
  'code',
  'code_verifier',
  'refresh_token',
  'access_token',
  'id_token',
  'id_token_hint',
  'token',
  'secret',
  'apikey',
  'api_key',
  '_csrf',
  'SecretToken',
  'newPassword',
  'client_assertion',
  'assertion',
  'device_code',
  'SAMLResponse',
] as const

const URL_SAFE = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
const anyKey = fc.string({ unit: fc.constantFrom(...URL_SAFE), minLength: 24, maxLength: 60 })
/** Also with what JSON, forms, HTML and addresses escape. */
const anyPassword = fc
  .tuple(anyKey, fc.string({ unit: fc.constantFrom(...'\'"\\&=+ %<>#;?/{}[]:,.!~*()$@é€\n') }), anyKey)
  .map((parts) => parts.join(''))
const anyName = fc.constantFrom(...NAMES)
const anyJwt = fc.tuple(fc.dictionary(fc.string(), fc.string()), anyKey).map(([claims, signature]) => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'RS256', kid: 'k1' })}.${part({ ...claims, sub: 'ada' })}.${signature}`
})

/** What of `secret` could be used or searched for: its long runs of letters. */
function expectGone(text: string, secret: string): void {
  for (const run of secret.match(/[\w-]{20,}/g) ?? []) expect(text).not.toContain(run)
}

const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

describe('law: no secret survives redaction', () => {
  const places: readonly (readonly [string, (name: string, secret: string) => JournalMessage])[] = [
    ['a JSON member', (name, secret) => ({ body: JSON.stringify({ user: 'ada', [name]: secret, active: true }) })],
    [
      'a nested JSON member',
      (name, secret) => ({ body: JSON.stringify({ a: [{ b: { [name]: { value: secret } } }] }, null, 2) }),
    ],
    ['a list in JSON', (name, secret) => ({ body: JSON.stringify({ [name]: [secret, secret] }) })],
    ['a key and its value', (name, secret) => ({ body: JSON.stringify({ value: [{ value: secret, key: name }] }) })],
    [
      'a PATCH by path',
      (name, secret) => ({ body: JSON.stringify({ Operations: [{ op: 'replace', path: name, value: secret }] }) }),
    ],
    [
      'JSON cut in the middle',
      (name, secret) => ({ body: JSON.stringify({ x: { [name]: secret, z: 1 } }).slice(0, -7) }),
    ],
    [
      'a JSON member with an escaped name',
      (name, secret) => ({
        body: `{"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}":${JSON.stringify(secret)}}`,
      }),
    ],
    [
      'a form field',
      (name, secret) => ({
        body: new URLSearchParams([
          ['user', 'ada'],
          [name, secret],
          ['x', '1'],
        ]).toString(),
      }),
    ],
    [
      'a form field of another encoder',
      (name, secret) => ({ body: `user=ada&${name}=${encodeURIComponent(secret)}&x=1` }),
    ],
    [
      'a part of a multipart form',
      (name, secret) => ({ body: `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${secret}\r\n--b--` }),
    ],
    [
      'a query parameter',
      (name, secret) => ({ url: `http://localhost:4100/x?a=1&${name}=${encodeURIComponent(secret)}&state=s` }),
    ],
    ['a fragment', (name, secret) => ({ url: `http://localhost:4100/x#${name}=${encodeURIComponent(secret)}` })],
    [
      'an address inside an address',
      (name, secret) => ({
        url: `http://localhost/x?next=${encodeURIComponent(`http://localhost/y?${name}=${encodeURIComponent(secret)}`)}`,
      }),
    ],
    [
      'a redirect',
      (name, secret) => ({
        headers: { location: `http://localhost/cb?state=s&${name}=${encodeURIComponent(secret)}` },
      }),
    ],
    ['a header of that name', (name, secret) => ({ headers: { [`X-${name}`]: secret } })],
    [
      'a hidden input',
      (name, secret) => ({ body: `<form><input type="hidden" name="${name}" value="${html(secret)}"></form>` }),
    ],
    ['a hidden input, value first', (name, secret) => ({ body: `<input value="${html(secret)}" name='${name}'/>` })],
    ['a link', (name, secret) => ({ body: `<a href="/x?a=1&amp;${name}=${encodeURIComponent(secret)}">x</a>` })],
  ]

  test.each(places)('in %s', (_place, message) => {
    fc.assert(
      fc.property(anyName, anyPassword, (name, secret) => {
        expectGone(JSON.stringify(redactMessage(message(name, secret))), secret)
      }),
      { numRuns: 150 },
    )
  })

  test('in a part of a multipart form that begins with dashes, as the delimiter does', () => {
    for (const secret of [`--${'A'.repeat(30)}`, `--b${'A'.repeat(30)}`, `x\r\n--${'A'.repeat(30)}`]) {
      const body = `--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${secret}\r\n--b\r\nContent-Disposition: form-data; name="user"\r\n\r\nada\r\n--b--`
      const redacted = JSON.stringify(redactMessage({ body }))
      expectGone(redacted, secret)
      expect(redacted).toContain('ada')
    }
  })

  test.each(['authorization', 'Cookie', 'Set-Cookie', 'Proxy-Authorization', 'X-Api-Key', 'x-csrf-token'])(
    'in the header %s',
    (name) => {
      fc.assert(
        fc.property(anyKey, fc.constantFrom('', 'Bearer ', 'Basic ', 'SSWS ', 'session='), (secret, scheme) => {
          expectGone(JSON.stringify(redactHeaders({ [name]: scheme + secret })), secret)
        }),
      )
    },
  )

  test('as a JWT or a bearer key anywhere in a text', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.oneof(
          anyJwt,
          anyKey.map((key) => `Bearer ${key}`),
        ),
        fc.string(),
        (before, secret, after) => {
          const text = redactText(`${before} ${secret} ${after}`)
          for (const run of secret.replace('Bearer ', '').split('.')) expect(text).not.toContain(run)
        },
      ),
    )
  })

  test('in a change of state', () => {
    fc.assert(
      fc.property(anyName, anyPassword, anyJwt, (name, secret, jwt) => {
        const change = redactChange({
          type: 'user',
          id: '1',
          before: { [name]: secret },
          after: { deep: [{ [name]: secret }], note: `got ${jwt}` },
        })
        expectGone(JSON.stringify(change), secret)
        expectGone(JSON.stringify(change), jwt.split('.').at(-1) ?? '')
      }),
    )
  })

  test.each<readonly [string, (pad: string, name: string, secret: string) => string]>([
    ['a member', (pad, name, secret) => JSON.stringify({ pad, [name]: secret, more: 'y'.repeat(40_000) })],
    [
      'a value before its key',
      (pad, name, secret) => JSON.stringify([pad, { value: secret, key: name }, 'y'.repeat(40_000)]),
    ],
    ['an input', (pad, name, secret) => `<p>${pad}<input value="${html(secret)}" name="${name}">${'y'.repeat(40_000)}`],
  ])('across the place where a long body is cut: %s', (_form, write) => {
    fc.assert(
      fc.property(anyName, anyPassword, fc.integer({ min: -120, max: 20 }), (name, secret, offset) => {
        const cut = redactMessage({ body: write('x'.repeat(BODY_LIMIT + offset), name, secret) })
        expect(cut.truncated).toBe(true)
        for (const run of secret.match(/[\w-]{20,}/g) ?? []) expect(cut.body).not.toContain(run.slice(0, 12))
      }),
      { numRuns: 40 },
    )
  })

  test('at the end of what is looked at, where masks shortened what stands before', () => {
    const secrets = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`token${n}password`, 's'.repeat(100)]))
    const body = JSON.stringify({
      secrets,
      pad: 'x'.repeat(BODY_LIMIT + 16 * 1024 - 40_000),
      last: { value: 'TOPSECRET'.repeat(900), key: 'token' },
    })
    expect(redactMessage({ body }).body).not.toContain('TOPSECRET')
  })
})

describe('what is no secret stays as it was', () => {
  test.each([
    '{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],\n  "userName":"ada@brightwave.example", "active" : true}',
    '{"error":{"code":"Request_ResourceNotFound","message":"Resource does not exist."}}',
    '{"Operations":[{"op":"replace","path":"title","value":"Agent"}]}',
    '{"password":null,"token_type":"Bearer","expires_in":3599,"nextPageToken":"b2Zmc2V0"}',
    '{"areaCode":"720","postalCode":"80202","countryCode":"US"}',
    'userName=ada%40brightwave.example&active=true',
    '<p>Bearer keys are shown once.</p>',
  ])('%s', (text) => {
    expect(redactBody(text).replace(`Bearer ${REDACTED}`, 'Bearer keys')).toBe(text)
  })

  test('a query keeps its paging and its state', () => {
    const url = 'http://localhost:4100/v1.0/users/delta?$deltatoken=12&$skiptoken=3&state=s1&nonce=n1'
    expect(redactMessage({ url })).toEqual({ url })
  })

  test('a credential shows its scheme, a challenge everything', () => {
    expect(
      redactHeaders({ Authorization: 'Bearer abc', 'WWW-Authenticate': 'Bearer realm="scim"', Cookie: 'a=b' }),
    ).toEqual({
      authorization: `Bearer ${REDACTED}`,
      'www-authenticate': 'Bearer realm="scim"',
    })
  })

  test('names are known by their last part, whatever their case', () => {
    expect(isSecretName('urn:ietf:params:scim:schemas:core:2.0:User:password')).toBe(true)
    expect(isSecretName('credentials[type eq "x"].Client-Secret')).toBe(true)
    expect(isSecretName('token_type')).toBe(false)
    expect(isSecretName('tokenEndpoint')).toBe(false)
  })
})

describe('cutting', () => {
  test('a body over 64 kB is cut between characters, its true length kept', () => {
    const body = 'é'.repeat(BODY_LIMIT)
    const message = redactMessage({ body })
    expect(message).toMatchObject({ bodyLength: 2 * BODY_LIMIT, truncated: true })
    expect(message.body).toBe('é'.repeat(BODY_LIMIT / 2))
  })

  test('a body of 64 kB is kept whole', () => {
    const body = 'x'.repeat(BODY_LIMIT)
    expect(redactMessage({ body })).toEqual({ body, bodyLength: BODY_LIMIT })
  })

  test('a body the recorder cut already keeps the length it gave', () => {
    expect(redactMessage({ body: 'abc', bodyLength: 900_000, truncated: true })).toEqual({
      body: 'abc',
      bodyLength: 900_000,
      truncated: true,
    })
  })
})

test.each([
  ['quotes', '"'],
  ['braces', '{"a":'],
  ['brackets', '['],
  ['escapes', '%26'],
  ['token heads', 'eyJ'],
  ['dots', 'a.'],
  ['inputs', '<input name="'],
  ['form parts', 'form-data; name="a"\r\n'],
  ['form parts of one line', 'form-data;'],
  ['secret form parts of one line', 'form-data; name="password"'],
  ['tags without an end', 'password <input '],
  ['members', '{"password":"'],
])('a hostile body of nothing but %s costs no more than a long one', (_name, piece) => {
  const started = process.cpuUsage()
  for (const head of ['', '{', '[']) redactMessage({ body: head + piece.repeat(Math.ceil(100_000 / piece.length)) })
  const { user } = process.cpuUsage(started)
  expect(user).toBeLessThan(1_500_000)
})
