import { digitsOf, nextIdSeed } from '#kit/ids.ts'
import { hashSecret, randomToken } from '#kit/secrets.ts'
import type { Reader, Writer } from '#kit/store/store.ts'
import { judgeKey, SERVICE_OWNER_ID } from '../domain/api-keys.ts'
import type { Actor } from '../domain/change-log.ts'
import { companyState } from '../domain/company-states.ts'
import { present } from '../domain/present.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import { holdsSeat, isSignInAllowed } from '../domain/user-states.ts'
import type { AdditionalScope, ApiKey, Company, DialpadShape } from '../records.ts'
import { noteTurnedAway } from './turned-away.ts'
import { companyOf } from './user-checks.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

/** Company API keys (reference sheet 1.1, 3.2): shown once, kept as a hash, as powerful as the one who made them. */

const NAME_LENGTH = 64
/** How exact "last used" is: a busy client does not cause a write per request. Virtual time. */
const LAST_USED_MS = 60_000

export interface NewApiKey {
  readonly companyId: string
  readonly name: string
  /** A Company Admin of the company, or `SERVICE_OWNER_ID` where the company accepts any domain. */
  readonly ownerId: string
  /** ISO; in the future. Absent: never expires. */
  readonly expiresAt?: string | undefined
  /** Beyond basic access. */
  readonly scopes?: readonly AdditionalScope[] | undefined
  /** Seeds only. */
  readonly id?: string
}

export interface IssuedApiKey {
  readonly key: ApiKey
  /** Shown to its maker and kept nowhere. */
  readonly secret: string
}

/**
 * Make a key. While the switch `api-key-display` says `click-to-show` the secret is kept too, sealed, as the 2019 portal did.
 *
 * @throws {DialpadRefusal} `company-admin-required` when the owner is none; `invalid-value` for the name or the expiry.
 */
export async function issueApiKey(system: DialpadSystem, actor: Actor, input: NewApiKey): Promise<IssuedApiKey> {
  const secret = randomToken(32)
  const sealed = system.switches.value('api-key-display') === 'click-to-show' ? system.vault.seal(secret) : undefined
  const key = await act(system, actor, (work) => addApiKey(work, input, secret, sealed))
  return { key, secret }
}

/** {@link issueApiKey} with a given secret inside a transaction that is open already: seeds. */
export function addApiKey(work: Work, input: NewApiKey, secret: string, sealed: string | undefined): ApiKey {
  const { tx } = work
  const company = companyOf(tx, input.companyId)
  requireKeyOwner(work, company, input.ownerId)
  const name = input.name.trim()
  if (name === '' || name.length > NAME_LENGTH) {
    throw invalid('name', `A key needs a name of 1 to ${NAME_LENGTH} characters`)
  }
  const expiryMs = input.expiresAt === undefined ? undefined : Date.parse(input.expiresAt)
  if (expiryMs !== undefined && !(expiryMs > work.nowMs)) {
    throw invalid('expiresAt', 'The expiration must be a time in the future')
  }
  const key: ApiKey = {
    id: input.id ?? digitsOf(nextIdSeed(tx)),
    companyId: company.id,
    name,
    hash: hashSecret(secret),
    last4: secret.slice(-4),
    createdBy: input.ownerId,
    createdAt: work.now,
    ...present({ expiresAt: expiryMs === undefined ? undefined : new Date(expiryMs).toISOString(), sealed }),
    ...(input.scopes === undefined || input.scopes.length === 0 ? {} : { scopes: input.scopes }),
  }
  tx.put('apiKeys', key.id, key)
  work.log(company.id, {
    action: 'api_key_created',
    note: `API key "${name}" (…${key.last4}) created, ${key.expiresAt === undefined ? 'never expires' : `expires ${key.expiresAt}`}`,
    target: keyTarget(key),
  })
  work.note(name, `API key "${name}" created`, { type: 'api-key', id: key.id, after: { name, last4: key.last4 } })
  return key
}

/** Revoke a key for good; revoking it again changes nothing. @throws {DialpadRefusal} `not-found`. */
export function revokeApiKey(system: DialpadSystem, actor: Actor, keyId: string): Promise<ApiKey> {
  return act(system, actor, (work) => {
    const key = work.tx.get('apiKeys', keyId)
    if (key === undefined) throw notFound('API key', keyId)
    if (key.revokedAt !== undefined) return key
    const { sealed: _, ...kept } = key
    const revoked: ApiKey = { ...kept, revokedAt: work.now }
    work.tx.put('apiKeys', keyId, revoked)
    const note = `API key "${key.name}" (…${key.last4}) revoked`
    work.log(key.companyId, { action: 'api_key_revoked', note, target: keyTarget(key) })
    work.note(key.name, `API key "${key.name}" revoked`, { type: 'api-key', id: keyId })
    return revoked
  })
}

/** Who calls, when a key was accepted. */
export interface KeyHolder {
  readonly key: ApiKey
  readonly company: Company
  readonly actor: Actor
}

export interface KeyOptions {
  /** Also while the company is suspended for its bill: for what tells so. */
  readonly evenSuspended?: boolean
}

/** {@link acceptApiKey}, and {@link noteKeyUse} where it is due. @throws as the former. */
export async function authenticateApiKey(
  system: DialpadSystem,
  secret: string | undefined,
  options?: KeyOptions,
): Promise<KeyHolder> {
  const holder = acceptApiKey(system, secret, options)
  await noteKeyUse(system, holder.key)
  return holder
}

/**
 * Accept or refuse the secret a client presents, as things stand now. Writes no state; the key of somebody who was suspended or deleted
 * is told to the journal.
 *
 * @throws {DialpadRefusal} `invalid-api-key` (401) when unknown, revoked or expired; `company-admin-key-required` (403) when its
 * creator is no Company Admin any more; `company-suspended` (403) when the company is, for its bill.
 */
export function acceptApiKey(system: DialpadSystem, secret: string | undefined, options?: KeyOptions): KeyHolder {
  const { store, clock } = system
  const key = secret === undefined || secret === '' ? undefined : store.find('apiKeys', 'hash', hashSecret(secret))[0]
  const company = key === undefined ? undefined : store.get('companies', key.companyId)
  if (key === undefined || company === undefined) throw invalidKey()
  switch (judgeKey(key, store.get('users', key.createdBy), company, clock.now())) {
    case 'revoked':
    case 'expired':
      throw invalidKey()
    case 'owner-not-admin':
      noteOwner(system, key)
      throw new DialpadRefusal({
        code: 'company-admin-key-required',
        status: 403,
        message: 'Company admin API key required',
      })
    case 'valid':
  }
  if (companyState(company, clock.now()) === 'suspended' && options?.evenSuspended !== true) {
    throw new DialpadRefusal({
      code: 'company-suspended',
      status: 403,
      message: `${company.name} is suspended for an unpaid bill`,
    })
  }
  return { key, company, actor: { type: 'api_key', id: key.id, name: key.name } }
}

/** Whose key it was, when they were suspended or deleted since. */
function noteOwner(system: DialpadSystem, key: ApiKey): void {
  const owner = system.store.get('users', key.createdBy)
  if (owner !== undefined && !isSignInAllowed(owner)) noteTurnedAway(system, 'api-key', owner)
}

/** Write "last used", at most once per virtual minute: `undefined` when it is not due. */
export function noteKeyUse({ store, clock }: DialpadSystem, key: ApiKey): Promise<void> | undefined {
  if (key.lastUsedAt !== undefined && clock.now() - Date.parse(key.lastUsedAt) < LAST_USED_MS) return undefined
  return store.transact((tx) => {
    const current = tx.get('apiKeys', key.id)
    if (current !== undefined) tx.put('apiKeys', key.id, { ...current, lastUsedAt: clock.iso() })
  })
}

/**
 * Carry the keys of the state before a reset over into the fresh one, so that clients stay connected. Keys find the company and
 * the admin they belonged to, else the only ones there are; where there is no company they are gone.
 */
export function keepApiKeys(before: Reader<DialpadShape>, tx: Writer<DialpadShape>): void {
  const [onlyCompany] = tx.page('companies', 0, 1)
  for (const [id, key] of before.entries('apiKeys')) {
    const company = tx.get('companies', key.companyId) ?? onlyCompany
    if (company === undefined) return
    const owner = tx.get('users', key.createdBy)
    const admin = owner?.isCompanyAdmin === true ? owner : tx.find('users', 'admin', company.id)[0]
    tx.put('apiKeys', id, { ...key, companyId: company.id, createdBy: admin?.id ?? SERVICE_OWNER_ID })
  }
}

function requireKeyOwner(work: Work, company: Company, ownerId: string): void {
  if (ownerId === SERVICE_OWNER_ID && company.anyDomain) return
  const owner = work.tx.get('users', ownerId)
  if (owner?.companyId === company.id && owner.isCompanyAdmin && holdsSeat(owner.state)) return
  throw new DialpadRefusal({
    code: 'company-admin-required',
    status: 403,
    field: 'owner',
    message: 'Only a Company Admin can create an API key',
  })
}

function invalidKey(): DialpadRefusal {
  return new DialpadRefusal({ code: 'invalid-api-key', status: 401, message: 'Invalid API key' })
}

function invalid(field: string, message: string): DialpadRefusal {
  return new DialpadRefusal({ code: 'invalid-value', status: 400, scimType: 'invalidValue', field, message })
}

function keyTarget(key: ApiKey): { type: string; id: string; name: string } {
  return { type: 'api_key', id: key.id, name: key.name }
}
