import type { CheckId } from './certificate.ts'
import { type Cycle, type EntraClient, join, openEntraClient } from './entra-client.ts'
import {
  creationWarning,
  differences,
  ENTERPRISE,
  inList,
  NOT_TAKEN_AWAY,
  ofMethod,
  valueAt,
  wrongMembers,
} from './findings.ts'
import { inBatches } from './in-batches.ts'
import type { Course } from './options.ts'
import { judgeRateLimit } from './rate-limit.ts'
import type { Json } from './server-under-test.ts'
import type { Finding } from './sheet.ts'
import { about, isSuccess, storyOf, tell } from './wire.ts'

/** Everybody this client provisions: each for one thing, so that one defect does not hide another. */
interface Person {
  readonly givenName: string
  readonly surname: string
  readonly more?: Json
}

const PEOPLE = {
  anna: { givenName: 'Anna', surname: 'Updated' },
  bea: { givenName: 'Bea', surname: 'Blocked' },
  boss: { givenName: 'Bo', surname: 'Manager' },
  dora: { givenName: 'Dora', surname: 'Present' },
  emil: { givenName: 'Emil', surname: 'Lettercase' },
  eve: { givenName: 'Eve', surname: 'Extended', more: { department: 'Sales', employeeId: 'KC-1' } },
  fay: { givenName: 'Fay', surname: 'Flagged', more: { jobTitle: 'Agent' } },
  flo: { givenName: 'Flo', surname: 'Flagged', more: { jobTitle: 'Agent', department: 'Sales' } },
  gone: { givenName: 'Gus', surname: 'Removed' },
  lea: { givenName: 'Lea', surname: 'Leaving' },
  max: { givenName: 'Max', surname: 'Managed' },
  mia: {
    givenName: 'Mia',
    surname: 'Manyvalued',
    more: { businessPhones: ['+33 4 72 00 00 11'], streetAddress: '1 Main Street', city: 'Lyon', country: 'FR' },
  },
  nick: { givenName: 'Nick', surname: 'Conflict' },
  "o'neil#1~x": { givenName: 'Orla', surname: "O'Neil" },
  rene: { givenName: 'Rene', surname: 'Renamed' },
  uma: { givenName: 'Zoë', surname: 'Ångström 李' },
} as const satisfies Readonly<Record<string, Person>>

type Name = keyof typeof PEOPLE
const SPECIAL: Name = "o'neil#1~x"

/** Walk the engine of the Entra twin through everything it does to an app. */
export async function walkEntra(course: Course): Promise<void> {
  const { sheet, server, prefix, domain, token } = course
  const client = await openEntraClient(course)
  const right = await client.test(token)
  await sheet.judge('entra.test-connection', right, () => right.problem)
  const wrong = await client.test(`${token}-wrong`)
  await sheet.judge('entra.wrong-token', { needs: ['entra.test-connection'], exchanges: wrong.exchanges }, () => {
    const status = wrong.exchanges.at(-1)?.status
    if (wrong.problem === undefined) return 'The server answers to a token that is wrong.'
    return status === 401 || status === 403 ? undefined : { warning: `It was refused with ${status} instead of 401.` }
  })
  // The product saves nothing before the test succeeds.
  if (!sheet.isReached('entra.test-connection')) return

  const upn = (name: string): string => `${prefix}-${name}@${domain}`
  const premade = {
    dora: await server.make(upn('dora')),
    emil: await server.make(upn('emil').toUpperCase()),
    taken: await server.make(upn('taken')),
  }
  for (const id of Object.values(premade)) if (id !== undefined) course.remember('Users', { id })

  const people = await inBatches(Object.entries(PEOPLE) as [Name, Person][], async ([name, person]) => {
    const id = await client.person({ name, ...person, more: { mail: upn(name), ...person.more } })
    await client.assign(id)
    return [name, id] as const
  })
  const ids = Object.fromEntries(people) as Record<Name, string>
  await client.graph('PUT', `/users/${ids.max}/manager/$ref`, {
    '@odata.id': `https://graph.microsoft.com/v1.0/users/${ids.boss}`,
  })
  const memberNames = Array.from({ length: course.members }, (_, index) => `m${String(index + 1).padStart(3, '0')}`)
  const members = await inBatches(memberNames, (name) => client.person({ name, givenName: 'Member', surname: name }))
  const team = await client.group(`${prefix} Team`, members)
  const teamAssignment = await client.assign(team)
  for (const name of [...Object.keys(PEOPLE), 'renamed', 'taken', ...memberNames])
    course.remember('Users', { name: upn(name) })
  course.remember('Groups', { name: `${prefix} Team` })
  course.remember('Groups', { name: `${prefix} Crew` })

  await client.start()
  const walk = new Walk(course, client, ids)
  await walk.next()
  await judgeInitial(walk, premade, members, team)

  await client.graph('PATCH', `/users/${ids.anna}`, {
    jobTitle: 'Director',
    displayName: 'Anna Changed',
    surname: 'Changed',
  })
  await client.graph('PATCH', `/users/${ids.eve}`, { department: 'Support' })
  await client.graph('PATCH', `/users/${ids.mia}`, { mail: upn('mia.new'), mobilePhone: '+33 6 00 00 00 42' })
  await client.graph('PATCH', `/users/${ids.rene}`, { userPrincipalName: upn('renamed') })
  await client.graph('PATCH', `/users/${ids.nick}`, { userPrincipalName: upn('taken') })
  const linkedId = walk.targetOf('gone')
  const goneId = linkedId !== undefined && (await server.remove('Users', linkedId)) ? linkedId : undefined
  await client.graph('PATCH', `/users/${ids.gone}`, { jobTitle: 'Back again' })
  await client.graph('PATCH', `/users/${ids.bea}`, { accountEnabled: false })
  await client.graph('DELETE', `/users/${ids.lea}`)
  const [firstMember, secondMember] = members
  if (firstMember !== undefined) await client.graph('DELETE', `/groups/${team}/members/${firstMember}/$ref`)
  await walk.next()
  await judgeChanges(walk, premade.taken, goneId, members, team)

  await join(client.graph, team, ids.anna)
  await walk.next()
  await walk.judgeGroup('member-add', ['entra.member-remove'], team, [...members.slice(1), ids.anna])

  await client.graph('PATCH', `/users/${ids.bea}`, { accountEnabled: true })
  await client.graph('PATCH', `/groups/${team}`, { displayName: `${prefix} Crew` })
  await client.graph('DELETE', `/directory/deletedItems/${ids.lea}`)
  await walk.next()
  await walk.judge('enable', ['entra.disable'], ['bea'], () =>
    walk.stored('bea', (user) => differences([['active', user['active'], true]])),
  )
  await walk.judge('delete', ['entra.soft-delete'], ['lea'], async () => {
    const problem = walk.failed('lea')
    const sent = ofMethod(walk.sent('lea'), 'DELETE')
    if (problem !== undefined || sent.length === 0) return problem ?? 'No DELETE was sent.'
    const id = walk.targetOf('lea')
    return id !== undefined && (await server.read('Users', id)) !== undefined
      ? 'The account is still there.'
      : undefined
  })

  await sheet.judge(
    'entra.group-rename',
    { needs: ['entra.group-read'], exchanges: about(walk.cycle.exchanges, walk.links.get(team)) },
    async () => {
      const ofGroup = about(walk.cycle.exchanges, walk.links.get(team))
      const rename = ofGroup.find(
        ({ method, requestBody = '' }) => method === 'PATCH' && requestBody.includes('displayName'),
      )
      if (rename === undefined) return walk.failedId(team) ?? 'No PATCH was sent.'
      if (!isSuccess(rename)) return `${tell(rename, server.url)}.`
      const id = walk.links.get(team)
      const group = id === undefined ? undefined : await server.read('Groups', id)
      return differences([['displayName', group?.['displayName'], `${prefix} Crew`]])
    },
  )

  await client.speak('compliant')
  await client.graph('PATCH', `/users/${ids.flo}`, { jobTitle: 'Director', surname: 'Changed', department: 'Support' })
  await client.graph('PATCH', `/users/${ids.fay}`, { accountEnabled: false })
  if (secondMember !== undefined) await client.graph('DELETE', `/groups/${team}/members/${secondMember}/$ref`)
  await walk.next()
  await walk.judge('update-flag', ['entra.create'], ['flo'], () =>
    walk.stored('flo', (user) =>
      differences([
        ['title', user['title'], 'Director'],
        ['name.familyName', valueAt(user, 'name', 'familyName'), 'Changed'],
        // Who keeps no extension at all is told so elsewhere.
        ...(sheet.isReached('entra.enterprise-extension')
          ? ([['department', valueAt(user, ENTERPRISE, 'department'), 'Support']] as const)
          : []),
      ]),
    ),
  )
  await walk.judge('disable-flag', ['entra.active'], ['fay'], () =>
    walk.stored('fay', (user) => differences([['active', user['active'], false]])),
  )
  await walk.judgeGroup('member-remove-flag', ['entra.member-add'], team, [...members.slice(2), ids.anna])

  await client.graph('PATCH', `/users/${ids.fay}`, { accountEnabled: true })
  await client.unassign(teamAssignment)
  await walk.next()
  await walk.judge('enable-flag', ['entra.disable-flag'], ['fay'], () =>
    walk.stored('fay', (user) => differences([['active', user['active'], true]])),
  )
  const groupId = walk.links.get(team)
  const deletions = about(ofMethod(walk.cycle.exchanges, 'DELETE'), groupId)
  await sheet.judge('entra.group-delete', { needs: ['entra.group-create'], exchanges: deletions }, async () => {
    const last = deletions.at(-1)
    if (last === undefined) return 'No DELETE was sent.'
    if (!isSuccess(last)) return `${tell(last, server.url)}.`
    return groupId !== undefined && (await server.read('Groups', groupId)) !== undefined
      ? 'The group is still there.'
      : undefined
  })
  await judgeRateLimit(sheet, 'entra', walk.everything)
}

/** The cycles of a run as far as they are: what was sent for whom, and what became of it. */
class Walk {
  readonly course: Course
  readonly client: EntraClient
  readonly ids: Readonly<Record<Name, string>>
  cycle: Cycle = { ended: '', line: '', exchanges: [], entries: new Map() }
  everything: Cycle['exchanges'] = []
  links: ReadonlyMap<string, string> = new Map()

  constructor(course: Course, client: EntraClient, ids: Readonly<Record<Name, string>>) {
    this.course = course
    this.client = client
    this.ids = ids
  }

  async next(): Promise<void> {
    this.cycle = await this.client.cycle()
    this.everything = [...this.everything, ...this.cycle.exchanges]
    // Who was deleted is linked no more, and still asked for.
    this.links = new Map([...this.links, ...(await this.client.links())])
    for (const id of this.links.values()) this.course.remember('Users', { id })
  }

  targetOf(name: Name): string | undefined {
    return this.links.get(this.ids[name])
  }

  sent(name: Name): Cycle['exchanges'] {
    const { prefix, domain } = this.course
    return storyOf(this.cycle.exchanges, `${prefix}-${name}@${domain}`, this.targetOf(name))
  }

  /** What the log says of a source object that failed in this cycle, or of a cycle that was broken off. */
  failedId(id: string): string | undefined {
    const entry = this.cycle.entries.get(id)
    if (entry?.status === 'Failure') return entry.outcome?.reason ?? 'The service failed.'
    return entry === undefined && this.cycle.ended !== 'completed' ? this.cycle.line : undefined
  }

  failed(name: Name): string | undefined {
    return this.failedId(this.ids[name])
  }

  async judge(name: string, needs: readonly CheckId[], of: readonly Name[], look: () => Finding | Promise<Finding>) {
    const exchanges = of.flatMap((each) => this.sent(each))
    await this.course.sheet.judge(`entra.${name}`, { needs, exchanges }, look)
  }

  /** The service's own failure first; then what the account looks like now. */
  async stored(name: Name, look: (user: Json) => Finding): Promise<Finding> {
    const problem = this.failed(name)
    if (problem !== undefined) return problem
    const id = this.targetOf(name)
    const user = id === undefined ? undefined : await this.course.server.read('Users', id)
    return user === undefined ? 'The account cannot be read by its id.' : look(user)
  }

  async judgeGroup(name: string, needs: readonly CheckId[], team: string, expected: readonly string[]): Promise<void> {
    const id = this.links.get(team)
    const exchanges = about(this.cycle.exchanges, id)
    await this.course.sheet.judge(`entra.${name}`, { needs, exchanges }, async () => {
      const problem = this.failedId(team)
      if (problem !== undefined) return problem
      const group = id === undefined ? undefined : await this.course.server.read('Groups', id)
      return wrongMembers(
        group,
        expected.flatMap((sourceId) => this.links.get(sourceId) ?? []),
      )
    })
  }
}

async function judgeInitial(
  walk: Walk,
  premade: Readonly<Record<'dora' | 'emil', string | undefined>>,
  members: readonly string[],
  team: string,
): Promise<void> {
  const { sheet } = walk.course
  const { exchanges } = walk.cycle
  await walk.judge('match-miss', ['entra.test-connection'], ['anna'], () =>
    ofMethod(walk.sent('anna'), 'POST').length > 0
      ? undefined
      : (walk.failed('anna') ?? 'Somebody else was taken for the person looked up: nobody was created.'),
  )
  const created = ['entra.create'] as const
  await walk.judge('create', ['entra.match-miss'], ['anna'], () => walk.failed('anna'))
  await sheet.judge('entra.create-status', { needs: created, exchanges: walk.sent('anna') }, () =>
    creationWarning(walk.sent('anna')),
  )
  await walk.judge('stable-id', created, ['anna'], () =>
    walk.stored('anna', (user) => differences([['id', user['id'], walk.targetOf('anna')]])),
  )
  const readable = ['entra.stable-id'] as const
  await walk.judge('active', readable, ['anna'], () =>
    walk.stored('anna', (user) => differences([['active', user['active'], true]])),
  )
  await walk.judge('external-id', readable, ['anna'], () =>
    walk.stored('anna', (user) => differences([['externalId', user['externalId'], `${walk.course.prefix}-anna`]])),
  )
  await walk.judge('enterprise-extension', readable, ['eve'], () =>
    walk.stored('eve', (user) =>
      differences([
        ['department', valueAt(user, ENTERPRISE, 'department'), 'Sales'],
        ['employeeNumber', valueAt(user, ENTERPRISE, 'employeeNumber'), 'KC-1'],
      ]),
    ),
  )
  await walk.judge('multi-valued', readable, ['mia'], () =>
    walk.stored('mia', (user) =>
      differences([
        [
          'emails[type eq "work"].value',
          inList(user, 'emails', 'work'),
          `${walk.course.prefix}-mia@${walk.course.domain}`,
        ],
        ['phoneNumbers[type eq "work"].value', inList(user, 'phoneNumbers', 'work'), '+33 4 72 00 00 11'],
        ['addresses[type eq "work"].locality', inList(user, 'addresses', 'work', 'locality'), 'Lyon'],
      ]),
    ),
  )
  await walk.judge('unicode', readable, ['uma'], () =>
    walk.stored('uma', (user) =>
      differences([
        ['name.givenName', valueAt(user, 'name', 'givenName'), 'Zoë'],
        ['name.familyName', valueAt(user, 'name', 'familyName'), 'Ångström 李'],
      ]),
    ),
  )
  await walk.judge('special-characters', readable, [SPECIAL], () =>
    walk.stored(SPECIAL, (user) =>
      differences([
        [
          'userName',
          String(user['userName']).toLowerCase(),
          `${walk.course.prefix}-${SPECIAL}@${walk.course.domain}`.toLowerCase(),
        ],
      ]),
    ),
  )
  for (const [name, person] of [
    ['match-hit', 'dora'],
    ['letter-case', 'emil'],
  ] as const) {
    const known = premade[person]
    await walk.judge(name, name === 'letter-case' ? ['entra.match-hit'] : readable, [person], () => {
      if (known === undefined) return { warning: 'No account could be put there beforehand.' }
      const problem = walk.failed(person)
      if (problem !== undefined) return problem
      return walk.targetOf(person) === known ? undefined : 'A second account was made for somebody who had one.'
    })
  }
  await sheet.judge('entra.many-at-once', { needs: created, exchanges: ofMethod(exchanges, 'POST') }, () => {
    const failed = members.map((id) => walk.failedId(id)).find((each) => each !== undefined)
    if (failed !== undefined) return failed
    const targets = new Set(members.flatMap((id) => walk.links.get(id) ?? []))
    return targets.size === members.length ? undefined : `${targets.size} accounts for ${members.length} people.`
  })
  await walk.judge('manager', readable, ['max'], () =>
    walk.stored('max', (user) =>
      differences([['manager.value', valueAt(user, ENTERPRISE, 'manager', 'value'), walk.targetOf('boss')]]),
    ),
  )
  const toGroups = exchanges.filter(({ url }) => url.includes('/Groups'))
  await sheet.judge('entra.group-create', { needs: ['entra.test-connection'], exchanges: toGroups }, () =>
    walk.links.has(team) ? undefined : (walk.failedId(team) ?? walk.cycle.line),
  )
  const forMembers = ['entra.group-create', 'entra.many-at-once', 'entra.stable-id'] as const
  await walk.judgeGroup('group-members', forMembers, team, members)
}

async function judgeChanges(
  walk: Walk,
  takenId: string | undefined,
  goneId: string | undefined,
  members: readonly string[],
  team: string,
): Promise<void> {
  const { sheet, server, prefix, domain } = walk.course
  await walk.judge('update', ['entra.stable-id'], ['anna'], () =>
    walk.stored('anna', (user) =>
      differences([
        ['title', user['title'], 'Director'],
        ['displayName', user['displayName'], 'Anna Changed'],
        ['name.familyName', valueAt(user, 'name', 'familyName'), 'Changed'],
      ]),
    ),
  )
  await walk.judge('update-extension', ['entra.enterprise-extension'], ['eve'], () =>
    walk.stored('eve', (user) => differences([['department', valueAt(user, ENTERPRISE, 'department'), 'Support']])),
  )
  await walk.judge('update-multi-valued', ['entra.multi-valued'], ['mia'], () =>
    walk.stored('mia', (user) =>
      differences([
        ['emails[type eq "work"].value', inList(user, 'emails', 'work'), `${prefix}-mia.new@${domain}`],
        ['phoneNumbers[type eq "mobile"].value', inList(user, 'phoneNumbers', 'mobile'), '+33 6 00 00 00 42'],
      ]),
    ),
  )
  await walk.judge('rename', ['entra.stable-id'], ['rene'], () =>
    walk.stored('rene', (user) =>
      differences([['userName', String(user['userName']).toLowerCase(), `${prefix}-renamed@${domain}`.toLowerCase()]]),
    ),
  )
  await walk.judge('conflict', ['entra.rename'], ['nick'], () => {
    if (takenId === undefined) return { warning: 'No account could be put there beforehand.' }
    const answer = ofMethod(walk.sent('nick'), 'PATCH').at(-1)
    if (answer === undefined) return walk.failed('nick') ?? 'No PATCH was sent.'
    if (isSuccess(answer)) return 'Two accounts have the same userName now.'
    return answer.status === 409 ? undefined : { warning: `${tell(answer, server.url)} instead of 409.` }
  })
  await walk.judge('disable', ['entra.active'], ['bea'], () =>
    walk.stored('bea', (user) => differences([['active', user['active'], false]])),
  )
  await walk.judge('soft-delete', ['entra.active'], ['lea'], () =>
    walk.stored('lea', (user) => differences([['active', user['active'], false]])),
  )
  const rematch = about(walk.cycle.exchanges, goneId, `${prefix}-gone@${domain}`)
  if (goneId === undefined) sheet.pass('entra.rematch', NOT_TAKEN_AWAY)
  else
    await sheet.judge('entra.rematch', { needs: ['entra.stable-id'], exchanges: rematch }, () => {
      const problem = walk.failed('gone')
      if (problem !== undefined) return problem
      const id = walk.targetOf('gone')
      if (id !== undefined && id !== goneId) return undefined
      const read = rematch.find(({ method }) => method === 'GET')
      return read === undefined ? 'The account was not read.' : `${tell(read, server.url)}, though it was deleted.`
    })
  const ofGroup = about(walk.cycle.exchanges, walk.links.get(team))
  await sheet.judge('entra.group-read', { needs: ['entra.group-members'], exchanges: ofGroup }, () => {
    const read = ofGroup.find(({ method }) => method === 'GET')
    if (read !== undefined && isSuccess(read) && walk.failedId(team)?.includes('members') === true) {
      return walk.failedId(team)
    }
    return read === undefined || !isSuccess(read) ? (walk.failedId(team) ?? 'The group was not read.') : undefined
  })
  await walk.judgeGroup('member-remove', ['entra.group-read'], team, members.slice(1))
}
