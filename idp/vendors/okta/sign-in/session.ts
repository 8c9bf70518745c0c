import type { Request, RequestHandler, Response } from 'express'
import { createSessions, type Session, type Sessions } from '#kit/http/sessions.ts'
import type { Writer } from '#kit/store/store.ts'
import type { KitShape } from '#kit/system/collections.ts'
import type { OktaSystem, OktaUser } from '../collections.ts'
import { logActorOf } from '../commands/actor.ts'
import { recordEvent, userTarget } from '../system-log/record-event.ts'
import { ownPath } from './own-path.ts'

/** Virtual minutes of idleness a session survives: the default global session policy's two hours. */
export const IDLE_MINUTES = 120

/** Who is signed in to the org. */
export interface CurrentUser {
  readonly user: OktaUser
  readonly csrfToken: string
  /** When they signed in, virtual, ISO. */
  readonly signedInAt: string
}

export interface OktaSession {
  /** Kit sessions of the org: for CSRF tokens, and for what an action leaves for the next page. */
  readonly sessions: Sessions
  /** Who is signed in; `undefined` for nobody, and for somebody whose state has changed since they signed in. */
  currentUser(req: Request): CurrentUser | undefined
  /** Send the browser to sign in and back to `returnTo`, a path of this org; `username` is typed already. */
  begin(res: Response, returnTo: string, username?: string): void
  /** The same, whoever is signed in: the session they have goes on until somebody has signed in anew. */
  beginAnew(req: Request, res: Response, returnTo: string, username?: string): Promise<void>
  /** Whether somebody is signed in and need not do so anew to go on to a path. */
  mayGoOn(req: Request, path: string): boolean
  /** Lets signed-in people on and sends everybody else to sign in. */
  readonly middleware: RequestHandler
  /** Open the session of somebody whose password was right. */
  open(res: Response, user: OktaUser): Promise<void>
  /** Sign out. */
  close(req: Request, res: Response): Promise<void>
}

/** Key of a session's data: the path its person has to sign in anew for. */
const ANEW = 'signin.anew'

/** The org's session: one for the dashboard, the console and single sign-on. */
export function oktaSession(system: OktaSystem): OktaSession {
  const { store, clock } = system
  const sessions = createSessions(system, { cookie: 'sid', idleMinutes: IDLE_MINUTES, acrossSites: true })

  const lookUp = (session: Session | undefined): CurrentUser | undefined => {
    if (session === undefined || session.subjectId === '') return undefined
    const user = store.get('users', session.subjectId)
    if (user === undefined || user.status !== 'ACTIVE') return undefined
    // Suspended and back, or a new password: what was opened before is over.
    if (session.data['stamp'] !== user.statusChanged) return undefined
    return { user, csrfToken: session.csrfToken, signedInAt: session.createdAt }
  }

  const begin: OktaSession['begin'] = (res, returnTo, username) => {
    const path = ownPath(returnTo)
    const query = new URLSearchParams({
      ...(path === undefined || path === '/' ? {} : { fromURI: path }),
      ...(username === undefined ? {} : { username }),
    })
    res.redirect(303, `/login/login.htm${query.size === 0 ? '' : `?${query}`}`)
  }

  return {
    sessions,
    currentUser: (req) => lookUp(sessions.of(req)),
    begin,
    async beginAnew(req, res, returnTo, username) {
      if (sessions.of(req) !== undefined) await sessions.set(req, { [ANEW]: ownPath(returnTo) })
      begin(res, returnTo, username)
    },
    mayGoOn(req, path) {
      const current = sessions.of(req)
      return lookUp(current) !== undefined && current?.data[ANEW] !== path
    },
    middleware: (req, res, next) => {
      if (lookUp(sessions.of(req)) !== undefined) next()
      else begin(res, req.method === 'GET' ? req.originalUrl : '/')
    },
    async open(res, { id, statusChanged }) {
      await store.transact((tx) => {
        const user = tx.get('users', id)
        if (user === undefined) return
        tx.put('users', id, { ...user, lastLogin: clock.iso() })
        recordEvent(tx, clock, {
          eventType: 'user.session.start',
          actor: logActorOf(tx, id),
          target: [userTarget(user)],
        })
      })
      await sessions.open(res, id, { stamp: statusChanged })
    },
    async close(req, res) {
      const current = lookUp(sessions.of(req))
      if (current !== undefined) {
        const { user } = current
        await store.transact((tx) => {
          const actor = logActorOf(tx, user.id)
          recordEvent(tx, clock, { eventType: 'user.session.end', actor, target: [userTarget(user)] })
        })
      }
      await sessions.close(req, res)
    },
  }
}

/** End every session of a person, within the transaction that suspends, deactivates or clears. @returns how many. */
export function endSessionsOf(tx: Writer<KitShape>, userId: string): number {
  const keys = [...tx.findKeys('kitSessions', 'subject', userId)]
  for (const key of keys) tx.delete('kitSessions', key)
  return keys.length
}
