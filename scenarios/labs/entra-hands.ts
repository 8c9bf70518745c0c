import { at, type Bench, type Fields } from './bench.ts'

/** An administrator's script at work on the app Dialpad in Entra: a line for each thing that is done. */

interface Row {
  targetAttributeName: string
  matchingPriority?: number
  source: Record<string, unknown>
}

/** The mapping of people as the directory's API shows it, to be changed in place. */
export interface EditableMapping {
  flowTypes: string
  scope: unknown
  attributeMappings: Row[]
}

interface SchemaDocument {
  readonly synchronizationRules: readonly { readonly objectMappings: readonly EditableMapping[] }[]
}

const DEFAULT_ACCESS = '00000000-0000-0000-0000-000000000000'

async function appPath(bench: Bench): Promise<string> {
  const app = (await bench.records('entra', 'servicePrincipals')).find(({ templateId }) => templateId === 'dialpad')
  return `/servicePrincipals/${app?.['id']}`
}

async function jobPath(bench: Bench): Promise<string> {
  const [job] = await bench.records('entra', 'provisioningJobs')
  return `${await appPath(bench)}/synchronization/jobs/${job?.['id']}`
}

export async function userId(bench: Bench, handle: string): Promise<string> {
  return String((await bench.graph('GET', `/users/${at(handle)}`))['id'])
}

export async function groupId(bench: Bench, name: string): Promise<string> {
  const group = (await bench.records('entra', 'groups')).find(({ displayName }) => displayName === name)
  return String(group?.['id'])
}

export async function changeUser(bench: Bench, handle: string, fields: Fields): Promise<void> {
  await bench.graph('PATCH', `/users/${at(handle)}`, fields)
}

export async function join(bench: Bench, group: string, handle: string): Promise<void> {
  await joinGroup(bench, await groupId(bench, group), await userId(bench, handle))
}

export async function joinGroup(bench: Bench, group: string, memberId: string): Promise<void> {
  const member = { '@odata.id': `${bench.urls.entra}/v1.0/directoryObjects/${memberId}` }
  await bench.graph('POST', `/groups/${group}/members/$ref`, member)
}

export async function leave(bench: Bench, group: string, handle: string): Promise<void> {
  await bench.graph('DELETE', `/groups/${await groupId(bench, group)}/members/${await userId(bench, handle)}/$ref`)
}

export async function assign(bench: Bench, principalId: string): Promise<void> {
  const app = await appPath(bench)
  const resourceId = app.split('/')[2]
  await bench.graph('POST', `${app}/appRoleAssignedTo`, { principalId, resourceId, appRoleId: DEFAULT_ACCESS })
}

export async function unassign(bench: Bench, principalId: string): Promise<void> {
  const path = `${await appPath(bench)}/appRoleAssignedTo`
  const { value } = (await bench.graph('GET', path)) as { readonly value: readonly Fields[] }
  for (const held of value.filter((each) => each['principalId'] === principalId)) {
    await bench.graph('DELETE', `${path}/${held['id']}`)
  }
}

/** Change the mapping of people and save it: everybody is looked at anew. */
export async function editMapping(bench: Bench, change: (users: EditableMapping) => void): Promise<void> {
  const path = `${await jobPath(bench)}/schema`
  const schema = (await bench.graph('GET', path)) as unknown as SchemaDocument
  const users = schema.synchronizationRules[0]?.objectMappings[0]
  if (users === undefined) throw new Error('The schema has no mapping of people.')
  change(users)
  await bench.graph('PUT', path, schema)
  await bench.pass('PT1S')
}

/** One clause in one scoping filter. */
export function onlyWhere(attribute: string, value: string): unknown {
  const clause = { operatorName: 'EQUALS', sourceOperandName: attribute, targetOperand: { values: [value] } }
  return { groups: [{ name: 'Telephony', clauses: [clause] }], inputFilterGroups: [], categoryFilterGroups: [] }
}

/** Save the credentials: as they are given, without trying them. */
export async function saveCredentials(bench: Bench, url: string, token: string): Promise<void> {
  await bench.graph('PUT', `${await appPath(bench)}/synchronization/secrets`, {
    value: [
      { key: 'BaseAddress', value: url },
      { key: 'SecretToken', value: token },
    ],
  })
}

export async function start(bench: Bench): Promise<void> {
  await bench.graph('POST', `${await jobPath(bench)}/start`, {})
  await bench.pass('PT1S')
}

export async function stop(bench: Bench): Promise<void> {
  await bench.graph('POST', `${await jobPath(bench)}/pause`, {})
}

/** Begin again from the start; a quarantine is over. */
export async function restart(bench: Bench, scope = 'Watermark, Escrows, QuarantineState'): Promise<void> {
  await bench.graph('POST', `${await jobPath(bench)}/restart`, { criteria: { resetScope: scope } })
  await bench.pass('PT1S')
}

export async function provisionOnDemand(bench: Bench, handle: string): Promise<void> {
  const path = await jobPath(bench)
  const schema = (await bench.graph('GET', `${path}/schema`)) as { synchronizationRules: readonly Fields[] }
  const subjects = [{ objectId: await userId(bench, handle), objectTypeName: 'User' }]
  await bench.graph('POST', `${path}/provisionOnDemand`, {
    parameters: [{ ruleId: schema.synchronizationRules[0]?.['id'], subjects }],
  })
}

const TENANT_URL = 'https://dialpad.com/scim'

/** A new key of Dialpad in Entra, and provisioning begun again. */
export async function giveNewKey(bench: Bench): Promise<void> {
  const { secret } = (await bench.control.dialpad.call('POST', '/api-keys', { name: 'Entra, new key' })) as {
    readonly secret: string
  }
  await saveCredentials(bench, TENANT_URL, secret)
  await restart(bench)
}
