import type { OktaSystem, OktaUser } from '../collections.ts'
import { logActorOf } from '../commands/actor.ts'
import type { EventType } from '../system-log/event-types.ts'
import { appTarget, recordEvent, userTarget } from '../system-log/record-event.ts'
import type { LogActor, LogTarget } from '../system-log/records.ts'
import type { OidcApp } from './clients.ts'
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

/** The System Log's reason for each decision. */
const REASONS = { 'not-assigned': 'user_not_assigned', 'no-policy': 'no_matching_policy' } as const

/** A code was given out, or refused: of a custom server the names have an `as` in them. */
export async function logAuthorization(
  { store, clock }: OktaSystem,
  { issuer, app, user }: Exchange,
  refused?: keyof typeof REASONS,
): Promise<void> {
  const isCustom = issuer.server !== undefined
  const eventType: EventType = isCustom ? 'app.oauth2.as.authorize.code' : 'app.oauth2.authorize.code'
  await store.transact((tx) => {
    const target = [...(user === undefined ? [] : [userTarget(user)]), appTarget(app), ...serverTarget(issuer)]
    recordEvent(tx, clock, {
      eventType,
      actor: logActorOf(tx, user?.id),
      target,
      ...(refused === undefined ? {} : { failure: REASONS[refused] }),
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
    | { readonly refused: string },
): Promise<void> {
  const isCustom = issuer.server !== undefined
  const prefix = isCustom ? 'app.oauth2.as.token.grant' : 'app.oauth2.token.grant'
  const target = [...(user === undefined ? [] : [userTarget(user)]), ...serverTarget(issuer)]
  const debugData = { grantType }
  await store.transact((tx) => {
    if ('refused' in outcome) {
      recordEvent(tx, clock, {
        eventType: prefix,
        actor: clientActor(app),
        target,
        failure: outcome.refused,
        debugData,
      })
      return
    }
    for (const kind of outcome.given) {
      recordEvent(tx, clock, { eventType: `${prefix}.${kind}`, actor: clientActor(app), target, debugData })
    }
  })
}
