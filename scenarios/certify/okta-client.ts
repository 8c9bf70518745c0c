import { randomBytes } from 'node:crypto'
import { hashSecret } from '#kit/secrets.ts'
import { type CallJson, createCallJson, SetUpRefused } from './call-json.ts'
import type { ClientName, Exchange } from './certificate.ts'
import { type Course, pauseAsked } from './options.ts'
import type { Json } from './server-under-test.ts'
import { watchWire } from './wire.ts'

/** The engine of the Okta twin at work on the server, directed through the Management API and the control API. */

export interface OktaTask {
  readonly id: string
  readonly userId?: string
  readonly message: string
}

/** What came of running the queue. */
export interface Round {
  readonly exchanges: readonly Exchange[]
  /** Tasks opened by it. */
  readonly tasks: readonly OktaTask[]
}

export interface OktaClient {
  readonly api: CallJson
  readonly appId: string
  /** Save the API integration. @returns what the console shows when that fails. */
  connect(token: string): Promise<{ readonly problem?: string; readonly exchanges: readonly Exchange[] }>
  /** @returns the Okta id. */
  person(name: string, givenName: string, surname: string, more?: Json): Promise<string>
  group(name: string, memberIds: readonly string[]): Promise<string>
  assign(userId: string): Promise<void>
  unassign(userId: string): Promise<void>
  /** Run the queue until it is empty, waiting where the server asks for it. */
  run(): Promise<Round>
  /** Import everything there is. @returns how it ended, and ids of Okta of those that would be, or were, taken off the app. */
  importAll(): Promise<{ readonly state: string; readonly error?: string; readonly exchanges: readonly Exchange[] }>
  /** Ids in the server by Okta id, of people and of groups. */
  links(): Promise<ReadonlyMap<string, string>>
  /** Okta ids of those an import would not find. */
  missed(): Promise<readonly string[]>
  mappingOf(groupId: string): Promise<Json | undefined>
  /** "Push now" in the menu of a pushed group. */
  pushNow(groupName: string): Promise<void>
}

const ADMINISTRATOR = 'marta.silva@brightwave.example'
const ON = { status: 'ENABLED' }
const ALL_ON = {
  create: { lifecycleCreate: ON },
  update: { lifecycleDeactivate: ON, profile: ON, password: { ...ON, seed: 'OKTA', change: 'CHANGE' } },
}
const HOURLY = { importSettings: { schedule: { ...ON, fullImport: { expression: '0 * * * *' } } } }
const MOST_WAITS = 12

/** A token of an administrator's, put where the console would have put it. */
async function apiToken({ control }: Course): Promise<string> {
  const state = await control.state()
  const people = Object.values(state.collections['users'] ?? {}) as readonly Json[]
  const owner = people.find(({ profile }) => (profile as Json)['login'] === ADMINISTRATOR)
  const value = `00${randomBytes(30).toString('base64url')}`
  const id = '00Tcertify00000000a'
  const token = {
    id,
    name: 'certify',
    hash: hashSecret(value),
    ownerId: owner?.['id'],
    created: (await control.clock()).now,
  }
  const apiTokens = { ...state.collections['apiTokens'], [id]: token }
  await control.putState({ ...state, collections: { ...state.collections, apiTokens } })
  return value
}

/** The app of the wizard speaks as one of the catalog: PATCH where the catalog's client PATCHes. */
async function speakAsCatalogApp({ control }: Course, appId: string): Promise<void> {
  const state = await control.state()
  const apps = state.collections['apps'] ?? {}
  const app = apps[appId] as Json
  const provisioning = { ...(app['provisioning'] as Json), dialect: 'catalog' }
  const changed = { ...apps, [appId]: { ...app, provisioning } }
  await control.putState({ ...state, collections: { ...state.collections, apps: changed } })
}

/** An app of the org, not connected yet. */
export async function openOktaClient(course: Course, client: ClientName): Promise<OktaClient> {
  const { control, server, prefix, domain, pause } = course
  const api = createCallJson(`${control.origin}/api/v1`, `SSWS ${await apiToken(course)}`)
  const app = await api('POST', '/apps', { label: `${prefix} app` })
  const appId = String(app['id'])
  // The address is saved with the credentials; what an app of the catalog knows by itself is the same here.
  const isWizard = client === 'okta'
  const wire = watchWire(control, server.url)
  const records = async (name: string): Promise<readonly Json[]> =>
    Object.values((await control.state()).collections[name] ?? {}) as Json[]
  const seen = new Set<string>()

  return {
    api,
    appId,
    async connect(token) {
      try {
        // The wizard's header is sent as typed, the catalog's entry adds the scheme itself.
        const profile = { authScheme: 'TOKEN', token: `Bearer ${token}` }
        await api('POST', `/apps/${appId}/connections/default?activate=true`, { profile, baseUrl: server.url })
      } catch (error) {
        if (!(error instanceof SetUpRefused)) throw error
        const [cause] = (error.body['errorCauses'] as readonly Json[] | undefined) ?? []
        return { problem: String(cause?.['errorSummary'] ?? error.message), exchanges: await wire.take() }
      }
      if (!isWizard) {
        await speakAsCatalogApp(course, appId)
        const profile = { authScheme: 'TOKEN', token }
        await api('POST', `/apps/${appId}/connections/default?activate=true`, { profile })
      }
      await api('PUT', `/apps/${appId}/features/USER_PROVISIONING`, ALL_ON)
      return { exchanges: await wire.take() }
    },
    async person(name, firstName, lastName, more = {}) {
      const login = `${prefix}-${name}@${domain}`
      const profile = { login, email: login, firstName, lastName, displayName: `${firstName} ${lastName}`, ...more }
      const id = String((await api('POST', '/users?activate=false', { profile }))['id'])
      // Without the mail that asks them to choose a password.
      await api('POST', `/users/${id}/lifecycle/activate?sendEmail=false`, {})
      return id
    },
    async group(name, memberIds) {
      const { id } = await api('POST', '/groups', { profile: { name, description: '' } })
      for (const memberId of memberIds) await api('PUT', `/groups/${id}/users/${memberId}`)
      return String(id)
    },
    assign: async (id) => void (await api('POST', `/apps/${appId}/users`, { id, scope: 'USER' })),
    unassign: async (id) => void (await api('DELETE', `/apps/${appId}/users/${id}`)),
    async run() {
      const exchanges: Exchange[] = []
      for (let round = 0; round < MOST_WAITS; round += 1) {
        await control.call('POST', '/jobs/run', {})
        exchanges.push(...(await wire.take()))
        if ((await records('provisioningJobs')).length === 0) break
        await pause(pauseAsked(exchanges.findLast(({ status }) => status === 429)))
        // The queue's own waiting is virtual: however long it is, it is over.
        await control.moveClock({ advance: 'PT6M' })
        exchanges.push(...(await wire.take()))
      }
      const open = (await records('tasks')).filter(({ status, id }) => status === 'OPEN' && !seen.has(String(id)))
      for (const { id } of open) seen.add(String(id))
      return { exchanges, tasks: open as unknown as readonly OktaTask[] }
    },
    async importAll() {
      await api('PUT', `/apps/${appId}/features/INBOUND_PROVISIONING`, HOURLY)
      await control.moveClock({ advance: 'PT61M' })
      const exchanges = await wire.take()
      const run = (await records('importRuns')).find((each) => each['appId'] === appId)
      const error = run?.['error']
      return {
        state: String(run?.['state'] ?? 'NOT RUN'),
        exchanges,
        ...(error === undefined ? {} : { error: String(error) }),
      }
    },
    async links() {
      const people = (await records('appUsers')).filter((each) => each['appId'] === appId)
      const groups = (await records('groupPushMappings')).filter((each) => each['appId'] === appId)
      const pairs = [
        ...people.map((each) => [each['userId'], each['externalId']]),
        ...groups.map((each) => [each['groupId'], each['targetGroupId']]),
      ]
      return new Map(pairs.flatMap(([own, target]) => (target === undefined ? [] : [[String(own), String(target)]])))
    },
    async missed() {
      const run = (await records('importRuns')).find((each) => each['appId'] === appId)
      const held = new Set((run?.['heldBack'] as readonly string[] | undefined) ?? [])
      const rows = (await records('appUsers')).filter((each) => each['appId'] === appId)
      return rows.filter(({ id }) => held.has(String(id))).map(({ userId }) => String(userId))
    },
    pushNow: async (group) => void (await control.run('push-now', { group, app: `${prefix} app` })),
    mappingOf: async (groupId) =>
      (await records('groupPushMappings')).find((each) => each['groupId'] === groupId && each['appId'] === appId),
  }
}
