import { afterAll, beforeAll, expect, test } from 'vitest'
import { REST_REFUSALS } from './refusals/rest-catalogue.ts'
import { envelope, type ServedRest, serveRest } from './serve-rest.ts'

let served: ServedRest
beforeAll(async () => {
  served = await serveRest()
})
afterAll(() => served.close())

test.each(REST_REFUSALS.map((refusal) => [refusal.name, refusal] as const))('%s', async (_name, refusal) => {
  const before = served.system.store.dump().collections
  const [method, path, body] = refusal.request(served)
  const answer = await served.rest(method, path, body, refusal.headers)
  const { error } = answer.json() as { error: { message: string } }
  if (typeof refusal.message === 'string') expect(error.message).toBe(refusal.message)
  else expect(error.message).toMatch(refusal.message)
  expect(answer.status).toBe(refusal.status)
  expect(answer.headers['content-type']).toBe('application/json')
  expect(answer.json()).toEqual(envelope(refusal.status, refusal.reason, error.message))
  const { apiKeys: _keys, ...after } = served.system.store.dump().collections
  const { apiKeys: _before, ...unchanged } = before
  expect(after).toEqual(unchanged)
})
