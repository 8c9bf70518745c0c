import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type { Application } from '#idp/core/directory/records.ts'
import type { EntraSystem } from '../../collections.ts'
import { type AadstsCode, type AadstsError, aadsts, descriptionOf } from '../aadsts.ts'
import { judgeAudience } from '../access.ts'
import { refuseRealm } from '../authorize.tsx'
import { isReplyAddress, replyAddressesOf } from '../reply-addresses.ts'
import type { Realm } from '../tenancy.ts'
import { readScopes, scopesFor } from '../tokens/resource-scopes.ts'
import { GRAPH_RESOURCE } from '../tokens/resources.ts'

/** What an application asks an administrator for, by a link. */
export interface AdminConsentRequest {
  readonly kind: 'ask'
  readonly application: Application
  readonly redirectUri: string
  readonly state: string | undefined
  /** Delegated permissions, as registrations write them. */
  readonly delegated: readonly string[]
  /** Application permissions: only `.default` brings them. */
  readonly roles: readonly string[]
}

export type AdminConsentReading =
  | AdminConsentRequest
  /** Shown to the person: the address to answer at is not to be trusted. */
  | { readonly kind: 'page'; readonly error: AadstsError }
  /** Told to the application. */
  | {
      readonly kind: 'answer'
      readonly redirectUri: string
      readonly state: string | undefined
      readonly error: AadstsError
    }

/**
 * Read a request for admin consent (`/{tenant}/v2.0/adminconsent`, and `/{tenant}/adminconsent`, which names no scope and asks for everything
 * registered). In the order of an authorization request: tenant, application, reply address, which show a page; then what is asked for, which
 * is told to the application.
 */
export function readAdminConsent(
  system: Pick<EntraSystem, 'store' | 'clock' | 'urls' | 'origin'>,
  realm: Realm,
  version: 1 | 2,
  given: URLSearchParams,
): AdminConsentReading {
  const page = (code: AadstsCode, values: Readonly<Record<string, string>> = {}): AdminConsentReading => ({
    kind: 'page',
    error: aadsts(system.clock, code, { tenant: realm.segment, ...values }),
  })
  const refusedRealm = refuseRealm(system, realm)
  if (refusedRealm !== undefined) return { kind: 'page', error: refusedRealm }
  const clientId = given.get('client_id') ?? ''
  if (clientId === '') return page(900144, { name: 'client_id' })
  const application = applicationByAppId(system.store, clientId)
  const audience = judgeAudience(application, realm)
  if (application === undefined || audience.kind === 'refused') {
    const app = application?.displayName ?? ''
    return page(audience.kind === 'refused' ? audience.code : 700016, { clientId, app })
  }
  const redirectUri = given.get('redirect_uri') ?? replyAddressesOf(application)[0]
  if (redirectUri === undefined) return page(900971)
  if (!isReplyAddress(application, redirectUri, system.urls)) return page(50011, { clientId, redirectUri })

  const state = given.get('state') ?? undefined
  const answer = (code: AadstsCode, values: Readonly<Record<string, string>>): AdminConsentReading => ({
    kind: 'answer',
    redirectUri,
    state,
    error: aadsts(system.clock, code, values),
  })
  const asked = { kind: 'ask', application, redirectUri, state } as const
  if (version === 1) {
    return { ...asked, delegated: application.requiredScopes, roles: application.requiredRoles ?? [] }
  }
  const scope = given.get('scope')?.trim() ?? ''
  if (scope === '') return answer(900144, { name: 'scope' })
  const reading = readScopes(system, scope, application)
  if (reading.kind === 'refused') {
    return answer(reading.code, { clientId, tenant: realm.segment, ...reading.values })
  }
  const roles = reading.resources
    .filter(({ isDefault }) => isDefault)
    .flatMap(({ resource }) => scopesFor(resource, application.requiredRoles ?? []))
  if (reading.scopes.length + roles.length === 0) return answer(70011, { scope })
  return { ...asked, delegated: reading.scopes, roles }
}

/** Where the browser goes once the administrator has granted what was asked for. */
export function grantedAddress(
  { redirectUri, state }: Pick<AdminConsentRequest, 'redirectUri' | 'state'>,
  tenantId: string,
  granted: readonly string[],
): string {
  const scope = granted.map((name) => (name.includes('/') ? name : `${GRAPH_RESOURCE}/${name}`)).join(' ')
  return addressWith(redirectUri, { admin_consent: 'True', tenant: tenantId, scope, state })
}

/** Where the browser goes when nothing was granted. */
export function refusedAddress(
  { redirectUri, state }: Pick<AdminConsentRequest, 'redirectUri' | 'state'>,
  error: AadstsError,
): string {
  const subcode = error.code === 65004 ? 'cancel' : undefined
  return addressWith(redirectUri, {
    error: error.error,
    error_subcode: subcode,
    error_description: descriptionOf(error),
    state,
  })
}

function addressWith(redirectUri: string, members: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(members)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}
