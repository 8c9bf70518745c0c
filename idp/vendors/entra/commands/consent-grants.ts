import { createServicePrincipal, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import { grantPermissions } from '#idp/core/directory/grants.ts'
import type { Application, OAuth2PermissionGrant, ServicePrincipal } from '#idp/core/directory/records.ts'
import type { Clock } from '#kit/clock.ts'
import { Refusal } from '#kit/http/errors.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import { appTarget, recordAudit } from '../audit/record-audit.ts'
import type { AuditInitiator } from '../audit/records.ts'
import type { EntraWriter } from '../collections.ts'
import { apiNamed } from '../sign-in/tokens/resources.ts'

/** Somebody consents, within a transaction. */
export interface Consenting {
  readonly tx: EntraWriter
  readonly clock: Pick<Clock, 'iso'>
  readonly tenantId: string
  readonly initiatedBy: AuditInitiator
}

/** The app in the tenant; it comes in by the first consent. */
export function principalFor(
  { tx, clock, tenantId, initiatedBy }: Consenting,
  { appId }: Pick<Application, 'appId'>,
): { readonly principal: ServicePrincipal; readonly isNew: boolean } {
  const found = servicePrincipalByAppId(tx, tenantId, appId)
  if (found !== undefined) return { principal: found, isNew: false }
  const principal = createServicePrincipal(tx, { id: guidOf(nextIdSeed(tx)), now: clock.iso(), tenantId, appId })
  recordAudit(tx, clock, {
    tenantId,
    activity: 'Add service principal',
    initiatedBy,
    targets: [appTarget(principal)],
  })
  return { principal, isNew: true }
}

/**
 * Record a consent to delegated permissions of any number of APIs, one grant for each; what was granted before stays.
 *
 * @param names As registrations write them.
 * @param principalId The person who consents for themselves; absent: for everybody.
 * @returns the grants, Graph's first.
 * @throws {Refusal} `unknown_api` (422) for an API that is not among the tenant's enterprise apps and cannot come in.
 */
export function grantScopes(
  consenting: Consenting,
  client: ServicePrincipal,
  names: readonly string[],
  principalId?: string,
): readonly OAuth2PermissionGrant[] {
  const { tx, clock, tenantId } = consenting
  const byResource = new Map<string | undefined, string[]>()
  for (const name of names) {
    const cut = name.lastIndexOf('/')
    const resourceId = cut === -1 ? undefined : resourceOf(consenting, name.slice(0, cut)).id
    byResource.set(resourceId, [...(byResource.get(resourceId) ?? []), name.slice(cut + 1)])
  }
  return [...byResource]
    .toSorted(([one], [other]) => Number(one !== undefined) - Number(other !== undefined))
    .map(([resourceId, scopes]) =>
      grantPermissions(tx, {
        id: guidOf(nextIdSeed(tx)),
        now: clock.iso(),
        tenantId,
        clientId: client.id,
        scopes,
        ...(principalId === undefined ? {} : { principalId }),
        ...(resourceId === undefined ? {} : { resourceId }),
      }),
    )
}

/** The event of a consent. */
export function auditConsent(
  { tx, clock, tenantId, initiatedBy }: Consenting,
  client: ServicePrincipal,
  { onBehalfOfAll, permissions }: { readonly onBehalfOfAll: boolean; readonly permissions: readonly string[] },
): void {
  const property = (name: string, value: unknown) => ({ name, oldValue: null, newValue: JSON.stringify(value) })
  const modified = [
    property('ConsentContext.OnBehalfOfAll', onBehalfOfAll),
    property('ConsentAction.Permissions', permissions.join(' ')),
  ]
  const targets = [appTarget(client, modified)]
  recordAudit(tx, clock, { tenantId, activity: 'Consent to application', initiatedBy, targets })
}

/** What stands for an API in the tenant; that of an API offered to every organization comes in with the consent to it. */
function resourceOf(consenting: Consenting, name: string): ServicePrincipal {
  const api = apiNamed(consenting.tx, name)
  const isReachable = api?.signInAudience === 'AzureADMultipleOrgs' || api?.tenantId === consenting.tenantId
  if (api !== undefined && isReachable) return principalFor(consenting, api).principal
  throw new Refusal('unknown_api', 422, `The API ${name} is not among the enterprise apps of the tenant.`, {
    hint: 'Register the API in this organization, or let its publisher offer it to any organization.',
  })
}
