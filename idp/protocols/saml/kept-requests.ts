import { hashSecret, randomToken } from '#kit/secrets.ts'
import type { Writer } from '#kit/store/store.ts'
import type { System } from '#kit/system/system.ts'
import type { AuthnRequest } from './authn-request.ts'
import type { KeptRequest, SamlShape } from './collections.ts'

/** What a service provider asked, and the text it wants back. */
export interface AskedLogin {
  readonly request: AuthnRequest
  /** As it came. */
  readonly relayState: string | undefined
}

/** Wall milliseconds a request waits for its person. */
const LIFE_MS = 3_600_000
/** Requests kept at most; beyond, the oldest goes. */
const MOST_KEPT = 2000
/** Old ones looked at whenever one is kept. */
const SWEEP_STEP = 16

type KeepingSystem = Pick<System<SamlShape>, 'store' | 'vault'>

/** Keep a request while somebody signs in. @returns the token of the way back. */
export async function keepRequest(
  { store, vault }: KeepingSystem,
  appId: string,
  asked: AskedLogin,
  wallMs: number,
): Promise<string> {
  const token = randomToken(24)
  const sealed = vault.seal(JSON.stringify(asked))
  await store.transact((tx) => {
    for (const [key, kept] of oldest(tx)) {
      if (wallMs - kept.keptAtMs > LIFE_MS || tx.count('keptRequests') >= MOST_KEPT) tx.delete('keptRequests', key)
    }
    tx.put('keptRequests', hashSecret(token), { appId, sealed, keptAtMs: wallMs })
  })
  return token
}

/** A few at a time, so that nothing piles up and nobody waits. */
function oldest(tx: Writer<SamlShape>): readonly (readonly [string, KeptRequest])[] {
  const first: (readonly [string, KeptRequest])[] = []
  for (const entry of tx.entries('keptRequests')) {
    if (first.length === SWEEP_STEP) break
    first.push(entry)
  }
  return first
}

export interface FoundRequest extends AskedLogin {
  readonly signedInSince: string | undefined
  /** Wall milliseconds. */
  readonly keptAtMs: number
}

/** The request of a token, byte for byte; `undefined` for one that is over, answered, or of another app. */
export function findRequest(
  { store, vault }: KeepingSystem,
  appId: string,
  token: string,
  wallMs: number,
): FoundRequest | undefined {
  const kept = store.get('keptRequests', hashSecret(token))
  if (kept === undefined || kept.appId !== appId || wallMs - kept.keptAtMs > LIFE_MS) return undefined
  const { request, relayState } = JSON.parse(vault.open(kept.sealed)) as AskedLogin
  return { request, relayState, signedInSince: kept.signedInSince, keptAtMs: kept.keptAtMs }
}

/** From now on the request needs a sign-in of this moment or later. */
export async function demandSignIn({ store }: KeepingSystem, token: string, nowIso: string): Promise<void> {
  await store.transact((tx) => {
    const key = hashSecret(token)
    const kept = tx.get('keptRequests', key)
    if (kept !== undefined) tx.put('keptRequests', key, { ...kept, signedInSince: nowIso })
  })
}

/** Answered. */
export async function forgetRequest({ store }: KeepingSystem, token: string): Promise<void> {
  await store.transact((tx) => tx.delete('keptRequests', hashSecret(token)))
}
