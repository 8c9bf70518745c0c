import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  GROUP_REFUSALS,
  KEY_REFUSALS,
  MESSAGE_REFUSALS,
  type RefusalCase,
  USER_REFUSALS,
} from './refusals/catalogue.ts'
import { ERROR_URN, GROUP_URN, ines, type ServedDialpad, serveDialpad } from './serve.ts'

let dialpad: ServedDialpad
beforeEach(async () => {
  dialpad = await serveDialpad('brightwave')
})
afterEach(() => dialpad.close())

function refuses(cases: readonly RefusalCase[]): void {
  test.each(cases.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    await row.arrange?.(dialpad)
    const arranged = (await row.arrangeHeaders?.(dialpad)) ?? {}
    const before = dialpad.system.store.count('users')
    const [method, path, body] = row.request(dialpad)
    const answer = await dialpad.scim(method, path, body, { ...row.headers, ...arranged })
    expect(answer.status).toBe(row.status)
    expect(answer.headers['content-type']).toBe('application/scim+json')
    expect(answer.json()).toEqual({
      schemas: [ERROR_URN],
      status: String(row.status),
      ...(row.scimType === undefined ? {} : { scimType: row.scimType }),
      detail: typeof row.detail === 'string' ? row.detail : expect.stringMatching(row.detail),
    })
    expect(answer.headers['www-authenticate']).toBe(row.status === 401 ? 'Bearer realm="Dialpad"' : undefined)
    expect(dialpad.system.store.count('users')).toBe(before)
  })
}

describe('SCIM refuses keys', () => refuses(KEY_REFUSALS))
describe('SCIM refuses messages', () => refuses(MESSAGE_REFUSALS))
describe('SCIM refuses users', () => refuses(USER_REFUSALS))
describe('SCIM refuses groups', () => refuses(GROUP_REFUSALS))

describe('SCIM says what would do', () => {
  test.each([
    ['/Users', 'GET, POST'],
    ['/Users/1', 'GET, PUT, PATCH, DELETE'],
    ['/Groups', 'GET, POST'],
    ['/Groups/1', 'GET, PUT, PATCH, DELETE'],
    ['/Users/.search', 'POST'],
    ['/.search', 'POST'],
    ['/Schemas', 'GET'],
    ['/ResourceTypes/User', 'GET'],
    ['/ServiceProviderConfig', 'GET'],
  ])('%s knows %s', async (path, allow) => {
    const answer = await dialpad.scim('OPTIONS', path)
    expect([answer.status, answer.headers['allow']]).toEqual([405, allow])
  })

  test('a wrong media type is told which one is taken', async () => {
    const answer = await dialpad.scim('POST', '/Users', '{}', { 'content-type': 'text/plain' })
    expect([answer.status, answer.headers['accept']]).toEqual([415, 'application/scim+json'])
  })

  test('HEAD answers as GET does, without the body', async () => {
    const [get, head] = [await dialpad.scim('GET', '/Users'), await dialpad.scim('HEAD', '/Users')]
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', get.headers['content-length']])
    expect((await dialpad.scim('HEAD', '/Users/none')).status).toBe(404)
  })
})

describe('SCIM passes over the parameters of a list where none is asked for', () => {
  test.each([
    ['POST', '/Users', ines()],
    ['POST', '/Groups', { schemas: [GROUP_URN], displayName: 'Sales' }],
  ])('%s %s', async (method, path, body) => {
    const answer = await dialpad.scim(method, `${path}?attributes=a&attributes=b&filter=((&count=x&sortBy=%20`, body)
    expect([answer.status, Object.keys(answer.json())]).toEqual([201, ['schemas', 'id']])
  })
})

describe('SCIM under fault rules', () => {
  test('a status comes as a SCIM Error with Retry-After, as often as the rule says', async () => {
    await dialpad.system.control.setFaults([
      { on: 'scim.users.list', effect: { status: 429, retryAfter: 5 }, times: 1 },
    ])
    const first = await dialpad.scim('GET', '/Users')
    expect([first.status, first.headers['retry-after'], first.json()]).toEqual([
      429,
      '5',
      { schemas: [ERROR_URN], status: '429', detail: 'Too many requests' },
    ])
    expect((await dialpad.scim('GET', '/Users')).status).toBe(200)
  })

  test('an HTML page comes as a wrong address would answer', async () => {
    await dialpad.system.control.setFaults([{ on: 'scim.groups.list', effect: { html: true } }])
    const answer = await dialpad.scim('GET', '/Groups')
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  })

  test('a dropped connection leaves nothing done', async () => {
    await dialpad.system.control.setFaults([{ on: 'scim.users.delete', effect: { drop: true } }])
    const [someone] = dialpad.system.store.find('users', 'email', 'tomas.berg@brightwave.example')
    await expect(dialpad.scim('DELETE', `/Users/${someone?.id}`)).rejects.toThrow('socket hang up')
    expect(dialpad.system.store.get('users', someone?.id ?? '')?.state).toBe('active')
  })
})
