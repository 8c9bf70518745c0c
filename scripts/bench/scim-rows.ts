import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ceiling } from './ceiling-server.ts'
import { type Contender, compete, type Standing } from './contest.ts'
import { KEY, startDialpad, withPeople } from './dialpad-server.ts'
import { CONNECTIONS, LoadRefused, type LoadRequest, loadServer } from './load.ts'
import { type GroupName, groupIdOf, groupsAmong, LARGE_GROUP, personAt, resourceOf, SMALL_GROUP } from './people.ts'
import { FROM_SOURCE, type Server, startServer } from './processes.ts'
import type { BenchOptions, Line, Row } from './row.ts'

/**
 * The SCIM server beside its ceiling and the usual pick: ratios of medians of alternating runs, at several sizes, the durable
 * store on. The server is the built package.
 */

const HEADERS = { authorization: `Bearer ${KEY}`, 'content-type': 'application/scim+json' }
/** Different people asked for, so that no cache of one answers for all. */
const PEOPLE_ASKED = 200

interface Verb {
  readonly name: string
  readonly goal: string
  /** Of the ceiling's one route. */
  readonly route: string
  /** Lists of requests, one per connection in turn, with `people` people there. */
  requests(people: number): readonly (readonly LoadRequest[])[]
  /** The verb needs a group of this many members. */
  readonly group?: GroupName
}

const spread = (people: number): readonly number[] =>
  Array.from({ length: Math.min(PEOPLE_ASKED, people) }, (_, at) => Math.floor((at * people) / PEOPLE_ASKED))

function patchOf(...operations: readonly object[]): string {
  return JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations })
}

/** Each connection adds and removes people of its own, so that every request changes something. */
function memberRequests(people: number, group: GroupName): readonly (readonly LoadRequest[])[] {
  const members = group === 'small' ? SMALL_GROUP : LARGE_GROUP
  const each = Math.min(50, Math.floor((people - members) / CONNECTIONS))
  const path = `/scim/Groups/${groupIdOf(group)}`
  return Array.from({ length: CONNECTIONS }, (_, connection) =>
    Array.from({ length: each }, (_, at) => personAt(members + connection * each + at).id).flatMap((id) => [
      { method: 'PATCH' as const, path, body: patchOf({ op: 'add', path: 'members', value: [{ value: id }] }) },
      { method: 'PATCH' as const, path, body: patchOf({ op: 'remove', path: `members[value eq "${id}"]` }) },
    ]),
  )
}

const VERBS: readonly Verb[] = [
  {
    name: 'get',
    goal: '0.75 of the ceiling',
    route: '/scim/Users/:id',
    requests: (people) => [spread(people).map((n) => ({ method: 'GET', path: `/scim/Users/${personAt(n).id}` }))],
  },
  {
    name: 'filter',
    goal: '0.75 of the ceiling',
    route: '/scim/Users',
    requests: (people) => [
      spread(people).map((n) => ({
        method: 'GET',
        path: `/scim/Users?filter=${encodeURIComponent(`userName eq "${personAt(n).userName}"`)}`,
      })),
    ],
  },
  {
    name: 'create',
    goal: '0.6 of the ceiling',
    route: '/scim/Users',
    requests: () => [
      [
        {
          method: 'POST',
          path: '/scim/Users',
          body: JSON.stringify(
            resourceOf({ userName: 'made{n}@test.example', givenName: 'Mina', familyName: 'Made{n}' }),
          ),
        },
      ],
    ],
  },
  {
    name: 'patch',
    goal: '0.6 of the ceiling',
    route: '/scim/Users/:id',
    requests: (people) => [
      spread(people).map((n) => ({
        method: 'PATCH',
        path: `/scim/Users/${personAt(n).id}`,
        body: patchOf({ op: 'replace', path: 'title', value: 'Agent {n}' }),
      })),
    ],
  },
  {
    name: 'members-500',
    goal: '0.6 of the ceiling',
    route: '/scim/Groups/:id',
    group: 'small',
    requests: (people) => memberRequests(people, 'small'),
  },
  {
    name: 'members-20000',
    goal: '0.6 of the ceiling',
    route: '/scim/Groups/:id',
    group: 'large',
    requests: (people) => memberRequests(people, 'large'),
  },
  {
    name: 'page',
    goal: '500 pages of 100 a second, flat',
    route: '/scim/Users',
    requests: (people) => [
      spread(people - 100).map((n) => ({ method: 'GET', path: `/scim/Users?startIndex=${n + 1}&count=100` })),
    ],
  },
]

export const SCIM_ROWS: readonly Row[] = VERBS.map((verb) => ({
  name: verb.name,
  goal: verb.goal,
  measure: (options) => measureVerb(verb, options),
}))

async function measureVerb(verb: Verb, options: BenchOptions): Promise<readonly Line[]> {
  const sizes = (options.quick ? [1_000, 100_000] : [1_000, 10_000, 100_000]).filter(
    (people) => verb.group === undefined || groupsAmong(people).some(({ name }) => name === verb.group),
  )
  const lines: Line[] = []
  let first: Standing | undefined
  for (const people of sizes) {
    options.progress(`${verb.name} at ${people} people`)
    const standings = await measureAt(verb, people, options)
    const ours = standings.get('ours')
    const ceiling = standings.get('ceiling')
    if (ours === undefined || ceiling === undefined) throw new Error('A contender is missing.')
    first ??= ours
    const scimmy = standings.get('scimmy')?.perSecond ?? 0
    lines.push({
      row: verb.name,
      at: `${people.toLocaleString('en')} users`,
      value: `${Math.round(ours.perSecond).toLocaleString('en')}/s`,
      ratios: {
        'of ceiling': ours.perSecond / ceiling.perSecond,
        'of ceiling, CPU': ceiling.cpuMicros / ours.cpuMicros,
        ...(ours === first ? {} : { flatness: ours.perSecond / first.perSecond }),
      },
      note:
        `ceiling ${Math.round(ceiling.perSecond).toLocaleString('en')}/s, scimmy ${scimmy.toFixed(scimmy < 10 ? 1 : 0)}/s; ` +
        `CPU per request ${Math.round(ours.cpuMicros)} µs, ceiling ${Math.round(ceiling.cpuMicros)} µs`,
    })
  }
  return lines
}

async function measureAt(
  verb: Verb,
  people: number,
  { quick, scratch, progress }: BenchOptions,
): Promise<ReadonlyMap<string, Standing>> {
  const requests = verb.requests(people)
  const servers: Server[] = []
  try {
    const ours = await startDialpad(await withPeople(people, scratch, progress))
    servers.push(ours)
    const ceiling = await startServer([
      ...FROM_SOURCE,
      'scripts/bench/ceiling-server.ts',
      await recordCeiling(verb, ours, requests, scratch),
    ])
    servers.push(ceiling)
    const scimmy = await startServer([...FROM_SOURCE, 'scripts/bench/scimmy-server.ts', String(people)])
    servers.push(scimmy)
    const contender = (name: string, server: Server): Contender => ({
      name,
      run: (seconds) => loadServer(server, scratch, { headers: HEADERS, seconds, requests }),
      withdraw: () => server.stop(),
    })
    const contenders: readonly Contender[] = [
      contender('ours', ours),
      contender('ceiling', ceiling),
      orNothing(contender('scimmy', scimmy)),
    ]
    return await compete(contenders, quick ? 3 : 5, quick ? 1 : 2)
  } finally {
    for (const server of servers) await server.stop()
  }
}

/** For one who need not be able to do the verb: what it refuses counts as nothing done. */
function orNothing(contender: Contender): Contender {
  return {
    ...contender,
    run: (seconds) =>
      contender.run(seconds).catch((error: unknown) => {
        if (error instanceof LoadRefused) return { perSecond: 0, cpuMicros: Number.NaN }
        throw error
      }),
  }
}

/** Ask our server once and write down what the ceiling is to answer. */
async function recordCeiling(
  verb: Verb,
  ours: Server,
  requests: readonly (readonly LoadRequest[])[],
  scratch: string,
): Promise<string> {
  const request = requests[0]?.[0]
  if (request === undefined) throw new Error(`${verb.name} asks for nothing.`)
  const answer = await fetch(`${ours.origin}${request.path}`, {
    method: request.method,
    headers: HEADERS,
    ...(request.body === undefined ? {} : { body: request.body.replaceAll('{n}', '0') }),
  })
  const ofConnection = new Set(['date', 'connection', 'keep-alive'])
  const ceiling: Ceiling = {
    method: request.method,
    route: verb.route,
    status: answer.status,
    headers: Object.fromEntries([...answer.headers].filter(([name]) => !ofConnection.has(name))),
    body: await answer.text(),
  }
  if (!answer.ok) throw new Error(`${verb.name}: ${answer.status} ${ceiling.body}`)
  const file = join(scratch, 'ceiling.json')
  writeFileSync(file, JSON.stringify(ceiling))
  return file
}
