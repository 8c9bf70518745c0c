import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type { EntraSystem } from '../../collections.ts'
import { type AadstsCode, type AadstsError, aadsts } from '../aadsts.ts'
import { judgeAudience } from '../access.ts'
import { CORRELATION, correlationId } from '../correlation.ts'
import type { Realm } from '../tenancy.ts'
import { readScopes, unlistedResource } from '../tokens/resource-scopes.ts'
import type { EndpointVersion } from '../version-one/resource-request.ts'
import { DEVICE_REALM } from './device-policy.tsx'

/** What becomes of a device's request before the provider sees it. */
export type DeviceReading =
  | { readonly kind: 'proceed'; readonly params: URLSearchParams }
  | { readonly kind: 'refused'; readonly error: AadstsError }

/**
 * Check a device authorization request (RFC 8628 §3.1): the application, and the scopes, which come out as the directory writes them. Whether
 * the application may do without a secret is judged when the device comes for its tokens.
 *
 * @param given In the words of version 2, whichever endpoint was asked.
 */
export function readDeviceRequest(
  system: Pick<EntraSystem, 'store' | 'clock' | 'origin'>,
  realm: Realm,
  given: URLSearchParams,
  version: EndpointVersion,
): DeviceReading {
  const refuse = (code: AadstsCode, values: Readonly<Record<string, string>> = {}): DeviceReading => ({
    kind: 'refused',
    error: aadsts(system.clock, code, { tenant: realm.segment, ...values }),
  })
  const clientId = given.get('client_id') ?? ''
  if (clientId === '') return refuse(900144, { name: 'client_id' })
  const application = applicationByAppId(system.store, clientId)
  const audience = judgeAudience(application, realm)
  if (application === undefined || audience.kind === 'refused') {
    const code = audience.kind === 'refused' ? audience.code : 700016
    return refuse(code, { clientId, app: application?.displayName ?? '' })
  }
  const scope = given.get('scope') ?? ''
  if (scope.trim() === '') return refuse(900144, { name: 'scope' })
  const reading = readScopes(system, scope, application)
  if (reading.kind === 'refused') return refuse(reading.code, { clientId, ...reading.values })
  const unlisted = version === 1 ? unlistedResource(application, reading.resources) : undefined
  if (unlisted !== undefined) return refuse(650057, unlisted)
  return {
    kind: 'proceed',
    params: new URLSearchParams({
      client_id: clientId,
      client_secret: 'judged',
      scope: reading.scopes.join(' '),
      [CORRELATION]: correlationId(),
      ...(realm.kind === 'tenant' ? { [DEVICE_REALM]: realm.segment } : {}),
    }),
  }
}
