import type { DirectoryUser } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../../collections.ts'
import type { GraphPlace } from '../graph-call.ts'
import { missing } from '../graph-error.ts'

/** The person of the tenant with that id or user principal name. @throws {GraphError} `Request_ResourceNotFound`. */
export function userNamed(reader: EntraReader, { tenant }: Pick<GraphPlace, 'tenant'>, name: string): DirectoryUser {
  const key = name.toLowerCase()
  const user = reader.get('users', key) ?? reader.find('users', 'userPrincipalName', key)[0]
  if (user === undefined || user.tenantId !== tenant.id || user.deletedDateTime !== undefined) throw missing(name)
  return user
}
