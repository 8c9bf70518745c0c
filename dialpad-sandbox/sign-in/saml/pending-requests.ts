import type { Request, Response } from 'express'
import { z } from 'zod'
import type { PageDeps } from '../deps.ts'
import { createSealedFlow } from '../sealed-flow.ts'

/** Wall milliseconds a person has to sign in at the provider. */
const LIFE_MS = 30 * 60_000
/** Logins under way in one browser, as in several tabs; beyond, the oldest goes. */
const MOST = 8

const Pending = z.array(z.strictObject({ id: z.string(), atMs: z.number() }))

/**
 * Which requests a browser has under way: an answer to any other is not its own. They live in its anonymous session, and go with it when
 * one of them signs somebody in.
 */
export interface PendingRequests {
  keep(req: Request, res: Response, id: string, nowMs: number): Promise<void>
  idsOf(req: Request, nowMs: number): readonly string[]
}

export function pendingRequests(deps: PageDeps): PendingRequests {
  const flow = createSealedFlow(deps, 'saml', Pending)
  const live = (req: Request, nowMs: number) => (flow.read(req) ?? []).filter(({ atMs }) => nowMs - atMs < LIFE_MS)
  return {
    keep: (req, res, id, nowMs) => flow.keep(req, res, [...live(req, nowMs), { id, atMs: nowMs }].slice(-MOST)),
    idsOf: (req, nowMs) => live(req, nowMs).map(({ id }) => id),
  }
}
