import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { csrf } from '#kit/http/csrf.ts'
import { problemOf } from '#kit/http/errors.ts'
import { createSessions, type Session } from '#kit/http/sessions.ts'
import type { System } from '#kit/system/system.ts'
import type { Frame, Tone } from '#kit/ui/look.ts'
import type { HomeShape } from '../records.ts'

/** What the page after a form says about what the form did. */
export interface Message {
  readonly tone: Tone
  readonly title: string
  readonly lines: readonly string[]
}

/** One request for a page: what every page of it has in common. */
export interface Visit {
  readonly frame: Frame
  readonly world: string
  readonly isFrozen: boolean
  readonly message: Message | undefined
}

export interface Visits {
  /** Refuses forms that do not come from a page of ours. */
  readonly guard: RequestHandler
  /** The visit of a request for a page; a message waiting for it is told once. */
  of(req: Request, res: Response): Promise<Visit>
  /** Keep a message for the next page and go there (303). */
  leave(req: Request, res: Response, path: string, message: Message): Promise<void>
  /** Do what a form asks for; go to `path` with what it has to say, or `elsewhere`, or to `failPath` with why it was refused. */
  perform(
    req: Request,
    res: Response,
    where: { readonly path: string; readonly failPath?: string },
    act: () => Promise<Message | { readonly elsewhere: string }>,
  ): Promise<void>
}

/** Nobody signs in to the home, and its pages stay open while virtual years pass. */
const VISITOR = 'visitor'
const IDLE_MINUTES = 100 * 365 * 24 * 60
/** Visits remembered; beyond, the oldest goes, since programs that keep no cookie begin one with every page. */
const MOST_VISITS = 200

const StoredMessage = z.object({
  tone: z.enum(['neutral', 'info', 'success', 'warning', 'danger']),
  title: z.string(),
  lines: z.array(z.string()),
})

/** Visits of the home: sessions nobody signs in to, kept in its store. */
export function createVisits(system: System<HomeShape>): Visits {
  const sessions = createSessions(system, { cookie: 'home', idleMinutes: IDLE_MINUTES })

  async function begin(res: Response, data: Readonly<Record<string, string>> = {}): Promise<Session> {
    await system.store.transact((tx) => {
      let excess = tx.count('kitSessions', 'subject', VISITOR) - MOST_VISITS + 1
      for (const key of tx.findKeys('kitSessions', 'subject', VISITOR)) {
        if (excess <= 0) break
        tx.delete('kitSessions', key)
        excess -= 1
      }
    })
    return sessions.open(res, VISITOR, data)
  }

  const leave: Visits['leave'] = async (req, res, path, message) => {
    const data = { message: JSON.stringify(message) }
    if (sessions.of(req) === undefined) await begin(res, data)
    else await sessions.set(req, data)
    res.redirect(303, path)
  }

  return {
    guard: csrf(sessions),
    leave,

    async of(req, res) {
      const session = sessions.of(req) ?? (await begin(res))
      const stored = session.data['message']
      // A live part asks for the page too, and shows none.
      const isWhole = req.headers['hx-request'] === undefined
      if (stored !== undefined && isWhole) await sessions.set(req, { message: undefined })
      const message = stored === undefined || !isWhole ? undefined : StoredMessage.parse(JSON.parse(stored))
      return {
        frame: {
          nowIso: system.clock.iso(),
          kitUrl: system.origin,
          csrfToken: session.csrfToken,
          path: req.originalUrl,
        },
        world: system.world(),
        isFrozen: system.control.clock().frozen,
        message,
      }
    },

    async perform(req, res, { path, failPath = path }, act) {
      let outcome: Awaited<ReturnType<typeof act>>
      try {
        outcome = await act()
      } catch (error) {
        const { status, message: title, hint } = problemOf(error)
        if (status >= 500) throw error
        await leave(req, res, failPath, { tone: 'danger', title, lines: hint === undefined ? [] : [hint] })
        return
      }
      if ('elsewhere' in outcome) res.redirect(303, outcome.elsewhere)
      else await leave(req, res, path, outcome)
    },
  }
}
