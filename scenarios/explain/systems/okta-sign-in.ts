import type { z } from 'zod'
import type { JournalEntry } from '#kit/journal.ts'
import type { SystemReading } from '../reading/read-system.ts'
import {
  OktaAccessPolicy,
  OktaAppUser,
  OktaAuthorizationServer,
  OktaEvent,
  OktaOidcApp,
  OktaScope,
  OktaTrustedOrigin,
} from '../records/okta.ts'

/** Key under which OpenID Connect apps are filed. */
const CATALOG_KEY = 'oidc'

/** The org's own authorization server, which has no record. */
export const ORG_SERVER = 'org'

export type OidcApp = z.infer<typeof OktaOidcApp>
export type AuthorizationServer = z.infer<typeof OktaAuthorizationServer>

/** What a client asked of an authorization server last, as the System Log tells it. */
export interface ClientRequest {
  readonly app: OidcApp
  readonly endpoint: 'authorize' | 'token'
  /** {@link ORG_SERVER}, or the id of a custom one. */
  readonly serverId: string
  /** Virtual, ISO. */
  readonly at: string
  /** Absent: it got what it asked for. */
  readonly reason?: string
  readonly redirectUri?: string
  readonly scopes: readonly string[]
  readonly grantType?: string
  /** Whom it was for, by id and login. */
  readonly person?: { readonly id: string; readonly login: string }
}

/** Scripts of an origin that called the org and could not read what it said. */
export interface UnheardScript {
  readonly origin: string
  readonly at: string
  /** Method and path of the newest call. */
  readonly call: string
}

/** The org's own applications, its authorization servers, and what was asked of them lately. */
export interface OktaSignIn {
  readonly apps: readonly OidcApp[]
  readonly servers: readonly AuthorizationServer[]
  readonly scopes: readonly z.infer<typeof OktaScope>[]
  readonly policies: readonly z.infer<typeof OktaAccessPolicy>[]
  /** The newest request of each app at each endpoint, whichever server was asked. */
  readonly newest: readonly ClientRequest[]
  /** The newest call of each origin, where its answer was kept from the script. */
  readonly unheard: readonly UnheardScript[]
  /** Whether scripts of an origin may call by now. */
  isTrusted(origin: string): boolean
  /** Whether somebody who was refused is assigned by now. */
  isAssigned(appId: string, userId: string): boolean
}

const AUTHORIZED = ['app.oauth2.authorize.code', 'app.oauth2.as.authorize.code'] as const
const TOKENS = [
  'app.oauth2.token.grant',
  'app.oauth2.as.token.grant',
  'app.oauth2.token.grant.access_token',
  'app.oauth2.as.token.grant.access_token',
] as const

/** Gather what there is to say of signing in to the org's own applications. */
export async function gatherOktaSignIn(read: SystemReading): Promise<OktaSignIn> {
  const [apps, servers, origins, events, exchanges] = await Promise.all([
    read.filed('apps', OktaOidcApp, { index: 'catalogKey', values: [CATALOG_KEY], what: 'OpenID Connect apps' }),
    read.first('authorizationServers', OktaAuthorizationServer, 'authorization servers'),
    read.first('trustedOrigins', OktaTrustedOrigin, 'trusted origins'),
    Promise.all([...AUTHORIZED, ...TOKENS].map((type) => read.newest('systemLog', OktaEvent, 'eventType', type))),
    read.exchanges('oidc'),
  ])
  const ids = servers.records.map(({ id }) => id)
  const ofServers = (what: string) => ({ index: 'server', values: ids, what })
  const newest = newestOf(
    events
      .flat()
      .toSorted((one, other) => other.key.localeCompare(one.key))
      .flatMap((event) => requestOf(event, apps.records) ?? []),
  )
  const [scopes, policies, assigned] = await Promise.all([
    read.filed('oauthScopes', OktaScope, ofServers('scopes')),
    read.filed('accessPolicies', OktaAccessPolicy, ofServers('access policies')),
    read.filed('appUsers', OktaAppUser, {
      index: 'person',
      values: newest.flatMap(({ app, person }) => (person === undefined ? [] : [`${app.id}/${person.id}`])),
      what: 'people who were refused',
    }),
  ])
  return {
    apps: apps.records,
    servers: servers.records,
    scopes: scopes.records,
    policies: policies.records,
    newest,
    unheard: unheardOf(exchanges, apps.records),
    isTrusted: (origin) => origins.records.some((each) => each.origin === origin && each.cors && isActive(each)),
    isAssigned: (appId, userId) => assigned.records.some((row) => row.appId === appId && row.userId === userId),
  }
}

const isActive = ({ status }: { readonly status: string }): boolean => status === 'ACTIVE'

/** `undefined` for an event of an app that is gone. */
function requestOf(event: z.infer<typeof OktaEvent>, apps: readonly OidcApp[]): ClientRequest | undefined {
  const { actor, target, eventType, published, outcome, debugData } = event
  const app = apps.find(({ id }) => id === actor.id || target.some((each) => each.id === id))
  if (app === undefined) return undefined
  const server = target.find(({ type }) => type === 'AuthorizationServer')
  const person = target.find(({ type }) => type === 'User')
  const { redirectUri, requestedScopes = '', grantType } = debugData
  return {
    app,
    endpoint: (AUTHORIZED as readonly string[]).includes(eventType) ? 'authorize' : 'token',
    serverId: server?.id ?? ORG_SERVER,
    at: published,
    scopes: requestedScopes.split(',').filter(Boolean),
    ...(outcome.result === 'FAILURE' ? { reason: outcome.reason ?? '' } : {}),
    ...(redirectUri === undefined ? {} : { redirectUri }),
    ...(grantType === undefined ? {} : { grantType }),
    ...(person === undefined ? {} : { person: { id: person.id, login: person.alternateId ?? person.id } }),
  }
}

/** Of requests, newest first: the first of each app at each endpoint. */
function newestOf(requests: readonly ClientRequest[]): readonly ClientRequest[] {
  const first = new Map<string, ClientRequest>()
  for (const request of requests) {
    const key = `${request.app.id} ${request.endpoint}`
    if (!first.has(key)) first.set(key, request)
  }
  return [...first.values()]
}

/** Calls of scripts at an origin some app is answered at; of strangers nothing is said. Newest first. */
function unheardOf(exchanges: readonly JournalEntry[], apps: readonly OidcApp[]): readonly UnheardScript[] {
  const own = new Set(apps.flatMap(({ oidc }) => oidc.redirectUris.map(originOf)))
  const first = new Map<string, UnheardScript | undefined>()
  for (const { request, response, virtualAt } of exchanges) {
    const origin = request?.headers?.['origin']
    if (origin === undefined || !own.has(origin) || first.has(origin)) continue
    const isHeard = response?.headers?.['access-control-allow-origin'] !== undefined
    const [path = ''] = (request?.url ?? '').split('?')
    first.set(origin, isHeard ? undefined : { origin, at: virtualAt, call: `${request?.method} ${path}` })
  }
  return [...first.values()].flatMap((each) => each ?? [])
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : ''
}
