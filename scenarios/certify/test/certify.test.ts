import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { type Certificate, type CheckId, CLIENTS, type ClientName, type Outcome } from '../certificate.ts'
import { type CertifyOptions, certify } from '../certify.ts'
import { CHECKS } from '../checks.ts'
import { DEFECTS } from './defects.ts'
import { type FaultyServer, openFaultyServer, TOKEN } from './faulty-server.ts'

let kit: Kit
let server: FaultyServer
beforeAll(async () => {
  kit = await startKit()
})
afterAll(() => kit.close())
beforeEach(async () => {
  server = await openFaultyServer()
  return () => server.close()
})

const run = (options: Partial<CertifyOptions> = {}): Promise<Certificate> =>
  certify(kit, {
    scim: server.url,
    token: TOKEN,
    clients: CLIENTS,
    domain: 'brightwave.example',
    members: 3,
    timeoutMs: 20_000,
    pause: () => Promise.resolve(),
    ...options,
  })

const idsOf = ({ checks }: Certificate, outcome: Outcome): readonly string[] =>
  checks.filter((check) => check.outcome === outcome).map(({ id }) => id)

test('a server that does everything right survives everything, and is empty afterwards', async () => {
  const pages = new Set<string>()
  const batches: number[] = []
  server.defect = {
    before: ({ method, kind, search, body }) => {
      if (method === 'GET' && search.startsWith('?startIndex')) pages.add(`${kind}${search}`)
      const [operation] = (body['Operations'] ?? []) as { op?: string; path?: string; value?: unknown[] }[]
      if (kind === 'Groups' && operation?.op === 'Add') batches.push(operation.value?.length ?? 0)
      return undefined
    },
  }
  const certificate = await run({ members: 101, domain: 'elsewhere.example' })
  expect(pages).toContain('Users?startIndex=101&count=100')
  // The last is the one who joins later.
  expect(batches).toEqual([20, 20, 20, 20, 20, 1, 1])
  expect(idsOf(certificate, 'failed')).toEqual([])
  expect(idsOf(certificate, 'warned')).toEqual([])
  expect(idsOf(certificate, 'not-reached')).toEqual(CLIENTS.map((client) => `${client}.rate-limit`))
  expect(certificate.checks).toHaveLength(CHECKS.length)
  expect(certificate.leftBehind).toEqual([])
  expect([server.shelf.Users.size, server.shelf.Groups.size]).toEqual([0, 0])
  // Three clients make a hundred people each, with passwords that are costly to hash.
}, 240_000)

describe('planted defects are told by name, and nothing else is', () => {
  test.each(DEFECTS.map((planted) => [planted.id, planted] as const))(
    '%s',
    async (_id, planted) => {
      const { defect, fails = [], warns = [], reached = [], unreached = [], members = 3, timeoutMs = 20_000 } = planted
      const { strangers = 0 } = planted
      server.defect = defect()
      server.addStrangers(strangers)
      const certificate = await run({
        clients: clientsOf([...fails, ...warns, ...reached, ...unreached]),
        members,
        timeoutMs,
      })
      expect(idsOf(certificate, 'failed')).toEqual(fails.toSorted(byCatalogue))
      expect(idsOf(certificate, 'warned')).toEqual(warns.toSorted(byCatalogue))
      expect(idsOf(certificate, 'survived')).toEqual(expect.arrayContaining([...reached]))
      expect(idsOf(certificate, 'not-reached')).toEqual(expect.arrayContaining([...unreached]))
      expect(certificate.checks.find(({ found }) => found !== undefined)?.found ?? '').toContain(planted.says ?? '')
      for (const { outcome, found, exchanges } of certificate.checks) {
        if (outcome === 'failed' || outcome === 'warned')
          expect([found, exchanges.length > 0]).toEqual([expect.any(String), true])
        const [, method, status] = / (GET|POST|PUT|PATCH|DELETE) \S+ was answered (\d+)/.exec(` ${found}`) ?? []
        if (outcome === 'failed' && status !== undefined)
          expect(exchanges).toContainEqual(expect.objectContaining({ method, status: Number(status) }))
      }
      expect(JSON.stringify(certificate)).not.toContain(TOKEN)
      expect(certificate.leftBehind.length > 0).toBe(planted.leavesBehind === true)
      if (planted.leavesBehind !== true)
        expect([server.shelf.Users.size, server.shelf.Groups.size]).toEqual([strangers, 0])
    },
    60_000,
  )
})

const order = CHECKS.map(({ id }) => id as string)
const byCatalogue = (one: string, other: string): number => order.indexOf(one) - order.indexOf(other)

/** Clients that have something to say about a defect; all where nobody minds. */
function clientsOf(ids: readonly CheckId[]): readonly ClientName[] {
  const named = CLIENTS.filter((client) => ids.some((id) => id.startsWith(`${client}.`)))
  return named.length === 0 ? CLIENTS : named
}
