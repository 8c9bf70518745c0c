import type { Request, RequestHandler, Response } from 'express'
import { Refusal } from '#kit/http/errors.ts'
import type { Frame, Tone } from '#kit/ui/look.ts'
import type { OktaSystem, OktaUser } from '../collections.ts'
import { type Actor, mayAdminister } from '../commands/actor.ts'
import { frameOf } from '../frame.ts'
import type { OktaSession } from '../sign-in/session.ts'

/** What the pages of the admin console live on. */
export interface ConsoleDeps {
  readonly system: OktaSystem
  readonly session: OktaSession
}

/** One line that tells what the last action did. */
export interface Said {
  readonly tone: Tone
  readonly text: string
}

/** What every page of one request needs: who works here, and what belongs around the page. */
export interface ConsoleContext {
  readonly system: OktaSystem
  readonly frame: Frame
  readonly person: OktaUser
  readonly actor: Actor
  /** Whether this person may change apps, or people and groups; others see the pages without the buttons. */
  readonly may: { readonly apps: boolean; readonly people: boolean }
  /** What the action before this page did; shown once. */
  readonly said?: Said
}

/** Name under which the session keeps the line for the next page. */
const SAID = 'said'

/** Takes the line an action left for the next page out of the session, so that it is shown once. Mount it before the pages. */
export function noticeReader({ session }: ConsoleDeps): RequestHandler {
  return async (req, res, next) => {
    const kept = req.method === 'GET' ? session.sessions.of(req)?.data[SAID] : undefined
    // A live part asks for its page in the background: the line is for the eyes of the next real visit.
    if (kept !== undefined && req.get('hx-request') === undefined) {
      await session.sessions.set(req, { [SAID]: undefined })
      res.locals[SAID] = JSON.parse(kept) as Said
    }
    next()
  }
}

/** The end of an action: to a page (303), which tells what happened. */
export async function goSaying(
  { session }: ConsoleDeps,
  req: Request,
  res: Response,
  to: string,
  text: string,
  tone: Tone = 'success',
): Promise<void> {
  await session.sessions.set(req, { [SAID]: JSON.stringify({ tone, text } satisfies Said) })
  res.redirect(303, to)
}

/** Gather what a page needs. Call it once per answer. @throws {Refusal} `signed_out` (401) without a session. */
export function contextOf({ system, session }: ConsoleDeps, req: Request, res: Response): ConsoleContext {
  const current = session.currentUser(req)
  if (current === undefined) throw new Refusal('signed_out', 401, 'You are signed out.', { hint: 'Sign in again.' })
  const { user, csrfToken } = current
  const said: unknown = res.locals[SAID]
  return {
    system,
    frame: frameOf(system, req.originalUrl, csrfToken),
    person: user,
    actor: { kind: 'person', userId: user.id },
    may: {
      apps: mayAdminister(system.store, user.id, 'apps'),
      people: mayAdminister(system.store, user.id, 'people'),
    },
    ...(said === undefined ? {} : { said: said as Said }),
  }
}
