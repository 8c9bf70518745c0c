import { setTimeout as wallDelay } from 'node:timers/promises'
import type { Response } from 'express'
import type { FaultEffect } from '#kit/system/collections.ts'

/** What is left to do once a fault rule has had its say. */
export type FaultOutcome =
  | { readonly kind: 'go-on' }
  /** The request has been answered, or its connection cut. */
  | { readonly kind: 'answered' }
  /** Refuse it, in the shape of the surface that was asked. */
  | {
      readonly kind: 'refuse'
      readonly status: number
      readonly detail: string | undefined
      readonly headers: Readonly<Record<string, string>>
    }

/** Do what a fault rule says to one request: late (wall time, as its caller waits), cut off, an unrelated page, or a status. */
export async function applyFault(res: Response, effect: FaultEffect | undefined): Promise<FaultOutcome> {
  if (effect === undefined) return { kind: 'go-on' }
  if (effect.delayMs !== undefined) await wallDelay(effect.delayMs)
  if (effect.drop) {
    res.destroy()
    return { kind: 'answered' }
  }
  if (effect.html) {
    res.statusCode = effect.status ?? 200
    res.setHeader('Content-Type', 'text/html; charset=utf-8')
    res.end('<!doctype html><html lang="en"><title>Dialpad</title><h1>Dialpad</h1></html>')
    return { kind: 'answered' }
  }
  if (effect.status === undefined) return { kind: 'go-on' }
  const headers = effect.retryAfter === undefined ? {} : { 'Retry-After': String(effect.retryAfter) }
  return { kind: 'refuse', status: effect.status, detail: effect.detail, headers }
}

/** What an API says with a status when the rule gives no words. */
export function faultDetail(status: number): string {
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
