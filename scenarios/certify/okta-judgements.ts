import { creationWarning, differences, ENTERPRISE, inList, NOT_TAKEN_AWAY, ofMethod, valueAt } from './findings.ts'
import { SPECIAL } from './okta-people.ts'
import type { OktaWalk } from './okta-walk.ts'
import { isSuccess, tell } from './wire.ts'

/** What assignments did: who was looked up, found and made, and what of them is stored. */
export async function judgeCreations(
  walk: OktaWalk,
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

/** What became of people changed, renamed and deactivated since, and of the pushed group. */
export async function judgeChanges(
  walk: OktaWalk,
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
