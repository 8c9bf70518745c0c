import type { Application, DirectoryUser } from '#idp/core/directory/records.ts'
import { ASSERTION_GRANT } from '#idp/protocols/oidc/assertion-grant.ts'
import type { OidcAuthentication } from '#idp/protocols/oidc/policy.ts'
import { judgeAccess } from './access.ts'
import { liveAccount } from './accounts.ts'
import type { TokenClient, TokenDeps, TokenExchange, TokenRequest } from './token-request.ts'
import { proveClient } from './tokens/client-proof.ts'
import { resourceNamed } from './tokens/resources.ts'
import { refused, type TokenRefusal } from './tokens/token-refusal.ts'
import { notesOf, readTokenResource } from './tokens/token-resource.ts'

/** The one use of an assertion there is. */
const ON_BEHALF_OF = 'on_behalf_of'

/** Fields a request has to have, in the order they are missed. */
const REQUIRED = ['requested_token_use', 'assertion', 'scope'] as const

/**
 * The on-behalf-of flow: an API that was called with a person's access token gets one for another API, in the name of the same person
 * and with what it was consented to itself. It proves itself as any confidential client does; the assertion has to be an access token of
 * a person, signed here, for this very application, not expired and not revoked.
 */
export async function judgeOnBehalfOf(
  deps: TokenDeps,
  request: TokenRequest,
  { application, credentials }: TokenClient,
): Promise<TokenExchange | TokenRefusal> {
  const { system, wallNowMs } = deps
  const { given, version, origin } = request
  if (origin !== undefined) return refused(9002326, { origin })
  const proof = await proveClient(system, application, credentials, 'confidential', wallNowMs())
  if (proof.kind === 'refused') return proof
  const missing = REQUIRED.find((name) => (given.get(name) ?? '').trim() === '')
  if (missing !== undefined) {
    return refused(900144, { name: version === 1 && missing === 'scope' ? 'resource' : missing })
  }
  if (given.get('requested_token_use') !== ON_BEHALF_OF) {
    return refused(9002313, { reason: "The 'requested_token_use' of an assertion is 'on_behalf_of'." })
  }
  if (given.has('requested_token_type')) {
    return refused(9002313, { reason: 'SAML assertions are not given out for an access token.' })
  }
  const subject = await readAssertion(deps, request, application)
  if (subject.kind === 'refused') return subject
  const { user } = subject
  const asked = readTokenResource(system, user, application, request, { scopes: [], isFirst: false })
  if (asked.kind === 'refused') return asked
  return {
    kind: 'proceed',
    tenantId: user.tenantId,
    params: new URLSearchParams({
      grant_type: ASSERTION_GRANT,
      client_id: application.appId,
      client_secret: 'judged',
    }),
    exchange: {
      clientProof: proof.by,
      mark: 'web',
      subject: { accountId: user.id, authentication: subject.authentication },
      scopes: asked.scopes,
      notes: notesOf(asked, request),
    },
  }
}

interface AssertionSubject {
  readonly kind: 'subject'
  readonly user: DirectoryUser
  /** How the person signed in, as far as the assertion tells: tokens of version 2.0 do not. */
  readonly authentication: OidcAuthentication
}

/** Whom the assertion stands for, who may still be given tokens for this application. */
async function readAssertion(
  { system, oidc }: TokenDeps,
  { realm, given }: TokenRequest,
  application: Application,
): Promise<AssertionSubject | TokenRefusal> {
  const assertion = given.get('assertion') ?? ''
  const clientId = application.appId
  const reading = await oidc.readToken(assertion)
  if (reading.kind === 'unreadable') return refused(50013, { reason: 'It is malformed.' })
  if (reading.kind === 'forged') return refused(50013, { reason: 'Its signature does not verify.' })
  if (reading.kind === 'expired') return refused(500133)
  const { claims } = reading
  const audience = String(claims.aud)
  const meant = resourceNamed(system, audience)
  if (meant?.kind !== 'api' || meant.application.appId !== clientId) {
    return refused(500131, { audience, expected: `api://${clientId}`, clientId, app: application.displayName })
  }
  if (claims['idtyp'] === 'app') return refused(7000114, { clientId: String(claims['azp'] ?? claims['appid']) })
  if (claims['scp'] === undefined) return refused(240002)
  if (realm.kind === 'tenant' && claims['tid'] !== realm.tenant.id) {
    return refused(50013, { reason: 'Its issuer is of another tenant.' })
  }
  const user = liveAccount(system.store, String(claims['oid']))
  if (user === undefined) return refused(50034, { user: 'of this assertion' })
  if (!user.accountEnabled) return refused(50057)
  if (!(await oidc.isAccessTokenLive(assertion))) return refused(50173)
  const access = judgeAccess(system.store, user, clientId, realm)
  if (access.kind === 'refused') {
    const values = { clientId, app: application.displayName, user: user.userPrincipalName }
    return refused(access.code, values, 'invalid_grant')
  }
  const { amr } = claims
  const methods = Array.isArray(amr) ? amr.filter((each): each is string => typeof each === 'string') : []
  return { kind: 'subject', user, authentication: { methods } }
}
