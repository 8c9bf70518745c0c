import { createHash } from 'node:crypto'
import type { Request } from 'express'
import { z } from 'zod'
import type { ObjectMapping } from '#idp/core/provisioning/types.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import type { AdminDeps } from '../../context.ts'

/** Which mapping of a configuration: as its addresses and tabs call it. */
export type MappingKind = 'users' | 'groups'

export const MAPPING_KINDS: readonly MappingKind[] = ['users', 'groups']

/**
 * A mapping somebody is changing. It lives in their session until it is saved or discarded, so that several panes can change
 * it one after the other without anything reaching the configuration.
 */
export interface MappingDraft {
  readonly mapping: ObjectMapping
  /** The mapping differs from the one in use. */
  readonly isChanged: boolean
  /** Somebody else saved another mapping since this one was begun. */
  readonly isStale: boolean
}

/** Written by {@link keepMappingDraft} alone, so only its frame is checked. */
const Kept = z.strictObject({
  base: z.string(),
  mapping: z.custom<ObjectMapping>((value) => typeof value === 'object' && value !== null),
})

const nameOf = (appId: string, kind: MappingKind): string => `mapping.${appId}.${kind}`

const digestOf = (mapping: ObjectMapping): string =>
  createHash('sha256').update(JSON.stringify(mapping)).digest('base64url')

function keptOf({ admin }: AdminDeps, req: Request, appId: string, kind: MappingKind) {
  const kept = admin.sessions.of(req)?.data[nameOf(appId, kind)]
  return kept === undefined ? undefined : Kept.parse(JSON.parse(kept))
}

/** The mapping this person is working on: their draft, or the one in use. */
export function readMappingDraft(deps: AdminDeps, req: Request, job: ProvisioningJob, kind: MappingKind): MappingDraft {
  const saved = job.schema[kind]
  const kept = keptOf(deps, req, job.servicePrincipalId, kind)
  if (kept === undefined) return { mapping: saved, isChanged: false, isStale: false }
  const isChanged = JSON.stringify(kept.mapping) !== JSON.stringify(saved)
  return { mapping: kept.mapping, isChanged, isStale: isChanged && kept.base !== digestOf(saved) }
}

/**
 * Keep a changed mapping for this person; one that equals the mapping in use is forgotten. What it is compared with later is
 * the mapping that was in use when the draft was begun.
 */
export async function keepMappingDraft(
  deps: AdminDeps,
  req: Request,
  job: ProvisioningJob,
  kind: MappingKind,
  mapping: ObjectMapping,
): Promise<void> {
  const saved = job.schema[kind]
  if (JSON.stringify(mapping) === JSON.stringify(saved)) {
    await dropMappingDraft(deps, req, job.servicePrincipalId, kind)
    return
  }
  const base = keptOf(deps, req, job.servicePrincipalId, kind)?.base ?? digestOf(saved)
  await deps.admin.sessions.set(req, { [nameOf(job.servicePrincipalId, kind)]: JSON.stringify({ base, mapping }) })
}

/** Forget it: it was saved, or given up. @returns whether there was one. */
export async function dropMappingDraft(
  { admin }: AdminDeps,
  req: Request,
  appId: string,
  kind: MappingKind,
): Promise<boolean> {
  if (admin.sessions.of(req)?.data[nameOf(appId, kind)] === undefined) return false
  await admin.sessions.set(req, { [nameOf(appId, kind)]: undefined })
  return true
}

/** Which mappings of a configuration this person has changed and not saved. */
export function unsavedKinds(deps: AdminDeps, req: Request, job: ProvisioningJob): readonly MappingKind[] {
  return MAPPING_KINDS.filter((kind) => readMappingDraft(deps, req, job, kind).isChanged)
}
