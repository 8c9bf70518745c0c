import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GROUP_URN, ines, patch, type ServedDialpad, serveDialpad } from './serve.ts'

/** Conditional requests of RFC 7644 §3.14 on every verb, for users and groups. */

let dialpad: ServedDialpad
beforeEach(async () => {
  dialpad = await serveDialpad('brightwave')
})
afterEach(() => dialpad.close())

const GROUP = { schemas: [GROUP_URN], displayName: 'Sales' }
const RENUMBER = patch({ op: 'replace', path: 'externalId', value: 'n-2' })

describe.each([
  ['/Users', ines({ externalId: 'n-1' }), ines({ externalId: 'n-3' })],
  ['/Groups', { ...GROUP, externalId: 'n-1' }, { ...GROUP, externalId: 'n-3' }],
])('conditions on %s', (endpoint, created, replaced) => {
  let path: string
  beforeEach(async () => {
    const answer = await dialpad.scim('POST', endpoint, created)
    expect([answer.status, answer.headers['etag'], answer.json()['meta']]).toEqual([
      201,
      'W/"1"',
      expect.objectContaining({ version: 'W/"1"' }),
    ])
    path = `${endpoint}/${String(answer.json()['id'])}`
  })

  const send = (method: string, body: object | undefined, headers: Readonly<Record<string, string>>) =>
    dialpad.scim(method, path, body, headers)

  test.each([
    ['the version', 'W/"1"'],
    ['the version as a strong tag', '"1"'],
    ['several, the version among them', '"x, y", W/"1"'],
    ['any', '*'],
  ])('If-Match with %s lets every verb through', async (_name, condition) => {
    const headers = { 'if-match': condition }
    expect((await send('GET', undefined, headers)).status).toBe(200)
    const put = await send('PUT', replaced, headers)
    expect([put.status, put.headers['etag']]).toEqual([200, 'W/"2"'])
  })

  test('If-Match with another version stops every verb, and nothing is done', async () => {
    const before = (await dialpad.scim('GET', path)).json()
    const headers = { 'if-match': 'W/"7"' }
    for (const [method, body] of [['GET'], ['PUT', replaced], ['PATCH', RENUMBER], ['DELETE']] as const) {
      const answer = await send(method, body, headers)
      expect([method, answer.status, answer.json()['status']]).toEqual([method, 412, '412'])
    }
    expect((await dialpad.scim('GET', path)).json()).toEqual(before)
  })

  test('If-None-Match answers a GET with 304 and stops the other verbs', async () => {
    for (const condition of ['W/"1"', '"1"', '*', '"7", W/"1"']) {
      const headers = { 'if-none-match': condition }
      const unchanged = await send('GET', undefined, headers)
      expect([unchanged.status, unchanged.text, unchanged.headers['etag']]).toEqual([304, '', 'W/"1"'])
      for (const [method, body] of [['PUT', replaced], ['PATCH', RENUMBER], ['DELETE']] as const) {
        expect([method, (await send(method, body, headers)).status]).toEqual([method, 412])
      }
    }
    const other = { 'if-none-match': 'W/"7"' }
    expect((await send('GET', undefined, other)).status).toBe(200)
    expect((await send('PATCH', RENUMBER, other)).status).toBe(200)
    expect((await send('DELETE', undefined, other)).status).toBe(204)
  })

  test('of two who read the same version one changes it, and the other is told', async () => {
    const headers = { 'if-match': 'W/"1"' }
    const answers = await Promise.all([send('PATCH', RENUMBER, headers), send('PUT', replaced, headers)])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 412])
  })

  test('changes at the same time without conditions are all kept', async () => {
    if (endpoint === '/Groups') return
    const fields = ['title', 'nickName', 'locale', 'userType', 'timezone']
    await Promise.all(fields.map((field) => send('PATCH', patch({ op: 'add', path: field, value: field }), {})))
    expect((await dialpad.scim('GET', path)).json()).toMatchObject(Object.fromEntries(fields.map((f) => [f, f])))
  })
})
