import type { JWTPayload } from 'jose'
import type { OidcService } from '#idp/protocols/oidc/service.ts'
import type { OktaSystem } from '../collections.ts'
import { recordEvent } from '../system-log/record-event.ts'
import { type OidcApp, userNameIn } from './clients.ts'
import { clientActor } from './log.ts'
import { livingUser } from './provider-policy.tsx'
import type { Issuer } from './servers.ts'

/** What is left of a token a server has given out. */
interface Facts {
  readonly system: OktaSystem
  readonly service: OidcService
  readonly issuer: Issuer
}

/** Claims of an access token of this server that is still good; `undefined` for any other. */
export async function liveAccessToken(
  { system, service, issuer }: Facts,
  token: string,
): Promise<JWTPayload | undefined> {
  const reading = await service.readToken(token)
  if (reading.kind !== 'valid' || reading.claims.iss !== issuer.issuer || typeof reading.claims['cid'] !== 'string')
    return undefined
  const isOfPerson = typeof reading.claims['uid'] === 'string'
  if (isOfPerson) return (await service.isAccessTokenLive(token)) ? reading.claims : undefined
  return system.store.has('revokedTokens', reading.claims.jti ?? '') ? undefined : reading.claims
}

/** What introspection answers (RFC 7662 §2.2); a token of another server, or that is over, is simply not active. */
export async function introspect(
  facts: Facts,
  app: OidcApp,
  token: string,
): Promise<Readonly<Record<string, unknown>>> {
  const { system, service, issuer } = facts
  const claims = await liveAccessToken(facts, token)
  if (claims !== undefined) {
    const { scp, cid, uid, sub, exp, iat, aud, iss, jti } = claims
    return {
      active: true,
      scope: Array.isArray(scp) ? scp.join(' ') : '',
      username: sub,
      exp,
      iat,
      sub,
      aud,
      iss,
      jti,
      token_type: 'Bearer',
      client_id: cid,
      ...(uid === undefined ? {} : { uid }),
    }
  }
  const identity = await service.readToken(token)
  if (identity.kind === 'valid' && identity.claims.iss === issuer.issuer && identity.claims['cid'] === undefined) {
    const { sub, exp, iat, aud, iss, jti, preferred_username: username } = identity.claims
    return { active: true, username, exp, iat, sub, aud, iss, jti, token_type: 'ID_TOKEN', client_id: aud }
  }
  const trace = await service.trace('RefreshToken', token)
  const user = trace?.accountId === undefined ? undefined : livingUser(system, trace.accountId)
  if (trace?.state !== 'live' || user === undefined) return { active: false }
  const endsMs = trace.endsVirtualMs
  return {
    active: true,
    scope: trace.scopes.join(' '),
    username: userNameIn(system.store, trace.clientId ?? app.id, user),
    ...(endsMs === undefined ? {} : { exp: Math.floor(endsMs / 1000) }),
    sub: userNameIn(system.store, trace.clientId ?? app.id, user),
    iss: issuer.issuer,
    token_type: 'refresh_token',
    client_id: trace.clientId,
    uid: user.id,
  }
}

/** Tokens that were revoked are forgotten a few at a time when another one is. */
const SWEEP_STEP = 16

/** Revoke a token of the client (RFC 7009); whatever else was sent, nothing happens and nothing is said. */
export async function revoke(facts: Facts, app: OidcApp, token: string): Promise<void> {
  const { system, issuer } = facts
  const { store, clock } = system
  const isRevoked = await endToken(facts, app, token)
  if (!isRevoked) return
  await store.transact((tx) => {
    recordEvent(tx, clock, {
      eventType: issuer.server === undefined ? 'app.oauth2.token.revoke' : 'app.oauth2.as.token.revoke',
      actor: clientActor(app),
      target: [{ id: app.id, type: 'AppInstance', displayName: app.label, alternateId: app.label }],
    })
  })
}

async function endToken(facts: Facts, app: OidcApp, token: string): Promise<boolean> {
  const { system, service } = facts
  const claims = await liveAccessToken(facts, token)
  if (claims !== undefined) {
    if (claims['cid'] !== app.id) return false
    if (typeof claims['uid'] === 'string') return service.revoke('AccessToken', token)
    const { jti = '', exp = 0 } = claims
    await system.store.transact((tx) => {
      for (const [key, old] of tx.after('revokedTokens', null, SWEEP_STEP)) {
        if (old.expiresWallMs <= Date.now()) tx.delete('revokedTokens', key)
      }
      tx.put('revokedTokens', jti, { expiresWallMs: exp * 1000 })
    })
    return true
  }
  const trace = await service.trace('RefreshToken', token)
  if (trace?.state !== 'live' || trace.clientId !== app.id) return false
  return service.revoke('RefreshToken', token)
}
