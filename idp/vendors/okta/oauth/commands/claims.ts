import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { OktaReader } from '../../collections.ts'
import type { Actor, CommandDeps } from '../../commands/actor.ts'
import { invalidFields, notFound, OktaRefusal, type RefusalCause } from '../../commands/refusal.ts'
import { ExpressionError } from '../../expression/error.ts'
import { parseExpression } from '../../expression/parser.ts'
import { groupFilterProblem } from '../../saml/group-filter.ts'
import type { OAuthClaim } from '../records.ts'
import { scopesOf } from '../servers.ts'
import { changeServer } from './servers.ts'

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
  if (value.trim() === '') return 'The field cannot be left blank'
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
