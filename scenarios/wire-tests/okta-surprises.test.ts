import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DOMAIN, ENTERPRISE, type OktaStage, openOktaStage } from './okta-stage.ts'

/** The surprises of reference sheet 8.1, one by one, between the two systems as they run. */

let stage: OktaStage
beforeAll(async () => {
  stage = await openOktaStage()
})
afterAll(() => stage.close())

const calls = async (): Promise<readonly string[]> => (await stage.sent()).map(({ call }) => call)
const operations = (body: Readonly<Record<string, unknown>>) => body['Operations'] as readonly Record<string, unknown>[]

describe('8.1, in an org that is in step', () => {
  beforeEach(() => stage.resetTo('connected-okta'))

  test('8.1 #1 a creation carries a password with Sync Password off, and the Okta user id; the id of the app is kept in Okta alone', async () => {
    await stage.tick('createUsers', 'updateAttributes', 'deactivateUsers')
    await stage.assign('rosa.jimenez')
    const created = (await stage.sent()).find(({ call }) => call === 'POST /Users')
    expect(created?.body).toMatchObject({
      password: expect.any(String),
      externalId: await stage.userId('rosa.jimenez'),
      active: true,
      groups: [],
    })
    const id = (await stage.account('rosa.jimenez'))?.['id']
    expect((await stage.row('rosa.jimenez'))?.['externalId']).toBe(id)
    expect(await stage.scim('GET', `/Users/${id}`)).toMatchObject({ externalId: await stage.userId('rosa.jimenez') })
  })

  test('8.1 #2 PATCH has no path and an object for its value, and is for activation and passwords alone', async () => {
    await stage.assign('rosa.jimenez')
    await stage.editProfile('rosa.jimenez', 'title', 'Head of Hiring')
    const id = await stage.userId('rosa.jimenez')
    await stage.send(`/admin/user/${id}/set-password`, '/set-password', { password: 'Another-2026-Key!' })
    await stage.unassign('rosa.jimenez')
    await stage.assign('rosa.jimenez')
    const patches = (await stage.sent()).filter(({ call }) => call === 'PATCH /Users')
    expect(patches.map(({ body }) => operations(body))).toEqual([
      [{ op: 'replace', value: { password: expect.any(String) } }],
      [{ op: 'replace', value: { active: false } }],
      [{ op: 'replace', value: { active: true } }],
    ])
  })

  test('8.1 #3 an update is GET and a PUT of everything: hand edits are overwritten, a failed deactivation is not repaired', async () => {
    await stage.editAccount('ada.okafor', { title: 'Typed by hand', state: 'suspended' })
    await stage.editProfile('ada.okafor', 'preferredLanguage', 'fr_CA')
    const [read, put, ...rest] = await stage.sent()
    expect([read?.call, put?.call, rest]).toEqual(['GET /Users', 'PUT /Users', []])
    expect(put?.body).toMatchObject({ title: 'Support Lead', preferredLanguage: 'fr-CA', active: false })
    expect(await stage.account('ada.okafor')).toMatchObject({ title: 'Support Lead', state: 'suspended' })
  })

  test('8.1 #4 no person is ever sent DELETE; suspending and deleting send nothing', async () => {
    await stage.lifecycle('ada.okafor', 'suspend')
    await stage.lifecycle('ada.okafor', 'unsuspend')
    expect(await calls()).toEqual([])
    await stage.lifecycle('ada.okafor', 'deactivate')
    expect(await calls()).toEqual(['PATCH /Users'])
    await stage.lifecycle('ada.okafor', 'delete')
    expect(await calls()).toEqual([])
    expect(await stage.account('ada.okafor')).toMatchObject({ state: 'suspended' })
  })

  test('8.1 #6 Test API Credentials reads users and groups: a token without the right to groups fails it', async () => {
    const typed = { enabled: 'true', importGroups: 'true', do: 'test' }
    const test = async (): Promise<string> => {
      await stage.marta.open(await stage.at('provisioning/integration/edit'))
      await stage.marta.submit('/integration/edit', typed)
      return stage.marta.text
    }
    expect(await test()).toContain('Dialpad was verified successfully!')
    expect(await calls()).toEqual(['GET /Users', 'GET /Groups'])
    await stage.fault('scim.groups.list', { status: 403 })
    expect(await test()).toContain('Error authenticating: Forbidden.')
  })

  test('8.1 #7 the group name op accompanies every membership change, with the id in its value', async () => {
    await stage.push('Support')
    await stage.sent()
    for (const move of ['leave', 'join'] as const) {
      await stage[move]('Support', 'chloe.nguyen')
      const patches = (await stage.sent()).filter(({ call }) => call === 'PATCH /Groups')
      const id = patches[0]?.path.split('/').at(-1)
      const [members, name] = patches.map(({ body }) => operations(body))
      expect(members?.[0]).toMatchObject({ op: move === 'leave' ? 'remove' : 'add' })
      expect(name).toEqual([{ op: 'replace', value: { id, displayName: 'Support' } }])
    }
  })

  test('8.1 #9 an attribute without an external namespace is silently not sent', async () => {
    await stage.addAttribute('officeName', undefined)
    await stage.addAttribute('licenseType', ENTERPRISE)
    await stage.assign('rosa.jimenez', { 'attribute.officeName': 'London', 'attribute.licenseType': 'dialpad_support' })
    const created = (await stage.sent()).find(({ call }) => call === 'POST /Users')
    expect(created?.body[ENTERPRISE]).toEqual({ department: 'People', licenseType: 'dialpad_support' })
    expect(JSON.stringify(created?.body)).not.toContain('officeName')
    expect([await stage.officeOf('rosa.jimenez'), await stage.tasks()]).toEqual(['Denver', []])
  })

  test('8.1 #10 individual beats group; whose creation failed stays assigned, the row red, and has the tile', async () => {
    const row = await stage.row('ada.okafor')
    const edit = await stage.at(`assignments/user/${row?.['id']}/edit`)
    await stage.send(edit, '/edit', { 'attribute.title': 'Typed for Ada', source: 'USER', scope: 'USER' })
    expect(await stage.account('ada.okafor')).toMatchObject({ title: 'Typed for Ada' })
    expect(await stage.read(await stage.at('assignments'))).toMatch(/ada\.okafor@brightwave\.example Individual/)

    await stage.fault('scim.users.create', { status: 400 })
    await stage.assign('rosa.jimenez')
    expect(await stage.row('rosa.jimenez')).toMatchObject({ status: 'STAGED', syncState: 'ERROR' })
    expect(await stage.read(await stage.at('assignments'))).toContain(
      'Automatic provisioning of user Rosa Jimenez to app Dialpad failed',
    )
    const rosa = await stage.signIn('rosa.jimenez')
    expect(rosa.html).toContain('href="/home/dialpad/')
  })

  test('8.1 #11 429 alone tries again by itself; everything else waits in Tasks', async () => {
    await stage.fault('scim.users.create', { status: 429, retryAfter: 30 }, 1)
    await stage.assign('rosa.jimenez')
    expect([await stage.account('rosa.jimenez'), await stage.tasks()]).toEqual([undefined, []])
    await stage.advance('PT30S')
    expect(await stage.account('rosa.jimenez')).toMatchObject({ state: 'active' })

    await stage.fault('scim.users.create', { status: 503 }, 1)
    await stage.assign('zoe.obrien')
    await stage.sent()
    await stage.advance('PT12H')
    expect([await calls(), await stage.account('zoe.obrien')]).toEqual([[], undefined])
    expect(await stage.tasks()).toEqual([expect.stringContaining('Service Unavailable')])
    await stage.retry('assignment')
    expect(await stage.account('zoe.obrien')).toMatchObject({ state: 'active' })
  })

  test('8.1 #12 pushing a group is no assignment: it makes no accounts', async () => {
    const before = (await stage.records('dialpad', 'users')).length
    await stage.push('Sales')
    const [created, members] = await stage.sent()
    expect([created?.call, created?.body['members']]).toEqual(['POST /Groups', []])
    // Of the seven in Sales, the two who are assigned.
    expect(operations(members?.body ?? {})[0]?.['value']).toHaveLength(2)
    expect((await stage.records('dialpad', 'users')).length).toBe(before)
    expect(await stage.row('farah.haddad')).toBeUndefined()
  })

  test('8.1 #13 reactivated: what groups gave returns, what was assigned individually does not', async () => {
    await stage.assign('rosa.jimenez')
    for (const handle of ['rosa.jimenez', 'ada.okafor']) await stage.lifecycle(handle, 'deactivate')
    await stage.sent()
    for (const handle of ['rosa.jimenez', 'ada.okafor']) await stage.lifecycle(handle, 'activate')
    expect((await calls()).filter((call) => call.endsWith('Users'))).toEqual([
      'GET /Users',
      'PATCH /Users',
      'GET /Users',
      'PUT /Users',
    ])
    expect(await stage.row('rosa.jimenez')).toBeUndefined()
    expect(await stage.account('rosa.jimenez')).toMatchObject({ state: 'suspended' })
    expect(await stage.row('ada.okafor')).toMatchObject({ scope: 'GROUP' })
    expect(await stage.account('ada.okafor')).toMatchObject({ state: 'active' })
  })

  test('8.1 #16 group functions do not run again when membership changes; the console clears a field to ""', async () => {
    const mapping = { kind: 'expression', apply: 'PUSH', do: 'save' }
    const expression = 'isMemberOfGroupName("Sales") ? "sells" : "serves"'
    await stage.send(await stage.at('mapping/to-app/title/edit'), '/title/edit', { ...mapping, expression })
    expect(await stage.account('ada.okafor')).toMatchObject({ title: 'serves' })
    await stage.join('Sales', 'ada.okafor')
    expect(await stage.account('ada.okafor')).toMatchObject({ title: 'serves' })
    await stage.editProfile('ada.okafor', 'city', 'Denver')
    expect(await stage.account('ada.okafor')).toMatchObject({ title: 'sells' })

    await stage.editProfile('ada.okafor', 'department', '')
    const [person] = (await stage.records('okta', 'users')).filter(({ profile }) =>
      String((profile as Record<string, unknown>)['login']).startsWith('ada.'),
    )
    expect(person?.['profile']).toMatchObject({ department: '' })
    const put = (await stage.sent()).findLast(({ call }) => call === 'PUT /Users')
    expect(put?.body[ENTERPRISE]).toMatchObject({ department: '' })
  })
})

describe('8.1, of single sign-on', () => {
  beforeEach(async () => {
    await stage.resetTo('connected-okta')
    const acsUrl = `${stage.dialpad.origin}/saml/sso/okta/${DOMAIN}`
    await stage.send(await stage.at('signon/edit'), '/signon/edit', { acsUrl, spEntityId: 'urn:example:service' })
  })

  /** What the tile posts. */
  const answerOf = async (handle: string): Promise<string> => {
    const visitor = await stage.signIn(handle)
    await visitor.open(/href="(\/home\/dialpad\/[^"]+)"/.exec(visitor.html)?.[1] ?? '')
    return Buffer.from(visitor.valueOf('SAMLResponse') ?? '', 'base64').toString('utf8')
  }

  test('8.1 #14 the issuer is http://www.okta.com/exk…, addresses are of the org; NameID is the user name in the app', async () => {
    const app = (await stage.records('okta', 'apps')).find(({ catalogKey }) => catalogKey === 'dialpad')
    const issuer = `http://www.okta.com/${app?.['samlKey']}`
    const metadata = await (await fetch(`${stage.okta.origin}/app/${app?.['samlKey']}/sso/saml/metadata`)).text()
    expect(metadata).toContain(`entityID="${issuer}"`)
    expect(metadata).toContain(`Location="${stage.okta.origin}/app/dialpad/${app?.['samlKey']}/sso/saml"`)
    await stage.assign('rosa.jimenez', { userName: `rosa.in.dialpad@${DOMAIN}` })
    const answer = await answerOf('rosa.jimenez')
    expect(answer).toContain(issuer)
    expect(/<[\w:]*NameID[^>]*>([^<]+)</.exec(answer)?.[1]).toBe(`rosa.in.dialpad@${DOMAIN}`)
  })

  test('8.1 #15 single sign-on works while provisioning is broken, and the other way round', async () => {
    await stage.fault('scim.users.create', { status: 500 })
    await stage.assign('rosa.jimenez')
    expect(await stage.tasks()).toHaveLength(1)
    expect(await answerOf('rosa.jimenez')).toContain('NameID')
    await stage.send(await stage.at('signon/edit'), '/signon/edit', { acsUrl: '', spEntityId: '' })
    expect(await answerOf('ada.okafor')).toBe('')
    await stage.editProfile('ada.okafor', 'title', 'Head of Support')
    expect(await stage.account('ada.okafor')).toMatchObject({ title: 'Head of Support' })
  })
})

describe('8.1, in an org that has just added the app', () => {
  beforeEach(() => stage.resetTo('brightwave', 'connected-okta'))

  test('8.1 #5 after a good API test every feature is off, and who was assigned then stays unprovisioned until Provision User', async () => {
    await stage.connect()
    expect(await stage.read(await stage.at('provisioning/to-app'))).toContain('Create Users')
    expect(stage.marta.html).not.toMatch(/name="shown\.(create|update|deactivate|sync)[^>]* checked/)
    await stage.assign('rosa.jimenez')
    await stage.tick('createUsers', 'updateAttributes', 'deactivateUsers')
    await stage.advance('P7D')
    await stage.run()
    expect(await stage.account('rosa.jimenez')).toBeUndefined()
    expect(await stage.read(await stage.at('assignments'))).toContain('Click Provision User')
    await stage.send(await stage.at('assignments/provision'), '/provision')
    expect(await stage.account('rosa.jimenez')).toMatchObject({ state: 'active' })
    expect(await stage.read(await stage.at('assignments'))).not.toContain('Click Provision User')
  })

  test('8.1 #8 an account of the same user name is linked without a word and overwritten, an inactive one switched on', async () => {
    await stage.editAccount('ada.okafor', { title: 'Typed by hand' })
    await stage.editAccount('ben.castillo', { title: 'Typed by hand', state: 'suspended' })
    const before = await stage.account('ben.castillo')
    await stage.connect()
    await stage.tick('createUsers')
    await stage.sent()
    await stage.assign('ada.okafor')
    expect(await calls()).toEqual(['GET /Users', 'GET /Users', 'PUT /Users'])
    await stage.assign('ben.castillo')
    expect(await calls()).toEqual(['GET /Users', 'PATCH /Users', 'GET /Users', 'PUT /Users'])
    expect(await stage.account('ada.okafor')).toMatchObject({ title: 'Support Lead' })
    const after = await stage.account('ben.castillo')
    expect(after).toMatchObject({ id: before?.['id'], title: 'Support Agent', state: 'active' })
    expect((await stage.row('ben.castillo'))?.['userName']).toBe(`ben.castillo@${DOMAIN}`)
  })
})
