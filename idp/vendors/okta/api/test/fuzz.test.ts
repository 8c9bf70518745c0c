import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { API_ROUTES } from '../route-table.ts'
import { type RunningApi, startApi } from './start-api.ts'

/** Whatever is sent, the API answers in its own words: no 500, and what is refused has changed nothing. */

let api: RunningApi
let ids: readonly string[]
beforeAll(async () => {
  api = await startApi('connected-okta')
  await api.ask('GET', '/api/v1/org')
  const keys = (collection: 'apps' | 'appUsers' | 'profileMappings' | 'groupPushMappings'): readonly string[] =>
    Array.from(api.system.store.entries(collection), ([key]) => key)
  ids = [
    oktaUserIdOf('ada.okafor'),
    'george.mensah',
    oktaGroupIdOf('Sales'),
    ...keys('apps'),
    ...keys('appUsers').slice(0, 3),
    ...keys('profileMappings'),
    ...keys('groupPushMappings'),
    'default',
    'USER_PROVISIONING',
    'me',
  ]
})
afterAll(() => api.close())

const ERROR = {
  errorCode: expect.stringMatching(/^E\d{7}$/),
  errorSummary: expect.any(String),
  errorLink: expect.any(String),
  errorId: expect.stringMatching(/^oae/),
  errorCauses: expect.any(Array),
}

async function runJobs(): Promise<void> {
  const answer = await api.ask('POST', '/_kit/jobs/run', { body: {}, token: null })
  if (answer.status !== 200) throw new Error(answer.text)
}

/** Not what a refused call leaves as it was: uses of tokens, and the System Log, which tells of a connection that failed too. */
const MOVING: ReadonlySet<string> = new Set([
  'apiTokens',
  'kitSessions',
  'signInGuards',
  'systemLog',
  'oktaCounters',
  'kitMeta',
])

/** What the store holds. */
function state(): string {
  const kept = Object.entries(api.system.store.dump().collections).filter(([name]) => !MOVING.has(name))
  return JSON.stringify(kept)
}

const MEMBERS = [
  ...['profile', 'credentials', 'groupIds', 'type', 'name', 'conditions', 'actions', 'username', 'password', 'id'],
  ...['label', 'settings', 'signOnMode', 'visibility', 'scope', 'priority', 'status', 'properties', 'definitions'],
  ...['capabilities', 'sourceGroupId', 'targetGroupId', 'targetGroupName', 'sessionToken', 'stateToken', 'oldPassword'],
]
const INNER = ['login', 'email', 'firstName', 'name', 'value', 'password', 'expression', 'userName', 'custom', 'app']

const leaf = fc.oneof(
  fc.constantFrom(
    '',
    'a@brightwave.example',
    'Sales',
    'x'.repeat(3_000),
    '\u0000',
    'ACTIVE',
    'USER',
    'user.(',
    'dialpad',
  ),
  fc.constantFrom<unknown>(null, true, -1, 1e308, [], {}, ['x'], [null]),
  fc.jsonValue({ maxDepth: 2 }),
)
const inner = fc.oneof(leaf, fc.dictionary(fc.constantFrom(...INNER), leaf, { maxKeys: 4 }))
const body = fc.oneof(
  { weight: 6, arbitrary: fc.dictionary(fc.constantFrom(...MEMBERS), inner, { maxKeys: 5 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
)

const query = fc.array(
  fc.tuple(
    fc.constantFrom(
      'q',
      'filter',
      'search',
      'limit',
      'after',
      'activate',
      'sendEmail',
      'since',
      'until',
      'expand',
      'sortOrder',
    ),
    fc.oneof(
      fc.constantFrom(
        'status eq "ACTIVE"',
        '(',
        'id pr',
        'true',
        '-1',
        '200',
        '"',
        'published gt 7',
        'user/x',
        '2026-01-01',
      ),
      fc.string({ maxLength: 12 }),
    ),
  ),
  { maxLength: 2 },
)

function textOf(options: readonly (readonly [string, string])[]): string {
  return options.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
}

describe('whatever is sent', () => {
  test('700 calls of every route get an answer of the API, never a 500, and refused ones change nothing', async () => {
    const routes = API_ROUTES.filter(({ name }) => !name.includes('apps.delete') && !name.includes('sessions'))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        fc.infiniteStream(fc.oneof(fc.nat({ max: 30 }), fc.string({ maxLength: 5 }))),
        query,
        body,
        async (route, picks, options, sent) => {
          const pick = picks[Symbol.iterator]()
          const path = route.path.replaceAll(/\{\w+\}/g, () => {
            const picked: unknown = pick.next().value
            const id = typeof picked === 'number' ? (ids[picked % ids.length] ?? '') : String(picked)
            return encodeURIComponent(id === '' || /^\.+$/.test(id) ? 'x' : id)
          })
          const before = state()
          const answer = await api.ask(route.method, `/api/v1${path}?${textOf(options)}`, {
            ...(route.hasBody ? { body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } } : {}),
          })
          const told = `${route.method} ${path}?${textOf(options)} ${JSON.stringify(sent)}: ${answer.text}`
          expect(answer.status, told).toBeLessThan(500)
          if (answer.status < 400) {
            // What a change sets going is over before the next call: it would look like that call's doing.
            if (route.method !== 'GET') await runJobs()
            return
          }
          expect(answer.json(), told).toEqual(ERROR)
          if (route.isOpen) return
          expect(state() === before, told).toBe(true)
        },
      ),
      { numRuns: 700 },
    )
  })

  test('300 calls of any path and method too', async () => {
    const segment = fc.oneof(
      fc.constantFrom(
        'users',
        'groups',
        'rules',
        'apps',
        'logs',
        'mappings',
        'meta',
        'schemas',
        'lifecycle',
        'sessions',
      ),
      fc.constantFrom('%00', '..', '%2e%2e', '%E0%A4%A', 'constructor', '__proto__', 'x'.repeat(500)),
      fc.string({ maxLength: 8 }).map((text) => encodeURIComponent(text)),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { minLength: 1, maxLength: 5 }),
        query,
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
        fc.boolean(),
        async (segments, options, method, known) => {
          const path = `/api/v1/${segments.join('/')}?${textOf(options)}`
          const answer = await api.ask(method, path, known ? {} : { token: null })
          expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(500)
          if (answer.status < 400 || method === 'HEAD' || !new URL(path, api.origin).pathname.startsWith('/api/v1/')) {
            return
          }
          expect(answer.json()).toEqual(ERROR)
        },
      ),
      { numRuns: 300 },
    )
  })
})
