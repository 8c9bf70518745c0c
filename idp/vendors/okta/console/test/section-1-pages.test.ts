import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScimTarget, type ScimTarget } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import type { Visitor } from '#kit/test/visitor.ts'
import type { OktaApp } from '../../apps/records.ts'
import { addApp } from '../../commands/apps.ts'
import { assignGroup, assignPerson } from '../../commands/assignments.ts'
import { saveApiIntegration, saveToApp } from '../../commands/integration.ts'
import { addPerson } from '../../commands/people.ts'
import { addAttribute } from '../../commands/profile-editor.ts'
import { mappingOf } from '../../profiles/read.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { type RunningOkta, startOkta } from './start-okta.ts'

/** Pages of reference sheet 1 that the article does not walk: General, Profile Editor's Mappings, To Okta, Import, reports, the log. */

const KIT = { kind: 'kit' } as const
const ADA = oktaUserIdOf('ada.okafor')
let target: ScimTarget
let okta: RunningOkta
let marta: Visitor
let appId: string
let at: string

beforeAll(async () => {
  target = await openScimTarget()
  okta = await startOkta(new URL(target.url).origin)
  const deps = { system: okta.system }
  const app = await addApp(deps, KIT, { catalogKey: 'dialpad', label: 'Dialpad' })
  await saveApiIntegration(deps, KIT, { appId: app.id, enabled: true, token: TARGET_TOKEN, importGroups: true })
  appId = app.id
  at = `/admin/app/dialpad/instance/${app.id}`
  marta = await okta.signIn('marta.silva')
})
afterAll(async () => {
  await okta.close()
  await target.close()
})

function app(): OktaApp {
  const found = okta.system.store.get('apps', appId)
  if (found === undefined) throw new Error('The app is gone.')
  return found
}

/** Words in the order they stand on the page. */
function expectInOrder(words: readonly string[]): void {
  let position = -1
  for (const word of words) {
    const next = marta.text.indexOf(word, position + 1)
    expect(next, `"${word}" after position ${position} of: ${marta.text}`).toBeGreaterThan(position)
    position = next
  }
}

async function settle(): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${okta.origin}/_kit/jobs/run`, { method: 'POST', headers, body: '{}' })
}

/** An account in the app. */
function account(id: string, userName: string): void {
  target.users.set(id, {
    id,
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName,
    active: true,
    name: { givenName: 'Nora', familyName: 'Quist' },
    emails: [{ value: userName, primary: true }],
  })
}

describe('1.1 Where things are', () => {
  test('the navigation leads to every place, and the app header to the log of the app', async () => {
    await marta.open('/admin')
    expectInOrder(['Dashboard', 'Tasks', 'People', 'Groups', 'Profile Editor', 'Applications', 'System Log'])
    await marta.open(`${at}/general`)
    expectInOrder(['Dialpad', 'Active', 'Deactivate', 'View Logs', 'Monitor Imports', 'General', 'Sign On'])
    expect(marta.linkTo('View Logs')).toBe(`/admin/reports/system-log?target=${appId}`)
    await marta.follow('Edit label')
    expect(marta.valueOf('label')).toBe('Dialpad')
  })

  test('Active ▾ deactivates with a confirmation; then it offers Activate and Delete', async () => {
    const spare = await addApp({ system: okta.system }, KIT, { catalogKey: 'dialpad', label: 'Spare' })
    const spareAt = `/admin/app/dialpad/instance/${spare.id}`
    await marta.open(`${spareAt}/general`)
    expect([marta.linkTo('Activate'), marta.linkTo('Delete')]).toEqual([undefined, undefined])
    await marta.follow('Deactivate')
    expect(marta.text).toContain('Deactivate App')
    await marta.submit('/deactivate')
    expectInOrder(['Inactive', 'Activate', 'Delete'])
    await marta.follow('Delete')
    expect(marta.text).toContain('This cannot be undone')
    await marta.submit('/delete')
    expect([marta.path, okta.system.store.has('apps', spare.id)]).toEqual(['/admin/apps/active', false])
  })
})

describe('1.4 General', () => {
  test('sections in order, each with its own Edit', async () => {
    await marta.open(`${at}/general`)
    expectInOrder([
      'App Settings',
      'Application label',
      'VPN Notification',
      'App Embed Link',
      'Embed Link',
      'Self Service',
    ])
    expect(marta.html).toContain(`${okta.origin}/home/dialpad/${appId}/${app().embedKey}`)
    for (const section of ['VPN Notification', 'App Embed Link', 'Self Service']) {
      expect(marta.linkTo(`Edit ${section}`), section).toBeDefined()
    }
    const oskar = await okta.signIn('oskar.lindqvist', `${at}/general`)
    expect(oskar.html).not.toContain('/edit"')
    await oskar.open(`${at}/general/vpn/edit`)
    expect(oskar.status).toBe(403)
  })

  test('App Settings keeps notes; a hidden icon leaves the dashboard', async () => {
    await assignPerson({ system: okta.system }, KIT, { appId, userId: ADA })
    const ada = await okta.signIn('ada.okafor', '/')
    expect(ada.text).toContain('Dialpad')
    await marta.open(`${at}/general/edit`)
    await marta.submit('/general/edit', { hideWeb: 'true', notesForUsers: 'Ring 400', notesForAdmins: 'Bought in May' })
    expectInOrder(['Do not display application icon to users', 'Yes', 'Ring 400', 'Bought in May'])
    await ada.open('/')
    expect(ada.text).toContain('No apps yet')
    await marta.open(`${at}/general/edit`)
    await marta.submit('/general/edit', { hideWeb: undefined })
  })

  test('VPN Notification is told with the tile; a notice needs words, and an address that is one', async () => {
    await marta.open(`${at}/general`)
    await marta.follow('Edit VPN Notification')
    await marta.submit('/vpn/edit', { vpnNotice: 'anywhere', vpnMessage: '', vpnUrl: 'not an address' })
    expect(marta.status).toBe(422)
    expect(marta.text).toContain('The field cannot be left blank')
    expect(marta.text).toContain('Type a complete web address')
    await marta.submit('/vpn/edit', { vpnNotice: 'anywhere', vpnMessage: 'Connect to the VPN first.', vpnUrl: '' })
    expectInOrder(['VPN notification', 'Anywhere', 'Connect to the VPN first.'])
    const ada = await okta.signIn('ada.okafor', '/')
    expect(ada.text).toContain('Connect to the VPN first.')
  })

  test('App Embed Link: whoever is not assigned goes to the error page of the app, if it has one', async () => {
    const ben = await okta.signIn('ben.castillo', '/')
    const link = `/home/dialpad/${appId}/${app().embedKey}`
    await ben.open(link)
    expect([ben.status, ben.text]).toEqual([403, expect.stringContaining('403 App Not Assigned')])
    await marta.open(`${at}/general/embed/edit`)
    await marta.submit('/embed/edit', { errorRedirectUrl: 'elsewhere' })
    expect(marta.status).toBe(422)
    await marta.submit('/embed/edit', { errorRedirectUrl: `${okta.origin}/app/add-apps` })
    await ben.open(link)
    expect(ben.title).toBe('Add apps')
  })

  test('Self Service: people add the app themselves, where it is allowed, and are assigned individually', async () => {
    const ben = await okta.signIn('ben.castillo', '/')
    expect(ben.linkTo('Add apps')).toBeUndefined()
    await ben.open('/app/add-apps')
    await ben.post('/app/add-apps', { _csrf: ben.valueOf('_csrf') ?? '', appId })
    expect(okta.system.store.find('appUsers', 'person', `${appId}/${oktaUserIdOf('ben.castillo')}`)).toEqual([])
    await marta.open(`${at}/general`)
    await marta.follow('Edit Self Service')
    await marta.submit('/self-service/edit', { selfService: 'true' })
    await ben.open('/')
    await ben.follow('Add apps')
    await ben.submit('/app/add-apps')
    expect(ben.text).toContain('Dialpad')
    const [row] = okta.system.store.find('appUsers', 'person', `${appId}/${oktaUserIdOf('ben.castillo')}`)
    expect(row?.scope).toBe('USER')
  })
})

describe('1.7 To App and To Okta', () => {
  test('attribute mappings: columns, Personal and Group, the user name, what is required and unmapped', async () => {
    await marta.open(`${at}/provisioning/to-app`)
    expectInOrder(['Dialpad Attribute Mappings', 'Go to Profile Editor', 'Force Sync'])
    expectInOrder(['Attribute', 'Attribute Type', 'Value', 'Apply on'])
    expectInOrder(['Username', 'Personal', 'Configured in Sign On settings'])
    expectInOrder(['Title', 'Group', 'user.title', 'Create and update'])
    const attribute = {
      name: 'badge',
      title: 'Badge',
      type: 'string',
      required: true,
      scope: 'NONE',
      union: false,
    } as const
    const more = { externalName: 'badge', externalNamespace: 'urn:ietf:params:scim:schemas:core:2.0:User' }
    await addAttribute({ system: okta.system }, KIT, { ownerId: appId, attribute: { ...attribute, ...more } })
    await addAttribute({ system: okta.system }, KIT, {
      ownerId: appId,
      attribute: { ...attribute, ...more, name: 'desk', title: 'Desk', externalName: 'desk', required: false },
    })
    await marta.open(`${at}/provisioning/to-app`)
    expectInOrder(['Badge', 'Required, not mapped'])
    expect(marta.text).not.toContain('Desk')
    await marta.follow('Show Unmapped Attributes')
    expectInOrder(['Desk', 'Not mapped', 'Hide Unmapped Attributes'])
    await marta.follow('Edit Badge')
    expectInOrder(['Attribute value', 'Same value for all users', 'Map from Okta Profile', 'Expression', 'Apply on'])
    expectInOrder(['Create', 'Create and update'])
    await marta.submit('/badge/edit', { kind: 'same', same: 'Blue "1"', apply: 'DONT_PUSH', do: 'save' })
    const { properties } = mappingOf(okta.system.store, appId, 'to-app')
    expect(properties['badge']).toEqual({ expression: '"Blue \\"1\\""', pushStatus: 'DONT_PUSH' })
  })

  test('To Okta: the blocks in order, and every field of them is kept', async () => {
    await marta.open(`${at}/provisioning/to-okta`)
    expectInOrder(['General', 'Schedule import', 'Never', 'Every hour', 'Every day', 'Every week'])
    expectInOrder(['Okta username format', 'Email address', 'Custom', 'From Dialpad', 'Update application username on'])
    expectInOrder(['User Creation & Matching', 'Imported user is an exact match to Okta user if'])
    expectInOrder(['Okta username format matches', 'Email matches', 'Custom', 'Allow partial matches'])
    expectInOrder([
      'Confirm matched users',
      'Auto-confirm exact matches',
      'Confirm new users',
      'Auto-activate new users',
    ])
    expectInOrder(['Profile & Lifecycle Sourcing', 'Allow Dialpad to source Okta users'])
    expectInOrder(['When a user is deactivated in the app', 'Do nothing', 'Deactivate', 'Suspend'])
    expectInOrder(['Reactivate suspended Okta users', 'Reactivate deactivated Okta users', 'Import Safeguard'])
    expectInOrder(['App unassignment percentage', 'Org-wide unassignment percentage', 'Okta Attribute Mappings'])
    await marta.open(`${at}/provisioning/to-okta/edit`)
    const typed = {
      schedule: 'daily',
      usernameFormat: 'custom',
      customUsername: 'appuser.email',
      exactMatch: 'custom',
      matchAttribute: 'email',
      allowPartial: 'true',
      confirmExact: 'true',
      confirmPartial: 'true',
      confirmNew: undefined,
      activateNew: 'true',
      isSource: 'true',
      whenDeactivated: 'suspend',
      reactivateSuspended: 'true',
      reactivateDeactivated: undefined,
      safeguard: 'true',
      safeguardPercent: '35',
      orgSafeguard: 'true',
      orgSafeguardPercent: '40',
    }
    await marta.submit('/to-okta/edit', { ...typed, customUsername: '', matchAttribute: '', orgSafeguardPercent: '0' })
    expect(marta.status).toBe(422)
    expect(marta.text).toContain('Type a whole number from 1 to 100.')
    await marta.submit('/to-okta/edit', { ...typed, customUsername: '', matchAttribute: '' })
    expect(marta.text).toContain('The field cannot be left blank')
    expect(marta.text).toContain('Choose an Okta attribute that the mapping to Okta writes.')
    await marta.submit('/to-okta/edit', typed)
    expect(marta.text).toContain('The import settings were saved.')
    expect(app().provisioning?.toOkta).toEqual({
      schedule: 'daily',
      usernameFormat: 'custom',
      customUsername: 'appuser.email',
      exactMatch: 'custom',
      matchAttribute: 'email',
      allowPartial: true,
      confirmExact: true,
      confirmPartial: true,
      confirmNew: false,
      activateNew: true,
      isSource: true,
      whenDeactivated: 'suspend',
      reactivateSuspended: true,
      reactivateDeactivated: false,
      safeguard: { enabled: true, percent: 35 },
    })
    expect(okta.system.store.get('org', 'org')?.importSafeguard).toEqual({ enabled: true, percent: 40 })
    await marta.follow('Edit')
    const back = { schedule: 'never', usernameFormat: 'email', customUsername: '', exactMatch: 'username' }
    const off = { allowPartial: undefined, confirmExact: undefined, isSource: undefined, confirmPartial: undefined }
    await marta.submit('/to-okta/edit', { ...back, ...off, matchAttribute: '' })
  })
})

describe('1.8 Assignments: reports at the side', () => {
  test('Current Assignments and Recent Unassignments', async () => {
    const deps = { system: okta.system }
    await assignGroup(deps, KIT, { appId, groupId: oktaGroupIdOf('Sales') })
    await marta.open(`${at}/assignments`)
    expectInOrder(['Filters', 'People', 'Groups', 'Reports', 'Current Assignments', 'Recent Unassignments'])
    await marta.follow('Recent Unassignments')
    expect(marta.text).toContain('No recent unassignments')
    await marta.follow('Current Assignments')
    expectInOrder(['Person', 'Application username', 'Type', 'Ada Okafor', 'Individual', 'Group Sales'])
    await marta.open(`${at}/assignments`)
    await marta.follow('Unassign Ada Okafor')
    await marta.submit('/unassign')
    await marta.follow('Recent Unassignments')
    expectInOrder(['Ada Okafor', 'ada.okafor@brightwave.example', 'Marta Silva'])
    await okta.advance('P31D')
    marta = await okta.signIn('marta.silva', `${at}/reports/recent-unassignments`)
    expect(marta.text).toContain('No recent unassignments')
  })
})

describe('1.10 Import', () => {
  test('a row is given to an existing user I specify; an unknown one is refused; the list is cleared', async () => {
    account('n-1', 'nora.quist@brightwave.example')
    account('n-2', 'nora.other@brightwave.example')
    await marta.open(`${at}/import`)
    await marta.submit('/import/now')
    expectInOrder(['2 users scanned', '2 new users imported', '0 existing users updated', '0 users removed'])
    expectInOrder(['Import Results', 'Dialpad user', 'Okta user assignment', 'New user', 'Existing user I specify'])
    const row = (id: string, username: string) => ({
      externalId: id,
      [`decision.${id}`]: 'specified',
      [`specified.${id}`]: username,
    })
    await marta.submit('/import/confirm', row('n-1', 'nobody'))
    expect(marta.text).toContain('No person has the username "nobody".')
    await marta.submit('/import/confirm', row('n-1', 'dina.farouk@brightwave.example'))
    expect(marta.text).toContain('No person has the username')
    await marta.submit('/import/confirm', row('n-1', 'ada.okafor'))
    expect(marta.text).toContain('1 user was confirmed.')
    const [joined] = okta.system.store.find('appUsers', 'external', `${appId}/n-1`)
    expect(joined?.userId).toBe(ADA)
    await marta.submit('/import/clear')
    expect(marta.text).toContain('1 unconfirmed users were cleared.')
    expect(marta.text).toContain('No users to confirm')
  })

  test('auto-activate after confirmation, and a list longer than a page', async () => {
    for (let index = 0; index < 60; index += 1) account(`m-${index}`, `many${index}@brightwave.example`)
    // A whole page at a time, which this server would not give by itself.
    target.intercept = ({ url }) => {
      if (!url.startsWith('/Users?startIndex=1&')) return undefined
      const Resources = [...target.users.values()]
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse']
      return {
        status: 200,
        body: JSON.stringify({ schemas, totalResults: Resources.length, startIndex: 1, Resources }),
      }
    }
    await marta.open(`${at}/import`)
    await marta.submit('/import/now')
    expect(marta.html.match(/name="externalId"/g)).toHaveLength(50)
    target.intercept = undefined
    await marta.open(`${at}/import?page=2`)
    expect(marta.html.match(/name="externalId"/g)).toHaveLength(11)
    await marta.submit('/import/confirm', { externalId: 'm-59', 'decision.m-59': 'new', activate: 'true' })
    const [made] = okta.system.store.find('users', 'login', 'many59@brightwave.example')
    expect(made?.status).toBe('PROVISIONED')
  })
})

describe('1.12 Profile Editor', () => {
  test('filters All, Okta, Apps, Directories, Identity Providers; buttons Profile and Mappings', async () => {
    await marta.open('/admin/profile-editor')
    expectInOrder(['All', 'Okta', 'Apps', 'Directories', 'Identity Providers'])
    expectInOrder(['User (default)', 'Profile', 'Dialpad User', 'Profile', 'Mappings'])
    await marta.follow('Apps')
    expect(marta.text).not.toContain('User (default)')
    await marta.follow('Okta')
    expect(marta.text).not.toContain('Dialpad User')
    for (const filter of ['Directories', 'Identity Providers']) {
      await marta.follow(filter)
      expect(marta.text, filter).toContain('No profiles found')
    }
  })

  test('Mappings: two tabs, an arrow for each attribute, a preview in green and red', async () => {
    await marta.open('/admin/profile-editor')
    await marta.follow('Mappings of Dialpad User')
    expectInOrder(['Dialpad to Okta User', 'Okta User to Dialpad', 'Preview', 'Username', 'First name'])
    expectInOrder(['Apply mapping on user create and update', 'Apply mapping on user create only', 'Do not map'])
    expectInOrder(['Save Mappings', 'Exit'])
    expect(marta.valueOf('expression.firstName')).toBe('appuser.givenName')
    await marta.follow('Okta User to Dialpad')
    expect(marta.text).toContain('Configured in Sign On settings')
    await marta.submit('/mappings/to-app', { previewLogin: 'nobody', do: 'preview' })
    expect([marta.status, marta.text]).toEqual([422, expect.stringContaining('No person has this username.')])
    await marta.submit('/mappings/to-app', {
      previewLogin: 'ada.okafor',
      'expression.title': 'String.toUpperCase(user.title)',
      'expression.department': 'user.departmnt',
      do: 'preview',
    })
    expect(marta.html).toMatch(/k-badge--success[^>]*>SUPPORT LEAD</)
    expect(marta.html).toMatch(/k-badge--danger[^>]*>Invalid property departmnt in expression\.</)
    expect(marta.valueOf('expression.department')).toBe('user.departmnt')
  })

  test('Save Mappings asks: Apply updates now changes everybody, Do not apply nobody yet', async () => {
    const deps = { system: okta.system }
    const toApp = { createUsers: true, updateAttributes: true, deactivateUsers: true, syncPassword: false } as const
    await saveToApp(deps, KIT, { appId, settings: { ...toApp, passwordSource: 'OKTA' } })
    await settle()
    const titleOf = (): unknown => okta.system.store.find('appUsers', 'person', `${appId}/${ADA}`)[0]?.profile['title']
    const before = titleOf()
    await marta.open(`/admin/profile-editor/${appId}/mappings/to-app`)
    await marta.submit('/mappings/to-app', { do: 'save' })
    expect(marta.text).toContain('Nothing was changed.')
    await marta.submit('/mappings/to-app', { 'expression.title': 'String.toUpperCase(', do: 'save' })
    expect([marta.status, marta.text]).toEqual([422, expect.stringContaining('We found some errors.')])
    await marta.submit('/mappings/to-app', { 'expression.title': 'String.toLowerCase(user.title)', do: 'save' })
    expectInOrder(['Apply updates?', 'Apply updates now', "Don't apply"])
    await marta.submit('/mappings/to-app', { do: 'later' })
    expect(marta.text).toContain('The mappings were saved.')
    expect(titleOf()).toBe(before)
    await marta.submit('/mappings/to-app', { 'expression.title': '"Everybody"', do: 'save' })
    await marta.submit('/mappings/to-app', { do: 'apply' })
    expect(titleOf()).toBe('Everybody')
    await marta.submit('/mappings/to-app', { 'apply.title': 'NONE', do: 'save' })
    await marta.submit('/mappings/to-app', { do: 'later' })
    expect(mappingOf(okta.system.store, appId, 'to-app').properties['title']).toBeUndefined()
  })

  test('a reader sees mappings and saves none', async () => {
    const oskar = await okta.signIn('oskar.lindqvist', `/admin/profile-editor/${appId}/mappings/to-app`)
    expect(oskar.text).not.toContain('Save Mappings')
    const path = `/admin/profile-editor/${appId}/mappings/to-app`
    await oskar.post(path, { _csrf: oskar.valueOf('_csrf') ?? '', 'expression.title': '"x"', do: 'apply' })
    expect(oskar.status).toBe(403)
  })

  test('+ Add Attribute: the form in order, lengths, array rules, Save and Add Another', async () => {
    await marta.open(`/admin/profile-editor/${appId}/add`)
    expectInOrder(['Data type', 'string', 'number', 'boolean', 'integer', 'string array', 'number array'])
    expectInOrder(['integer array', 'country code', 'language code', 'Display name', 'Variable name', 'External name'])
    expectInOrder(['External namespace', 'Description', 'Attribute members', 'Attribute length', 'Attribute required'])
    expectInOrder(['User personal', 'Group Priority', 'Use Group Priority', 'Combine values across groups'])
    expectInOrder(['Save', 'Save and Add Another', 'Cancel'])
    const typed = { type: 'string', title: 'Floor', name: 'floor', externalName: 'floor', externalNamespace: 'urn:x:y' }
    await marta.submit('/add', { ...typed, minLength: '9', maxLength: '3', do: 'save' })
    expect([marta.status, marta.text]).toEqual([422, expect.stringContaining('The least is more than the most')])
    await marta.submit('/add', { ...typed, minLength: '', maxLength: '', union: 'combine', do: 'save' })
    expect(marta.text).toContain('Arrays only')
    await marta.submit('/add', { ...typed, type: 'array_string', union: 'combine', personal: undefined, do: 'another' })
    expect(marta.text).toContain('The attribute Floor was added.')
    expect(marta.valueOf('name')).toBe('')
    await marta.open(`/admin/profile-editor/user/add`)
    expect(marta.text).not.toContain('External name')
  })
})

describe('Reports > System Log', () => {
  test('by words, by an expression, by a range of time, and as a file', async () => {
    const profile = { login: 'log.reader@brightwave.example', email: 'log.reader@brightwave.example' }
    await addPerson({ system: okta.system }, KIT, {
      profile: { ...profile, firstName: '=Log', lastName: 'Reader' },
      activate: false,
    })
    await marta.open('/admin/reports/system-log')
    await marta.submit('/system-log', {
      q: 'eventType eq "user.lifecycle.create" and target.alternateId sw "log.reader"',
    })
    expectInOrder(['Create Okta user', '=Log Reader (User)'])
    expect(marta.html.match(/Event type<\/dt>/g)).toHaveLength(1)
    await marta.submit('/system-log', { q: 'eventType eq' })
    expect([marta.status, marta.text]).toEqual([200, expect.stringContaining('No events found')])
    await marta.submit('/system-log', { q: 'nothing.known eq "x"' })
    expect([marta.status, marta.text]).toEqual([422, expect.stringContaining("Unrecognized attribute 'nothing.known'")])
    const now = okta.system.clock.iso().slice(0, 16)
    await marta.open(`/admin/reports/system-log?q=log.reader&from=${now}&to=${now}`)
    expect(marta.text).toContain('Create Okta user')
    await marta.open('/admin/reports/system-log?q=log.reader&from=2020-01-01T00:00&to=2020-01-01T10:00')
    expect(marta.text).toContain('No events found')
    await marta.open('/admin/reports/system-log?q=log.reader')
    await marta.follow('Download CSV')
    expect(marta.page.html.split('\r\n')).toEqual([
      expect.stringContaining('timestamp,event_type,display_message'),
      expect.stringContaining('user.lifecycle.create,Create Okta user,INFO'),
      '',
    ])
  })

  test('an event opens to its details, and says no more than the real log', async () => {
    await marta.open('/admin/reports/system-log?q=log.reader')
    expectInOrder(['Expand', 'Event type', 'Severity', 'Event id', 'Published', 'Actor', 'Transaction', 'Target 1'])
    expect(marta.html).not.toContain('scim:schemas')
  })
})
