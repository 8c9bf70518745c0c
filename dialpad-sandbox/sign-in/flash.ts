import type { Request } from 'express'
import type { Sessions } from '#kit/http/sessions.ts'

/** What happened, told on the page that a redirect leads to. Holds no secret. */
const NAME = 'flash'

export async function leaveFlash(sessions: Sessions, req: Request, message: string): Promise<void> {
  if (sessions.of(req) !== undefined) await sessions.set(req, { [NAME]: message })
}

/** The message left for the next page, once. */
export async function takeFlash(sessions: Sessions, req: Request): Promise<string | undefined> {
  const message = sessions.of(req)?.data[NAME]
  if (message !== undefined) await sessions.set(req, { [NAME]: undefined })
  return message
}
