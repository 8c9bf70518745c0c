import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createBrowser } from '#kit/test/browser.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import { DOMAIN, ENTERPRISE, type Fields, type OktaStage, openOktaStage } from './okta-stage.ts'

/**
 * The faults administrators commonly cause, reference sheet 8.2, row by row: each is made by a page, a fault rule or a call, shows
 * its symptom, and the fix of the sheet mends it. Those of single sign-on are with the tests of SAML.
 */

let stage: OktaStage
beforeAll(async () => {
  stage = await openOktaStage()
})
afterAll(() => stage.close())

const ROSA = `rosa.jimenez@${DOMAIN}`
const TITLE_EDIT = 'mapping/to-app/title/edit'
const TITLE = { kind: 'source', source: 'title', do: 'save' }

const assignments = async (): Promise<string> => stage.read(await stage.at('assignments'))
const editPage = async (handle: string): Promise<string> =>
  stage.at(`assignments/user/${(await stage.row(handle))?.['id']}/edit`)
const calls = async (): Promise<readonly string[]> => (await stage.sent()).map(({ call }) => call)

/** Press Test API Credentials. @returns what the page says. */
async function testToken(token: string): Promise<string> {
  await stage.marta.open(await stage.at('provisioning/integration/edit'))
  await stage.marta.submit('/integration/edit', { enabled: 'true', importGroups: 'true', token, do: 'test' })
  return stage.marta.text
}

async function saveToken(token: string): Promise<void> {
  const typed = { enabled: 'true', importGroups: 'true', token, do: 'save' }
  await stage.send(await stage.at('provisioning/integration/edit'), '/integration/edit', typed)
}

/** Revoke the key in Dialpad's portal. */
async function revokeKey(): Promise<void> {
  const [key] = Object.keys((await stage.dialpad.state()).collections['apiKeys'] ?? {})
  const portal = createBrowser(stage.dialpad.origin)
  const email = `marta.silva@${DOMAIN}`
  await portal.submit(await portal.go('/login'), '/login', { email, password: TRAINING_PASSWORD })
  await portal.submit(await portal.go(`/admin/company/authentication/api-keys/${key}/revoke`), '/revoke')
}

async function groupPage(name: string): Promise<string> {
  return stage.at(`assignments/group/${await stage.groupId(name)}/edit`)
}

/** Assign to Groups, with a licence of the group's own. */
async function assignGroup(name: string, licenseType: string): Promise<void> {
  const id = await stage.groupId(name)
  const typed = { 'attribute.licenseType': licenseType }
  await stage.send(await stage.at(`assignments/assign/groups/${id}`), `/assign/groups/${id}`, typed)
}

const seats = (talk: number) => stage.edit('dialpad', 'offices', (office) => ({ ...office, seats: { talk } }))

describe('8.2 of the connection', () => {
  test('Wrong or revoked API token: Error authenticating, later tasks "credentials … invalid"; new token, Test, Save, Retry Selected', async () => {
    await stage.resetTo('connected-okta')
    expect(await testToken('wrong-token-1')).toContain('Error authenticating: Unauthorized.')
    await revokeKey()
    await stage.editProfile('ada.okafor', 'title', 'Head of Support')
    expect(await stage.read('/admin/tasks')).toContain(
      'The credentials used to connect to the API were invalid; please check your configuration',
    )
    expect(await testToken('')).toContain('Error authenticating: Unauthorized.')
    const { secret } = (await stage.dialpad.call('POST', '/api-keys', { name: 'Again' })) as { secret: string }
    expect(await testToken(secret)).toContain('Dialpad was verified successfully!')
    await saveToken('')
    await stage.retry('update')
    expect([await stage.tasks(), await stage.account('ada.okafor')]).toMatchObject([[], { title: 'Head of Support' }])
  })

  test.each([
    ['Bearer ', `Bearer ${CONNECTED_API_KEY}`],
    ['a line break', `${CONNECTED_API_KEY.slice(0, 12)}\n${CONNECTED_API_KEY.slice(12)}`],
  ])('Token pasted with "Bearer " or a line break: %s: 401; paste the bare token', async (_what, token) => {
    await stage.resetTo('connected-okta')
    expect(await testToken(token)).toContain('Error authenticating: Unauthorized.')
    expect(await testToken(CONNECTED_API_KEY)).toContain('Dialpad was verified successfully!')
  })

  test('Server 429 / slow: delayed users; wait; do not reassign', async () => {
    await stage.resetTo('connected-okta')
    await stage.fault('scim.users.create', { status: 429, retryAfter: 120 }, 1)
    await stage.assign('rosa.jimenez')
    await stage.assign('zoe.obrien')
    expect([await stage.account('rosa.jimenez'), await stage.account('zoe.obrien'), await stage.tasks()]).toEqual([
      undefined,
      undefined,
      [],
    ])
    await stage.advance('PT2M')
    expect(await stage.account('rosa.jimenez')).toMatchObject({ state: 'active' })
    expect(await stage.account('zoe.obrien')).toMatchObject({ state: 'active' })
    await stage.fault('scim.users.create', { delayMs: 300 })
    await stage.assign('tessa.vandijk')
    expect(await stage.account('tessa.vandijk')).toMatchObject({ state: 'active' })
  })
})

describe('8.2 of the features', () => {
  beforeEach(() => stage.resetTo('brightwave', 'connected-okta'))

  test('Saved but To App all unticked: nothing happens on assign; Edit, tick, Save, Provision User', async () => {
    await stage.connect()
    await stage.sent()
    await stage.assign('rosa.jimenez')
    expect([await calls(), await stage.account('rosa.jimenez'), await stage.tasks()]).toEqual([[], undefined, []])
    await stage.tick('createUsers', 'updateAttributes', 'deactivateUsers')
    await stage.send(await stage.at('assignments/provision'), '/provision')
    expect(await stage.account('rosa.jimenez')).toMatchObject({ state: 'active' })
  })

  test('Assigned before enabling: red mark, no Dialpad user; Provision User', async () => {
    await stage.send('/admin/apps/add-app/dialpad/settings', '/settings', { label: 'Dialpad' })
    await stage.assign('rosa.jimenez')
    expect(await assignments()).not.toContain('Click Provision User')
    await stage.send(await stage.at('signon/edit'), '/signon/edit', { format: 'email' })
    await saveToken(CONNECTED_API_KEY)
    await stage.tick('createUsers')
    await stage.advance('P1D')
    expect(await assignments()).toContain('before Provisioning was enabled and not provisioned')
    expect(await stage.account('rosa.jimenez')).toBeUndefined()
    await stage.send(await stage.at('assignments/provision'), '/provision')
    expect(await assignments()).not.toContain('before Provisioning was enabled')
    expect(await stage.account('rosa.jimenez')).toMatchObject({ state: 'active' })
  })

  test('Username format Okta username ≠ e-mail: wrong handle, 400 from Dialpad; Sign On > format Email, Update Now', async () => {
    await stage.editProfile('rosa.jimenez', 'login', 'rosa@elsewhere.example')
    await stage.connect()
    await stage.tick('createUsers', 'updateAttributes')
    await stage.send(await stage.at('signon/edit'), '/signon/edit', { format: 'okta-username' })
    const person = (await stage.records('okta', 'users')).find(
      ({ profile }) => (profile as Fields)['login'] === 'rosa@elsewhere.example',
    )
    const page = `assignments/assign/people/${person?.['id']}`
    await stage.send(await stage.at(page), `/assign/people/${person?.['id']}`)
    expect(await assignments()).toMatch(/rosa@elsewhere\.example.*Bad Request\. Errors reported by remote server/)
    await stage.send(await stage.at('signon/edit'), '/signon/edit', { format: 'email' })
    await stage.send(await stage.at('signon/update-now'), '/update-now')
    await stage.retry('assignment')
    expect(await assignments()).toContain(ROSA)
    expect([await stage.tasks(), await stage.account('rosa.jimenez')]).toMatchObject([[], { state: 'active' }])
  })
})

describe('8.2 of what the features send', () => {
  beforeEach(() => stage.resetTo('connected-okta'))

  test('Create Users off: Matching user not found; enable, retry', async () => {
    await stage.tick('updateAttributes', 'deactivateUsers')
    await stage.assign('rosa.jimenez')
    expect(await stage.read('/admin/tasks')).toContain('Matching user not found')
    await stage.tick('createUsers', 'updateAttributes', 'deactivateUsers')
    await stage.retry('assignment')
    expect([await stage.tasks(), await stage.account('rosa.jimenez')]).toMatchObject([[], { state: 'active' }])
  })

  test('Update User Attributes off: old title stays; enable, Force Sync', async () => {
    await stage.tick('createUsers', 'deactivateUsers')
    await stage.editProfile('ada.okafor', 'title', 'Head of Support')
    expect([await calls(), await stage.account('ada.okafor')]).toMatchObject([[], { title: 'Support Lead' }])
    await stage.tick('createUsers', 'updateAttributes', 'deactivateUsers')
    await stage.send(await stage.at('force-sync'), '/force-sync')
    expect(await stage.account('ada.okafor')).toMatchObject({ title: 'Head of Support' })
  })

  test('Deactivate Users off: leaver still active, deprovision task; enable, deactivate by hand', async () => {
    await stage.tick('createUsers', 'updateAttributes')
    await stage.lifecycle('ada.okafor', 'deactivate')
    expect([await calls(), await stage.account('ada.okafor')]).toMatchObject([[], { state: 'active' }])
    const tasks = await stage.read('/admin/tasks')
    expect(tasks).toContain('Deprovision from these apps')
    expect(tasks).toContain('Ada Okafor')
    await stage.tick('createUsers', 'updateAttributes', 'deactivateUsers')
    await stage.run()
    expect(await stage.account('ada.okafor')).toMatchObject({ state: 'active' })
    await stage.scim('PATCH', `/Users/${(await stage.account('ada.okafor'))?.['id']}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: false }],
    })
    const _csrf = stage.marta.valueOf('_csrf') ?? ''
    await stage.marta.post('/admin/tasks', { _csrf, kind: 'deprovision', do: 'complete-all' })
    expect([await stage.tasks(), await stage.account('ada.okafor')]).toMatchObject([[], { state: 'suspended' }])
    await stage.lifecycle('ben.castillo', 'deactivate')
    expect(await stage.account('ben.castillo')).toMatchObject({ state: 'suspended' })
  })

  test('Mapping set to Create: later changes lost; Create and update', async () => {
    await stage.send(await stage.at(TITLE_EDIT), '/title/edit', { ...TITLE, apply: 'DONT_PUSH' })
    await stage.sent()
    await stage.editProfile('ada.okafor', 'title', 'Head of Support')
    expect([await calls(), await stage.account('ada.okafor')]).toMatchObject([[], { title: 'Support Lead' }])
    await stage.send(await stage.at(TITLE_EDIT), '/title/edit', { ...TITLE, apply: 'PUSH' })
    expect(await stage.account('ada.okafor')).toMatchObject({ title: 'Head of Support' })
  })

  test('Suspending a leaver in Okta: Dialpad still rings; Deactivate', async () => {
    await stage.lifecycle('ada.okafor', 'suspend')
    expect([await calls(), await stage.account('ada.okafor')]).toMatchObject([[], { state: 'active' }])
    await stage.lifecycle('ada.okafor', 'deactivate')
    expect(await stage.account('ada.okafor')).toMatchObject({ state: 'suspended' })
  })

  test('Same person removed from group: suspended, number released; add back', async () => {
    const numberOf = async () => {
      const id = (await stage.account('ada.okafor'))?.['id']
      return ((await stage.scim('GET', `/Users/${id}`))['phoneNumbers'] ?? []) as readonly Fields[]
    }
    expect(await numberOf()).toHaveLength(1)
    await stage.leave('Dialpad Users', 'ada.okafor')
    expect(await stage.account('ada.okafor')).toMatchObject({ state: 'suspended' })
    // The sheet of Dialpad has the number stay with somebody suspended; the licence is what is freed.
    expect(await numberOf()).toHaveLength(1)
    await stage.join('Dialpad Users', 'ada.okafor')
    expect(await stage.account('ada.okafor')).toMatchObject({ state: 'active' })
    expect(await numberOf()).toHaveLength(1)
  })
})

describe('8.2 of offices and licences', () => {
  beforeEach(() => stage.resetTo('connected-okta'))

  test('Office name differs by a letter: user in default office, wrong area code; exact name', async () => {
    const areaCode = async () => {
      const id = (await stage.account('samuel.oduya'))?.['id']
      const [phone] = (await stage.scim('GET', `/Users/${id}`))['phoneNumbers'] as readonly Fields[]
      return String(phone?.['value']).slice(0, 5)
    }
    await stage.editProfile('samuel.oduya', 'countryCode', 'US')
    await stage.editProfile('samuel.oduya', 'department', 'Torontoo')
    await stage.assign('samuel.oduya')
    expect([await stage.officeOf('samuel.oduya'), await areaCode()]).toEqual(['Denver', '+1720'])
    await stage.editProfile('samuel.oduya', 'department', 'Toronto')
    expect(await stage.officeOf('samuel.oduya')).toBe('Toronto')
    await stage.editProfile('tessa.vandijk', 'department', 'Toronto')
    await stage.assign('tessa.vandijk')
    expect(await stage.officeOf('tessa.vandijk')).toBe('Toronto')
  })

  test('officeName without namespace: office ignored; recreate with namespace', async () => {
    const typed = { 'attribute.officeName': 'London' }
    await stage.addAttribute('officeName', undefined)
    await stage.assign('rosa.jimenez', typed)
    expect([await stage.officeOf('rosa.jimenez'), await stage.tasks()]).toEqual(['Denver', []])
    const schema = `/admin/profile-editor/${(await stage.row('rosa.jimenez'))?.['appId']}`
    await stage.send(`${schema}/officeName/remove`, '/remove')
    await stage.addAttribute('officeName', ENTERPRISE)
    await stage.send(await editPage('rosa.jimenez'), '/edit', typed)
    expect(await stage.officeOf('rosa.jimenez')).toBe('London')
  })

  test('licenseType misspelt (`dialpad-talk`): 400; enum list', async () => {
    await stage.addAttribute('licenseType', ENTERPRISE)
    await stage.assign('rosa.jimenez', { 'attribute.licenseType': 'dialpad-talk' })
    expect(await assignments()).toMatch(/failed: Error while creating user Rosa Jimenez: Bad Request\./)
    const row = await stage.row('rosa.jimenez')
    const schema = `/admin/profile-editor/${row?.['appId']}`
    await stage.send(`${schema}/licenseType/remove`, '/remove')
    await stage.addAttribute('licenseType', ENTERPRISE, {
      enum: 'true',
      members: 'Talk = dialpad_talk\nContact Center = dialpad_support',
    })
    await stage.marta.open(await editPage('rosa.jimenez'))
    await stage.marta.submit('/edit', { 'attribute.licenseType': 'dialpad-talk' })
    expect([stage.marta.status, stage.marta.text]).toEqual([422, expect.stringContaining('must be one of')])
    await stage.send(await editPage('rosa.jimenez'), '/edit', { 'attribute.licenseType': 'dialpad_support' })
    await stage.retry('assignment')
    expect(await stage.account('rosa.jimenez')).toMatchObject({ state: 'active', licence: 'lite_support_agents' })
  })

  test("Individual assignment overriding a group's licence: group change has no effect; reset to Group", async () => {
    await stage.addAttribute('licenseType', ENTERPRISE)
    await stage.send(await editPage('ada.okafor'), '/edit', {
      'attribute.licenseType': 'dialpad_talk',
      source: 'USER',
      scope: 'USER',
    })
    await stage.send(await groupPage('Dialpad Users'), '/edit', { 'attribute.licenseType': 'dialpad_support' })
    expect(await stage.account('ada.okafor')).toMatchObject({ licence: 'talk' })
    expect(await stage.account('ben.castillo')).toMatchObject({ licence: 'lite_support_agents' })
    await stage.send(await editPage('ada.okafor'), '/edit', { scope: 'GROUP', source: 'GROUP' })
    expect(await stage.account('ada.okafor')).toMatchObject({ licence: 'lite_support_agents' })
  })

  test('Group priority wrong: wrong licence for two-group members; reorder', async () => {
    await stage.addAttribute('licenseType', ENTERPRISE)
    await stage.send(await groupPage('Dialpad Users'), '/edit', { 'attribute.licenseType': 'dialpad_talk' })
    await assignGroup('Support', 'dialpad_support')
    expect(await stage.account('ada.okafor')).toMatchObject({ licence: 'talk' })
    expect(await stage.account('elif.demir')).toMatchObject({ licence: 'lite_support_agents' })
    await stage.send(await groupPage('Support'), '/edit', { priority: '1' })
    expect(await stage.account('ada.okafor')).toMatchObject({ licence: 'lite_support_agents' })
  })

  test('Out of licences: License Limit Exceeded or extra invoice; free or buy', async () => {
    await seats(0)
    await stage.assign('rosa.jimenez')
    // "License Limit Exceeded" is the text of another app; this one's own is shown as it came.
    expect(await stage.read('/admin/tasks')).toContain(
      'Errors reported by remote server: No available Connect licenses in office Denver',
    )
    await seats(20)
    await stage.retry('assignment')
    expect([await stage.tasks(), await stage.account('rosa.jimenez')]).toMatchObject([[], { state: 'active' }])
  })
})

describe('8.2 of groups and imports', () => {
  beforeEach(() => stage.resetTo('connected-okta'))

  test('Same group used for assign and push: members flap; separate groups', async () => {
    const states = async (group: string) => {
      const seen: unknown[] = []
      for (const move of ['leave', 'join'] as const) {
        await stage[move](group, 'chloe.nguyen')
        seen.push((await stage.account('chloe.nguyen'))?.['state'])
      }
      return [seen, await calls()]
    }
    await stage.push('Dialpad Users')
    await stage.sent()
    const [flap, sent] = await states('Dialpad Users')
    expect(flap).toEqual(['suspended', 'active'])
    expect(sent).toContain('PATCH /Users')
    await stage.push('Support')
    await stage.sent()
    const [steady, rest] = await states('Support')
    expect(steady).toEqual(['active', 'active'])
    expect(rest).not.toContain('PATCH /Users')
  })

  test('Rename a pushed group: Dialpad refuses rename, push error; Rename off, unlink, push again', async () => {
    await stage.push('Support')
    await stage.fault('scim.groups.patch', { status: 400 }, 1)
    const group = await stage.groupId('Support')
    await stage.send(`/admin/group/${group}/profile/edit`, '/profile/edit', { name: 'Support East' })
    expect(await stage.read('/admin/tasks')).toContain(
      'Unable to update Group Push mapping target App group Support: Error while creating user group Support: Bad Request.',
    )
    expect(await stage.read(`${await stage.at('push')}?list=errors`)).toContain('Support East')
    await stage.send(await stage.at('push/settings'), '/settings', { rename: undefined })
    const [mapping] = await stage.records('okta', 'groupPushMappings')
    await stage.send(await stage.at(`push/mapping/${mapping?.['id']}/unlink`), '/unlink', { target: 'leave' })
    await stage.push('Support East')
    expect(await stage.records('okta', 'groupPushMappings')).toMatchObject([
      { status: 'ACTIVE', targetName: 'Support East' },
    ])
    expect(await stage.tasks()).toEqual([])
  })

  test('Group deleted in Dialpad: push errors; unlink, push again', async () => {
    await stage.push('Support')
    const [pushed] = await stage.records('okta', 'groupPushMappings')
    await stage.scim('DELETE', `/Groups/${pushed?.['targetGroupId']}`)
    await stage.leave('Support', 'chloe.nguyen')
    expect(await stage.read(`${await stage.at('push')}?list=errors`)).toContain('Error')
    await stage.retry('group')
    expect(await stage.tasks()).toEqual([expect.stringContaining('Not Found')])
    await stage.send(await stage.at(`push/mapping/${pushed?.['id']}/unlink`), '/unlink', { target: 'leave' })
    await stage.push('Support')
    expect(await stage.records('okta', 'groupPushMappings')).toMatchObject([{ status: 'ACTIVE' }])
    expect(await stage.tasks()).toEqual([])
  })

  test('Import pulled 0 users: only inactive, or safeguard hit; check status, safeguard', async () => {
    const added = await stage.scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: ROSA,
      name: { givenName: 'Rosa', familyName: 'Jimenez' },
    })
    const switchTo = (active: boolean) =>
      stage.scim('PATCH', `/Users/${added['id']}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'active', value: active }],
      })
    await switchTo(false)
    const importNow = async () => stage.send(await stage.at('import'), '/import/now')
    // Dialpad's own administrator is active, and nobody of Okta's yet.
    const marta = `marta.silva@${DOMAIN}`
    const offered = async () => (await stage.records('okta', 'importRows')).map(({ userName }) => userName)
    expect(await importNow()).toContain('7 users scanned · 1 new users imported')
    expect(await offered()).toEqual([marta])
    await switchTo(true)
    await importNow()
    expect(await offered()).toEqual([marta, ROSA])

    for (const handle of ['ben.castillo', 'chloe.nguyen']) {
      await stage.scim('DELETE', `/Users/${(await stage.account(handle))?.['id']}`)
    }
    expect(await importNow()).toContain('2 people would lose Dialpad')
    expect(await stage.row('ben.castillo')).toBeDefined()
    await stage.send(await stage.at('import'), '/import/resume')
    expect(await stage.row('ada.okafor')).toBeDefined()
  })
})
