import type { RequestHandler } from 'express'
import { knownPermissions } from '../commands/application-permissions.ts'
import { PERSON_TOKEN } from '../sign-in/tokens/access-token-claims.ts'
import { GRAPH_RESOURCE, resourceIssuerOf } from '../sign-in/tokens/resources.ts'
import { readPersonToken } from './admission/person-call.ts'
import type { GraphCall, GraphDeps, GraphVersion } from './graph-call.ts'
import { GraphError } from './graph-error.ts'

/**
 * Accept the call of a person's token (`admission/person-call.ts`), or that of an application whose token was signed here, is for Graph, has not expired (wall time), and whose service
 * principal is still in the tenant and enabled. Permissions are those of the token: what is taken away later counts with
 * the next token (reference 11; access tokens as published).
 *
 * @throws {GraphError} `InvalidAuthenticationToken` (401).
 */
export function authenticate(deps: GraphDeps, version: GraphVersion): RequestHandler {
  const { system, oidc } = deps
  const { store, origin } = system
  const refuse = (message: string): GraphError =>
    new GraphError('InvalidAuthenticationToken', 401, message, {
      headers: {
        'www-authenticate': `Bearer realm="", authorization_uri="${origin}/common/oauth2/v2.0/authorize", client_id="00000003-0000-0000-c000-000000000000"`,
      },
    })

  return async (req, res, next) => {
    const header = req.headers.authorization
    const token = /^bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1]
    if (token === undefined) {
      throw refuse(header === undefined ? 'Access token is empty.' : 'The Authorization header holds no bearer token.')
    }
    const reading = await oidc.readToken(token)
    if (reading.kind === 'unreadable') throw refuse('The token is malformed: it is not a signed token of this service.')
    if (reading.kind === 'forged') throw refuse('Access token validation failure. The signature is not valid.')
    if (reading.kind === 'expired') throw refuse('Lifetime validation failed, the token is expired.')
    if (reading.claims['idtyp'] === PERSON_TOKEN) {
      const person = await readPersonToken(deps, version, token, reading.claims)
      if (typeof person === 'string') throw refuse(person)
      res.locals['graphPersonCall'] = person
      next()
      return
    }
    const { aud, iss, tid, oid, roles } = reading.claims
    if (aud !== GRAPH_RESOURCE) throw refuse('Access token validation failure. Invalid audience.')
    const tenant = typeof tid === 'string' ? store.get('tenants', tid) : undefined
    const principal = typeof oid === 'string' ? store.get('servicePrincipals', oid) : undefined
    if (tenant === undefined || iss !== resourceIssuerOf(tenant.id) || principal?.tenantId !== tenant.id) {
      throw refuse('Access token validation failure. The application is not known to the tenant of the token.')
    }
    if (!principal.accountEnabled) throw refuse('The application of the token is disabled.')
    const call: GraphCall = {
      actor: {
        kind: 'application',
        servicePrincipalId: principal.id,
        permissions: knownPermissions(Array.isArray(roles) ? roles : []),
      },
      tenant,
      version,
      base: `${origin}/${version}`,
    }
    res.locals['graphCall'] = call
    next()
  }
}
