import type { Request } from 'express'
import { z } from 'zod'
import type { AdminDeps } from '../../context.ts'
import type { MappingKind } from './mapping-draft.ts'
import type { RowValues } from './row-form.ts'

/**
 * The pane *Edit Attribute* while somebody is away at the expression builder: what its fields held. It lives in the session,
 * one for each app, until the row is taken over or the mapping's page is opened, which is what Cancel does.
 */
export interface PaneDraft {
  readonly kind: MappingKind
  /** The target of the row in hand; `undefined` for a new row. */
  readonly edited?: string | undefined
  readonly values: RowValues
}

/** Written by {@link keepPane} alone, so only its frame is checked. */
const Kept = z.strictObject({
  kind: z.enum(['users', 'groups']),
  edited: z.string().optional(),
  values: z.custom<RowValues>((value) => typeof value === 'object' && value !== null),
})

const nameOf = (appId: string): string => `pane.${appId}`

/** What the pane held, if somebody left it for the expression builder. */
export function readPane({ admin }: AdminDeps, req: Request, appId: string): PaneDraft | undefined {
  const kept = admin.sessions.of(req)?.data[nameOf(appId)]
  return kept === undefined ? undefined : Kept.parse(JSON.parse(kept))
}

/** Keep what the pane holds, in place of an earlier one. */
export async function keepPane({ admin }: AdminDeps, req: Request, appId: string, pane: PaneDraft): Promise<void> {
  await admin.sessions.set(req, { [nameOf(appId)]: JSON.stringify(pane) })
}

/** Forget it. */
export async function dropPane({ admin }: AdminDeps, req: Request, appId: string): Promise<void> {
  if (admin.sessions.of(req)?.data[nameOf(appId)] === undefined) return
  await admin.sessions.set(req, { [nameOf(appId)]: undefined })
}
