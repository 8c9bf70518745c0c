import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { REST_ROUTES } from '../rest/route-table.ts'
import { userByEmail } from './serve.ts'
import { type ServedRest, serveRest } from './serve-rest.ts'

let served: ServedRest
beforeAll(async () => {
  served = await serveRest()
})
afterAll(() => served.close())

/** Ids that name something, names of what the API speaks of, and anything at all. */
const word = fc.oneof(
  fc.constantFrom(
    'user',
    'office',
    'department',
    'active',
    'talk',
    'auto',
    'true',
    '',
    ' ',
    '+17205550143',
    '__proto__',
  ),
  fc.constantFrom('0', '-1', '9'.repeat(30), 'me', '%00', '%E0%A4', '../users', '\u0000', '🦊'),
  fc.string({ maxLength: 20 }),
)

const MEMBERS = [
  ...new Set(
    REST_ROUTES.flatMap(({ body }) =>
      body !== undefined && 'shape' in body ? Object.keys(body.shape as Record<string, unknown>) : [],
    ),
  ),
]

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    word,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...MEMBERS, '__proto__', 'type'), tie('any'), { maxKeys: 4 }),
  ),
})).any

test.each(['/coachingteams/.', '/coachingteams/%2e', '/coachingteams/', '/departments/x/..'])(
  'a path that the client shortens is judged as what arrives: %s',
  async (path) => {
    const answer = await served.rest('GET', path)
    expect(answer.status).toBe(200)
    expect(answer.json()['id']).toBeUndefined()
  },
)

test('whatever is sent, nothing breaks: every answer is one of the API', async () => {
  const { id: userId, officeId } = userByEmail(served.system, 'tomas.berg@brightwave.example')
  const part = fc.oneof(fc.constantFrom(userId, officeId, '+17205550147'), word.map(encodeURIComponent))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...REST_ROUTES),
      fc.array(part, { minLength: 1, maxLength: 1 }),
      fc.dictionary(
        fc.constantFrom('limit', 'cursor', 'state', 'email', 'number', 'office_id', 'release', 'status'),
        word,
        {
          maxKeys: 3,
        },
      ),
      fc.oneof(value, fc.dictionary(fc.constantFrom(...MEMBERS), value, { maxKeys: 6 })),
      async (route, [id = ''], query, body) => {
        const path = route.path.replaceAll(/\{\w+\}/g, () => id)
        const answer = await served.rest(
          route.method,
          `${path}?${new URLSearchParams(query).toString()}`,
          route.body === undefined ? undefined : JSON.stringify(body),
        )
        expect(answer.status, answer.text).toBeLessThan(500)
        expect(answer.headers['content-type']).toBe('application/json')
        if (answer.status !== 200) expect(answer.json()).toMatchObject({ error: { code: answer.status } })
      },
    ),
    { numRuns: 800 },
  )
})
