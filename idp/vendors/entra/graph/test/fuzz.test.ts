import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningGraph, startGraph } from './start-graph.ts'

/** Whatever is sent, Graph refuses in its own words, and nothing is half done: no 500, and a refused write changes nothing. */

let graph: RunningGraph
let paths: Readonly<Record<string, string>>
beforeAll(async () => {
  graph = await startGraph()
  const template = '/v1.0/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621/instantiate'
  const made = await graph.ask('POST', template, { body: { displayName: 'Parking' } })
  const { servicePrincipal } = made.json() as { servicePrincipal: { id: string } }
  const sync = `/v1.0/servicePrincipals/${servicePrincipal.id}/synchronization`
  const job = (await graph.ask('POST', `${sync}/jobs`, { body: { templateId: 'scim' } })).json()
  const user = (await graph.ask('GET', '/v1.0/users/george.mensah@brightwave.example')).json()
  const groups = (await graph.ask('GET', '/v1.0/groups?$top=1')).json() as { value: { id: string }[] }
  const { application } = made.json() as { application: { id: string } }
  paths = {
    application: `/v1.0/applications/${application.id}`,
    user: `/v1.0/users/${user['id']}`,
    group: `/v1.0/groups/${groups.value[0]?.id}`,
    sp: `/v1.0/servicePrincipals/${servicePrincipal.id}`,
    template,
    sync,
    job: `${sync}/jobs/${job['id']}`,
  }
})
afterAll(() => graph.close())

/** Calls with a body, and the members a right one may have: what is sent is a mixture of these and of anything. */
const CALLS: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'POST',
    '',
    '/v1.0/users',
    ['displayName', 'userPrincipalName', 'accountEnabled', 'passwordProfile', 'mailNickname'],
  ],
  ['PATCH', 'user', '', ['jobTitle', 'accountEnabled', 'businessPhones', 'usageLocation', 'passwordProfile', 'mail']],
  ['PUT', 'user', '/manager/$ref', ['@odata.id']],
  ['POST', '', '/v1.0/groups', ['displayName', 'mailNickname', 'mailEnabled', 'securityEnabled', 'members@odata.bind']],
  ['PATCH', 'group', '', ['displayName', 'description', 'members@odata.bind']],
  ['POST', 'group', '/members/$ref', ['@odata.id']],
  ['POST', 'template', '', ['displayName', 'shoeSize']],
  ['POST', 'sp', '/appRoleAssignedTo', ['principalId', 'resourceId', 'appRoleId']],
  ['POST', '', '/v1.0/applications', ['displayName', 'web', 'spa', 'appRoles', 'api', 'requiredResourceAccess']],
  ['PATCH', 'application', '', ['displayName', 'identifierUris', 'optionalClaims', 'keyCredentials', 'api', 'tags']],
  ['POST', 'application', '/addPassword', ['passwordCredential']],
  ['POST', 'application', '/removePassword', ['keyId']],
  ['POST', 'application', '/owners/$ref', ['@odata.id']],
  ['POST', '', '/v1.0/servicePrincipals', ['appId']],
  ['PATCH', 'sp', '', ['displayName', 'accountEnabled', 'notes', 'homepage']],
  ['POST', 'sp', '/appRoleAssignments', ['principalId', 'resourceId', 'appRoleId']],
  ['POST', '', '/v1.0/oauth2PermissionGrants', ['clientId', 'consentType', 'principalId', 'resourceId', 'scope']],
  ['POST', 'sync', '/jobs', ['templateId']],
  ['POST', 'sync', '/jobs/validateCredentials', ['useSavedCredentials', 'credentials', 'templateId']],
  ['PUT', 'sync', '/secrets', ['value']],
  ['POST', 'job', '/restart', ['criteria']],
  ['POST', 'job', '/provisionOnDemand', ['parameters']],
  ['PUT', 'job', '/schema', ['synchronizationRules', 'directories', 'id']],
  ['POST', 'job', '/schema/parseExpression', ['expression', 'testInputObject', 'targetAttributeDefinition']],
]

const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('true', 'a@brightwave.example', '00000000-0000-0000-0000-000000000000', '../..', 'x'.repeat(3_000)),
  fc.constant([{ key: 'SyncNotificationSettings', value: '{"DeleteThresholdValue":-1}' }]),
  fc.constant([{ ruleId: 'r', subjects: [{ objectId: 'no-guid', objectTypeName: 'User' }] }]),
  fc.constant({ properties: [{ key: 'mail', value: [] }] }),
)

const state = (): string => {
  const { collections } = graph.system.store.dump()
  const { oidcModels: _, kitSessions: __, ...kept } = collections
  return JSON.stringify(kept)
}

describe('whatever is sent', () => {
  test('200 bodies get an answer of Graph, never a 500, and refused ones change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...CALLS),
        fc.infiniteStream(anyJson),
        fc.boolean(),
        async ([method, key, rest, members], values, whole) => {
          const stream = values[Symbol.iterator]()
          const body = whole
            ? stream.next().value
            : Object.fromEntries(members.map((member) => [member, stream.next().value]))
          const before = state()
          const answer = await graph.ask(method, `${paths[key] ?? ''}${rest}`, {
            body: JSON.stringify(body),
            headers: { 'content-type': 'application/json' },
          })
          expect(answer.status, answer.text).toBeLessThan(500)
          if (answer.status < 400) return
          expect(answer.json()).toMatchObject({ error: { code: expect.any(String), innerError: {} } })
          expect(state()).toBe(before)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('any path and query get an answer of Graph', async () => {
    const segment = fc.oneof(
      fc.constantFrom('users', 'groups', '$count', 'directory', 'deletedItems', 'servicePrincipals', 'synchronization'),
      fc.constantFrom('jobs', 'auditLogs', 'provisioning', "('x')", 'members', '%00', '..', 'applicationTemplates'),
      fc.string({ maxLength: 8 }).map((text) => encodeURIComponent(text)),
    )
    const option = fc.tuple(
      fc.constantFrom('$filter', '$top', '$skiptoken', '$select', '$orderby', '$count', '$format', 'other'),
      fc.oneof(
        fc.constantFrom(
          "a eq 'b'",
          "contains(id,'x')",
          '(',
          'true',
          '-1',
          "id eq 'x' and",
          "''",
          'id eq 99999999999999999999',
        ),
        fc.string({ maxLength: 12 }),
      ),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('v1.0', 'beta'),
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        fc.array(option, { maxLength: 2 }),
        fc.constantFrom('GET', 'POST', 'DELETE', 'PATCH', 'OPTIONS'),
        async (version, segments, options, method) => {
          const query = options.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
          const answer = await graph.ask(method, `/${version}/${segments.join('/')}?${query}`)
          expect(answer.status, `${method} ${segments.join('/')}?${query}: ${answer.text}`).toBeLessThan(500)
        },
      ),
      { numRuns: 200 },
    )
  })
})
