import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { PageDeps } from './deps.ts'

/**
 * What a flow of several pages carries from one request to the next: in the session of this browser, sealed, so that neither the state
 * document nor a snapshot shows a code verifier or a person's half-finished sign-up.
 */
export interface SealedFlow<T> {
  keep(req: Request, res: Response, value: T): Promise<void>
  read(req: Request): T | undefined
  /** Read and remove in one step: of two requests that come at once, one gets it. */
  take(req: Request): Promise<T | undefined>
}

/** @param name Of the value in the session. */
export function createSealedFlow<T>({ system, sessions }: PageDeps, name: string, schema: z.ZodType<T>): SealedFlow<T> {
  function read(req: Request): T | undefined {
    const sealed = sessions.of(req)?.data[name]
    if (sealed === undefined) return undefined
    // Sealed with another key, as after a state was brought in from elsewhere: the flow starts again.
    const text = openOrNothing(sealed)
    const parsed = text === undefined ? undefined : schema.safeParse(JSON.parse(text))
    return parsed?.success ? parsed.data : undefined
  }

  function openOrNothing(sealed: string): string | undefined {
    try {
      return system.vault.open(sealed)
    } catch {
      return undefined
    }
  }

  return {
    async keep(req, res, value) {
      await sessions.anonymous(req, res)
      await sessions.set(req, { [name]: system.vault.seal(JSON.stringify(value)) })
    },
    read,
    async take(req) {
      const value = read(req)
      if (sessions.of(req)?.data[name] !== undefined) await sessions.set(req, { [name]: undefined })
      return value
    },
  }
}
