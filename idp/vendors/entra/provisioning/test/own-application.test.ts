import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScimTarget, type ScimTarget } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import { type Listener, listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import type { Service } from '#kit/system/system.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { createEntra } from '../../app.tsx'
import { auditEvents } from '../../audit/find-events.ts'
import type { EntraShape } from '../../collections.ts'
import { CUSTOM_APP } from '../../commands/app-templates.ts'
import { addAppOwners } from '../../commands/applications.ts'
import { assignToApp, removeAssignments } from '../../commands/assignments.ts'
import { deleteUsers, deleteUsersPermanently } from '../../commands/deleted-users.ts'
import { instantiateApp } from '../../commands/instantiate-app.ts'
import { editUser, setSignIn } from '../../commands/users.ts'
import { ENTRA_SPEC } from '../../spec.ts'

import { saveMapping } from '../commands/save-mapping.ts'

let listener: Listener
let system: OpenedSystem<EntraShape>
let service: Service
let origin: string
let target: ScimTarget
let naomi: Visitor

beforeAll(async () => {
  target = await openScimTarget()
  listener = await listen({ system: 'entra', host: '127.0.0.1', port: 0, variable: 'ENTRA_PORT' })
  origin = `http://localhost:${listener.port}`
  const urls = { entra: origin, dialpad: 'http://localhost:9', kit: 'http://localhost:4000' }
  system = await openSystem(ENTRA_SPEC, { dataDir: null, world: 'brightwave', urls })
  service = createEntra(system)
  listener.attach(service.handler)
  await service.start()
  naomi = await visitor('naomi.clarke')
})
afterAll(async () => {
  await service.stop()
  await listener.close()
  await system.close()
  await target.close()
})

async function visitor(handle: string): Promise<Visitor> {
  const person = createVisitor(origin)
  await person.open('/admin')
  await person.submit('/email', { email: `${handle}@brightwave.example` })
  await person.submit('/password', { password: TRAINING_PASSWORD })
  await person.submit('/stay', { stay: 'no' })
  return person
}

const userId = (handle: string): string =>
  system.store.find('users', 'userPrincipalName', `${handle}@brightwave.example`)[0]?.id ?? `no ${handle}`
const groupId = (name: string): string =>
  system.store.find('groups', 'displayName', `${TENANT_ID}/${name.toLowerCase()}`)[0]?.id ?? `no ${name}`
const app = () => {
  const found = system.store
    .find('servicePrincipals', 'tenant', TENANT_ID)
    .find(({ templateId }) => templateId === 'scim')
  if (found === undefined) throw new Error('There is no app of our own.')
  return found
}
const at = (page: string): string => `/admin/apps/${app().id}${page}`

/** Run the next cycle to its end, as the control API does. */
async function runCycle(): Promise<void> {
  const job = system.store.find('provisioningJobs', 'servicePrincipal', app().id)[0]
  const answer = await fetch(`${origin}/_kit/provisioning/${job?.id}/cycle`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  if (!answer.ok) throw new Error(await answer.text())
}

const inTarget = (handle: string) =>
  [...target.users.values()].find(({ userName }) => userName === `${handle}@brightwave.example`)
const patches = () => target.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body)

describe('Create your own application', () => {
  test('the pane has its labels; what is not simulated is disabled and says why', async () => {
    await naomi.open('/admin/apps')
    await naomi.follow('New application')
    await naomi.follow('Create your own application')
    for (const words of [
      "What's the name of your app?",
      'What are you looking to do with your application?',
      'Configure Application Proxy for secure remote access to an on-premises application',
      'there is no application proxy in this simulation',
      'Integrate any other application you don’t find in the gallery (Non-gallery)',
      'Create',
    ]) {
      expect(naomi.text).toContain(words)
    }
    expect(naomi.html.match(/type="radio"[^>]*disabled/g)).toHaveLength(2)
  })

  test('a name is needed, and the purpose that can be chosen', async () => {
    await naomi.open('/admin/apps/create')
    await naomi.submit('/create', { displayName: '  ' })
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain('Enter a name.')
    await naomi.open('/admin/apps/create')
    await naomi.submit('/create', { displayName: 'Helpdesk', purpose: 'proxy' })
    expect(naomi.status).toBe(422)
    expect(naomi.valueOf('displayName')).toBe('Helpdesk')
  })

  test('needs an application administrator', async () => {
    const oskar = await visitor('oskar.lindqvist')
    await oskar.open('/admin/apps/create')
    expect(oskar.status).toBe(403)
    expect(oskar.text).toContain('Cloud Application Administrator')
  })

  test('provisions an independent SCIM server: create, update, disable, delete and groups, in the compliant dialect', async () => {
    await naomi.open('/admin/apps/create')
    await naomi.submit('/create', { displayName: 'Helpdesk', purpose: 'non-gallery' })
    expect(naomi.title).toBe('Helpdesk | Overview')
    expect(naomi.text).toContain('Helpdesk was added to the enterprise apps.')

    const actor = { kind: 'person', userId: userId('naomi.clarke') } as const
    await assignToApp({ system }, actor, {
      appId: app().id,
      principalIds: [userId('ada.okafor'), groupId('Sales')],
    })

    await naomi.open(at('/provisioning'))
    await naomi.follow('New configuration')
    const credentials = { tenantUrl: `${target.url}?aadOptscim062020`, secretToken: TARGET_TOKEN }
    await naomi.submit('/new', { ...credentials, act: 'test' })
    expect(naomi.text).toContain('The supplied credentials are authorized to enable provisioning.')
    await naomi.submit('/new', { ...credentials, act: 'create' })
    expect(naomi.text).toContain('Provisioning of Helpdesk is configured.')
    const job = system.store.find('provisioningJobs', 'servicePrincipal', app().id)[0]
    expect(job?.id).toMatch(/^scim\.[0-9a-f]{32}\.[0-9a-f-]{36}$/)

    // This server is strict: it refuses a manager sent as a bare id, which is how the service sends it (reference 2.9).
    const schema = job?.schema
    if (schema === undefined) throw new Error('There is no configuration.')
    const rows = schema.users.attributeMappings.filter((row) => !row.targetAttributeName.endsWith(':manager'))
    await saveMapping({ system }, actor, {
      appId: app().id,
      schema: { ...schema, users: { ...schema.users, attributeMappings: rows } },
    })
    await naomi.open(at('/provisioning'))
    await naomi.submit('/start')
    await runCycle()
    expect(inTarget('ada.okafor')).toMatchObject({ active: true, displayName: 'Ada Okafor' })
    const sales = [...target.groups.values()].find(({ displayName }) => displayName === 'Sales')
    expect(sales?.['members']).toContainEqual(expect.objectContaining({ value: expect.any(String) }))

    target.requests.length = 0
    const marta = { kind: 'person', userId: userId('marta.silva') } as const
    await editUser({ system }, marta, {
      userId: userId('ada.okafor'),
      patch: { jobTitle: 'Head of Sales', department: 'Key Accounts' },
    })
    await runCycle()
    expect(inTarget('ada.okafor')).toMatchObject({ title: 'Head of Sales' })
    expect(patches()).toEqual([
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [
          {
            op: 'replace',
            value: {
              title: 'Head of Sales',
              'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department': 'Key Accounts',
            },
          },
        ],
      },
    ])

    target.requests.length = 0
    await setSignIn({ system }, marta, { userId: userId('ada.okafor'), allowed: false })
    await runCycle()
    expect(inTarget('ada.okafor')).toMatchObject({ active: false })
    expect(patches()).toMatchObject([{ Operations: [{ op: 'replace', path: 'active', value: false }] }])

    await deleteUsers({ system }, marta, { userIds: [userId('ada.okafor')] })
    const gone = system.store.find('users', 'deleted', TENANT_ID)[0]?.id ?? ''
    await runCycle()
    await deleteUsersPermanently({ system }, marta, { userIds: [gone] })
    await runCycle()
    expect(inTarget('ada.okafor')).toBeUndefined()

    const ofSales = system.store.find('appRoleAssignments', 'pair', `${app().id}/${groupId('Sales')}`)[0]
    await removeAssignments({ system }, actor, { appId: app().id, assignmentIds: [ofSales?.id ?? ''] })
    await runCycle()
    expect([...target.groups.values()].some(({ displayName }) => displayName === 'Sales')).toBe(false)

    const activities = [...auditEvents(system.store, TENANT_ID, system.clock.now())].map(({ activity }) => activity)
    for (const activity of ['Add application', 'Add service principal', 'Add provisioning configuration', 'Export']) {
      expect(activities).toContain(activity)
    }
    const kept = JSON.stringify([...auditEvents(system.store, TENANT_ID, system.clock.now())])
    expect(kept).not.toContain(TARGET_TOKEN)
  })

  test('surprise 34: a Global Reader cannot see the page; the owner without a role configures and starts it', async () => {
    const actor = { kind: 'person', userId: userId('naomi.clarke') } as const
    const owned = await instantiateApp({ system }, actor, { templateId: CUSTOM_APP.id, displayName: 'Wallboard' })
    await addAppOwners({ system }, actor, { appId: owned.app.id, userIds: [userId('helen.park')] })
    const page = `/admin/apps/${owned.app.id}/provisioning`

    const oskar = await visitor('oskar.lindqvist')
    await oskar.open(page)
    expect(oskar.status).toBe(403)
    expect(oskar.text).toContain('Owner of Wallboard')

    const helen = await visitor('helen.park')
    await helen.open(page)
    await helen.follow('New configuration')
    const credentials = { tenantUrl: target.url, secretToken: TARGET_TOKEN }
    await helen.submit('/new', { ...credentials, act: 'test' })
    await helen.submit('/new', { ...credentials, act: 'create' })
    expect(helen.text).toContain('Provisioning of Wallboard is configured.')
    await helen.submit('/start')
    const [job] = system.store.find('provisioningJobs', 'servicePrincipal', owned.app.id)
    expect(job?.state).toBe('Active')

    await helen.open(`/admin/apps/${owned.app.id}/delete`)
    await helen.submit('/delete')
    expect(system.store.count('provisioningJobs', 'servicePrincipal', owned.app.id)).toBe(0)
    const [last, before] = auditEvents(system.store, TENANT_ID, system.clock.now())
    expect([before?.activity, last?.activity]).toEqual([
      'Delete provisioning configuration',
      'Remove service principal',
    ])
  })

  test('an address outside the allow-list is refused, with the way to add its host', async () => {
    await naomi.open(at('/provisioning/connectivity'))
    const fields = { tenantUrl: 'https://scim.helpdesk.example/v2', secretToken: 'another-secret' }
    await naomi.submit('/connectivity', { ...fields, act: 'test' })
    expect(naomi.text).toContain('Calls to scim.helpdesk.example are not allowed')
    expect(naomi.text).toContain('PUT /_kit/outbound')
    expect(naomi.text).toContain('{"hosts":["scim.helpdesk.example"]}')
    await system.control.setOutboundHosts(['scim.helpdesk.example'])
    await naomi.open(at('/provisioning/connectivity'))
    await naomi.submit('/connectivity', {
      tenantUrl: 'https://scim.other.example',
      secretToken: 'x-secret',
      act: 'test',
    })
    expect(naomi.text).toContain('Calls to scim.other.example are not allowed')
    await system.control.setOutboundHosts([])
  })
})
