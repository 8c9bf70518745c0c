import http from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { call } from '#kit/test/call.ts'
import { type ServedHome, serveHome, visitorOf } from './serve-home.ts'

let served: ServedHome
beforeAll(async () => {
  served = await serveHome()
})
afterAll(() => served.close())
beforeEach(async () => {
  await call(`${served.url}/_kit/reset`, { method: 'POST', body: {} })
})

interface Item {
  readonly id: string
  readonly title: string
  readonly kind: string
  readonly from?: string
  readonly to?: string
}

async function journal(query = ''): Promise<{ readonly items: readonly Item[]; readonly next: string }> {
  return (await call(`${served.url}/_kit/journal${query}`)).json() as never
}

/** One call from the one tiny system to the other. */
const entraCallsDialpad = (path = '/notes?page=1') =>
  served.entra.system.outbound.send({
    method: 'GET',
    url: `${served.dialpad.url}${path}`,
    timeoutMs: 2_000,
    subject: 'ada@brightwave.example',
  })

const titlesOf = (items: readonly Item[]) => items.map(({ title }) => title)

describe('the journal of all systems', () => {
  test('an exchange between two systems is one entry, with both numbers', async () => {
    await entraCallsDialpad()
    const { items } = await journal()
    const [sent] = served.entra.system.journal.read({ kind: 'http-out' }).items
    const [received] = served.dialpad.system.journal.read({ kind: 'http-in' }).items
    expect(items.filter(({ title }) => title.includes('/notes'))).toMatchObject([
      {
        id: `entra:${sent?.seq},dialpad:${received?.seq}`,
        from: 'entra',
        to: 'dialpad',
        kind: 'http-in',
        subject: 'ada@brightwave.example',
        title: 'GET /notes → 200',
        response: { status: 200 },
      },
    ])
  })

  test('is read backward from the newest, page by page, each page in ascending order', async () => {
    for (const page of [1, 2, 3]) await entraCallsDialpad(`/notes?page=${page}`)
    const all = (await journal()).items
    const told: Item[] = []
    let before = 'newest'
    for (let more = true; more; ) {
      const answer = (await journal(`?before=${before}&limit=2`)) as Awaited<ReturnType<typeof journal>> & {
        readonly more: boolean
      }
      if (before === 'newest') expect(answer.items.at(-1)?.id).toBe(all.at(-1)?.id)
      told.unshift(...answer.items)
      before = answer.next
      more = answer.more
    }
    expect(told.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    const both = await call(`${served.url}/_kit/journal?before=newest&after=0`)
    expect([both.status, both.text]).toEqual([400, expect.stringContaining('forward or backward, not both')])
  })

  test('looking does not write: neither the calls of the home nor its pages are entries', async () => {
    const before = (await journal()).next
    await visitorOf(served.url).get('/')
    await visitorOf(served.url).get('/timeline')
    expect((await journal()).next).toBe(before)
  })

  test('pages lead on to the end, without loss and without repetition', async () => {
    for (let number = 0; number < 6; number += 1) await entraCallsDialpad(`/notes?page=${number}`)
    const whole = titlesOf((await journal()).items)
    const pieces: string[] = []
    for (let after = '0'; ; ) {
      const page = await journal(`?after=${after}&limit=2`)
      if (page.next === after) break
      pieces.push(...titlesOf(page.items))
      after = page.next
    }
    expect(pieces).toEqual(whole)
    expect(whole.filter((title) => title.includes('/notes'))).toHaveLength(6)
  })

  test('kind and subject choose; what is no place in it is refused', async () => {
    await entraCallsDialpad()
    expect(titlesOf((await journal('?kind=http-in')).items)).toEqual(['GET /notes → 200'])
    expect(titlesOf((await journal('?subject=ada@brightwave.example')).items)).toEqual(['GET /notes → 200'])
    const refused = await call(`${served.url}/_kit/journal?after=twelve`)
    expect(refused.status).toBe(400)
    expect(refused.json()).toMatchObject({ error: { code: 'invalid_query' } })
    expect((await call(`${served.url}/_kit/journal/stream?after=twelve`)).status).toBe(400)
  })

  test('the stream tells exchanges as they happen, and goes on from Last-Event-ID', async () => {
    const stream = openStream()
    await stream.connected
    await entraCallsDialpad('/notes?page=first')
    const first = await stream.next('/notes')
    expect(first.data).toMatchObject({ title: 'GET /notes → 200', from: 'entra', to: 'dialpad' })
    expect(first.id).toMatch(/entra:\d+.*dialpad:\d+|dialpad:\d+.*entra:\d+/)
    stream.close()

    await entraCallsDialpad('/notes?page=second')
    const resumed = openStream(first.id)
    const second = await resumed.next('/notes')
    resumed.close()
    expect(JSON.stringify(second.data)).toContain('page=second')
  })
})

interface StreamEvent {
  readonly id: string
  readonly data: { readonly title: string }
}

function openStream(lastEventId?: string) {
  const events: StreamEvent[] = []
  let connect: () => void = () => undefined
  const connected = new Promise<void>((settle) => {
    connect = settle
  })
  let rest = ''
  const request = http.get(`${served.url}/_kit/journal/stream`, {
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  })
  request.on('error', () => undefined)
  request.on('response', (response) => {
    response.on('error', () => undefined)
    response.on('data', (chunk: Buffer) => {
      connect()
      const parts = (rest + chunk.toString()).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) {
        const match = /^id: (.*)\ndata: (.*)$/.exec(part)
        if (match !== null) events.push({ id: match[1] ?? '', data: JSON.parse(match[2] ?? '') })
      }
    })
  })
  return {
    connected,
    async next(words: string): Promise<StreamEvent> {
      let found: StreamEvent | undefined
      await expect
        .poll(
          () => {
            found = events.find(({ data }) => data.title.includes(words))
            return found
          },
          { timeout: 5_000 },
        )
        .toBeDefined()
      if (found === undefined) throw new Error('No event came.')
      return found
    },
    close: () => request.destroy(),
  }
}
