import { addSigningKey, publishedKeys, retireSigningKey } from '#idp/protocols/oidc/signing-keys.ts'
import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { OktaReader, OktaSystem } from '../../collections.ts'
import { type Actor, type CommandDeps, mustAdminister } from '../../commands/actor.ts'
import { inChange } from '../../commands/in-change.ts'
import { invalid, invalidFields, notFound, OktaRefusal, type RefusalCause } from '../../commands/refusal.ts'
import { ExpressionError } from '../../expression/error.ts'
import { parseExpression } from '../../expression/parser.ts'
import type { Change } from '../../provisioning/queue.ts'
import { groupFilterProblem } from '../../saml/group-filter.ts'
import type { EventType } from '../../system-log/event-types.ts'
import { recordEvent } from '../../system-log/record-event.ts'
import type { LogTarget } from '../../system-log/records.ts'
import type { AuthorizationServer, OAuthClaim, OAuthScope } from '../records.ts'
import { DEFAULT_SERVER, ORG_SERVER, scopesOf } from '../servers.ts'
import { writeServerParts } from '../world.ts'

const LONGEST_NAME = 100
const LONGEST_TEXT = 255
const BLANK = 'The field cannot be left blank'

/** @throws {OktaRefusal} E0000007. */
export function knownServer(reader: OktaReader, serverId: string): AuthorizationServer {
  const server = reader.get('authorizationServers', serverId)
  if (server === undefined) throw notFound('AuthorizationServer', serverId)
  return server
}

export function serverTarget({ id, name }: Pick<AuthorizationServer, 'id' | 'name'>): LogTarget {
  return { id, type: 'AuthorizationServer', displayName: name, alternateId: id }
}

/** One change of a server or of what belongs to it, by an administrator of the org. */
export function changeServer<R>(
  deps: CommandDeps,
  actor: Actor,
  serverId: string,
  eventType: EventType,
  words: (result: R, server: AuthorizationServer) => string,
  run: (change: Change, server: AuthorizationServer) => R,
): Promise<R> {
  let server: AuthorizationServer | undefined
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      server = knownServer(change.tx, serverId)
      const result = run(change, server)
      recordEvent(change.tx, change.clock, { eventType, actor: change.actor, target: [serverTarget(server)] })
      return result
    },
    (result) =>
      server && {
        title: words(result, server),
        subject: server.name,
        change: { type: 'authorization-server', id: serverId },
      },
  )
}

export interface ServerSettings {
  readonly name: string
  readonly description: string
  readonly audience: string
}

function checkServer(
  reader: OktaReader,
  { name, description, audience }: ServerSettings,
  exceptId?: string,
): ServerSettings {
  const causes: RefusalCause[] = []
  const add = (field: string, summary: string): void => void causes.push({ field, summary })
  if (name === '') add('name', BLANK)
  if (name.length > LONGEST_NAME) add('name', `Use at most ${LONGEST_NAME} characters`)
  if (reader.find('authorizationServers', 'name', name.toLowerCase()).some(({ id }) => id !== exceptId)) {
    add('name', 'An authorization server with this name already exists')
  }
  if (audience === '') add('audiences', BLANK)
  if (audience.length > LONGEST_TEXT || /\s/.test(audience))
    add('audiences', `Use at most ${LONGEST_TEXT} characters and no spaces`)
  if (description.length > LONGEST_TEXT) add('description', `Use at most ${LONGEST_TEXT} characters`)
  if (causes.length > 0) throw invalidFields(causes)
  return { name, description, audience }
}

/** Add Authorization Server. It has scopes of the protocol, and no policy: it gives nothing to anybody yet. @throws {OktaRefusal} E0000001. */
export function createServer(deps: CommandDeps, actor: Actor, settings: ServerSettings): Promise<AuthorizationServer> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx, clock } = change
      const now = clock.iso()
      const id = lettersOf(nextIdSeed(tx), 'aus', 17)
      const server: AuthorizationServer = {
        id,
        ...checkServer(tx, settings),
        status: 'ACTIVE',
        created: now,
        lastUpdated: now,
      }
      tx.put('authorizationServers', id, server)
      writeServerParts(tx, id, (_name, prefix) => lettersOf(nextIdSeed(tx), prefix, 17))
      recordEvent(tx, clock, { eventType: 'oauth2.as.created', actor: change.actor, target: [serverTarget(server)] })
      return server
    },
    (server) => ({
      title: `The authorization server ${server.name} was added`,
      subject: server.name,
      change: { type: 'authorization-server', id: server.id, after: server },
    }),
  )
}

/** @throws {OktaRefusal} E0000007, E0000001. */
export function editServer(
  deps: CommandDeps,
  actor: Actor,
  { serverId, ...settings }: ServerSettings & { readonly serverId: string },
): Promise<AuthorizationServer> {
  const words = (server: AuthorizationServer) => `The authorization server ${server.name} was changed`
  return changeServer(deps, actor, serverId, 'oauth2.as.updated', words, ({ tx, clock }, server) => {
    const after = { ...server, ...checkServer(tx, settings, serverId), lastUpdated: clock.iso() }
    tx.put('authorizationServers', serverId, after)
    return after
  })
}

/** An inactive server answers nobody. @throws {OktaRefusal} E0000007. */
export function setServerStatus(
  deps: CommandDeps,
  actor: Actor,
  { serverId, status }: { readonly serverId: string; readonly status: AuthorizationServer['status'] },
): Promise<AuthorizationServer> {
  const isActive = status === 'ACTIVE'
  const words = (server: AuthorizationServer) =>
    `The authorization server ${server.name} was ${isActive ? 'activated' : 'deactivated'}`
  const eventType = isActive ? 'oauth2.as.activated' : 'oauth2.as.deactivated'
  return changeServer(deps, actor, serverId, eventType, words, ({ tx, clock }, server) => {
    const after = { ...server, status, lastUpdated: clock.iso() }
    tx.put('authorizationServers', serverId, after)
    return after
  })
}

/** Delete a server with everything that belongs to it; the one of the beginning stays. @throws {OktaRefusal} E0000007, E0000038. */
export function deleteServer(
  deps: CommandDeps,
  actor: Actor,
  { serverId }: { readonly serverId: string },
): Promise<AuthorizationServer> {
  const words = (server: AuthorizationServer) => `The authorization server ${server.name} was deleted`
  return changeServer(deps, actor, serverId, 'oauth2.as.deleted', words, ({ tx }, server) => {
    if (serverId === DEFAULT_SERVER)
      throw new OktaRefusal('E0000038', 'The default authorization server cannot be deleted.')
    for (const collection of ['oauthScopes', 'oauthClaims', 'accessPolicies', 'accessRules'] as const) {
      for (const key of [...tx.findKeys(collection, 'server', serverId)]) tx.delete(collection, key)
    }
    tx.delete('authorizationServers', serverId)
    return server
  })
}

export type ScopeSettings = Pick<
  OAuthScope,
  'name' | 'displayName' | 'description' | 'consent' | 'isPublished' | 'isDefault'
>

const SCOPE_NAME = /^[!#-[\]-~]{1,100}$/

/** Add a scope, or change one. @throws {OktaRefusal} E0000007, E0000001; E0000038 for one of the protocol. */
export function putScope(
  deps: CommandDeps,
  actor: Actor,
  {
    serverId,
    scopeId,
    settings,
  }: { readonly serverId: string; readonly scopeId?: string; readonly settings: ScopeSettings },
): Promise<OAuthScope> {
  const eventType = scopeId === undefined ? 'oauth2.scope.created' : 'oauth2.scope.updated'
  const words = (scope: OAuthScope) => `The scope ${scope.name} was ${scopeId === undefined ? 'added' : 'changed'}`
  return changeServer(deps, actor, serverId, eventType, words, ({ tx }) => {
    const before = scopeId === undefined ? undefined : knownScope(tx, serverId, scopeId)
    if (before?.system === true) throw new OktaRefusal('E0000038', 'A scope of the protocol cannot be changed.')
    const { name } = settings
    if (!SCOPE_NAME.test(name))
      throw invalid('name', 'A scope has 1 to 100 characters, no spaces, quotes or backslashes')
    if (name.startsWith('okta.')) throw invalid('name', "Names that begin with 'okta.' are reserved")
    if (tx.find('oauthScopes', 'name', `${serverId}/${name}`).some(({ id }) => id !== scopeId)) {
      throw invalid('name', 'A scope with this name already exists')
    }
    const id = before?.id ?? lettersOf(nextIdSeed(tx), 'scp', 17)
    const scope: OAuthScope = { id, serverId, ...settings, system: false }
    tx.put('oauthScopes', id, scope)
    return scope
  })
}

function knownScope(reader: OktaReader, serverId: string, scopeId: string): OAuthScope {
  const scope = reader.get('oauthScopes', scopeId)
  if (scope?.serverId !== serverId) throw notFound('OAuth2Scope', scopeId)
  return scope
}

/** @throws {OktaRefusal} E0000007; E0000038 for one of the protocol. */
export function deleteScope(
  deps: CommandDeps,
  actor: Actor,
  { serverId, scopeId }: { readonly serverId: string; readonly scopeId: string },
): Promise<OAuthScope> {
  return changeServer(
    deps,
    actor,
    serverId,
    'oauth2.scope.deleted',
    ({ name }) => `The scope ${name} was deleted`,
    ({ tx }) => {
      const scope = knownScope(tx, serverId, scopeId)
      if (scope.system) throw new OktaRefusal('E0000038', 'A scope of the protocol cannot be deleted.')
      tx.delete('oauthScopes', scopeId)
      return scope
    },
  )
}

export type ClaimSettings = Omit<OAuthClaim, 'id' | 'serverId' | 'system'>

/** Names the servers fill in themselves. */
const RESERVED: ReadonlySet<string> = new Set(
  'iss aud exp iat nbf jti ver cid uid scp auth_time amr idp nonce at_hash c_hash acr active'.split(' '),
)

/** Add a claim, or change one. @throws {OktaRefusal} E0000007, E0000001; E0000038 for one of the server's own. */
export function putClaim(
  deps: CommandDeps,
  actor: Actor,
  {
    serverId,
    claimId,
    settings,
  }: { readonly serverId: string; readonly claimId?: string; readonly settings: ClaimSettings },
): Promise<OAuthClaim> {
  const eventType = claimId === undefined ? 'oauth2.claim.created' : 'oauth2.claim.updated'
  const words = (claim: OAuthClaim) => `The claim ${claim.name} was ${claimId === undefined ? 'added' : 'changed'}`
  return changeServer(deps, actor, serverId, eventType, words, ({ tx }) => {
    const before = claimId === undefined ? undefined : knownClaim(tx, serverId, claimId)
    if (before?.system === true) throw new OktaRefusal('E0000038', 'This claim cannot be changed.')
    const causes = claimProblems(tx, serverId, settings, claimId)
    if (causes.length > 0) throw invalidFields(causes)
    const id = before?.id ?? lettersOf(nextIdSeed(tx), 'ocl', 17)
    const claim: OAuthClaim = { id, serverId, ...settings, system: false }
    tx.put('oauthClaims', id, claim)
    return claim
  })
}

function claimProblems(
  reader: OktaReader,
  serverId: string,
  { name, claimType, valueType, value, groupFilter, scopes }: ClaimSettings,
  exceptId: string | undefined,
): readonly RefusalCause[] {
  const causes: RefusalCause[] = []
  const add = (field: string, summary: string): void => void causes.push({ field, summary })
  if (!/^[A-Za-z_][\w.:/-]{0,99}$/.test(name))
    add('name', 'A claim begins with a letter and has at most 100 letters, digits and . : / - _')
  if (RESERVED.has(name)) add('name', `'${name}' is reserved`)
  const others = reader.find('oauthClaims', 'server', serverId).filter(({ id }) => id !== exceptId)
  if (others.some((each) => each.name === name && each.claimType === claimType && !each.system)) {
    add('name', 'A claim with this name already exists for this type of token')
  }
  const problem =
    valueType === 'GROUPS' ? groupFilterProblem(groupFilter ?? 'starts-with', value) : expressionProblem(value)
  if (problem !== undefined) add('value', problem)
  const known = new Set(scopesOf(reader, serverId).map((scope) => scope.name))
  for (const scope of scopes) if (!known.has(scope)) add('conditions.scopes', `There is no scope '${scope}'`)
  return causes
}

function expressionProblem(value: string): string | undefined {
  if (value.trim() === '') return BLANK
  if (value.length > 1000) return 'Use at most 1000 characters'
  try {
    parseExpression(value)
    return undefined
  } catch (error) {
    if (error instanceof ExpressionError) return error.message
    throw error
  }
}

function knownClaim(reader: OktaReader, serverId: string, claimId: string): OAuthClaim {
  const claim = reader.get('oauthClaims', claimId)
  if (claim?.serverId !== serverId) throw notFound('OAuth2Claim', claimId)
  return claim
}

/** @throws {OktaRefusal} E0000007; E0000038 for one of the server's own. */
export function deleteClaim(
  deps: CommandDeps,
  actor: Actor,
  { serverId, claimId }: { readonly serverId: string; readonly claimId: string },
): Promise<OAuthClaim> {
  return changeServer(
    deps,
    actor,
    serverId,
    'oauth2.claim.deleted',
    ({ name }) => `The claim ${name} was deleted`,
    ({ tx }) => {
      const claim = knownClaim(tx, serverId, claimId)
      if (claim.system) throw new OktaRefusal('E0000038', 'This claim cannot be deleted.')
      tx.delete('oauthClaims', claimId)
      return claim
    },
  )
}

/**
 * Sign with a new key from now on: of a custom server, or of the org's own (`org`). What the keys before have signed is still accepted,
 * until they are retired. @returns the new key's id. @throws {OktaRefusal} E0000006, E0000007.
 */
export async function rollServerKey(
  { system }: CommandDeps,
  actor: Actor,
  { serverId }: { readonly serverId: string },
): Promise<string> {
  const by = mustAdminister(system.store, actor, 'apps')
  const server =
    serverId === ORG_SERVER ? { id: ORG_SERVER, name: 'Org authorization server' } : knownServer(system.store, serverId)
  const kid = await addSigningKey(system, Date.now, serverId)
  await noteKeys(system, server, `Tokens of ${server.name} are signed with a new key`, by)
  return kid
}

/** Publish a key no longer. @throws {OktaRefusal} E0000006; E0000007 for a key that is not there, E0000038 for the one that signs. */
export async function retireServerKey(
  { system }: CommandDeps,
  actor: Actor,
  { serverId, kid }: { readonly serverId: string; readonly kid: string },
): Promise<void> {
  const by = mustAdminister(system.store, actor, 'apps')
  const server =
    serverId === ORG_SERVER ? { id: ORG_SERVER, name: 'Org authorization server' } : knownServer(system.store, serverId)
  const keys = publishedKeys(system.store, serverId)
  if (!keys.some((key) => key.kid === kid)) throw notFound('OAuth2Key', kid)
  if (!(await retireSigningKey(system, kid, serverId)))
    throw new OktaRefusal('E0000038', 'The key that signs cannot be retired.')
  await noteKeys(system, server, `A key of ${server.name} was retired`, by)
}

async function noteKeys(
  { store, clock, journal }: OktaSystem,
  server: Pick<AuthorizationServer, 'id' | 'name'>,
  title: string,
  actor: ReturnType<typeof mustAdminister>,
): Promise<void> {
  await store.transact((tx) => {
    recordEvent(tx, clock, { eventType: 'app.oauth2.as.key.rollover', actor, target: [serverTarget(server)] })
  })
  journal.record({ kind: 'state', title, subject: server.name, change: { type: 'signing-key', id: server.id } })
}
