import { randomUUID } from 'node:crypto'
import { applicationByAppId, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { OidcService } from '#idp/protocols/oidc/service.ts'
import { hashSecret } from '#kit/secrets.ts'
import type { EntraSystem } from '../collections.ts'
import { knownPermissions } from '../commands/application-permissions.ts'
import { type AadstsCode, type AadstsError, aadsts } from './aadsts.ts'
import { judgeAudience } from './access.ts'
import type { Realm } from './tenancy.ts'
import { clientOf, judgeSecret } from './token-request.ts'

/** The resource of access tokens, by its address and by its id. */
export const GRAPH_RESOURCE = 'https://graph.microsoft.com'
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000'

/** Wall seconds a token of an application lives. */
const LIFE_SECONDS = 3600

/** Issuer of tokens for resources: a name nobody fetches, so it is the real one. */
export function resourceIssuerOf(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`
}

export type ApplicationGrant =
  | { readonly kind: 'granted'; readonly answer: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly error: AadstsError }

/**
 * The client credentials grant (RFC 6749 §4.4) as the service has it: one scope, `{resource}/.default`, which stands for every
 * application permission an administrator has consented to. They travel as `roles`; a token keeps them until it expires.
 * The resource is Graph, by its own name or by the address at which it answers here.
 */
export async function grantToApplication(
  { store, clock, origin }: EntraSystem,
  oidc: OidcService,
  realm: Realm,
  params: URLSearchParams,
  authorization: string | undefined,
): Promise<ApplicationGrant> {
  const refuse = (code: AadstsCode, values: Readonly<Record<string, string>> = {}): ApplicationGrant => ({
    kind: 'refused',
    error: aadsts(clock, code, { tenant: realm.segment, ...values }),
  })
  const { clientId, secret } = clientOf(params, authorization)
  if (clientId === '') return refuse(900144, { name: 'client_id' })
  if (realm.kind !== 'tenant') return refuse(50059)
  const application = applicationByAppId(store, clientId)
  const audience = judgeAudience(application, realm)
  if (application === undefined || audience.kind === 'refused') return refuse(700016, { clientId })

  const scope = params.get('scope')
  if (scope === null || scope.trim() === '') return refuse(900144, { name: 'scope' })
  const [only = '', ...others] = scope.trim().split(/\s+/)
  if (others.length > 0) return refuse(70011, { scope })
  if (!only.toLowerCase().endsWith('/.default')) return refuse(1002012, { scope })
  const resource = only.slice(0, -'/.default'.length).replace(/\/$/, '').toLowerCase()
  if (resource !== GRAPH_RESOURCE && resource !== GRAPH_APP_ID && resource !== origin.toLowerCase()) {
    return refuse(500011, { resource })
  }

  if (secret === undefined || application.secrets.length === 0) return refuse(7000218)
  const worn = judgeSecret(application, true, clock.iso())
  if (worn !== undefined) return refuse(worn, { clientId })
  const now = clock.iso()
  const digest = hashSecret(secret)
  const isRight = application.secrets.some(
    ({ hash, endDateTime }) => hash === digest && (endDateTime === undefined || endDateTime > now),
  )
  if (!isRight) return refuse(7000215, { clientId })

  const principal = servicePrincipalByAppId(store, realm.tenant.id, clientId)
  if (principal === undefined) return refuse(7000229, { clientId })
  if (!principal.accountEnabled) return refuse(7000112, { clientId, app: application.displayName })
  const issuer = resourceIssuerOf(realm.tenant.id)
  const token = await oidc.signToken(
    {
      aud: GRAPH_RESOURCE,
      iss: issuer,
      app_displayname: principal.displayName,
      appid: clientId,
      appidacr: '1',
      idp: issuer,
      idtyp: 'app',
      oid: principal.id,
      roles: knownPermissions(principal.applicationPermissions ?? []),
      sub: principal.id,
      tid: realm.tenant.id,
      uti: randomUUID(),
      ver: '1.0',
    },
    LIFE_SECONDS,
  )
  return {
    kind: 'granted',
    answer: {
      token_type: 'Bearer',
      expires_in: LIFE_SECONDS - 1,
      ext_expires_in: LIFE_SECONDS - 1,
      access_token: token,
    },
  }
}
