import { hashSecret, randomToken } from '#kit/secrets.ts'
import type { Writer } from '#kit/store/store.ts'
import type { System } from '#kit/system/system.ts'
import type { AuthnRequest } from './authn-request.ts'
import type { KeptRequest, SamlShape } from './collections.ts'
import type { LogoutRequest } from './logout-request.ts'

/** What a service provider asked, and the text it wants back. */
export interface AskedLogin {
  readonly request: AuthnRequest
  /** As it came. */
  readonly relayState: string | undefined
}

/** The same of a sign-out. */
export interface AskedLogout {
  readonly logout: LogoutRequest
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

/** Keep a request while somebody signs in, or until the browser comes back with its cookies. @returns the token of the way back. */
export async function keepRequest(
  { store, vault }: KeepingSystem,
  appId: string,
  asked: AskedLogin | AskedLogout,
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

/** The request of a token, byte for byte; `undefined` for one that is over, answered, a sign-out, or of another app. */
export function findRequest(
  system: KeepingSystem,
  appId: string,
  token: string,
  wallMs: number,
): FoundRequest | undefined {
  const kept = keptOf(system, appId, token, wallMs)
  if (kept === undefined || !('request' in kept.asked)) return undefined
  const { request, relayState } = kept.asked
  return { request, relayState, signedInSince: kept.signedInSince, keptAtMs: kept.keptAtMs }
}

/** The sign-out of a token, once: it is forgotten. `undefined` for one that is over, answered, a sign-in, or of another app. */
export async function takeLogout(
  system: KeepingSystem,
  appId: string,
  token: string,
  wallMs: number,
): Promise<AskedLogout | undefined> {
  const kept = keptOf(system, appId, token, wallMs)
  if (kept === undefined || !('logout' in kept.asked)) return undefined
  await forgetRequest(system, token)
  return kept.asked
}

function keptOf({ store, vault }: KeepingSystem, appId: string, token: string, wallMs: number) {
  const kept = store.get('keptRequests', hashSecret(token))
  if (kept === undefined || kept.appId !== appId || wallMs - kept.keptAtMs > LIFE_MS) return undefined
  const { signedInSince, keptAtMs } = kept
  return { asked: JSON.parse(vault.open(kept.sealed)) as AskedLogin | AskedLogout, signedInSince, keptAtMs }
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
