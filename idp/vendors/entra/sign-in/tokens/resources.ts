import { apiNameOf, applicationByAppId, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { Application, ServicePrincipal } from '#idp/core/directory/records.ts'
import type { EntraReader, EntraSystem } from '../../collections.ts'

/** Graph, by its address and by its id. */
export const GRAPH_RESOURCE = 'https://graph.microsoft.com'
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000'

/** What an access token is for: Graph, or the API an application exposes. */
export type Resource =
  | { readonly kind: 'graph' }
  | {
      readonly kind: 'api'
      readonly application: Application
      /** As the request named it: the audience of a version 1.0 token. */
      readonly named: string
    }

export const GRAPH: Resource = { kind: 'graph' }

/** Issuer of tokens for resources: a name nobody fetches, so it is the real one. */
export function resourceIssuerOf(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`
}

/**
 * The resource of that name: Graph by its address, the one here or the real one, or its id; another application's API by an Application ID URI, by `api://` and its client id,
 * or by its client id alone. Compared without case and without a slash at the end. `undefined` when there is none.
 */
export function resourceNamed(
  { store, origin }: Pick<EntraSystem, 'store' | 'origin'>,
  given: string,
): Resource | undefined {
  const named = given.replace(/\/$/, '')
  const name = named.toLowerCase()
  if (name === GRAPH_RESOURCE || name === GRAPH_APP_ID || name === origin.toLowerCase()) return GRAPH
  const application = apiNamed(store, name)
  return application === undefined || application.firstParty ? undefined : { kind: 'api', application, named }
}

/** The application whose API has that name. */
export function apiNamed(reader: EntraReader, name: string): Application | undefined {
  const lower = name.toLowerCase()
  const [application] = reader.find('applications', 'identifierUri', lower)
  return application ?? applicationByAppId(reader, lower.replace(/^api:\/\//, ''))
}

/** How requests name a resource. */
export function addressOf(resource: Resource): string {
  if (resource.kind === 'graph') return GRAPH_RESOURCE
  return resource.named === '' ? apiNameOf(resource.application) : resource.named
}

/** Whether two are the same resource. */
export function isSameResource(one: Resource, other: Resource): boolean {
  return one.kind === 'graph' || other.kind === 'graph'
    ? one.kind === other.kind
    : one.application.appId === other.application.appId
}

/** What stands for an API in a tenant; `undefined` when the tenant does not have it. */
export function apiInTenant(
  reader: EntraReader,
  application: Application,
  tenantId: string,
): ServicePrincipal | undefined {
  return servicePrincipalByAppId(reader, tenantId, application.appId)
}
