import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oktaGroupIdOf } from '../../../world.ts'
import { ALL_ON, ID, openScriptStage, type ScriptStage } from './stage.ts'

/** Whatever is sent, the API refuses in its own words, and nothing is half done. */

let stage: ScriptStage
let paths: Readonly<Record<string, string>>
beforeAll(async () => {
  stage = await openScriptStage()
  const id = await stage.connect('Anything')
  await stage.done('POST', `/apps/${id}/users`, { id: ID('ada.okafor') })
  await stage.done('PUT', `/apps/${id}/groups/${oktaGroupIdOf('Support')}`, {})
  await stage.run()
  const [mapping] = await stage.list(`/mappings?targetId=${id}`)
  paths = { app: `/apps/${id}`, mapping: `/mappings/${mapping?.['id']}`, schema: `/meta/schemas/apps/${id}/default` }
})
afterAll(() => stage.close())

const CALLS: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['POST', '', '/apps', ['name', 'label', 'signOnMode', 'visibility', 'credentials', 'settings', 'accessibility']],
  ['PUT', 'app', '', ['name', 'label', 'signOnMode', 'visibility', 'credentials', 'settings', 'accessibility']],
  ['POST', 'app', '/users', ['id', 'scope', 'credentials', 'profile']],
  ['POST', 'app', `/users/${ID('ada.okafor')}`, ['scope', 'credentials', 'profile']],
  ['PUT', 'app', `/groups/${oktaGroupIdOf('Sales')}`, ['priority', 'profile']],
  ['PATCH', 'app', `/groups/${oktaGroupIdOf('Support')}`, ['op', 'path', 'value']],
  ['POST', 'app', '/connections/default', ['profile', 'baseUrl']],
  ['PUT', 'app', '/features/USER_PROVISIONING', ['create', 'update']],
  ['PUT', 'app', '/features/INBOUND_PROVISIONING', ['importSettings', 'importRules']],
  ['POST', 'app', '/group-push/mappings', ['sourceGroupId', 'targetGroupId', 'targetGroupName', 'status']],
  ['POST', 'mapping', '', ['properties']],
  ['POST', 'schema', '', ['definitions']],
  ['POST', '', '/meta/schemas/user/default', ['definitions']],
]

const odd = fc.constantFrom('__proto__', 'constructor', 'a', 'title', 'licenseType', 'userName', 'x'.repeat(300), '')
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    'dialpad',
    'SAML_2_0',
    'USER',
    ID('ben.castillo'),
    oktaGroupIdOf('Support'),
    'x'.repeat(3_000),
    '../..',
  ),
  fc.constant({ custom: { properties: { a: { title: 'A', type: 'string', maxLength: -1 }, title: null } } }),
  fc.constant({ userNameTemplate: { template: '${', type: 'CUSTOM' } }),
  fc.constant({
    signOn: { attributeStatements: [{ type: 'GROUP', name: 'g', filterType: 'REGEX', filterValue: '(' }] },
  }),
  fc.constant({ authScheme: 'TOKEN', token: 'wrong' }),
  fc.constant({ lifecycleCreate: { status: 'DISABLED' } }),
  fc.constant(ALL_ON),
  odd.chain((name) => fc.jsonValue({ maxDepth: 2 }).map((value) => Object.fromEntries([[name, value]]))),
)

const state = (): string => {
  const {
    systemLog: _,
    provisioningJobs: __,
    kitMeta: ___,
    apiTokens: ____,
    ...kept
  } = stage.api.system.store.dump().collections
  return JSON.stringify(kept)
}

test('200 bodies get an answer of the API, never a 500, and refused ones change nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...CALLS),
      fc.infiniteStream(anyJson),
      fc.constantFrom('whole', 'members', 'list'),
      async ([method, key, rest, members], values, shape) => {
        const stream = values[Symbol.iterator]()
        const ofMembers = (): object => Object.fromEntries(members.map((member) => [member, stream.next().value]))
        const body = shape === 'whole' ? stream.next().value : shape === 'list' ? [ofMembers()] : ofMembers()
        await stage.run()
        const before = state()
        const answer = await stage.api.ask(method, `/api/v1${paths[key] ?? ''}${rest}`, {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        })
        expect(answer.status, answer.text).toBeLessThan(500)
        if (answer.status < 400) return
        expect(answer.json()).toMatchObject({
          errorCode: expect.stringMatching(/^E\d{7}$/),
          errorCauses: expect.any(Array),
        })
        expect(state()).toBe(before)
      },
    ),
    { numRuns: 200 },
  )
}, 60_000)
