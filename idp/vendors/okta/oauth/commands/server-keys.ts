import { addSigningKey, publishedKeys, retireSigningKey } from '#idp/protocols/oidc/signing-keys.ts'
import type { OktaSystem } from '../../collections.ts'
import { type Actor, type CommandDeps, mustAdminister } from '../../commands/actor.ts'
import { notFound, OktaRefusal } from '../../commands/refusal.ts'
import { recordEvent } from '../../system-log/record-event.ts'
import type { AuthorizationServer } from '../records.ts'
import { ORG_SERVER } from '../servers.ts'
import { knownServer, serverTarget } from './servers.ts'

type Signer = Pick<AuthorizationServer, 'id' | 'name'>

/** Whose keys they are: the org's own server has no record. */
function signerOf({ store }: Pick<OktaSystem, 'store'>, serverId: string): Signer {
  return serverId === ORG_SERVER ? { id: ORG_SERVER, name: 'Org authorization server' } : knownServer(store, serverId)
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
  const server = signerOf(system, serverId)
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
  const server = signerOf(system, serverId)
  const keys = publishedKeys(system.store, serverId)
  if (!keys.some((key) => key.kid === kid)) throw notFound('OAuth2Key', kid)
  if (!(await retireSigningKey(system, kid, serverId)))
    throw new OktaRefusal('E0000038', 'The key that signs cannot be retired.')
  await noteKeys(system, server, `A key of ${server.name} was retired`, by)
}

async function noteKeys(
  { store, clock, journal }: OktaSystem,
  server: Signer,
  title: string,
  actor: ReturnType<typeof mustAdminister>,
): Promise<void> {
  await store.transact((tx) => {
    recordEvent(tx, clock, { eventType: 'app.oauth2.as.key.rollover', actor, target: [serverTarget(server)] })
  })
  journal.record({ kind: 'state', title, subject: server.name, change: { type: 'signing-key', id: server.id } })
}
