import { SPECIAL } from './entra-people.ts'
import type { EntraWalk } from './entra-walk.ts'
import { creationWarning, differences, ENTERPRISE, inList, NOT_TAKEN_AWAY, ofMethod, valueAt } from './findings.ts'
import { about, isSuccess, tell } from './wire.ts'

/** What the first cycle did: who was looked up, found and made, what of them is stored, and the group with its members. */
export async function judgeInitial(
  walk: EntraWalk,
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

/** What became of people changed, renamed, blocked and deleted between two cycles, and of a member taken out. */
export async function judgeChanges(
  walk: EntraWalk,
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
