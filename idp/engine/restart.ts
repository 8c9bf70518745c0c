import type { Writer } from '#kit/store/store.ts'
import { objectKey } from './collections.ts'
import { restartRun } from './job-state.ts'
import { clearDepartures, clearEscrows, clearLinks } from './jobs.ts'
import type { EngineShape, JobRun } from './records.ts'

/** What a restart may forget, by the names of the graph API (reference sheet 1.5, 6.3). */
export const RESET_SCOPES = [
  /** Nothing: the job is only started. */
  'None',
  /** Every source object is looked at anew. */
  'Watermark',
  /** What failed is not tried again until its object is looked at. */
  'Escrows',
  'QuarantineState',
  /** The links to the target: everybody is matched anew. */
  'ConnectorDataStore',
  /** All of them. */
  'Full',
  /** Not forgotten but let go: whom the deletion guard holds back. */
  'ForceDeletes',
] as const
export type ResetScope = (typeof RESET_SCOPES)[number]

/** What a restart forgets when nothing is named: everything but the links. */
const ORDINARY: readonly ResetScope[] = ['Watermark', 'Escrows', 'QuarantineState']

/**
 * Restart a job's run inside a transaction. A cycle under way goes on unless the watermark is forgotten, and begins over then.
 * Without its links a job knows nobody who left scope before: these are never sent anything again.
 *
 * @returns the run to keep. Cost: what is forgotten.
 */
export function restartIn(
  tx: Writer<EngineShape>,
  run: JobRun,
  now: string,
  scopes: readonly ResetScope[] = [],
): JobRun {
  const named = scopes.length === 0 ? ORDINARY : scopes
  const forgets = (scope: ResetScope) => named.includes(scope) || named.includes('Full')
  if (named.includes('ForceDeletes')) allowAll(tx, run.jobId)
  else if (forgets('Watermark')) clearDepartures(tx, run.jobId)
  if (forgets('Escrows')) clearEscrows(tx, run.jobId)
  if (forgets('ConnectorDataStore')) {
    clearLinks(tx, run.jobId)
    clearDepartures(tx, run.jobId)
  }
  return restartRun(run, now, {
    watermark: forgets('Watermark'),
    quarantine: forgets('QuarantineState'),
    links: forgets('ConnectorDataStore'),
  })
}

function allowAll(tx: Writer<EngineShape>, jobId: string): void {
  for (const departure of tx.find('provisioningDepartures', 'staged', jobId))
    tx.put('provisioningDepartures', objectKey(jobId, departure.sourceId), { ...departure, allowed: true })
}
