import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { PageDeps } from '../deps.ts'
import { createSealedFlow } from '../sealed-flow.ts'

const Pending = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  purpose: z.enum(['login', 'signup']),
  next: z.string(),
  /** Wall milliseconds at which it began. */
  atMs: z.number(),
})

/** A login that waits for Microsoft's answer. */
type PendingMicrosoftLogin = Omit<z.infer<typeof Pending>, 'atMs'>

/** Wall milliseconds a person has to sign in at Microsoft; as long as a SAML login waits. */
export const PENDING_LIFE_MS = 30 * 60_000
/** Logins under way in one browser, as in several tabs; beyond, the oldest goes. */
export const MOST_PENDING = 8

const PREFIX = 'microsoft/'

/**
 * The Microsoft logins a browser has under way, each under its own `state`: several tabs do not end each other's, and an answer that
 * belongs to none of them ends none. They live, sealed, in the session that began them, and go with it when one of them signs somebody
 * in: a session is never taken over into that of a person.
 */
export interface PendingLogins {
  keep(req: Request, res: Response, login: PendingMicrosoftLogin): Promise<void>
  /** The login that `state` belongs to, once: of two answers that come at once, one gets it. `undefined` for any other, and too late. */
  take(req: Request, state: string | null): Promise<PendingMicrosoftLogin | undefined>
}

export function createPendingLogins(deps: PageDeps): PendingLogins {
  const { sessions, wallNowMs } = deps
  // The name says nothing of the state: it stands in the session unsealed.
  const nameOf = (state: string): string => PREFIX + createHash('sha256').update(state).digest('base64url')
  const flowOf = (state: string) => createSealedFlow(deps, nameOf(state), Pending)

  /** Names of the logins under way beyond the newest, oldest first. */
  function surplus(req: Request): readonly string[] {
    const names = Object.keys(sessions.of(req)?.data ?? {}).filter((name) => name.startsWith(PREFIX))
    return names.slice(0, Math.max(0, names.length - MOST_PENDING))
  }

  return {
    async keep(req, res, login) {
      await flowOf(login.state).keep(req, res, { ...login, atMs: wallNowMs() })
      const old = surplus(req)
      if (old.length > 0) await sessions.set(req, Object.fromEntries(old.map((name) => [name, undefined])))
    },
    async take(req, state) {
      if (state === null) return undefined
      const found = await flowOf(state).take(req)
      if (found === undefined) return undefined
      const { atMs, ...login } = found
      return wallNowMs() - atMs < PENDING_LIFE_MS ? login : undefined
    },
  }
}
