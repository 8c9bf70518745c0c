import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openScimTarget, type ScimTarget } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import { type Listener, listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import type { Service } from '#kit/system/system.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { PARTNER_APP } from '#kit/world/constants.ts'
import { createEntra } from '../../app.tsx'
import type { EntraShape } from '../../collections.ts'
import { ENTRA_SPEC } from '../../spec.ts'
import { seededServicePrincipalIdOf } from '../../world.ts'
import { removeJobsOf } from '../remove-jobs.ts'

const APP = seededServicePrincipalIdOf(PARTNER_APP.appId)
const AT = `/admin/apps/${APP}/provisioning`
const MAIL = 'it-ops@brightwave.example'

let target: ScimTarget
let listener: Listener
let system: OpenedSystem<EntraShape>
let service: Service

beforeAll(async () => {
  target = await openScimTarget()
  listener = await listen({ system: 'entra', host: '127.0.0.1', port: 0, variable: 'ENTRA_PORT' })
  const urls = {
    entra: `http://localhost:${listener.port}`,
    dialpad: target.url.replace(/\/scim$/, ''),
    kit: 'http://localhost:4000',
  }
  system = await openSystem(ENTRA_SPEC, { dataDir: null, world: 'connected-entra', urls })
  service = createEntra(system)
  listener.attach(service.handler)
  await service.start()
})
afterAll(async () => {
  await service.stop()
  await listener.close()
  await system.close()
  await target.close()
})
beforeEach(async () => {
  await system.control.reset()
  target.users.clear()
  target.groups.clear()
})

async function signIn(edition: string): Promise<Visitor> {
  await system.control.setSwitches({ 'portal-edition': edition })
  const visitor = createVisitor(`http://localhost:${listener.port}`)
  await visitor.open('/admin')
  await visitor.submit('/email', { email: 'naomi.clarke@brightwave.example' })
  await visitor.submit('/password', { password: TRAINING_PASSWORD })
  await visitor.submit('/stay', { stay: 'no' })
  return visitor
}

const unconfigure = () => system.store.transact((tx) => removeJobsOf(tx, APP))
const job = () => system.store.find('provisioningJobs', 'servicePrincipal', APP)[0]

function expectInOrder(text: string, words: readonly string[]): void {
  let from = 0
  for (const word of words) {
    const at = text.indexOf(word, from)
    expect(at, `"${word}" after place ${from} of: ${text}`).toBeGreaterThanOrEqual(0)
    from = at
  }
}

/** Tenant URL, Secret Token and Notification Email, tested and saved. */
async function configure(visitor: Visitor): Promise<void> {
  const typed = { mode: 'automatic', tenantUrl: 'https://dialpad.com/scim', secretToken: TARGET_TOKEN }
  await visitor.submit('/classic', { ...typed, act: 'test' })
  await visitor.submit('/classic', { notificationEmail: MAIL, notificationsEnabled: 'true', act: 'save' })
}

describe('the classic layout', () => {
  test('the tutorial of 2019, from Azure Active Directory to Synchronization Details', async () => {
    await unconfigure()
    const naomi = await signIn('azure-portal-2019')
    await naomi.follow('Azure Active Directory')
    await naomi.follow('Enterprise applications')
    expect(naomi.title).toBe('Enterprise applications | All applications')
    await naomi.follow('All applications')
    await naomi.follow('Dialpad')
    await naomi.follow('Provisioning')
    expectInOrder(naomi.text, [
      'Provisioning Mode',
      'Automatic',
      'Admin Credentials',
      'Tenant URL',
      'Secret Token',
      'Test Connection',
      'Notification Email',
      'Send an email notification when a failure occurs',
      'Save',
    ])
    expect(naomi.text).not.toContain('Mappings')

    const typed = { mode: 'automatic', tenantUrl: 'https://dialpad.com/scim', secretToken: TARGET_TOKEN }
    await naomi.submit('/classic', { ...typed, act: 'test' })
    expect(naomi.text).toContain('The supplied credentials are authorized to enable provisioning.')
    expect(naomi.html).not.toContain(TARGET_TOKEN)
    expect(naomi.valueOf('tenantUrl')).toBe('https://dialpad.com/scim')
    await naomi.submit('/classic', { notificationEmail: MAIL, notificationsEnabled: 'true', act: 'save' })
    expectInOrder(naomi.text, [
      'Provisioning of Dialpad is configured.',
      'Mappings',
      'Synchronize Azure Active Directory Users to Dialpad',
      'Synchronize Azure Active Directory Groups to Dialpad',
      'Settings',
      'Prevent accidental deletion',
      'Accidental deletion threshold',
      'Provisioning Status',
      'Scope',
      'Synchronization Details',
      'Initial cycle not run.',
    ])
    expect(job()).toMatchObject({ notification: { enabled: true, email: MAIL }, state: 'Paused', scope: 'assigned' })

    await naomi.follow('Synchronize Azure Active Directory Users to Dialpad')
    expect(naomi.text).toContain('Attribute Mapping')
    await naomi.follow('Provisioning')
    await naomi.submit('/classic', { status: 'on', scope: 'assigned', act: 'save' })
    expect(naomi.text).toContain('Provisioning is on: a cycle begins now.')
    expect(job()?.state).toBe('Active')
    await system.control.moveClock({ kind: 'advance', duration: 'PT1M' })
    await naomi.open(AT)
    expect(naomi.text).toContain('Initial cycle completed.')
    expect(target.users.size).toBeGreaterThan(3)

    await naomi.submit('/classic', { status: 'off', act: 'save' })
    expect(job()?.state).toBe('Paused')
  })

  test('the tutorial of 2025 says Microsoft Entra ID', async () => {
    const naomi = await signIn('azure-portal-2025')
    await naomi.follow('Microsoft Entra ID')
    await naomi.follow('Enterprise applications')
    expectInOrder(naomi.text, ['Manage', 'All applications', 'New application'])
    await naomi.open(AT)
    expect(naomi.text).toContain('Provision Microsoft Entra ID Users')
  })

  test('Notification Email left blank: Save is refused, and nothing is kept', async () => {
    await unconfigure()
    const naomi = await signIn('azure-portal-2019')
    await naomi.open(AT)
    const typed = { mode: 'automatic', tenantUrl: 'https://dialpad.com/scim', secretToken: TARGET_TOKEN }
    await naomi.submit('/classic', { ...typed, act: 'test' })
    await naomi.submit('/classic', { act: 'save' })
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain('Enter the address that receives the notifications.')
    expect(job()).toBeUndefined()
  })

  test('Save needs the mode, and a test of the very values it saves', async () => {
    await unconfigure()
    const naomi = await signIn('azure-portal-2019')
    await naomi.open(AT)
    const typed = { tenantUrl: 'https://dialpad.com/scim', secretToken: TARGET_TOKEN, notificationEmail: MAIL }
    await naomi.submit('/classic', { ...typed, act: 'save' })
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain('Set the Provisioning Mode to Automatic.')
    await naomi.submit('/classic', { ...typed, mode: 'automatic', act: 'save' })
    expect(naomi.text).toContain('These values have not been tested.')
    await naomi.submit('/classic', { ...typed, mode: 'automatic', secretToken: 'Bearer wrong', act: 'test' })
    expect(naomi.text).toContain('You appear to have entered invalid credentials.')
    await naomi.submit('/classic', { ...typed, mode: 'automatic', secretToken: 'wrong', act: 'save' })
    expect(naomi.status).toBe(422)
    expect(job()).toBeUndefined()
  })

  test('a configuration cannot go back to Manual, and keeps its secret to itself', async () => {
    await unconfigure()
    const naomi = await signIn('azure-portal-2019')
    await naomi.open(AT)
    await configure(naomi)
    expect(naomi.html).toMatch(/<option value="manual" disabled/)
    await naomi.submit('/classic', { tenantUrl: 'http://127.0.0.1:9/scim', act: 'save' })
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain('Enter the Secret Token again: the Tenant URL has changed.')
    expect(job()?.tenantUrl).toBe('https://dialpad.com/scim')
  })

  test('default mappings are restored only while provisioning is off', async () => {
    const naomi = await signIn('azure-portal-2019')
    await naomi.open(AT)
    await naomi.submit('/classic', { notificationEmail: MAIL, restoreDefaults: 'true', act: 'save' })
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain('Set Provisioning Status to Off to restore the default mappings.')
    expect(job()?.state).toBe('Active')
  })

  test('one person may look at an app in either layout', async () => {
    const naomi = await signIn('entra-admin-center')
    await naomi.open(AT)
    expect(naomi.text).toContain('Current cycle status')
    await naomi.submit('/experience')
    expect(naomi.text).toContain('Provisioning Mode')
    await naomi.submit('/experience')
    expect(naomi.text).toContain('Current cycle status')
  })
})
