import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { OktaReader } from '../../collections.ts'
import type { Actor, CommandDeps } from '../../commands/actor.ts'
import { invalid, notFound, OktaRefusal } from '../../commands/refusal.ts'
import type { OAuthScope } from '../records.ts'
import { changeServer } from './servers.ts'

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
