import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { call } from '#kit/test/call.ts'
import { type ServedSample, serveSample } from '#kit/test/sample-system.ts'
import { MOST_ASKED } from './record-routes.ts'

let sample: ServedSample
beforeEach(async () => {
  sample = await serveSample()
  await sample.system.store.transact((tx) => {
    for (const [id, count] of [
      ['second', 2],
      ['third', 2],
      ['fourth', 3],
    ] as const)
      tx.put('visits', id, { id, count })
  })
})
afterEach(() => sample.close())

const read = async (path: string) => {
  const answer = await call(`${sample.url}/_kit/records/${path}`)
  return { status: answer.status, body: answer.json() as Record<string, unknown> }
}
const told = async (path: string) => {
  const { body } = await read(path)
  return [body['total'], ((body['records'] ?? []) as { id: string }[]).map(({ id }) => id)]
}

describe('a part of the state', () => {
  test('a slice in order of insertion, and how many there are', async () => {
    expect(await told('visits')).toEqual([4, ['first', 'second', 'third', 'fourth']])
    expect(await told('visits?offset=1&limit=2')).toEqual([4, ['second', 'third']])
    expect(await told('visits?limit=0')).toEqual([4, []])
    expect(await told('keys')).toEqual([0, []])
  })

  test('records by key, without those that are not there', async () => {
    expect(await told('visits?key=fourth&key=none&key=first')).toEqual([2, ['fourth', 'first']])
  })

  test('records filed under values of an index, over all of them', async () => {
    expect(await told('visits?index=count&value=2')).toEqual([2, ['second', 'third']])
    expect(await told('visits?index=count&value=2&value=3&offset=1&limit=5')).toEqual([3, ['third', 'fourth']])
    expect(await told('visits?index=count&value=2&value=3&limit=1')).toEqual([3, ['second']])
    expect(await told('visits?index=count&value=9')).toEqual([0, []])
  })
})

describe('is refused', () => {
  test.each([
    ['guests', 404, 'unknown_collection'],
    ['visits?index=shoe&value=42', 404, 'unknown_collection'],
    ['visits?index=count', 400, 'invalid_query'],
    ['visits?value=2', 400, 'invalid_query'],
    ['visits?key=a&index=count&value=2', 400, 'invalid_query'],
    ['visits?limit=1001', 400, 'invalid_query'],
    [`visits?${Array.from({ length: MOST_ASKED + 1 }, (_, at) => `key=${at}`).join('&')}`, 400, 'invalid_query'],
    ['visits?where=count', 400, 'invalid_query'],
  ])('%s', async (path, status, code) => {
    const { status: answered, body } = await read(path)
    expect([answered, (body['error'] as { code: string }).code]).toEqual([status, code])
  })
})
