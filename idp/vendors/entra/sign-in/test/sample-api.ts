import { createServicePrincipal } from '#idp/core/directory/applications.ts'
import type { Application } from '#idp/core/directory/records.ts'
import { guidOf } from '#kit/ids.ts'
import { type RunningEntra, SAMPLE, TENANT } from './start-entra.ts'

/** An API of the tenant's own, with two scopes and two roles, and what stands for it in the tenant. */
export const API = {
  appId: '7c1f0a52-9b7e-4e0d-8d0a-3f6a1c2b9e44',
  uri: 'api://orders.brightwave.example',
  principalId: guidOf('test/orders/principal'),
} as const

export const READ = `${API.uri}/orders.read`

/** Register it; everybody may read for themselves, only administrators let write. */
export async function exposeApi({ system }: RunningEntra, values: Partial<Application> = {}): Promise<void> {
  const sample = applicationOf({ system }, SAMPLE.appId)
  const scope = (value: string, type: 'User' | 'Admin') => ({
    id: guidOf(`test/orders/${value}`),
    value,
    type,
    isEnabled: true,
    adminConsentDisplayName: `May ${value}`,
    adminConsentDescription: `May ${value}.`,
  })
  const role = (value: string, allowedMemberTypes: readonly ('User' | 'Application')[]) => ({
    id: guidOf(`test/orders/role/${value}`),
    value,
    displayName: value,
    description: value,
    isEnabled: true,
    allowedMemberTypes,
  })
  const api: Application = {
    ...sample,
    id: guidOf('test/orders'),
    appId: API.appId,
    displayName: 'Orders',
    web: { redirectUris: [] },
    secrets: [],
    requiredScopes: [],
    identifierUris: [API.uri],
    api: {
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: [scope('orders.read', 'User'), scope('orders.write', 'Admin')],
      preAuthorizedApplications: [],
    },
    appRoles: [role('Orders.Approve', ['User']), role('Orders.Sync', ['Application'])],
    ...values,
  }
  const clock = system.clock.iso()
  await system.store.transact((tx) => {
    tx.put('applications', api.id, api)
    createServicePrincipal(tx, { id: API.principalId, now: clock, tenantId: TENANT, appId: API.appId })
  })
}

/** Consent to scopes of the API: of one person, or of the organization. */
export async function consentToApi(
  { system }: Pick<RunningEntra, 'system'>,
  clientAppId: string,
  scopes: readonly string[],
  principalId?: string,
): Promise<void> {
  const [client] = system.store.find('servicePrincipals', 'appId', `${TENANT}/${clientAppId}`)
  const id = guidOf(`test/grant/${clientAppId}/${principalId ?? 'all'}`)
  await system.store.transact((tx) =>
    tx.put('permissionGrants', id, {
      id,
      tenantId: TENANT,
      clientId: client?.id ?? '',
      consentType: principalId === undefined ? 'AllPrincipals' : 'Principal',
      ...(principalId === undefined ? {} : { principalId }),
      resourceId: API.principalId,
      scope: scopes.join(' '),
      createdDateTime: system.clock.iso(),
    }),
  )
}

/** The registration with this client id, as it is now. @throws when there is none. */
export function applicationOf({ system }: Pick<RunningEntra, 'system'>, appId: string): Application {
  const [application] = system.store.find('applications', 'appId', appId)
  if (application === undefined) throw new Error('The world has changed.')
  return application
}

/** Change a registration. @returns how to change it back. */
export async function changeApplication(
  entra: Pick<RunningEntra, 'system'>,
  appId: string,
  values: Partial<Application>,
): Promise<() => Promise<void>> {
  const before = applicationOf(entra, appId)
  const put = (next: Application) => entra.system.store.transact((tx) => tx.put('applications', next.id, next))
  await put({ ...before, ...values })
  return async () => {
    await put(before)
  }
}

/** Object id of a person. */
export function idOf({ system }: Pick<RunningEntra, 'system'>, email: string): string {
  return system.store.find('users', 'userPrincipalName', email)[0]?.id ?? ''
}
