import type { ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import { updateJob } from '#idp/engine/jobs.ts'
import { Refusal } from '#kit/http/errors.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { modifiedMappings } from '../../audit/modified-properties.ts'
import { appTarget, recordAudit } from '../../audit/record-audit.ts'
import type { Actor } from '../../commands/actor.ts'
import { journalChange } from '../../commands/journal-change.ts'
import { mappingProblems } from '../mapping-problems.ts'
import { mustManageJob, type ProvisioningDeps } from './job-of-app.ts'

/**
 * Save the attribute mapping. A change makes the next cycle an initial one, of everybody (reference 1.4); saving what is
 * there already changes nothing and restarts nothing.
 *
 * @returns whether anything changed.
 * @throws {Refusal} `role_needed` (403); `not_configured` (404); `invalid_mapping` (422) naming the first problem.
 */
export async function saveMapping(
  { system }: Pick<ProvisioningDeps, 'system'>,
  actor: Actor,
  { appId, schema }: { readonly appId: string; readonly schema: ProvisioningSchema },
): Promise<boolean> {
  const saved = await system.store.transact((tx) => {
    const managed = mustManageJob(tx, actor, appId)
    const { app, job } = managed
    if (JSON.stringify(job.schema) === JSON.stringify(schema)) return undefined
    const [problem] = [
      ...mappingProblems(managed, 'users', schema.users),
      ...mappingProblems(managed, 'groups', schema.groups),
    ]
    if (problem !== undefined) throw new Refusal('invalid_mapping', 422, problem.message)
    updateJob(tx, system.vault, job.id, { schema }, system.clock.iso())
    recordAudit(tx, system.clock, {
      tenantId: job.tenantId,
      activity: 'Update attribute mappings or scope',
      initiatedBy: initiatorOf(tx, managed),
      targets: [appTarget(app, modifiedMappings(job.schema, schema))],
      details: { JobId: job.id },
    })
    return { app, job }
  })
  if (saved === undefined) return false
  system.schedule.touch()
  journalChange(system, {
    title: `The attribute mapping of ${saved.app.displayName} was saved`,
    subject: saved.app.displayName,
    change: { type: 'provisioning-job', id: saved.job.id, before: saved.job.schema, after: schema },
  })
  return true
}
