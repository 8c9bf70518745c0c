import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OktaApp, ToOktaSettings } from '../../apps/records.ts'
import type { OktaUser } from '../../collections.ts'
import { assignGroup, assignPerson } from '../../commands/assignments.ts'
import { clearUnconfirmed, confirmImport, importNow, resumeImport } from '../../commands/imports.ts'
import { saveToOkta, setOrgSafeguard } from '../../commands/integration.ts'
import { saveMapping } from '../../commands/profile-editor.ts'
import { mappingOf } from '../../profiles/read.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { KIT, openStage, type Stage } from './stage.ts'

/** Every setting of To Okta (reference sheet 1.7) and the Import tab (1.10), each shown to act. */

let stage: Stage
let app: OktaApp
beforeEach(async () => {
  stage = await openStage()
  app = await stage.connect()
})
afterEach(() => stage.close())

const MAYA = 'maya.torres@brightwave.example'
const ADA = oktaUserIdOf('ada.okafor')

/** An account in the app. */
function account(id: string, userName: string, more: Readonly<Record<string, unknown>> = {}): void {
  stage.target.users.set(id, {
    id,
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName,
    active: true,
    name: { givenName: 'Maya', familyName: 'Torres' },
    emails: [{ value: userName, primary: true }],
    ...more,
  })
}

function setActive(id: string | undefined, active: boolean): void {
  const known = stage.target.users.get(id ?? '')
  if (known === undefined || id === undefined) throw new Error(`The app has no account ${id}.`)
  stage.target.users.set(id, { ...known, active })
}

async function settings(patch: Partial<ToOktaSettings>): Promise<void> {
  const before = stage.system.store.get('apps', app.id)?.provisioning?.toOkta
  if (before === undefined) throw new Error('The app is not connected.')
  await saveToOkta(stage.deps, KIT, { appId: app.id, settings: { ...before, ...patch } })
}

const runImport = () => importNow(stage.deps, KIT, { appId: app.id })
const rows = () => stage.system.store.find('importRows', 'app', app.id)
const byLogin = (login: string): OktaUser | undefined => stage.system.store.find('users', 'login', login)[0]

describe('General: Schedule import', () => {
  const HOUR = 3600
  test.each([
    ['hourly', HOUR],
    ['daily', 24 * HOUR],
    ['weekly', 7 * 24 * HOUR],
  ] as const)('%s runs in virtual time, and again after the same while', async (schedule, seconds) => {
    await settings({ schedule })
    const reads = () => stage.sent().filter((line) => line.startsWith('GET /Users?startIndex=1&')).length
    await stage.advance(seconds - 1)
    expect(reads()).toBe(0)
    await stage.advance(1)
    expect(reads()).toBe(1)
    await stage.advance(seconds)
    expect(reads()).toBe(1)
    expect(stage.system.store.get('importRuns', app.id)).toMatchObject({ state: 'DONE', scheduled: true })
  })

  test('Never is the default, and ends a series', async () => {
    expect(app.provisioning?.toOkta.schedule).toBe('never')
    await settings({ schedule: 'hourly' })
    await settings({ schedule: 'never' })
    await stage.advance(30 * 24 * HOUR)
    expect(stage.sent()).toEqual([])
  })
})

describe('General: Okta username format', () => {
  const placeholder = (name: string): string => `$\{source.${name}}`
  test.each([
    ['email', undefined, 'maya@elsewhere.example'],
    ['app-username', undefined, MAYA],
    [
      'custom',
      `${placeholder('givenName')}.${placeholder('familyName')}@brightwave.example`,
      'Maya.Torres@brightwave.example',
    ],
    ['custom', 'String.toLowerCase(appuser.givenName) + "@brightwave.example"', 'maya@brightwave.example'],
  ] as const)('%s %s names somebody new', async (usernameFormat, customUsername, login) => {
    await settings({ usernameFormat, confirmNew: true, ...(customUsername === undefined ? {} : { customUsername }) })
    account('u-1', MAYA, { emails: [{ value: 'maya@elsewhere.example', primary: true }] })
    await runImport()
    expect(byLogin(login.toLowerCase())?.profile).toMatchObject({ login, firstName: 'Maya', lastName: 'Torres' })
  })

  test('a custom format that is empty or cannot be read is refused beside its field', async () => {
    for (const customUsername of ['', 'String.toLowerCas(appuser.email)', placeholder('nothing')]) {
      const refused = settings({ usernameFormat: 'custom', customUsername })
      await expect(refused, customUsername).rejects.toMatchObject({ causes: [{ field: 'customUsername' }] })
    }
  })
})

describe('User Creation & Matching', () => {
  test('an exact match is by the user name that the format gives', async () => {
    await settings({ usernameFormat: 'email' })
    account('u-1', 'ada-at-the-app', { emails: [{ value: 'ada.okafor@brightwave.example', primary: true }] })
    await runImport()
    expect(rows()).toMatchObject([{ match: 'exact', userId: ADA }])
    await settings({ usernameFormat: 'app-username' })
    await runImport()
    expect(rows()).toMatchObject([{ match: 'new' }])
  })

  test('or by e-mail', async () => {
    await settings({ exactMatch: 'email', usernameFormat: 'app-username' })
    account('u-1', 'ada-at-the-app', { emails: [{ value: 'Ada.Okafor@brightwave.example', primary: true }] })
    await runImport()
    expect(rows()).toMatchObject([{ match: 'exact', userId: ADA }])
  })

  test('or by a chosen attribute, as the mapping to Okta gives it', async () => {
    const { id: mappingId } = mappingOf(stage.system.store, app.id, 'to-user')
    const title = { expression: 'appuser.title', pushStatus: 'PUSH' } as const
    await expect(settings({ exactMatch: 'custom', matchAttribute: 'title' })).rejects.toMatchObject({
      causes: [{ field: 'matchAttribute' }],
    })
    await saveMapping(stage.deps, KIT, { mappingId, properties: { title }, applyNow: false })
    await settings({ exactMatch: 'custom', matchAttribute: 'title' })
    account('u-1', MAYA, { title: String(stage.user('ada.okafor').profile['title']).toUpperCase() })
    account('u-2', 'nobody@brightwave.example', { title: 'Nobody has this title' })
    await runImport()
    expect(rows().map(({ match, userId }) => [match, userId])).toEqual([
      ['exact', ADA],
      ['new', undefined],
    ])
  })

  test('Allow partial matches proposes whoever has the same first and last name', async () => {
    account('u-1', 'ada@elsewhere.example', { name: { givenName: 'Ada', familyName: 'Okafor' } })
    await runImport()
    expect(rows()).toMatchObject([{ match: 'new' }])
    await settings({ allowPartial: true })
    await runImport()
    expect(rows()).toMatchObject([{ match: 'partial', userId: ADA }])
  })

  test('nobody is proposed twice: who has an account already is not matched', async () => {
    account('u-1', 'ada.okafor@brightwave.example')
    await settings({ confirmExact: true })
    await runImport()
    account('u-2', 'ada-two', { emails: [{ value: 'ada.okafor@brightwave.example', primary: true }] })
    await runImport()
    expect(rows()).toMatchObject([{ externalId: 'u-2', match: 'new' }])
  })

  test.each([
    ['exact', { confirmExact: true }],
    ['partial', { confirmPartial: true, allowPartial: true }],
    ['new', { confirmNew: true }],
  ] as const)('auto-confirm of %s matches confirms those and leaves the others', async (kind, patch) => {
    await settings({ allowPartial: true, ...patch })
    account('u-exact', 'ada.okafor@brightwave.example', { name: { givenName: 'A', familyName: 'O' } })
    account('u-partial', 'ben@elsewhere.example', { name: { givenName: 'Ben', familyName: 'Castillo' } })
    account('u-new', MAYA)
    await runImport()
    const left = rows().map(({ externalId }) => externalId)
    expect(left.toSorted()).toEqual(['u-exact', 'u-new', 'u-partial'].filter((id) => id !== `u-${kind}`))
    expect(stage.system.store.find('appUsers', 'external', `${app.id}/u-${kind}`)).toHaveLength(1)
    expect(stage.sent().filter((line) => !line.startsWith('GET'))).toEqual([])
  })

  test('auto-activate decides between Pending user action and Staged', async () => {
    await settings({ confirmNew: true })
    account('u-1', MAYA)
    await runImport()
    expect(byLogin(MAYA)?.status).toBe('STAGED')
    await settings({ activateNew: true })
    account('u-2', 'nora.quist@brightwave.example', { name: { givenName: 'Nora', familyName: 'Quist' } })
    await runImport()
    expect(byLogin('nora.quist@brightwave.example')?.status).toBe('PROVISIONED')
  })

  test('nobody new is made by itself under a name that is taken', async () => {
    await settings({ confirmNew: true, exactMatch: 'email', usernameFormat: 'app-username' })
    account('u-1', 'ada.okafor@brightwave.example', { emails: [{ value: 'other@brightwave.example', primary: true }] })
    await runImport()
    expect(rows()).toMatchObject([{ match: 'new' }])
    const decisions = [{ externalId: 'u-1', kind: 'new' }] as const
    await expect(confirmImport(stage.deps, KIT, { appId: app.id, decisions, activate: false })).rejects.toMatchObject({
      message: 'There is an Okta user called ada.okafor@brightwave.example already: choose that person instead.',
    })
  })
})

describe('Profile & Lifecycle Sourcing', () => {
  /** Ben has an account, which the app then switches off, or loses. */
  async function benProvisioned(): Promise<string> {
    for (const handle of ['ada.okafor', 'ben.castillo', 'chloe.martin', 'diego.ramos', 'elena.petrova', 'farah.haddad'])
      if (stage.system.store.has('users', oktaUserIdOf(handle)))
        await assignPerson(stage.deps, KIT, { appId: app.id, userId: oktaUserIdOf(handle) })
    await stage.run()
    await settings({ safeguard: { enabled: false, percent: 20 } })
    await setOrgSafeguard(stage.deps, KIT, { enabled: false, percent: 20 })
    stage.sent()
    return stage.row(app, 'ben.castillo')?.externalId ?? ''
  }
  const ben = () => stage.user('ben.castillo')

  test('an inactive account changes nobody whom Okta sources', async () => {
    const id = await benProvisioned()
    await settings({ whenDeactivated: 'deactivate' })
    setActive(id, false)
    await runImport()
    expect(ben().status).toBe('ACTIVE')
    expect(stage.row(app, 'ben.castillo')).toBeDefined()
  })

  test('do nothing, suspend and deactivate follow an account that was switched off', async () => {
    const id = await benProvisioned()
    setActive(id, false)
    await settings({ isSource: true, whenDeactivated: 'nothing' })
    await runImport()
    expect(ben().status).toBe('ACTIVE')
    await settings({ whenDeactivated: 'suspend' })
    await runImport()
    expect(ben().status).toBe('SUSPENDED')
    await settings({ whenDeactivated: 'deactivate' })
    await runImport()
    expect(ben()).toMatchObject({ status: 'DEPROVISIONED' })
    expect(ben().passwordHash).toBeUndefined()
    expect(stage.row(app, 'ben.castillo')).toBeUndefined()
    expect(stage.events().filter((type) => /^user\.lifecycle\.(suspend|deactivate)$/.test(type))).toEqual([
      'user.lifecycle.suspend',
      'user.lifecycle.deactivate',
    ])
  })

  test('an account that is gone takes the assignment, and where the app is the source the person with it', async () => {
    const id = await benProvisioned()
    stage.target.users.delete(id)
    await settings({ isSource: true, whenDeactivated: 'deactivate' })
    expect(await runImport()).toMatchObject({ users: { removed: 1 } })
    expect(ben().status).toBe('DEPROVISIONED')
    expect(stage.sent().filter((line) => !line.startsWith('GET'))).toEqual([])
  })

  test('Reactivate suspended Okta users: only with their account, and only where ticked', async () => {
    const id = await benProvisioned()
    await settings({ isSource: true, whenDeactivated: 'suspend' })
    setActive(id, false)
    await runImport()
    setActive(id, true)
    await runImport()
    expect(ben().status).toBe('SUSPENDED')
    setActive(id, false)
    await runImport()
    setActive(id, true)
    await settings({ reactivateSuspended: true })
    await runImport()
    expect(ben().status).toBe('ACTIVE')
  })

  test('Reactivate deactivated Okta users: they come back with the account, and wait for a password', async () => {
    const id = await benProvisioned()
    await settings({ isSource: true, whenDeactivated: 'deactivate', reactivateDeactivated: true })
    setActive(id, false)
    await runImport()
    await stage.run()
    expect(ben().status).toBe('DEPROVISIONED')
    setActive(id, true)
    await runImport()
    expect(ben().status).toBe('PROVISIONED')
    expect(stage.row(app, 'ben.castillo')).toMatchObject({ externalId: id, status: 'PROVISIONED' })
  })

  test('names and addresses flow back only from the source', async () => {
    const id = await benProvisioned()
    const known = stage.target.users.get(id)
    stage.target.users.set(id, { ...known, id, name: { givenName: 'Benjamin', familyName: 'Castillo' } })
    await runImport()
    expect(ben().profile.firstName).toBe('Ben')
    await settings({ isSource: true })
    expect(await runImport()).toMatchObject({ users: { updated: 1 } })
    expect(ben().profile.firstName).toBe('Benjamin')
  })
})

describe('Import Safeguard', () => {
  const SUPPORT = oktaGroupIdOf('Support')
  /** The five of Support have accounts; then one is gone: exactly a fifth. */
  async function oneOfFiveGone(): Promise<void> {
    await assignGroup(stage.deps, KIT, { appId: app.id, groupId: SUPPORT })
    await stage.run()
    const [first] = [...stage.target.users.keys()]
    expect(stage.target.users.size).toBe(5)
    stage.target.users.delete(first ?? '')
  }

  test('20 % is on by default, and exactly 20 % may go', async () => {
    expect(app.provisioning?.toOkta.safeguard).toEqual({ enabled: true, percent: 20 })
    await oneOfFiveGone()
    expect(await runImport()).toMatchObject({ state: 'DONE', users: { removed: 1 } })
  })

  test("a lower share of the app's own stops it, and nobody loses the app until it is resumed", async () => {
    await settings({ safeguard: { enabled: true, percent: 19 } })
    await oneOfFiveGone()
    expect(await runImport()).toMatchObject({ state: 'ROADBLOCK', heldBack: [expect.any(String)] })
    expect(stage.system.store.count('appUsers', 'app', app.id)).toBe(5)
    expect(stage.events()).toContain('system.import.roadblock')
    expect(await resumeImport(stage.deps, KIT, { appId: app.id })).toBe(1)
    expect(stage.system.store.count('appUsers', 'app', app.id)).toBe(4)
  })

  test('the org has a threshold of its own, whatever the app allows', async () => {
    await settings({ safeguard: { enabled: false, percent: 20 } })
    await setOrgSafeguard(stage.deps, KIT, { enabled: true, percent: 10 })
    await oneOfFiveGone()
    expect(await runImport()).toMatchObject({ state: 'ROADBLOCK' })
    await setOrgSafeguard(stage.deps, KIT, { enabled: false, percent: 10 })
    expect(await runImport()).toMatchObject({ state: 'DONE', users: { removed: 1 } })
  })

  test('a share is a whole number from 1 to 100', async () => {
    for (const percent of [0, 101, 1.5]) {
      await expect(settings({ safeguard: { enabled: true, percent } })).rejects.toMatchObject({ code: 'E0000001' })
      const org = setOrgSafeguard(stage.deps, KIT, { enabled: true, percent })
      await expect(org).rejects.toMatchObject({ code: 'E0000001' })
    }
  })
})

describe('Import Results', () => {
  test('a row can be given to a person the administrator names, once', async () => {
    account('u-1', MAYA)
    account('u-2', 'nora.quist@brightwave.example')
    await runImport()
    const join = (externalId: string) =>
      confirmImport(stage.deps, KIT, {
        appId: app.id,
        decisions: [{ externalId, kind: 'join', userId: ADA }],
        activate: false,
      })
    await join('u-1')
    expect(stage.row(app, 'ada.okafor')).toMatchObject({ externalId: 'u-1', userName: MAYA })
    await expect(join('u-2')).rejects.toMatchObject({
      message: 'The person chosen for nora.quist@brightwave.example has an account in Dialpad already.',
    })
  })

  test('what is ignored stays ignored at the next import, until the list is cleared', async () => {
    account('u-1', MAYA)
    await runImport()
    const decisions = [{ externalId: 'u-1', kind: 'ignore' }] as const
    await confirmImport(stage.deps, KIT, { appId: app.id, decisions, activate: false })
    expect(await runImport()).toMatchObject({ users: { scanned: 1, imported: 0, unchanged: 1 } })
    expect(rows()).toMatchObject([{ match: 'ignore' }])
    expect(await clearUnconfirmed(stage.deps, KIT, { appId: app.id })).toBe(1)
    expect(rows()).toEqual([])
    await runImport()
    expect(rows()).toMatchObject([{ match: 'new' }])
  })

  test('the numbers of a run: scanned, imported, updated, unchanged, removed', async () => {
    await assignGroup(stage.deps, KIT, { appId: app.id, groupId: oktaGroupIdOf('Support') })
    await stage.run()
    await setOrgSafeguard(stage.deps, KIT, { enabled: false, percent: 20 })
    const [gone, changed] = [...stage.target.users.keys()]
    stage.target.users.delete(gone ?? '')
    stage.target.users.set(changed ?? '', {
      ...stage.target.users.get(changed ?? ''),
      id: changed ?? '',
      title: 'Changed',
    })
    account('u-1', MAYA)
    expect((await runImport()).users).toEqual({ scanned: 5, imported: 1, updated: 1, unchanged: 3, removed: 1 })
  })
})

describe('Okta Attribute Mappings', () => {
  test('Apply updates now takes the mapping to Okta over at once; on create only leaves people as they are', async () => {
    const { id: mappingId } = mappingOf(stage.system.store, app.id, 'to-user')
    await assignPerson(stage.deps, KIT, { appId: app.id, userId: ADA })
    await stage.run()
    const nickName = { expression: 'String.toUpperCase(appuser.givenName)', pushStatus: 'PUSH' } as const
    const save = (pushStatus: 'PUSH' | 'DONT_PUSH', applyNow: boolean) =>
      saveMapping(stage.deps, KIT, { mappingId, properties: { nickName: { ...nickName, pushStatus } }, applyNow })
    await save('DONT_PUSH', true)
    expect(stage.user('ada.okafor').profile['nickName']).toBeUndefined()
    await save('PUSH', false)
    expect(stage.user('ada.okafor').profile['nickName']).toBeUndefined()
    await save('PUSH', true)
    expect(stage.user('ada.okafor').profile['nickName']).toBe('ADA')
  })
})
