import type { OktaReader } from '../collections.ts'
import type { OidcApp } from './clients.ts'
import { givenKey } from './records.ts'
import { scopesOf } from './servers.ts'

export interface ConsentAsk {
  readonly serverId: string
  readonly app: OidcApp
  readonly userId: string
  readonly scopes: readonly string[]
}

/** Scopes nobody is asked for: they say that somebody signs in, and for how long. */
const NEVER_ASKED: ReadonlySet<string> = new Set(['openid'])

/** Asked-for scopes a person has to allow: the app requires consent, and so does the scope. */
export function scopesToConsent(reader: OktaReader, { serverId, app, scopes }: ConsentAsk): readonly string[] {
  if (app.oidc.consentMethod === 'TRUSTED') return []
  const required = new Set(
    scopesOf(reader, serverId)
      .filter(({ consent }) => consent === 'REQUIRED')
      .map(({ name }) => name),
  )
  return scopes.filter((scope) => required.has(scope) && !NEVER_ASKED.has(scope))
}

/** Asked-for scopes the client has: those nobody is asked for, and those the person has allowed. */
export function consentedScopes(reader: OktaReader, ask: ConsentAsk): readonly string[] {
  const needed = new Set(scopesToConsent(reader, ask))
  const key = givenKey({ serverId: ask.serverId, clientId: ask.app.id, userId: ask.userId })
  const given = new Set(reader.find('scopeGrants', 'given', key).map(({ scope }) => scope))
  return ask.scopes.filter((scope) => !needed.has(scope) || given.has(scope))
}
