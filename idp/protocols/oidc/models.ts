import { hash } from 'node:crypto'
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import type { Clock } from '#kit/clock.ts'
import type { Store, Writer } from '#kit/store/store.ts'
import type { KitShape } from '#kit/system/collections.ts'
import type { Vault } from '#kit/system/system.ts'
import { authenticationOf } from './authentication.ts'
import type { OidcModelRecord, OidcShape } from './collections.ts'
import type { OidcAuthentication, OidcClient, OidcExchange, OidcLifetimes } from './policy.ts'

/**
 * The provider's records in the store. Sessions, refresh tokens and grants live in virtual time; everything else (codes,
 * access tokens, interactions) in wall time, as `docs/architecture.md`, "Two clocks", has it. A record whose account has
 * been blocked, deleted or given another password is not found any more.
 */

/** Years beyond any training session: the library's own wall-clock expiry must never come before the virtual one. */
export const BEYOND_SECONDS = 10 * 365 * 24 * 3600

/** How many records one write looks at for sweeping; more than one, so that the backlog shrinks. */
const SWEPT_PER_WRITE = 4

const VIRTUAL_MODELS = new Set(['Session', 'RefreshToken', 'Grant'])

export interface OidcModelDeps {
  readonly store: Store<OidcShape & KitShape>
  readonly clock: Clock
  readonly vault: Vault
  /** Milliseconds; codes and tokens expire by it. */
  readonly wallNowMs: () => number
  readonly lifetimes: OidcLifetimes
  /** Of one provider among several: its records are filed apart. */
  readonly namespace?: string | undefined
  readonly accountStamp: (accountId: string) => string | undefined
  readonly findClient: (clientId: string) => OidcClient | undefined
  readonly clientMetadata: (client: OidcClient) => AdapterPayload
  /** The token request under way, which says how long the refresh tokens it writes last. */
  readonly exchange?: () => OidcExchange | undefined
}

/** What is left of a code or refresh token, for telling precisely why it is refused. */
export interface OidcTrace {
  readonly state: 'live' | 'expired' | 'consumed' | 'revoked'
  readonly accountId?: string
  readonly clientId?: string
  /** Address a code was sent to. */
  readonly redirectUri?: string
  /** Scopes a code or refresh token stands for. */
  readonly scopes: readonly string[]
  /** Virtual milliseconds at which a refresh token and its successors end for good. */
  readonly endsVirtualMs?: number
  /** What the vendor noted with a refresh token. */
  readonly mark?: string
  /** The sign-in it goes back to. */
  readonly authentication: OidcAuthentication
}

/** Credentials that can be traced. */
export type TracedModel = 'AuthorizationCode' | 'RefreshToken' | 'DeviceCode'

export interface OidcModels {
  adapter(model: string): Adapter
  /** @returns what is known of a credential, `undefined` when it was never issued or is long gone. */
  trace(model: TracedModel, value: string): OidcTrace | undefined
}

function digest(text: string): string {
  return hash('sha256', text, 'base64url')
}

function isOpen(payload: AdapterPayload): payload is AdapterPayload & { readonly accountId: string } {
  return typeof payload.accountId === 'string'
}

/** The records of one provider. */
export function createModels(deps: OidcModelDeps): OidcModels {
  let sweepFrom = 0
  const { namespace = '' } = deps

  const keyOf = (model: string, id: string): string => digest(`${namespace}${model}/${id}`)

  const lifeSeconds = (model: string, payload: AdapterPayload): number => {
    if (model === 'Session') return payload.transient ? deps.lifetimes.session : deps.lifetimes.rememberedSession
    return deps.lifetimes.refreshToken
  }

  const isExpired = (record: OidcModelRecord, forMs = 0): boolean =>
    (record.expiresVirtualMs !== undefined && record.expiresVirtualMs + forMs <= deps.clock.now()) ||
    (record.expiresWallMs !== undefined && record.expiresWallMs + forMs <= deps.wallNowMs())

  /** Milliseconds an expired record is kept: codes and refresh tokens as long again, so that who comes late is told why. */
  const keptMs = ({ model }: OidcModelRecord): number => {
    if (model === 'RefreshToken') return deps.lifetimes.refreshToken * 1000
    return model === 'AuthorizationCode' || model === 'DeviceCode' ? deps.lifetimes.code * 1000 : 0
  }

  const isRevoked = ({ accountId, accountStamp }: OidcModelRecord): boolean => {
    if (accountId === undefined) return false
    const current = deps.accountStamp(accountId)
    return current === undefined || current !== accountStamp
  }

  /** Look at the next few records in turn and drop those past their time, so that the collection stays bounded. */
  const sweep = (tx: Writer<OidcShape & KitShape>): void => {
    const candidates = tx.page('oidcModels', sweepFrom, SWEPT_PER_WRITE)
    const expired = candidates.filter((record) => isExpired(record, keptMs(record)))
    for (const record of expired) tx.delete('oidcModels', record.key)
    // At the end it starts over; going on behind the newest record would look at new ones only.
    sweepFrom = candidates.length < SWEPT_PER_WRITE ? 0 : sweepFrom + candidates.length - expired.length
  }

  /** What a trace has opened: the library asks for the same record a moment later. A record that changes is another one. */
  const traced = new WeakMap<OidcModelRecord, string>()

  const open = (id: string, record: OidcModelRecord | undefined): AdapterPayload | undefined => {
    if (record === undefined || isExpired(record) || isRevoked(record)) return undefined
    const payload = JSON.parse(traced.get(record) ?? deps.vault.open(record.payload)) as AdapterPayload
    traced.delete(record)
    return { ...payload, jti: id, ...(record.consumed === undefined ? {} : { consumed: record.consumed }) }
  }

  const openByIndex = (model: string, index: 'uid' | 'userCode', value: string): AdapterPayload | undefined => {
    const [record] = deps.store.find('oidcModels', index, digest(`${model}/${value}`))
    if (record === undefined || isExpired(record) || isRevoked(record)) return undefined
    return JSON.parse(deps.vault.open(record.payload)) as AdapterPayload
  }

  /** A grant lives as long as the newest refresh token made from it. */
  const prolongGrant = (tx: Writer<OidcShape & KitShape>, grantId: string, expiresVirtualMs: number): void => {
    const key = keyOf('Grant', grantId)
    const grant = tx.get('oidcModels', key)
    if (grant?.expiresVirtualMs === undefined || grant.expiresVirtualMs >= expiresVirtualMs) return
    tx.put('oidcModels', key, { ...grant, expiresVirtualMs })
  }

  const createAdapter = (model: string): Adapter => ({
    async upsert(id, payload, expiresIn) {
      const key = keyOf(model, id)
      const isVirtual = VIRTUAL_MODELS.has(model)
      const { refreshEndsMs: endsVirtualMs, mark } = (model === 'RefreshToken' ? deps.exchange?.() : undefined) ?? {}
      const expiresVirtualMs = endsVirtualMs ?? deps.clock.now() + lifeSeconds(model, payload) * 1000
      const record: OidcModelRecord = {
        key,
        model,
        payload: deps.vault.seal(JSON.stringify(payload)),
        ...(isVirtual ? { expiresVirtualMs } : {}),
        ...(!isVirtual && expiresIn !== undefined ? { expiresWallMs: deps.wallNowMs() + expiresIn * 1000 } : {}),
        ...(payload.clientId === undefined ? {} : { clientId: payload.clientId }),
        ...(endsVirtualMs === undefined ? {} : { endsVirtualMs }),
        ...(mark === undefined ? {} : { mark }),
        ...(model === 'AuthorizationCode' && payload.redirectUri !== undefined
          ? { redirectUri: payload.redirectUri }
          : {}),
        ...(payload.grantId === undefined ? {} : { grant: digest(`Grant/${payload.grantId}`) }),
        ...(payload.uid === undefined ? {} : { uid: digest(`${model}/${payload.uid}`) }),
        ...(payload.userCode === undefined ? {} : { userCode: digest(`${model}/${payload.userCode}`) }),
      }
      await deps.store.transact((tx) => {
        // A token that is written again keeps the end it was made with.
        const kept = tx.get('oidcModels', key)?.endsVirtualMs
        const fixed = kept === undefined ? {} : { endsVirtualMs: kept, expiresVirtualMs: kept }
        tx.put('oidcModels', key, { ...record, ...fixed, ...stampOf(model, payload) })
        if (model === 'RefreshToken' && payload.grantId !== undefined)
          prolongGrant(tx, payload.grantId, expiresVirtualMs)
        sweep(tx)
      })
    },

    async find(id) {
      if (model === 'Client') {
        const client = deps.findClient(id)
        return client === undefined ? undefined : deps.clientMetadata(client)
      }
      return open(id, deps.store.get('oidcModels', keyOf(model, id)))
    },

    async findByUid(uid) {
      return openByIndex(model, 'uid', uid)
    },

    async findByUserCode(userCode) {
      return openByIndex(model, 'userCode', userCode)
    },

    async consume(id) {
      const key = keyOf(model, id)
      await deps.store.transact((tx) => {
        const record = tx.get('oidcModels', key)
        // The library asked a moment ago; of several requests with the same code or token, one alone gets through here.
        if (record === undefined || record.consumed !== undefined) {
          throw new errors.InvalidGrant(`${model} was used already`)
        }
        tx.put('oidcModels', key, { ...record, consumed: Math.floor(deps.wallNowMs() / 1000) })
      })
    },

    async destroy(id) {
      await deps.store.transact((tx) => {
        tx.delete('oidcModels', keyOf(model, id))
      })
    },

    async revokeByGrantId(grantId) {
      await deps.store.transact((tx) => {
        for (const key of [...tx.findKeys('oidcModels', 'grant', digest(`Grant/${grantId}`))]) {
          if (tx.get('oidcModels', key)?.model === model) tx.delete('oidcModels', key)
        }
      })
    },
  })

  /** Interactions name the account of the session they started in, but are not issued to anybody. */
  const stampOf = (model: string, payload: AdapterPayload): Partial<OidcModelRecord> => {
    if (model === 'Interaction' || !isOpen(payload)) return {}
    const accountStamp = deps.accountStamp(payload.accountId)
    return { accountId: payload.accountId, ...(accountStamp === undefined ? {} : { accountStamp }) }
  }

  return {
    adapter: createAdapter,
    trace(model, value) {
      const record = deps.store.get('oidcModels', keyOf(model, value))
      if (record === undefined) return undefined
      const state = isRevoked(record)
        ? 'revoked'
        : isExpired(record)
          ? 'expired'
          : record.consumed === undefined
            ? 'live'
            : 'consumed'
      const text = deps.vault.open(record.payload)
      if (state === 'live') traced.set(record, text)
      const payload = JSON.parse(text) as AdapterPayload
      return {
        state,
        ...(record.accountId === undefined ? {} : { accountId: record.accountId }),
        ...(record.clientId === undefined ? {} : { clientId: record.clientId }),
        ...(record.redirectUri === undefined ? {} : { redirectUri: record.redirectUri }),
        ...(record.endsVirtualMs === undefined ? {} : { endsVirtualMs: record.endsVirtualMs }),
        ...(record.mark === undefined ? {} : { mark: record.mark }),
        scopes: scopesOf(payload),
        authentication: authenticationOf(payload as Parameters<typeof authenticationOf>[0]),
      }
    },
  }
}

function scopesOf({ scope }: AdapterPayload): readonly string[] {
  return typeof scope === 'string' ? scope.split(' ').filter(Boolean) : []
}
