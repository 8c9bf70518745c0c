import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { OktaReader } from '../../collections.ts'
import type { Actor, CommandDeps } from '../../commands/actor.ts'
import { inChange } from '../../commands/in-change.ts'
import { invalidFields, notFound, OktaRefusal, type RefusalCause } from '../../commands/refusal.ts'
import type { Change } from '../../provisioning/queue.ts'
import type { EventType } from '../../system-log/event-types.ts'
import { recordEvent } from '../../system-log/record-event.ts'
import type { LogTarget } from '../../system-log/records.ts'
import type { AuthorizationServer } from '../records.ts'
import { DEFAULT_SERVER } from '../servers.ts'
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
