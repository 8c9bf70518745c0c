import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScimTarget, type ScimTarget } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import type { Visitor } from '#kit/test/visitor.ts'
import type { OktaApp } from '../../apps/records.ts'
import { oktaUserIdOf } from '../../world.ts'
import { type RunningOkta, startOkta } from './start-okta.ts'

/** The article "Manage users with Okta SCIM", instruction by instruction (reference sheet 1.13). The steps build on each other. */

let target: ScimTarget
let okta: RunningOkta
let marta: Visitor

beforeAll(async () => {
  target = await openScimTarget()
  okta = await startOkta(new URL(target.url).origin)
  marta = await okta.signIn('marta.silva')
})
afterAll(async () => {
  await okta.close()
  await target.close()
})

function app(): OktaApp {
  const [first] = okta.system.store.find('apps', 'catalogKey', 'dialpad')
  if (first === undefined) throw new Error('There is no app yet.')
  return first
}

const tokenForm = { enabled: 'true', importGroups: 'true' }

/** Words in the order they stand on the page. */
function expectInOrder(text: string, words: readonly string[]): void {
  let at = -1
  for (const word of words) {
    const next = text.indexOf(word, at + 1)
    expect(next, `"${word}" after position ${at} of: ${text}`).toBeGreaterThan(at)
    at = next
  }
}

/** Let the queue run to its end. */
async function settle(): Promise<void> {
  const response = await fetch(`${okta.origin}/_kit/jobs/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect(response.status).toBe(200)
}

describe('Applications > Browse App Catalog', () => {
  test('the tile leads to + Add Integration, label, Done, and lands on Assignments', async () => {
    await marta.follow('Applications')
    await marta.follow('Browse App Catalog')
    await marta.submit('/admin/apps/add-app', { q: 'Dialpad' })
    const tile = /href="(\/admin\/apps\/add-app\/dialpad)"/.exec(marta.html)?.[1] ?? ''
    await marta.open(tile)
    expectInOrder(marta.text, ['Dialpad', '+ Add Integration', 'Overview', 'Capabilities', 'SAML', 'SCIM'])
    await marta.follow('+ Add Integration')
    expectInOrder(marta.text, [
      'General settings',
      'Application label',
      'Application visibility',
      'Do not display application icon to users',
      'Browser plugin auto-submit',
      'Done',
      'Cancel',
    ])
    expect(marta.valueOf('label')).toBe('Dialpad')
    await marta.submit('/settings', { label: '' })
    expect(marta.status).toBe(422)
    await marta.submit('/settings', { label: 'Dialpad' })
    expect([marta.status, marta.title]).toEqual([200, 'Dialpad'])
    expect(marta.path).toBe(`/admin/app/dialpad/instance/${app().id}/assignments`)
    expectInOrder(marta.text, ['Active', 'View Logs', 'General', 'Sign On', 'Provisioning', 'Import', 'Assignments'])
    expect(marta.text).toContain('No users found')
  })

  test('a label can be used once', async () => {
    await marta.open('/admin/apps/add-app/dialpad/settings')
    await marta.submit('/settings', { label: 'dialpad' })
    expect(marta.status).toBe(422)
    expect(okta.system.store.find('apps', 'catalogKey', 'dialpad')).toHaveLength(1)
  })
})

describe('Enable API Access', () => {
  test('Provisioning shows Configure API Integration, then Enable API Integration', async () => {
    await marta.open(`/admin/app/dialpad/instance/${app().id}/general`)
    await marta.follow('Provisioning')
    await marta.follow('Configure API Integration')
    expectInOrder(marta.text, ['Enable API Integration', 'API Token', 'Test API Credentials', 'Save', 'Cancel'])
    expect(marta.valueOf('enabled')).toBeUndefined()
    expect(marta.html).toContain('type="password"')
  })

  test('a wrong token is refused by Test API Credentials and by Save, and is shown nowhere', async () => {
    for (const act of ['test', 'save']) {
      await marta.submit('/integration/edit', { ...tokenForm, token: 'wrong-token-77', do: act })
      expect(marta.status, act).toBe(422)
      expect(marta.text).toContain('Error authenticating')
      expect(marta.html).not.toContain('wrong-token-77')
    }
    expect(app().provisioning).toMatchObject({ configured: false, enabled: false })
  })

  test('Test API Credentials shows a green banner, Save keeps the tested token', async () => {
    await marta.submit('/integration/edit', { ...tokenForm, token: TARGET_TOKEN, do: 'test' })
    expect([marta.status, marta.text]).toEqual([200, expect.stringContaining('Dialpad was verified successfully!')])
    expect(marta.html).not.toContain(TARGET_TOKEN)
    await marta.submit('/integration/edit', { ...tokenForm, token: '', do: 'save' })
    expectInOrder(marta.text, ['Settings', 'To App', 'To Okta', 'Integration', 'Provisioning to App', 'Edit'])
    expectInOrder(marta.text, ['Create Users', 'Update User Attributes', 'Deactivate Users', 'Sync Password'])
    // Nothing is switched on by the save alone.
    expect(marta.html).not.toMatch(/name="shown\.(create|update|deactivate|sync)[^>]* checked/)
    const state = JSON.stringify(okta.system.store.dump())
    expect(state).not.toContain(TARGET_TOKEN)
  })

  test('Edit, tick all, Save', async () => {
    await marta.follow('Edit')
    await marta.submit('/to-app/edit', {
      createUsers: 'true',
      updateAttributes: 'true',
      deactivateUsers: 'true',
      syncPassword: 'true',
    })
    expect(app().provisioning?.toApp).toMatchObject({
      createUsers: true,
      updateAttributes: true,
      deactivateUsers: true,
      syncPassword: true,
    })
    expect(
      marta.html.match(/name="shown\.(createUsers|updateAttributes|deactivateUsers|syncPassword)"[^>]*checked/g),
    ).toHaveLength(4)
  })
})

describe('Assign to Users', () => {
  test('Assignments > Assign > People > Assign, review, Save and Go Back, Done', async () => {
    await marta.follow('Assignments')
    await marta.follow('Assign to People')
    expect(marta.text).toContain('Assign Dialpad to People')
    await marta.follow('Assign Ada Okafor')
    expectInOrder(marta.text, ['Assign Dialpad to Ada Okafor', 'User Name', 'Given name', 'Family name'])
    expect(marta.valueOf('userName')).toBe('ada.okafor@brightwave.example')
    expect(marta.valueOf('attribute.givenName')).toBe('Ada')
    expectInOrder(marta.text.slice(marta.text.indexOf('User Name')), ['Save and Go Back', 'Cancel'])
    await marta.submit(`/assign/people/${oktaUserIdOf('ada.okafor')}`, { userName: '' })
    expect(marta.status).toBe(422)
    await marta.submit(`/assign/people/${oktaUserIdOf('ada.okafor')}`, { userName: 'ada.okafor@brightwave.example' })
    expect(marta.text).toContain('Dialpad was assigned to Ada Okafor.')
    expect(marta.linkTo('Assign Ada Okafor')).toBeUndefined()
    await marta.follow('Done')
    await settle()
    await marta.open(marta.path)
    expectInOrder(marta.text, ['Person', 'Type', 'Ada Okafor', 'ada.okafor@brightwave.example', 'Individual'])
    expect([...target.users.values()]).toMatchObject([{ userName: 'ada.okafor@brightwave.example', active: true }])
  })

  test('Assign > Groups gives the app to the members', async () => {
    await marta.follow('Assign to Groups')
    await marta.follow('Assign Sales')
    expect(marta.text).toContain('Assign Dialpad to Sales')
    await marta.submit('/assign/groups/'.concat(marta.path.split('/').at(-1) ?? ''))
    await marta.follow('Done')
    expect(marta.text).toContain('Sales')
    await settle()
    await marta.follow('People')
    await marta.open(`/admin/app/dialpad/instance/${app().id}/assignments`)
    expect(marta.text).toContain('Group Sales')
    expect([...target.users.values()].map(({ userName }) => userName)).toContain('farah.haddad@brightwave.example')
  })

  test('a change of the profile arrives, with Update User Attributes', async () => {
    await marta.open(`/admin/user/${oktaUserIdOf('ada.okafor')}/profile/edit`)
    await marta.submit('/profile/edit', { 'attribute.title': 'Head of Support' })
    expect(marta.text).toContain('Head of Support')
    await settle()
    const ada = [...target.users.values()].find(({ userName }) => userName === 'ada.okafor@brightwave.example')
    expect(ada?.['title']).toBe('Head of Support')
  })

  test('the tile of the app is on the dashboard of who has it', async () => {
    const ada = await okta.signIn('ada.okafor', '/')
    const { name, id, embedKey } = app()
    expect(ada.html).toContain(`href="/home/${name}/${id}/${embedKey}"`)
  })

  test('a person who came by a group is not unassigned alone; one who is assigned alone is, and deactivated', async () => {
    const { store } = okta.system
    const byGroup = store.find('appUsers', 'person', `${app().id}/${oktaUserIdOf('farah.haddad')}`)[0]
    await marta.open(`/admin/app/dialpad/instance/${app().id}/assignments/user/${byGroup?.id}/unassign`)
    expect(marta.text).toContain('has Dialpad by the group Sales')
    await marta.follow('Unassign Ada Okafor')
    expectInOrder(marta.text, ['Unassign User', 'Ada Okafor', 'OK'])
    await marta.submit('/unassign')
    expect(marta.text).toContain('Ada Okafor was unassigned.')
    await settle()
    const ada = [...target.users.values()].find(({ userName }) => userName === 'ada.okafor@brightwave.example')
    expect(ada?.['active']).toBe(false)
  })

  test('a failed job makes the row red and a task, Retry Selected mends it', async () => {
    target.intercept = ({ method }) =>
      method === 'POST'
        ? { status: 400, body: JSON.stringify({ detail: 'The office is closed.', status: '400' }) }
        : undefined
    const ben = oktaUserIdOf('ben.castillo')
    await marta.open(`/admin/app/dialpad/instance/${app().id}/assignments/assign/people/${ben}`)
    await marta.submit(`/assign/people/${ben}`)
    await settle()
    await marta.follow('Done')
    expect(marta.text).toContain('Automatic provisioning of user')
    await marta.follow('Tasks')
    expectInOrder(marta.text, [
      'Application assignments encountered errors',
      'Retry Selected',
      'Mark Selected Complete',
      'Mark All Complete',
      'The office is closed.',
    ])
    await marta.submit('/admin/tasks', { do: 'retry' })
    expect(marta.text).toContain('Select at least one task.')
    target.intercept = undefined
    const [task] = okta.system.store.find('tasks', 'status', 'OPEN')
    await marta.submit('/admin/tasks', { do: 'retry', taskId: task?.id ?? '' })
    await settle()
    await marta.open('/admin/tasks')
    expect(marta.text).toContain('You have no tasks')
    expect([...target.users.values()].map(({ userName }) => userName)).toContain('ben.castillo@brightwave.example')
  })

  test('View Logs opens the System Log of the app', async () => {
    await marta.open(`/admin/app/dialpad/instance/${app().id}/general`)
    await marta.follow('View Logs')
    expect(marta.title).toBe('System Log')
    expectInOrder(marta.text, ['Time', 'Actor', 'Event info', 'Targets'])
    expect(marta.text).toContain('application.provision.user.push')
    await marta.submit('/system-log', { outcome: 'FAILURE' })
    expect(marta.text).toContain('The office is closed.')
  })
})

describe('refusals', () => {
  test('a reader sees every tab and changes nothing', async () => {
    const oskar = await okta.signIn('oskar.lindqvist')
    const at = `/admin/app/dialpad/instance/${app().id}`
    for (const page of ['general', 'signon', 'provisioning/to-app', 'provisioning/integration', 'assignments']) {
      await oskar.open(`${at}/${page}`)
      expect(oskar.status, page).toBe(200)
      expect(oskar.linkTo('Edit'), page).toBeUndefined()
    }
    await oskar.open(`${at}/provisioning/to-app/edit`)
    expect(oskar.status).toBe(403)
    await oskar.open(at)
    const _csrf = oskar.valueOf('_csrf') ?? ''
    await oskar.post(`${at}/provisioning/to-app/edit`, { _csrf })
    expect(oskar.status).toBe(403)
    expect(app().provisioning?.toApp.createUsers).toBe(true)
  })

  test('a form without the token of the session is refused', async () => {
    await marta.post(`/admin/app/dialpad/instance/${app().id}/deactivate`, { _csrf: 'forged' })
    expect(marta.status).toBe(403)
    expect(app().status).toBe('ACTIVE')
  })

  test('an app by another name or id is not found', async () => {
    await marta.open(`/admin/app/other/instance/${app().id}/general`)
    expect([marta.status, marta.title]).toEqual([404, 'Page Not Found'])
  })

  test('clearing Import Groups asks first, and switching off stops the pushes', async () => {
    const at = `/admin/app/dialpad/instance/${app().id}/provisioning/integration/edit`
    await marta.open(at)
    await marta.submit('/integration/edit', { enabled: 'true', importGroups: undefined, do: 'save' })
    expectInOrder(marta.text, ['Disable Import Groups?', 'Continue'])
    expect(app().provisioning?.importGroups).toBe(true)
    await marta.submit('/integration/edit')
    expect(app().provisioning).toMatchObject({ importGroups: false, enabled: true })
    await marta.open(at)
    await marta.submit('/integration/edit', { enabled: undefined, do: 'save' })
    expect(app().provisioning).toMatchObject({ enabled: false, configured: true })
  })
})
