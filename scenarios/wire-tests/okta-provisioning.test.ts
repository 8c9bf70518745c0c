import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { dialpadResidence } from '#dialpad/app.ts'
import { idpResidences } from '#idp/app.ts'
import { parseConfig } from '#kit/config.ts'
import { hostSystems } from '#kit/system/host-systems.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { type ControlClient, createControlClient } from '#scenarios/library/control-client.ts'

/** The Okta twin and the Dialpad twin in the world `connected-okta`, over HTTP alone, by the pages of the console. */

const DOMAIN = 'brightwave.example'
const ADA = `ada.okafor@${DOMAIN}`

type Fields = Readonly<Record<string, unknown>>

let okta: ControlClient
let dialpad: ControlClient
let marta: Visitor
let close: () => Promise<void>

beforeAll(async () => {
  const env: Record<string, string> = { HOST: '127.0.0.1', SMTP_PORT: '0' }
  for (const { name } of SYSTEM_ADDRESSES) env[`${name.toUpperCase()}_PORT`] = '0'
  const config = parseConfig(env, SYSTEM_ADDRESSES)
  const hosted = await hostSystems([...idpResidences(), dialpadResidence()], {
    config,
    version: '0.0.0',
    dataDir: null,
  })
  okta = createControlClient(hosted.urls['okta'] ?? '')
  dialpad = createControlClient(hosted.urls['dialpad'] ?? '')
  close = hosted.close
})
afterAll(() => close())

beforeEach(async () => {
  await okta.reset({ world: 'connected-okta' })
  await dialpad.reset({ world: 'connected-okta' })
  marta = createVisitor(okta.origin)
  await marta.open('/admin')
  await marta.submit('/login/identify', { username: `marta.silva@${DOMAIN}` })
  await marta.submit('/login/verify', { password: TRAINING_PASSWORD })
})

async function records(system: ControlClient, collection: string): Promise<readonly Fields[]> {
  return Object.values((await system.state()).collections[collection] ?? {}) as Fields[]
}

async function oktaUser(email: string): Promise<Fields> {
  const found = (await records(okta, 'users')).find(({ profile }) => (profile as Fields)['email'] === email)
  if (found === undefined) throw new Error(`Nobody in Okta has ${email}.`)
  return found
}

async function rowOf(email: string): Promise<Fields | undefined> {
  return (await records(okta, 'appUsers')).find(({ userName }) => userName === email)
}

async function dialpadUser(email: string): Promise<Fields | undefined> {
  return (await records(dialpad, 'users')).find(({ emails }) => (emails as string[])[0] === email)
}

async function officeOf(email: string): Promise<unknown> {
  const officeId = (await dialpadUser(email))?.['officeId']
  return (await records(dialpad, 'offices')).find(({ id }) => id === officeId)?.['name']
}

const run = (): Promise<unknown> => okta.call('POST', '/jobs/run', {})

/** Change one attribute on the person's Profile tab. */
async function edit(email: string, attribute: string, text: string): Promise<void> {
  const { id } = await oktaUser(email)
  await marta.open(`/admin/user/${id}/profile/edit`)
  await marta.submit('/profile/edit', { [`attribute.${attribute}`]: text })
  expect(marta.status, marta.text).toBe(200)
  await run()
}

/** Something under Person > More Actions. */
async function lifecycle(email: string, act: string): Promise<void> {
  const { id } = await oktaUser(email)
  await marta.open(`/admin/user/${id}/${act}`)
  await marta.submit(`/${act}`)
  expect(marta.status, marta.text).toBe(200)
  await run()
}

/** Two custom attributes as the help article has them added. */
async function addCustomAttributes(): Promise<void> {
  const state = await okta.state()
  const schemas = state.collections['profileSchemas'] ?? {}
  const namespace = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
  const added = ['officeName', 'licenseType'].map((name) => ({
    name,
    title: name,
    type: 'string',
    externalName: name,
    externalNamespace: namespace,
    required: false,
    scope: 'NONE',
    union: false,
    custom: true,
  }))
  const extended = Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      const { attributes } = schema as { attributes: readonly object[] }
      return [id, { ...schema, attributes: [...attributes, ...added] }]
    }),
  )
  await okta.putState({ ...state, collections: { ...state.collections, profileSchemas: extended } })
}

/** The pencil of the row, "Administrator (overrides group)". */
async function editRow(email: string, attribute: string, text: string): Promise<void> {
  const row = await rowOf(email)
  await marta.open(`/admin/app/dialpad/instance/${row?.['appId']}/assignments/user/${row?.['id']}/edit`)
  await marta.submit('/edit', { [`attribute.${attribute}`]: text, source: 'USER', scope: 'USER' })
  expect(marta.status, marta.text).toBe(200)
  await run()
}

const calls = async (): Promise<readonly string[]> => {
  const { items } = await okta.journal({ kind: 'http-out' })
  return items.map(
    ({ request }) => `${request?.method} ${(request?.url ?? '').replace(/^.*\/scim/, '').replace(/\?.*$/, '')}`,
  )
}

test('the world is in step: nothing is queued, and Force Sync changes nothing in Dialpad', async () => {
  expect(await records(okta, 'provisioningJobs')).toEqual([])
  expect(await okta.call('GET', '/summary')).toMatchObject({ line: '26 people, 5 assigned, 5 provisioned' })
  const shown = async () =>
    (await records(dialpad, 'users'))
      .map(({ modifiedAt: _, version: __, ...user }) => user)
      .filter(({ origin }) => origin !== 'sign-up')
  const before = await shown()
  const app = (await records(okta, 'apps')).find(({ catalogKey }) => catalogKey === 'dialpad')
  await marta.open(`/admin/app/dialpad/instance/${app?.['id']}/force-sync`)
  await marta.submit('/force-sync')
  await run()
  expect(await calls()).toHaveLength(10)
  expect(await shown()).toEqual(before)
  expect(await records(okta, 'tasks')).toEqual([])
})

describe('the attribute table of the tutorial, row by row', () => {
  test.each([
    ['firstName', 'Adaeze', 'givenName', 'Adaeze'],
    ['lastName', 'Lind', 'familyName', 'Lind'],
    ['countryCode', 'GB', 'country', 'GB'],
    ['preferredLanguage', 'fr_CA', 'language', 'fr-CA'],
    ['title', 'Head of Support', 'title', 'Head of Support'],
  ])('%s', async (attribute, text, field, expected) => {
    await edit(ADA, attribute, text)
    expect((await dialpadUser(ADA))?.[field]).toBe(expected)
  })

  test('Username', async () => {
    await edit(ADA, 'email', `ada.lind@${DOMAIN}`)
    expect(await dialpadUser(`ada.lind@${DOMAIN}`)).toBeDefined()
  })

  test('department is the Office', async () => {
    expect(await officeOf(ADA)).toBe('Denver')
    await edit(ADA, 'department', 'Toronto')
    expect(await officeOf(ADA)).toBe('Toronto')
  })

  test('officeName is the Office, and wins over department', async () => {
    await addCustomAttributes()
    await editRow(ADA, 'officeName', 'London')
    expect(await officeOf(ADA)).toBe('London')
  })

  test('licenseType is the License', async () => {
    await addCustomAttributes()
    await editRow(ADA, 'licenseType', 'dialpad_support')
    expect((await dialpadUser(ADA))?.['licence']).not.toBe('talk')
  })
})

describe('surprises of the real product', () => {
  test('suspending a leaver leaves Dialpad ringing; deactivating suspends; deleting sends nothing more', async () => {
    await lifecycle(ADA, 'suspend')
    expect([(await dialpadUser(ADA))?.['state'], await calls()]).toEqual(['active', []])
    await lifecycle(ADA, 'unsuspend')
    await lifecycle(ADA, 'deactivate')
    expect((await dialpadUser(ADA))?.['state']).toBe('suspended')
    const sent = await calls()
    expect(sent).toEqual([expect.stringMatching(/^PATCH \/Users\//)])
    await lifecycle(ADA, 'delete')
    expect([(await dialpadUser(ADA))?.['state'], await calls()]).toEqual(['suspended', sent])
  })

  test('reactivated: the assignment by the group comes back, and the account is switched on again', async () => {
    await lifecycle(ADA, 'deactivate')
    await lifecycle(ADA, 'activate')
    expect((await dialpadUser(ADA))?.['state']).toBe('active')
    expect((await calls()).map((call) => call.split('/')[0]?.trim())).toEqual(['PATCH', 'GET', 'PATCH', 'GET', 'PUT'])
  })

  test('a hand edit in Dialpad is overwritten by the next push of anything else', async () => {
    const state = await dialpad.state()
    const users = Object.fromEntries(
      Object.entries(state.collections['users'] ?? {}).map(([id, user]) => [id, { ...user, title: 'Typed by hand' }]),
    )
    await dialpad.putState({ ...state, collections: { ...state.collections, users } })
    await edit(ADA, 'preferredLanguage', 'fr_CA')
    expect((await dialpadUser(ADA))?.['title']).toBe('Support Lead')
  })
})
