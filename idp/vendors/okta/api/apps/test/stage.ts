import { openScimTarget, type ScimTarget } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import type { Answer } from '#kit/test/call.ts'
import { oktaUserIdOf } from '../../../world.ts'
import { type RunningApi, startApi } from '../../test/start-api.ts'

export type Json = Record<string, unknown>

/** The org, a script, and a SCIM server that stands in for the app and shares no code with this project. */
export interface ScriptStage {
  readonly api: RunningApi
  readonly target: ScimTarget
  /** A call that must succeed. @returns its body; `{}` without one. */
  done(method: string, path: string, body?: object): Promise<Json>
  /** The same for a list. */
  list(path: string): Promise<Json[]>
  /** A call that must be refused: status, code, causes. */
  refused(method: string, path: string, body?: object, handle?: string): Promise<readonly unknown[]>
  /** A new Dialpad with that label; not connected. @returns its id. */
  add(label: string): Promise<string>
  /** The same, connected, user name format Email, these features on. */
  connect(label: string, capabilities?: object): Promise<string>
  /** Run the queue to its end. */
  run(): Promise<void>
  /** `METHOD path` of what the app saw since the last look. */
  sent(): readonly string[]
  close(): Promise<void>
}

/** Every capability of pushing people on. */
export const ALL_ON = {
  create: { lifecycleCreate: { status: 'ENABLED' } },
  update: {
    lifecycleDeactivate: { status: 'ENABLED' },
    profile: { status: 'ENABLED' },
    password: { status: 'ENABLED', seed: 'OKTA', change: 'CHANGE' },
  },
}

export async function openScriptStage(): Promise<ScriptStage> {
  const target = await openScimTarget()
  const api = await startApi('brightwave', new URL(target.url).origin)
  let looked = 0

  const ask = (method: string, path: string, body?: object): Promise<Answer> =>
    api.ask(method, `/api/v1${path}`, body === undefined ? {} : { body })
  const must = async (method: string, path: string, body?: object): Promise<Answer> => {
    const answer = await ask(method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    return answer
  }

  const stage: ScriptStage = {
    api,
    target,
    async done(method, path, body) {
      const answer = await must(method, path, body)
      return answer.text === '' ? {} : answer.json()
    },
    list: async (path) => JSON.parse((await must('GET', path)).text) as Json[],
    async refused(method, path, body, handle) {
      const options = {
        ...(body === undefined ? {} : { body }),
        ...(handle === undefined ? {} : { token: await api.token(handle) }),
      }
      const answer = await api.ask(method, `/api/v1${path}`, options)
      if (answer.status < 400) throw new Error(`${method} ${path} was not refused: ${answer.text}`)
      const { errorCode, errorCauses } = answer.json()
      return [answer.status, errorCode, ...(errorCauses as Json[]).map(({ errorSummary }) => errorSummary)]
    },
    async add(label) {
      const template = { template: `\${${'source.email'}}`, type: 'BUILT_IN' }
      const app = await stage.done('POST', '/apps', {
        name: 'dialpad',
        label,
        credentials: { userNameTemplate: template },
      })
      return String(app['id'])
    },
    async connect(label, capabilities = ALL_ON) {
      const id = await stage.add(label)
      const profile = { authScheme: 'TOKEN', token: TARGET_TOKEN }
      await stage.done('POST', `/apps/${id}/connections/default?activate=true`, { profile })
      await stage.done('PUT', `/apps/${id}/features/USER_PROVISIONING`, capabilities)
      stage.sent()
      return id
    },
    async run() {
      await fetch(`${api.origin}/_kit/jobs/run`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
    },
    sent() {
      const fresh = target.requests.slice(looked).map(({ method, url }) => `${method} ${decodeURIComponent(url)}`)
      looked = target.requests.length
      return fresh
    },
    async close() {
      await api.close()
      await target.close()
    },
  }
  return stage
}

/** Id of somebody of the cast. */
export const ID = oktaUserIdOf
