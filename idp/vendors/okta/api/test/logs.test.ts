import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, startApi } from './start-api.ts'

let api: RunningApi
beforeAll(async () => {
  api = await startApi()
  for (let number = 1; number <= 12; number += 1) {
    await api.ask('POST', '/api/v1/groups', { body: { profile: { name: `Group ${number}` } } })
    await api.advance('PT1H')
  }
})
afterAll(() => api.close())

interface Event {
  readonly uuid: string
  readonly eventType: string
  readonly published: string
  readonly target: readonly { readonly displayName: string }[]
}

async function page(path: string): Promise<{ readonly events: readonly Event[]; readonly next: string | undefined }> {
  const answer = await api.ask('GET', path)
  expect(answer.status, answer.text).toBe(200)
  const next = /<([^>]+)>; rel="next"/.exec(String(answer.headers['link']))?.[1]
  return { events: answer.json() as unknown as Event[], next: next?.slice(api.origin.length) }
}

const LOGS = '/api/v1/logs'
const groupsOf = (events: readonly Event[]): readonly (string | undefined)[] =>
  events.filter(({ eventType }) => eventType === 'group.lifecycle.create').map(({ target }) => target[0]?.displayName)
const NAMES = Array.from({ length: 12 }, (_, at) => `Group ${at + 1}`)

describe('the log', () => {
  test('has every key of the real one', async () => {
    const { events } = await page(`${LOGS}?filter=eventType%20eq%20%22group.lifecycle.create%22&limit=1`)
    expect(events[0]).toMatchObject({
      uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      published: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      eventType: 'group.lifecycle.create',
      version: '0',
      severity: 'INFO',
      legacyEventType: null,
      displayMessage: 'Create group',
      actor: { type: 'User', alternateId: 'marta.silva@brightwave.example', detailEntry: null },
      client: { userAgent: null, ipAddress: null },
      outcome: { result: 'SUCCESS', reason: null },
      target: [{ type: 'UserGroup', displayName: 'Group 1' }],
      transaction: { type: 'WEB', id: expect.any(String), detail: {} },
      debugContext: { debugData: {} },
      authenticationContext: {},
      securityContext: {},
      request: { ipChain: [] },
    })
  })

  test('comes oldest first, in pages that lead to an end which polls on', async () => {
    const seen: Event[] = []
    let path: string | undefined = `${LOGS}?limit=5`
    let pages = 0
    for (;;) {
      const { events, next } = await page(path ?? '')
      expect(next).toBeDefined()
      path = next
      pages += 1
      if (events.length === 0) break
      expect(events.length).toBeLessThanOrEqual(5)
      seen.push(...events)
    }
    expect(pages).toBeGreaterThan(2)
    expect(groupsOf(seen)).toEqual(NAMES)
    expect(seen.map(({ published }) => published)).toEqual(seen.map(({ published }) => published).toSorted())
    await api.ask('POST', '/api/v1/groups', { body: { profile: { name: 'Late' } } })
    expect(groupsOf((await page(path ?? '')).events)).toEqual(['Late'])
  })

  test('between two times ends, newest first where asked', async () => {
    const { events } = await page(`${LOGS}?filter=eventType%20eq%20%22group.lifecycle.create%22`)
    const [since, until] = [events[3]?.published ?? '', events[6]?.published ?? '']
    const range = `since=${encodeURIComponent(since)}&until=${encodeURIComponent(until)}`
    const up = await page(`${LOGS}?${range}&q=group`)
    expect([groupsOf(up.events), up.next]).toEqual([['Group 4', 'Group 5', 'Group 6'], undefined])
    const down = await page(`${LOGS}?${range}&sortOrder=DESCENDING&limit=2&q=create%20group`)
    expect(groupsOf(down.events)).toEqual(['Group 6', 'Group 5'])
    const rest = await page(down.next ?? '')
    expect([groupsOf(rest.events), rest.next]).toEqual([['Group 4'], undefined])
  })

  test('shows the last seven days unless told', async () => {
    const own = await startApi()
    await own.ask('POST', '/api/v1/groups', { body: { profile: { name: 'Old' } } })
    await own.advance('P8D')
    await own.ask('POST', '/api/v1/groups', { body: { profile: { name: 'New' } } })
    const usual = (await own.ask('GET', `${LOGS}?q=group`)).json() as unknown as Event[]
    expect(groupsOf(usual)).toEqual(['New'])
    const all = (await own.ask('GET', `${LOGS}?q=group&since=2020-01-01T00:00:00Z`)).json() as unknown as Event[]
    expect(groupsOf(all)).toEqual(['Old', 'New'])
    await own.close()
  })

  test.each([
    ['q=Group%207', ['Group 7']],
    ['filter=eventType%20sw%20%22group.%22%20and%20target.displayName%20eq%20%22group%203%22', ['Group 3']],
    ['filter=outcome.result%20eq%20%22FAILURE%22', []],
    ['filter=actor.alternateId%20co%20%22nobody%22', []],
  ])('is searched by %s', async (query, groups) => {
    expect(groupsOf((await page(`${LOGS}?${query}`)).events)).toEqual(groups)
  })

  test('is searched by the id of a target', async () => {
    const [group] = api.system.store.find('groups', 'name', 'group 5')
    const { events } = await page(`${LOGS}?filter=target.id%20eq%20%22${group?.id}%22`)
    expect(groupsOf(events)).toEqual(['Group 5'])
  })

  test.each([
    ['filter=(', 400, 'E0000031'],
    ['filter=colour%20eq%20%22x%22', 400, 'E0000031'],
    ['since=yesterday', 400, 'E0000001'],
    ['since=2026-02-30T00:00:00Z&until=2020-01-01', 400, 'E0000001'],
    ['after=12', 400, 'E0000001'],
    ['limit=-1', 400, 'E0000001'],
    ['sortOrder=UP', 400, 'E0000001'],
  ])('%s is refused', async (query, status, code) => {
    const answer = await api.ask('GET', `${LOGS}?${query}`)
    expect([answer.status, answer.json()['errorCode']]).toEqual([status, code])
  })
})
