import type { CheckId, ClientName } from './certificate.ts'
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
import { type OktaClient, openOktaClient, type Round } from './okta-client.ts'
import type { Course } from './options.ts'
import { judgeRateLimit } from './rate-limit.ts'
import type { Json } from './server-under-test.ts'
import type { Finding } from './sheet.ts'
import { about, isSuccess, storyOf, tell } from './wire.ts'

/** Everybody this client provisions: each for one thing, so that one defect does not hide another. */
const PEOPLE: Readonly<Record<string, readonly [givenName: string, surname: string, more?: Json]>> = {
  anna: ['Anna', 'Updated'],
  bea: ['Bea', 'Back'],
  dora: ['Dora', 'Present'],
  emil: ['Emil', 'Lettercase'],
  eve: ['Eve', 'Extended', { department: 'Sales', employeeNumber: 'KC-1' }],
  gone: ['Gus', 'Removed'],
  mia: ['Mia', 'Manyvalued', { primaryPhone: '+33 4 72 00 00 11', streetAddress: '1 Main Street', city: 'Lyon' }],
  nick: ['Nick', 'Conflict'],
  "o'neil#1~x": ['Orla', "O'Neil"],
  pia: ['Pia', 'Password'],
  rene: ['Rene', 'Renamed'],
  uma: ['Zoë', 'Ångström 李'],
}
const SPECIAL = "o'neil#1~x"

/** Walk the engine of the Okta twin through everything it does to an app. */
export async function walkOkta(course: Course, as: ClientName): Promise<void> {
  const { sheet, server, token, prefix, domain } = course
  const check = (name: string): CheckId => `${as}.${name}`
  const client = await openOktaClient(course, as)
  const wrong = await client.connect(`${token}-wrong`)
  const right = await client.connect(token)
  await sheet.judge(check('test-credentials'), right, () => right.problem)
  await sheet.judge(check('wrong-token'), { needs: [check('test-credentials')], exchanges: wrong.exchanges }, () => {
    const status = wrong.exchanges.at(-1)?.status
    if (wrong.problem === undefined) return 'The server answers to a token that is wrong.'
    return status === 401 || status === 403 ? undefined : { warning: `It was refused with ${status} instead of 401.` }
  })
  if (!sheet.isReached(check('test-credentials'))) return

  const login = (name: string): string => `${prefix}-${name}@${domain}`
  const premade = {
    dora: await server.make(login('dora')),
    emil: await server.make(login('emil').toUpperCase()),
    taken: await server.make(login('taken')),
  }
  for (const id of Object.values(premade)) if (id !== undefined) course.remember('Users', { id })
  for (const name of ['renamed', 'taken', ...Object.keys(PEOPLE)]) course.remember('Users', { name: login(name) })
  for (const name of ['Team', 'Crew']) course.remember('Groups', { name: `${prefix} ${name}` })

  const people = await inBatches(Object.entries(PEOPLE), async ([name, [givenName, surname, more]]) => {
    const id = await client.person(name, givenName, surname, more)
    await client.assign(id)
    return [name, id] as const
  })
  const ids: Readonly<Record<string, string>> = Object.fromEntries(people)
  const memberNames = Array.from({ length: course.members }, (_, index) => `m${String(index + 1).padStart(3, '0')}`)
  for (const name of memberNames) course.remember('Users', { name: login(name) })
  const members = await inBatches(memberNames, (name) => client.person(name, 'Member', name))
  const everybody = await client.group(`${prefix} Everybody`, members)
  await client.api('PUT', `/apps/${client.appId}/groups/${everybody}`, {})
  const walk = new Walk(course, as, client, ids)
  await walk.next()
  await judgeCreations(walk, premade, members)

  const team = await client.group(`${prefix} Team`, members)
  const mapping = await client.api('POST', `/apps/${client.appId}/group-push/mappings`, {
    sourceGroupId: team,
    targetGroupName: `${prefix} Team`,
    status: 'ACTIVE',
  })
  await client.api('POST', `/users/${ids['anna']}`, {
    profile: { title: 'Director', displayName: 'Anna Changed', lastName: 'Changed' },
  })
  await client.api('POST', `/users/${ids['eve']}`, { profile: { department: 'Support' } })
  await client.api('POST', `/users/${ids['rene']}`, { profile: { login: login('renamed') } })
  await client.api('POST', `/users/${ids['nick']}`, { profile: { login: login('taken') } })
  await client.api('POST', `/users/${ids['pia']}`, { credentials: { password: { value: 'Correct-Horse-7-Battery' } } })
  const linkedId = walk.targetOf('gone')
  const goneId = linkedId !== undefined && (await server.remove('Users', linkedId)) ? linkedId : undefined
  await client.api('POST', `/users/${ids['gone']}`, { profile: { title: 'Removed' } })
  await client.unassign(String(ids['bea']))
  await walk.next()
  await judgeChanges(walk, premade.taken, goneId, team, members)

  await client.assign(String(ids['bea']))
  const [firstMember, secondMember] = members
  if (firstMember !== undefined) await client.api('DELETE', `/groups/${team}/users/${firstMember}`)
  await walk.next()
  const looked = ofMethod(walk.sent('bea'), 'GET')
  await walk.judge('inactive-found', ['deactivate'], 'bea', () => {
    if (ofMethod(walk.sent('bea'), 'POST').length > 0)
      return 'A second account was made: the inactive one was not found.'
    return looked.some(isSuccess) ? undefined : (walk.failed('bea') ?? 'The account was not looked up.')
  })
  await walk.judge('reactivate', ['inactive-found'], 'bea', () =>
    walk.stored('bea', (user) => differences([['active', user['active'], true]])),
  )
  await walk.judgeGroup('member-remove', ['group-members'], team, members.slice(1))

  await client.api('PUT', `/groups/${team}/users/${ids['anna']}`)
  await walk.next()
  await walk.judgeGroup('member-add', ['member-remove'], team, [...members.slice(1), String(ids['anna'])])

  // Somebody deactivated is switched off in the app, and stays in its group until it is overwritten.
  if (secondMember !== undefined) await client.api('POST', `/users/${secondMember}/lifecycle/deactivate`)
  await walk.next()
  await client.pushNow(`${prefix} Team`)
  await walk.next()
  await walk.judgeGroup('push-now', ['member-add'], team, [...members.slice(2), String(ids['anna'])])

  await client.api('PUT', `/groups/${team}`, { profile: { name: `${prefix} Crew`, description: '' } })
  await walk.next()
  await sheet.judge(
    check('group-rename'),
    { needs: [check('group-create')], exchanges: walk.sentTo(team) },
    async () => {
      const problem = await walk.groupProblem(team)
      if (problem !== undefined) return problem
      const group = await server.read('Groups', walk.links.get(team) ?? '')
      return differences([['displayName', group?.['displayName'], `${prefix} Crew`]])
    },
  )
  const found = await client.importAll()
  walk.everything = [...walk.everything, ...found.exchanges]
  await sheet.judge(check('import'), { needs: [check('stable-id')], exchanges: found.exchanges }, async () => {
    if (found.state === 'FAILED' || found.state === 'NOT RUN') return found.error ?? 'The import did not run.'
    const held = await client.missed()
    const stays = await client.links()
    const missed = [...members.filter((id) => id !== secondMember), String(ids['anna'])].filter(
      (id) => walk.links.has(id) && (held.includes(id) || !stays.has(id)),
    )
    return missed.length === 0 ? undefined : `${missed.length} people with an account were not in the lists.`
  })
  const groupId = walk.links.get(team)
  const target = `/apps/${client.appId}/group-push/mappings/${mapping['id']}`
  await client.api('PATCH', target, { status: 'INACTIVE' })
  await client.api('DELETE', `${target}?deleteTargetGroup=true`)
  await walk.next()
  const deletions = about(ofMethod(walk.round.exchanges, 'DELETE'), groupId)
  await sheet.judge(check('group-delete'), { needs: [check('group-create')], exchanges: deletions }, async () => {
    const last = deletions.at(-1)
    if (last === undefined) return 'No DELETE was sent.'
    if (!isSuccess(last)) return `${tell(last, server.url)}.`
    const isThere = groupId !== undefined && (await server.read('Groups', groupId)) !== undefined
    return isThere ? 'The group is still there.' : undefined
  })
  await judgeRateLimit(sheet, as, walk.everything)
}

/** The runs of the queue so far: what was sent for whom, and what became of it. */
class Walk {
  readonly course: Course
  readonly as: ClientName
  readonly client: OktaClient
  readonly ids: Readonly<Record<string, string>>
  round: Round = { exchanges: [], tasks: [] }
  everything: Round['exchanges'] = []
  links: ReadonlyMap<string, string> = new Map()

  constructor(course: Course, as: ClientName, client: OktaClient, ids: Readonly<Record<string, string>>) {
    this.course = course
    this.as = as
    this.client = client
    this.ids = ids
  }

  async next(): Promise<void> {
    this.round = await this.client.run()
    this.everything = [...this.everything, ...this.round.exchanges]
    this.links = new Map([...this.links, ...(await this.client.links())])
    for (const id of this.links.values()) this.course.remember('Users', { id })
  }

  idOf(name: string): string {
    return this.ids[name] ?? ''
  }

  targetOf(name: string): string | undefined {
    return this.links.get(this.idOf(name))
  }

  sent(name: string): Round['exchanges'] {
    const { prefix, domain } = this.course
    return storyOf(this.round.exchanges, `${prefix}-${name}@${domain}`, this.targetOf(name))
  }

  sentTo(group: string): Round['exchanges'] {
    return about(this.round.exchanges, this.links.get(group))
  }

  failedId(id: string): string | undefined {
    return this.round.tasks.find(({ userId }) => userId === id)?.message
  }

  failed(name: string): string | undefined {
    return this.failedId(this.idOf(name))
  }

  async judge(
    name: string,
    needs: readonly string[],
    of: string,
    look: () => Finding | Promise<Finding>,
  ): Promise<void> {
    const evidence = { needs: needs.map((need): CheckId => `${this.as}.${need}`), exchanges: this.sent(of) }
    await this.course.sheet.judge(`${this.as}.${name}`, evidence, look)
  }

  /** The task first; then what the account looks like now. */
  async stored(name: string, look: (user: Json) => Finding): Promise<Finding> {
    const problem = this.failed(name)
    if (problem !== undefined) return problem
    const id = this.targetOf(name)
    const user = id === undefined ? undefined : await this.course.server.read('Users', id)
    return user === undefined ? 'The account cannot be read by its id.' : look(user)
  }

  /** What the console shows in the line of a pushed group; a push that failed again opens no other task. */
  async groupProblem(group: string): Promise<string | undefined> {
    const mapping = await this.client.mappingOf(group)
    return mapping?.['status'] === 'ERROR' ? String(mapping['error']) : undefined
  }

  async judgeGroup(name: string, needs: readonly string[], group: string, expected: readonly string[]): Promise<void> {
    const { sheet, server } = this.course
    const evidence = { needs: needs.map((need): CheckId => `${this.as}.${need}`), exchanges: this.sentTo(group) }
    await sheet.judge(`${this.as}.${name}`, evidence, async () => {
      const id = this.links.get(group)
      const stored = id === undefined ? undefined : await server.read('Groups', id)
      const wrong = wrongMembers(
        stored,
        expected.flatMap((userId) => this.links.get(userId) ?? []),
      )
      return (await this.groupProblem(group)) ?? wrong
    })
  }
}

async function judgeCreations(
  walk: Walk,
  premade: Readonly<Record<'dora' | 'emil', string | undefined>>,
  members: readonly string[],
): Promise<void> {
  const { sheet, prefix, domain } = walk.course
  const { exchanges } = walk.round
  await walk.judge('match-miss', ['test-credentials'], 'anna', () =>
    ofMethod(walk.sent('anna'), 'POST').length > 0
      ? undefined
      : (walk.failed('anna') ?? 'Somebody else was taken for the person looked up: nobody was created.'),
  )
  await walk.judge('create', ['match-miss'], 'anna', () => walk.failed('anna'))
  await walk.judge('create-status', ['create'], 'anna', () => creationWarning(walk.sent('anna')))
  const answered = exchanges.filter((each) => isSuccess(each) && (each.answerBody ?? '') !== '')
  const strange = answered.filter(
    ({ mediaType = '' }) => !/^(application\/(scim\+)?json|text\/json)\b/i.test(mediaType),
  )
  await sheet.judge(`${walk.as}.media-type`, { needs: [`${walk.as}.create`], exchanges: strange }, () => {
    const [odd] = strange
    return odd === undefined ? undefined : { warning: `Answers come as ${odd.mediaType ?? 'no media type'}.` }
  })
  await walk.judge('stable-id', ['create'], 'anna', () =>
    walk.stored('anna', (user) => differences([['id', user['id'], walk.targetOf('anna')]])),
  )
  await walk.judge('active', ['stable-id'], 'anna', () =>
    walk.stored('anna', (user) => differences([['active', user['active'], true]])),
  )
  await walk.judge('external-id', ['stable-id'], 'anna', () =>
    walk.stored('anna', (user) => differences([['externalId', user['externalId'], walk.idOf('anna')]])),
  )
  await walk.judge('enterprise-extension', ['stable-id'], 'eve', () =>
    walk.stored('eve', (user) =>
      differences([
        ['department', valueAt(user, ENTERPRISE, 'department'), 'Sales'],
        ['employeeNumber', valueAt(user, ENTERPRISE, 'employeeNumber'), 'KC-1'],
      ]),
    ),
  )
  await walk.judge('multi-valued', ['stable-id'], 'mia', () =>
    walk.stored('mia', (user) =>
      differences([
        ['emails[type eq "work"].value', inList(user, 'emails', 'work'), `${prefix}-mia@${domain}`],
        ['phoneNumbers[type eq "work"].value', inList(user, 'phoneNumbers', 'work'), '+33 4 72 00 00 11'],
        ['addresses[type eq "work"].locality', inList(user, 'addresses', 'work', 'locality'), 'Lyon'],
      ]),
    ),
  )
  await walk.judge('unicode', ['stable-id'], 'uma', () =>
    walk.stored('uma', (user) =>
      differences([
        ['name.givenName', valueAt(user, 'name', 'givenName'), 'Zoë'],
        ['name.familyName', valueAt(user, 'name', 'familyName'), 'Ångström 李'],
      ]),
    ),
  )
  const special = `${prefix}-${SPECIAL}@${domain}`.toLowerCase()
  await walk.judge('special-characters', ['stable-id'], SPECIAL, () =>
    walk.stored(SPECIAL, (user) => differences([['userName', String(user['userName']).toLowerCase(), special]])),
  )
  for (const [name, person] of [
    ['match-hit', 'dora'],
    ['letter-case', 'emil'],
  ] as const) {
    const known = premade[person]
    await walk.judge(name, name === 'letter-case' ? ['match-hit'] : ['stable-id'], person, () => {
      if (known === undefined) return { warning: 'No account could be put there beforehand.' }
      const problem = walk.failed(person)
      if (problem !== undefined) return problem
      return walk.targetOf(person) === known ? undefined : 'A second account was made for somebody who had one.'
    })
  }
  const posts = ofMethod(exchanges, 'POST')
  await sheet.judge(`${walk.as}.many-at-once`, { needs: [`${walk.as}.create`], exchanges: posts }, () => {
    const failed = members.map((id) => walk.failedId(id)).find((each) => each !== undefined)
    if (failed !== undefined) return failed
    const targets = new Set(members.flatMap((id) => walk.links.get(id) ?? []))
    return targets.size === members.length ? undefined : `${targets.size} accounts for ${members.length} people.`
  })
}

async function judgeChanges(
  walk: Walk,
  takenId: string | undefined,
  goneId: string | undefined,
  team: string,
  members: readonly string[],
): Promise<void> {
  const { sheet, server, prefix, domain } = walk.course
  await walk.judge('update', ['stable-id'], 'anna', () =>
    walk.stored('anna', (user) =>
      differences([
        ['title', user['title'], 'Director'],
        ['displayName', user['displayName'], 'Anna Changed'],
        ['name.familyName', valueAt(user, 'name', 'familyName'), 'Changed'],
      ]),
    ),
  )
  await walk.judge('update-extension', ['enterprise-extension'], 'eve', () =>
    walk.stored('eve', (user) => differences([['department', valueAt(user, ENTERPRISE, 'department'), 'Support']])),
  )
  await walk.judge('rename', ['stable-id'], 'rene', () =>
    walk.stored('rene', (user) =>
      differences([['userName', String(user['userName']).toLowerCase(), `${prefix}-renamed@${domain}`.toLowerCase()]]),
    ),
  )
  const refused = ofMethod(walk.sent('nick'), 'PUT').at(-1)
  await walk.judge('conflict', ['rename'], 'nick', () => {
    if (takenId === undefined) return { warning: 'No account could be put there beforehand.' }
    if (refused === undefined) return walk.failed('nick') ?? 'No PUT was sent.'
    if (isSuccess(refused)) return 'Two accounts have the same userName now.'
    return refused.status === 409 ? undefined : { warning: `${tell(refused, server.url)} instead of 409.` }
  })
  await walk.judge('conflict-detail', ['conflict'], 'nick', () =>
    hasDetail(refused?.answerBody)
      ? undefined
      : { warning: 'The refusal says nothing in detail: the administrator is shown the status alone.' },
  )
  await walk.judge('password', ['stable-id'], 'pia', () => {
    const sent = walk.sent('pia').find(({ requestBody = '' }) => requestBody.includes('"password"'))
    return walk.failed('pia') ?? (sent === undefined ? 'No password was sent.' : undefined)
  })
  await walk.judge('deactivate', ['active'], 'bea', () =>
    walk.stored('bea', (user) => differences([['active', user['active'], false]])),
  )
  if (goneId === undefined) sheet.pass(`${walk.as}.unknown-id`, NOT_TAKEN_AWAY)
  else
    await walk.judge('unknown-id', ['stable-id'], 'gone', () => {
      const read = ofMethod(walk.sent('gone'), 'GET').at(-1)
      if (read === undefined) return walk.failed('gone') ?? 'The account was not read.'
      return read.status === 404 ? undefined : `${tell(read, server.url)}, though it was deleted.`
    })
  const ofGroup = walk.round.exchanges.filter(({ url }) => url.includes('/Groups'))
  await sheet.judge(
    `${walk.as}.group-create`,
    { needs: [`${walk.as}.test-credentials`], exchanges: ofGroup },
    async () => (walk.links.has(team) ? undefined : ((await walk.groupProblem(team)) ?? 'The group was not made.')),
  )
  await walk.judgeGroup('group-members', ['group-create', 'many-at-once', 'stable-id'], team, members)
}

function hasDetail(body: string | undefined): boolean {
  try {
    const parsed: unknown = JSON.parse(body ?? '')
    return typeof parsed === 'object' && parsed !== null && 'detail' in parsed && typeof parsed.detail === 'string'
  } catch {
    return false
  }
}
