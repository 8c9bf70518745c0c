import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { createCookie } from '#kit/http/cookies.ts'
import { hashSecret } from '#kit/secrets.ts'
import type { EntraSystem } from '../../collections.ts'
import { liveAccount } from '../accounts.ts'
import type { KnownBrowser } from './records.ts'

/** Accounts one browser offers at most; beyond, the one that signed in longest ago goes. */
const MOST_ACCOUNTS = 12
/** Browsers remembered at most; beyond, the one that was first remembered goes. */
const MOST_BROWSERS = 2000
/** Wall milliseconds the browser keeps its cookie: as long as browsers allow. */
const COOKIE_MS = 400 * 24 * 3_600_000

/** What is known of browsers: the accounts that have signed in with them, and not to ask about staying signed in. Opens nothing. */
export interface KnownBrowsers {
  /** Accounts this browser offers which still exist, the newest first. */
  accounts(req: Request): readonly DirectoryUser[]
  /** The answer to "Stay signed in?" that is not to be asked for again. */
  stay(req: Request): 'yes' | 'no' | undefined
  /** Offer an account that has signed in, and keep the answer to "Stay signed in?" where there is one to keep. */
  remember(
    req: Request,
    res: Response,
    what: { readonly userId: string; readonly stay?: 'yes' | 'no' | undefined },
  ): Promise<void>
  /** Offer the account no more. */
  forget(req: Request, userId: string): Promise<void>
}

/** Kept in the store under the hash of a random cookie, so that the cookie names nobody. */
export function createKnownBrowsers(system: Pick<EntraSystem, 'name' | 'origin' | 'store' | 'clock'>): KnownBrowsers {
  const { store, clock } = system
  const cookie = createCookie(system, 'browser')

  const find = (req: Request): KnownBrowser | undefined => {
    const value = cookie.read(req)
    return value === undefined ? undefined : store.get('knownBrowsers', hashSecret(value))
  }

  const change = async (req: Request, res: Response, next: (before: KnownBrowser) => KnownBrowser): Promise<void> => {
    const known = find(req)
    const value = known === undefined ? randomBytes(32).toString('base64url') : (cookie.read(req) ?? '')
    const key = hashSecret(value)
    await store.transact((tx) => {
      const before = tx.get('knownBrowsers', key) ?? { key, accountIds: [], seenMs: clock.now() }
      tx.put('knownBrowsers', key, { ...next(before), seenMs: clock.now() })
      if (tx.count('knownBrowsers') <= MOST_BROWSERS) return
      for (const { key: oldest } of tx.page('knownBrowsers', 0, 1)) tx.delete('knownBrowsers', oldest)
    })
    cookie.write(res, value, COOKIE_MS)
  }

  return {
    accounts: (req) => (find(req)?.accountIds ?? []).flatMap((id) => liveAccount(store, id) ?? []),
    stay: (req) => find(req)?.stay,
    async remember(req, res, { userId, stay }) {
      await change(req, res, (before) => ({
        ...before,
        ...(stay === undefined ? {} : { stay }),
        accountIds: [userId, ...before.accountIds.filter((id) => id !== userId)].slice(0, MOST_ACCOUNTS),
      }))
    },
    async forget(req, userId) {
      const known = find(req)
      if (known === undefined) return
      await store.transact((tx) => {
        const before = tx.get('knownBrowsers', known.key)
        if (before === undefined) return
        const accountIds = before.accountIds.filter((id) => id !== userId)
        tx.put('knownBrowsers', known.key, { ...before, accountIds })
      })
    },
  }
}
