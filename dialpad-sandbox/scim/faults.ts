import { setTimeout as wallDelay } from 'node:timers/promises'
import type { Response } from 'express'
import type { FaultEffect } from '#kit/system/collections.ts'
import { ScimRefusal } from './answer.ts'

/**
 * Do what a fault rule says to this occurrence of an operation. A delay is of wall time, as the client's time-out is.
 *
 * @returns whether the request has been answered, or dropped, by it.
 * @throws {ScimRefusal} for a status, in SCIM's own shape.
 */
export async function applyFault(res: Response, effect: FaultEffect): Promise<boolean> {
  if (effect.delayMs !== undefined) await wallDelay(effect.delayMs)
  if (effect.drop) {
    res.destroy()
    return true
  }
  if (effect.html) {
    res.statusCode = effect.status ?? 200
    res.setHeader('Content-Type', 'text/html; charset=utf-8')
    res.end('<!doctype html><html lang="en"><title>Dialpad</title><h1>Dialpad</h1></html>')
    return true
  }
  if (effect.status === undefined) return false
  const headers = effect.retryAfter === undefined ? {} : { 'Retry-After': String(effect.retryAfter) }
  throw new ScimRefusal(effect.status, effect.detail ?? defaultDetail(effect.status), headers)
}

function defaultDetail(status: number): string {
  switch (status) {
    case 401:
      return 'Invalid API key'
    case 403:
      return 'Company admin API key required'
    case 429:
      return 'Too many requests'
    default:
      return status >= 500 ? 'The service is unavailable' : 'The request was refused'
  }
}
