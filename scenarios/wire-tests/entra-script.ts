import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { DOMAIN, type EntraStage } from './entra-stage.ts'

/** An administrator's script at work on the app Dialpad: Graph by client credentials, one line for each thing that is done. */

type Json = Record<string, unknown>

interface Row {
  targetAttributeName: string
  matchingPriority?: number
  flowType?: string
  defaultValue?: string | null
  source: Json
}

/** One object mapping as Graph shows it, to be changed in place. */
export interface EditableMapping {
  flowTypes: string
  enabled: boolean
  scope: unknown
  attributeMappings: Row[]
}

export interface EditableSchema {
  readonly users: EditableMapping
  readonly groups: EditableMapping
}

export interface EntraScript {
  call(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: Json }>
  idOf(handle: string): Promise<string>
  changeUser(handle: string, fields: Json): Promise<void>
  createUser(handle: string, fields?: Json): Promise<string>
  deleteUser(handle: string): Promise<string>
  join(groupId: string, memberId: string): Promise<void>
  leave(groupId: string, memberId: string): Promise<void>
  assign(principalId: string): Promise<void>
  unassign(principalId: string): Promise<void>
  createGroup(displayName: string): Promise<string>
  /** Change the mapping and save it: everybody is looked at anew. @throws when it is refused. */
  editSchema(change: (schema: EditableSchema) => void): Promise<void>
  restart(scope?: string): Promise<void>
  provisionOnDemand(handle: string): Promise<Json>
}

/** One clause in one scoping filter, in Graph's shape. */
export function onlyWhere(attribute: string, operator: string, ...values: readonly string[]): unknown {
  const clause = { operatorName: operator, sourceOperandName: attribute, targetOperand: { values } }
  return { groups: [{ name: 'Filter', clauses: [clause] }], inputFilterGroups: [], categoryFilterGroups: [] }
}

export async function openScript(stage: EntraStage): Promise<EntraScript> {
  const entraUrl = stage.urls['entra'] ?? ''
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

  const call: EntraScript['call'] = async (method, path, body) => {
    const response = await fetch(`${entraUrl}/v1.0${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json) }
  }
  const must = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const result = await call(method, path, body)
    if (result.status >= 300) throw new Error(`${method} ${path}: ${result.status} ${JSON.stringify(result.body)}`)
    return result.body
  }

  const appAt = async () => `/servicePrincipals/${await stage.appId()}`
  const jobAt = async () => {
    const [job] = await stage.records('provisioningJobs')
    return `${await appAt()}/synchronization/jobs/${job?.['id']}`
  }
  const idOf: EntraScript['idOf'] = async (handle) => String((await must('GET', `/users/${handle}@${DOMAIN}`))['id'])

  interface SchemaDocument {
    readonly synchronizationRules: readonly {
      readonly id: string
      readonly objectMappings: readonly EditableMapping[]
    }[]
  }
  const readSchema = async () => (await must('GET', `${await jobAt()}/schema`)) as unknown as SchemaDocument

  return {
    call,
    idOf,
    async changeUser(handle, fields) {
      await must('PATCH', `/users/${handle}@${DOMAIN}`, fields)
    },
    async createUser(handle, fields = {}) {
      const made = await must('POST', '/users', {
        accountEnabled: true,
        displayName: handle,
        mailNickname: handle,
        userPrincipalName: `${handle}@${DOMAIN}`,
        passwordProfile: { password: 'A long enough 1st password' },
        ...fields,
      })
      return String(made['id'])
    },
    async deleteUser(handle) {
      const id = await idOf(handle)
      await must('DELETE', `/users/${id}`)
      return id
    },
    async join(groupId, memberId) {
      await must('POST', `/groups/${groupId}/members/$ref`, {
        '@odata.id': `${entraUrl}/v1.0/directoryObjects/${memberId}`,
      })
    },
    async leave(groupId, memberId) {
      await must('DELETE', `/groups/${groupId}/members/${memberId}/$ref`)
    },
    async assign(principalId) {
      const app = await stage.appId()
      await must('POST', `/servicePrincipals/${app}/appRoleAssignedTo`, {
        principalId,
        resourceId: app,
        appRoleId: '00000000-0000-0000-0000-000000000000',
      })
    },
    async unassign(principalId) {
      const at = `${await appAt()}/appRoleAssignedTo`
      const { value } = (await must('GET', at)) as { value: Json[] }
      for (const held of value.filter((each) => each['principalId'] === principalId)) {
        await must('DELETE', `${at}/${held['id']}`)
      }
    },
    async createGroup(displayName) {
      const made = await must('POST', '/groups', {
        displayName,
        mailEnabled: false,
        mailNickname: displayName.replaceAll(' ', ''),
        securityEnabled: true,
      })
      return String(made['id'])
    },
    async editSchema(change) {
      const schema = await readSchema()
      const [users, groups] = schema.synchronizationRules[0]?.objectMappings ?? []
      if (users === undefined || groups === undefined) throw new Error('The schema has no mapping of users and groups.')
      change({ users, groups })
      await must('PUT', `${await jobAt()}/schema`, schema)
    },
    async restart(scope) {
      await must('POST', `${await jobAt()}/restart`, scope === undefined ? {} : { criteria: { resetScope: scope } })
      await stage.advance('PT1S')
    },
    async provisionOnDemand(handle) {
      const [rule] = (await readSchema()).synchronizationRules
      const subjects = [{ objectId: await idOf(handle), objectTypeName: 'User' }]
      const { value } = await must('POST', `${await jobAt()}/provisionOnDemand`, {
        parameters: [{ ruleId: rule?.id, subjects }],
      })
      const [entry] = JSON.parse(String(value)) as Json[]
      return entry ?? {}
    },
  }
}
