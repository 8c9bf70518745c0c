import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { csrf } from '#kit/http/csrf.ts'
import { problemOf } from '#kit/http/errors.ts'
import { createSessions } from '#kit/http/sessions.ts'
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
  /** Do what a form asks for; go to `path` with what it has to say, or to `failPath` with why it was refused. */
  perform(
    req: Request,
    res: Response,
    where: { readonly path: string; readonly failPath?: string },
    act: () => Promise<Message>,
  ): Promise<void>
}

/** Nobody signs in to the home, and its pages stay open while virtual years pass. */
const VISITOR = 'visitor'
const IDLE_MINUTES = 100 * 365 * 24 * 60

const StoredMessage = z.object({
  tone: z.enum(['neutral', 'info', 'success', 'warning', 'danger']),
  title: z.string(),
  lines: z.array(z.string()),
})

export function createVisits(system: System<HomeShape>): Visits {
  const sessions = createSessions(system, { cookie: 'home', idleMinutes: IDLE_MINUTES })

  const leave: Visits['leave'] = async (req, res, path, message) => {
    const data = { message: JSON.stringify(message) }
    if (sessions.of(req) === undefined) await sessions.open(res, VISITOR, data)
    else await sessions.set(req, data)
    res.redirect(303, path)
  }

  return {
    guard: csrf(sessions),
    leave,

    async of(req, res) {
      const session = sessions.of(req) ?? (await sessions.open(res, VISITOR))
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
      let message: Message
      try {
        message = await act()
      } catch (error) {
        const { status, message: title, hint } = problemOf(error)
        if (status >= 500) throw error
        await leave(req, res, failPath, { tone: 'danger', title, lines: hint === undefined ? [] : [hint] })
        return
      }
      await leave(req, res, path, message)
    },
  }
}
