import { setTimeout as wallDelay } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import { Refusal } from '#kit/http/errors.ts'
import type { DialpadSystem } from '../commands/work.ts'
import type { DialpadOperation } from '../spec.ts'

/**
 * Do what a fault rule says to this occurrence of a page's operation: late (wall time, as a browser waits), dropped, an unrelated page, or
 * an error page of the status asked for.
 */
export function pageFaults(
  { faults }: DialpadSystem,
  operation: Extract<DialpadOperation, 'portal.page' | 'portal.sign-in'>,
): RequestHandler {
  return async (_req, res, next) => {
    const effect = faults.take(operation)
    if (effect?.delayMs !== undefined) await wallDelay(effect.delayMs)
    if (effect?.drop) {
      res.destroy()
      return
    }
    if (effect?.html) {
      res.status(effect.status ?? 200).type('html')
      res.send('<!doctype html><html lang="en"><title>Dialpad</title><h1>Dialpad</h1></html>')
      return
    }
    if (effect?.status === undefined) {
      next()
      return
    }
    throw new Refusal('fault', effect.status, effect.detail ?? 'Dialpad cannot answer at the moment.', {
      hint: 'Try again in a moment.',
      ...(effect.retryAfter === undefined ? {} : { headers: { 'retry-after': String(effect.retryAfter) } }),
    })
  }
}
