import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { type CallJson, createCallJson, SetUpRefused } from './call-json.ts'
import type { Exchange } from './certificate.ts'
import { type Course, pauseAsked } from './options.ts'
import type { Json } from './server-under-test.ts'
import { watchWire } from './wire.ts'

/** The engine of the Entra twin at work on the server, directed through Graph and the control API. */

export interface LogEntry {
  readonly key: string
  readonly kind: 'User' | 'Group'
  readonly action: string
  readonly status: string
  readonly source: { readonly id: string; readonly displayName: string }
  readonly outcome?: { readonly code: string; readonly reason: string }
}

/** One cycle: how it ended, what was sent, and the log's entries by source id. */
export interface Cycle {
  readonly ended: string
  readonly line: string
  readonly exchanges: readonly Exchange[]
  readonly entries: ReadonlyMap<string, LogEntry>
}

export interface NewPerson {
  readonly name: string
  readonly givenName: string
  readonly surname: string
  readonly more?: Json
}

export interface EntraClient {
  readonly graph: CallJson
  /** Test the connection. @returns what the service says when it fails. */
  test(token: string): Promise<{ readonly problem?: string; readonly exchanges: readonly Exchange[] }>
  /** Save the credentials and start. */
  start(): Promise<void>
  /** @returns the object id. */
  person(person: NewPerson): Promise<string>
  group(name: string, memberIds: readonly string[]): Promise<string>
  assign(principalId: string): Promise<string>
  unassign(assignmentId: string): Promise<void>
  /** Run the next cycle to its end, waiting where the server asks for it. */
  cycle(): Promise<Cycle>
  /** What cycles speak from now on. */
  speak(dialect: 'legacy' | 'compliant'): Promise<void>
  /** Ids in the server by source id. */
  links(): Promise<ReadonlyMap<string, string>>
}

const GRAPH = '/v1.0'
const CUSTOM_APP = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621'
const DEFAULT_ACCESS = '00000000-0000-0000-0000-000000000000'
/** After so many waits in one cycle the server is taken at its word. */
const MOST_WAITS = 12

async function tokenFor(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/${TENANT_ID}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: SAMPLE_WEB_APP.appId,
      client_secret: SAMPLE_WEB_APP.secret,
      scope: 'https://graph.microsoft.com/.default',
    }),
  })
  return String(((await answer.json()) as Json)['access_token'])
}

/** A tenant that may use the domain, a non-gallery app in it, and a job nobody has started. */
export async function openEntraClient({ control, server, token, prefix, domain, pause }: Course): Promise<EntraClient> {
  const state = await control.state()
  const tenants = state.collections['tenants'] ?? {}
  const own = tenants[TENANT_ID] as Json & { readonly domains: readonly string[] }
  if (!own.domains.includes(domain)) {
    const widened = { ...tenants, [TENANT_ID]: { ...own, domains: [...own.domains, domain] } }
    await control.putState({ ...state, collections: { ...state.collections, tenants: widened } })
  }
  // Failing objects are told one by one here: they do not stop the job.
  await control.setSwitch('quarantine-thresholds', 'real')

  const graph = createCallJson(`${control.origin}${GRAPH}`, `Bearer ${await tokenFor(control.origin)}`)
  const displayName = `${prefix} app`
  const made = await graph('POST', `/applicationTemplates/${CUSTOM_APP}/instantiate`, { displayName })
  const sp = `/servicePrincipals/${(made['servicePrincipal'] as Json)['id']}`
  const { id: jobId } = await graph('POST', `${sp}/synchronization/jobs`, { templateId: 'scim' })
  const job = `${sp}/synchronization/jobs/${jobId}`
  const credentials = (secret: string): readonly Json[] => [
    { key: 'BaseAddress', value: server.url },
    { key: 'SecretToken', value: secret },
  ]
  const wire = watchWire(control, server.url)
  const records = async (name: string): Promise<readonly Json[]> =>
    Object.values((await control.state()).collections[name] ?? {}) as Json[]
  let lastKey = ''

  return {
    graph,
    async test(secret) {
      try {
        const body = { useSavedCredentials: false, credentials: credentials(secret) }
        await graph('POST', `${job}/validateCredentials`, body)
        return { exchanges: await wire.take() }
      } catch (error) {
        if (!(error instanceof SetUpRefused)) throw error
        const problem = String((error.body['error'] as Json | undefined)?.['message'] ?? error.message)
        return { problem, exchanges: await wire.take() }
      }
    },
    async start() {
      await graph('PUT', `${sp}/synchronization/secrets`, {
        value: [...credentials(token), { key: 'SyncAll', value: 'false' }],
      })
      await graph('POST', `${job}/start`, {})
    },
    async person({ name, givenName, surname, more = {} }) {
      const { id } = await graph('POST', '/users', {
        accountEnabled: true,
        displayName: `${givenName} ${surname}`,
        mailNickname: `${prefix}-${name}`.replaceAll(/[^\w.-]/g, ''),
        userPrincipalName: `${prefix}-${name}@${domain}`,
        passwordProfile: { password: 'Correct-Horse-7-Battery' },
        givenName,
        surname,
        ...more,
      })
      return String(id)
    },
    async group(name, memberIds) {
      const { id } = await graph('POST', '/groups', {
        displayName: name,
        mailEnabled: false,
        mailNickname: name.replaceAll(/[^\w-]/g, ''),
        securityEnabled: true,
      })
      for (const memberId of memberIds) await join(graph, String(id), memberId)
      return String(id)
    },
    async assign(principalId) {
      const resourceId = sp.slice('/servicePrincipals/'.length)
      const body = { principalId, resourceId, appRoleId: DEFAULT_ACCESS }
      return String((await graph('POST', `${sp}/appRoleAssignedTo`, body))['id'])
    },
    unassign: async (assignmentId) => void (await graph('DELETE', `${sp}/appRoleAssignedTo/${assignmentId}`)),
    async cycle() {
      const exchanges: Exchange[] = []
      let last = { ended: '', summary: '' }
      for (let round = 0; round < MOST_WAITS; round += 1) {
        last = (await control.call('POST', `/provisioning/${jobId}/cycle`, {})) as typeof last
        exchanges.push(...(await wire.take()))
        if (last.ended !== 'waiting') break
        const ms = pauseAsked(exchanges.findLast(({ status }) => status === 429))
        await pause(ms)
        await control.moveClock({ advance: `PT${Math.ceil(ms / 1000) + 1}S` })
        exchanges.push(...(await wire.take()))
      }
      const entries = new Map<string, LogEntry>()
      const logs = (await records('provisioningLogs')) as unknown as readonly LogEntry[]
      for (const entry of logs.toSorted((one, other) => one.key.localeCompare(other.key))) {
        if (entry.key <= lastKey) continue
        entries.set(entry.source.id, entry)
      }
      lastKey = logs.reduce((newest, { key }) => (key > newest ? key : newest), lastKey)
      return { ended: last.ended, line: last.summary, exchanges, entries }
    },
    speak: (dialect) => control.setSwitch('patch-dialect', dialect),
    async links() {
      const links = await records('provisioningLinks')
      return new Map(links.map((link) => [String(link['sourceId']), String(link['targetId'])]))
    },
  }
}

export async function join(graph: CallJson, groupId: string, memberId: string): Promise<void> {
  const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${memberId}` }
  await graph('POST', `/groups/${groupId}/members/$ref`, reference)
}
