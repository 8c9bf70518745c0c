import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SeenRequest } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import { OutboundFailure, type OutboundRequest } from '#kit/http/outbound.ts'
import type { OktaApp } from '../../apps/records.ts'
import { assignPerson, unassignPerson } from '../../commands/assignments.ts'
import { addGroup, addMember } from '../../commands/groups.ts'
import { importNow } from '../../commands/imports.ts'
import { testApiCredentials } from '../../commands/integration.ts'
import { editPerson, setPassword } from '../../commands/people.ts'
import { addAttribute, removeAttribute, saveMapping } from '../../commands/profile-editor.ts'
import { pushGroupByName, pushNow, unlinkGroup } from '../../commands/push-groups.ts'
import { mappingOf } from '../../profiles/read.ts'
import { oktaUserIdOf } from '../../world.ts'
import { createScimClient } from '../scim-client.ts'
import { KIT, openStage, type Stage } from './stage.ts'

/** Requests to the byte, and what is made of answers (reference sheet 2.1, 2.3, 2.7). */

const ADA = 'ada.okafor@brightwave.example'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

let stage: Stage
let app: OktaApp
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const ada = (): { readonly userId: string } => ({ userId: oktaUserIdOf('ada.okafor') })
const rowId = (): string => stage.row(app, 'ada.okafor')?.id ?? ''

interface Fixture {
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
  }
  readonly body?: object
}

function fixture(name: string): Fixture {
  const text = readFileSync(new URL(`../../../../../scenarios/wire/okta-${name}.json`, import.meta.url), 'utf8')
  return JSON.parse(text) as Fixture
}

const HEADERS = ['accept', 'accept-charset', 'authorization', 'content-type', 'user-agent']

/** A request as a fixture has it: what changes with every run is replaced by its name. */
function asFixture({ method, url, headers, body }: SeenRequest): string {
  const shown = Object.fromEntries(
    HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  )
  const text = JSON.stringify({
    request: { method, path: url, headers: shown },
    ...(body === undefined ? {} : { body }),
  })
  return text
    .replaceAll(TARGET_TOKEN, '{token}')
    .replaceAll(stage.row(app, 'ada.okafor')?.externalId ?? '{none}', '{id}')
    .replaceAll(oktaUserIdOf('ada.okafor'), '{okta-user-id}')
    .replace(/"password":"\w{8}"/, '"password":"{8 characters}"')
    .replaceAll(/"(id|value)":"g-\d+"/g, '"$1":"{group}"')
    .replaceAll(/\/Groups\/g-\d+/g, '/Groups/{group}')
}

const expectFixture = (seen: SeenRequest | undefined, name: string): void => {
  if (seen === undefined) throw new Error('Nothing was sent.')
  const { request, body } = fixture(name)
  expect(asFixture(seen)).toBe(JSON.stringify({ request, ...(body === undefined ? {} : { body }) }))
}

describe.each(['dialpad', 'scim'])('whole requests, keys in their order: %s', (catalogKey) => {
  const prefix = catalogKey === 'dialpad' ? 'oin' : 'aiw'

  test('every request stands as its fixture has it', async () => {
    app = await stage.connect({ catalogKey })
    await testApiCredentials(stage.deps, KIT, { appId: app.id, importGroups: true })
    const [users, groups] = stage.seen()
    expectFixture(users, `${prefix}-test-users`)
    expectFixture(groups, `${prefix}-test-groups`)
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    const [lookup, create] = stage.seen()
    expectFixture(lookup, `${prefix}-lookup`)
    expectFixture(create, `${prefix}-create`)
    await setPassword(stage.deps, KIT, { ...ada(), password: 'N3w-Passw0rd!' })
    await stage.run()
    const password = stage.seen().at(-1)
    if (prefix === 'oin') expectFixture(password, 'oin-password')
    else expect([password?.method, password?.body]).toMatchObject(['PUT', { password: 'N3w-Passw0rd!' }])
    const group = await addGroup(stage.deps, KIT, { name: 'Support East', description: '' })
    await addMember(stage.deps, KIT, { groupId: group.id, ...ada() })
    const pushed = { appId: app.id, groupId: group.id, action: { kind: 'create' }, pushMemberships: true } as const
    const mapping = await pushGroupByName(stage.deps, KIT, pushed)
    await stage.run()
    const [made, members, , name] = stage.seen()
    expectFixture(made, `${prefix}-group-create`)
    expectFixture(members, `${prefix}-group-members`)
    if (prefix === 'oin') expectFixture(name, 'oin-group-name')
    await pushNow(stage.deps, KIT, { mappingId: mapping.id })
    await stage.run()
    expectFixture(stage.seen()[0], `${prefix}-group-push-now`)
    await unlinkGroup(stage.deps, KIT, { mappingId: mapping.id, deleteTarget: true })
    await stage.run()
    expectFixture(stage.seen()[0], `${prefix}-group-delete`)
    const [read, off] = await unassign()
    expectFixture(prefix === 'oin' ? read : off, `${prefix}-deactivate`)
  })
})

async function unassign(): Promise<readonly SeenRequest[]> {
  await unassignPerson(stage.deps, KIT, { appUserId: rowId() })
  const { externalId } = stage.system.store.find('formerAppUsers', 'user', oktaUserIdOf('ada.okafor'))[0] ?? {}
  await stage.run()
  // The row is gone, so its id is named here.
  const named = JSON.parse(JSON.stringify(stage.seen()).replaceAll(externalId ?? '', '{id}')) as readonly SeenRequest[]
  return named
}

describe('transport', () => {
  test('a minute is waited for an answer, and an app that does not give one is a task', async () => {
    const sent: OutboundRequest[] = []
    const client = createScimClient(
      {
        send: async (request) => {
          sent.push(request)
          throw new OutboundFailure('timeout', 'No answer came within 60 seconds.')
        },
      },
      { baseUrl: 'https://app.example/scim', token: 'a-token', dialect: 'catalog' },
    )
    const calls = [
      client.page('Users', 1, 2),
      client.find('Users', ADA),
      client.create('Users', {}),
      client.remove('Groups', 'g'),
    ]
    for (const answer of await Promise.all(calls)) expect(answer).toMatchObject({ ok: false })
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([60_000, 60_000, 60_000, 60_000])
    app = await stage.connect()
    stage.target.intercept = ({ method }) => (method === 'POST' ? 'drop' : undefined)
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    expect(stage.tasks()).toMatchObject([{ kind: 'assignment' }])
    await stage.advance(86_400)
    expect(stage.sent()).toHaveLength(2)
  })

  test('of a whole story every request is one of the few the client knows', async () => {
    app = await stage.connect()
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await editPerson(stage.deps, KIT, { ...ada(), profile: { title: 'Director' } })
    await stage.run()
    await importNow(stage.deps, KIT, { appId: app.id })
    await unassign()
    const known = [
      /^GET \/(Users|Groups)\?startIndex=\d+&count=\d+$/,
      /^GET \/(Users|Groups)\?filter=(userName|displayName) eq "[^"]+"&startIndex=1&count=100$/,
      /^(GET|PUT|PATCH) \/(Users|Groups)\/[\w-]+$/,
      /^POST \/(Users|Groups)$/,
      /^DELETE \/Groups\/[\w-]+$/,
    ]
    const all = stage.target.requests.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`)
    expect(all.filter((request) => !known.some((form) => form.test(request)))).toEqual([])
    expect(all.length).toBeGreaterThan(5)
  })
})

describe('answers', () => {
  const answer = (method: string, status: number, body: string) => {
    stage.target.intercept = (request) => (request.method === method ? { status, body } : undefined)
  }
  const list = (more: object) =>
    JSON.stringify({ schemas: [LIST], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [], ...more })
  const assignAda = async (): Promise<void> => {
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
  }
  beforeEach(async () => {
    app = await stage.connect()
  })

  test.each([
    ['404 with an Error body', 404, JSON.stringify({ detail: 'nobody', status: '404' })],
    ['lower-case resources', 200, JSON.stringify({ schemas: [LIST], totalResults: 0, resources: [] })],
    ['no startIndex', 200, JSON.stringify({ schemas: [LIST], totalResults: 0, Resources: [] })],
  ])('a lookup answered by %s finds nobody, and the account is made', async (_what, status, body) => {
    answer('GET', status, body)
    await assignAda()
    expect(stage.row(app, 'ada.okafor')).toMatchObject({ status: 'PROVISIONED' })
  })

  test.each(['totalResults', 'startIndex', 'itemsPerPage'])('%s as a text breaks provisioning', async (name) => {
    answer('GET', 200, list({ [name]: '0' }))
    await assignAda()
    expect(stage.tasks()[0]?.message).toContain(`${name} is not a whole number`)
  })

  test('Resources that are one object are no results', async () => {
    answer('GET', 200, list({ Resources: { id: 'u-1' } }))
    await assignAda()
    expect(stage.tasks()[0]?.message).toContain('No results for users returned')
  })

  test.each([
    ['one object where a list belongs', { value: ADA, primary: true }, 'are not a list'],
    ['none that is primary', [{ value: ADA }], 'None of the emails of the answer is primary'],
  ])('emails of %s are refused', async (_what, emails, reason) => {
    answer('POST', 201, JSON.stringify({ id: 'u-1', userName: ADA, emails }))
    await assignAda()
    expect(stage.tasks()[0]?.message).toContain(reason)
  })

  test.each([200, 201])('a creation answered %i without meta and with more than was sent is taken', async (status) => {
    answer('POST', status, JSON.stringify({ id: 'u-1', userName: ADA, more: { than: 'sent' } }))
    await assignAda()
    expect(stage.row(app, 'ada.okafor')).toMatchObject({ externalId: 'u-1', syncState: 'SYNCHRONIZED' })
  })

  test.each(['"409"', '409'])('an Error whose status is %s shows its detail verbatim', async (status) => {
    answer('POST', 409, `{"detail":"Seat 4 is  <taken>","status":${status}}`)
    await assignAda()
    expect(stage.tasks()[0]?.message).toContain('Conflict. Errors reported by remote server: Seat 4 is  <taken>')
  })

  test.each([
    [200, '{"id":"u-1"}'],
    [204, ''],
  ])('a deactivation answered %i is done', async (status, body) => {
    await assignAda()
    answer('PATCH', status, body)
    await unassign()
    expect(stage.tasks()).toEqual([])
  })

  test('a deactivation answered 501 is a task; no PUT is tried instead', async () => {
    await assignAda()
    stage.seen()
    answer('PATCH', 501, '')
    expect((await unassign()).map(({ method }) => method)).toEqual(['PATCH'])
    expect(stage.tasks()).toMatchObject([
      {
        kind: 'deprovision-failed',
        message: 'Automatic deprovisioning of user Ada Okafor from app Dialpad failed: Not Implemented.',
      },
    ])
  })

  test('after a reactivation whose profile push failed the account is unlinked: unassigning then sends nothing', async () => {
    stage.target.users.set('u-9', { id: 'u-9', userName: ADA, active: false })
    answer('PUT', 500, '')
    await assignAda()
    expect(stage.row(app, 'ada.okafor')?.externalId).toBeUndefined()
    expect(stage.target.users.get('u-9')).toMatchObject({ active: true })
    stage.seen()
    await unassignPerson(stage.deps, KIT, { appUserId: rowId() })
    await stage.run()
    expect(stage.sent()).toEqual([])
  })
})

describe('what an update carries', () => {
  beforeEach(async () => {
    app = await stage.connect()
  })
  const lastPut = () =>
    stage.seen().findLast(({ method }) => method === 'PUT')?.body as Readonly<Record<string, unknown>>
  const editTitle = async (title: string) => {
    await editPerson(stage.deps, KIT, { ...ada(), profile: { title } })
    await stage.run()
    return lastPut()
  }
  const custom = { title: 'Cost', type: 'string', required: false, scope: 'NONE', union: false } as const
  const cost = { ...custom, name: 'cost', externalName: 'cost', externalNamespace: ENTERPRISE }

  test('an attribute that is not mapped, and one mapped on create only, still go out with their stored value', async () => {
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    const { id: mappingId } = mappingOf(stage.system.store, app.id, 'to-app')
    const country = { expression: 'user.countryCode', pushStatus: 'DONT_PUSH' } as const
    await saveMapping(stage.deps, KIT, { mappingId, properties: { department: null, country }, applyNow: false })
    await editPerson(stage.deps, KIT, { ...ada(), profile: { department: 'Care', countryCode: 'GB' } })
    const put = await editTitle('Director')
    expect(put).toMatchObject({
      title: 'Director',
      [ENTERPRISE]: { department: 'Support' },
      addresses: [{ country: 'US' }],
    })
  })

  test('an attribute deleted from the profile stays as the app had it', async () => {
    await addAttribute(stage.deps, KIT, { ownerId: app.id, attribute: cost })
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada(), values: { cost: 'C-1' } })
    await stage.run()
    const id = stage.row(app, 'ada.okafor')?.externalId ?? ''
    stage.target.users.set(id, { ...(stage.target.users.get(id) ?? { id }), [ENTERPRISE]: { cost: 'by the app' } })
    stage.target.intercept = ({ method, url }) =>
      method === 'GET' && url === `/Users/${id}`
        ? { status: 200, body: JSON.stringify(stage.target.users.get(id)) }
        : undefined
    await removeAttribute(stage.deps, KIT, { ownerId: app.id, name: 'cost' })
    expect((await editTitle('Director'))[ENTERPRISE]).toMatchObject({ cost: 'by the app' })
    expect(stage.row(app, 'ada.okafor')?.profile).not.toHaveProperty('cost')
  })

  test('unset is left out, cleared is sent as an empty text, and without an enterprise value there is no such schema', async () => {
    const user = { ...ada(), profile: { title: '', department: null, preferredLanguage: null } }
    await editPerson(stage.deps, KIT, user)
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    const created = stage.seen().find(({ method }) => method === 'POST')?.body
    expect(created).toMatchObject({ title: '', schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] })
    expect(created).not.toHaveProperty('preferredLanguage')
    expect(created).not.toHaveProperty(ENTERPRISE)
  })

  test.each(['groups', 'id', 'active'])(
    'an attribute of the external name %s collides with the core schema',
    async (name) => {
      const attribute = { ...cost, externalName: name }
      await expect(addAttribute(stage.deps, KIT, { ownerId: app.id, attribute })).rejects.toMatchObject({
        causes: [{ field: 'externalName', summary: `External name: ${name} is reserved by the core schema` }],
      })
    },
  )
})
