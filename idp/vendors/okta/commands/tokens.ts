import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import { hashSecret, randomToken } from '#kit/secrets.ts'
import type { OktaWriter } from '../collections.ts'
import { recordEvent } from '../system-log/record-event.ts'
import type { LogTarget } from '../system-log/records.ts'
import type { ApiToken } from '../tokens/records.ts'
import { type Actor, type CommandDeps, mayAdminister } from './actor.ts'
import { inChange } from './in-change.ts'
import { invalid, notFound, OktaRefusal } from './refusal.ts'

/** Security > API > Tokens (reference sheet 1.1, 6.2). */

const LONGEST_NAME = 255

/** Random bytes of a value: 40 characters behind `00`. */
const VALUE_BYTES = 30

function tokenTarget({ id, name }: Pick<ApiToken, 'id' | 'name'>): LogTarget {
  return { id, type: 'ApiToken', displayName: name }
}

function withoutHash({ hash: _, ...token }: ApiToken): Omit<ApiToken, 'hash'> {
  return token
}

/**
 * Create token. It has the rights its owner has at each call. The value is returned and kept nowhere.
 * @throws {OktaRefusal} E0000001 for a name that is blank, too long or in use; E0000006, also for anybody but a person.
 */
export async function createApiToken(
  deps: CommandDeps,
  actor: Actor,
  input: { readonly name: string },
): Promise<{ readonly token: ApiToken; readonly value: string }> {
  const value = `00${randomToken(VALUE_BYTES)}`
  const name = input.name.trim()
  const token = await inChange(
    deps,
    actor,
    'tokens',
    ({ tx, clock, actor: by }) => {
      if (actor.kind !== 'person') throw new OktaRefusal('E0000006', 'A token belongs to a person.')
      if (name === '') throw invalid('name', 'Token name: The field cannot be left blank')
      if (name.length > LONGEST_NAME) {
        throw invalid('name', `Token name: The field cannot have more than ${LONGEST_NAME} characters`)
      }
      if (tx.count('apiTokens', 'name', name.toLowerCase()) > 0) {
        throw invalid('name', 'Token name: An object with this field already exists in the current organization')
      }
      const made: ApiToken = {
        id: lettersOf(nextIdSeed(tx), '00T', 17),
        name,
        hash: hashSecret(value),
        ownerId: actor.userId,
        created: clock.iso(),
      }
      tx.put('apiTokens', made.id, made)
      recordEvent(tx, clock, { eventType: 'system.api_token.create', actor: by, target: [tokenTarget(made)] })
      return made
    },
    (made) => ({
      title: `API token ${made.name} was created`,
      subject: made.name,
      change: { type: 'api-access', id: made.id, after: withoutHash(made) },
    }),
  )
  return { token, value }
}

/**
 * Revoke. Calls with it are refused from now on. A Super Administrator revokes any, everybody else their own.
 * @throws {OktaRefusal} E0000006, E0000007.
 */
export function revokeApiToken(
  deps: CommandDeps,
  actor: Actor,
  { tokenId }: { readonly tokenId: string },
): Promise<ApiToken> {
  return inChange(
    deps,
    actor,
    'tokens',
    ({ tx, clock, actor: by }) => {
      const token = tx.get('apiTokens', tokenId)
      if (token === undefined) throw notFound('ApiToken', tokenId)
      const isOwn = actor.kind === 'kit' || actor.userId === token.ownerId
      if (!isOwn && !mayAdminister(tx, actor.userId, 'all')) {
        throw new OktaRefusal('E0000006', 'You do not have permission to perform the requested action')
      }
      tx.delete('apiTokens', tokenId)
      recordEvent(tx, clock, { eventType: 'system.api_token.revoke', actor: by, target: [tokenTarget(token)] })
      return token
    },
    (token) => ({
      title: `API token ${token.name} was revoked`,
      subject: token.name,
      change: { type: 'api-access', id: token.id, before: withoutHash(token) },
    }),
  )
}

/** Tokens end with the account of their owner, in the transaction that ends it. */
export function forgetTokensOf(tx: OktaWriter, userId: string): void {
  for (const key of [...tx.findKeys('apiTokens', 'owner', userId)]) tx.delete('apiTokens', key)
}
