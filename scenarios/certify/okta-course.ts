import type { CheckId, ClientName } from './certificate.ts'
import { differences, ofMethod } from './findings.ts'
import { inBatches } from './in-batches.ts'
import { openOktaClient } from './okta-client.ts'
import { judgeChanges, judgeCreations } from './okta-judgements.ts'
import { PEOPLE } from './okta-people.ts'
import { OktaWalk } from './okta-walk.ts'
import type { Course } from './options.ts'
import { judgeRateLimit } from './rate-limit.ts'
import { about, isSuccess, tell } from './wire.ts'

/** OktaWalk the engine of the Okta twin through everything it does to an app. */
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
  const walk = new OktaWalk(course, as, client, ids)
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
