import http from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDice, type FuzzRequest, makeRequest } from './fuzz-requests.ts'
import { ERROR_URN, type ServedDialpad, serveDialpad } from './serve.ts'

const REQUESTS = 2_000
/** Names come round again, so that some are taken. */
const NAMES = 1_200
const AT_ONCE = 8
/** Wall time after which a request counts as hanging. */
const PATIENCE_MS = 10_000
const SEED = 20_260_302

let dialpad: ServedDialpad
const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE })
beforeAll(async () => {
  dialpad = await serveDialpad('empty')
})
afterAll(async () => {
  agent.destroy()
  await dialpad.close()
})

interface Outcome {
  readonly status: number
  readonly type: string | undefined
  readonly text: string
}

function send(request: FuzzRequest): Promise<Outcome> {
  const { method, body } = request
  return new Promise((settle, fail) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const sent = http.request(
      `${dialpad.origin.replace('localhost', '127.0.0.1')}/scim${request.path}`,
      { method, agent, headers: { authorization: `Bearer ${dialpad.key}`, ...length, ...request.headers } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', fail)
        response.on('end', () =>
          settle({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'],
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error(`No answer within ${PATIENCE_MS} ms`)))
    sent.on('error', fail)
    sent.end(body)
  })
}

/** What is wrong with an answer; empty when nothing is. */
function faultsOf({ method, path }: FuzzRequest, { status, type, text }: Outcome): readonly string[] {
  const isNotImplemented = status === 501 && /^\/(Me|Bulk)\/?(\?|$)/i.test(path)
  if (status >= 500 && !isNotImplemented) return [`status ${status}`]
  if (status < 200 || (status > 299 && status < 400 && status !== 304)) return [`status ${status}`]
  if (status === 204 || status === 304) return text === '' ? [] : ['a body that must not be']
  const wrongType = type === 'application/scim+json' ? [] : [`type ${type}`]
  if (method === 'HEAD') return wrongType
  try {
    const body = JSON.parse(text)
    if (status < 300) return wrongType
    const isError = body.schemas?.[0] === ERROR_URN && body.status === String(status) && typeof body.detail === 'string'
    return isError ? wrongType : [...wrongType, 'no SCIM Error']
  } catch {
    return [...wrongType, 'no JSON']
  }
}

test(`${REQUESTS} random requests: no 500, nothing hangs, and every refusal is a SCIM Error`, {
  timeout: 120_000,
}, async () => {
  const dice = createDice(SEED)
  const known: string[] = []
  const found: string[] = []
  const statuses = new Map<number, number>()
  for (let number = 0; number < REQUESTS; number += AT_ONCE) {
    const requests = Array.from({ length: AT_ONCE }, (_, index) => makeRequest(dice, (number + index) % NAMES, known))
    const outcomes = await Promise.all(requests.map(send))
    for (const [index, outcome] of outcomes.entries()) {
      const request = requests[index]
      if (request === undefined) continue
      statuses.set(outcome.status, (statuses.get(outcome.status) ?? 0) + 1)
      const faults = faultsOf(request, outcome)
      if (faults.length > 0) found.push(describeFault(request, outcome, faults))
      if (outcome.status === 201) known.push(pathOf(outcome))
      const gone = request.method === 'DELETE' && outcome.status === 204 ? known.indexOf(request.path) : -1
      if (gone >= 0 && dice.chance(0.9)) known.splice(gone, 1)
    }
  }
  expect(found).toEqual([])
  // The mix is worth something only if enough of it gets through, and enough does not.
  for (const status of [200, 201, 204, 400, 401, 404, 405, 409, 412, 415, 501])
    expect(statuses.get(status)).toBeGreaterThan(0)
  expect((statuses.get(200) ?? 0) + (statuses.get(201) ?? 0)).toBeGreaterThan(REQUESTS / 5)
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

test('afterwards everything can be read, and what is shown can be sent back', async () => {
  for (const endpoint of ['/Users', '/Groups']) {
    const answer = await dialpad.scim('GET', `${endpoint}?count=1000`)
    const { Resources, totalResults } = answer.json() as { Resources: { id: string }[]; totalResults: number }
    expect([answer.status, Resources.length]).toEqual([200, totalResults])
    expect(totalResults).toBeGreaterThan(10)
    for (const resource of Resources.slice(0, 60)) {
      const path = `${endpoint}/${resource.id}`
      expect((await dialpad.scim('GET', path)).json()).toEqual(resource)
      const back = await dialpad.scim('PUT', path, resource)
      expect([path, back.status, back.json()]).toEqual([path, 200, resource])
    }
  }
})

function pathOf({ text }: Outcome): string {
  const { id, meta } = JSON.parse(text)
  return `/${meta?.resourceType ?? 'User'}s/${id}`
}

function describeFault(request: FuzzRequest, outcome: Outcome, faults: readonly string[]): string {
  const sent = `${request.method} ${request.path.slice(0, 300)} ${JSON.stringify(request.headers)} ${request.body?.slice(0, 600)}`
  return `${faults.join(', ')}: ${sent} -> ${outcome.status} ${outcome.text.slice(0, 300)}`
}
