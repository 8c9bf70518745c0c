import { randomUUID } from 'node:crypto'
import { apiNameOf, applicationByAppId, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { Application, ServicePrincipal } from '#idp/core/directory/records.ts'
import { knownPermissions } from '../commands/application-permissions.ts'
import { type AadstsCode, type AadstsError, aadsts } from './aadsts.ts'
import { judgeAudience } from './access.ts'
import { issuerOf } from './tenancy.ts'
import type { TokenDeps, TokenRequest } from './token-request.ts'
import { PROOF_CODES } from './tokens/access-token-claims.ts'
import { clientOf, proveClient } from './tokens/client-proof.ts'
import { apiInTenant, GRAPH_RESOURCE, type Resource, resourceIssuerOf, resourceNamed } from './tokens/resources.ts'
import { firstTokenAnswer } from './version-one/answers.ts'

/** Wall seconds a token of an application lives. */
const LIFE_SECONDS = 3600

export type ApplicationGrant =
  | { readonly kind: 'granted'; readonly answer: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly error: AadstsError }

/**
 * The client credentials grant (RFC 6749 §4.4) as the service has it: one scope, `{resource}/.default`, which stands for every
 * application permission an administrator has consented to. They travel as `roles`; a token keeps them until it expires.
 * The resource is Graph, by its own name or by the address at which it answers here, or another application's API.
 */
export async function grantToApplication(
  { system, oidc, wallNowMs }: TokenDeps,
  { realm, version, given, authorization, origin }: TokenRequest,
): Promise<ApplicationGrant> {
  const { store, clock } = system
  const refuse = (code: AadstsCode, values: Readonly<Record<string, string>> = {}): ApplicationGrant => ({
    kind: 'refused',
    error: aadsts(clock, code, { tenant: realm.segment, ...values }),
  })
  const credentials = clientOf(given, authorization)
  const { clientId } = credentials
  if (clientId === '') return refuse(900144, { name: 'client_id' })
  if (realm.kind !== 'tenant') return refuse(50059)
  const application = applicationByAppId(store, clientId)
  const audience = judgeAudience(application, realm)
  if (application === undefined || audience.kind === 'refused') return refuse(700016, { clientId })
  if (origin !== undefined) return refuse(9002326, { origin })

  const scope = given.get('scope')
  if (scope === null || scope.trim() === '') return refuse(900144, { name: version === 1 ? 'resource' : 'scope' })
  const [only = '', ...others] = scope.trim().split(/\s+/)
  if (others.length > 0) return refuse(70011, { scope })
  if (!only.toLowerCase().endsWith('/.default')) return refuse(1002012, { scope })
  const named = only.slice(0, -'/.default'.length)
  const resource = resourceNamed(system, named)
  if (resource === undefined) return refuse(500011, { resource: named })

  const proof = await proveClient(system, application, credentials, 'confidential', wallNowMs())
  if (proof.kind === 'refused') return refuse(proof.code, proof.values)

  const principal = servicePrincipalByAppId(store, realm.tenant.id, clientId)
  if (principal === undefined) return refuse(7000229, { clientId })
  if (!principal.accountEnabled) return refuse(7000112, { clientId, app: application.displayName })
  const api = resource.kind === 'graph' ? undefined : apiInTenant(store, resource.application, realm.tenant.id)
  if (resource.kind === 'api') {
    if (api === undefined) return refuse(500011, { resource: named })
    if (!api.accountEnabled) return refuse(500014, { resource: named })
  }
  const roles = rolesAt(resource, principal)
  if (api?.appRoleAssignmentRequired && roles.length === 0) {
    return refuse(501051, { clientId, app: application.displayName, resource: named })
  }
  const token = await oidc.signToken(
    {
      ...headOf(system.origin, realm.tenant.id, resource, application, PROOF_CODES[proof.by]),
      idtyp: 'app',
      oid: principal.id,
      ...(roles.length === 0 && resource.kind === 'api' ? {} : { roles }),
      sub: principal.id,
      tid: realm.tenant.id,
      uti: randomUUID(),
    },
    LIFE_SECONDS,
  )
  const answer = {
    token_type: 'Bearer',
    expires_in: LIFE_SECONDS - 1,
    ext_expires_in: LIFE_SECONDS - 1,
    access_token: token,
  }
  return { kind: 'granted', answer: version === 1 ? firstTokenAnswer(answer, given.get('resource') ?? named) : answer }
}

/** What an administrator has let the application do at the resource by itself. */
function rolesAt(resource: Resource, { applicationPermissions = [] }: ServicePrincipal): readonly string[] {
  if (resource.kind === 'graph') return knownPermissions(applicationPermissions)
  const front = `${apiNameOf(resource.application)}/`
  const isOffered = (value: string): boolean =>
    resource.application.appRoles.some((role) => role.isEnabled && role.value === value)
  return applicationPermissions
    .filter((permission) => permission.startsWith(front))
    .map((permission) => permission.slice(front.length))
    .filter(isOffered)
}

/** Audience, issuer and client, in the version the resource accepts. */
function headOf(
  origin: string,
  tenantId: string,
  resource: Resource,
  { appId, displayName }: Application,
  proofCode: string,
): Readonly<Record<string, unknown>> {
  if (resource.kind === 'api' && resource.application.api?.requestedAccessTokenVersion === 2) {
    const issuer = issuerOf(origin, tenantId)
    return { aud: resource.application.appId, iss: issuer, azp: appId, azpacr: proofCode, ver: '2.0' }
  }
  const issuer = resourceIssuerOf(tenantId)
  return {
    aud: resource.kind === 'graph' ? GRAPH_RESOURCE : resource.named,
    iss: issuer,
    app_displayname: displayName,
    appid: appId,
    appidacr: proofCode,
    idp: issuer,
    ver: '1.0',
  }
}
