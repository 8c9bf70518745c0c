import type { OktaSystem, OktaUser } from '../collections.ts'
import { logActorOf } from '../commands/actor.ts'
import type { EventType } from '../system-log/event-types.ts'
import { appTarget, recordEvent, userTarget } from '../system-log/record-event.ts'
import type { LogActor, LogTarget } from '../system-log/records.ts'
import type { OidcApp } from './clients.ts'
import type { OAuthError, RefusalReason } from './oauth-error.ts'
import type { GrantType } from './records.ts'
import type { Issuer } from './servers.ts'

/** Who acts where a token is asked for: the client. */
export function clientActor(app: OidcApp): LogActor {
  return { id: app.id, type: 'PublicClientApp', displayName: app.label, alternateId: app.id }
}

function serverTarget({ id, server }: Issuer): readonly LogTarget[] {
  return server === undefined ? [] : [{ id, type: 'AuthorizationServer', displayName: server.name, alternateId: id }]
}

interface Exchange {
  readonly issuer: Issuer
  readonly app: OidcApp
  readonly user?: OktaUser | undefined
}

/** A refusal, with what was asked for and does not fit. */
interface Refused {
  readonly reason: RefusalReason
  readonly redirectUri?: string
  readonly scopes?: readonly string[]
}

/** Longest text of a request that is kept, in characters: anybody may ask, for as much as a form holds, and events stay. */
const LONGEST_TEXT = 1024

/** What the log keeps of a request besides: the members of `debugData` its readers look for. */
function debugDataOf({ redirectUri, scopes }: Omit<Refused, 'reason'>): Readonly<Record<string, string>> {
  return {
    ...(redirectUri === undefined ? {} : { redirectUri: redirectUri.slice(0, LONGEST_TEXT) }),
    ...(scopes === undefined ? {} : { requestedScopes: scopes.join(',').slice(0, LONGEST_TEXT) }),
  }
}

/** An authorization request was refused; what no reason of the log stands for is not told. */
export async function logRefusedAuthorization(
  system: OktaSystem,
  exchange: Exchange,
  { reason }: OAuthError,
  asked: Omit<Refused, 'reason'>,
): Promise<void> {
  if (reason !== undefined) await logAuthorization(system, exchange, { reason, ...asked })
}

/** A code was given out, or refused: of a custom server the names have an `as` in them. */
export async function logAuthorization(
  { store, clock }: OktaSystem,
  { issuer, app, user }: Exchange,
  refused?: Refused,
): Promise<void> {
  const isCustom = issuer.server !== undefined
  const eventType: EventType = isCustom ? 'app.oauth2.as.authorize.code' : 'app.oauth2.authorize.code'
  await store.transact((tx) => {
    const target = [...(user === undefined ? [] : [userTarget(user)]), appTarget(app), ...serverTarget(issuer)]
    recordEvent(tx, clock, {
      eventType,
      actor: logActorOf(tx, user?.id),
      target,
      ...(refused === undefined ? {} : { failure: refused.reason, debugData: debugDataOf(refused) }),
    })
    if (refused === undefined && user !== undefined) {
      recordEvent(tx, clock, {
        eventType: 'user.authentication.sso',
        actor: logActorOf(tx, user.id),
        target: [appTarget(app), userTarget(user)],
        debugData: { signOnMode: 'OpenID Connect' },
      })
    }
  })
}

/** Tokens that were given out, or why none were. */
export async function logTokens(
  { store, clock }: OktaSystem,
  { issuer, app, user }: Exchange,
  grantType: GrantType,
  outcome:
    | { readonly given: readonly ('access_token' | 'id_token' | 'refresh_token')[] }
    | { readonly refused: Refused },
): Promise<void> {
  const isCustom = issuer.server !== undefined
  const prefix = isCustom ? 'app.oauth2.as.token.grant' : 'app.oauth2.token.grant'
  const target = [...(user === undefined ? [] : [userTarget(user)]), ...serverTarget(issuer)]
  await store.transact((tx) => {
    if ('refused' in outcome) {
      recordEvent(tx, clock, {
        eventType: prefix,
        actor: clientActor(app),
        target,
        failure: outcome.refused.reason,
        debugData: { grantType, ...debugDataOf(outcome.refused) },
      })
      return
    }
    for (const kind of outcome.given) {
      recordEvent(tx, clock, {
        eventType: `${prefix}.${kind}`,
        actor: clientActor(app),
        target,
        debugData: { grantType },
      })
    }
  })
}
