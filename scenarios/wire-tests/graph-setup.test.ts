import {
  Client,
  type Context,
  GraphError,
  HTTPMessageHandler,
  type Middleware,
} from '@microsoft/microsoft-graph-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { DOMAIN, type EntraStage, openStage } from './entra-stage.ts'

/**
 * A whole set-up of provisioning into Dialpad by a script (reference 11.7), with Microsoft's own client library as it is
 * published. It sends tokens to https addresses and follows https links only, so on http these two steps are ours.
 */

let stage: EntraStage
let graph: Client
beforeAll(async () => {
  stage = await openStage()
  await stage.resetTo('brightwave')
  graph = await connectClient(stage.urls['entra'] ?? '')
})
afterAll(() => stage.close())

/** The token by client credentials, then the library's client with a chain of two: the token, the request. */
async function connectClient(entraUrl: string): Promise<Client> {
  const answer = await fetch(`${entraUrl}/${TENANT_ID}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: SAMPLE_WEB_APP.appId,
      client_secret: SAMPLE_WEB_APP.secret,
      scope: 'https://graph.microsoft.com/.default',
    }),
  })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  const sending = new HTTPMessageHandler()
  const authorizing: Middleware = {
    async execute(context: Context) {
      const headers = new Headers(context.options?.headers as HeadersInit | undefined)
      headers.set('authorization', `Bearer ${token}`)
      // The library sets the type of a body itself; a `Headers` is one of the forms it takes.
      context.options = { ...context.options, headers: Object.fromEntries(headers) }
      await sending.execute(context)
    },
  }
  return Client.initWithMiddleware({ baseUrl: `${entraUrl}/`, middleware: authorizing })
}

type Json = Record<string, unknown>

const find = async (path: string, filter: string): Promise<Json> => {
  const { value } = (await graph.api(path).filter(filter).get()) as { value: Json[] }
  const [found] = value
  if (found === undefined) throw new Error(`There is nothing at ${path} with ${filter}.`)
  return found
}

/** All pages of a list. The library's own iterator takes https links only, so the base is cut off. */
async function walk(path: string): Promise<readonly Json[]> {
  const items: Json[] = []
  let next: string | undefined = path
  while (next !== undefined) {
    const page = (await graph.api(next).get()) as { value: Json[]; '@odata.nextLink'?: string }
    items.push(...page.value)
    next = page['@odata.nextLink']?.slice(`${stage.urls['entra']}/v1.0`.length)
  }
  return items
}

const refusal = async (call: Promise<unknown>): Promise<GraphError> => {
  const error: unknown = await call.then(
    () => undefined,
    (problem: unknown) => problem,
  )
  if (!(error instanceof GraphError)) throw new Error('The call was expected to be refused.')
  return error
}

describe('provisioning into Dialpad, set up by a script', () => {
  test('from the gallery to the logs, and back to a pause', async () => {
    // instantiate
    const template = await find('/applicationTemplates', "displayName eq 'Dialpad'")
    const { servicePrincipal } = (await graph
      .api(`/applicationTemplates/${template['id']}/instantiate`)
      .post({ displayName: 'Dialpad' })) as { servicePrincipal: Json }
    const sp = `/servicePrincipals/${servicePrincipal['id']}`

    // assign
    const group = await find('/groups', "displayName eq 'Dialpad Users'")
    const assignment = (await graph.api(`${sp}/appRoleAssignedTo`).post({
      principalId: group['id'],
      resourceId: servicePrincipal['id'],
      appRoleId: '00000000-0000-0000-0000-000000000000',
    })) as Json
    expect(assignment).toMatchObject({ principalType: 'Group', resourceDisplayName: 'Dialpad' })

    // templates → job
    const { value: templates } = (await graph.api(`${sp}/synchronization/templates`).get()) as { value: Json[] }
    expect(templates).toMatchObject([{ id: 'dialpad', factoryTag: 'dialpad' }])
    const made = (await graph.api(`${sp}/synchronization/jobs`).post({ templateId: 'dialpad' })) as Json
    expect(made).toMatchObject({ templateId: 'dialpad', status: { code: 'NotConfigured' } })
    const job = `${sp}/synchronization/jobs/${made['id']}`
    expect((await refusal(graph.api(`${job}/start`).post({}))).statusCode).toBe(409)

    // validateCredentials → secrets
    const { secret } = await stage.key()
    const wrong = [
      { key: 'BaseAddress', value: 'https://dialpad.com/scim' },
      { key: 'SecretToken', value: 'not-a-key-of-dialpad' },
    ]
    const denied = await refusal(
      graph.api(`${job}/validateCredentials`).post({ useSavedCredentials: false, credentials: wrong }),
    )
    expect(denied).toMatchObject({
      statusCode: 400,
      code: 'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable',
    })
    expect(denied.requestId).toMatch(/^[0-9a-f-]{36}$/)
    const credentials = [
      { key: 'BaseAddress', value: 'https://dialpad.com/scim' },
      { key: 'SecretToken', value: secret },
    ]
    await graph.api(`${job}/validateCredentials`).post({ useSavedCredentials: false, credentials })
    const settings = { Enabled: true, Recipients: `it-ops@${DOMAIN}`, DeleteThresholdEnabled: false }
    await graph.api(`${sp}/synchronization/secrets`).put({
      value: [
        ...credentials,
        { key: 'SyncAll', value: 'false' },
        { key: 'SyncNotificationSettings', value: JSON.stringify(settings) },
      ],
    })
    const { value: kept } = (await graph.api(`${sp}/synchronization/secrets`).version('beta').get()) as {
      value: Json[]
    }
    expect(kept).toContainEqual({ key: 'SecretToken', value: '*' })
    expect(JSON.stringify(kept)).not.toContain(secret)

    // schema: one row less, and back to the defaults
    const schema = (await graph.api(`${job}/schema`).get()) as {
      synchronizationRules: { id: string; objectMappings: { attributeMappings: { targetAttributeName: string }[] }[] }[]
    }
    const [rule] = schema.synchronizationRules
    const users = rule?.objectMappings[0]
    if (rule === undefined || users === undefined) throw new Error('The schema has no rule for users.')
    const rows = users.attributeMappings
    users.attributeMappings = rows.filter(({ targetAttributeName }) => targetAttributeName !== 'title')
    await graph.api(`${job}/schema`).put(schema)

    // provisionOnDemand
    const ada = (await graph.api(`/users/ada.okafor@${DOMAIN}`).get()) as Json
    const subjects = [{ objectId: ada['id'], objectTypeName: 'User' }]
    const reply = (await graph
      .api(`${job}/provisionOnDemand`)
      .post({ parameters: [{ ruleId: rule.id, subjects }] })) as {
      value: string
    }
    expect(JSON.parse(reply.value)).toMatchObject([{ action: 'Create', statusInfo: { status: 'Success' } }])
    const created = await stage.userInDialpad(secret, `ada.okafor@${DOMAIN}`)
    expect(created).toMatchObject({ active: true })
    expect(created?.title).toBeUndefined()

    // start → poll
    await graph.api(`${job}/start`).post({})
    await stage.advance('PT1S')
    const running = (await graph.api(job).get()) as { status: Json; schedule: Json }
    expect(running.schedule).toMatchObject({ interval: 'PT40M', state: 'Active' })
    expect(running.status).toMatchObject({ code: 'Active', lastExecution: { state: 'Succeeded' }, quarantine: null })

    // auditLogs/provisioning, page by page
    const entries = await walk(
      `/auditLogs/provisioning?$top=2&$filter=servicePrincipal/id eq '${servicePrincipal['id']}'`,
    )
    const people = entries.filter((entry) => (entry['sourceIdentity'] as Json)['identityType'] === 'User')
    const { value: members } = (await graph.api(`/groups/${group['id']}/members`).get()) as { value: Json[] }
    expect(new Set(people.map((entry) => (entry['sourceIdentity'] as Json)['id'])).size).toBe(members.length)
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)

    // a leaver: blocked by the script, disabled in Dialpad by the next cycle, deleted and brought back
    await graph.api(`/users/${ada['id']}`).patch({ accountEnabled: false })
    await stage.advance('PT41M')
    expect(await stage.userInDialpad(secret, `ada.okafor@${DOMAIN}`)).toMatchObject({ active: false })
    await graph.api(`/users/${ada['id']}`).delete()
    await graph.api(`/directory/deletedItems/${ada['id']}/restore`).post({})
    await graph.api(`/users/${ada['id']}`).patch({ accountEnabled: true })
    await stage.advance('PT41M')
    expect(await stage.userInDialpad(secret, `ada.okafor@${DOMAIN}`)).toMatchObject({ active: true })

    // pause → restart
    await graph.api(`${job}/pause`).post({})
    expect(await graph.api(job).get()).toMatchObject({ schedule: { state: 'Paused' }, status: { code: 'Paused' } })
    await graph.api(`${job}/restart`).post({ criteria: { resetScope: 'Watermark, Escrows, QuarantineState' } })
    await stage.advance('PT1S')
    expect(await graph.api(job).get()).toMatchObject({ schedule: { state: 'Active' }, status: { code: 'Active' } })

    // what an auditor reads of it
    const { value: audits } = (await graph
      .api('/auditLogs/directoryAudits')
      .filter("loggedByService eq 'Account Provisioning' and initiatedBy/app/displayName eq 'Sample web app'")
      .get()) as { value: Json[] }
    const activities = audits.map((event) => event['activityDisplayName'])
    for (const activity of [
      'Add provisioning configuration',
      'Update provisioning setting or credentials',
      'Update attribute mappings or scope',
      'Enable/start provisioning configuration',
      'Disable/pause provisioning configuration',
      'Enable/restart provisioning configuration',
    ]) {
      expect(activities).toContain(activity)
    }
    const journal = JSON.stringify((await stage.entra.journal({})).items)
    expect(journal).not.toContain(secret)
  })
})
