import type { Request } from 'express'
import type { OktaSystem } from '../collections.ts'
import { isAdmin } from '../commands/actor.ts'
import { authenticateToken, type TokenHolder } from '../tokens/authenticate-token.ts'
import { ApiError } from './api-error.ts'
import type { Caller } from './define-route.ts'

/**
 * Whose token the request carries: `Authorization: SSWS {token}`. Access tokens of the org's authorization server are not taken
 * (FID-OKTA-API-2).
 * @throws {ApiError} E0000005 without credentials, E0000011 for a token that is not, or no longer, good.
 */
export async function authenticate(system: OktaSystem, req: Request): Promise<TokenHolder> {
  const header = req.headers.authorization
  if (header === undefined) throw new ApiError('E0000005')
  const value = /^SSWS\s+(\S+)\s*$/i.exec(header)?.[1]
  const holder = value === undefined ? undefined : await authenticateToken(system, value)
  if (holder === undefined) throw new ApiError('E0000011')
  return holder
}

/** A token does what its owner may do now. @throws {ApiError} E0000006 for an owner without any administrator role. */
export function callerOf(system: OktaSystem, { owner }: TokenHolder): Caller {
  if (!isAdmin(system.store, owner.id)) throw new ApiError('E0000006')
  return { actor: { kind: 'person', userId: owner.id }, owner }
}
