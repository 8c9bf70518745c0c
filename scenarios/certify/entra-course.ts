import { join, openEntraClient } from './entra-client.ts'
import { judgeChanges, judgeInitial } from './entra-judgements.ts'
import { type Name, PEOPLE, type Person } from './entra-people.ts'
import { EntraWalk } from './entra-walk.ts'
import { differences, ENTERPRISE, ofMethod, valueAt } from './findings.ts'
import { inBatches } from './in-batches.ts'
import type { Course } from './options.ts'
import { judgeRateLimit } from './rate-limit.ts'
import { about, isSuccess, tell } from './wire.ts'

/** EntraWalk the engine of the Entra twin through everything it does to an app. */
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
  const walk = new EntraWalk(course, client, ids)
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
