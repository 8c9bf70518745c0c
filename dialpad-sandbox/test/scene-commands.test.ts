import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Answer, call } from '#kit/test/call.ts'
import { type ServedDialpad, serveDialpad, userByEmail } from './serve.ts'

const TOMAS = 'tomas.berg@brightwave.example'
const NEW = { email: 'ada.byron@brightwave.example', firstName: 'Ada', lastName: 'Byron', office: 'Denver' }

let served: ServedDialpad
beforeEach(async () => {
  served = await serveDialpad('brightwave')
})
afterEach(() => served.close())

function control(method: string, path: string, body?: object): Promise<Answer> {
  const { host, port } = new URL(served.origin)
  const sent = body === undefined ? {} : { body }
  return call(`http://127.0.0.1:${port}/_kit${path}`, { method, headers: { host }, ...sent })
}

async function run(name: string, body: object): Promise<Record<string, unknown>> {
  const answer = await control('POST', `/commands/${name}`, body)
  expect([answer.status, answer.text]).toEqual([200, answer.text])
  return answer.json()
}

async function refusal(name: string, body: object): Promise<unknown> {
  const answer = await control('POST', `/commands/${name}`, body)
  return [answer.status, (answer.json()['error'] as { code: string }).code]
}

const person = (email: string) => userByEmail(served.system, email)

test('the list names every command with the schema of its input', async () => {
  const { commands } = (await control('GET', '/commands')).json() as {
    commands: { name: string; does: string; input: { properties: object } }[]
  }
  const add = commands.find(({ name }) => name === 'add-person')
  expect(add?.does).toMatch(/\.$/)
  expect(Object.keys(add?.input.properties ?? {})).toContain('office')
  expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length)
})

test('somebody is added, changed, suspended, reactivated and deleted, with seats and the change log as by hand', async () => {
  const seats = () => served.system.store.count('users', 'seat', `${person(NEW.email).officeId}/talk`)
  await run('add-person', NEW)
  const taken = seats()
  expect(person(NEW.email)).toMatchObject({ state: 'active', origin: 'portal', givenName: 'Ada' })
  await run('edit-person', { person: NEW.email, title: 'Analyst', office: 'London' })
  expect(person(NEW.email).title).toBe('Analyst')
  await run('edit-person', { person: NEW.email, title: null, office: 'Denver' })
  expect(person(NEW.email).title).toBeUndefined()
  await run('suspend-person', { person: NEW.email })
  expect([person(NEW.email).state, seats()]).toEqual(['suspended', taken - 1])
  await run('reactivate-person', { person: NEW.email })
  expect(person(NEW.email).state).toBe('active')
  const { id } = person(NEW.email)
  await run('delete-person', { person: id })
  expect(served.system.store.get('users', id)?.state).toBe('deleted')
  const actions = [...served.system.store.entries('changeLog')].map(([, { action }]) => action)
  expect(actions.filter((action) => action.startsWith('user_')).length).toBeGreaterThan(4)
})

test('offices, seats and what provisioning does without them', async () => {
  const emergencyAddress = { address: '1 Quay', city: 'Leeds', state: 'LDS', zip: 'LS1 1AA', country: 'GB' }
  await run('add-office', { name: 'Lisbon', country: 'GB', emergencyAddress })
  expect(await refusal('add-office', { name: 'Lisbon', country: 'GB', emergencyAddress })).toEqual([
    409,
    'duplicate_name',
  ])
  await run('edit-office', { office: 'Lisbon', name: 'Porto' })
  expect(await refusal('add-person', { ...NEW, office: 'Porto' })).toEqual([422, 'no_licence_left'])
  expect(await run('add-seats', { office: 'Porto', licence: 'dialpad_talk', quantity: 2 })).toMatchObject({ seats: 2 })
  await run('add-person', { ...NEW, office: 'Porto' })
  expect(await refusal('remove-seats', { office: 'Porto', licence: 'dialpad_talk', quantity: 2 })).toEqual([
    422,
    'licences_in_use',
  ])
  await run('remove-seats', { office: 'Porto', licence: 'dialpad_talk', quantity: 1 })
  await run('set-provisioning', { officeField: 'department', mismatch: 'Porto', exhaustion: 'purchase' })
  const [company] = served.system.store.page('companies', 0, 1)
  expect(company?.scim).toMatchObject({
    officeField: 'department',
    mismatch: { kind: 'office' },
    exhaustion: 'purchase',
  })
  await run('set-provisioning', { mismatch: 'reject' })
  expect(served.system.store.page('companies', 0, 1)[0]?.scim).toMatchObject({
    officeField: 'department',
    mismatch: { kind: 'reject' },
  })
})

test('groups and keys', async () => {
  await run('add-group', { name: 'Sales', members: [TOMAS] })
  await run('set-group-members', { group: 'sales', members: [] })
  await run('delete-group', { group: 'Sales' })
  expect(served.system.store.count('groups')).toBe(0)
  const secret = (await control('POST', '/api-keys', { name: 'CI' })).json()['secret']
  await run('revoke-key', { name: 'CI' })
  const asked = await served.scim('GET', '/Users', undefined, { authorization: `Bearer ${secret}` })
  expect(asked.status).toBe(401)
})

test.each([
  ['nothing', {}, [404, 'unknown_command']],
  ['add-person', { ...NEW, office: 'Atlantis' }, [404, 'unknown_office']],
  ['add-person', { ...NEW, email: TOMAS }, [409, 'duplicate_email']],
  ['add-person', { ...NEW, email: 'ada@elsewhere.example' }, [422, 'foreign_domain']],
  ['add-person', { ...NEW, licence: 'dialpad-talk' }, [400, 'invalid_body']],
  ['add-person', { ...NEW, extra: 1 }, [400, 'invalid_body']],
  ['suspend-person', { person: 'nobody@brightwave.example' }, [404, 'unknown_person']],
  ['set-group-members', { group: 'None', members: [] }, [404, 'unknown_group']],
  ['revoke-key', { name: 'None' }, [404, 'unknown_key']],
] as const)('%s %j is refused', async (name, body, expected) => {
  const before = served.system.store.count('users')
  expect(await refusal(name, body)).toEqual(expected)
  expect(served.system.store.count('users')).toBe(before)
})
