import { setTimeout as wallDelay } from 'node:timers/promises'
import type { Response } from 'express'
import type { FaultEffect } from '#kit/system/collections.ts'
import { errorOfStatus } from './api-error.ts'
import type { RateLimit } from './rate-limit.ts'

/** Seconds a 429 asks to wait when the rule does not say. */
const WAIT_SECONDS = 60

/**
 * Do what a fault rule says to one request: late (wall time, as its caller waits), cut off, an unrelated page, or a status.
 * @returns whether the request has been answered. @throws {ApiError} for a status.
 */
export async function applyFault(
  res: Response,
  effect: FaultEffect | undefined,
  rateLimit: RateLimit,
): Promise<boolean> {
  if (effect === undefined) return false
  if (effect.delayMs !== undefined) await wallDelay(effect.delayMs)
  if (effect.drop) {
    res.destroy()
    return true
  }
  if (effect.html) {
    res.statusCode = effect.status ?? 200
    res.setHeader('Content-Type', 'text/html; charset=utf-8')
    res.end('<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in</h1></html>')
    return true
  }
  if (effect.status === undefined) return false
  if (effect.status === 429) rateLimit.exhaust(res, effect.retryAfter ?? WAIT_SECONDS)
  throw errorOfStatus(effect.status, effect.detail === undefined ? {} : { summary: effect.detail })
}
