import { createHash, randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import type { Clock } from '#kit/clock.ts'
import type { Store, Writer } from '#kit/store/store.ts'
import type { KitShape, SessionRecord } from '#kit/system/collections.ts'
import { createCookie } from './cookies.ts'

/** What sessions need of a system; every system fits. */
export interface SessionHost {
  readonly name: string
  readonly origin: string
  readonly clock: Clock
  readonly store: Store<KitShape>
}

export interface SessionOptions {
  /** Short name of the cookie; the system's is put before it. */
  readonly cookie: string
  /** Virtual minutes without a request after which a session is over. */
  readonly idleMinutes: number
  /** Other sites' pages bring the cookie along, over https: of a sign-in that is for their applications, too. */
  readonly acrossSites?: boolean
}

export interface Session {
  /** Who is signed in; empty for an anonymous session. */
  readonly subjectId: string
  readonly csrfToken: string
  /** Virtual time of the sign-in, ISO. */
  readonly createdAt: string
  readonly data: Readonly<Record<string, string>>
}

export interface Sessions {
  /** Public origin of the system: what the `Origin` of its forms is. */
  readonly origin: string
  /**
   * Begin a session for `subjectId` under a new identifier and CSRF token; the session this browser had ends. What that
   * carried in `data` is not taken over, unless passed on.
   */
  open(res: Response, subjectId: string, data?: Readonly<Record<string, string>>): Promise<Session>
  /** The live session of a request, anonymous ones included; counts as activity. */
  of(req: Request): Session | undefined
  /** Merge `data` into the session; `undefined` removes a name. @throws when there is no session: a bug. */
  set(req: Request, data: Readonly<Record<string, string | undefined>>): Promise<Session>
  /** Sign out: the session ends and the cookie goes. */
  close(req: Request, res: Response): Promise<void>
  /** End every session of a person, within the transaction that blocks or removes them. @returns how many. */
  closeAllOf(tx: Writer<KitShape>, subjectId: string): number
  /** The session of this browser, or a new anonymous one, so that a form before sign-in has a CSRF token and a place for its flow. */
  anonymous(req: Request, res: Response): Promise<Session>
}

/** Anonymous sessions kept at most; beyond, the oldest goes. */
const MAX_ANONYMOUS = 2000
/** Old records looked at whenever a session begins. */
const SWEEP_STEP = 16
/** Anonymous sessions live no longer than this, however long the idle time of signed-in ones. */
const ANONYMOUS_MINUTES = 60
/** An active session is written anew when this share of its idle time has passed, not on each request. */
const RENEW_AFTER_SHARE = 0.1

const ANONYMOUS = ''

const randomText = (): string => randomBytes(32).toString('base64url')

/**
 * Server-side sessions in the system's store, on virtual time. The browser holds a random identifier, the store its hash, so
 * reading the store does not give anybody a session.
 */
export function createSessions(host: SessionHost, options: SessionOptions): Sessions {
  const { clock, store } = host
  const cookie = createCookie(host, options.cookie, { acrossSites: options.acrossSites === true })
  /** The cookie's name is part of it: what one kind of session gave out is nothing to another kind. */
  const keyOf = (value: string): string => createHash('sha256').update(`${cookie.name}:${value}`).digest('hex')
  const minutesOf = (subjectId: string): number =>
    subjectId === ANONYMOUS ? Math.min(ANONYMOUS_MINUTES, options.idleMinutes) : options.idleMinutes
  const expiryFor = (subjectId: string): string => new Date(clock.now() + minutesOf(subjectId) * 60_000).toISOString()
  const isLive = (record: SessionRecord): boolean => Date.parse(record.expiresAt) > clock.now()

  /** Identifiers given out in answers to requests that are still running: the request itself does not carry them yet. */
  const givenOut = new WeakMap<Request, string>()

  function find(req: Request): { readonly key: string; readonly record: SessionRecord } | undefined {
    const value = givenOut.get(req) ?? cookie.read(req)
    if (value === undefined) return undefined
    const key = keyOf(value)
    const record = store.get('kitSessions', key)
    return record !== undefined && isLive(record) ? { key, record } : undefined
  }

  /** Remove a few of what has expired, and the oldest anonymous sessions beyond the limit, so that nothing piles up. */
  function sweep(tx: Writer<KitShape>, subjectId: string): void {
    const looked = [
      ...firstOf(tx.findKeys('kitSessions', 'subject', subjectId)),
      ...firstOf(tx.findKeys('kitSessions', 'subject', ANONYMOUS)),
      ...tx.after('kitSessions', null, SWEEP_STEP).map(([key]) => key),
    ]
    for (const key of looked) {
      const record = tx.get('kitSessions', key)
      if (record !== undefined && !isLive(record)) tx.delete('kitSessions', key)
    }
    for (const key of firstOf(tx.findKeys('kitSessions', 'subject', ANONYMOUS))) {
      if (tx.count('kitSessions', 'subject', ANONYMOUS) < MAX_ANONYMOUS) break
      tx.delete('kitSessions', key)
    }
  }

  async function begin(res: Response, subjectId: string, data: Readonly<Record<string, string>>): Promise<Session> {
    const value = randomText()
    const before = givenOut.get(res.req) ?? cookie.read(res.req)
    const record: SessionRecord = {
      subjectId,
      csrfToken: randomText(),
      createdAt: clock.iso(),
      expiresAt: expiryFor(subjectId),
      data,
    }
    await store.transact((tx) => {
      if (before !== undefined) tx.delete('kitSessions', keyOf(before))
      sweep(tx, subjectId)
      tx.put('kitSessions', keyOf(value), record)
    })
    givenOut.set(res.req, value)
    cookie.write(res, value)
    return sessionOf(record)
  }

  return {
    origin: host.origin,
    open: (res, subjectId, data = {}) => begin(res, subjectId, data),

    of(req) {
      const found = find(req)
      if (found === undefined) return undefined
      const { key, record } = found
      const lifeMs = minutesOf(record.subjectId) * 60_000
      const unusedMs = lifeMs - (Date.parse(record.expiresAt) - clock.now())
      if (unusedMs > lifeMs * RENEW_AFTER_SHARE) {
        const renewed = store.transact((tx) => {
          const current = tx.get('kitSessions', key)
          if (current !== undefined) tx.put('kitSessions', key, { ...current, expiresAt: expiryFor(current.subjectId) })
        })
        // A renewal that is lost ends the session early; the failing store shows at the next write somebody waits for.
        renewed.catch(() => undefined)
      }
      return sessionOf(record)
    },

    async set(req, data) {
      const found = find(req)
      if (found === undefined) throw new Error('There is no session to keep data in.')
      const { key } = found
      return store.transact((tx) => {
        const current = tx.get('kitSessions', key) ?? found.record
        const merged = Object.entries({ ...current.data, ...data }).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        )
        const next: SessionRecord = { ...current, data: Object.fromEntries(merged) }
        tx.put('kitSessions', key, next)
        return sessionOf(next)
      })
    },

    async close(req, res) {
      const value = givenOut.get(req) ?? cookie.read(req)
      cookie.clear(res)
      givenOut.delete(req)
      if (value !== undefined) await store.transact((tx) => tx.delete('kitSessions', keyOf(value)))
    },

    closeAllOf(tx, subjectId) {
      const keys = [...tx.findKeys('kitSessions', 'subject', subjectId)]
      for (const key of keys) tx.delete('kitSessions', key)
      return keys.length
    },

    async anonymous(req, res) {
      const found = find(req)
      return found === undefined ? begin(res, ANONYMOUS, {}) : sessionOf(found.record)
    },
  }
}

function sessionOf({ subjectId, csrfToken, createdAt, data }: SessionRecord): Session {
  return { subjectId, csrfToken, createdAt, data }
}

/** The first few, oldest first. */
function firstOf(keys: Iterable<string>): readonly string[] {
  const first: string[] = []
  for (const key of keys) {
    if (first.length === SWEEP_STEP) break
    first.push(key)
  }
  return first
}
